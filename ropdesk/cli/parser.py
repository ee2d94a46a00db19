"""The grammar of the command line."""

from argparse import SUPPRESS, ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from ropdesk import __version__
from ropdesk.cli import values
from ropdesk.cli.values import nth
from ropdesk.i18n import LANGUAGES, _

if TYPE_CHECKING:
    from argparse import _SubParsersAction

Rooms: TypeAlias = "_SubParsersAction[ArgumentParser]"

SCENARIOS = ("minimum", "standard", "maximum")
DEAL_FIELDS = (
    "id", "title", "owner", "stage", "amount", "created", "closed", "source", "pipeline",
    "lost_reason", "stage_since", "stage:NAME",
)  # fmt: skip
CALL_FIELDS = (
    "id", "member", "started", "date", "time", "direction", "answered", "wait", "talk", "rating",
)  # fmt: skip
FACT_FIELDS = ("member", "day", "metric", "value")
PLAN_FIELDS = ("member", "month", "day", "metric", "value")
MEMBER_FIELDS = ("name", "alias", "position", "hired", "left")


def parse(argv: Sequence[str]) -> Namespace:
    """Parse a command line; wrong usage ends the program with exit code 2."""
    return build().parse_args(list(argv))


def build() -> ArgumentParser:
    """Build the parser, its help in the language in force."""
    parser = ArgumentParser(
        prog="ropdesk",
        description=_("RopDesk for the head of sales. Without a command the window opens."),
        epilog=_("Exit codes: 0 done, 1 cannot be done, 2 wrong usage, 130 cancelled."),
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"RopDesk {__version__}")
    _common(parser, default=None)
    parser.add_argument(
        "--sample", action="store_true",
        help=_("open the window with the sample department, made if there is none"),
    )  # fmt: skip
    parser.set_defaults(json=False, run=None)
    commands = parser.add_subparsers(dest="command", metavar=_("COMMAND"))
    for add in (
        _sample,
        _imports,
        _team,
        _plan,
        _board,
        _promises,
        _meetings,
        _paper,
        _books,
        _upkeep,
    ):
        add(commands)
    return parser


def _common(parser: ArgumentParser, default: object = SUPPRESS) -> None:
    """Add what every command takes, before its name or after."""
    parser.add_argument(
        "--workspace", type=Path, metavar="FILE", default=default,
        help=_("the workspace; without it, the one in your data folder"),
    )  # fmt: skip
    parser.add_argument(
        "--lang", choices=LANGUAGES, default=default, help=_("the language of what is written")
    )


def _command(rooms: Rooms, name: str, run: str, about: str) -> ArgumentParser:
    parser = rooms.add_parser(name, help=about, description=about, allow_abbrev=False)
    _common(parser)
    parser.add_argument("--json", action="store_true", help=_("answer with one JSON object"))
    parser.set_defaults(run=run)
    return parser


def _group(rooms: Rooms, name: str, about: str) -> Rooms:
    parser = rooms.add_parser(name, help=about, description=about, allow_abbrev=False)
    return parser.add_subparsers(dest="what", metavar=_("WHAT"), required=True)


def _output(parser: ArgumentParser, metavar: str) -> None:
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar=metavar, help=_("where to write")
    )


def _month(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--month", type=values.month, required=True, metavar="YYYY-MM", help=_("the month")
    )


def _week(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--week", type=values.day, required=True, metavar="YYYY-MM-DD",
        help=_("any day of the week"),
    )  # fmt: skip


def _look(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--theme", choices=("light", "dark"), default="light", help=_("the colours")
    )
    parser.add_argument(
        "--size", type=values.size, default=(1366, 768), metavar="WxH", help=_("size of the window")
    )


def _sample(commands: Rooms) -> None:
    demo = _command(
        commands, "demo", "demo:make", _("make a sample workspace, its papers and its pictures")
    )
    _output(demo, "DIR")
    demo.add_argument(
        "--today", type=values.day, metavar="YYYY-MM-DD", help=_("the day the sample ends at")
    )
    _look(demo)


