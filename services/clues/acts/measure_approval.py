"""Whose approval a measure takes, and its way there: the head, or through the liaison office a commission.

LZ-16.4, LZ-16.6 to LZ-16.8, LZ-16.10. The liaison office is the one desk for what goes further (LZ-20.7).
"""

from __future__ import annotations

from typing import Any

from contracts.events.clues_cases import (
    ApprovalRequestAnswered,
    ApprovalRequestReceived,
    MeasureApproved,
    MeasureEscalated,
)
from contracts.refusals import Refusal, RefusalCode
from services.chassis.access import LIAISON_OFFICE, post, require_fresh_directory
from services.chassis.act import Act, Document, HandOn, Tells, approved_by
from services.chassis.performance import Performance
from services.chassis.values import value_in_force
from services.clues.acts.measure_request import REQUESTING, AnyMeasure
from services.clues.acts.reported import head_is_free, head_may_decide, officials
from services.clues.domain.management import is_unit_managed_principal
from services.clues.domain.measures import (
    Approver,
    Level,
    MeasureCode,
    approver_of,
    traits_of,
)
from services.clues.papers.clue import Recipient
from services.clues.papers.measure import (
    CityAnswer,
    HeadsApprovalRequest,
    MeasureDecision,
    RequestPassing,
    RequestReceipt,
    RequestSubmission,
)
from services.clues.storage_measure import Measure

HEADS, LIAISON, LEADER = "dispatched_office_head", "liaison_discipline_office", "commission_leader"
AT_THE_LIAISON_OFFICE = (post(LIAISON, at=LIAISON_OFFICE),)
NOT_PASSED_ON = {"submitted": RefusalCode.PRECONDITION_NOT_MET, "received": RefusalCode.APPROVAL_ORDER}
ANSWERED = dict.fromkeys(("approved", "refused", "document_issued", "executed"), RefusalCode.DUPLICATE)


def approver(p: AnyMeasure) -> Approver:
    """As the roster and the values in force have it today; where nobody is named, by all persons reported."""
    item = p.subject
    aimed_at = [item.target_id] if item.target_id else p.standing.reported
    traits = traits_of(
        principal=any(is_unit_managed_principal(one) for one in officials(p.session, aimed_at)),
        property_data=item.property_data,
        communication_data=item.communication_data,
    )
    return approver_of(MeasureCode(item.measure_code), traits, _as_set_here(p))


def _as_set_here(p: AnyMeasure) -> dict[str, Level]:
    """The city level may be a slip of the text: an installation may put the district in its place."""
    clauses = ("LZ-16.7", "LZ-16.8")
    amounts = {c: value_in_force(p.session, c, "city_approves", p.today).amount for c in clauses}
    return {clause: Level.DISTRICT for clause, amount in amounts.items() if not amount}


def wrong_approver(p: AnyMeasure) -> Refusal:
    return p.refuse(RefusalCode.WRONG_APPROVER, clauses=(approver(p).clause, *p.act.clauses))


def head_suffices(p: AnyMeasure) -> None:
    if approver(p).level is not Level.HEAD:
        raise wrong_approver(p)


def goes_further(p: AnyMeasure) -> None:
    """What the head approves is not sent past the head (LZ-16.6)."""
    if approver(p).level is Level.HEAD:
        raise p.refuse(RefusalCode.WRONG_ROUTE, clauses=("LZ-16.6", *p.act.clauses))


def district_suffices(p: AnyMeasure) -> None:
    if approver(p).level is not Level.DISTRICT:
        raise wrong_approver(p)


def city_decides(p: AnyMeasure) -> None:
    if approver(p).level is not Level.CITY:
        raise wrong_approver(p)


def decider_is_free(p: AnyMeasure) -> None:
    """As for any approval: nobody decides on whom they are close to, nor by a directory that is out of date."""
    if p.work.actor.recused_for & set(p.standing.reported):
        raise p.refuse(RefusalCode.CONFLICT_OF_INTEREST)
    require_fresh_directory(p.session, p.work.runtime.settings.directory_stale_after)


def approve(p: AnyMeasure) -> None:
    p.subject.approver_role, p.subject.approved_on = approver(p).role, p.today
    p.facts |= {"approver_role": p.subject.approver_role}


def is_approved(p: AnyMeasure) -> bool:
    return p.subject.state == "approved"


