"""A round of supervision of offices: six teams of four bodies, none at its own office (GL-3.21 to GL-3.23)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contracts.events.inspection_supervising import OfficeSupervisionPlanned
from contracts.refusals import RefusalCode
from services.chassis.access import Relation, holders, listed_ids, post
from services.chassis.act import Act, Document, HandOn, Warns
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.subject import NORMAL
from services.chassis.tables import DirectoryOffice
from services.chassis.values import value_in_force
from services.inspection.acts.office_quarters import GROUP, GROUP_CLAUSE, standing_group
from services.inspection.acts.posts import persons_known
from services.inspection.domain.office_codes import BODIES
from services.inspection.domain.quarters import quarter_of
from services.inspection.papers.offices import RoundCancellation, RoundPlanOfOffices, TeamLine
from services.inspection.storage_office import OfficeRound, OfficeTeam

TEAMS, CROSS = "GL-3.22", "GL-3.23"
BY_GROUP = (post(GROUP, at=None),)
STAFF = Relation("staff_ids", "person_id", listed=True)
Planning = Performance[OfficeRound, RoundPlanOfOffices]


def staff_of(team: TeamLine) -> list[str]:
    return list(dict.fromkeys((team.leader_id, *team.member_ids)))


def a_group_is_set_up(p: Planning) -> None:
    if standing_group(p.session) is None:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="leading_group", clauses=(GROUP_CLAUSE,))


def quarter_is_not_over(p: Planning) -> None:
    if p.paper.quarter < quarter_of(p.today):
        raise p.refuse(RefusalCode.DATE_ORDER, field="quarter")


def teams_are_told_apart(p: Planning) -> None:
    """Each team has its number, and nobody is of two."""
    numbers = [team.no for team in p.paper.teams]
    everybody = [person for team in p.paper.teams for person in staff_of(team)]
    for field, named in (("teams.no", numbers), ("teams.member_ids", everybody)):
        if len(set(named)) < len(named):
            raise p.refuse(RefusalCode.DUPLICATE, field=field, clauses=(TEAMS,))


def members_are_of_the_four_bodies(p: Planning) -> None:
    bodies = {person for role in BODIES for person in holders(p.session, role, p.today)}
    for team in p.paper.teams:
        persons_known(p, tuple(staff_of(team)), "teams.member_ids")
        if not set(staff_of(team)) <= bodies:
            raise p.refuse(RefusalCode.OUT_OF_RANGE, field="teams.member_ids", clauses=(TEAMS,))
        if not set(team.cleared_ids) <= set(staff_of(team)):
            raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="teams.cleared_ids")


def _with_offices(p: Planning) -> Iterator[tuple[TeamLine, str]]:
    return ((team, office_id) for team in p.paper.teams for office_id in team.office_ids)


def offices_are_dispatched_ones(p: Planning) -> None:
    for _, office_id in _with_offices(p):
        office = look_up(p.session, DirectoryOffice, office_id)
        if office is None or office.kind != "dispatched_office":
            raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="teams.office_ids")


def no_team_checks_its_own(p: Planning) -> None:
    for team, office_id in _with_offices(p):
        if set(holders(p.session, "dispatched_office", p.today, office_id)) & set(staff_of(team)):
            raise p.refuse(RefusalCode.CONFLICT_OF_INTEREST, field="teams.office_ids", clauses=(CROSS,))


def planned(p: Planning) -> OfficeRound:
    quarter = p.paper.quarter
    everybody = dict.fromkeys(person for team in p.paper.teams for person in staff_of(team))
    return OfficeRound(
        id=p.work.new_id(), no=f"DCL-{quarter}-{p.work.next_number(f'DCL/{quarter}'):02d}", state="planned",
        version=0, secrecy=NORMAL, office_id="", liaison_office_id="", unit_id="",
        registrar_id=p.work.actor.person_id, handler_id="", addressee_id="", opened_on=p.today,
        changed_at=p.work.now, quarter=quarter, team_count=len(p.paper.teams), staff_ids=listed_ids(everybody),
    )  # fmt: skip


def keep_teams(p: Planning) -> None:
    for team in p.paper.teams:
        p.session.add(
            OfficeTeam(
                round_id=p.subject.id,
                no=team.no,
                staff_ids=listed_ids(staff_of(team)),
                cleared_ids=listed_ids(dict.fromkeys(team.cleared_ids)),
                office_ids=listed_ids(dict.fromkeys(team.office_ids)),
            )
        )


def too_few_teams(p: Planning) -> tuple[str, ...]:
    least = int(value_in_force(p.session, TEAMS, "team_count", p.today).amount)
    return ("",) if p.subject.team_count < least else ()


PLAN_ROUND = Act(
    name="plan_office_round",
    zh="部署督查",
    en="Plan a round",
    clauses=(TEAMS, CROSS, GROUP_CLAUSE),
    on=OfficeRound,
    by=BY_GROUP,
    paper=RoundPlanOfOffices,
    new=planned,
    becomes="planned",
    documents=(Document("supervision_round_plan", "督查方案(扫描)", TEAMS, required=False),),
    guards=(
        a_group_is_set_up,
        quarter_is_not_over,
        teams_are_told_apart,
        members_are_of_the_four_bodies,
        offices_are_dispatched_ones,
        no_team_checks_its_own,
    ),
    effect=keep_teams,
    warns=(Warns(TEAMS, too_few_teams),),
    hands_on=(
        HandOn(
            OfficeSupervisionPlanned,
            lambda p: OfficeSupervisionPlanned(
                round_id=p.subject.id, quarter=p.subject.quarter, team_count=p.subject.team_count
            ),
        ),
    ),
)
CANCEL_ROUND = Act(
    name="cancel_office_round",
    zh="取消督查轮次",
    en="Cancel the round",
    clauses=(TEAMS,),
    on=OfficeRound,
    by=BY_GROUP,
    paper=RoundCancellation,
    when=("planned",),
    becomes="cancelled",
    anytime=True,
)
ACTS: tuple[Act[Any, Any], ...] = (PLAN_ROUND, CANCEL_ROUND)
