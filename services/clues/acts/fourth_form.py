"""A transfer to the procuratorate (GL-1.35), and what undoes a decision afterwards (GL-2.28, GL-4.4)."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from sqlalchemy import exists, or_, select

from contracts.refusals import RefusalCode
from services.chassis.act import Act, Document, approved_by
from services.chassis.performance import Performance
from services.clues.acts.ledger import HANDLING
from services.clues.acts.verification import PASSED_ON
from services.clues.papers.figures import ProsecutionTransferRecord, ReversalRecord
from services.clues.storage_case import Case
from services.clues.storage_figure import ProsecutionTransfer, Reversal
from services.clues.storage_sanction import Sanction

Transferring = Performance[Case, ProsecutionTransferRecord]
Reversing = Performance[Case, ReversalRecord]


def transferred_on(p: Transferring) -> date:
    return p.paper.transferred_on or p.today


def is_of_a_person_reported(p: Transferring) -> None:
    if p.paper.person_id not in p.standing.reported:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="person_id")


def transferred_since_the_filing(p: Transferring) -> None:
    if not (p.subject.filed_on or p.subject.opened_on) <= transferred_on(p) <= p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="transferred_on")


def transferred_once(p: Transferring) -> None:
    of = (ProsecutionTransfer.case_id == p.subject.id, ProsecutionTransfer.person_id == p.paper.person_id)
    if p.session.scalars(select(ProsecutionTransfer.id).where(*of)).first() is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="person_id")


def note_transfer(p: Transferring) -> None:
    p.session.add(
        ProsecutionTransfer(
            id=uuid4().hex,
            case_id=p.subject.id,
            clue_id=p.subject.clue_id,
            office_id=p.subject.office_id,
            person_id=p.paper.person_id,
            transferred_on=transferred_on(p),
        )
    )
    p.facts |= {"person": p.paper.person_id}


TRANSFER_TO_PROCURATORATE = Act(
    name="transfer_to_procuratorate",
    zh="移送检察机关",
    en="Transfer to the procuratorate",
    clauses=("GL-1.35",),
    on=Case,
    by=HANDLING,
    paper=ProsecutionTransferRecord,
    when=(
        "completed",
        "proposed",
        "agreed",
        "at_assisted_review",
        "consented",
        "notified",
        "decided",
        "recorded",
        "executed",
    ),
    documents=(Document("prosecution_opinion", "起诉意见书(盖章扫描)", "GL-1.35"),),
    guards=(is_of_a_person_reported, transferred_since_the_filing, transferred_once),
    approvals=(PASSED_ON, approved_by("commission_leader", "区纪委监委审批", "GL-1.35", at=None)),
    effect=note_transfer,
    anytime=True,
)
"""Of the text we know the count alone; who approves it is ours: the commission, through the liaison office."""


def reversed_on(p: Reversing) -> date:
    return p.paper.reversed_on or p.today


def there_is_something_to_undo(p: Reversing) -> None:
    decided = exists().where(Sanction.case_id == p.subject.id, Sanction.person_id == p.paper.person_id)
    moved = exists().where(
        ProsecutionTransfer.case_id == p.subject.id, ProsecutionTransfer.person_id == p.paper.person_id
    )
    if not p.session.scalar(select(or_(decided, moved))):
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="person_id")


def not_in_the_future(p: Reversing) -> None:
    if not p.subject.opened_on <= reversed_on(p) <= p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="reversed_on")


def undone_once(p: Reversing) -> None:
    if p.session.get(Reversal, (p.subject.id, p.paper.person_id)) is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="person_id")


def note_reversal(p: Reversing) -> None:
    p.session.add(
        Reversal(
            case_id=p.subject.id,
            person_id=p.paper.person_id,
            ground_code=p.paper.ground_code.value,
            reversed_on=reversed_on(p),
        )
    )
    p.facts |= {"person": p.paper.person_id, "ground": p.paper.ground_code.value}


RECORD_REVERSAL = Act(
    name="record_reversal",
    zh="登记处分撤销、无罪判决",
    en="Record that a decision was undone",
    clauses=("GL-2.28", "GL-4.4", "GL-1.35"),
    on=Case,
    by=HANDLING,
    paper=ReversalRecord,
    when=(*TRANSFER_TO_PROCURATORATE.when, "archived"),
    documents=(Document("reversal_document", "撤销决定或者无罪判决(扫描)", "GL-2.28"),),
    guards=(there_is_something_to_undo, not_in_the_future, undone_once),
    effect=note_reversal,
    anytime=True,
)
"""The sanction's own record stays as it was decided; the figures count it no more, and what was published stays."""

FOURTH_FORM_ACTS = (TRANSFER_TO_PROCURATORATE, RECORD_REVERSAL)