APPROVED = HandOn(
    MeasureApproved,
    lambda p: MeasureApproved(
        measure_id=p.subject.id,
        kind=p.subject.measure_code,
        approver_role=p.subject.approver_role,
        approved_on=p.subject.approved_on,
    ),
    only_if=is_approved,
)

REQUEST_MEASURE_APPROVAL = Act(
    name="request_measure_approval",
    zh="呈批措施(派驻机构主要负责人)",
    en="Request the head's approval of a measure",
    clauses=("LZ-16.6", "LZ-16.4"),
    on=Measure,
    by=REQUESTING,
    paper=HeadsApprovalRequest,
    when=("requested",),
    becomes="approved",
    documents=(Document("measure_request", "措施审批表(扫描)", "LZ-16.4", required=False),),
    needs=(head_suffices, head_may_decide),
    approvals=(approved_by(HEADS, "派驻机构主要负责人审批", "LZ-16.6", sole=True),),
    effect=approve,
    hands_on=(APPROVED,),
    tells=(Tells("", "measure_approved", "LZ-16.6", person=lambda p: p.subject.requester_id),),
)


MEASURE_REQUEST = Document("measure_request", "措施审批表(签字扫描)", "LZ-20.7", required=False)
STUDY_MINUTES = Document("collective_study_minutes", "集体研究记录", "LZ-20.7", required=False)


def to_the_one_desk(p: Performance[Measure, RequestSubmission]) -> None:
    if p.paper.recipient_role is not Recipient.LIAISON:
        raise p.refuse(
            RefusalCode.WRONG_ROUTE, field="recipient_role", clauses=(approver(p).clause, "LZ-20.7")
        )


def request_has_its_papers(p: Performance[Measure, RequestSubmission]) -> None:
    """Every gap in one answer, so that nobody comes twice (LZ-20.7)."""
    gaps = [document for document in (MEASURE_REQUEST, STUDY_MINUTES) if not p.attached.get(document.kind)]
    if gaps:
        refusal = p.refuse(
            RefusalCode.MISSING_DOCUMENT,
            field=",".join(f"attachments.{document.kind}" for document in gaps),
            clauses=("LZ-20.7",),
        )
        refusal.detail_zh = "缺少材料:" + "、".join(document.zh for document in gaps)
        refusal.detail_en = "missing: " + ", ".join(document.kind for document in gaps)
        raise refusal


def passed_to(p: AnyMeasure) -> None:
    p.subject.passed_to = approver(p).level.value


SUBMIT_REQUEST = Act(
    name="submit_request",
    zh="报送对口联系室统一报批",
    en="Submit the request to the liaison office",
    clauses=("LZ-20.7", "LZ-16.4"),
    on=Measure,
    by=REQUESTING,
    paper=RequestSubmission,
    when=("requested",),
    becomes="submitted",
    documents=(MEASURE_REQUEST, STUDY_MINUTES),
    needs=(goes_further, head_may_decide),
    guards=(to_the_one_desk, request_has_its_papers),
    approvals=(approved_by(HEADS, "派驻机构主要负责人签发", "LZ-20.7", sole=True),),
    effect=passed_to,
    tells=(Tells(LIAISON, "measure_submitted", "LZ-20.7", office=lambda p: p.subject.liaison_office_id),),
)
"""The head signs that it is asked for; that is no approval of the measure (LZ-16.10)."""


def give_receipt(p: AnyMeasure) -> None:
    item = p.subject
    item.received_on = p.today
    desk = f"{item.liaison_office_id}-{item.office_id}"  # an office that reads it must not count another's
    number = p.work.next_number(f"measure desk/{desk}/{p.today.year}")
    item.receipt_no = f"SL-{desk}-{p.today.year}-{number:05d}"


RECEIVE_REQUEST = Act(
    name="receive_request",
    zh="受理措施报批",
    en="Receive the request",
    clauses=("LZ-20.7",),
    on=Measure,
    by=AT_THE_LIAISON_OFFICE,
    paper=RequestReceipt,
    when=("submitted",),
    otherwise={"received": RefusalCode.DUPLICATE, "passed_up": RefusalCode.DUPLICATE},
    becomes="received",
    effect=give_receipt,
    hands_on=(
        HandOn(
            ApprovalRequestReceived,
            lambda p: ApprovalRequestReceived(
                request_id=p.subject.id, kind="measure", office_id=p.subject.office_id, received_on=p.today
            ),
        ),
    ),
)


