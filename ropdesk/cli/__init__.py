"""Commands without a window: whatever the window computes or prints, for scripts and printing.

Exit codes: 0 done, 1 the request cannot be met, 2 wrong usage, 130 cancelled. After any other
than 0 the workspace is as it was.
"""

import io
import json
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib import import_module

from ropdesk import paths
from ropdesk.cli.job import Answer, Job, Screens
from ropdesk.cli.parser import parse
from ropdesk.domain.errors import DomainError
from ropdesk.i18n import _, describe, set_language

DONE, REFUSED, CANCELLED = 0, 1, 130


def main(argv: Sequence[str], window: Screens) -> int:
    """Do what a command line asks and return the exit code.

    Args:
        argv: the arguments, without the program's name.
        window: what opens the window and draws its pages.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # pipes of Windows speak the code page otherwise
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    set_language(_language(argv))
    args = parse(argv)
    if args.command is None:
        return window.run(args.workspace, args.lang, sample=args.sample)
    job = Job(args, window)
    try:
        answer = _handler(args.run)(job)
        _print(json.dumps(answer.data, ensure_ascii=False) if args.json else answer.text)
        if answer.refusal is not None:
            raise answer.refusal
    except DomainError as error:
        job.say(describe(error))
        return REFUSED
    except KeyboardInterrupt:
        job.say(_("Cancelled: nothing was changed."))
        return CANCELLED
    except BrokenPipeError:  # whoever read us has seen enough; the interpreter must not flush again
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    except Exception as error:  # noqa: BLE001 - the border of the program: a bug is told and kept
        job.say(_("RopDesk made a mistake: {error}. {where}", error=error, where=_kept(error)))
        return REFUSED
    return DONE


def _language(argv: Sequence[str]) -> str:
    """Find the language before anything is said, the help and errors of usage included."""
    for at, argument in enumerate(argv):
        if argument == "--lang" and at + 1 < len(argv):
            return argv[at + 1]
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
    return paths.preferences().language


def _handler(name: str) -> Callable[[Job], Answer]:
    """Import the room of a command, and with it the services it needs, and no others."""
    module, function = name.split(":")
    handler: Callable[[Job], Answer] = getattr(import_module(f"ropdesk.cli.{module}"), function)
    return handler


def _print(text: str) -> None:
    if text:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()


def _kept(error: BaseException) -> str:
    """Keep the traceback of a bug in the log and say where it is."""
    file = paths.log_folder() / "ropdesk.log"
    report = "".join(traceback.format_exception(error))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as log:
            log.write(f"{datetime.now(UTC).isoformat()} {report}\n")
    except OSError:  # the log is a courtesy; then the traceback itself is shown
        return report
    return _("The details are in {file}.", file=file)
