"""What clues does on events of inspection: each handed-over clue enters a ledger or a register once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from contracts.envelope import Envelope
from contracts.events.base import Event
from contracts.events.inspection import ClueFound, ClueHandedOver, ClueTransferred
from contracts.refusals import RefusalCode
from services.chassis.access import holders
from services.chassis.effects import SetAside
from services.chassis.perform import perform_as_service
from services.chassis.tables import DirectoryAssignment
from services.chassis.work import Work
from services.clues.acts.found_by_screening import OPEN_FOUND_CLUE, SCREENING
from services.clues.acts.handed_over import INSPECTION, OPEN_HANDED_OVER_CLUE
from services.clues.acts.transfer_register import OPEN_TRANSFERRED_CLUE
from services.clues.domain.transfer import RECEIVING_POST, Receiver, TransferRoute, missing_reference
from services.clues.papers.handover import FoundClue, HandedOverClue
from services.clues.papers.transfer import TransferReceived
from services.clues.storage import Clue
from services.clues.storage_transfer import TransferredClue

DIRECTOR, OFFICE = "inspection_office_director", "inspection_office"


def open_handed_over(work: Work, event: ClueHandedOver, _: Envelope) -> None:
    """One clue for one handover, however often the event arrives and under whatever id (LZ-20.12)."""
    known = select(Clue.id).where(Clue.source == INSPECTION, Clue.source_ref == event.handover_id)
    if work.session.scalars(known).first() is not None:
        return
    paper = HandedOverClue(
        handover_id=event.handover_id,
        round_id=event.round_id,
        subject_ids=event.subject_ids,
        unit_id=event.unit_id,
        office_id=event.office_id,
        handed_on=event.handed_on,
    )
    perform_as_service(work, OPEN_HANDED_OVER_CLUE, paper)


def open_found(work: Work, event: ClueFound, _: Envelope) -> None:
    """One clue for one finding, however often the event arrives and under whatever id (GL-1.24)."""
    known = select(Clue.id).where(Clue.source == SCREENING, Clue.source_ref == event.finding_id)
    if work.session.scalars(known).first() is not None:
        return
    paper = FoundClue(
        finding_id=event.finding_id,
        subject_ids=(event.subject_ref,),
        unit_id=event.unit_id,
        office_id=event.office_id,
        found_on=event.found_on,
    )
    perform_as_service(work, OPEN_FOUND_CLUE, paper)


def enter_transferred(work: Work, event: ClueTransferred, _: Envelope) -> None:
    """One entry for one clue, however often the event arrives and under whatever id (XC-37.3d)."""
    known = select(TransferredClue.id).where(TransferredClue.clue_no == event.clue_no)
    if work.session.scalars(known).first() is not None:
        return
    route = next((one for one in TransferRoute if one == event.route), None)
    receiver = next((one for one in Receiver if one == event.receiver), None)
    office_id = receiving_office(work, receiver) if receiver else ""
    if route is None or receiver is None:
        raise rejected(event, RefusalCode.OUT_OF_RANGE)
    if missing_reference(route, form_id=event.form_id, consent_ref=event.consent_ref):
        raise rejected(event, RefusalCode.MISSING_FIELD)
    if not office_id:
        raise rejected(event, RefusalCode.UNKNOWN_REFERENCE)
    paper = TransferReceived(
        clue_no=event.clue_no,
        batch_id=event.batch_id,
        route=route,
        receiver=receiver,
        form_ref=event.form_id if route is TransferRoute.FINAL else event.consent_ref,
        handover_sheet_id=event.handover_sheet_id,
        office_id=office_id,
        unit_id=event.unit_id,
        subject_ids=event.subject_ids,
        transferred_on=event.transferred_on,
    )
    perform_as_service(work, OPEN_TRANSFERRED_CLUE, paper)


def receiving_office(work: Work, receiver: Receiver) -> str:
    """Where the receiver's post is held today; empty where nobody holds it."""
    role = RECEIVING_POST[receiver]
    persons = holders(work.session, role, work.today)
    query = select(DirectoryAssignment.office_id).where(
        DirectoryAssignment.role == role, DirectoryAssignment.person_id.in_(persons)
    )
    return work.session.scalars(query.order_by(DirectoryAssignment.office_id)).first() or ""


def rejected(event: ClueTransferred, code: RefusalCode) -> SetAside:
    """It is parked and the office director alarmed: nobody at the receiver's could mend what is missing (XC-37.3d)."""

    def alarm(work: Work) -> None:
        work.audit(
            OPEN_TRANSFERRED_CLUE.name,
            "refused",
            subject_kind=TransferredClue.KIND,
            subject_id=event.clue_no,
            code=code.value,
            clauses=("XC-37.3d",),
        )
        role = DIRECTOR if holders(work.session, DIRECTOR, work.today) else OFFICE
        notice = work.own_event(
            "notice_due",
            notice_id=work.new_id(),
            template="transfer_rejected",
            clause="XC-37.3d",
            subject_ref=event.clue_no,
            to_role=role,
            to_person="",
            office_id="",
            sealed=False,
            recused=event.subject_ids,
        )
        work.emit(notice, f"{TransferredClue.KIND}/{event.clue_no}", 1, ("XC-37.3d",))

    return SetAside(code.value, alarm)


REACTIONS: dict[type[Event], Callable[[Work, Any, Envelope], None]] = {
    ClueFound: open_found,
    ClueHandedOver: open_handed_over,
    ClueTransferred: enter_transferred,
}
