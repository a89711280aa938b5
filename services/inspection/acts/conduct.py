"""The unit's people assess how the team conducted itself; the office reports it (XC-34.4)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.events.inspection_feedback import ConductAssessed
from contracts.refusals import Refusal, RefusalCode
from services.chassis.access import visible
from services.chassis.act import Act, HandOn
from services.chassis.performance import Performance
from services.chassis.work import Work
from services.inspection.acts.field_items import item_at, numbered
from services.inspection.acts.posts import OFFICE, TAKES_PART, ids_in, not_in_the_future
from services.inspection.papers.disclosure import ConductReport, ConductSheet
from services.inspection.storage_conduct import ConductAssessment
from services.inspection.storage_round import Team
from services.inspection.storage_unit import Engagement

Assessing = Performance[ConductAssessment, ConductSheet]


def not_of_the_team(work: Work, row: Any) -> None:
    """Answers are never the assessed team's to read, whatever other post they hold, even once it is dissolved."""
    team = work.session.get_one(Team, row.team_id)
    if work.actor.person_id in (*ids_in(team.staff_ids), *ids_in(team.zero_ids)):
        raise Refusal(RefusalCode.ACCESS_DENIED, clauses=("XC-34.4b",))


def _assessed(p: Assessing) -> Engagement:
    knows = p.work.runtime.kinds[Engagement.KIND].knows
    query = select(Engagement).where(
        Engagement.id == p.paper.engagement_id, visible(Engagement, p.work.actor, knows)
    )
    found = p.session.scalars(query).one_or_none()
    if found is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="engagement_id")
    return found


def nobody_assesses_the_own_team(p: Assessing) -> None:
    """It is the office that runs it: the team is assessed."""
    team = p.session.get_one(Team, _assessed(p).team_id)
    person = p.work.actor.person_id
    if person in ids_in(team.staff_ids) or not OFFICE[0].has_role(p.work.actor):
        raise p.refuse(RefusalCode.WRONG_ROLE, clauses=("XC-34.4a",))


def after_the_general_meeting(p: Assessing) -> None:
    held = _assessed(p).leadership_told_on
    if held is None:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, field="engagement_id", clauses=("XC-34.4a",))
    if p.paper.assessed_on < held:
        raise p.refuse(RefusalCode.DATE_ORDER, field="assessed_on", clauses=("XC-34.4a",))


def before_the_round_is_closed(p: Assessing) -> None:
    """What is entered later would never be reported (XC-34.4b)."""
    if _assessed(p).state == "closed":
        raise p.refuse(RefusalCode.WRONG_STATE, field="engagement_id", clauses=("XC-34.4a",))


def once_for_the_unit(p: Assessing) -> None:
    there = select(ConductAssessment.id).where(ConductAssessment.engagement_id == p.paper.engagement_id)
    if p.session.scalars(there).first() is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="engagement_id", clauses=("XC-34.4a",))


def assessed(p: Assessing) -> ConductAssessment:
    of = _assessed(p)
    common = item_at(p, of, state="assessed", no=numbered(p, of.team_id, "CP"))
    del common["leader_id"]
    return ConductAssessment(**common, round_id=of.round_id, assessed_on=p.paper.assessed_on)


ASSESS_CONDUCT = Act(
    name="assess_conduct",
    zh="登记作风纪律测评",
    en="Enter the assessment of a team's conduct",
    clauses=("XC-34.4a",),
    on=ConductAssessment,
    by=(TAKES_PART,),
    paper=ConductSheet,
    new=assessed,
    becomes="assessed",
    guards=(
        nobody_assesses_the_own_team,
        not_in_the_future("assessed_on"),
        after_the_general_meeting,
        before_the_round_is_closed,
        once_for_the_unit,
    ),
)


def note_report(p: Performance[ConductAssessment, ConductReport]) -> None:
    p.subject.reported_on = p.today


REPORT_CONDUCT = Act(
    name="report_conduct",
    zh="测评结果报领导小组",
    en="Report the assessment to the leading group",
    clauses=("XC-34.4b",),
    on=ConductAssessment,
    by=OFFICE,
    paper=ConductReport,
    when=("assessed",),
    becomes="reported",
    effect=note_report,
    hands_on=(
        HandOn(
            ConductAssessed,
            lambda p: ConductAssessed(
                round_id=p.subject.round_id,
                team_id=p.subject.team_id,
                unit_id=p.subject.unit_id,
                result_ref=p.subject.id,
            ),
        ),
    ),
)
ACTS: tuple[Act[Any, Any], ...] = (ASSESS_CONDUCT, REPORT_CONDUCT)
