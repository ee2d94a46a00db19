"""Golos Text, shipped with the program, with figures of equal width."""

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

FAMILY = "Golos Text"
REGULAR, MEDIUM, SEMIBOLD, BOLD = 400, 500, 600, 700


def resource_dir() -> Path:
    """Return the folder of shipped resources: inside the wheel, or beside the package."""
    package = Path(__file__).parent.parent
    packaged = package / "resources"
    return packaged if packaged.is_dir() else package.parent / "resources"


def load() -> None:
    """Make the shipped font known to Qt; call once, after the application object exists."""
    for file in sorted((resource_dir() / "fonts").glob("GolosText_*.ttf")):
        QFontDatabase.addApplicationFont(str(file))


def font(pixels: int, weight: int = REGULAR) -> QFont:
    """Return the program's font with tabular figures.

    Args:
        pixels: size in device-independent pixels, already scaled.
        weight: 400 regular, 500 medium, 600 semibold, 700 bold.
    """
    result = QFont(FAMILY)
    result.setPixelSize(pixels)
    result.setWeight(QFont.Weight(weight))
    result.setKerning(False)  # the font kerns figures too: columns of numbers would not stand
    tag = QFont.Tag.fromString("tnum")
    if tag is not None:
        result.setFeature(tag, 1)
    return result
