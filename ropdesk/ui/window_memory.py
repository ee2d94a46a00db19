"""What the window keeps about itself between starts."""

from dataclasses import replace

from ropdesk import paths


class WindowMemory:
    """Keeps the window's own values in the preferences of this computer."""

    def get(self, key: str) -> str | None:
        """Return what was kept, or nothing."""
        value = paths.preferences().window.get(key)
        return value if isinstance(value, str) else None

    def set(self, key: str, value: str) -> None:
        """Keep a value."""
        known = paths.preferences()
        paths.save(replace(known, window={**known.window, key: value}))
