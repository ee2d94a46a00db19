"""A ten-page monthly report against reportlab laying out the same flowables."""

import io
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bench import data
from bench.measure import Line, alternate
from ropdesk.reports.model import MonthlyReport
from ropdesk.reports.monthly import monthly_report, story
from ropdesk.services import metrics, reports

DAYS = 430  # the month, the twelve before it and the same month of the year before
CODES = ("receipts", "inquiries", "deals_won", "deals_lost", "conversion", "average_check",
         "calls", "talk_time", "sales_cycle", "open_deals")  # fmt: skip
PAGES = 10
TIMES = 5


def report(folder: Path, members: int, days: int) -> MonthlyReport:
    """Make a department and put its month's report together."""
    deals = members * days * len(data.STATUSES)
    ws = data.workspace(folder / "paper.ropdesk", deals, days, members=members)
    data.widen(ws, CODES, metrics.catalogue(ws))
    issued = datetime(2026, 10, 22, 18, tzinfo=UTC)
    found = reports.monthly(ws, data.MONTH, data.AS_OF, issued)
    ws.close()
    return found


def ours(made: MonthlyReport) -> bytes:
    """Print the report as the program does: frame, numbers of pages, signatures, fonts."""
    return monthly_report(made)


def bare(made: MonthlyReport) -> Iterator[bytes]:
    """Lay the same flowables out with nothing around them; the second step is what counts."""
    from reportlab.platypus import SimpleDocTemplate

    flowables = story(made)
    yield b""
    file = io.BytesIO()
    SimpleDocTemplate(file).build(flowables)
    yield file.getvalue()


def pages(pdf: bytes) -> int:
    """Count the pages of a PDF."""
    return pdf.count(b"/Type /Page\n") or pdf.count(b"/Type /Page ")


def run() -> Iterator[Line]:
    """Measure the report."""
    with tempfile.TemporaryDirectory() as name:
        made = report(Path(name), data.MEMBERS, DAYS)
    yield compare(made, TIMES)


def compare(made: MonthlyReport, times: int) -> Line:
    """Print a report and lay it out bare in turn; making the flowables counts as ours."""
    count = pages(ours(made))
    ready = [bare(made) for _ in range(times)]
    for each in ready:
        next(each)
    floor, time = alternate(lambda: next(ready.pop()), lambda: ours(made), times=times)
    return Line(
        "a monthly report to bare reportlab", time / floor, 3.0,
        f"{time * 1000:.0f} ms to {floor * 1000:.0f} ms, {count} pages",
    )  # fmt: skip
