"""Clues are handed over in person: arranged, confirmed by four parties, then transferred one by one (XC-37.3)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.events.inspection import ClueTransferred
from contracts.refusals import Refusal, RefusalCode
from services.chassis.access import anyone, holders, listed_ids, parties_of, post
from services.chassis.act import Act, HandOn, Tells
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED
from services.chassis.values import value_in_force
from services.chassis.work import Work
from services.inspection.acts import clue_ledger
from services.inspection.acts.posts import (
    LAID_BEFORE,
    LEADER,
    LIAISON,
    OFFICE,
    ids_in,
    not_in_the_future,
    persons_known,
)
from services.inspection.acts.transfer_forms import SECTIONS
from services.inspection.domain.handing_codes import (
    RECEIVING_PARTY,
    SHEET_PARTY_ZH,
    FormHolder,
    HandoverMode,
    SheetParty,
)
from services.inspection.domain.transfer import Receiver, TransferRoute
from services.inspection.papers.expedite import LeavingNote
from services.inspection.papers.handing import (
    FinalTransfer,
    HandoverAppointment,
    HandoverSheet,
    SheetSignature,
)
from services.inspection.reading import pledged
from services.inspection.storage_field import FoundClue
from services.inspection.storage_handing import TransferForm
from services.inspection.storage_transfer import ClueTransfer

AnyForm = Performance[TransferForm, Any]
Arranging = Performance[TransferForm, HandoverAppointment]
Completing = Performance[TransferForm, HandoverSheet]
Transferring = Performance[ClueTransfer, FinalTransfer]


def for_signers(work: Work, row: Any) -> None:
    """The office arranges the hand-over; what is in the form only its director reads there (XC-37.2b)."""
    pledged(work, row)
    if work.actor.role == "inspection_office":
        raise Refusal(RefusalCode.ACCESS_DENIED, clauses=("XC-37.2b",))


def in_person(p: Arranging) -> None:
    if p.paper.mode is not HandoverMode.IN_PERSON:
        raise p.refuse(RefusalCode.WRONG_ROUTE, field="mode", clauses=("XC-37.3a",))


def with_the_section_that_takes_over(p: Arranging) -> None:
    section = RECEIVING_PARTY[Receiver(p.subject.receiver)]
    if not holders(p.session, section.value, p.today, p.paper.receiving_office_id):
        raise p.refuse(RefusalCode.WRONG_ADDRESSEE, field="receiving_office_id", clauses=("XC-37.3a",))


def note_appointment(p: Arranging) -> None:
    p.subject.receiving_office_id = p.paper.receiving_office_id


ARRANGE_HANDOVER = Act(
    name="arrange_handover",
    zh="约定当面移交",
    en="Arrange the hand-over in person",
    clauses=("XC-37.3a",),
    on=TransferForm,
    by=OFFICE,
    paper=HandoverAppointment,
    when=("approved",),
    otherwise={"filled": RefusalCode.APPROVAL_REQUIRED},
    becomes="arranged",
    guards=(in_person, with_the_section_that_takes_over),
    effect=note_appointment,
    tells=tuple(Tells(section.value, "handover_arranged", "XC-37.3a") for section in SECTIONS),
)


def party_of(p: AnyForm) -> SheetParty:
    """For which of the four somebody signs: their team before their post."""
    if p.work.actor.person_id in (p.subject.leader_id, p.subject.liaison_id):
        return SheetParty.TEAM
    if OFFICE[0].has_role(p.work.actor):
        return SheetParty.OFFICE
    return SheetParty(p.work.actor.role)


def has_not_signed(p: AnyForm) -> None:
    if party_of(p).value in ids_in(p.subject.signed_parties):
        raise p.refuse(RefusalCode.DUPLICATE)


def checked_item_by_item(p: Performance[TransferForm, SheetSignature]) -> None:
    if not p.paper.confirmed:
        raise p.refuse(RefusalCode.MISSING_SIGNATURE, field="confirmed", clauses=("XC-37.3b",))


def sign(p: AnyForm) -> None:
    p.subject.signed_parties = listed_ids([*ids_in(p.subject.signed_parties), party_of(p).value])


SIGN_HANDOVER_SHEET = Act(
    name="sign_handover_sheet",
    zh="交接单签字",
    en="Sign the handover sheet",
    clauses=("XC-37.3b",),
    on=TransferForm,
    by=(
        anyone(LEADER),
        anyone(LIAISON),
        *OFFICE,
        post(*(section.value for section in SECTIONS), at=LAID_BEFORE),
    ),
    paper=SheetSignature,
    when=("arranged",),
    needs=(has_not_signed,),
    guards=(checked_item_by_item,),
    effect=sign,
)


def parties_wanted(p: AnyForm) -> set[SheetParty]:
    """All four by the text; a deployment may excuse the section that receives nothing (value `signatures`)."""
    wanted = set(SheetParty)
    if value_in_force(p.session, "XC-37.3b", "signatures", p.today).amount < len(SheetParty):
        wanted -= set(SECTIONS) - {RECEIVING_PARTY[Receiver(p.subject.receiver)]}
    return wanted


def all_parties_have_signed(p: Completing) -> None:
    signed = set(ids_in(p.subject.signed_parties))
    missing = [party for party in SheetParty if party in parties_wanted(p) and party.value not in signed]
    if missing:
        refusal = p.refuse(RefusalCode.MISSING_SIGNATURE, clauses=("XC-37.3b",))
        refusal.detail_zh = f"尚未签字:{'、'.join(SHEET_PARTY_ZH[party] for party in missing)}"
        refusal.detail_en = f"Not signed yet: {', '.join(missing)}"
        raise refusal


def catalogue_lists_every_file(p: Completing) -> None:
    if set(ids_in(p.subject.clue_ids)) - set(ids_in(p.subject.catalogued)):
        raise p.refuse(RefusalCode.CONTENT_RULE, clauses=("XC-37.1b",))


def receiving_leader_has_signed(p: Completing) -> None:
    if not p.paper.receiver_signed_by:
        raise p.refuse(RefusalCode.MISSING_SIGNATURE, field="receiver_signed_by", clauses=("XC-37.3c",))
    persons_known(p, (p.paper.receiver_signed_by,), "receiver_signed_by")


def three_copies(p: Completing) -> None:
    if sorted(p.paper.copies) != sorted(FormHolder):
        raise p.refuse(RefusalCode.COPY_COUNT, field="copies", clauses=("XC-37.3c",))


def transfer_each(p: Completing) -> None:
    form = p.subject
    form.handed_on = p.paper.handed_on
    p.session.flush()
    sheet = p.filed.id if p.filed else form.id
    for clue_id in ids_in(form.clue_ids):
        paper = FinalTransfer(found_clue_id=clue_id, form_id=form.id, handover_sheet_id=sheet)
        perform_as_service(p.work, TRANSFER_FINALLY, paper)


COMPLETE_HANDOVER = Act(
    name="complete_handover",
    zh="完成当面移交",
    en="Complete the hand-over",
    clauses=("XC-37.3b", "XC-37.3c", "XC-37.1b"),
    on=TransferForm,
    by=OFFICE,
    paper=HandoverSheet,
    when=("arranged",),
    otherwise={"filled": RefusalCode.APPROVAL_REQUIRED, "approved": RefusalCode.PRECONDITION_NOT_MET},
    becomes="handed_over",
    guards=(
        not_in_the_future("handed_on"),
        all_parties_have_signed,
        catalogue_lists_every_file,
        receiving_leader_has_signed,
        three_copies,
    ),
    effect=transfer_each,
)


def form_of(p: Transferring) -> TransferForm:
    return p.session.get_one(TransferForm, p.paper.form_id)


def transferred(p: Transferring) -> ClueTransfer:
    clue, form = p.session.get_one(FoundClue, p.paper.found_clue_id), form_of(p)
    key = f"{form.round_id}/{clue.no}"
    return ClueTransfer(
        id=p.work.new_id(), no="", state="transferred", version=0, secrecy=RESTRICTED, office_id=form.office_id,
        liaison_office_id="", unit_id=form.unit_id, registrar_id="", handler_id="", addressee_id="",
        opened_on=form.handed_on, changed_at=p.work.now, round_id=form.round_id, found_no=clue.no,
        batch_id=form.no, route=TransferRoute.FINAL.value, receiver=form.receiver, form_id=form.id,
        consent_ref="", handover_sheet_id=p.paper.handover_sheet_id, handed_on=form.handed_on, found_key=key,
        receiver_no="", transfer_stage="", handling_result="",
    )  # fmt: skip


def number_and_enter(p: Transferring) -> None:
    """As `transfer_clue`: the number stands in the event, and the ledger follows."""
    clue = p.session.scalars(
        select(FoundClue).where(FoundClue.id == p.paper.found_clue_id).with_for_update()
    ).one()
    p.known["subjects"] = tuple(parties_of(p.session, clue))
    for person in p.known["subjects"]:
        p.add_party(person)
    year = p.subject.opened_on.year
    p.subject.no = f"XCXS-{year}-{p.work.next_number(f'clue_transfer/{year}'):05d}"
    perform_as_service(p.work, NOTE_FINAL_LEAVING, LeavingNote(transfer_id=p.subject.id), clue)
    clue_ledger.enter_transferred(p.work, p.subject, clue.id)


TRANSFER_FINALLY = Act(
    name="transfer_finally",
    zh="巡察结束后移交问题线索",
    en="A clue is transferred after the round",
    clauses=("XC-37.3b", "XC-37.4a"),
    on=ClueTransfer,
    by=(),
    paper=FinalTransfer,
    new=transferred,
    becomes="transferred",
    effect=number_and_enter,
    hands_on=(
        HandOn(
            ClueTransferred,
            lambda p: ClueTransferred(
                clue_no=p.subject.no,
                batch_id=p.subject.batch_id,
                route=p.subject.route,
                receiver=p.subject.receiver,
                form_id=p.subject.form_id,
                consent_ref="",
                handover_sheet_id=p.subject.handover_sheet_id,
                unit_id=p.subject.unit_id,
                subject_ids=p.known["subjects"],
                transferred_on=p.subject.handed_on,
            ),
        ),
    ),
)
NOTE_FINAL_LEAVING = Act(
    name="note_final_leaving",
    zh="登记线索移交",
    en="The clue has been handed over",
    clauses=("XC-37.3b",),
    on=FoundClue,
    by=(),
    paper=LeavingNote,
    becomes="transferred",
)
ACTS: tuple[Act[Any, Any], ...] = (
    ARRANGE_HANDOVER,
    SIGN_HANDOVER_SHEET,
    COMPLETE_HANDOVER,
    TRANSFER_FINALLY,
    NOTE_FINAL_LEAVING,
)
