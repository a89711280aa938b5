"""A measure carried out: its document, its execution, its end, and the help that a query needs.

LZ-16.4, LZ-16.5, LZ-16.9, LZ-16.11, LZ-16.13.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from contracts.events.clues_cases import MeasureExecuted, QueryAssistanceRequested
from contracts.refusals import RefusalCode
from services.chassis.access import visible
from services.chassis.act import Act, Document, HandOn, Step, Tells, approved_by
from services.chassis.performance import Performance
from services.clues.acts.ledger import not_by_one_alone
from services.clues.acts.measure_approval import (
    AT_THE_LIAISON_OFFICE,
    HEADS,
    LEADER,
    LIAISON,
    REQUEST_MEASURE_APPROVAL,
    approver,
    wrong_approver,
)
from services.clues.acts.measure_request import REQUESTING, AnyMeasure
from services.clues.acts.measures_ledger import supplement_if_filed
from services.clues.acts.reported import head_is_free, head_may_decide
from services.clues.domain.measures import MEASURES, Executor, Issuer, Level, MeasureCode
from services.clues.papers.measure import (
    HelpRecipient,
    MeasureDocument,
    MeasureEnd,
    MeasureExecution,
    QueryHelpRequest,
    QueryHelpSending,
)
from services.clues.storage_measure import Measure

Issuing = Performance[Measure, MeasureDocument]
Executing = Performance[Measure, MeasureExecution]
NOT_APPROVED = {
    "requested": RefusalCode.APPROVAL_REQUIRED,
    "refused": RefusalCode.APPROVAL_REQUIRED,
    "submitted": RefusalCode.WRONG_APPROVER,
    "received": RefusalCode.WRONG_APPROVER,
    "passed_up": RefusalCode.WRONG_APPROVER,
}
"""What is answered before the approval; once submitted, it has the head's signature alone, and that is not enough."""


def approved_by_whom_it_takes(p: AnyMeasure) -> None:
    """A target that became a principal leader since is no longer the head's to approve (LZ-16.8, LZ-16.10)."""
    needed, given = approver(p), p.subject.approver_role
    if needed.level is not Level.HEAD and given not in (needed.role, "city_commission"):
        raise wrong_approver(p)


def issued_on(p: Issuing) -> date:
    return p.paper.issued_on or p.today


def issued_after_approval(p: Issuing) -> None:
    if not (p.subject.approved_on or p.today) <= issued_on(p) <= p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="issued_on", clauses=("LZ-16.4", "LZ-16.5"))


def issued_by_whom_it_takes(p: Issuing) -> None:
    """A coercive measure is carried out with the commission's document, never with the office's own (LZ-16.11)."""
    coercive = MEASURES[MeasureCode(p.subject.measure_code)].coercive
    if coercive and p.paper.issuer_code is Issuer.OFFICE:
        raise p.refuse(RefusalCode.OUT_OF_RANGE, field="issuer_code", clauses=("LZ-16.11",))


def number_is_free(p: Issuing) -> None:
    """One document for one measure (LZ-16.5); what the actor may not know of does not refuse theirs."""
    knows = p.work.runtime.kinds[Measure.KIND].knows
    query = select(Measure.id).where(
        Measure.document_no == p.paper.document_no,
        Measure.id != p.subject.id,
        visible(Measure, p.work.actor, knows),
    )
    if p.session.scalars(query.limit(1)).first() is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="document_no", clauses=("LZ-16.5",))


def note_document(p: Issuing) -> None:
    item = p.subject
    item.document_no, item.issuer_code = p.paper.document_no, p.paper.issuer_code.value
    item.issued_on = issued_on(p)


ISSUE_MEASURE_DOCUMENT = Act(
    name="issue_measure_document",
    zh="出具措施文书",
    en="Issue the measure's document",
    clauses=("LZ-16.5", "LZ-16.11", "LZ-16.4"),
    on=Measure,
    by=REQUESTING,
    paper=MeasureDocument,
    when=("approved",),
    otherwise=NOT_APPROVED | {"document_issued": RefusalCode.DUPLICATE},
    becomes="document_issued",
    documents=(Document("measure_document", "措施文书(扫描)", "LZ-16.5"),),
    needs=(approved_by_whom_it_takes,),
    guards=(issued_by_whom_it_takes, issued_after_approval, number_is_free),
    effect=note_document,
)


def executed_on(p: Executing) -> date:
    return p.paper.executed_on or p.today


def executed_after_approval(p: Executing) -> None:
    """Not before it was approved, nor without its document in hand (LZ-16.4, LZ-16.5)."""
    item, day = p.subject, executed_on(p)
    for before, clause in ((item.approved_on, "LZ-16.4"), (item.issued_on, "LZ-16.5")):
        if before is not None and day < before:
            raise p.refuse(RefusalCode.DATE_ORDER, field="executed_on", clauses=(clause,))
    if day > p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="executed_on")


def organ_gave_a_receipt(p: Executing) -> None:
    if p.paper.executor_code is Executor.ORGAN and not p.attached.get("measure_document"):
        raise p.refuse(
            RefusalCode.MISSING_DOCUMENT, field="attachments.measure_document", clauses=("LZ-16.11",)
        )


def not_executed_by_one_alone(p: AnyMeasure) -> None:
    not_by_one_alone(p, REQUEST_MEASURE_APPROVAL.name)


