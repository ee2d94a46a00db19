"""Words of the decomposition's header: the month, the plan's state, its versions."""

from datetime import date

from ropdesk.domain.errors import N_
from ropdesk.i18n import _, day_month, integer, language, month_name, ngettext, short_date
from ropdesk.services.planning import PlanView, VersionInfo
from ropdesk.ui.planning.decomposition_source import MonthPlan
from ropdesk.ui.roles import State

_VERSIONS = {
    "draft": N_("Version {n}, draft"),
    "approved": N_("Version {n}, approved"),
    "superseded": N_("Version {n}, superseded"),
}


def month_alone(month: date) -> str:
    """Return a month's name as it stands within a sentence: «октябрь», "October"."""
    name = month_name(month).split()[0]
    return name.lower() if language() == "ru" else name


def working_time(month: MonthPlan) -> str:
    """Say how much working time a month has: «20 рабочих дней, 159 ч»."""
    return ngettext(
        "{n} working day, {hours} h",
        "{n} working days, {hours} h",
        month.norm.working_days,
        hours=integer(month.norm.hours_40),
    )


def plan_state(plan: PlanView | None) -> tuple[str, State]:
    """Say where the plan stands."""
    if plan is None:
        return _("No plan"), State.NEUTRAL
    if plan.status == "approved" and plan.approved_on is not None:
        words = _(
            "Plan approved {date} · version {version}",
            date=day_month(plan.approved_on),
            version=plan.version,
        )
        return words, State.GOOD
    if plan.version > 1:
        return _("Draft of version {version}", version=plan.version), State.WARNING
    return _("Draft"), State.WARNING


def version_words(version: VersionInfo) -> str:
    """Name a version in a list."""
    return _(_VERSIONS[version.status], n=version.version)


def version_details(version: VersionInfo) -> str:
    """Say who approved a version, when, and why it was made."""
    parts = []
    if version.approved_on is not None:
        parts.append(
            _(
                "version {n}: approved on {date} by {name}",
                n=version.version,
                date=short_date(version.approved_on),
                name=version.approved_by,
            )
        )
    if version.reason:
        parts.append(_("reason: {reason}", reason=version.reason))
    return "; ".join(parts)
