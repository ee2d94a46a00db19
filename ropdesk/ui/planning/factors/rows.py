"""The split prepared for the window: bars of the waterfall, rows of the table."""

from dataclasses import dataclass

from ropdesk.domain.factors import REASONS, Factor, Reason, Split
from ropdesk.domain.metrics import Metric
from ropdesk.i18n import _, day_month, short_date
from ropdesk.services import factor_words as words
from ropdesk.services.factors import DEPARTMENT, FactorLine, FactorReport
from ropdesk.ui import values
from ropdesk.ui.planning.factors.waterfall import Bar
from ropdesk.ui.roles import State
from ropdesk.ui.tables.cells import Align, Cell, Column, Pin, Row
from ropdesk.ui.values import Style

BASE, FACT = "base", "fact"
CALLS = (
    ("calls", "calls"), ("calls_mix", "calls"), ("per_call", "inquiries"),
    ("no_calls", "inquiries"),
)  # fmt: skip
REST = "rest"


@dataclass(frozen=True, slots=True)
class Subject:
    """What the person stands at: a factor of a line, or its whole deviation (None)."""

    factor: Factor | None
    line: FactorLine

    @property
    def metric(self) -> str:
        """Code of the metric whose rows stand behind it."""
        return "receipts" if self.factor is None else words.BEHIND[self.factor]

    @property
    def effect(self) -> int:
        """What it brought, in kopecks."""
        split = self.line.split
        return split.effect(self.factor) if self.factor is not None else split.deviation or 0


def how_written(report: FactorReport, receipts: Metric) -> Style:
    """Return the style of every amount of the report."""
    line = report.department
    return values.style(receipts, [line.base.receipts, line.fact.receipts])


def factor_bars(report: FactorReport, receipts: Metric) -> list[Bar]:
    """Return the way from the base to the fact."""
    style = how_written(report, receipts)
    line, split = report.department, report.department.split
    base, fact = line.base.receipts, line.fact.receipts
    name = words.base_words(report)
    bars = [Bar(BASE, name[:1].upper() + name[1:], "", values.text(base, style), 0, 0, total=True,
                tip=values.exact(receipts, base))]  # fmt: skip
    reached = 0
    for step in words.steps(report):
        bars.append(_bar(step.factor.value, step.name, step.how, step.effect, reached, receipts,
                         style))  # fmt: skip
        reached += step.effect
    total = values.text(split.deviation, style, sign=True)
    bars.append(Bar(FACT, _("Fact"), total, values.text(fact, style), 0, reached, total=True,
                    tip=values.exact(receipts, fact)))  # fmt: skip
    return bars


def call_bars(report: FactorReport, receipts: Metric) -> list[Bar]:
    """Return the effect of the inquiries once more, as calls × inquiries per call."""
    style = how_written(report, receipts)
    split = report.department.split
    base, fact = report.department.base, report.department.fact
    others = _("the same calls by others")
    if report.by == "week":
        others = _("the same calls in other weeks")
    names = {
        "calls": (_("Number of calls"), words.change_words(fact.calls, base.calls)),
        "calls_mix": (_("Distribution of calls"), others),
        "per_call": (_("Inquiries per call"), words.rate_words(fact, base)),
        "no_calls": (_("Inquiries without calls"), ""),
    }
    bars: list[Bar] = []
    reached = 0
    for key, _metric in CALLS:
        effect = getattr(split, key)
        if effect or key in {"calls", "per_call"}:
            name, how = names[key]
            bars.append(_bar(key, name, how, effect, reached, receipts, style))
            reached += effect
    total = values.text(reached, style, sign=True)
    bars.append(Bar(FACT, _("All the inquiries brought"), "", total, 0, reached, total=True,
                    tip=values.exact(receipts, reached)))  # fmt: skip
    return bars


def _bar(
    key: str, name: str, how: str, effect: int, reached: int, receipts: Metric, style: Style
) -> Bar:
    tip = "\n".join(text for text in (name, values.exact(receipts, effect), how) if text)
    value = values.text(effect, style, sign=True)
    return Bar(key, name, how, value, reached, reached + effect, tip=tip)


def shown_factors(report: FactorReport) -> list[Factor]:
    """List the factors worth a column: what nobody has is left out, but never the first three."""
    splits = [report.department.split, *(line.split for line in report.lines)]
    splits += [report.rest] if report.rest else []
    always = {Factor.INQUIRIES, Factor.CONVERSION, Factor.CHECK}
    return [f for f in Factor if f in always or any(split.effect(f) for split in splits)]


