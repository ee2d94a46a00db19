"""What came of each source, counted from deals: inquiries by their verdict, payments, costs.

An inquiry is a deal created in the span, of whatever member. Its verdict is the one somebody
gave; without one a paid deal is accepted, a deal lost for one of the chosen reasons is rejected,
one lost for another stated reason is accepted (sales worked with it), and everything else — deals
still open, lost without a reason, or any lost deal while no reasons are chosen — is undecided.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from ropdesk.domain.marketing import LeadFacts
from ropdesk.services import rows
from ropdesk.services.rows import DealRow
from ropdesk.store.plain import rows as plain
from ropdesk.store.workspace import Workspace

VERDICTS = ("accepted", "rejected", "disputed", "undecided")
VERDICT = """CASE
    WHEN v.verdict IS NOT NULL THEN v.verdict
    WHEN d.status = 'won' THEN 'accepted'
    WHEN d.status <> 'lost' OR d.lost_reason = '' THEN 'undecided'
    WHEN d.lost_reason IN (SELECT reason FROM rejection_reason) THEN 'rejected'
    WHEN EXISTS (SELECT 1 FROM rejection_reason) THEN 'accepted'
    ELSE 'undecided' END"""
# By member first, as the indexes begin: a month of a year's deals without walking over them all.
CREATED = "d.member_id IN (SELECT id FROM member) AND d.created BETWEEN ? AND ?"
CLOSED = "d.member_id IN (SELECT id FROM member) AND d.closed BETWEEN ? AND ?"


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """A source over a span.

    Attributes:
        leads: inquiries by verdict; the cost and what is typed by hand are filled in elsewhere.
        still_open: inquiries of the span that are neither won nor lost yet.
        won: of the inquiries of the span; receipts, kopecks: what these paid.
    """

    leads: LeadFacts
    still_open: int
    won: int
    receipts: int


def by_source(connection: Connection, first: date, last: date) -> dict[str, SourceFacts]:
    """Count the inquiries of a span by source; the empty name stands for none."""
    counted = plain(
        connection,
        f"""SELECT source, sum(verdict = 'accepted'), sum(verdict = 'rejected'),
                   sum(verdict = 'disputed'), sum(verdict = 'undecided'),
                   sum(status = 'open'), sum(status = 'won'),
                   coalesce(sum(CASE WHEN status = 'won' THEN amount END), 0)
            FROM (SELECT d.source AS source, d.status AS status, d.amount AS amount,
                         {VERDICT} AS verdict
                  FROM deal d LEFT JOIN lead_verdict v ON v.deal_id = d.id WHERE {CREATED})
            GROUP BY source""",
        (first.isoformat(), last.isoformat()),
    )
    return {
        row[0]: SourceFacts(LeadFacts(*row[1:5]), still_open=row[5], won=row[6], receipts=row[7])
        for row in counted
    }


def paid_by_source(connection: Connection, first: date, last: date) -> dict[str, tuple[int, int]]:
    """Count what was paid within a span, by source: deals won by closing day, and receipts."""
    counted = plain(
        connection,
        f"""SELECT d.source, count(*), coalesce(sum(d.amount), 0) FROM deal d
            WHERE {CLOSED} AND d.status = 'won' GROUP BY d.source""",
        (first.isoformat(), last.isoformat()),
    )
    return {source: (won, receipts) for source, won, receipts in counted}


def inquiries_by_month(
    connection: Connection, first: date, last: date
) -> dict[tuple[str, str], int]:
    """Count inquiries by source and ISO month («2026-10»)."""
    counted = plain(
        connection,
        f"""SELECT d.source, substr(d.created, 1, 7), count(*) FROM deal d WHERE {CREATED}
            GROUP BY 1, 2""",
        (first.isoformat(), last.isoformat()),
    )
    return {(source, month): count for source, month, count in counted}


def costs(connection: Connection, first: date, last: date) -> dict[str, dict[str, int]]:
    """Return what sources cost in the months of a span: kopecks by source and ISO first day."""
    found: dict[str, dict[str, int]] = {}
    stored = plain(
        connection,
        "SELECT source, month, cost FROM channel_cost WHERE month BETWEEN ? AND ?",
        (first.isoformat(), last.isoformat()),
    )
    for source, month, cost in stored:
        found.setdefault(source, {})[month] = cost
    return found


@dataclass(frozen=True, slots=True)
class BehindLeads:
    """Which deals stand behind a number of a source.

    Attributes:
        source: None for all of them together.
        verdict: one of `VERDICTS`, «decided», or empty for any.
        paid: deals won by closing day rather than inquiries by the day they came.
        won: of the inquiries, only those paid.
    """

    source: str | None
    first: date
    last: date
    verdict: str = ""
    paid: bool = False
    won: bool = False


def deals(ws: Workspace, where: BehindLeads) -> tuple[list[DealRow], int]:
    """Answer the deals behind a number, at most as many as a list shows, and how many they are."""
    conditions = [CLOSED if where.paid else CREATED]
    values: list[Any] = [where.first.isoformat(), where.last.isoformat()]
    if where.paid or where.won:
        conditions.append("d.status = 'won'")
    if where.source is not None:
        conditions.append("d.source = ?")
        values.append(where.source)
    if where.verdict == "decided":
        conditions.append(f"{VERDICT} IN ('accepted', 'rejected')")
    elif where.verdict:
        conditions.append(f"{VERDICT} = ?")
        values.append(where.verdict)
    with ws.read() as connection:
        ids = plain(
            connection,
            "SELECT d.id FROM deal d LEFT JOIN lead_verdict v ON v.deal_id = d.id WHERE "
            f"{' AND '.join(conditions)} ORDER BY d.created DESC, d.id",
            values,
        )
    return rows.deals_by_id(ws, [row[0] for row in ids]), len(ids)
