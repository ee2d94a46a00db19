"""Number fields under one another: one handler, one line for what is refused, one walk."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from ropdesk.domain.errors import DomainError
from ropdesk.i18n import describe
from ropdesk.ui.planning.number_field import NumberField
from ropdesk.ui.widgets.fields import FieldError

TypedHandler = Callable[[str, str], object]


class NumberFields(QObject):
    """The number fields of one card by key, in the order they were added.

    Attributes:
        error: the line to stand below the fields.
    """

    editing_changed = Signal(bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.error = FieldError()
        self._fields: dict[str, NumberField] = {}
        self._handler: TypedHandler | None = None

    def __getitem__(self, key: str) -> NumberField:
        return self._fields[key]

    @property
    def keys(self) -> list[str]:
        """Keys of the fields, in order."""
        return list(self._fields)

    def set_handler(self, handler: TypedHandler) -> None:
        """Set what takes a typed number: the field's key and the text; may raise `DomainError`."""
        self._handler = handler

    def add(self, key: str, field: NumberField) -> None:
        """Take a field in after the others."""
        field.setObjectName(key)
        field.committed.connect(self._committed)
        field.typing.connect(self._typing)
        field.step.connect(self._step)
        self._fields[key] = field

    def clear(self) -> list[NumberField]:
        """Forget the fields, and return them."""
        fields = list(self._fields.values())
        self._fields = {}
        return fields

    def forget_typing(self) -> None:
        """Take back what was refused: something else is shown."""
        self.error.say("")
        for field in self._fields.values():
            field.take_back()

    def _committed(self, text: str) -> None:
        field = self.sender()
        if not isinstance(field, NumberField) or self._handler is None:
            return
        try:
            self._handler(field.objectName(), text)
        except DomainError as error:
            words = describe(error)
            field.keep_refused(text, words)
            self.error.say(words)

    def _typing(self, typing: bool) -> None:
        if typing:
            self.error.say("")
        self.editing_changed.emit(typing)

    def _step(self, step: int) -> None:
        fields = list(self._fields.values())
        sender = self.sender()
        if isinstance(sender, NumberField) and sender.property("invalid") != "true":
            place = fields.index(sender) + step
            if 0 <= place < len(fields):
                fields[place].setFocus(Qt.FocusReason.TabFocusReason)
