"""``python -m bench [PART]…``: prints one line a ratio, sums up, fails when a bound is broken."""

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.measure import Line

PARTS = (
    "start", "board", "factors", "importing", "editing", "paper", "funnel", "forecast", "meetings",
)  # fmt: skip


def main(argv: list[str]) -> int:
    """Run the parts named, or all of them; return 1 when a bound is broken, 2 for no such part."""
    unknown = [part for part in argv if part not in PARTS]
    if unknown:
        print(f"no such part: {', '.join(unknown)}; there are {', '.join(PARTS)}", file=sys.stderr)
        return 2
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    lines: list[Line] = []
    for part in argv or PARTS:
        for line in import_module(f"bench.{part}").run():
            print(line, flush=True)
            lines.append(line)
    over = [line for line in lines if line.ratio > line.bound]
    print(f"{len(lines) - len(over)} of {len(lines)} bounds hold")
    for line in over:
        print(f"broken: {line.what}, {line.ratio:.2f} {line.unit} instead of {line.bound:g}")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
