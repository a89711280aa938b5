"""The receiver reports each stage and the conclusion of a transferred clue, and makes a result public.

XC-37.4d, XC-26.0d. What the receiver handles itself is entered by hand; a clue that a dispatched office handles
reports by itself, with each change of its state.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.events.clues_accountability import ClueConcluded, DisposalProgressed, UrgentCasePublicised
from contracts.refusals import RefusalCode
from services.chassis.access import OWN_OFFICE, listed_ids, post
from services.chassis.act import Act, Document, HandOn
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.clues.domain.transfer import RECEIVING_POST, TransferRoute
from services.clues.papers.transfer import ClueMoved, Publication, TransferConclusion, TransferProgress
from services.clues.storage import Clue
from services.clues.storage_transfer import TransferredClue

AnyTransfer = Performance[TransferredClue, Any]
AT_THE_RECEIVER = (post(*RECEIVING_POST.values(), at=OWN_OFFICE),)
CLAUSE = ("XC-37.4d",)
LEFT_THE_OFFICE = ("closed", "handled", "submitted")
"""States of a clue from which its office reports nothing more of it."""


def progressed_event(p: AnyTransfer) -> DisposalProgressed:
    return DisposalProgressed(clue_no=p.subject.clue_no, stage=p.subject.transfer_stage, reported_on=p.today)


PROGRESSED = HandOn(DisposalProgressed, progressed_event)
CONCLUDED = HandOn(
    ClueConcluded,
    lambda p: ClueConcluded(
        clue_no=p.subject.clue_no, result_code=p.subject.handling_result, concluded_on=p.subject.concluded_on
    ),
    only_if=lambda p: p.subject.state == "concluded" and p.from_state != "concluded",
)
"""Once: a concluded entry is concluded no second time, whatever becomes of its clue (XC-37.4d)."""


def not_at_another_office(p: AnyTransfer) -> None:
    """While a dispatched office has the clue, its states are the stages and nobody enters others by hand."""
    clue = p.session.get(Clue, p.subject.clue_id) if p.subject.clue_id else None
    if clue is not None and clue.state not in LEFT_THE_OFFICE:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET)


def note_stage(p: Performance[TransferredClue, TransferProgress]) -> None:
    p.subject.transfer_stage = p.paper.stage.value


REPORT_TRANSFER_PROGRESS = Act(
    name="report_transfer_progress",
    zh="反馈移交线索办理进展",
    en="Report the progress of a transferred clue",
    clauses=CLAUSE,
    on=TransferredClue,
    by=AT_THE_RECEIVER,
    paper=TransferProgress,
    when=("registered", "handling"),
    becomes="handling",
    needs=(not_at_another_office,),
    effect=note_stage,
    hands_on=(PROGRESSED,),
    anytime=True,
)


def note_conclusion(p: Performance[TransferredClue, TransferConclusion]) -> None:
    p.subject.handling_result, p.subject.concluded_on = p.paper.result_code.value, p.today


CONCLUDE_TRANSFERRED_CLUE = Act(
    name="conclude_transferred_clue",
    zh="登记移交线索办结",
    en="Conclude a transferred clue",
    clauses=CLAUSE,
    on=TransferredClue,
    by=AT_THE_RECEIVER,
    paper=TransferConclusion,
    when=("registered", "handling"),
    otherwise={"concluded": RefusalCode.DUPLICATE, "publicised": RefusalCode.DUPLICATE},
    becomes="concluded",
    documents=(Document("disposition_report", "办理情况报告(扫描)", "XC-37.4d", required=False),),
    needs=(not_at_another_office,),
    effect=note_conclusion,
    hands_on=(CONCLUDED,),
)


def note_move(p: Performance[TransferredClue, ClueMoved]) -> None:
    """Of a clue that ended, and was taken up again later, the stages go on; its conclusion stays the first."""
    item, paper = p.subject, p.paper
    item.transfer_stage = paper.stage
    if paper.result_code and item.state == "handling":
        item.state, item.handling_result, item.concluded_on = "concluded", paper.result_code, p.today


NOTE_CLUE_MOVED = Act(
    name="note_clue_moved",
    zh="登记移交线索办理进展(承办机构)",
    en="Note that the clue moved on at its office",
    clauses=CLAUSE,
    on=TransferredClue,
    by=(),
    paper=ClueMoved,
    when=("handling", "concluded", "publicised"),
    effect=note_move,
    hands_on=(PROGRESSED, CONCLUDED),
)


def report_to_inspection(p: Performance[Clue, Any], *, ended: bool) -> None:
    """Let the register follow a clue's change of state; nothing happens for one that did not come from there."""
    clue = p.subject
    query = select(TransferredClue).where(TransferredClue.clue_id == clue.id).with_for_update()
    entry = p.session.scalars(query).one_or_none()
    if entry is not None:
        result = (clue.outcome_code or clue.state) if ended else ""
        paper = ClueMoved(clue_id=clue.id, stage=clue.state, result_code=result)
        perform_as_service(p.work, NOTE_CLUE_MOVED, paper, entry)


def was_to_be_investigated_at_once(p: AnyTransfer) -> None:
    if p.subject.route != TransferRoute.INVESTIGATE_NOW:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE)


def publicised_after_the_conclusion(p: Performance[TransferredClue, Publication]) -> None:
    if not (p.subject.concluded_on or p.today) <= p.paper.publicised_on <= p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="publicised_on")


def note_publication(p: Performance[TransferredClue, Publication]) -> None:
    p.subject.publicised_on = p.paper.publicised_on
    p.subject.channels = listed_ids(dict.fromkeys(channel.value for channel in p.paper.channels))


PUBLICISE_CASE = Act(
    name="publicise_case",
    zh="向社会通报曝光",
    en="Make the result public",
    clauses=("XC-26.0d",),
    on=TransferredClue,
    by=(post("case_supervision_office"),),
    paper=Publication,
    when=("concluded",),
    otherwise={"publicised": RefusalCode.DUPLICATE},
    becomes="publicised",
    documents=(Document("disposition_report", "通报文稿(扫描)", "XC-26.0d", required=False),),
    needs=(was_to_be_investigated_at_once,),
    guards=(publicised_after_the_conclusion,),
    effect=note_publication,
    hands_on=(
        HandOn(
            UrgentCasePublicised,
            lambda p: UrgentCasePublicised(
                clue_no=p.subject.clue_no,
                publicised_on=p.subject.publicised_on,
                channels=tuple(dict.fromkeys(channel.value for channel in p.paper.channels)),
            ),
        ),
    ),
)
