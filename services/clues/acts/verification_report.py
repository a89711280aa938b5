"""The end of a verification: studied, reported, approved at one or two levels, concluded (LZ-14.6 to LZ-14.10)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from contracts.events.clues_cases import PreliminaryVerificationConcluded, PreliminaryVerificationReported
from contracts.refusals import RefusalCode
from services.chassis.access import LIAISON_OFFICE, chain_of, post
from services.chassis.act import Act, Document, HandOn, Opens, Tells, approved_by
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.tables import Attachment, DirectoryPerson
from services.chassis.values import value_in_force
from services.clues.acts.closing import LIAISON
from services.clues.acts.ledger import LEDGER, STATUS_CHANGED, not_by_one_alone
from services.clues.acts.precheck import handling_is_prechecked
from services.clues.acts.reported import AnyClue, head_may_decide
from services.clues.acts.verification import VERIFYING, AnyVerification
from services.clues.domain.verification import CLUE_GOES_ON_AS, Capacity, Proposed
from services.clues.papers.verification import (
    CollectiveStudy,
    ConcludedVerification,
    ReportAnswer,
    ReportPassing,
    ReportReceipt,
    ReportSubmission,
    VerificationConclusion,
    VerificationReport,
)
from services.clues.storage import Clue, Verification

Studying = Performance[Verification, CollectiveStudy]
Reporting = Performance[Verification, VerificationReport]
AT_THE_LIAISON_OFFICE = (post("liaison_discipline_office", at=LIAISON_OFFICE),)


def studied_on(p: Studying) -> date:
    return p.paper.held_on or p.today


def studied_after_the_start(p: Studying) -> None:
    if not (p.subject.started_on or p.today) <= studied_on(p) <= p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="held_on")


def studied_collectively(p: Studying) -> None:
    """One person alone is no collective: at least two, a parameter (LZ-14.6)."""
    least = value_in_force(p.session, "LZ-14.6", "participants_at_least", p.today).amount
    if len(set(p.paper.participant_ids)) < least:
        raise p.refuse(RefusalCode.OUT_OF_RANGE, field="participant_ids")


def studied_by_the_unconcerned(p: Studying) -> None:
    reported = set(p.standing.reported)
    for person_id in p.paper.participant_ids:
        if look_up(p.session, DirectoryPerson, person_id) is None:
            raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="participant_ids")
        if reported & {person_id, *chain_of(p.session, person_id)}:
            raise p.refuse(RefusalCode.CONFLICT_OF_INTEREST, field="participant_ids")


def note_study(p: Studying) -> None:
    p.subject.studied_on = studied_on(p)
    p.facts |= {"participants": len(set(p.paper.participant_ids))}


RECORD_STUDY = Act(
    name="record_study",
    zh="登记集体研究",
    en="Record the collective study",
    clauses=("LZ-14.6",),
    on=Verification,
    by=VERIFYING,
    paper=CollectiveStudy,
    when=("in_progress",),
    otherwise={"approved": RefusalCode.WRONG_STATE, "planned": RefusalCode.APPROVAL_REQUIRED},
    becomes="studied",
    documents=(Document("collective_study_minutes", "集体研究记录", "LZ-14.6"),),
    guards=(studied_after_the_start, studied_collectively, studied_by_the_unconcerned),
    effect=note_study,
)


def proposal_is_complete(p: Reporting) -> None:
    """A proposed closing says how the clue ends, a proposed handling how the person is dealt with (LZ-14.8)."""
    needed = {
        Proposed.CLOSE: ("outcome_code", p.paper.outcome_code),
        Proposed.HANDLE: ("handling_code", p.paper.handling_code),
    }
    field, given = needed.get(p.paper.proposal_code, ("", "-"))
    if not given:
        raise p.refuse(RefusalCode.MISSING_FIELD, field=field, clauses=("LZ-14.7", "LZ-14.8"))


def outcome_of(paper: VerificationReport) -> str:
    given = {Proposed.CLOSE: paper.outcome_code, Proposed.HANDLE: paper.handling_code}.get(
        paper.proposal_code
    )
    return given.value if given else ""


def note_report(p: Reporting) -> None:
    item = p.subject
    item.proposal_code = p.paper.proposal_code.value
    item.outcome_code = outcome_of(p.paper)
    item.eight_point = p.paper.eight_point
    item.report_paper = p.filed.id if p.filed else ""


SUBMIT_REPORT = Act(
    name="submit_report",
    zh="呈批初核情况报告",
    en="Put the report up for approval",
    clauses=("LZ-14.6", "LZ-14.7"),
    on=Verification,
    by=VERIFYING,
    paper=VerificationReport,
    when=("studied",),
    otherwise={"in_progress": RefusalCode.MISSING_DOCUMENT},
    becomes="report_approved",
    documents=(Document("pv_report", "初步核实情况报告(扫描)", "LZ-14.7"),),
    needs=(head_may_decide,),
    guards=(proposal_is_complete,),
    approvals=(approved_by("dispatched_office_head", "派驻机构主要负责人审批", "LZ-14.7", sole=True),),
    effect=note_report,
    tells=(Tells("", "verification_report_approved", "LZ-14.7", person=lambda p: p.subject.lead_id),),
)


def for_the_commission(p: AnyVerification) -> None:
    """Only what is done in the supervisory office's name goes to the supervision commission (LZ-14.9)."""
    if p.subject.capacity != Capacity.SUPERVISION:
        raise p.refuse(RefusalCode.WRONG_ROUTE)


