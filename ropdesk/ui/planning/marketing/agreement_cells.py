"""The agreements of a month as table cells, and typed texts back into terms."""

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.marketing import Kept, LeadFacts, Outcome, TermResult
from ropdesk.domain.metrics import Direction, Kind, Metric, Unit
from ropdesk.i18n import _, integer, short_date
from ropdesk.services import marketing_words as words
from ropdesk.services.marketing import NUMBERS, AgreementLine, AgreementMonth
from ropdesk.services.marketing_edit import TermEdit
from ropdesk.services.marketing_facts import BehindLeads
from ropdesk.ui import values
from ropdesk.ui.roles import State
from ropdesk.ui.tables.cells import Align, Cell, Column, Edit, Pin, Row
from ropdesk.ui.values import Style

TOTAL = "\u0000total"  # no source is called so
_UP, _DOWN = Direction.UP, Direction.DOWN
# How what is typed is read: the same rules as for metrics.
TYPED = {
    "inquiries": Metric("inquiries", N_("Inquiries"), Kind.FLOW, Unit.COUNT, _UP),
    "accepted_share": Metric("share", N_("Share accepted"), Kind.RATIO, Unit.SHARE, _UP),
    "price_per_lead": Metric("price", N_("Price per lead"), Kind.FLOW, Unit.MONEY, _DOWN),
    "first_contact": Metric("contact", N_("First contact"), Kind.FLOW, Unit.COUNT, _DOWN),
    "attempts": Metric("attempts", N_("Attempts to reach"), Kind.RATIO, Unit.COUNT, _UP),
    "cost": Metric("cost", N_("Cost"), Kind.FLOW, Unit.MONEY, _DOWN),
}
_OF_FACT = {"fact_first_contact": "first_contact", "fact_attempts": "attempts"}
_HOW = {code: values.entry_style(metric) for code, metric in TYPED.items()}
_STATES = {"draft": State.WARNING, "agreed": State.ACCENT, "closed": State.GOOD}
_OUTCOMES = {
    Outcome.FULFILLED: State.GOOD,
    Outcome.PARTLY: State.WARNING,
    Outcome.NOT: State.BAD,
}


def state_of(name: str) -> State:
    """Return the colour of an agreement's state; its word stands beside."""
    return _STATES.get(name, State.NEUTRAL)


def term_columns() -> tuple[Column, ...]:
    """Return the columns of what is promised."""
    return (
        Column("source", _("Source"), Align.LEFT, stretch=True),
        Column("inquiries", _("Inquiries"), width=104,
               tooltip=_("How many inquiries marketing brings in the month")),
        Column("accepted_share", _("Accepted, %"), width=104,
               tooltip=_("Which share of them sales accept as target leads")),
        Column("price_per_lead", _("Price per lead, ₽"), width=130,
               tooltip=_("At most: cost of the source ÷ its inquiries")),
        Column("first_contact", _("First contact, min"), width=140,
               tooltip=_("At most: minutes from the inquiry to the first contact by sales")),
        Column("attempts", _("Attempts"), width=92,
               tooltip=_("At least: attempts to reach a customer, in the mean")),
        Column("state", _("State"), Align.LEFT, width=150),
    )  # fmt: skip


def fact_columns() -> tuple[Column, ...]:
    """Return the columns of what has come."""
    return (
        Column("source", _("Source"), Align.LEFT, stretch=True),
        Column("inquiries", _("Inquiries"),
               tooltip=_("Inquiries so far / due to date by working days")),
        Column("accepted", _("Accepted")),
        Column("rejected", _("Not target")),
        Column("disputed", _("Disputed")),
        Column("undecided", _("Undecided"),
               tooltip=_("Still open, or lost without a reason: never counted as accepted")),
        Column("accepted_share", _("Quality, %"),
               tooltip=_("Accepted ÷ (accepted + not target) / promised")),
        Column("price_per_lead", _("Price, ₽"),
               tooltip=_("Cost of the source ÷ its inquiries / promised")),
        Column("fact_first_contact", _("Contact, min"),
               tooltip=_("Exports do not tell: type the mean. Grey: what is promised")),
        Column("fact_attempts", _("Attempts"),
               tooltip=_("Exports do not tell: type the mean. Grey: what is promised")),
        Column("marketing", _("Marketing"), Align.LEFT),
        Column("sales", _("Sales"), Align.LEFT),
    )  # fmt: skip


