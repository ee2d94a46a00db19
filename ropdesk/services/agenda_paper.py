"""The agenda on paper: the one page taken along to a meeting."""

from datetime import date, datetime

from ropdesk.services.meetings import Ref
from ropdesk.store.workspace import Workspace


def pdf(ws: Workspace, ref: Ref, today: date, issued: datetime) -> tuple[str, bytes]:
    """Make the page of a meeting; the same data and moment give the same bytes.

    Returns:
        Its title and the PDF.
    """
    raise NotImplementedError
