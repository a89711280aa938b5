"""Individual interviews: plan, outlines, two persons or the leader's leave, record, clues (step 12)."""

from __future__ import annotations

from typing import Any

from contracts.refusals import RefusalCode
from services.chassis.access import anyone, listed_ids
from services.chassis.act import Act, Meets, Opens, Step, Tells, Warns
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.chassis.standing import Standing
from services.chassis.subject import RESTRICTED, SEALED
from services.inspection.acts.found_clues import REGISTER_FOUND_CLUE
from services.inspection.acts.posts import (
    HANDLER,
    LEADER,
    OFFICE,
    TAKES_PART,
    TEAM,
    TEAM_HEADS,
    TEAM_LEADER,
    ids_in,
    leadership_of,
    not_in_the_future,
    persons_known,
)
from services.inspection.acts.preparation import engagement_of
from services.inspection.domain.field_codes import Outline
from services.inspection.papers.field import (
    Circulation,
    ClueTag,
    FoundClueEntry,
    InterviewOutline,
    OneToOneRequest,
    ReadMark,
    TeamInterviewPlan,
    TeamInterviewRecord,
    TidiedRecord,
)
from services.inspection.storage_field import Interview
from services.inspection.storage_unit import Engagement

Planning = Performance[Engagement, TeamInterviewPlan]
Recording = Performance[Interview, TeamInterviewRecord]
AT_THE_UNIT = ("fieldwork",)


def leaders_left_out(p: Planning) -> set[str]:
    named = {line.person_id for line in p.paper.interviews} | {one.person_id for one in p.paper.excused}
    return leadership_of(p, p.subject.unit_id) - named


def note_plan(p: Planning) -> None:
    p.facts |= {"interviews": len(p.paper.interviews)}


PLAN_INTERVIEWS = Act(
    name="plan_interviews",
    zh="确定谈话方案",
    en="Make the interview plan",
    clauses=("XC-12.1a", "XC-12.1b"),
    on=Engagement,
    by=TEAM_HEADS,
    paper=TeamInterviewPlan,
    when=AT_THE_UNIT,
    effect=note_plan,
    warns=(Warns("XC-12.1b", leaders_left_out),),
)
PROVIDE_OUTLINE = Act(
    name="provide_outline",
    zh="提供通用谈话提纲",
    en="Provide the generic outline",
    clauses=("XC-12.2a",),
    on=Engagement,
    by=OFFICE,
    paper=InterviewOutline,
    when=AT_THE_UNIT,
    anytime=True,
)
WRITE_OUTLINE = Act(
    name="write_outline",
    zh="拟定个性化提纲",
    en="Write a tailored outline",
    clauses=("XC-12.2a",),
    on=Engagement,
    by=TEAM,
    paper=InterviewOutline,
    when=AT_THE_UNIT,
    anytime=True,
)


def allow_alone(p: Performance[Engagement, OneToOneRequest]) -> None:
    """Kept with its day: the leave comes before the talk."""
    leave = f"{p.paper.interviewee_id}/{p.paper.interviewer_id}/{p.today.isoformat()}"
    p.subject.one_to_one = listed_ids([*ids_in(p.subject.one_to_one), leave])


APPROVE_ONE_TO_ONE = Act(
    name="approve_one_to_one",
    zh="报批“一对一”谈话",
    en="Ask leave for a one-to-one interview",
    clauses=("XC-12.3c",),
    on=Engagement,
    by=TEAM,
    paper=OneToOneRequest,
    when=AT_THE_UNIT,
    anytime=True,
    approvals=(Step(anyone(LEADER), "巡察组组长批准", "XC-12.3c", sole=True),),
    effect=allow_alone,
)


def has_a_plan(p: Recording) -> None:
    if "plan_interviews" not in Standing(p.session, engagement_of(p)).done:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, field="engagement_id", clauses=("XC-12.1a",))


def by_two_of_the_team(p: Recording) -> None:
    """Two of the team; one alone with the leader's leave of that day or before."""
    of = engagement_of(p)
    interviewers = set(p.paper.interviewer_ids)
    if len(interviewers) > 1:
        if interviewers - set(ids_in(of.staff_ids)):
            raise p.refuse(RefusalCode.TWO_PERSON_RULE, field="interviewer_ids", clauses=("XC-12.3b",))
        return
    leave = f"{p.paper.interviewee_id}/{p.paper.interviewer_ids[0]}/"
    days = [one.removeprefix(leave) for one in ids_in(of.one_to_one) if one.startswith(leave)]
    if not days:
        raise p.refuse(RefusalCode.TWO_PERSON_RULE, field="interviewer_ids", clauses=("XC-12.3b",))
    if min(days) > p.paper.held_on.isoformat():
        raise p.refuse(RefusalCode.APPROVAL_REQUIRED, field="interviewer_ids", clauses=("XC-12.3c",))


def has_a_recorder(p: Recording) -> None:
    if not p.paper.recorder_id:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="recorder_id", clauses=("XC-12.3d",))
    if p.paper.recorder_id not in ids_in(engagement_of(p).staff_ids):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="recorder_id", clauses=("XC-12.3d",))
    persons_known(p, (p.paper.interviewee_id,), "interviewee_id")


