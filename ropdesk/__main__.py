"""The program's entry: a command, or the window. Imports nothing heavy."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path


class Window:
    """What only the window can do, imported when it is asked for."""

    def run(self, workspace: Path | None, language: str | None, *, sample: bool) -> int:
        """Open the window and return its exit code."""
        from ropdesk.ui.quick_start import quicken

        quicken()
        from ropdesk.app import run

        return run(workspace, language, sample=sample)

    def screenshots(
        self, workspace: Path, folder: Path, language: str, theme: str, size: tuple[int, int]
    ) -> list[Path]:
        """Draw every page of a workspace into a folder, without a display."""
        os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is imported and looks for one
        from ropdesk.app import screenshots

        return list(screenshots(workspace, folder, language, theme, size))


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command, or the window where none is given; return the exit code."""
    from ropdesk import cli

    return cli.main(sys.argv[1:] if argv is None else argv, Window())


if __name__ == "__main__":
    sys.exit(main())
