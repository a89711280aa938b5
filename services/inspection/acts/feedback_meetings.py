"""The feedback is planned and given: to the principal, and to the leadership in a general meeting (XC-34.1 to 34.3)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.events.inspection_feedback import FeedbackDelivered
from contracts.refusals import RefusalCode
from services.chassis.access import holders
from services.chassis.act import Act, After, HandOn, Meets, Opens, Warns
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.inspection.acts.after_feedback import ARCHIVE_IS_OWED, begin_rectification
from services.inspection.acts.entering import missing
from services.inspection.acts.feedback_drafts import list_of
from services.inspection.acts.feedback_receipts import MEETING
from services.inspection.acts.posts import (
    OFFICE,
    TEAM,
    TEAM_HEADS,
    ids_in,
    is_principal,
    not_in_the_future,
    persons_known,
)
from services.inspection.acts.stages import team_and_round_follow
from services.inspection.domain.feedback_codes import SENDING, Opinion
from services.inspection.papers.feedback import (
    FeedbackGuest,
    FeedbackNote,
    FeedbackPlan,
    FeedbackToPrincipal,
    GeneralFeedback,
)
from services.inspection.storage_feedback import FeedbackProblem, FeedbackReceipt
from services.inspection.storage_field import Issue
from services.inspection.storage_round import Team
from services.inspection.storage_unit import Engagement

AnyEngagement = Performance[Engagement, Any]
Meeting = Performance[Engagement, FeedbackToPrincipal]
General = Performance[Engagement, GeneralFeedback]
OFFICE_LEAD = "inspection_office_director"
FROM_ABOVE = ("leading_group", OFFICE_LEAD)
NOT_PASSED = {
    "feedback_drafted": RefusalCode.APPROVAL_REQUIRED,
    "results_reported": RefusalCode.APPROVAL_REQUIRED,
}


def _holding(p: AnyEngagement, *roles: str) -> set[str]:
    return {one for role in roles for one in holders(p.session, role, p.today)}


def comes_from_above(p: Performance[Engagement, FeedbackGuest]) -> None:
    if p.paper.guest_id not in _holding(p, *FROM_ABOVE):
        raise p.refuse(RefusalCode.WRONG_ROLE, field="guest_id", clauses=("XC-34.1b",))


ARRANGE_GUEST = Act(
    name="arrange_feedback_guest",
    zh="统筹安排出席反馈人员",
    en="Arrange who attends the feedback from above",
    clauses=("XC-34.1b",),
    on=Engagement,
    by=OFFICE,
    paper=FeedbackGuest,
    when=("results_reported", "feedback_drafted", "feedback_passed"),
    guards=(comes_from_above,),
)


def says_who_takes_part(p: Performance[Engagement, FeedbackPlan]) -> None:
    if not p.paper.participant_ids:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="participant_ids", clauses=("XC-34.1a",))
    persons_known(p, p.paper.participant_ids, "participant_ids")
    persons_known(p, (p.paper.agreed_with_id,), "agreed_with_id")


AGREE_PLAN = Act(
    name="agree_feedback_plan",
    zh="商定反馈方案",
    en="Agree the feedback plan with the unit",
    clauses=("XC-34.1a", "XC-34.1b", "XC-33.1f"),
    on=Engagement,
    by=TEAM,
    paper=FeedbackPlan,
    when=("feedback_passed",),
    otherwise=NOT_PASSED,
    after=(After("arrange_feedback_guest", "XC-34.1b", RefusalCode.MISSING_FIELD),),
    guards=(says_who_takes_part,),
    meets=(Meets("XC-34.1a"),),
)


def nobody_else_is_there(p: Meeting) -> None:
    """The opinion for the principal reports on the other members: it is for those whom the text names."""
    team = p.session.get_one(Team, p.subject.team_id)
    of_team = {team.leader_id, *ids_in(team.deputy_ids), team.liaison_id}
    there = set(p.paper.attendee_ids)
    for person in there - of_team - _holding(p, *FROM_ABOVE):
        if not is_principal(p, person, p.subject.unit_id):
            raise p.refuse(RefusalCode.ACCESS_DENIED, field="attendee_ids", clauses=("XC-34.2a",))


def who_has_to_be_there_is(p: Meeting) -> None:
    there = set(p.paper.attendee_ids)
    principal = any(is_principal(p, person, p.subject.unit_id) for person in there)
    if not (there & _holding(p, *FROM_ABOVE) and principal and p.subject.leader_id in there):
        raise p.refuse(RefusalCode.ATTENDANCE_INCOMPLETE, field="attendee_ids", clauses=("XC-34.2a",))


def chaired_by_whom_the_text_says(p: Meeting) -> None:
    """A member of the leading group who attends; with none there the team's leader, office lead or not."""
    members = _holding(p, "leading_group") & set(p.paper.attendee_ids)
    if p.paper.chair_id not in (members or {p.subject.leader_id}):
        raise p.refuse(RefusalCode.WRONG_ROLE, field="chair_id", clauses=("XC-34.2b",))


