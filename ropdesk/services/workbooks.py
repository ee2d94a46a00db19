"""The board and the plan as workbooks: real numbers with their formats, units in the headers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from ropdesk import i18n
from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.metrics import Kind, Metrics
from ropdesk.domain.months import month_end
from ropdesk.exchange.xlsx_out import DAY, PERCENT, Column, Sheet, write_xlsx
from ropdesk.i18n import _
from ropdesk.services import board as boards
from ropdesk.services import calendar, metrics, planning, report_lines, settings, team
from ropdesk.services.board import Board, Figure, Figures, MemberLine
from ropdesk.services.forecast import Outlook, Seer
from ropdesk.services.plan_sheets import FIRST
from ropdesk.services.planning import PlanView
from ropdesk.services.planning_sheet import month_text
from ropdesk.services.workbook_cells import Number, cell, number_format, share, title
from ropdesk.store.models import PlanDay
from ropdesk.store.workspace import Workspace

if TYPE_CHECKING:
    from ropdesk.exchange.xlsx_out import Cell

WHOLE_SHARE = 10_000  # basis points

Read = Callable[[Figure], Number]


def board_xlsx(ws: Workspace, month: date, as_of: date, path: Path) -> None:
    """Write a month's board: the department and the members, by week and by day.

    Args:
        as_of: facts are counted up to this day.

    Raises:
        DomainError: the file cannot be written.
    """
    first = month.replace(day=1)
    weeks = boards.board(ws, first, as_of, by="week")
    days = boards.board(ws, first, as_of, by="day")
    outlook = None
    if weeks.month <= weeks.as_of < weeks.last:
        outlook = Seer(ws, first, weeks.codes).look(ws, weeks.as_of)
    write_xlsx(
        path,
        [
            _month_sheet(weeks, outlook, _heading(ws, weeks)),
            _period_sheet(weeks, _("By week"), [_("From"), _("To")]),
            _period_member_sheet(weeks, _("Weeks by manager"), [_("From"), _("To")]),
            _period_sheet(days, _("By days"), [_("Day")]),
            _period_member_sheet(days, _("Days by manager"), [_("Day")]),
        ],
    )


def plan_xlsx(ws: Workspace, month: date, path: Path, version: int | None = None) -> None:
    """Write a month's plan: the scenarios, the members of each, and the days.

    Args:
        version: of the plan; the draft, or else the approved one, unless given.

    Raises:
        DomainError: the month has no plan, or the file cannot be written.
    """
    first = month.replace(day=1)
    with ws.read() as connection:
        view = planning.load(connection, first, version)
        if view is None or not view.values:
            raise DomainError(
                N_("There is no plan for {month} yet. Set it on the planning page."),
                month=month_text(first),
            )
        source = _PlanSource(
            view, metrics.load(connection), team.load(connection),
            {
                (row.member_id, row.metric, row.day): row.value
                for row in connection.execute(
                    select(PlanDay.member_id, PlanDay.metric, PlanDay.day, PlanDay.value).where(
                        PlanDay.plan_id == view.id, PlanDay.scenario == boards.STANDARD
                    )
                )
            },
        )  # fmt: skip
        working = calendar.load(connection).working_days(first, month_end(first))
        company = settings.load(connection).company
    heading = [text for text in (company, _plan_line(view)) if text]
    sheets = [source.scenarios(heading)]
    sheets += [
        source.members(scenario, _(name))
        for scenario, name in report_lines.SCENARIOS.items()
        if source.has(scenario)
    ]
    write_xlsx(path, [*sheets, source.days(frozenset(working)), source.days_by_member()])


def _columns(board: Board, code: str, *, whole: bool) -> list[tuple[Column, Read]]:
    """List a metric's columns that the board fills, with how each is read from a figure."""
    metric = board.metrics[code]
    look = number_format(metric)

    def value(which: str) -> Read:
        return lambda figure: cell(metric, getattr(figure, which))

    found = [(Column(title(metric, _("fact")), look), value("fact"))]
    known = [board.department, *(line.figures for line in board.members)]
    if any(figures[code].plan is not None for figures in known):
        found.append((Column(title(metric, _("plan")), look), value("plan")))
        if whole:
            header = title(metric, _("plan to date"))
            found.append((Column(header, look), value("plan_to_date")))
            completion = _("completion to date, %")
            name = f"{report_lines.name_of(metric)}: {completion}"
            found.append((Column(name, PERCENT), lambda figure: share(figure.completion)))
    return found


