"""The funnel in words and bars."""

from fractions import Fraction

from ropdesk.i18n import _, integer, ngettext
from ropdesk.services.funnel import Funnel, PipelineFunnel, StageLine
from ropdesk.ui import values
from ropdesk.ui.planning.funnel.bars import Step
from ropdesk.ui.planning.funnel.strip import Age

FLOW, COHORT = "flow", "cohort"


def pipeline_name(name: str) -> str:
    """Name a pipeline; deals without one have words of their own."""
    return name or _("Without a pipeline")


def stage_name(name: str) -> str:
    """Name a stage; a loss out of nobody knows which has words of its own."""
    return name or _("Stage not known")


def steps(line: PipelineFunnel, how: str) -> list[Step]:
    """Return a pipeline's bars: the month's movement, or what became of those created in it."""
    counts = [(_("Deals created"), line.created, "")]
    if how == COHORT:
        counts += [(each.stage, each.cohort, _cohort_tip(each)) for each in line.stages]
        counts.append((_("Paid"), line.cohort_won, ""))
    else:
        stages = line.stages if line.dated else ()
        counts += [(each.stage, each.entered, _flow_tip(each)) for each in stages]
        counts.append((_("Paid"), line.won, ""))
    most = max((count for _words, count, _tip in counts), default=0) or 1
    found = []
    for at, (label, count, tip) in enumerate(counts):
        found.append(
            Step(label, integer(count), count / most, _between(line, how, at, counts),
                 at == len(counts) - 1, tip)
        )  # fmt: skip
    return found


def _between(
    line: PipelineFunnel, how: str, at: int, counts: list[tuple[str, int, str]]
) -> str:  # fmt: skip
    if at == 0:
        return ""
    if how == COHORT:
        before = counts[at - 1][1]
        if not before:
            return ""
        return _("↓ {share}", share=values.percent(Fraction(counts[at][1], before)))
    if at == 1 or not line.dated:
        return ""
    stage = line.stages[at - 2]
    if stage.to_next is None:
        return ""
    return _(
        "↓ {share} of {n}",
        share=values.percent(stage.to_next), n=integer(stage.left),
    )  # fmt: skip


def _flow_tip(line: StageLine) -> str:
    left = _(
        "{stage}: {n} deals left, {on} of them went on", stage=line.stage, n=integer(line.left),
        on=integer(line.forward + line.won),
    )  # fmt: skip
    if not line.uncertain:
        return left
    doubt = _(
        "{stage}: {n} of {all} may have come before the month: only two exports tell",
        stage=line.stage, n=integer(line.uncertain), all=integer(line.entered),
    )  # fmt: skip
    return f"{left}\n{doubt}"


def _cohort_tip(line: StageLine) -> str:
    return _("{stage}: {n} came so far or further", stage=line.stage, n=integer(line.cohort))


def maturity(line: PipelineFunnel, how: str) -> str:
    """Say what the bars rest on and how far they can be trusted."""
    said = []
    if how == COHORT:
        if not line.mature:
            said.append(
                _("Not ripe: {open} of {n} deals of the month are still open.",
                  open=integer(line.cohort_open), n=integer(line.created))
            )  # fmt: skip
        if line.cohort_unknown:
            said.append(
                ngettext("Of {n} deal no stage is known.", "Of {n} deals no stage is known.",
                         line.cohort_unknown)
            )  # fmt: skip
    elif not line.dated:
        said.append(
            _("Nobody told when deals came to their stages in this month: export the CRM each "
              "week, or with the dates of stages.")
        )  # fmt: skip
    elif line.unknown:
        said.append(
            ngettext(
                "{n} closed deal: nobody told out of which stage.",
                "{n} closed deals: nobody told out of which stage.", line.unknown,
            )
        )  # fmt: skip
    return " ".join(said)


def ages(line: PipelineFunnel) -> list[Age]:
    """Return the open deals of each stage against the norm."""
    found = []
    for each in line.stages:
        words = integer(each.standing)
        if each.over:
            words = _("{n}, beyond the norm {over}", n=words, over=integer(each.over))
        elif each.norm_days is None and each.standing:
            words = _("{n}, no norm", n=words)
        found.append(
            Age(each.stage, each.standing - each.over, each.over, words, each.norm_days is not None)
        )
    return found


def chosen(found: Funnel, pipeline: str | None) -> PipelineFunnel | None:
    """Return the pipeline to draw: the one chosen, else the fullest."""
    if pipeline is not None:
        return next((line for line in found.pipelines if line.name == pipeline), None)
    return found.pipelines[0] if found.pipelines else None
