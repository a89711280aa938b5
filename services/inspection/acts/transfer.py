"""A clue leaves for its receiver by one of three routes, and what the receiver answers is entered in the ledger.

The sending side of XC-37.3d, XC-37.4d and XC-26.0d; the rows of the rounds themselves (proposals, consents, the four
signatures) come with the rounds: here their references and scans are asked for.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from sqlalchemy import Select, or_, select

from contracts.events.inspection import ClueTransferred
from contracts.refusals import RefusalCode
from services.chassis.access import post, visible
from services.chassis.act import Act, Document, HandOn, Meets
from services.chassis.duties import open_duty
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.subject import RESTRICTED
from services.chassis.tables import DirectoryOffice, DirectoryPerson
from services.inspection.acts import clue_ledger
from services.inspection.acts.expedite import NOTE_LEAVING
from services.inspection.domain.transfer import CLAUSE_OF, DOCUMENTS, REFERENCES, Receiver, TransferRoute
from services.inspection.papers.expedite import LeavingNote
from services.inspection.papers.transfer import (
    ClueTransferSheet,
    ReceiversConclusion,
    ReceiversProgress,
    ReceiversPublication,
    ReceiversRegistration,
)
from services.inspection.storage_field import FoundClue
from services.inspection.storage_transfer import ClueTransfer

Transferring = Performance[ClueTransfer, ClueTransferSheet]
AnyTransfer = Performance[ClueTransfer, Any]
CASE_SUPERVISION = "case_supervision_office"


def transferred_by_now(p: Transferring) -> None:
    if p.paper.transferred_on > p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="transferred_on")


def unit_and_persons_exist(p: Transferring) -> None:
    if look_up(p.session, DirectoryOffice, p.paper.unit_id) is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="unit_id")
    for person_id in p.paper.subject_ids:
        if look_up(p.session, DirectoryPerson, person_id) is None:
            raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="subject_ids")


def actor_is_not_concerned(p: Transferring) -> None:
    if p.work.actor.recused_for & set(p.paper.subject_ids):
        raise p.refuse(RefusalCode.CONFLICT_OF_INTEREST, field="subject_ids")


def papers_of_the_route_are_here(p: Transferring) -> None:
    route = p.paper.route
    for field in REFERENCES[route]:
        if not getattr(p.paper, field):
            raise p.refuse(RefusalCode.MISSING_FIELD, field=field, clauses=(CLAUSE_OF[route],))
    for kind in DOCUMENTS[route]:
        if not p.attached.get(kind):
            raise p.refuse(
                RefusalCode.MISSING_DOCUMENT, field=f"attachments.{kind}", clauses=(CLAUSE_OF[route],)
            )


def at_once_to_the_commission(p: Transferring) -> None:
    """What is to be rectified or investigated at once goes to the discipline commission and to nobody else."""
    if p.paper.route is TransferRoute.FINAL:
        return
    if p.paper.receiver is not Receiver.DISCIPLINE_COMMISSION:
        raise p.refuse(RefusalCode.WRONG_ADDRESSEE, field="receiver", clauses=(CLAUSE_OF[p.paper.route],))


def leading_group_has_consented(p: Transferring) -> None:
    """Of a clue in a team's register the consent is here itself; of any other one its number and scan."""
    if not p.paper.found_clue_id:
        return
    clue = _found_clue(p)
    wanted = {TransferRoute.RECTIFY_NOW: "XC-25.0c", TransferRoute.INVESTIGATE_NOW: "XC-26.0b"}
    clause = wanted.get(p.paper.route)
    if clause is None:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="route", clauses=("XC-37.3b",))
    if clue.state != "expedite_approved" or clue.proposed_route != p.paper.route.value:
        raise p.refuse(RefusalCode.APPROVAL_REQUIRED, field="found_clue_id", clauses=(clause,))


