"""A promise between being typed and being accepted: what was understood, and what was corrected.

A correction holds as long as the line says the same of its part; a part in doubt is settled by
correcting it or by confirming it as it stands.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ropdesk.domain.promise_line import Part, Sure, Understood
from ropdesk.services.promise_line import PromiseInput

SALES_HEAD = 0  # among members: the promise is the sales head's own


class Name(StrEnum):
    """The parts, in the order in which they are gone through."""

    MEMBER = "member"
    DUE = "due"
    METRIC = "metric"
    AMOUNT = "amount"
    CUSTOMER = "customer"
    TEXT = "text"


Value = int | str | date | None


@dataclass
class Draft:
    """The parts of one promise.

    Attributes:
        understood: the line as it was read last; None before the first.
    """

    understood: Understood | None = None
    _set: dict[Name, Value] = field(default_factory=dict)
    _span: bool | None = None

    def read(self, understood: Understood) -> None:
        """Take a new reading of the line; corrections of parts that now say else are dropped."""
        before, self.understood = self.understood, understood
        for name in list(self._set):
            if before is None or _said(before, name) != _said(understood, name):
                self.forget(name)

    def put(self, name: Name, value: Value, *, span: bool | None = None) -> None:
        """Correct a part, or confirm it with its own value."""
        self._set[name] = value
        if span is not None:
            self._span = span

    def forget(self, name: Name) -> None:
        """Go back to what the line says."""
        self._set.pop(name, None)
        if name is Name.DUE:
            self._span = None

    def clear(self) -> None:
        """Forget everything."""
        self.understood, self._span = None, None
        self._set.clear()

    def value(self, name: Name) -> Value:
        """Return a part's value: a member's id (`SALES_HEAD`), a day, a code, an amount, words."""
        if name in self._set:
            return self._set[name]
        if self.understood is None:
            return None
        if name is Name.TEXT:
            return self._text(self.understood)
        part = _part(self.understood, name)
        if name is Name.MEMBER and part.value is None and part.sure is Sure.SURE:
            return SALES_HEAD
        if name is Name.AMOUNT and not self.value(Name.METRIC):
            return None
        return part.value

    def sure(self, name: Name) -> Sure:
        """Say how sure a part is by now."""
        if name in self._set:
            return Sure.SURE
        if self.understood is None:
            return Sure.MISSING
        if name is Name.TEXT:
            return Sure.SURE if self.understood.text else Sure.MISSING
        part = _part(self.understood, name)
        if name is Name.METRIC and self.understood.amount.sure is Sure.UNSURE and not part.value:
            return Sure.UNSURE  # a number, and it is not known of what
        if name is Name.AMOUNT and not self.value(Name.METRIC):
            return Sure.MISSING
        if name is Name.AMOUNT and self.value(name) is None:
            return Sure.UNSURE
        return part.sure

    def others(self, name: Name) -> tuple[Value, ...]:
        """Return what else a part may mean."""
        if self.understood is None or name is Name.TEXT or name in self._set:
            return ()
        return _part(self.understood, name).others

    def said(self, name: Name) -> str:
        """Return the words of the line that a part came from."""
        if self.understood is None or name is Name.TEXT:
            return ""
        return _part(self.understood, name).text

    @property
    def span(self) -> bool:
        """Whether facts count from today on, not on the due day alone."""
        if self._span is not None:
            return self._span
        return self.understood is not None and self.understood.whole_span

    def first_open(self) -> Name | None:
        """Return the first part that has still to be settled."""
        return next((name for name in Name if not self.settled(name)), None)

    def settled(self, name: Name) -> bool:
        """Whether a part needs nothing more before the promise may be accepted."""
        sure, value = self.sure(name), self.value(name)
        if name in {Name.MEMBER, Name.DUE}:
            return sure is Sure.SURE and value is not None
        if name is Name.TEXT:
            return bool(value)
        if name is Name.AMOUNT:
            return not self.value(Name.METRIC) or (sure is Sure.SURE and value is not None)
        return sure is not Sure.UNSURE

    def confirmable(self, name: Name) -> bool:
        """Whether a part in doubt may stay as it stands."""
        needed = name in {Name.MEMBER, Name.DUE, Name.AMOUNT, Name.TEXT}
        return not needed or self.value(name) not in {None, ""}

    def result(self) -> PromiseInput | None:
        """Return the promise; None while a part is open."""
        due = self.value(Name.DUE)
        if self.first_open() is not None or not isinstance(due, date):
            return None
        member, amount = self.value(Name.MEMBER), self.value(Name.AMOUNT)
        return PromiseInput(
            member_id=member if isinstance(member, int) and member != SALES_HEAD else None,
            text=str(self.value(Name.TEXT)).strip(),
            customer=str(self.value(Name.CUSTOMER) or "").strip(),
            due=due,
            since_given=self.span,
            metric=str(self.value(Name.METRIC) or ""),
            amount=amount if isinstance(amount, int) else None,
        )

    def _text(self, understood: Understood) -> str:
        """Return the words; an amount that is no metric's after all goes back into them."""
        dropped = self._set.get(Name.METRIC) == "" and understood.metric.value
        if dropped and understood.amount.text not in understood.text:
            return f"{understood.text} {understood.amount.text}"
        return understood.text


def _part(understood: Understood, name: Name) -> Part[int] | Part[date] | Part[str]:
    part: Part[int] | Part[date] | Part[str] = getattr(understood, name.value)
    return part


def _said(understood: Understood, name: Name) -> object:
    if name is Name.TEXT:
        return understood.text
    part = _part(understood, name)
    return (part.value, part.text)
