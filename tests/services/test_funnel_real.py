"""The funnel of a public set is what the guide says, and what plain SQL answers."""

import csv
import sqlite3
from collections import Counter
from datetime import date
from pathlib import Path

from ropdesk.services import files, funnel, imports
from ropdesk.services.files import FileSpec
from ropdesk.store.workspace import Workspace
from tests.services.importing import EVERYBODY

JUNE, AS_OF = date(2017, 6, 1), date(2017, 12, 31)
GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "funnel.md"
IN_JUNE = "BETWEEN '2017-06-01' AND '2017-06-30'"


def test_crm_deals(ws: Workspace, shared_data: Path) -> None:
    export = shared_data / "crm_deals" / "sales_pipeline.csv"
    imports.run(ws, files.read(export, FileSpec("deals"), AS_OF), EVERYBODY)
    found = funnel.funnel(ws, JUNE, as_of=AS_OF)
    (line,) = found.pipelines
    connection = sqlite3.connect(ws.path)
    sums = connection.execute(
        f"SELECT sum(created {IN_JUNE}), sum(status = 'won' AND closed {IN_JUNE}), "
        f"sum(status = 'lost' AND closed {IN_JUNE}), "
        f"sum(CASE WHEN status = 'won' AND closed {IN_JUNE} THEN amount END) / 100, "
        f"sum(status <> 'open' AND closed {IN_JUNE}), "
        f"sum(status = 'won' AND created {IN_JUNE}), sum(status = 'lost' AND created {IN_JUNE}), "
        f"sum(status = 'open' AND created {IN_JUNE}) FROM deal"
    ).fetchone()
    receipts = sum(each.receipts for each in found.members) // 100
    assert sums == (
        line.created, line.won, line.lost, receipts, line.unknown,
        line.cohort_won, line.cohort_lost, line.cohort_open,
    )  # fmt: skip
    standing = {stage.stage: stage.standing for stage in line.stages}
    assert list(standing) == ["Prospecting", "Engaging"]
    assert standing == dict(
        connection.execute("SELECT stage, count(*) FROM deal WHERE status = 'open' GROUP BY 1")
    )
    old = connection.execute(
        "SELECT count(*) FROM deal WHERE status = 'open' "
        "AND julianday('2017-12-31') - julianday(created) > ?", (found.old_after,),
    ).fetchone()[0]  # fmt: skip
    connection.close()
    stuck = funnel.stuck(ws, AS_OF)
    assert (len(stuck), {each.why for each in stuck}) == (old, {"age"})
    assert not line.dated
    assert all(loss.stage == "" for loss in found.losses)
    said = GUIDE.read_text(encoding="utf-8").replace(" ", "")
    for row in (
        f"|{line.created}|{sums[0]}|", f"|{line.won},{line.lost}|{sums[1]},{sums[2]}|",
        f"|{receipts}|{sums[3]}|", f"|{line.unknown}|{sums[4]}|",
        f"|{line.cohort_won},{line.cohort_lost},{line.cohort_open}|",
        f"|{standing['Prospecting']},{standing['Engaging']}|",
        f"вработебольше{found.old_after}дней)|{len(stuck)}|{old}|",
    ):  # fmt: skip
        assert row in said, row


def as_deals(folder: Path, export: Path) -> tuple[dict[str, int], date]:
    """Write candidates as an export of deals whose stages have dates, every one of them open.

    Returns:
        Dates by stage and month as «stage month», and the last day.
    """
    ways: dict[str, dict[str, str]] = {}
    with (folder / "recruiting_activity.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            stage = row["Stage Name"].removesuffix(" Date")
            ways.setdefault(row["Candidate ID Number"], {})[stage] = next(reversed(row.values()))
    stages = sorted({stage for way in ways.values() for stage in way})
    head = ["ID", "Ответственный", "Этап", "Дата создания"]
    with export.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*head, *(f"Дата этапа «{stage}»" for stage in stages)])
        for number, way in ways.items():
            latest = max(way, key=way.__getitem__)
            days = [way.get(stage, "") for stage in stages]
            writer.writerow([number, "Кадры", latest, min(way.values()), *days])
    counts = Counter(f"{stage} {day[:7]}" for way in ways.values() for stage, day in way.items())
    return dict(counts), date.fromisoformat(max(max(way.values()) for way in ways.values()))


def test_dated_stages_of_candidates_read_as_deals(
    ws: Workspace, shared_data: Path, tmp_path: Path
) -> None:
    export = tmp_path / "candidates.csv"
    counts, last = as_deals(shared_data / "hiring", export)
    imports.run(ws, files.read(export, FileSpec("deals"), last), EVERYBODY)
    told: dict[str, int] = {}
    for month in sorted({key[-7:] for key in counts}):
        found = funnel.funnel(ws, date.fromisoformat(f"{month}-01"), as_of=last)
        for line in found.pipelines:
            assert not any(stage.uncertain for stage in line.stages)
            told |= {f"{s.stage} {month}": s.entered for s in line.stages if s.entered}
    assert told == counts