def _found_clue(p: Transferring) -> FoundClue:
    """Locked; raises Refusal(UNKNOWN_REFERENCE) for one that the actor may not know of."""
    knows = p.work.runtime.kinds[FoundClue.KIND].knows
    query = select(FoundClue).where(
        FoundClue.id == p.paper.found_clue_id, visible(FoundClue, p.work.actor, knows)
    )
    clue = p.session.scalars(query.with_for_update()).one_or_none()
    if clue is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="found_clue_id")
    return clue


def not_transferred_yet(p: Transferring) -> None:
    """One entry a clue of a round, by whatever route; an entry that is hidden from the actor refuses nothing."""
    knows = p.work.runtime.kinds[ClueTransfer.KIND].knows
    known = _of_same_clue(p.paper).where(visible(ClueTransfer, p.work.actor, knows))
    if p.session.scalars(known).first() is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="found_no", clauses=(CLAUSE_OF[p.paper.route],))


def _of_same_clue(paper: ClueTransferSheet) -> Select[str]:
    key = f"{paper.round_id}/{paper.found_no}"
    again = ClueTransfer.found_key.startswith(f"{key}/again/", autoescape=True)
    return select(ClueTransfer.id).where(or_(ClueTransfer.found_key == key, again))


def opened(p: Transferring) -> ClueTransfer:
    paper, actor = p.paper, p.work.actor
    key = f"{paper.round_id}/{paper.found_no}"
    taken = p.session.scalars(_of_same_clue(paper)).first() is not None
    return ClueTransfer(
        id=p.work.new_id(),
        no="",
        state="transferred",
        version=0,
        secrecy=RESTRICTED,
        office_id=actor.office_id,
        liaison_office_id="",
        unit_id=paper.unit_id,
        registrar_id=actor.person_id,
        handler_id=actor.person_id,
        addressee_id="",
        opened_on=paper.transferred_on,
        changed_at=p.work.now,
        round_id=paper.round_id,
        found_no=paper.found_no,
        batch_id=paper.batch_id,
        route=paper.route.value,
        receiver=paper.receiver.value,
        form_id=paper.form_id,
        consent_ref=paper.consent_ref,
        handover_sheet_id=paper.handover_sheet_id,
        handed_on=paper.transferred_on,
        found_key=f"{key}/again/{uuid4().hex}" if taken else key,
        receiver_no="",
        transfer_stage="",
        handling_result="",
    )


def number_and_parties(p: Transferring) -> None:
    """The number stands in the event: the receiver answers by it, so it tells nothing of how many there are."""
    others = _of_same_clue(p.paper).where(ClueTransfer.id != p.subject.id).order_by(ClueTransfer.no)
    if (other := p.session.scalars(others).first()) is not None:
        p.facts["same_clue_as"] = other  # in the audit trail alone: the actor may not know of it
    for person_id in p.paper.subject_ids:
        p.add_party(person_id)
    if p.paper.found_clue_id:
        perform_as_service(p.work, NOTE_LEAVING, LeavingNote(transfer_id=p.subject.id), _found_clue(p))
    year = p.subject.opened_on.year
    p.subject.no = f"XCXS-{year}-{p.work.next_number(f'clue_transfer/{year}'):05d}"
    clue_ledger.enter_transferred(p.work, p.subject, p.paper.found_clue_id)


def transferred_event(p: Transferring) -> ClueTransferred:
    item = p.subject
    return ClueTransferred(
        clue_no=item.no,
        batch_id=item.batch_id,
        route=item.route,
        receiver=item.receiver,
        form_id=item.form_id,
        consent_ref=item.consent_ref,
        handover_sheet_id=item.handover_sheet_id,
        unit_id=item.unit_id,
        subject_ids=p.paper.subject_ids,
        transferred_on=item.handed_on,
    )