def through_the_liaison_office(p: Performance[Verification, ReportSubmission]) -> None:
    if p.paper.recipient_role != LIAISON:
        raise p.refuse(RefusalCode.WRONG_ROUTE, field="recipient_role")


def note_submission(p: AnyVerification) -> None:
    p.subject.reported_at = p.work.now


SUBMIT_TO_COMMISSION = Act(
    name="submit_to_commission",
    zh="报送区监委(经对口联系室)",
    en="Submit the report to the supervision commission",
    clauses=("LZ-14.9",),
    on=Verification,
    by=VERIFYING,
    paper=ReportSubmission,
    when=("report_approved",),
    otherwise={"studied": RefusalCode.APPROVAL_REQUIRED},
    becomes="reported",
    needs=(for_the_commission,),
    guards=(through_the_liaison_office,),
    effect=note_submission,
    hands_on=(
        HandOn(
            PreliminaryVerificationReported,
            lambda p: PreliminaryVerificationReported(verification_id=p.subject.id, reported_on=p.today),
        ),
    ),
    tells=(Tells(LIAISON, "verification_reported", "LZ-14.9", office=lambda p: p.subject.liaison_office_id),),
)


def note_receipt(p: AnyVerification) -> None:
    p.subject.liaison_received_at = p.work.now


RECEIVE_REPORT = Act(
    name="receive_report",
    zh="签收初核情况报告",
    en="Receive the report",
    clauses=("LZ-14.10",),
    on=Verification,
    by=AT_THE_LIAISON_OFFICE,
    paper=ReportReceipt,
    when=("reported",),
    becomes="at_liaison",
    effect=note_receipt,
)


def report_is_unaltered(p: AnyVerification) -> None:
    """What is passed on is the report as the head approved it; a scan that is not the same file is refused."""
    approved = set(
        p.session.scalars(
            select(Attachment.digest).where(
                Attachment.subject_id == p.subject.id, Attachment.paper_id == p.subject.report_paper
            )
        )
    )
    for attachment_id in p.attached.get("pv_report", ()):
        given = p.session.get(Attachment, attachment_id)
        own = given is not None and given.uploaded_by == p.work.actor.person_id
        if given is not None and own and given.digest not in approved:
            raise p.refuse(RefusalCode.IMMUTABLE, field="attachments.pv_report")


def note_commissions_receipt(p: AnyVerification) -> None:
    """It came to the commission when it was passed on, which is when it was put before those who approve it."""
    p.subject.commission_received_at = p.filed.at if p.filed else p.work.now


PASS_REPORT_ON = Act(
    name="pass_report_on",
    zh="转报区监委审批",
    en="Pass the report on to the commission",
    clauses=("LZ-14.10", "LZ-14.9"),
    on=Verification,
    by=AT_THE_LIAISON_OFFICE,
    paper=ReportPassing,
    when=("at_liaison",),
    otherwise={"reported": RefusalCode.PRECONDITION_NOT_MET},
    becomes="commission_approved",
    documents=(Document("pv_report", "初步核实情况报告(原件扫描)", "LZ-14.10", required=False),),
    guards=(report_is_unaltered,),
    approvals=(approved_by("commission_leader", "区监委审批", "LZ-14.9", at=None),),
    effect=note_commissions_receipt,
    tells=(
        Tells("", "verification_commission_approved", "LZ-14.10", person=lambda p: p.subject.lead_id),
        Tells(
            LIAISON,
            "verification_commission_approved",
            "LZ-14.10",
            office=lambda p: p.subject.liaison_office_id,
        ),
    ),
)


