"""Errors that a person can read: one sentence that says what is wrong and what to do."""


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "mark, translate later"
    """Mark a message for the catalogues; it is translated where it is shown."""
    return message


class DomainError(Exception):
    """A request that cannot be met.

    Args:
        message: English msgid with named ``{fields}``, marked with `N_`.
        fields: values for the fields. Nested `DomainError`s are translated too.
    """

    def __init__(self, message: str, **fields: object) -> None:
        self.message = message
        self.fields = fields
        super().__init__(message.format(**fields) if fields else message)
