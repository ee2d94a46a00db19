"""Issued paper stays as it was; comments are kept and can be taken back."""

import pytest

from ropdesk.domain.errors import DomainError
from ropdesk.services import documents, history
from ropdesk.store.workspace import Workspace
from tests.services.reporting import MONTH

PDF = b"%PDF-1.4\n\x00\xff\xfe binary \r\n"


def test_a_document_is_given_back_byte_for_byte(ws: Workspace) -> None:
    number = documents.issue(ws, "monthly", MONTH, "Отчёт", PDF)
    assert documents.pdf(ws, number) == PDF
    [kept] = documents.issued(ws)
    assert (kept.id, kept.kind, kept.period, kept.title) == (number, "monthly", MONTH, "Отчёт")


def test_the_same_bytes_are_issued_once(ws: Workspace) -> None:
    first = documents.issue(ws, "monthly", MONTH, "Отчёт", PDF)
    assert documents.issue(ws, "monthly", MONTH, "Отчёт", PDF) == first
    second = documents.issue(ws, "monthly", MONTH, "Отчёт", PDF + b"1")
    assert [each.id for each in documents.issued(ws)] == [second, first]
    assert documents.issued(ws, "plan_sheet") == []


def test_an_issue_is_undone_and_redone_whole(ws: Workspace) -> None:
    number = documents.issue(ws, "monthly", MONTH, "Отчёт", PDF)
    history.undo(ws)
    assert documents.issued(ws) == []
    history.redo(ws)
    assert documents.pdf(ws, number) == PDF


def test_a_document_that_is_gone_says_so(ws: Workspace) -> None:
    with pytest.raises(DomainError):
        documents.pdf(ws, 7)


def test_comments_are_kept_changed_cleared_and_undone(ws: Workspace) -> None:
    documents.set_comment(ws, MONTH, "reasons", " Каникулы \n")
    assert documents.comments(ws, MONTH) == {"reasons": "Каникулы"}
    documents.set_comment(ws, MONTH, "reasons", "Отпуска")
    documents.set_comment(ws, MONTH, "reasons", "  ")
    assert documents.comments(ws, MONTH) == {}
    history.undo(ws)
    assert documents.comments(ws, MONTH) == {"reasons": "Отпуска"}
    history.undo(ws)
    assert documents.comments(ws, MONTH) == {"reasons": "Каникулы"}
    assert documents.comments(ws, MONTH.replace(month=8)) == {}
