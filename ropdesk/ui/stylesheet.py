"""The style sheet, generated from the roles: what Qt's own widgets look like."""

from collections.abc import Callable
from string import Template

from ropdesk.ui.fonts import resource_dir
from ropdesk.ui.roles import Roles

_SHEET = Template("""
QToolTip { background: $card; color: $text; border: 1px solid $line; padding: ${p4}px; }
QLabel[role="title"] { font-size: ${f20}px; font-weight: 700; }
QLabel[role="cardTitle"] { font-weight: 600; }
QLabel[role="secondary"] { color: $secondary; font-size: ${f12}px; }
QLabel[role="hint"] { color: $secondary; font-size: ${f12}px; font-weight: 500; }
QLabel[role="error"] { color: $bad; font-size: ${f12}px; }
QLabel[role="strong"] { font-weight: 600; }
QFrame#card { background: $card; border: 1px solid $line; border-radius: 6px; }
QFrame#banner { background: $bad_tint; border: 1px solid $bad; border-radius: 6px; }
QFrame#banner QLabel { color: $bad_text; }
QFrame#popup { background: $card; border: 1px solid $field_line; border-radius: 8px; }
QPushButton { background: $card; color: $text; border: 1px solid $field_line; border-radius: 6px;
  padding: ${p6}px ${p12}px; font-weight: 500; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $neutral_tint; }
QPushButton:focus { border: 2px solid $accent; padding: ${p5}px ${p11}px; }
QPushButton:disabled { color: $disabled; background: $background; border-color: $line; }
QPushButton[kind="primary"] { background: $button; color: $on_button; border-color: $button; }
QPushButton[kind="primary"]:hover { background: $button_hover; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; }
QPushButton[kind="primary"]:disabled { background: $neutral_tint; color: $disabled;
  border-color: $line; }
QPushButton[kind="icon"] { padding: 0; min-width: ${h30}px; max-width: ${h30}px;
  min-height: ${h26}px; max-height: ${h26}px; }
QPushButton[kind="flat"] { border: 1px solid transparent; background: transparent;
  font-weight: 600; padding: ${p4}px ${p6}px; }
QPushButton[kind="flat"]:hover { background: $hover; }
QPushButton[kind="flat"]:focus { border: 1px solid $accent; }
QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox { background: $field;
  color: $text; border: 1px solid $field_line; border-radius: 5px; padding: ${p4}px ${p6}px;
  selection-background-color: $accent; selection-color: $card; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {
  border: 1px solid $accent; }
QLineEdit[invalid="true"], QAbstractSpinBox[invalid="true"], QComboBox[invalid="true"] {
  border: 1px solid $bad; }
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled { color: $disabled;
  background: $background; }
QComboBox::drop-down, QDateEdit::drop-down { border: none; background: transparent;
  width: ${p20}px; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: url("$icons/field-down.svg");
  width: ${p11}px; height: ${p11}px; }
QSpinBox::up-button, QSpinBox::down-button { border: none; background: transparent;
  width: ${p20}px; }
QSpinBox::up-arrow { image: url("$icons/field-up.svg"); width: ${p8}px; height: ${p8}px; }
QSpinBox::down-arrow { image: url("$icons/field-down.svg"); width: ${p8}px; height: ${p8}px; }
QComboBox QAbstractItemView { background: $card; color: $text; border: 1px solid $field_line;
  selection-background-color: $accent_tint; selection-color: $text; outline: none; }
QAbstractItemView { background: $card; border: none; outline: none;
  selection-background-color: $accent_tint; selection-color: $text; }
QHeaderView { background: $card; }
QHeaderView::section { background: $card; color: $secondary; border: none;
  border-bottom: 1px solid $line; padding: ${p6}px ${p7}px; font-size: ${f12}px;
  font-weight: 400; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QTableCornerButton::section { background: $card; border: none; }
QMenu { background: $card; border: 1px solid $field_line; padding: 4px; }
QMenu::item { padding: ${p5}px ${p16}px; border-radius: 4px; }
QMenu::item:selected { background: $accent_tint; color: $text; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $line; margin: 4px; }
QScrollArea, QScrollArea > QWidget, QWidget#clear { border: none; background: transparent; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $field_line; border-radius: 4px; margin: 1px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $disabled; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
  background: none; border: none; width: 0; height: 0; }
QCheckBox, QRadioButton { spacing: ${p8}px; }
QCheckBox:focus, QRadioButton:focus { color: $accent; }
QCheckBox::indicator { width: ${p12}px; height: ${p12}px; border: 1px solid $secondary;
  border-radius: 3px; background: $field; }
QCheckBox::indicator:checked { background: $button; border-color: $button;
  image: url("$icons/field-check.svg"); }
QCheckBox::indicator:focus { border: 2px solid $accent; }
QCheckBox::indicator:disabled { border-color: $disabled; }
QCheckBox::indicator:checked:disabled { background: $disabled; }
QProgressBar { background: $track; border: none; border-radius: 3px; max-height: 6px;
  min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QSplitter::handle { background: transparent; }
""")


def style_sheet(roles: Roles, px: Callable[[int], int]) -> str:
    """Return the application's style sheet; lengths named ``p…``, ``f…``, ``h…`` are scaled."""
    lengths = {f"{kind}{n}": str(px(n)) for kind in "pfh" for n in (4, 5, 6, 7, 8, 11, 12, 16, 20)}
    lengths |= {"icons": (resource_dir() / "icons").as_posix()}
    lengths |= {"f20": str(px(20)), "h26": str(px(26)), "h30": str(px(30))}
    colours = {name: getattr(roles, name) for name in roles.__slots__}
    return _SHEET.substitute(colours, **lengths)