def table_columns(report: FactorReport, receipts: Metric) -> tuple[Column, ...]:
    """Return the columns: deviation, then each factor."""
    style = how_written(report, receipts)
    first = _("Week") if report.by == "week" else _("Member")
    deviation = values.heading(_("Deviation"), style)
    columns = [Column("name", first, Align.LEFT, stretch=True), Column("deviation", deviation)]
    columns += [
        Column(factor.value, _short(factor), tooltip=words.factor_name(factor, report.by))
        for factor in shown_factors(report)
    ]
    return tuple(columns)


def _short(factor: Factor) -> str:
    return {
        Factor.INQUIRIES: _("Inquiries"), Factor.MIX: _("Distribution"),
        Factor.CONVERSION: _("Conversion"), Factor.CHECK: _("Av. check"),
        Factor.UNSPLIT: _("Unsplit"),
    }[factor]  # fmt: skip


def table_rows(report: FactorReport, receipts: Metric) -> list[Row]:
    """Return the department, the lines, and what the plans of members leave."""
    maker = _Maker(report, receipts)
    rows = [maker.row(DEPARTMENT, _("Department"), report.department, Pin.FIRST)]
    rows += [maker.row(n + 1, line_name(line), line) for n, line in enumerate(report.lines)]
    if report.rest is not None:
        tip = _("What the plans of members leave of the department's plan")
        cells = maker.cells(report.rest, None)
        rows.append(Row(REST, (Cell(_("Not shared out"), muted=True, tooltip=tip), *cells),
                        Pin.LAST))  # fmt: skip
    return rows


def line_name(line: FactorLine) -> str:
    """Return a line's name: a member, or the days of a week."""
    if line.name:
        return line.name
    return f"{day_month(line.first)}–{day_month(line.last)}"


class _Maker:
    """Makes rows in one style."""

    def __init__(self, report: FactorReport, receipts: Metric) -> None:
        self._receipts = receipts
        self._style = how_written(report, receipts)
        self._factors = shown_factors(report)

    def row(self, key: int, name: str, line: FactorLine, pin: Pin = Pin.NONE) -> Row:
        """Return one line's row."""
        bold = pin is Pin.FIRST
        tips = [name]
        secondary = ""
        if line.left is not None:
            secondary = _(" · left")
            tips.append(_("left on {date}", date=short_date(line.left)))
        if line.split.reason is not Reason.NONE:
            tips.append(_(REASONS[line.split.reason]))
        first = Cell(name, bold=bold, secondary=secondary, tooltip="\n".join(tips),
                     marked=line.split.reason is not Reason.NONE)  # fmt: skip
        return Row(key, (first, *self.cells(line.split, line, bold=bold)), pin)

    def cells(self, split: Split, line: FactorLine | None, *, bold: bool = False) -> list[Cell]:
        """Return the deviation and the effects."""
        if split.deviation is None:
            tip = _(REASONS[split.reason]) if split.reason is not Reason.NONE else ""
            blank = Cell(values.UNKNOWN, muted=True, tooltip=tip, sort_key=None)
            return [blank] * (1 + len(self._factors))
        found = [self._cell(split.deviation, None, line, bold=bold)]
        found += [self._cell(split.effect(f), f, line, bold=bold) for f in self._factors]
        return found

    def _cell(
        self, value: int, factor: Factor | None, line: FactorLine | None, *, bold: bool
    ) -> Cell:
        text = values.text(value, self._style, sign=True)
        state = State.NEUTRAL
        if text[:1] in {"+", "\u2212"}:  # what is rounded to nothing has no sign, and no colour
            state = State.GOOD if value > 0 else State.BAD
        tip = values.exact(self._receipts, value)
        if factor is Factor.UNSPLIT and line is not None and line.split.reason is not Reason.NONE:
            tip = f"{tip}\n{_(REASONS[line.split.reason])}"
        ref = None if line is None else Subject(factor, line)
        return Cell(
            text, bold=bold, state=state, tooltip=tip,
            sort_key=value, ref=ref, raw=values.plain(value, self._style),
        )  # fmt: skip


def subject_words(report: FactorReport, subject: Subject) -> str:
    """Name a factor of a line: «средний чек, Сидоренко Ольга»."""
    who = _("department") if subject.line is report.department else line_name(subject.line)
    factor = _("deviation")
    if subject.factor is not None:
        factor = words.inside(subject.factor, report.by)
    return _("{factor}, {who}", factor=factor, who=who)


def numbers_words(report: FactorReport, subject: Subject) -> str:
    """Say what the factors of a line were counted from, one a line."""
    line = subject.line
    who = _("Department") if line is report.department else line_name(line)
    said = [_("{name}: {how} → {effect}", name=step.name, how=step.how,
              effect=words.money(step.effect))
            for step in words.line_steps(line, report.by)]  # fmt: skip
    if not said:
        return f"{who}: {_(REASONS[line.split.reason])}"
    return "\n".join([who, *said])