def term_rows(view: AgreementMonth) -> list[Row]:
    """Return what is promised, the sum pinned below."""
    rows = [_terms(line) for line in view.lines]
    return [*rows, _terms(view.total, pinned=True)] if view.total is not None else rows


def _terms(line: AgreementLine, *, pinned: bool = False) -> Row:
    tip = ""
    if line.state == "agreed":
        tip = _("Agreed: what you type now is a correction and asks for its reason")
    cells = [_name(line, pinned=pinned)]
    for code in NUMBERS:
        value = getattr(line.promise, code)
        cells.append(
            Cell(
                "" if value is None else values.text(value, _HOW[code]),
                editable=line.editable and not pinned,
                raw=values.plain(value, _HOW[code]),
                sort_key=value,
                bold=pinned,
                tooltip=tip,
            )
        )
    cells.append(_state(line, pinned=pinned))
    return Row(TOTAL if pinned else line.source, tuple(cells), Pin.LAST if pinned else Pin.NONE)


def _name(line: AgreementLine, *, pinned: bool) -> Cell:
    if pinned:
        return Cell(_("Together"), bold=True, tooltip=_("Sources with an agreement"))
    name = words.source(line.source)
    return Cell(name, tooltip=name, muted=not line.source, ref=None)


def _state(line: AgreementLine, *, pinned: bool) -> Cell:
    if pinned:
        return Cell()
    text = words.state(line.state)
    tip = text
    if line.agreed_on is not None:
        tip = _("agreed {day}, for marketing: {head}", day=short_date(line.agreed_on),
                head=line.marketing_head)  # fmt: skip
    corrected = "".join(
        "\n" + _("corrected {day}: {reason}", day=short_date(each.on), reason=each.reason)
        for each in line.corrections
    )
    mark = " *" if line.corrections else ""
    return Cell(
        text + mark, chip=True, state=state_of(line.state), sort_key=text, tooltip=tip + corrected
    )


def fact_rows(view: AgreementMonth) -> list[Row]:
    """Return what has come, the sum pinned below."""
    rows = [_facts(view, line) for line in view.lines]
    return [*rows, _facts(view, view.total, pinned=True)] if view.total is not None else rows


def _facts(view: AgreementMonth, line: AgreementLine, *, pinned: bool = False) -> Row:
    facts = line.facts
    running = words.is_running(view, line)

    def behind(verdict: str) -> BehindLeads | None:
        return None if pinned else BehindLeads(line.source, view.month, view.as_of, verdict)

    asked = line.judgement.term("inquiries")
    cells = [
        _name(line, pinned=pinned),
        _against(asked, integer(facts.inquiries), facts.inquiries, behind(""), bold=pinned),
        _count(facts.accepted, behind("accepted"), bold=pinned),
        _count(facts.rejected, behind("rejected"), bold=pinned),
        _count(facts.disputed, behind("disputed"), bold=pinned, state=State.WARNING),
        _count(facts.undecided, behind("undecided"), bold=pinned),
        _quality(line, facts, behind("decided"), bold=pinned),
        _price(line, facts, bold=pinned),
        _typed(line, "fact_first_contact", facts.first_contact, pinned=pinned),
        _typed(line, "fact_attempts", facts.attempts, pinned=pinned),
        _outcome(line.judgement.marketing, running=running),
        _outcome(line.judgement.sales, running=running),
    ]
    return Row(TOTAL if pinned else line.source, tuple(cells), Pin.LAST if pinned else Pin.NONE)


def _count(n: int, ref: BehindLeads | None, *, bold: bool, state: State = State.NEUTRAL) -> Cell:
    if not n:
        return Cell("0", muted=True, sort_key=0)
    return Cell(integer(n), sort_key=n, ref=ref, bold=bold, state=state)