def _imports(commands: Rooms) -> None:
    kinds = _group(commands, "import", _("take in a file"))
    deals = _file(kinds, "deals", DEAL_FIELDS, _("deals of a CRM export"))
    deals.add_argument(
        "--won", action="append", default=[], metavar="STAGE", help=_("a stage that means won")
    )
    deals.add_argument(
        "--lost", action="append", default=[], metavar="STAGE", help=_("a stage that means lost")
    )
    deals.add_argument(
        "--repeated", choices=("sum", "first", "refuse"),
        help=_("what rows of one id mean: amounts that add up, the same deal again, an error"),
    )  # fmt: skip
    calls = _file(kinds, "calls", CALL_FIELDS, _("calls of a telephony export"))
    facts = _file(kinds, "facts", FACT_FIELDS, _("daily facts: member, day, metric, value"))
    plan = _file(kinds, "plan", PLAN_FIELDS, _("a plan: member, month, metric, value"))
    _file(kinds, "members", MEMBER_FIELDS, _("the team, with the names exports know it by"))
    for parser in (deals, calls):
        parser.add_argument(
            "--preset", default="auto", metavar="NAME", help=_("the program that made the file")
        )
    for parser in (deals, calls, facts, plan):
        parser.add_argument(
            "--create-members", action="store_true", help=_("add unknown people to the team")
        )
    for parser in (facts, plan):
        parser.add_argument(
            "--metric", metavar="CODE", help=_("the metric, where the file has one only")
        )
    plan.add_argument("--scenario", choices=SCENARIOS, default="standard", help=_("the scenario"))
    history = _group(commands, "imports", _("files taken in earlier"))
    _command(history, "list", "imports:listed", _("what came in, when, and what became of it"))
    undo = _command(history, "undo", "imports:undo", _("take one import back as a whole"))
    undo.add_argument("id", type=nth, metavar="ID", help=_("its number in the list"))


def _file(kinds: Rooms, kind: str, fields: Sequence[str], about: str) -> ArgumentParser:
    parser = _command(kinds, kind, f"imports:{kind}", about)
    parser.add_argument("file", type=Path, metavar="FILE", help=_("the file to take in"))
    parser.add_argument(
        "--map", type=values.mapping(fields), action="append", default=[], metavar="FIELD=COLUMN",
        dest="mapping",
        help=_("which column is what; FIELD==TEXT gives all rows that text. Fields: {fields}",
               fields=", ".join(fields)),
    )  # fmt: skip
    parser.add_argument("--sheet", default="", metavar="NAME", help=_("a sheet of the workbook"))
    parser.add_argument("--encoding", default="", metavar="NAME", help=_("how text is encoded"))
    parser.add_argument("--dry-run", action="store_true", help=_("only say what would happen"))
    return parser


def _team(commands: Rooms) -> None:
    _command(commands, "members", "team:members", _("the team"))


def _plan(commands: Rooms) -> None:
    verbs = _group(commands, "plan", _("the plan of a month"))
    put = _command(verbs, "set", "planning:put", _("set the plan of the department or a member"))
    put.add_argument("--metric", required=True, metavar="CODE", help=_("what is planned"))
    put.add_argument(
        "--value", type=values.number, required=True, metavar="N",
        help=_("in whole units: roubles, pieces, seconds; shares as fractions"),
    )  # fmt: skip
    put.add_argument("--member", metavar="NAME", help=_("whose; without it, the department's"))
    put.add_argument("--scenario", choices=SCENARIOS, default="standard", help=_("the scenario"))
    share = _command(
        verbs, "distribute", "planning:distribute", _("share the plan between members and days")
    )
    share.add_argument(
        "--by", choices=("history", "equal"), default="history", help=_("how to share it")
    )
    approve = _command(verbs, "approve", "planning:approve", _("approve the draft of a month"))
    approve.add_argument("--who", metavar="NAME", help=_("who approves"))
    correct = _command(
        verbs, "correct", "planning:correct", _("start a new version of an approved plan")
    )
    correct.add_argument("--reason", required=True, metavar="TEXT", help=_("why it is corrected"))
    show = _command(verbs, "show", "planning:show", _("show the plan of a month"))
    show.add_argument("--version", type=nth, metavar="N", help=_("an earlier version"))
    for parser in (put, share, approve, correct, show):
        _month(parser)