# -- the board


def _heading(ws: Workspace, board: Board) -> list[str]:
    company = settings.settings(ws).company
    state = _(
        "Board of {month}, facts up to {date}, working days: {passed} of {total}",
        month=report_lines.month_inside(board.month), date=i18n.short_date(board.as_of),
        passed=i18n.integer(board.days_passed), total=i18n.integer(board.days_total),
    )  # fmt: skip
    return [text for text in (company, state) if text]


def _member_name(board: Board, line: MemberLine) -> str:
    return _(line.member.name) if line.member.id == board.nobody else line.member.name


def _month_sheet(board: Board, outlook: Outlook | None, heading: Sequence[str]) -> Sheet:
    columns = [Column(_("Manager")), Column(_("Ramp-up, %"), "0%")]
    reads: list[Callable[[Figures, int], Cell]] = []
    for code in board.codes:
        for column, read in _columns(board, code, whole=True):
            columns.append(column)
            reads.append(_of_code(code, read))
        for column, forecast in _forecasts(board, outlook, code):
            columns.append(column)
            reads.append(forecast)
    rows = [
        (
            _member_name(board, line), Decimal(line.ramp) / WHOLE_SHARE,
            *(read(line.figures, line.member.id) for read in reads),
        )
        for line in board.members
    ]  # fmt: skip
    total = (_("Department"), None, *(read(board.department, 0) for read in reads))
    return Sheet(_("Month"), columns, rows, total, heading)


def _of_code(code: str, read: Read) -> "Callable[[Figures, int], Cell]":
    return lambda figures, _member: read(figures[code])


def _forecasts(
    board: Board, outlook: Outlook | None, code: str
) -> "list[tuple[Column, Callable[[Figures, int], Cell]]]":
    if outlook is None or outlook.of(code) is None:
        return []
    metric = board.metrics[code]

    def reader(which: str) -> "Callable[[Figures, int], Cell]":
        def read(_figures: Figures, member: int) -> "Cell":
            found = outlook.of(code, member)
            return None if found is None else cell(metric, getattr(found, which))

        return read

    names = {
        "p50": _("forecast"),
        "p10": _("forecast, lower bound of 80 %"),
        "p90": _("forecast, upper bound of 80 %"),
    }
    return [
        (Column(title(metric, name), number_format(metric)), reader(which))
        for which, name in names.items()
    ]


def _period_columns(board: Board) -> list[Column]:
    return [column for code in board.codes for column, _read in _columns(board, code, whole=False)]


def _figures(board: Board, figures: Figures) -> "list[Cell]":
    return [
        read(figures[code])
        for code in board.codes
        for _column, read in _columns(board, code, whole=False)
    ]


def _period_sheet(board: Board, title: str, dates: Sequence[str]) -> Sheet:
    columns = [*(Column(name, DAY, 12) for name in dates), *_period_columns(board)]
    rows = [
        (*(each.start, each.end)[: len(dates)], *_figures(board, each.department))
        for each in board.periods
    ]
    blank = [None] * (len(dates) - 1)
    return Sheet(title, columns, rows, (_("Month"), *blank, *_figures(board, board.department)))


def _period_member_sheet(board: Board, title: str, dates: Sequence[str]) -> Sheet:
    first = [*(Column(name, DAY, 12) for name in dates), Column(_("Manager"))]
    rows = [
        (
            *(each.start, each.end)[: len(dates)], _member_name(board, line),
            *_figures(board, line.figures),
        )
        for each in board.periods
        for line in each.members
    ]  # fmt: skip
    return Sheet(title, [*first, *_period_columns(board)], rows)


# -- the plan


