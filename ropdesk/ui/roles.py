"""Colours by role. Nothing else in the window names a colour."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """What a colour may mean. A state never stands without a sign, a word or a shape."""

    NEUTRAL = "neutral"
    ACCENT = "accent"
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Roles:
    """One theme's colours as ``#RRGGBB``. ``*_tint`` lies behind text in ``*_text``."""

    dark: bool
    background: str
    card: str
    line: str
    row_line: str
    text: str
    secondary: str
    accent: str
    accent_tint: str
    accent_text: str
    button: str
    button_hover: str
    on_button: str
    good: str
    good_tint: str
    good_text: str
    warning: str
    warning_tint: str
    warning_text: str
    bad: str
    bad_tint: str
    bad_text: str
    neutral_tint: str
    neutral_text: str
    hover: str
    total: str
    track: str
    field: str
    field_line: str
    off_day: str
    disabled: str
    sidebar: str = "#18222F"
    sidebar_active: str = "#2A3A50"
    sidebar_hover: str = "#212E3E"
    sidebar_text: str = "#C9D2DD"
    sidebar_strong: str = "#FFFFFF"
    sidebar_muted: str = "#9BA7B6"
    badge: str = "#B3261E"
    on_badge: str = "#FFFFFF"

    def of(self, state: State) -> str:
        """Return the colour of a mark or a number in this state."""
        return {
            State.NEUTRAL: self.secondary,
            State.ACCENT: self.accent,
            State.GOOD: self.good,
            State.WARNING: self.warning,
            State.BAD: self.bad,
        }[state]

    def chip(self, state: State) -> tuple[str, str]:
        """Return background and text of a chip in this state."""
        return {
            State.NEUTRAL: (self.neutral_tint, self.neutral_text),
            State.ACCENT: (self.accent_tint, self.accent_text),
            State.GOOD: (self.good_tint, self.good_text),
            State.WARNING: (self.warning_tint, self.warning_text),
            State.BAD: (self.bad_tint, self.bad_text),
        }[state]


LIGHT = Roles(
    dark=False,
    background="#F5F6F8",
    card="#FFFFFF",
    line="#E3E6EB",
    row_line="#EAEDF1",
    text="#1B2430",
    secondary="#66717F",
    accent="#2457C5",
    accent_tint="#E9F0FE",
    accent_text="#2457C5",
    button="#2457C5",
    button_hover="#1D49A8",
    on_button="#FFFFFF",
    good="#157F52",
    good_tint="#E3F4EC",
    good_text="#12734A",
    warning="#A85B00",
    warning_tint="#FDF1DF",
    warning_text="#A35800",
    bad="#B3261E",
    bad_tint="#FCE8E6",
    bad_text="#B3261E",
    neutral_tint="#EAEDF1",
    neutral_text="#5C6773",
    hover="#F1F4F8",
    total="#FAFBFC",
    track="#E8EBF0",
    field="#FFFFFF",
    field_line="#D5DAE1",
    off_day="#F1F3F5",
    disabled="#A4ADB8",
)

DARK = Roles(
    dark=True,
    background="#10151B",
    card="#1A212A",
    line="#2C3541",
    row_line="#262F3A",
    text="#E6EAF0",
    secondary="#9CA8B6",
    accent="#86ABFF",
    accent_tint="#1E2F52",
    accent_text="#93B5FF",
    button="#2F62D9",
    button_hover="#3F70E3",
    on_button="#FFFFFF",
    good="#5CC795",
    good_tint="#163828",
    good_text="#6AD0A0",
    warning="#EDAB54",
    warning_tint="#3B2B12",
    warning_text="#F0B15C",
    bad="#FF8B81",
    bad_tint="#46211E",
    bad_text="#FF968D",
    neutral_tint="#2A333E",
    neutral_text="#AEB8C4",
    hover="#212A35",
    total="#1E2630",
    track="#2E3844",
    field="#141A21",
    field_line="#3A4553",
    off_day="#151B22",
    disabled="#5F6B79",
)