def note_execution(p: Executing) -> None:
    """The entry of the register is complete with this; a quarter that is filed already is filed in addition."""
    item = p.subject
    item.executed_on, item.executor_code = executed_on(p), p.paper.executor_code.value
    if head_is_free(p):  # what a head may not know of, the head is not told of
        supplement_if_filed(p.work, item, item.executed_on)


EXECUTE_MEASURE = Act(
    name="execute_measure",
    zh="登记措施执行",
    en="Record the execution of a measure",
    clauses=("LZ-16.4", "LZ-16.5", "LZ-16.8", "LZ-16.10", "LZ-16.11", "LZ-16.13"),
    on=Measure,
    by=REQUESTING,
    paper=MeasureExecution,
    when=("document_issued",),
    otherwise=NOT_APPROVED | {"approved": RefusalCode.MISSING_DOCUMENT},
    becomes="executed",
    documents=(Document("measure_document", "执行回证(有关机关签收,扫描)", "LZ-16.11", required=False),),
    needs=(approved_by_whom_it_takes, not_executed_by_one_alone),
    guards=(executed_after_approval, organ_gave_a_receipt),
    effect=note_execution,
    hands_on=(
        HandOn(
            MeasureExecuted,
            lambda p: MeasureExecuted(
                measure_id=p.subject.id,
                document_no=p.subject.document_no,
                executed_on=p.subject.executed_on,
            ),
        ),
    ),
)


def ended_on(p: Performance[Measure, MeasureEnd]) -> date:
    return p.paper.ended_on or p.today


def ended_after_execution(p: Performance[Measure, MeasureEnd]) -> None:
    if not (p.subject.executed_on or p.today) <= ended_on(p) <= p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="ended_on")


def note_end(p: Performance[Measure, MeasureEnd]) -> None:
    p.subject.ended_on = ended_on(p)


END_MEASURE = Act(
    name="end_measure",
    zh="登记措施结束(解除)",
    en="Record the end of a measure",
    clauses=("LZ-16.13",),
    on=Measure,
    by=REQUESTING,
    paper=MeasureEnd,
    when=("executed",),
    becomes="ended",
    documents=(Document("measure_document", "解除文书或笔录(扫描)", "LZ-16.13", required=False),),
    guards=(ended_after_execution,),
    effect=note_end,
)

WITH_AN_APPROVED_QUERY = ("approved", "document_issued", "executed")


def is_a_query(p: AnyMeasure) -> None:
    if p.subject.measure_code != MeasureCode.QUERY:
        raise p.refuse(RefusalCode.OUT_OF_RANGE)


def no_help_yet(p: AnyMeasure) -> None:
    if p.subject.help_approved_on is not None:
        raise p.refuse(RefusalCode.DUPLICATE)


def help_asked_through_the_liaison_office(p: Performance[Measure, QueryHelpRequest]) -> None:
    if p.paper.recipient_role is not HelpRecipient.LIAISON:
        raise p.refuse(RefusalCode.WRONG_ROUTE, field="recipient_role")


def note_help_approved(p: AnyMeasure) -> None:
    p.subject.help_approved_on = p.today


ASK_QUERY_HELP = Act(
    name="ask_query_help",
    zh="申请协助查询(经对口联系室)",
    en="Ask for help with a query",
    clauses=("LZ-16.9",),
    on=Measure,
    by=REQUESTING,
    paper=QueryHelpRequest,
    when=WITH_AN_APPROVED_QUERY,
    otherwise=dict.fromkeys(NOT_APPROVED, RefusalCode.APPROVAL_REQUIRED),
    needs=(is_a_query, no_help_yet, head_may_decide),
    guards=(help_asked_through_the_liaison_office,),
    approvals=(
        approved_by(HEADS, "派驻机构主要负责人审批", "LZ-16.9", sole=True),
        Step(AT_THE_LIAISON_OFFICE[0], "对口联系室转报", "LZ-16.9"),
        approved_by(LEADER, "区纪委区监委审批", "LZ-16.9", at=None),
    ),
    effect=note_help_approved,
    tells=(Tells(LIAISON, "query_help_approved", "LZ-16.9", office=lambda p: p.subject.liaison_office_id),),
    anytime=True,
)


def help_is_approved(p: AnyMeasure) -> None:
    if p.subject.help_approved_on is None:
        raise p.refuse(RefusalCode.APPROVAL_REQUIRED)


def not_sent_yet(p: AnyMeasure) -> None:
    if p.subject.help_sent_on is not None:
        raise p.refuse(RefusalCode.DUPLICATE)


def note_sending(p: AnyMeasure) -> None:
    p.subject.help_sent_on = p.today


SEND_QUERY_HELP = Act(
    name="send_query_help",
    zh="向市信息技术保障室发出协助查询函",
    en="Send the request for help to the city IT support office",
    clauses=("LZ-16.9",),
    on=Measure,
    by=AT_THE_LIAISON_OFFICE,
    paper=QueryHelpSending,
    when=WITH_AN_APPROVED_QUERY,
    otherwise=dict.fromkeys(NOT_APPROVED, RefusalCode.APPROVAL_REQUIRED),
    needs=(is_a_query, help_is_approved, not_sent_yet),
    effect=note_sending,
    hands_on=(
        HandOn(
            QueryAssistanceRequested,
            lambda p: QueryAssistanceRequested(
                measure_id=p.subject.id, recipient_role=HelpRecipient.IT_OFFICE.value, requested_on=p.today
            ),
        ),
    ),
)