def _board(commands: Rooms) -> None:
    board = _command(commands, "board", "board:board", _("plan against fact"))
    _month(board)
    board.add_argument(
        "--as-of", type=values.day, metavar="YYYY-MM-DD", help=_("the day it is looked at")
    )
    board.add_argument(
        "--by", choices=("month", "week", "day"), default="month", help=_("the periods")
    )
    board.add_argument("--scenario", choices=SCENARIOS, default="standard", help=_("the scenario"))
    funnel = _command(
        commands, "funnel", "funnel:funnel", _("stages, conversions and stuck deals of a month")
    )
    _month(funnel)
    funnel.add_argument(
        "--as-of", type=values.day, metavar="YYYY-MM-DD", help=_("the day it is looked at")
    )
    funnel.add_argument("--pipeline", metavar="NAME", help=_("only this pipeline"))
    funnel.add_argument("--member", metavar="NAME", help=_("only this member's deals"))
    funnel.add_argument("--source", metavar="NAME", help=_("only deals of this source"))
    why = _command(commands, "factors", "factors:factors", _("why receipts differ"))
    _month(why)
    why.add_argument(
        "--as-of", type=values.day, metavar="YYYY-MM-DD", help=_("the day it is looked at")
    )
    why.add_argument(
        "--against", type=values.against, default="plan", metavar="plan|YYYY-MM",
        help=_("the plan, or the month to compare with"),
    )  # fmt: skip
    why.add_argument(
        "--whole", action="store_true", help=_("against the whole month, not its part to date")
    )
    why.add_argument("--by", choices=("member", "week"), default="member", help=_("the lines"))
    calendar = _command(commands, "calendar", "calendar:year", _("working days and hours"))
    calendar.add_argument(
        "--year", type=values.year, required=True, metavar="YYYY", help=_("the year")
    )


def _promises(commands: Rooms) -> None:
    about = _("the day: what is needed, held, promised and due")
    day = _command(commands, "today", "today:told", about)
    day.add_argument("--as-of", type=values.day, metavar="YYYY-MM-DD", help=_("the day"))
    about = _("promises: who, what, by when, and how each stands")
    promises = _command(commands, "promises", "promises:promised", about)
    promises.add_argument("--member", metavar="NAME", help=_("only this member's promises"))
    promises.add_argument("--meeting", type=nth, metavar="ID", help=_("given at this meeting"))
    for option, field, words in (
        ("--from", "first", _("due on this day or later")),
        ("--to", "last", _("due on this day or earlier")),
        ("--as-of", "as_of", _("the day it is looked at")),
    ):
        promises.add_argument(option, dest=field, type=values.day, metavar="YYYY-MM-DD", help=words)
    promises.add_argument("--open", action="store_true", help=_("only those not settled yet"))


def _meetings(commands: Rooms) -> None:
    about = _("the meetings of a month, and what they took")
    listed = _command(commands, "meetings", "meetings:listed", about)
    listed.add_argument("--month", type=values.month, metavar="YYYY-MM", help=_("the month"))
    about = _("protocols that have all of these words")
    found = _command(commands, "protocols", "protocols:found", about)
    found.add_argument("words", nargs="*", metavar="WORD", help=_("the beginning of a word"))
    found.add_argument("--member", metavar="NAME", help=_("only those this member took part in"))
    found.add_argument("--kind", default="", metavar="KIND", help=_("daily, weekly, monthly, …"))
    for option, field, words in (
        ("--from", "first", _("held on this day or later")),
        ("--to", "last", _("held on this day or earlier")),
    ):
        found.add_argument(option, dest=field, type=values.day, metavar="YYYY-MM-DD", help=words)


def _paper(commands: Rooms) -> None:
    forms = _group(commands, "report", _("a printed form as PDF"))
    for name, run, about in (
        ("monthly", "paper:monthly", _("the report of a month")),
        ("plan-sheet", "paper:plan_sheet", _("the plan of a month, to sign")),
        ("member-sheets", "paper:member_sheets", _("each member's plan of a month, to sign")),
    ):
        form = _command(forms, name, run, about)
        _month(form)
        _output(form, "FILE.pdf")
        if name != "monthly":
            form.add_argument("--version", type=nth, metavar="N", help=_("an earlier version"))
        if name == "member-sheets":
            form.add_argument(
                "--member", action="append", metavar="NAME", help=_("only this member's sheet")
            )
    about = _("a month's agreement with marketing on leads, to sign")
    agreement = _command(forms, "agreement", "marketing:agreement", about)
    _month(agreement)
    _output(agreement, "FILE.pdf")
    report = _command(forms, "director", "director:report", _("the report to the director"))
    span = report.add_mutually_exclusive_group(required=True)
    span.add_argument(
        "--week", type=values.day, metavar="YYYY-MM-DD", help=_("any day of the week")
    )
    span.add_argument("--month", type=values.month, metavar="YYYY-MM", help=_("the month"))
    _output(report, "FILE.pdf")
    about = _("one investigation, on one page")
    case = _command(forms, "investigation", "investigations:report", about)
    case.add_argument("--id", type=nth, required=True, metavar="N", help=_("its number"))
    _output(case, "FILE.pdf")
    week = _command(forms, "week-plan", "week:plan", _("the action plan of a week"))
    _week(week)
    _output(week, "FILE.pdf")
    _voice_papers(forms)
    _agenda(forms)


