"""Members, aliases, ramp-up and absences."""

from datetime import date, timedelta

import pytest

from ropdesk.domain.errors import DomainError
from ropdesk.domain.team import Absence, AbsenceKind, Member
from ropdesk.services import facts, history, team, tools
from ropdesk.services.facts import Entry
from ropdesk.store.workspace import Workspace
from tests.services.snapshots import content

DAY = date(2026, 3, 2)
MONTH = date(2026, 3, 1)


def known(ws: Workspace, member_id: int) -> Member:
    return team.team(ws).members[member_id]


def test_a_member_keeps_everything_that_was_given(ws: Workspace) -> None:
    who = team.add(
        ws,
        Member(0, "  Ким Дарья ", " стажёр ", DAY, None, ("272", "Даша"), 30,
               {DAY: 6_000, date(2026, 4, 1): 8_000}),
    )  # fmt: skip
    member = known(ws, who)
    assert (member.name, member.position, member.deal_limit) == ("Ким Дарья", "стажёр", 30)
    assert member.ramp == {MONTH: 6_000, date(2026, 4, 1): 8_000}
    assert set(member.aliases) == {"Ким Дарья", "272", "Даша"}


@pytest.mark.parametrize(
    ("member", "words"),
    [
        (Member(0, "   "), "needs a name"),
        (Member(0, "А", hired=DAY, left=DAY - timedelta(1)), "cannot leave before"),
        (Member(0, "А", hired=DAY, probation_until=DAY - timedelta(1)), "cannot end before"),
        (Member(0, "А", hired=DAY, birthday=DAY + timedelta(1)), "cannot be born after"),
        (Member(0, "А", deal_limit=0), "at least 1"),
        (Member(0, "А", ramp={MONTH: 20_001}), "between 0 and 200"),
        (Member(0, "А", ramp={MONTH: -1}), "between 0 and 200"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    ws: Workspace, member: Member, words: str
) -> None:
    before = content(ws)
    with pytest.raises(DomainError, match=words):
        team.add(ws, member)
    assert content(ws) == before
    assert history.entries(ws) == []


@pytest.mark.parametrize("name", ["Дарья Ким", "КИМ  дарья", "Ким Дарья."])
def test_one_name_means_one_member_however_it_is_written(ws: Workspace, name: str) -> None:
    team.add(ws, Member(0, "Ким Дарья"))
    with pytest.raises(DomainError, match="already means Ким Дарья"):
        team.add(ws, Member(0, name))
    with pytest.raises(DomainError, match="already means Ким Дарья"):
        team.add(ws, Member(0, "Ли Анна", aliases=(name,)))


def test_the_old_name_stays_an_alias_until_it_is_taken_off(ws: Workspace) -> None:
    who = team.add(ws, Member(0, "Ким Дарья"))
    member = known(ws, who)
    team.update(ws, Member(who, "Орлова Дарья", aliases=member.aliases))
    assert "Ким Дарья" in known(ws, who).aliases
    team.update(ws, Member(who, "Орлова Дарья"))
    assert known(ws, who).aliases == ("Орлова Дарья",)
    team.add(ws, Member(0, "Ким Дарья"))


def test_several_members_change_in_one_step_or_not_at_all(ws: Workspace) -> None:
    one = team.add(ws, Member(0, "Ким Дарья"))
    two = team.add(ws, Member(0, "Ли Анна"))
    team.update_all(ws, [Member(one, "Ким Дарья", "а"), Member(two, "Ли Анна", "б")])
    assert [known(ws, n).position for n in (one, two)] == ["а", "б"]
    history.undo(ws)
    assert [known(ws, n).position for n in (one, two)] == ["", ""]
    before = content(ws)
    with pytest.raises(DomainError):
        team.update_all(ws, [Member(one, "Ким Дарья", "а"), Member(two, "Ким Дарья")])
    assert content(ws) == before


def test_only_a_member_without_numbers_is_removed(ws: Workspace) -> None:
    who = team.add(ws, Member(0, "Ким Дарья"))
    other = team.add(ws, Member(0, "Ли Анна", aliases=("272",), ramp={MONTH: 5_000}))
    team.add_absence(ws, Absence(other, AbsenceKind.VACATION, DAY, DAY))
    facts.enter(ws, DAY, [Entry(who, "calls", 5)])
    with pytest.raises(DomainError, match="last day instead"):
        team.remove(ws, who)
    before = content(ws)
    team.remove(ws, other)
    assert other not in team.team(ws).members
    assert team.absences(ws) == []
    assert content(ws)["ramp_up"] == []
    history.undo(ws)
    assert content(ws) == before
    team.remove(ws, 999)  # nobody there: nothing to do


def test_who_worked_in_a_month(ws: Workspace) -> None:
    team.add(ws, Member(0, "Был", left=date(2026, 2, 28)))
    team.add(ws, Member(0, "Есть"))
    team.add(ws, Member(0, "Уходит", left=MONTH))
    team.add(ws, Member(0, "Будет", hired=date(2026, 4, 1)))
    with ws.operation("x") as operation:
        team.nobody(operation.session)
    people = team.team(ws)
    active = [m.name for m in people.active(MONTH, date(2026, 3, 31))]
    assert active == ["Есть", "Уходит"]
    assert people.nobody is not None


def test_absences_do_not_overlap(ws: Workspace) -> None:
    who = team.add(ws, Member(0, "Ким Дарья"))
    other = team.add(ws, Member(0, "Ли Анна"))
    gap = Absence(who, AbsenceKind.VACATION, DAY, DAY + timedelta(6), "море")
    number = team.add_absence(ws, gap)
    with pytest.raises(DomainError, match="already an absence"):
        team.add_absence(
            ws, Absence(who, AbsenceKind.OTHER, DAY + timedelta(6), DAY + timedelta(9))
        )
    with pytest.raises(DomainError, match="ends before it begins"):
        team.add_absence(ws, Absence(who, AbsenceKind.OTHER, DAY, DAY - timedelta(1)))
    team.add_absence(ws, Absence(other, AbsenceKind.SICK_LEAVE, DAY, DAY))
    longer = Absence(who, AbsenceKind.SICK_LEAVE, DAY, DAY + timedelta(9))
    team.change_absence(ws, number, longer)
    assert [row.absence for row in team.absences(ws, who)] == [longer]
    history.undo(ws)
    assert [row.absence for row in team.absences(ws, who)] == [gap]


def test_a_changed_absence_is_the_same_record(ws: Workspace) -> None:
    who = team.add(ws, Member(0, "Ким Дарья"))
    number = team.add_absence(ws, Absence(who, AbsenceKind.VACATION, DAY, DAY))
    team.add_absence(ws, Absence(who, AbsenceKind.OTHER, DAY + timedelta(9), DAY + timedelta(9)))
    team.change_absence(ws, number, Absence(who, AbsenceKind.VACATION, DAY, DAY + timedelta(3)))
    assert number in [row.id for row in team.absences(ws, who)]
    assert [v.before is None for v in history.record(ws, "absence", number)] == [False, True]


def test_an_absence_that_is_gone_cannot_be_changed(ws: Workspace) -> None:
    who = team.add(ws, Member(0, "Ким Дарья"))
    with pytest.raises(DomainError, match="gone"):
        team.change_absence(ws, 77, Absence(who, AbsenceKind.OTHER, DAY, DAY))
    assert team.absences(ws) == []


def test_an_update_of_somebody_who_is_gone_is_refused(ws: Workspace) -> None:
    with pytest.raises(DomainError, match="is gone"):
        team.update(ws, Member(5, "Никто"))


def test_somebody_named_where_nobody_means_everybody_cannot_be_removed(ws: Workspace) -> None:
    who = team.add(ws, Member(0, "Ким Дарья"))
    tools.add(ws, tools.NewTool(title="Автодозвон", first=DAY, members=(who,)))
    before = content(ws)
    with pytest.raises(DomainError, match="takes part"):
        team.remove(ws, who)
    assert content(ws) == before