def receipt_is_signed(p: Meeting) -> None:
    served = select(FeedbackReceipt.id).where(
        FeedbackReceipt.engagement_id == p.subject.id, FeedbackReceipt.state == "served"
    )
    if p.session.scalars(served).first() is None:
        raise p.refuse(RefusalCode.MISSING_SIGNATURE, clauses=("XC-34.2c", "XC-34.2d"))


def position_is_stated(p: Performance[Engagement, Any]) -> None:
    if not p.paper.statement:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="statement", clauses=p.act.clauses)


def note_principal_meeting(p: Meeting) -> None:
    p.subject.principal_told_on = p.paper.held_on
    go_on(p, "served")


def note_general_meeting(p: General) -> None:
    p.subject.leadership_told_on = p.paper.held_on
    go_on(p, "general_meeting_held")


def go_on(p: AnyEngagement, state: str) -> None:
    """After the second of the two meetings it is delivered, as of the later of their days (reading of XC-34.3a)."""
    days = [day for day in (p.subject.principal_told_on, p.subject.leadership_told_on) if day is not None]
    if len(days) < 2:
        p.subject.state = state
        return
    p.subject.state, p.subject.fed_back_on = "feedback_delivered", max(days)
    p.session.flush()
    on_list = select(FeedbackProblem).where(FeedbackProblem.engagement_id == p.subject.id)
    for problem in p.session.scalars(
        on_list.order_by(FeedbackProblem.list_no, FeedbackProblem.issue_id)
    ).all():
        issue = p.session.get_one(Issue, problem.issue_id, with_for_update=True)
        note = FeedbackNote(list_no=problem.list_no)
        perform_as_service(p.work, NOTE_FED_BACK if problem.list_no else NOTE_LEFT_OUT, note, issue)
    begin_rectification(p, tuple(problem.issue_id for problem in list_of(p, p.subject.id)))
    team_and_round_follow(p.work, p.subject)


def delivered(p: AnyEngagement) -> FeedbackDelivered:
    return FeedbackDelivered(
        round_id=p.subject.round_id,
        team_id=p.subject.team_id,
        unit_id=p.subject.unit_id,
        feedback_date=p.subject.fed_back_on or p.today,
        issue_ids=tuple(problem.issue_id for problem in list_of(p, p.subject.id)),
    )


def is_delivered(p: AnyEngagement) -> bool:
    return p.subject.state == "feedback_delivered"