def note_passing(p: AnyMeasure) -> None:
    passed_to(p)
    p.subject.passed_on = p.today


PASS_REQUEST_UP = Act(
    name="pass_request_up",
    zh="转报上级纪委监委审批",
    en="Pass the request on to the approving commission",
    clauses=("LZ-16.7", "LZ-16.8", "LZ-16.10", "LZ-20.7"),
    on=Measure,
    by=AT_THE_LIAISON_OFFICE,
    paper=RequestPassing,
    when=("received",),
    otherwise={"submitted": RefusalCode.PRECONDITION_NOT_MET},
    becomes="passed_up",
    needs=(goes_further,),
    effect=note_passing,
    hands_on=(
        HandOn(
            MeasureEscalated,
            lambda p: MeasureEscalated(
                measure_id=p.subject.id,
                level=p.subject.passed_to,
                kind=p.subject.measure_code,
                passed_on=p.today,
            ),
        ),
    ),
    tells=(
        Tells(
            LEADER,
            "measure_to_decide",
            "LZ-16.10",
            only_if=lambda p: bool(p.subject.passed_to == Level.DISTRICT),
        ),
    ),
)


def refused_with_a_reason(p: Performance[Measure, Any]) -> None:
    if not p.paper.approved and not p.paper.reason:
        raise p.refuse(RefusalCode.MISSING_REASON, field="reason")


def answered_after_it_was_passed_on(p: Performance[Measure, CityAnswer]) -> None:
    if not (p.subject.passed_on or p.today) <= p.paper.answered_on <= p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="answered_on")


def note_answer(p: Performance[Measure, Any]) -> None:
    item = p.subject
    item.state, item.answered_on = "approved" if p.paper.approved else "refused", p.today
    if p.paper.approved:
        approve(p)


def note_citys_answer(p: Performance[Measure, CityAnswer]) -> None:
    """The measure is approved since the day of the city commission's answer, not since it was entered here."""
    note_answer(p)
    p.subject.answered_on = p.paper.answered_on
    if p.paper.approved:
        p.subject.approved_on = p.paper.answered_on


_ANSWERED_EVENT = HandOn(
    ApprovalRequestAnswered,
    lambda p: ApprovalRequestAnswered(
        request_id=p.subject.id, result_code=p.subject.state, answered_on=p.today
    ),
)
_TOLD_ANSWER = (
    Tells("", "measure_answered", "LZ-20.7", person=lambda p: p.subject.requester_id),
    Tells(HEADS, "measure_answered", "LZ-20.7", office=lambda p: p.subject.office_id, only_if=head_is_free),
)

DECIDE_REQUEST = Act(
    name="decide_request",
    zh="审批措施(区纪委区监委)",
    en="Decide on a measure for the district commission",
    clauses=("LZ-16.10", "LZ-16.4", "LZ-20.7"),
    on=Measure,
    by=(post(LEADER, at=None),),
    paper=MeasureDecision,
    when=("passed_up",),
    otherwise=NOT_PASSED_ON | ANSWERED,
    needs=(district_suffices, decider_is_free),
    guards=(refused_with_a_reason,),
    effect=note_answer,
    hands_on=(APPROVED, _ANSWERED_EVENT),
    tells=_TOLD_ANSWER,
)
ENTER_CITYS_ANSWER = Act(
    name="enter_citys_answer",
    zh="登记市纪委市监委批复",
    en="Enter the city commission's answer",
    clauses=("LZ-16.7", "LZ-16.8", "LZ-16.4", "LZ-20.7"),
    on=Measure,
    by=AT_THE_LIAISON_OFFICE,
    paper=CityAnswer,
    when=("passed_up",),
    otherwise=NOT_PASSED_ON | ANSWERED,
    documents=(Document("measure_document", "市纪委市监委批复(扫描)", "LZ-16.7"),),
    needs=(city_decides, decider_is_free),
    guards=(refused_with_a_reason, answered_after_it_was_passed_on),
    effect=note_citys_answer,
    hands_on=(APPROVED, _ANSWERED_EVENT),
    tells=_TOLD_ANSWER,
)
"""The city commission works elsewhere: its written answer is the approval, and it is on file."""
