"""A team takes up a unit, and the unit gets its notice (XC-1.3d, XC-2.2)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.events.inspection_rounds import NoticeIssued
from contracts.refusals import RefusalCode
from services.chassis.access import visible
from services.chassis.act import Act, Document, HandOn, Tells
from services.chassis.performance import Performance
from services.chassis.subject import NORMAL
from services.inspection.acts.inspection_support import expect_support
from services.inspection.acts.meetings import expect_meetings
from services.inspection.acts.posts import OFFICE, TAKES_PART, ids_in
from services.inspection.papers.round import EngagementOpening, InspectionNotice
from services.inspection.storage_round import Avoidance, Round, Team
from services.inspection.storage_unit import Engagement

Opening = Performance[Engagement, EngagementOpening]


def require_mandate(p: Performance[Any, Any], team: Team) -> None:
    """One authorisation, one round (XC-1.3d); it holds from its announcement on (XC-1.3c)."""
    if team.state != "approved":
        return
    of = p.session.get_one(Round, team.round_id)
    if of.decision_approved_on is None:
        raise p.refuse(RefusalCode.APPROVAL_REQUIRED, field="team_id", clauses=("XC-1.3d", "XC-1.3b"))
    raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, field="team_id", clauses=("XC-1.3c",))


def known_team(p: Performance[Any, Any]) -> Team:
    """The team of the paper, if the actor may know of it; raises Refusal(UNKNOWN_REFERENCE) otherwise."""
    knows = p.work.runtime.kinds[Team.KIND].knows
    query = select(Team).where(Team.id == p.paper.team_id, visible(Team, p.work.actor, knows))
    team = p.session.scalars(query.with_for_update()).one_or_none()
    if team is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="team_id")
    return team


def by_the_office_or_its_leader(p: Opening) -> None:
    team, actor = known_team(p), p.work.actor
    of_office = OFFICE[0].has_role(actor) and team.office_id == actor.office_id
    if not of_office and actor.person_id != team.leader_id:
        raise p.refuse(RefusalCode.WRONG_ROLE)


def team_has_its_mandate(p: Opening) -> None:
    require_mandate(p, known_team(p))


def unit_is_in_the_decision(p: Opening) -> None:
    if p.paper.unit_id not in ids_in(known_team(p).unit_ids):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="unit_id", clauses=("XC-1.3d",))


def is_not_taken_up_yet(p: Opening) -> None:
    same = select(Engagement.id).where(
        Engagement.team_id == p.paper.team_id, Engagement.unit_id == p.paper.unit_id
    )
    if p.session.scalars(same).first() is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="unit_id")


def taken_up(p: Opening) -> Engagement:
    team = known_team(p)
    avoiding = set(
        p.session.scalars(
            select(Avoidance.person_id).where(
                Avoidance.unit_id == p.paper.unit_id,
                Avoidance.round_id == team.round_id,
                Avoidance.result_code != "kept",
            )
        )
    )
    staff = [one for one in ids_in(team.staff_ids) if one not in avoiding]
    return Engagement(
        id=p.work.new_id(), no=f"{team.no}-{len(_engagements(p, team)) + 1:02d}", state="assigned", version=0,
        secrecy=NORMAL, office_id=team.office_id, registrar_id=p.work.actor.person_id, handler_id=team.leader_id,
        unit_id=p.paper.unit_id, liaison_office_id="", addressee_id="", opened_on=p.today, changed_at=p.work.now,
        round_id=team.round_id, team_id=team.id, leader_id=team.leader_id, deputy_ids=team.deputy_ids,
        staff_ids=f",{','.join(staff)}," if staff else "",
    )  # fmt: skip


def _engagements(p: Opening, team: Team) -> list[str]:
    return list(p.session.scalars(select(Engagement.id).where(Engagement.team_id == team.id)))


OPEN_ENGAGEMENT = Act(
    name="open_engagement",
    zh="登记巡察任务",
    en="Take up a unit",
    clauses=("XC-1.3d", "XC-1.3c"),
    on=Engagement,
    by=(TAKES_PART,),
    paper=EngagementOpening,
    new=taken_up,
    becomes="assigned",
    guards=(
        by_the_office_or_its_leader,
        unit_is_in_the_decision,
        team_has_its_mandate,
        is_not_taken_up_yet,
    ),
)


def round_is_mobilised(p: Performance[Engagement, Any]) -> None:
    if p.session.get_one(Round, p.subject.round_id).mobilised_on is None:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, clauses=("XC-2.2a",))


def note_notice(p: Performance[Engagement, InspectionNotice]) -> None:
    p.subject.notified_on = p.today
    expect_meetings(p, p.subject.unit_id, p.subject.round_id)
    expect_support(p, p.subject)


ISSUE_NOTICE = Act(
    name="issue_notice",
    zh="印发巡察通知",
    en="Issue the notice of inspection",
    clauses=("XC-2.2a", "XC-2.2b", "XC-2.2c", "LL-1.16"),
    on=Engagement,
    by=OFFICE,
    paper=InspectionNotice,
    when=("assigned",),
    becomes="notified",
    documents=(Document("inspection_notice", "巡察通知(盖章扫描)", "XC-2.2a", required=False),),
    needs=(round_is_mobilised,),
    effect=note_notice,
    hands_on=(
        HandOn(
            NoticeIssued,
            lambda p: NoticeIssued(
                round_id=p.subject.round_id,
                team_id=p.subject.team_id,
                unit_id=p.subject.unit_id,
                issued_on=p.today,
            ),
        ),
    ),
    tells=(
        Tells("supervised_unit", "inspection_notice_issued", "XC-2.2a", office=lambda p: p.subject.unit_id),
        Tells("", "inspection_notice_copied", "XC-2.2c", person=lambda p: p.subject.leader_id),
    ),
)
ACTS = (OPEN_ENGAGEMENT, ISSUE_NOTICE)
