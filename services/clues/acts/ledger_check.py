"""Looking over the clue ledger: the monthly reconciliation, and the liaison office's quarterly check.

LZ-12.26, LZ-12.28. Both begin once by hand, the head's and the liaison office's; then the clock opens one for every
month and every quarter.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from contracts.events.clues import ClueDispositionInspected, ClueLedgerReconciled
from contracts.refusals import RefusalCode
from services.chassis.access import LIAISON_OFFICE, post, visible
from services.chassis.act import Act, Document, HandOn, Meets, Opens, Tells
from services.chassis.clock import ZONE
from services.chassis.duties import open_duty
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.subject import RESTRICTED
from services.chassis.tables import DirectoryOffice, Duty
from services.clues.domain.measures import first_day_of, quarter_of
from services.clues.domain.periods import differing, first_of_month, last_of_month, month_of
from services.clues.papers.ledger_check import (
    ClueCheckRecord,
    ClueInspectionRecord,
    InspectionAnswer,
    InspectionOpening,
    PeriodOfOffice,
    ReconciliationOpening,
)
from services.clues.storage import Clue
from services.clues.storage_case import Case
from services.clues.storage_ledger_check import ClueInspection, LedgerReconciliation

HEADS, LIAISON = "dispatched_office_head", "liaison_discipline_office"
AT_THE_LIAISON_OFFICE = (post(LIAISON, at=LIAISON_OFFICE),)
Reconciling = Performance[LedgerReconciliation, ClueCheckRecord]
AnyInspection = Performance[ClueInspection, Any]


def _common(p: Performance[Any, Any], office_id: str) -> dict[str, Any]:
    """What both kinds of item begin with."""
    office = look_up(p.session, DirectoryOffice, office_id)
    return {
        "id": p.work.new_id(),
        "state": "open",
        "version": 0,
        "secrecy": RESTRICTED,
        "office_id": office_id,
        "liaison_office_id": office.liaison_office_id if office else "",
        "unit_id": "",
        "registrar_id": "",
        "handler_id": "",
        "addressee_id": "",
        "opened_on": p.today,
        "changed_at": p.work.now,
    }


def latest_period(session: Session, model: Any, office_id: str) -> str:
    """The latest period of which the office has such an item; empty for none."""
    return session.scalar(select(func.max(model.period)).where(model.office_id == office_id)) or ""


def of_month(p: Performance[LedgerReconciliation, Any]) -> LedgerReconciliation:
    by_clock = isinstance(p.paper, PeriodOfOffice)
    office_id = p.paper.office_id if by_clock else p.work.actor.office_id
    period = p.paper.period if by_clock else month_of(p.today)
    common = _common(p, office_id)
    return LedgerReconciliation(**common, no=f"HD-{office_id}-{period}", period=period, difference_count=0)


def reconciliations_not_begun(p: Performance[LedgerReconciliation, Any]) -> None:
    if latest_period(p.session, LedgerReconciliation, p.work.actor.office_id):
        raise p.refuse(RefusalCode.DUPLICATE)


MONTHS_CLOCK = Opens(
    "LZ-12.26", "reconcile_within", HEADS, lambda p: first_of_month(p.subject.period), warn_before=(7, 2)
)
OPEN_RECONCILIATION = Act(
    name="open_reconciliation",
    zh="启动线索台账月度核对",
    en="Begin the monthly reconciliations",
    clauses=("LZ-12.26",),
    on=LedgerReconciliation,
    by=(post(HEADS, at=None),),
    paper=ReconciliationOpening,
    new=of_month,
    becomes="open",
    guards=(reconciliations_not_begun,),
    opens=(MONTHS_CLOCK,),
)
CONTINUE_RECONCILIATION = Act(
    name="continue_reconciliation",
    zh="线索台账月度核对(续)",
    en="The next month's reconciliation",
    clauses=("LZ-12.26",),
    on=LedgerReconciliation,
    by=(),
    paper=PeriodOfOffice,
    new=of_month,
    becomes="open",
    opens=(MONTHS_CLOCK,),
)


def totals(p: Reconciling) -> dict[str, int]:
    """What the ledger itself has of the month, of what the actor may know of."""
    item, kinds, actor = p.subject, p.work.runtime.kinds, p.work.actor
    first, last = first_of_month(item.period), last_of_month(item.period)
    known = visible(Clue, actor, kinds[Clue.KIND].knows)

    def count(model: Any, *which: ColumnElement[bool]) -> int:
        query = select(func.count()).select_from(model).where(model.office_id == item.office_id, *which)
        return p.session.scalar(query) or 0

    return {
        "petitions_referred": count(
            Clue, known, Clue.petition_id.is_not(None), Clue.opened_on.between(first, last)
        ),
        "dispositions_filed": count(
            Duty,
            Duty.clause == "LZ-12.20",
            Duty.status == "met",
            Duty.met_at >= datetime.combine(first, time(), ZONE),
            Duty.met_at <= datetime.combine(last, time(23, 59, 59, 999999), ZONE),
            Duty.subject_id.in_(select(Clue.id).where(known)),
        ),
        "cases_filed": count(
            Case, visible(Case, actor, kinds[Case.KIND].knows), Case.filed_on.between(first, last)
        ),
    }


def differences(p: Reconciling) -> list[str]:
    counted = totals(p)
    return differing({name: getattr(p.paper, name) for name in counted}, counted)


def differences_are_explained(p: Reconciling) -> None:
    """The totals that differ are named; without an explanation the month stays open."""
    found = differences(p)
    if found and not p.paper.explanation:
        refusal = p.refuse(RefusalCode.MISSING_REASON, field="explanation")
        titles = [str(ClueCheckRecord.model_fields[name].title) for name in found]
        refusal.detail_zh = "与台账不一致:" + "、".join(titles)
        refusal.detail_en = "differs from the ledger: " + ", ".join(found)
        raise refusal


def note_reconciliation(p: Reconciling) -> None:
    found = differences(p)
    p.subject.reconciled_on, p.subject.difference_count = p.today, len(found)
    p.facts |= totals(p) | {"differences": len(found)}


RECONCILE_LEDGER = Act(
    name="reconcile_ledger",
    zh="线索台账汇总核对",
    en="Reconcile the ledger of the month",
    clauses=("LZ-12.26",),
    on=LedgerReconciliation,
    by=(post(HEADS),),
    paper=ClueCheckRecord,
    when=("open",),
    otherwise={"reconciled": RefusalCode.DUPLICATE},
    becomes="reconciled",
    documents=(Document("clue_check_record", "线索汇总核对记录(扫描)", "LZ-12.26", required=False),),
    guards=(differences_are_explained,),
    effect=note_reconciliation,
    meets=(Meets("LZ-12.26"),),
    hands_on=(
        HandOn(
            ClueLedgerReconciled,
            lambda p: ClueLedgerReconciled(
                office_id=p.subject.office_id,
                period=p.subject.period,
                difference_count=p.subject.difference_count,
            ),
        ),
    ),
)


def of_quarter(p: AnyInspection) -> ClueInspection:
    by_clock = isinstance(p.paper, PeriodOfOffice)
    period = p.paper.period if by_clock else quarter_of(p.today)
    office_id = p.paper.office_id
    common = _common(p, office_id)
    return ClueInspection(**common, no=f"JC-{office_id}-{period}", period=period, finding_count=0)


def office_is_ones_own(p: Performance[ClueInspection, InspectionOpening]) -> None:
    """One of the offices that the liaison office is the counterpart of."""
    office = look_up(p.session, DirectoryOffice, p.paper.office_id)
    if office is None or office.kind != "dispatched_office":
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="office_id")
    if office.liaison_office_id != p.work.actor.office_id:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="office_id")


def inspections_not_begun(p: Performance[ClueInspection, InspectionOpening]) -> None:
    if latest_period(p.session, ClueInspection, p.paper.office_id):
        raise p.refuse(RefusalCode.DUPLICATE, field="office_id")


def start_the_liaison_offices_clock(p: AnyInspection) -> None:
    p.session.flush()
    p.opened.append(
        open_duty(
            p.work,
            p.subject,
            clause="LZ-12.28",
            value="check_within",
            owed_by=LIAISON,
            counted_from=first_day_of(p.subject.period),
            owed_office=p.subject.liaison_office_id,
            warn_before=(10, 3),
        )
    )


OPEN_INSPECTION = Act(
    name="open_inspection",
    zh="启动线索处置季度检查",
    en="Begin the quarterly checks of an office",
    clauses=("LZ-12.28",),
    on=ClueInspection,
    by=(post(LIAISON, at=None),),
    paper=InspectionOpening,
    new=of_quarter,
    becomes="open",
    guards=(office_is_ones_own, inspections_not_begun),
    effect=start_the_liaison_offices_clock,
)
CONTINUE_INSPECTION = Act(
    name="continue_inspection",
    zh="线索处置季度检查(续)",
    en="The next quarter's check",
    clauses=("LZ-12.28",),
    on=ClueInspection,
    by=(),
    paper=PeriodOfOffice,
    new=of_quarter,
    becomes="open",
    effect=start_the_liaison_offices_clock,
)


def note_inspection(p: Performance[ClueInspection, ClueInspectionRecord]) -> None:
    item = p.subject
    item.inspected_on, item.finding_count = p.today, p.paper.finding_count
    item.state = "answer_due" if item.finding_count else "done"


def has_findings(p: AnyInspection) -> bool:
    return bool(p.subject.finding_count)


RECORD_INSPECTION = Act(
    name="record_inspection",
    zh="登记线索处置检查结果",
    en="Record the check of an office's dispositions",
    clauses=("LZ-12.28",),
    on=ClueInspection,
    by=AT_THE_LIAISON_OFFICE,
    paper=ClueInspectionRecord,
    when=("open",),
    otherwise={"answer_due": RefusalCode.DUPLICATE, "done": RefusalCode.DUPLICATE},
    documents=(Document("clue_inspection_record", "线索处置检查记录(扫描)", "LZ-12.28", required=False),),
    effect=note_inspection,
    meets=(Meets("LZ-12.28"),),
    hands_on=(
        HandOn(
            ClueDispositionInspected,
            lambda p: ClueDispositionInspected(
                inspection_id=p.subject.id,
                office_id=p.subject.office_id,
                period=p.subject.period,
                finding_count=p.subject.finding_count,
            ),
        ),
    ),
    tells=(
        Tells(
            HEADS,
            "clue_inspection_to_answer",
            "LZ-12.28",
            office=lambda p: p.subject.office_id,
            only_if=has_findings,
        ),
    ),
)


def note_answer(p: Performance[ClueInspection, InspectionAnswer]) -> None:
    p.subject.answered_on = p.today


ANSWER_INSPECTION = Act(
    name="answer_inspection",
    zh="答复线索处置检查",
    en="Answer the findings of a check",
    clauses=("LZ-12.28",),
    on=ClueInspection,
    by=(post(HEADS),),
    paper=InspectionAnswer,
    when=("answer_due",),
    otherwise={"open": RefusalCode.PRECONDITION_NOT_MET},
    becomes="done",
    effect=note_answer,
    tells=(
        Tells(LIAISON, "clue_inspection_answered", "LZ-12.28", office=lambda p: p.subject.liaison_office_id),
    ),
)

LEDGER_CHECK_ACTS: tuple[Act[Any, Any], ...] = (
    OPEN_RECONCILIATION,
    CONTINUE_RECONCILIATION,
    RECONCILE_LEDGER,
    OPEN_INSPECTION,
    CONTINUE_INSPECTION,
    RECORD_INSPECTION,
    ANSWER_INSPECTION,
)