def held(p: Recording) -> Interview:
    of, paper = engagement_of(p), p.paper
    there = [*paper.interviewer_ids, paper.recorder_id]
    sealed = paper.about_direct_scope
    return Interview(
        id=p.work.new_id(), no="", state="held", version=0, secrecy=SEALED if sealed else RESTRICTED,
        office_id=of.office_id, unit_id="" if sealed else of.unit_id, registrar_id="",
        handler_id=paper.interviewer_ids[0], liaison_office_id="", addressee_id="", opened_on=paper.held_on,
        changed_at=p.work.now, engagement_id=of.id, team_id=of.team_id, leader_id=of.leader_id,
        staff_ids=of.staff_ids, interviewee_id=paper.interviewee_id, held_on=paper.held_on,
        interviewer_ids=listed_ids(dict.fromkeys(there)), one_to_one=len(set(paper.interviewer_ids)) == 1,
    )  # fmt: skip


def outline_lacking(p: Recording) -> tuple[str, ...]:
    """None at all, or for a member of the leadership none of their own."""
    leaders = leadership_of(p, engagement_of(p).unit_id)
    tailored = p.paper.outline is Outline.TAILORED
    enough = tailored or (p.paper.outline is Outline.GENERIC and p.paper.interviewee_id not in leaders)
    return () if enough else ("",)


RECORD_INTERVIEW = Act(
    name="record_interview",
    zh="登记个别谈话",
    en="Record an interview",
    clauses=("XC-12.1a", "XC-12.2a", "XC-12.3a", "XC-12.3b", "XC-12.3c", "XC-12.3d"),
    on=Interview,
    by=(TAKES_PART,),
    paper=TeamInterviewRecord,
    new=held,
    becomes="held",
    guards=(not_in_the_future("held_on"), has_a_plan, by_two_of_the_team, has_a_recorder),
    warns=(
        Warns("XC-12.2a", outline_lacking),
        Warns("XC-12.3a", lambda p: () if p.paper.preparation_note else ("",)),
    ),
    opens=(
        Opens(
            "XC-12.4a",
            "act_within",
            "team_member",
            lambda p: p.paper.held_on,
            owed_person=lambda p: p.subject.handler_id,
        ),
    ),
)
SUBMIT_RECORD = Act(
    name="submit_record",
    zh="整理并报组长审阅",
    en="Put the tidied record before the leader",
    clauses=("XC-12.4a",),
    on=Interview,
    by=(anyone(HANDLER), *TEAM_LEADER),
    paper=TidiedRecord,
    when=("held",),
    becomes="submitted",
    meets=(Meets("XC-12.4a"),),
    tells=(Tells("", "interview_to_read", "XC-12.4a", person=lambda p: p.subject.leader_id),),
)


def note_reading(p: Performance[Interview, ReadMark]) -> None:
    p.subject.read_on = p.today


READ_RECORD = Act(
    name="read_record",
    zh="组长审阅",
    en="Read the record",
    clauses=("XC-12.4a",),
    on=Interview,
    by=TEAM_LEADER,
    paper=ReadMark,
    when=("submitted",),
    otherwise={"held": RefusalCode.PRECONDITION_NOT_MET},
    becomes="read",
    effect=note_reading,
)


def is_not_of_direct_scope(p: Performance[Interview, Any]) -> None:
    """What concerns a person of direct scope goes the way of direct delivery (XC-13.2a)."""
    if p.subject.secrecy == SEALED:
        raise p.refuse(RefusalCode.SEALED_ITEM, clauses=("XC-12.4b", "XC-13.2h"))


CIRCULATE_RECORD = Act(
    name="circulate_record",
    zh="传阅谈话记录",
    en="Circulate a record",
    clauses=("XC-12.4b", "XC-13.2h"),
    on=Interview,
    by=TEAM,
    paper=Circulation,
    when=("submitted", "read"),
    anytime=True,
    needs=(is_not_of_direct_scope,),
)


def open_clue(p: Performance[Interview, ClueTag]) -> None:
    entry = FoundClueEntry(
        engagement_id=p.subject.engagement_id,
        source_kind="interview",
        source_id=p.subject.id,
        subject_ids=p.paper.subject_ids,
        summary=p.paper.summary,
    )
    clue = perform_as_service(p.work, REGISTER_FOUND_CLUE, entry).subject
    p.facts |= {"clue": clue.id}


def subjects_known(p: Performance[Interview, ClueTag]) -> None:
    persons_known(p, p.paper.subject_ids, "subject_ids")


TAG_CLUE = Act(
    name="tag_clue",
    zh="标记为问题线索",
    en="Tag a problem as a clue",
    clauses=("XC-12.4b",),
    on=Interview,
    by=TEAM,
    paper=ClueTag,
    when=("held", "submitted", "read"),
    anytime=True,
    needs=(is_not_of_direct_scope,),
    guards=(subjects_known,),
    effect=open_clue,
)
ACTS = (
    PLAN_INTERVIEWS,
    PROVIDE_OUTLINE,
    WRITE_OUTLINE,
    APPROVE_ONE_TO_ONE,
    RECORD_INTERVIEW,
    SUBMIT_RECORD,
    READ_RECORD,
    CIRCULATE_RECORD,
    TAG_CLUE,
)
