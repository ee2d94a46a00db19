"""Build hook: the wheel carries the compiled catalogue, made from the .po files as it is built.

The checkout stays as it is: an installation in place reads the .po files, or the .mo that dev.py
keeps fresh.
"""

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface):
    """Compile the translations of every language into the wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the compiled catalogues to what hatchling packs."""
        if self.target_name != "wheel" or version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root))
        from devtools.catalogues import compile_to

        self._folder = tempfile.TemporaryDirectory()
        for language in sorted((root / "ropdesk" / "locale").glob("*/")):
            inside = f"ropdesk/locale/{language.name}/LC_MESSAGES/ropdesk.mo"
            compiled = Path(self._folder.name) / f"{language.name}.mo"
            compile_to(language, compiled)
            build_data["force_include"][str(compiled)] = inside

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Remove the temporary files."""
        if hasattr(self, "_folder"):
            self._folder.cleanup()