def _books(commands: Rooms) -> None:
    books = _group(commands, "export", _("a workbook for Excel"))
    actions = _command(books, "week", "week:calendar", _("the actions of a week as iCalendar"))
    _week(actions)
    actions.add_argument("--member", metavar="NAME", help=_("only this member's actions"))
    _output(actions, "FILE.ics")
    held = _command(books, "meetings", "meetings:calendar", _("the meetings as iCalendar"))
    _month(held)
    held.add_argument(
        "--months", type=int, choices=range(1, 13), default=1, metavar="N",
        help=_("how many months from that one on"),
    )  # fmt: skip
    _output(held, "FILE.ics")
    for name, about in (
        ("board", _("plan against fact, by week and by day")),
        ("plan", _("the plan of a month, its scenarios and days")),
    ):
        book = _command(books, name, f"paper:{name}_book", about)
        _month(book)
        _output(book, "FILE.xlsx")
        if name == "plan":
            book.add_argument("--version", type=nth, metavar="N", help=_("an earlier version"))
        else:
            book.add_argument(
                "--as-of", type=values.day, metavar="YYYY-MM-DD",
                help=_("the day it is looked at"),
            )  # fmt: skip
    about = _("a picture of every page, without a display")
    screens = _command(commands, "screenshots", "paper:screenshots", about)
    _output(screens, "DIR")
    _look(screens)


def _voice_papers(forms: Rooms) -> None:
    about = _("the page of a promotion: the proposal and its result")
    page = _command(forms, "promotion", "promotions:page", about)
    page.add_argument("--id", type=nth, required=True, metavar="N", help=_("its number"))
    _output(page, "FILE.pdf")
    voice = _command(forms, "voice", "promotions:voice", _("what customers said in a month"))
    _month(voice)
    _output(voice, "FILE.pdf")


def _agenda(forms: Rooms) -> None:
    page = _command(forms, "agenda", "agenda:page", _("the page to take along to a meeting"))
    which = page.add_mutually_exclusive_group(required=True)
    which.add_argument("--meeting", type=nth, metavar="ID", help=_("its number in the list"))
    which.add_argument("--day", type=values.day, metavar="YYYY-MM-DD", help=_("the meeting's day"))
    page.add_argument("--kind", default="", metavar="KIND", help=_("daily, weekly, monthly, …"))
    _output(page, "FILE.pdf")
    about = _("the protocol of a meeting, as it was issued")
    protocol = _command(forms, "protocol", "protocols:report", about)
    protocol.add_argument(
        "--meeting", type=nth, required=True, metavar="ID", help=_("its number in the list")
    )
    protocol.add_argument("--edition", type=nth, metavar="N", help=_("an earlier edition"))
    _output(protocol, "FILE.pdf")


def _upkeep(commands: Rooms) -> None:
    backup = _command(commands, "backup", "upkeep:backup", _("write a verified copy"))
    _output(backup, "FILE")
    restore = _command(commands, "restore", "upkeep:restore", _("put a copy in its place again"))
    restore.add_argument("file", type=Path, metavar="FILE", help=_("the copy"))
    _command(commands, "check", "upkeep:check", _("check the file and every derived figure"))
    _command(commands, "undo", "upkeep:undo", _("take back the last change"))
    _command(commands, "redo", "upkeep:redo", _("bring back the change taken back last"))
    history = _command(commands, "history", "upkeep:history", _("what was done, newest first"))
    history.add_argument("--limit", type=nth, default=50, metavar="N", help=_("how many lines"))
