"""Interviews (约谈): of cadres of the district, and by the commission's decision, only once approved (LZ-8.2)."""

from __future__ import annotations

from typing import Any

from contracts.events.inspection_talks import InterviewApproved, InterviewHeld
from contracts.refusals import RefusalCode
from services.chassis.access import LIAISON_OFFICE, post
from services.chassis.act import Act, HandOn, approved_by
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.subject import RESTRICTED
from services.chassis.tables import DirectoryCoverage
from services.inspection.acts.officials import official, unit_of
from services.inspection.acts.posts import is_principal, not_in_the_future, persons_known
from services.inspection.acts.supervision_posts import HEAD, IN_OFFICE, coverage_of, item_of, numbered
from services.inspection.domain.talk_codes import GROUND_CLAUSE, InterviewGround
from services.inspection.papers.talks import InterviewPlan, InterviewRecord, InterviewRequest
from services.inspection.storage_talk import FormalInterview

LIAISON_ROLE = "liaison_discipline_office"
LIAISON = post(LIAISON_ROLE, at=LIAISON_OFFICE)
AT_BOTH = (*IN_OFFICE, LIAISON)
Planning = Performance[FormalInterview, InterviewPlan]
AnyInterview = Performance[FormalInterview, Any]


def _coverage(p: Planning) -> DirectoryCoverage:
    """Of a unit of the actor's dispatched office, or of one whose liaison office the actor is of."""
    found = look_up(p.session, DirectoryCoverage, p.paper.unit_id)
    if p.work.actor.role == LIAISON_ROLE and found and found.liaison_office_id == p.work.actor.office_id:
        return found
    return coverage_of(p, p.paper.unit_id)


def unit_is_in_scope(p: Planning) -> None:
    _coverage(p)


def ground_fits_the_post(p: Planning) -> None:
    """What the commission decides the liaison office organises (GL-1.17), all else the dispatched office."""
    commission = p.paper.ground is InterviewGround.COMMISSION
    if commission != (p.work.actor.role == LIAISON_ROLE):
        raise p.refuse(RefusalCode.WRONG_ROLE, field="ground", clauses=(GROUND_CLAUSE[p.paper.ground],))


def person_is_of_the_unit(p: Planning) -> None:
    persons_known(p, (p.paper.person_id,), "person_id")
    if unit_of(p.session, p.paper.person_id) != p.paper.unit_id:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="person_id")
    principal = is_principal(p, p.paper.person_id, p.paper.unit_id)
    if p.paper.ground is InterviewGround.COMMISSION and not principal:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="person_id", clauses=("GL-1.17",))


def head_alone_interviews_the_district(p: Planning) -> None:
    """A cadre of the district is interviewed by the head (LZ-8.2); staff may prepare what is the office's own."""
    district = official(p.session, p.paper.person_id, p.today).district_managed
    if district and p.work.actor.role not in (HEAD, LIAISON_ROLE):
        raise p.refuse(RefusalCode.WRONG_ROLE, clauses=("LZ-8.2",))


def planned(p: Planning) -> FormalInterview:
    coverage, paper = _coverage(p), p.paper
    district = official(p.session, paper.person_id, p.today).district_managed
    common = item_of(p, coverage, state="planned", no=numbered(p, "YT", coverage.office_id))
    return FormalInterview(
        **(common | {"secrecy": RESTRICTED}),
        ground_code=paper.ground.value,
        person_id=paper.person_id,
        needs_approval=district or paper.ground is InterviewGround.COMMISSION,
    )


PLAN_INTERVIEW = Act(
    name="plan_formal_interview",
    zh="计划约谈",
    en="Plan an interview",
    clauses=("LZ-8.2", "GL-1.17", "GL-1.26"),
    on=FormalInterview,
    by=(post("dispatched_office", LIAISON_ROLE, at=None),),
    paper=InterviewPlan,
    new=planned,
    becomes="planned",
    guards=(
        unit_is_in_scope,
        ground_fits_the_post,
        person_is_of_the_unit,
        head_alone_interviews_the_district,
    ),
    effect=lambda p: p.add_party(p.paper.person_id),
)


def keep_approval(p: AnyInterview) -> None:
    """The interview is linked to the paper that the commission approved."""
    p.subject.approval_ref = p.filed.id if p.filed else ""
    p.subject.approved_on = p.today


REQUEST_APPROVAL = Act(
    name="request_interview_approval",
    zh="报批约谈",
    en="Ask the commission to approve an interview",
    clauses=("LZ-8.2", "GL-1.17"),
    on=FormalInterview,
    by=AT_BOTH,
    paper=InterviewRequest,
    when=("planned",),
    becomes="approved",
    approvals=(approved_by("commission_leader", "区纪委监委批准约谈", "LZ-8.2", at=None),),
    effect=keep_approval,
    hands_on=(
        HandOn(
            InterviewApproved,
            lambda p: InterviewApproved(interview_id=p.subject.id, approved_on=p.today),
        ),
    ),
)


def is_approved(p: AnyInterview) -> None:
    """Of persons whom the unit manages no approval is asked: what is marked so is not LZ-8.2."""
    if p.subject.needs_approval and p.subject.state != "approved":
        clauses = ("LZ-8.2", GROUND_CLAUSE[InterviewGround(p.subject.ground_code)])
        raise p.refuse(RefusalCode.APPROVAL_REQUIRED, clauses=tuple(dict.fromkeys(clauses)))


def held_after_approval(p: Performance[FormalInterview, InterviewRecord]) -> None:
    if p.subject.approved_on is not None and p.paper.held_on < p.subject.approved_on:
        raise p.refuse(RefusalCode.DATE_ORDER, field="held_on", clauses=("LZ-8.2",))


def keep_day(p: Performance[FormalInterview, InterviewRecord]) -> None:
    p.subject.held_on = p.paper.held_on


RECORD_INTERVIEW = Act(
    name="record_formal_interview",
    zh="登记约谈",
    en="Record an interview",
    clauses=("LZ-8.2", "GL-1.17", "GL-1.26"),
    on=FormalInterview,
    by=AT_BOTH,
    paper=InterviewRecord,
    when=("planned", "approved"),
    otherwise={"held": RefusalCode.IMMUTABLE},
    becomes="held",
    needs=(is_approved,),
    guards=(not_in_the_future("held_on"), held_after_approval),
    effect=keep_day,
    hands_on=(
        HandOn(
            InterviewHeld,
            lambda p: InterviewHeld(
                interview_id=p.subject.id, person_id=p.subject.person_id, held_on=p.paper.held_on
            ),
        ),
    ),
)
ACTS: tuple[Act[Any, Any], ...] = (PLAN_INTERVIEW, REQUEST_APPROVAL, RECORD_INTERVIEW)
