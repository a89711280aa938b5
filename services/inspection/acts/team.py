"""How a team organises itself: its affairs meeting, branch, pledges, security (XC-3.1a, XC-3.2, XC-3.3)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids
from services.chassis.act import Act, Document, Meets, Warns
from services.chassis.performance import Performance
from services.inspection.acts.posts import TEAM, TEAM_HEADS, TEAM_LEADER, ids_in, not_in_the_future
from services.inspection.acts.readers import designee_changed
from services.inspection.domain.codes import CadreSystem
from services.inspection.papers.people import (
    BranchActivity,
    BranchFounding,
    ConfidentialityPledge,
    MeetingRules,
    SecurityPosts,
)
from services.inspection.storage_round import Cadre, Round, Team

Constituting = Performance[Team, MeetingRules]
AnyTeam = Performance[Team, Any]
WITH_MANDATE = ("authorised", "constituted", "on_site")


def has_its_mandate(p: AnyTeam) -> None:
    """One authorisation, one round (XC-1.3d); it holds from its announcement on (XC-1.3c)."""
    if p.subject.state != "approved":
        return
    if p.session.get_one(Round, p.subject.round_id).decision_approved_on is None:
        raise p.refuse(RefusalCode.APPROVAL_REQUIRED, clauses=("XC-1.3d", "XC-1.3b"))
    raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, clauses=("XC-1.3c",))


def of_the_team(p: AnyTeam, person_ids: tuple[str, ...], field: str) -> None:
    if not set(person_ids) <= set(ids_in(p.subject.staff_ids)):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field=field)


def lacks_its_posts(p: AnyTeam) -> None:
    """Set up once; again only when the liaison or the recorder has left the team."""
    if p.subject.state != "authorised" and p.subject.liaison_id and p.subject.recorder_id:
        raise p.refuse(RefusalCode.DUPLICATE)


def has_a_liaison(p: Constituting) -> None:
    if not p.paper.liaison_id:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="liaison_id", clauses=("XC-3.1a",))
    of_the_team(p, (p.paper.liaison_id, p.paper.recorder_id), "liaison_id")


def consists_of_leaders_and_liaison(p: Constituting) -> None:
    team = p.subject
    expected = {team.leader_id, *ids_in(team.deputy_ids), p.paper.liaison_id}
    if set(p.paper.participant_ids) - expected:
        raise p.refuse(RefusalCode.WRONG_ROLE, field="participant_ids", clauses=("XC-3.1a",))
    if expected - set(p.paper.participant_ids):
        raise p.refuse(RefusalCode.ATTENDANCE_INCOMPLETE, field="participant_ids", clauses=("XC-3.1a",))


def cadre_record(p: Constituting) -> Cadre | None:
    """The liaison's line on the round's roster; none: a permanent cadre of the inspection body."""
    query = select(Cadre).where(Cadre.round_id == p.subject.round_id, Cadre.person_id == p.paper.liaison_id)
    return p.session.scalars(query).one_or_none()


def liaison_is_permanent_or_of_the_commission(p: Constituting) -> None:
    lent = cadre_record(p)
    if lent is not None and lent.system_code != CadreSystem.DISCIPLINE.value:
        raise p.refuse(RefusalCode.WRONG_ROLE, field="liaison_id", clauses=("XC-5.3d",))


def lent_without_a_reason(p: Constituting) -> tuple[str, ...]:
    if cadre_record(p) is None or p.paper.liaison_reason:
        return ()
    return (p.paper.liaison_id,)


def keep_meeting(p: Constituting) -> None:
    p.subject.liaison_id, p.subject.recorder_id = p.paper.liaison_id, p.paper.recorder_id
    designee_changed(p)
    if p.subject.state == "authorised":
        p.subject.state = "constituted"


CONSTITUTE_MEETING = Act(
    name="constitute_meeting",
    zh="建立组务会",
    en="Set up the team affairs meeting",
    clauses=("XC-3.1a", "XC-3.1g", "XC-5.3d"),
    on=Team,
    by=TEAM_HEADS,
    paper=MeetingRules,
    when=("authorised", "approved", "constituted", "on_site"),
    needs=(has_its_mandate, lacks_its_posts),
    guards=(has_a_liaison, consists_of_leaders_and_liaison, liaison_is_permanent_or_of_the_commission),
    effect=keep_meeting,
    warns=(Warns("XC-5.3d", lent_without_a_reason),),
    meets=(Meets("XC-3.1a"),),
)


def is_led_by_the_leader(p: Performance[Team, BranchFounding]) -> None:
    if p.paper.secretary_id != p.subject.leader_id:
        raise p.refuse(RefusalCode.WRONG_ROLE, field="secretary_id", clauses=("XC-3.2a",))


def note_branch(p: Performance[Team, BranchFounding]) -> None:
    p.subject.branch_on = p.paper.founded_on


FOUND_BRANCH = Act(
    name="found_branch",
    zh="成立临时党支部",
    en="Found the temporary Party branch",
    clauses=("XC-3.2a",),
    on=Team,
    by=TEAM_HEADS,
    paper=BranchFounding,
    when=("approved", *WITH_MANDATE),
    once=True,
    needs=(has_its_mandate,),
    guards=(not_in_the_future("founded_on"), is_led_by_the_leader),
    effect=note_branch,
    meets=(Meets("XC-3.2a"),),
)
RECORD_BRANCH_ACTIVITY = Act(
    name="record_branch_activity",
    zh="登记支部活动",
    en="Record an activity of the branch",
    clauses=("XC-3.2b",),
    on=Team,
    by=TEAM,
    paper=BranchActivity,
    when=WITH_MANDATE,
    anytime=True,
    guards=(not_in_the_future("held_on"),),
)


def has_not_pledged(p: AnyTeam) -> None:
    if p.work.actor.person_id in ids_in(p.subject.pledged_ids):
        raise p.refuse(RefusalCode.DUPLICATE)


def is_a_pledge(p: Performance[Team, ConfidentialityPledge]) -> None:
    if not p.paper.pledged:
        raise p.refuse(RefusalCode.MISSING_SIGNATURE, field="pledged", clauses=("XC-3.3b",))


def keep_pledge(p: Performance[Team, ConfidentialityPledge]) -> None:
    p.subject.pledged_ids = listed_ids([*ids_in(p.subject.pledged_ids), p.work.actor.person_id])


SIGN_PLEDGE = Act(
    name="sign_pledge",
    zh="签订保密承诺书",
    en="Sign the confidentiality pledge",
    clauses=("XC-3.3b",),
    on=Team,
    by=TEAM,
    paper=ConfidentialityPledge,
    when=("approved", *WITH_MANDATE),
    documents=(Document("confidentiality_pledge", "签名扫描件", "XC-3.3b", required=False),),
    needs=(has_not_pledged,),
    guards=(is_a_pledge,),
    effect=keep_pledge,
)


def places_without_anybody(p: Performance[Team, SecurityPosts]) -> list[str]:
    return [
        name.removesuffix("_id")
        for name in ("document_room_id", "computers_id", "talk_rooms_id")
        if not getattr(p.paper, name)
    ]


def answer_who_is_there(p: Performance[Team, SecurityPosts]) -> None:
    named = (p.paper.document_room_id, p.paper.computers_id, p.paper.talk_rooms_id)
    of_the_team(p, tuple(filter(None, named)), "document_room_id")


RECORD_SECURITY_POSTS = Act(
    name="record_security_posts",
    zh="明确重点部位责任人",
    en="Fix who answers for key places",
    clauses=("XC-3.3c",),
    on=Team,
    by=TEAM_LEADER,
    paper=SecurityPosts,
    when=WITH_MANDATE,
    anytime=True,
    guards=(answer_who_is_there,),
    warns=(Warns("XC-3.3c", places_without_anybody),),
)
ACTS = (CONSTITUTE_MEETING, FOUND_BRANCH, RECORD_BRANCH_ACTIVITY, SIGN_PLEDGE, RECORD_SECURITY_POSTS)
