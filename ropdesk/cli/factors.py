"""Why receipts differ from the plan or from another month, from the command line."""

from fractions import Fraction
from typing import Any

from ropdesk.cli.job import Answer, Job, table
from ropdesk.cli.values import shown, today, whole
from ropdesk.domain.factors import REASONS, Factor, Flows, Reason, Split
from ropdesk.i18n import _, day_month, month_name, short_date
from ropdesk.services import factor_words as words
from ropdesk.services.factors import FactorLine, FactorReport
from ropdesk.services.factors import factors as read_factors

KOPECKS = 100
RARE = (Factor.MIX, Factor.UNSPLIT)  # told where anybody has one


def factors(job: Job) -> Answer:
    """Split the deviation of a month's receipts over its factors."""
    args = job.args
    with job.reading() as ws:
        found = read_factors(
            ws, args.month, args.as_of or today(), against=args.against, whole=args.whole,
            by=args.by,
        )  # fmt: skip
    data: dict[str, Any] = {
        "month": found.month.strftime("%Y-%m"),
        "as_of": found.as_of.isoformat(),
        "against": "plan" if found.other is None else found.other.strftime("%Y-%m"),
        "against_as_of": found.other_as_of.isoformat() if found.other_as_of else None,
        "whole": found.whole,
        "by": found.by,
        "plan": {"status": found.plan.status, "version": found.plan.version},
        "department": _line(found.department),
        f"{found.by}s": [_named(found, line) | _line(line) for line in found.lines],
        "rest": _effects(found.rest) if found.rest else None,
        "largest": found.largest.value if found.largest else None,
        "text": words.sentence(found),
    }
    return Answer(data, _text(found))


def _named(found: FactorReport, line: FactorLine) -> dict[str, Any]:
    if found.by == "week":
        return {"start": line.first.isoformat(), "end": line.last.isoformat()}
    return {"name": line.name}


def _line(line: FactorLine) -> dict[str, Any]:
    split = line.split
    return {
        "base": _flows(line.base),
        "fact": _flows(line.fact),
        "deviation": _money(split.deviation),
        "effects": _effects(split),
        "inquiries_by": _deeper(split),
        "reason": split.reason.value or None,
    }


def _flows(flows: Flows) -> dict[str, str | None]:
    return {
        "calls": whole(flows.calls, 0),
        "inquiries": whole(flows.inquiries, 0),
        "deals_won": whole(flows.deals, 0),
        "receipts": _money(flows.receipts),
    }


def _effects(split: Split) -> dict[str, str | None]:
    unknown = split.deviation is None
    return {f.value: None if unknown else _money(split.effect(f)) for f in Factor}


def _deeper(split: Split) -> dict[str, str | None] | None:
    if not split.deeper:
        return None
    return {
        "calls": _money(split.calls),
        "calls_mix": _money(split.calls_mix),
        "inquiries_per_call": _money(split.per_call),
        "without_calls": _money(split.no_calls),
    }


def _money(kopecks: int | None) -> str | None:
    return None if kopecks is None else whole(Fraction(kopecks, KOPECKS), 2)


def _text(found: FactorReport) -> str:
    head = _("{month} as of {day}", month=month_name(found.month), day=short_date(found.as_of))
    lines = [head, words.sentence(found)]
    lines += [
        f"  {step.name}: {words.money(step.effect)}  ({step.how})" for step in words.steps(found)
    ]
    if found.known:
        lines += ["", _table(found)]
    return "\n".join(lines)


def _table(found: FactorReport) -> str:
    splits = [found.department.split, *(line.split for line in found.lines)]
    splits += [found.rest] if found.rest else []
    told = [f for f in Factor if f not in RARE or any(split.effect(f) for split in splits)]
    rows = [_row(_name(found, line), line.split, told) for line in found.lines]
    if found.rest is not None:
        rows.append(_row(_("Not shared out"), found.rest, told))
    rows.append(_row(_("Department"), found.department.split, told))
    first = _("Week") if found.by == "week" else _("Member")
    names = [words.factor_name(factor, found.by) for factor in told]
    return table((first, _("Deviation"), *names), rows)


def _name(found: FactorReport, line: FactorLine) -> str:
    if found.by == "week":
        return f"{day_month(line.first)}–{day_month(line.last)}"
    return line.name


def _row(name: str, split: Split, told: list[Factor]) -> tuple[str, ...]:
    if split.deviation is None:
        return (name, *("–" for _column in range(len(told) + 1)))
    reason = f" ({_(REASONS[split.reason])})" if split.reason is not Reason.NONE else ""
    numbers = (split.deviation, *(split.effect(factor) for factor in told))
    return (f"{name}{reason}", *(shown(_money(number)) for number in numbers))
