"""Icons, drawn from shipped outlines in the colour of the theme.

The outlines are Phosphor's (MIT), taken from qtawesome's font once, so that drawing one neither
imports qtawesome (0.3 s) nor loads its fonts. A name that is not shipped comes from qtawesome.
"""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from ropdesk.ui.fonts import resource_dir
from ropdesk.ui.theme import current_theme


def icon(name: str, role: str = "text", size: int = 16) -> QIcon:
    """Return an icon in the colour of a role (`Roles`' field names).

    Args:
        name: a shipped outline's name (``"close"``), or one of qtawesome's (``"ph.user"``).
        role: colour role.
        size: side in device-independent pixels at 100 % text scale.
    """
    theme = current_theme()
    colour = str(getattr(theme.roles, role))
    return _drawn(name, colour, theme.px(size))


@cache
def _drawn(name: str, colour: str, size: int) -> QIcon:
    file = resource_dir() / "icons" / f"{name}.svg"
    if not file.is_file():
        import qtawesome

        found: QIcon = qtawesome.icon(name, color=colour)
        return found
    from PySide6.QtSvg import QSvgRenderer

    source = file.read_text("utf-8").replace("currentColor", colour)
    renderer = QSvgRenderer(QByteArray(source.encode()))
    result = QIcon()
    for ratio in (1, 2):
        pixmap = QPixmap(QSize(size, size) * ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, size * ratio, size * ratio))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        result.addPixmap(pixmap)
    return result
