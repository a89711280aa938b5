"""A clue that an inspection transferred enters the receiver's own register, once, with a number (XC-37.3d)."""

from __future__ import annotations

from typing import Any

from contracts.events.clues_accountability import TransferRegistered
from contracts.refusals import RefusalCode
from services.chassis.access import post
from services.chassis.act import Act, HandOn, Tells
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.subject import RESTRICTED
from services.chassis.tables import DirectoryCoverage, DirectoryPerson
from services.clues.acts.handed_over import OPEN_HANDED_OVER_CLUE
from services.clues.domain.transfer import RECEIVING_POST, Receiver
from services.clues.papers.handover import HandedOverClue
from services.clues.papers.transfer import TransferAssignment, TransferReceived
from services.clues.storage_transfer import TransferredClue

AnyTransfer = Performance[TransferredClue, Any]


def received(p: Performance[TransferredClue, TransferReceived]) -> TransferredClue:
    paper = p.paper
    return TransferredClue(
        id=p.work.new_id(),
        no="",
        state="registered",
        version=0,
        secrecy=RESTRICTED,
        office_id=paper.office_id,
        liaison_office_id="",
        unit_id=paper.unit_id,
        registrar_id="",
        handler_id="",
        addressee_id="",
        opened_on=paper.transferred_on,
        changed_at=p.work.now,
        clue_no=paper.clue_no,
        batch_id=paper.batch_id,
        route=paper.route.value,
        receiver=paper.receiver.value,
        form_ref=paper.form_ref,
        handover_sheet_id=paper.handover_sheet_id,
        handed_on=paper.transferred_on,
        clue_id="",
        transfer_stage="",
        handling_result="",
        concluded_on=None,
        publicised_on=None,
        channels="",
    )


def number_and_parties(p: Performance[TransferredClue, TransferReceived]) -> None:
    """The persons are known from the first moment: recusal works from them."""
    for person_id in p.paper.subject_ids:
        p.add_party(person_id)
    item = p.subject
    year = item.opened_on.year
    number = p.work.next_number(f"transferred_clue/{item.office_id}/{year}")
    item.no = f"YJ-{item.office_id}-{year}-{number:05d}"


OPEN_TRANSFERRED_CLUE = Act(
    name="open_transferred_clue",
    zh="登记巡察移交的问题线索",
    en="Enter a clue that inspection transferred",
    clauses=("XC-37.3d",),
    on=TransferredClue,
    by=(),
    paper=TransferReceived,
    new=received,
    becomes="registered",
    effect=number_and_parties,
    hands_on=(
        HandOn(
            TransferRegistered,
            lambda p: TransferRegistered(
                clue_no=p.subject.clue_no, receiver_clue_no=p.subject.no, registered_on=p.today
            ),
        ),
    ),
    tells=tuple(
        Tells(
            role,
            "clue_transferred",
            "XC-37.3d",
            office=lambda p: p.subject.office_id,
            only_if=lambda p, whose=receiver: p.subject.receiver == whose,  # type: ignore[misc]
        )
        for receiver, role in RECEIVING_POST.items()
    ),
)


def not_assigned_yet(p: AnyTransfer) -> None:
    if p.subject.clue_id:
        raise p.refuse(RefusalCode.DUPLICATE)


def commissions_own(p: AnyTransfer) -> None:
    """The organisation department has no dispatched offices to assign anything to."""
    if p.subject.receiver != Receiver.DISCIPLINE_COMMISSION:
        raise p.refuse(RefusalCode.WRONG_ROUTE)


def to_the_office_of_the_unit(p: Performance[TransferredClue, TransferAssignment]) -> None:
    coverage = look_up(p.session, DirectoryCoverage, p.subject.unit_id)
    if coverage is None or coverage.office_id != p.paper.office_id:
        raise p.refuse(RefusalCode.WRONG_ADDRESSEE, field="office_id")
    for person_id in p.standing.reported:
        person = look_up(p.session, DirectoryPerson, person_id)
        if person is not None and person.office_id == p.paper.office_id:
            raise p.refuse(RefusalCode.CONFLICT_OF_INTEREST, field="office_id")


def open_its_clue(p: Performance[TransferredClue, TransferAssignment]) -> None:
    """It enters that office's ledger by the rules of every clue that inspection found (LZ-20.12)."""
    p.session.flush()
    item = p.subject
    paper = HandedOverClue(
        handover_id=item.clue_no,
        round_id=item.batch_id,
        subject_ids=tuple(p.standing.reported),
        unit_id=item.unit_id,
        office_id=p.paper.office_id,
        handed_on=p.today,
    )
    item.clue_id = perform_as_service(p.work, OPEN_HANDED_OVER_CLUE, paper).subject.id


ASSIGN_TRANSFERRED_CLUE = Act(
    name="assign_transferred_clue",
    zh="交派驻机构办理移交线索",
    en="Assign a transferred clue to a dispatched office",
    clauses=("XC-37.4d", "LZ-20.12"),
    on=TransferredClue,
    by=(post("case_supervision_office"),),
    paper=TransferAssignment,
    when=("registered", "handling"),
    becomes="handling",
    needs=(commissions_own, not_assigned_yet),
    guards=(to_the_office_of_the_unit,),
    effect=open_its_clue,
)