def returned_by_the_commission(p: AnyVerification) -> None:
    """The liaison office sends nothing back of its own accord: it passes the commission's answer (LZ-14.10)."""
    decided = [one.status for one, _ in p.standing.proposals if one.act == PASS_REPORT_ON.name]
    if "pending" in decided or decided.count("returned") <= p.subject.answers:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET)


def note_answer(p: AnyVerification) -> None:
    p.subject.reported_at = p.subject.liaison_received_at = None
    p.subject.answers += 1


PASS_ANSWER_BACK = Act(
    name="pass_answer_back",
    zh="转回区监委退回意见",
    en="Pass the commission's answer back",
    clauses=("LZ-14.10",),
    on=Verification,
    by=AT_THE_LIAISON_OFFICE,
    paper=ReportAnswer,
    when=("at_liaison",),
    becomes="studied",
    needs=(returned_by_the_commission,),
    effect=note_answer,
    tells=(Tells("", "verification_report_returned", "LZ-14.10", person=lambda p: p.subject.lead_id),),
)


def approved_by_the_commission(p: AnyVerification) -> None:
    """In the supervisory office's name the head's approval is the first of two (LZ-14.9)."""
    if p.subject.capacity == Capacity.SUPERVISION and p.subject.state != "commission_approved":
        raise p.refuse(RefusalCode.APPROVAL_REQUIRED, clauses=("LZ-14.9",))


def not_concluded_by_one_alone(p: AnyVerification) -> None:
    not_by_one_alone(p, SUBMIT_REPORT.name)


def let_the_clue_go_on(p: AnyVerification) -> None:
    item = p.subject
    clue = p.session.get_one(Clue, item.clue_id, with_for_update=True)
    paper = ConcludedVerification(
        verification_id=item.id,
        proposal_code=Proposed(item.proposal_code),
        outcome_code=item.outcome_code,
        concluded_on=p.today,
    )
    perform_as_service(p.work, GO_ON_AS_VERIFIED, paper, clue)


CONCLUDE_VERIFICATION = Act(
    name="conclude_verification",
    zh="结束初步核实",
    en="Conclude the verification",
    clauses=("LZ-14.7", "LZ-14.9", "LZ-19.5"),
    on=Verification,
    by=VERIFYING,
    paper=VerificationConclusion,
    when=("report_approved", "commission_approved"),
    otherwise={
        "studied": RefusalCode.APPROVAL_REQUIRED,
        "reported": RefusalCode.APPROVAL_REQUIRED,
        "at_liaison": RefusalCode.APPROVAL_REQUIRED,
    },
    becomes="concluded",
    needs=(approved_by_the_commission, not_concluded_by_one_alone),
    guards=(handling_is_prechecked,),
    effect=let_the_clue_go_on,
    hands_on=(
        HandOn(
            PreliminaryVerificationConcluded,
            lambda p: PreliminaryVerificationConcluded(
                verification_id=p.subject.id,
                proposal_code=p.subject.proposal_code,
                concluded_on=p.today,
            ),
        ),
    ),
    tells=(Tells("", "verification_concluded", "LZ-14.8", person=lambda p: p.subject.handler_id),),
)


def go_on(p: Performance[Clue, ConcludedVerification]) -> None:
    p.subject.state = CLUE_GOES_ON_AS[p.paper.proposal_code]
    p.subject.outcome_code = p.paper.outcome_code
    p.facts |= {"verification": p.paper.verification_id}


def to_be_reported(p: AnyClue) -> bool:
    return p.subject.state in ("close_proposed", "handling_proposed")


GO_ON_AS_VERIFIED = Act(
    name="go_on_as_verified",
    zh="初步核实结论入账",
    en="Go on as the verification proposes",
    clauses=("LZ-14.7", "LZ-14.8", *LEDGER),
    on=Clue,
    by=(),
    paper=ConcludedVerification,
    when=("verification",),
    effect=go_on,
    opens=(
        Opens(
            "LZ-14.8",
            "report_within",
            "dispatched_office",
            lambda p: p.today,
            owed_person=lambda p: p.subject.handler_id,
            to=LIAISON,
            only_if=to_be_reported,
        ),
    ),
    hands_on=(STATUS_CHANGED,),
)
"""The clue's part of the conclusion; its state follows from the proposal that was approved."""