DELIVERED = HandOn(FeedbackDelivered, delivered, only_if=is_delivered)
TO_COPY = tuple(
    Opens(
        clause,
        "act_within",
        "inspection_office",
        lambda p: p.subject.fed_back_on,
        to=SENDING,
        only_if=is_delivered,
    )
    for clause in ("XC-36.1a", "XC-36.2a")
)
HOLD_PRINCIPAL_MEETING = Act(
    name="feed_back_to_principal",
    zh="登记向主要负责人反馈",
    en="Record the feedback to the principal",
    clauses=("XC-34.2a", "XC-34.2b", "XC-34.2c", "XC-47.0a"),
    on=Engagement,
    by=TEAM_HEADS,
    paper=FeedbackToPrincipal,
    when=MEETING,
    otherwise=NOT_PASSED,
    after=(After("agree_feedback_plan", "XC-34.1a"),),
    guards=(
        not_in_the_future("held_on"),
        nobody_else_is_there,
        who_has_to_be_there_is,
        chaired_by_whom_the_text_says,
        receipt_is_signed,
        position_is_stated,
    ),
    effect=note_principal_meeting,
    opens=(*TO_COPY, ARCHIVE_IS_OWED),
    hands_on=(DELIVERED,),
)


def the_principal_chairs(p: General) -> None:
    if not is_principal(p, p.paper.chair_id, p.subject.unit_id):
        raise p.refuse(RefusalCode.WRONG_ROLE, field="chair_id", clauses=("XC-34.3b",))


def the_leadership_opinion_is_read(p: General) -> None:
    if p.paper.text_read is not Opinion.LEADERSHIP:
        raise p.refuse(RefusalCode.CONTENT_RULE, field="text_read", clauses=("XC-34.3b",))


def somebody_from_above_speaks(p: General) -> None:
    if p.paper.speaker_id not in _holding(p, *FROM_ABOVE) & set(p.paper.attendee_ids):
        raise p.refuse(RefusalCode.WRONG_ROLE, field="speaker_id", clauses=("XC-34.3b",))


def out_of_order_or_absent(p: General) -> set[str]:
    """The item itself where the principal was not told first; and who of the team was not there."""
    reversed_order = {""} if p.subject.principal_told_on is None else set()
    return reversed_order | (set(ids_in(p.subject.staff_ids)) - set(p.paper.attendee_ids))


HOLD_GENERAL_MEETING = Act(
    name="feed_back_to_leadership",
    zh="登记反馈大会",
    en="Record the general feedback meeting",
    clauses=("XC-34.3a", "XC-34.3b", "XC-33.3a", "XC-47.0a"),
    on=Engagement,
    by=TEAM_HEADS,
    paper=GeneralFeedback,
    when=("feedback_passed", "served"),
    otherwise=NOT_PASSED,
    after=(After("agree_feedback_plan", "XC-34.1a"),),
    guards=(
        not_in_the_future("held_on"),
        the_principal_chairs,
        the_leadership_opinion_is_read,
        somebody_from_above_speaks,
        position_is_stated,
    ),
    effect=note_general_meeting,
    warns=(
        Warns("XC-34.3a", out_of_order_or_absent),
        Warns("XC-33.3a", missing("file_feedback_speech")),
    ),
    opens=(*TO_COPY, ARCHIVE_IS_OWED),
    hands_on=(DELIVERED,),
)


def number(p: Performance[Issue, FeedbackNote]) -> None:
    p.subject.list_no = p.paper.list_no


NOTE_FED_BACK = Act(
    name="note_fed_back",
    zh="问题已反馈",
    en="The problem was fed back under its number",
    clauses=("XC-33.1b", "XC-34.3a"),
    on=Issue,
    by=(),
    paper=FeedbackNote,
    becomes="fed_back",
    effect=number,
)
NOTE_LEFT_OUT = Act(
    name="note_left_out",
    zh="问题不予反馈",
    en="The problem is not fed back",
    clauses=("XC-33.1b",),
    on=Issue,
    by=(),
    paper=FeedbackNote,
    becomes="closed",
)
ACTS: tuple[Act[Any, Any], ...] = (
    ARRANGE_GUEST,
    AGREE_PLAN,
    HOLD_PRINCIPAL_MEETING,
    HOLD_GENERAL_MEETING,
    NOTE_FED_BACK,
    NOTE_LEFT_OUT,
)