def _against(
    term: TermResult | None, text: str, key: float, ref: BehindLeads | None, *, bold: bool
) -> Cell:
    """Return a fact beside what is due, coloured and said by its deviation."""
    if term is None:
        return Cell(text, sort_key=key, ref=ref, bold=bold)
    due = words.bare(term.code, term.due)
    return Cell(
        text,
        secondary=f" / {due}",
        state=_term_state(term),
        sort_key=key,
        ref=ref,
        bold=bold,
        tooltip=words.term(term, running=term.due != term.promised),
    )


def _quality(line: AgreementLine, facts: LeadFacts, ref: BehindLeads | None, *, bold: bool) -> Cell:
    term = line.judgement.term("accepted_share")
    if facts.quality is None:
        promised = "" if term is None else values.text(term.promised, _HOW["accepted_share"])
        return Cell(values.UNKNOWN, muted=True, secondary=f" / {promised}" if promised else "",
                    tooltip=_("Nothing is decided yet"))  # fmt: skip
    text = values.percent_number(facts.quality, 1)
    cell = _against(term, text, float(facts.quality), ref, bold=bold)
    told = _("{accepted} accepted of {decided} decided; {undecided} undecided, "
             "{disputed} disputed", accepted=integer(facts.accepted),
             decided=integer(facts.decided), undecided=integer(facts.undecided),
             disputed=integer(facts.disputed))  # fmt: skip
    tip = f"{cell.tooltip}\n{told}" if cell.tooltip else told
    return Cell(cell.text, secondary=cell.secondary, state=cell.state, sort_key=cell.sort_key,
                ref=cell.ref, bold=bold, tooltip=tip)  # fmt: skip


def _price(line: AgreementLine, facts: LeadFacts, *, bold: bool) -> Cell:
    term = line.judgement.term("price_per_lead")
    if facts.price is None:
        due = "" if term is None else values.text(term.promised, _HOW["price_per_lead"])
        tip = _("The cost of the source is not typed: see Channels")
        return Cell(values.UNKNOWN, muted=True, secondary=f" / {due}" if due else "", tooltip=tip)
    text = values.text(facts.price, _HOW["price_per_lead"])
    return _against(term, text, float(facts.price), None, bold=bold)


def _typed(line: AgreementLine, field: str, value: int | None, *, pinned: bool) -> Cell:
    if pinned:
        return Cell()
    code = _OF_FACT[field]
    term = line.judgement.term(code)
    how = _HOW[code]
    tip = _("Exports do not tell this: type the mean of the month")
    if term is not None:
        tip = words.term(term, running=False)
    return Cell(
        "" if value is None else values.text(value, how),
        editable=line.editable and line.id is not None,
        raw=values.plain(value, how),
        sort_key=value,
        behind="" if term is None else values.text(term.promised, how),
        state=State.NEUTRAL if term is None else _term_state(term),
        tooltip=tip,
    )


def _term_state(term: TermResult) -> State:
    if term.kept is not Kept.BROKEN:
        return State.NEUTRAL
    return State.WARNING if term.near else State.BAD


def _outcome(verdict: Outcome, *, running: bool) -> Cell:
    text = words.outcome(verdict, running=running)
    if verdict is Outcome.NONE:
        return Cell(text, muted=True)
    return Cell(text, chip=True, state=_OUTCOMES.get(verdict, State.NEUTRAL), tooltip=text)


def edits(found: list[Edit]) -> list[TermEdit]:
    """Read what was typed or pasted.

    Raises:
        DomainError: a text that is no number; the whole block is refused and the cell named.
    """
    made = []
    for edit in found:
        code = _OF_FACT.get(edit.column, edit.column)
        if code not in TYPED or not isinstance(edit.row, str) or edit.row == TOTAL:
            continue
        try:
            value = values.parse(TYPED[code], edit.text, _HOW[code])
        except DomainError as error:
            if len(found) == 1:
                raise
            raise DomainError(
                N_("{source}, {metric}: {problem} Nothing of the block was written."),
                source=words.source(edit.row),
                metric=DomainError(TYPED[code].name),
                problem=error,
            ) from error
        made.append(TermEdit(edit.row, edit.column, value))
    return made


def kopecks() -> Style:
    """Return how money is written where it is typed."""
    return _HOW["cost"]