TRANSFER_CLUE = Act(
    name="transfer_clue",
    zh="移交问题线索(纪委监委、组织部)",
    en="Transfer a clue to its receiver",
    clauses=("XC-37.3b", "XC-26.0c", "XC-25.0d", "XC-37.4a"),
    on=ClueTransfer,
    by=(post("inspection_office", at=None),),
    paper=ClueTransferSheet,
    new=opened,
    becomes="transferred",
    documents=(
        Document("transfer_approval_form", "巡察问题线索移交审批表(扫描)", "XC-37.3b", required=False),
        Document("handover_sheet", "移交材料交接单(扫描)", "XC-37.3b", required=False),
        Document("immediate_rectification_proposal", "处置建议(扫描)", "XC-25.0d", required=False),
        Document("investigation_proposal", "审查建议(扫描)", "XC-26.0c", required=False),
        Document("clue_file", "问题线索材料", "XC-37.3b", required=False),
    ),
    guards=(
        transferred_by_now,
        unit_and_persons_exist,
        actor_is_not_concerned,
        at_once_to_the_commission,
        leading_group_has_consented,
        papers_of_the_route_are_here,
        not_transferred_yet,
    ),
    effect=number_and_parties,
    hands_on=(HandOn(ClueTransferred, transferred_event),),
)


def note_registration(p: Performance[ClueTransfer, ReceiversRegistration]) -> None:
    p.subject.receiver_no = p.paper.receiver_no
    clue_ledger.follow(p.work, p.subject)


NOTE_TRANSFER_REGISTERED = Act(
    name="note_transfer_registered",
    zh="登记接收单位回执",
    en="Note the receiver's registration",
    clauses=("XC-37.3d",),
    on=ClueTransfer,
    by=(),
    paper=ReceiversRegistration,
    when=("transferred",),
    becomes="registered",
    effect=note_registration,
)


def note_progress(p: Performance[ClueTransfer, ReceiversProgress]) -> None:
    """A clue that is taken up again after its conclusion has stages again; the conclusion stays."""
    p.subject.transfer_stage = p.paper.stage
    if p.subject.state in ("transferred", "registered"):
        p.subject.state = "handling"
    clue_ledger.follow(p.work, p.subject)


NOTE_DISPOSAL_PROGRESSED = Act(
    name="note_disposal_progressed",
    zh="登记接收单位办理进展",
    en="Note the receiver's progress",
    clauses=("XC-37.4d",),
    on=ClueTransfer,
    by=(),
    paper=ReceiversProgress,
    effect=note_progress,
)


def note_conclusion(p: Performance[ClueTransfer, ReceiversConclusion]) -> None:
    item = p.subject
    item.handling_result, item.concluded_on = p.paper.result_code, p.paper.concluded_on
    clue_ledger.follow(p.work, item)
    if item.route == TransferRoute.INVESTIGATE_NOW:
        remind_of_publication(p)


def remind_of_publication(p: Performance[ClueTransfer, ReceiversConclusion]) -> None:
    """It is owed by the receiver, where it is; the clock is ours and warns (XC-26.0d)."""
    p.session.flush()
    kind = DirectoryOffice.kind == CASE_SUPERVISION
    office = select(DirectoryOffice.office_id).where(kind).order_by(DirectoryOffice.office_id)
    duty = open_duty(
        p.work,
        p.subject,
        clause="XC-26.0d",
        value="act_within",
        owed_by=CASE_SUPERVISION,
        counted_from=p.paper.concluded_on,
        owed_office=p.session.scalars(office).first() or "",
    )
    p.opened.append(duty)


NOTE_CLUE_CONCLUDED = Act(
    name="note_clue_concluded",
    zh="登记接收单位办理结果",
    en="Note the receiver's conclusion",
    clauses=("XC-37.4d", "XC-26.0d"),
    on=ClueTransfer,
    by=(),
    paper=ReceiversConclusion,
    when=("transferred", "registered", "handling"),
    becomes="concluded",
    effect=note_conclusion,
)


def note_publication(p: Performance[ClueTransfer, ReceiversPublication]) -> None:
    p.subject.publicised_on = p.paper.publicised_on


NOTE_CASE_PUBLICISED = Act(
    name="note_case_publicised",
    zh="登记通报曝光",
    en="Note that the result was made public",
    clauses=("XC-26.0d",),
    on=ClueTransfer,
    by=(),
    paper=ReceiversPublication,
    when=("concluded",),
    becomes="publicised",
    effect=note_publication,
    meets=(Meets("XC-26.0d"),),
)
