"""Cadres are lent, listed, grouped into teams, replaced (XC-1.4, XC-1.5)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.events.inspection_rounds import SecondmentReplacementRequested, SecondmentRequested
from contracts.refusals import RefusalCode
from services.chassis.act import Act, HandOn, Warns
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.chassis.subject import NORMAL
from services.inspection.acts.assignment import keep_out
from services.inspection.acts.posts import ANY_OFFICE, OFFICE, ids_in, persons_known, round_of, team_of
from services.inspection.acts.readers import change, change_staff
from services.inspection.acts.standing_to_units import heads_of_teams, member_of, relations_of
from services.inspection.domain.codes import CHANNEL, CadreSystem
from services.inspection.domain.team_rules import UNFIT, may_not_join
from services.inspection.papers.people import CadreEntry, TeamEntry, UnfitMark
from services.inspection.papers.round import GroupingSheet, MembersSheet, SecondmentRequest
from services.inspection.storage_round import Cadre, Round, Team
from services.inspection.storage_unit import Engagement

Entering = Performance[Cadre, CadreEntry]
Grouping = Performance[Round, GroupingSheet]
Joining = Performance[Cadre, TeamEntry]
BEFORE_FIELDWORK = ("assignment_plan_approved", "plans_approved", "staffed", "mobilised", "fieldwork")

REQUEST_SECONDMENT = Act(
    name="request_secondment",
    zh="商请抽调干部",
    en="Ask for cadres to be lent",
    clauses=("XC-1.4a",),
    on=Round,
    by=OFFICE,
    paper=SecondmentRequest,
    when=BEFORE_FIELDWORK,
    anytime=True,
    hands_on=(
        HandOn(
            SecondmentRequested,
            lambda p: SecondmentRequested(
                round_id=p.subject.id,
                system=p.paper.system_code.value,
                channel=CHANNEL[p.paper.system_code].value,
                lending_unit_id=p.paper.lending_unit_id,
                number=p.paper.number,
            ),
        ),
    ),
)


def round_is_not_over(p: Entering) -> None:
    if round_of(p, p.paper.round_id).state not in BEFORE_FIELDWORK:
        raise p.refuse(RefusalCode.WRONG_STATE, field="round_id")


def of_own_office(p: Entering) -> None:
    if round_of(p, p.paper.round_id).office_id != p.work.actor.office_id:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="round_id")


def lent_by_the_right_side(p: Entering) -> None:
    """The discipline system lends through the commission, everybody else through the organisation department."""
    if p.paper.channel_role is not CHANNEL[p.paper.system_code]:
        clause = "XC-1.4b" if p.paper.system_code is CadreSystem.DISCIPLINE else "XC-1.4c"
        raise p.refuse(RefusalCode.WRONG_ROUTE, field="channel_role", clauses=(clause,))


def is_known(p: Entering) -> None:
    persons_known(p, (p.paper.person_id,), "person_id")


def is_not_listed_yet(p: Entering) -> None:
    same = select(Cadre.id).where(Cadre.round_id == p.paper.round_id, Cadre.person_id == p.paper.person_id)
    if p.session.scalars(same).first() is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="person_id")


def listed(p: Entering) -> Cadre:
    paper, of = p.paper, round_of(p, p.paper.round_id)
    return Cadre(
        id=p.work.new_id(), no="", state="active", version=0, secrecy=NORMAL, office_id=of.office_id,
        registrar_id=p.work.actor.person_id, handler_id="", unit_id="", liaison_office_id="", addressee_id="",
        opened_on=p.today, changed_at=p.work.now, round_id=of.id, person_id=paper.person_id,
        system_code=paper.system_code.value, channel_role=paper.channel_role.value,
        lending_unit_id=paper.lending_unit_id, birth_year=paper.birth_year, experienced=bool(paper.experience),
        speciality_code=paper.speciality_code.value if paper.speciality_code else "",
    )  # fmt: skip


REGISTER_CADRE = Act(
    name="register_cadre",
    zh="登记抽调干部",
    en="Put a lent cadre on the roster",
    clauses=("XC-1.4b", "XC-1.4c", "XC-1.4d"),
    on=Cadre,
    by=ANY_OFFICE,
    paper=CadreEntry,
    new=listed,
    becomes="active",
    guards=(of_own_office, round_is_not_over, lent_by_the_right_side, is_known, is_not_listed_yet),
)


def replacement(p: Performance[Any, Any], cadre: str, reason: str) -> SecondmentReplacementRequested:
    return SecondmentReplacementRequested(round_id=p.subject.round_id, cadre_id=cadre, reason_code=reason)


def leave_team(p: Performance[Cadre, Any]) -> None:
    if p.subject.team_id:
        change_members(p, team_of(p, p.subject.team_id), leaves=p.subject.person_id)
        p.subject.team_id = ""


MARK_UNFIT = Act(
    name="mark_unfit",
    zh="登记不符合条件",
    en="A cadre does not qualify",
    clauses=("XC-1.4e",),
    on=Cadre,
    by=OFFICE,
    paper=UnfitMark,
    when=("active",),
    becomes="unfit",
    effect=leave_team,
    hands_on=(
        HandOn(
            SecondmentReplacementRequested,
            lambda p: replacement(p, p.subject.person_id, p.paper.reason_code.value),
        ),
    ),
)


def team_is_of_the_round(p: Joining) -> None:
    if team_of(p, p.paper.team_id).round_id != p.subject.round_id:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="team_id")


def may_join(p: Joining) -> None:
    """In no team yet, at the head of no other one, and without a unit that they must avoid (XC-1.5a, XC-2.3c)."""
    team = team_of(p, p.paper.team_id)
    units = ids_in(team.unit_ids)
    member = member_of(p.subject, heads_of_teams(p.session, p.subject.round_id))
    relations = relations_of(p.session, (member.person_id,), units)
    keep_out(p, may_not_join(relations, member, team.id, units), "team_id")


def join_team(p: Joining) -> None:
    team = team_of(p, p.paper.team_id)
    change_members(p, team, joins=p.subject.person_id)
    p.subject.team_id = team.id
    p.facts |= {"team": team.id}


ASSIGN_CADRE = Act(
    name="assign_cadre",
    zh="编入巡察组",
    en="Put a cadre into a team",
    clauses=("XC-1.5a", "XC-2.3c"),
    on=Cadre,
    by=OFFICE,
    paper=TeamEntry,
    when=("active",),
    otherwise={"unfit": UNFIT.code},
    guards=(team_is_of_the_round, may_join),
    effect=join_team,
)


def change_members(p: Performance[Any, Any], team: Team, *, joins: str = "", leaves: str = "") -> None:
    """Who is in a team changes, and with it who may know of its units: an act on the team and on each of them."""
    sheet = MembersSheet(joins=joins, leaves=leaves)
    perform_as_service(p.work, CHANGE_MEMBERS, sheet, team)
    for item in p.session.scalars(select(Engagement).where(Engagement.team_id == team.id).with_for_update()):
        change_staff(p, item, sheet)


def change_team(p: Performance[Team, MembersSheet]) -> None:
    """Who leaves is its liaison or recorder no longer; the team designates others (XC-3.1a)."""
    for column in ("member_ids", "staff_ids"):
        change(p.subject, column, p.paper)
    for column in ("liaison_id", "recorder_id"):
        if p.paper.leaves and getattr(p.subject, column) == p.paper.leaves:
            setattr(p.subject, column, "")


CHANGE_MEMBERS = Act(
    name="change_members",
    zh="调整组员",
    en="The team's members change",
    clauses=("XC-1.5a", "XC-2.3c"),
    on=Team,
    by=(),
    paper=MembersSheet,
    effect=change_team,
)


def incomplete_entries(p: Grouping) -> list[str]:
    """Cadres of whom speciality, age or work history is not on the roster."""
    cadres = p.session.scalars(select(Cadre).where(Cadre.round_id == p.subject.id, Cadre.state == "active"))
    return [c.person_id for c in cadres if not (c.speciality_code and c.birth_year and c.experienced)]


def every_cadre_is_in_a_team(p: Performance[Round, GroupingSheet]) -> None:
    loose = select(Cadre.id).where(
        Cadre.round_id == p.subject.id, Cadre.state == "active", Cadre.team_id == ""
    )
    if p.session.scalars(loose.limit(1)).first() is not None:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET)


FINALISE_GROUPING = Act(
    name="finalise_grouping",
    zh="确定分组",
    en="Finalise the grouping",
    clauses=("XC-1.5a",),
    on=Round,
    by=OFFICE,
    paper=GroupingSheet,
    when=("plans_approved",),
    becomes="staffed",
    guards=(every_cadre_is_in_a_team,),
    warns=(Warns("XC-1.5a", incomplete_entries),),
)
ACTS = (
    REQUEST_SECONDMENT,
    REGISTER_CADRE,
    MARK_UNFIT,
    ASSIGN_CADRE,
    CHANGE_MEMBERS,
    FINALISE_GROUPING,
)
