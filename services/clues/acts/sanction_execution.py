"""After the decision: the sanctioned person is educated, the execution supervised and verified (LZ-17.19, LZ-17.20)."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from contracts.events.clues_cases import SanctionExecuted
from contracts.refusals import RefusalCode
from services.chassis.act import Act, Document, HandOn, Tells, approved_by
from services.chassis.performance import Performance
from services.clues.acts.filing import AnyCase
from services.clues.acts.filing_approval import MINUTES
from services.clues.acts.ledger import HANDLING
from services.clues.acts.reported import head_may_decide
from services.clues.domain.execution import ItemResult, still_open
from services.clues.papers.sanction_decision import EducationRecord, ExecutionRecord, SanctionExecutionEntry
from services.clues.storage_case import Case
from services.clues.storage_sanction import Sanction, SanctionEducation, SanctionExecution

Educating = Performance[Case, EducationRecord]
Executing = Performance[Case, SanctionExecutionEntry]
IN_FORCE = ("decided", "recorded", "executed")


def sanctions_of(p: AnyCase) -> list[Sanction]:
    query = select(Sanction).where(Sanction.case_id == p.subject.id)
    return list(p.session.scalars(query.order_by(Sanction.person_id)))


def sanction_of(p: Performance[Case, Any]) -> Sanction:
    """The sanction of the person whom the paper names; raises Refusal(UNKNOWN_REFERENCE) for anybody else."""
    for sanction in sanctions_of(p):
        if sanction.person_id == p.paper.person_id:
            return sanction
    raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="person_id")


def held_on(p: Educating) -> date:
    return p.paper.held_on or p.today


def held_since_the_decision(p: Educating) -> None:
    if not sanction_of(p).decided_on <= held_on(p) <= p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="held_on")


def keep_education(p: Educating) -> None:
    sanction = sanction_of(p)
    p.session.add(SanctionEducation(id=p.work.new_id(), sanction_id=sanction.id, held_on=held_on(p)))
    p.facts |= {"sanction": sanction.id}


RECORD_EDUCATION = Act(
    name="record_education",
    zh="登记受处分人员教育",
    en="Record the education of a sanctioned person",
    clauses=("LZ-17.19",),
    on=Case,
    by=HANDLING,
    paper=EducationRecord,
    when=IN_FORCE,
    documents=(Document("education_record", "受处分人员教育记录(扫描)", "LZ-17.19", required=False),),
    guards=(held_since_the_decision,),
    effect=keep_education,
    anytime=True,
)
"""The text says should: it is asked for on the case as long as that is open, and holds nothing up."""


def done_on(p: Executing) -> date | None:
    return (p.paper.done_on or p.today) if p.paper.result_code is ItemResult.DONE else None


def done_since_the_decision(p: Executing) -> None:
    sanction, done = sanction_of(p), done_on(p)
    if done is not None and not sanction.decided_on <= done <= p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="done_on")
    if done is None and not p.paper.reason:
        raise p.refuse(RefusalCode.MISSING_REASON, field="reason")


def keep_item(p: Executing) -> None:
    """Recorded again, the later word counts; both papers stay on file."""
    row = SanctionExecution(
        sanction_id=sanction_of(p).id,
        item_code=p.paper.item_code.value,
        result_code=p.paper.result_code.value,
        done_on=done_on(p),
    )
    p.session.merge(row)
    p.facts |= {"sanction": row.sanction_id, "item": row.item_code, "result": row.result_code}


RECORD_EXECUTION = Act(
    name="record_execution",
    zh="登记处分决定执行事项",
    en="Record an item of the execution",
    clauses=("LZ-17.20",),
    on=Case,
    by=HANDLING,
    paper=SanctionExecutionEntry,
    when=("decided", "recorded"),
    guards=(done_since_the_decision,),
    effect=keep_item,
)


def every_item_is_recorded(p: AnyCase) -> None:
    """Raises Refusal(NOT_VERIFIED) while an item of any of the case's sanctions is open."""
    for sanction in sanctions_of(p):
        query = select(SanctionExecution.item_code).where(SanctionExecution.sanction_id == sanction.id)
        if still_open(p.session.scalars(query)):
            raise p.refuse(RefusalCode.NOT_VERIFIED)


def note_execution(p: AnyCase) -> None:
    p.subject.executed_on = p.today


VERIFY_SANCTION_EXECUTION = Act(
    name="verify_sanction_execution",
    zh="核实处分决定执行",
    en="Verify the execution of the sanctions",
    clauses=("LZ-17.20", "LZ-22.5"),
    on=Case,
    by=HANDLING,
    paper=ExecutionRecord,
    when=("recorded",),
    otherwise={"decided": RefusalCode.MISSING_DOCUMENT},
    becomes="executed",
    documents=(Document("sanction_execution_record", "处分决定执行记录(盖章扫描)", "LZ-17.20"), MINUTES),
    needs=(head_may_decide,),
    guards=(every_item_is_recorded,),
    approvals=(approved_by("dispatched_office_head", "派驻机构主要负责人审批", "LZ-17.20", sole=True),),
    effect=note_execution,
    hands_on=(
        HandOn(SanctionExecuted, lambda p: SanctionExecuted(case_id=p.subject.id, verified_on=p.today)),
    ),
    tells=(Tells("", "sanction_executed", "LZ-17.20", person=lambda p: p.subject.handler_id),),
)
"""Execution is one of the important questions that are studied collectively first (LZ-22.5)."""
