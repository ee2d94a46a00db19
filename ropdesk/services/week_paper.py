"""The week's plan on paper."""

from datetime import date, datetime

from ropdesk.store.workspace import Workspace


def title(week: date) -> str:
    """X"""
    return ""


def pdf(ws: Workspace, day: date, today: date, at: datetime) -> bytes:
    """X"""
    return b""