def _plan_line(view: PlanView) -> str:
    state = {
        "approved": N_("Plan for {month}, version {version}, approved"),
        "draft": N_("Plan for {month}, version {version}, draft"),
        "superseded": N_("Plan for {month}, version {version}, superseded"),
    }[view.status]
    return _(state, month=report_lines.month_inside(view.month), version=view.version)


class _PlanSource:
    """A version of a plan as rows of sheets."""

    def __init__(
        self,
        view: PlanView,
        known: Metrics,
        people: team.Team,
        days: Mapping[tuple[int | None, str, date], int],
    ) -> None:
        self.view, self.metrics, self.people = view, known, people
        self._days = days
        planned = {code for _scenario, code, _member in view.values}
        self.codes = sorted(
            (code for code in known if code in planned),
            key=lambda c: FIRST.index(c) if c in FIRST else len(FIRST),
        )
        self.flows = [c for c in self.codes if known[c].kind is Kind.FLOW]
        named = {key[2] for key in view.values if key[2] is not None}
        self.members_named = sorted(
            (people.members[i] for i in named if i in people.members),
            key=lambda m: (m.id == people.nobody, m.name.casefold()),
        )

    def has(self, scenario: str) -> bool:
        """Say whether a scenario names anybody."""
        return any(s == scenario and m is not None for s, _code, m in self.view.values)

    def _row(self, scenario: str, member: int | None) -> "list[Cell]":
        return [cell(self.metrics[c], self.view.value(c, member, scenario)) for c in self.codes]

    def _heads(self, codes: Iterable[str]) -> list[Column]:
        return [Column(title(self.metrics[c]), number_format(self.metrics[c])) for c in codes]

    def scenarios(self, heading: Sequence[str]) -> Sheet:
        """Lay out the department's plan by scenario."""
        rows = [
            (_(name), *self._row(scenario, None))
            for scenario, name in report_lines.SCENARIOS.items()
        ]
        return Sheet(
            _("Scenarios"), [Column(_("Scenario")), *self._heads(self.codes)], rows, None, heading
        )

    def members(self, scenario: str, title: str) -> Sheet:
        """Lay out a scenario by member."""
        rows = [(self._name(m.id, m.name), *self._row(scenario, m.id)) for m in self.members_named]
        total = (_("Department"), *self._row(scenario, None))
        columns = [Column(_("Manager")), *self._heads(self.codes)]
        return Sheet(_("Managers, {scenario}", scenario=title), columns, rows, total)

    def _name(self, member_id: int, name: str) -> str:
        return _(name) if member_id == self.people.nobody else name

    def days(self, working: frozenset[date]) -> Sheet:
        """Lay out the department's standard plan by day."""
        last = month_end(self.view.month)
        count = (last - self.view.month).days + 1
        rows = []
        for day in (self.view.month + timedelta(n) for n in range(count)):
            kind = _("working day") if day in working else _("day off")
            rows.append((day, i18n.weekday_short(day), kind, *self._on(day, None)))
        columns = [
            Column(_("Day"), DAY, 12), Column(_("Weekday")), Column(_("Kind of day")),
            *self._heads(self.flows),
        ]  # fmt: skip
        total = [cell(self.metrics[c], self.view.value(c)) for c in self.flows]
        return Sheet(_("By days"), columns, rows, (_("Month"), None, None, *total))

    def days_by_member(self) -> Sheet:
        """Lay out the members' standard plan by day: a row for each day that has one."""
        planned = {(member, day) for member, _code, day in self._days}
        rows = [
            (day, self._name(member.id, member.name), *self._on(day, member.id))
            for day in sorted({day for _member, day in planned})
            for member in self.members_named
            if (member.id, day) in planned
        ]
        columns = [Column(_("Day"), DAY, 12), Column(_("Manager")), *self._heads(self.flows)]
        return Sheet(_("Days by manager"), columns, rows)

    def _on(self, day: date, member: int | None) -> "list[Cell]":
        return [cell(self.metrics[c], self._days.get((member, c, day))) for c in self.flows]
