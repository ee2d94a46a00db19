"""Where nothing was tried, the interval holds zero about as often as it says: on public deals."""

from collections import Counter
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from ropdesk.__main__ import main
from ropdesk.services import effects, team
from ropdesk.store import workspace


@pytest.mark.parametrize("metric", ["receipts", "deals_won", "conversion"])
def test_nothing_is_found_where_nothing_was_tried(
    metric: str, shared_data: Path, tmp_path: Path
) -> None:
    path = tmp_path / "crm.ropdesk"
    deals = shared_data / "crm_deals" / "sales_pipeline.csv"
    command = ["--workspace", str(path), "import", "deals", str(deals), "--create-members"]
    assert main(command) == 0
    ws = workspace.open_workspace(path)
    try:
        people = sorted(m.id for m in team.team(ws).active(date.min, date.max))
        found: Counter[str] = Counter()
        random = Random(8)
        for week in range(4, 36, 2):
            first = date(2017, 4, 3) + timedelta(weeks=week)
            last = first + timedelta(days=11)
            before = effects.comparable(ws, first, last)
            for _round in range(4):
                random.shuffle(people)
                half = list(islice(people, len(people) // 2))
                measured = effects.measure(
                    ws, metric, first, last, before=before, members=half,
                    control=[each for each in people if each not in half],
                )  # fmt: skip
                assert measured.controlled
                found[measured.verdict] += 1
    finally:
        ws.close()
    assert found["unknown"] == 0
    assert 0.70 <= found["unclear"] / found.total() <= 0.95, found
