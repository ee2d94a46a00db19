"""``python -m bench [PART]…``: prints one line a ratio and fails when a bound is broken."""

import sys
from importlib import import_module

PARTS = ("start", "board", "importing", "editing", "paper")


def main(argv: list[str]) -> int:
    """Run the parts named, or all of them; return 1 when a bound is broken."""
    over = 0
    for part in argv or PARTS:
        for line in import_module(f"bench.{part}").run():
            print(line, flush=True)
            over += line.ratio > line.bound
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
