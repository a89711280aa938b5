"""The inspection office passes petitions outside a round's scope to the petition office, as one batch (XC-39.0c).

The sending side of XC-39.0d. What the teams sent (referral_slips) goes with it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.events.inspection import PetitionsReferred
from contracts.refusals import RefusalCode
from services.chassis.act import Act, Document, HandOn
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED
from services.inspection.acts.posts import ANY_OFFICE, TAKES_PART
from services.inspection.acts.referral_slips import NOTE_SLIP_REFERRED
from services.inspection.domain.petition_codes import PetitionRoute
from services.inspection.papers.leaving import SlipNote
from services.inspection.papers.transfer import PetitionReferralForm, ReferralReceiptNote
from services.inspection.storage_leaving import ReferralSlip
from services.inspection.storage_petition import TeamPetition
from services.inspection.storage_transfer import PetitionReferral, ReferredSerial

Referring = Performance[PetitionReferral, PetitionReferralForm]


def not_past_the_office(p: Referring) -> None:
    """A team's slips go to the office, which puts them together (XC-39.0c)."""
    if not ANY_OFFICE[0].has_role(p.work.actor):
        raise p.refuse(RefusalCode.WRONG_ROUTE)


def nothing_is_delivered_directly(p: Referring) -> None:
    """Direct items go sealed to one addressee (XC-13.2); that a serial is one, the text itself has us say here."""
    direct = select(TeamPetition.id).where(
        TeamPetition.round_id == p.paper.round_id,
        TeamPetition.no.in_(p.paper.petition_serials),
        TeamPetition.route_code == PetitionRoute.DIRECT.value,
    )
    if p.session.scalars(direct.limit(1)).first() is not None:
        raise p.refuse(RefusalCode.SEALED_ITEM, field="petition_serials", clauses=("XC-39.0c",))


def referred_by_now(p: Referring) -> None:
    if p.paper.referred_on > p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="referred_on")


def each_serial_once(p: Referring) -> None:
    """Neither twice in the batch, nor in another one: the petition office registers each serial once (XC-39.0d)."""
    serials = p.paper.petition_serials
    taken = select(ReferredSerial.serial).where(
        ReferredSerial.round_id == p.paper.round_id, ReferredSerial.serial.in_(serials)
    )
    if len(set(serials)) < len(serials) or p.session.scalars(taken).first() is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="petition_serials")


def opened(p: Referring) -> PetitionReferral:
    actor = p.work.actor
    return PetitionReferral(
        id=p.work.new_id(),
        no="",
        state="referred",
        version=0,
        secrecy=RESTRICTED,
        office_id=actor.office_id,
        liaison_office_id="",
        unit_id="",
        registrar_id=actor.person_id,
        handler_id=actor.person_id,
        addressee_id="",
        opened_on=p.paper.referred_on,
        changed_at=p.work.now,
        round_id=p.paper.round_id,
        referred_on=p.paper.referred_on,
        receipted_on=None,
    )


def number_and_list(p: Referring) -> None:
    item, year = p.subject, p.subject.opened_on.year
    for serial in p.paper.petition_serials:
        p.session.add(ReferredSerial(round_id=item.round_id, serial=serial, referral_id=item.id))
    item.no = f"XCXF-{year}-{p.work.next_number(f'petition_referral/{year}'):05d}"
    slips_go_with(p)


def slips_go_with(p: Referring) -> None:
    """The slips that the office has of these petitions have gone with the batch."""
    sent = select(ReferralSlip).where(
        ReferralSlip.round_id == p.paper.round_id,
        ReferralSlip.petition_serial.in_(p.paper.petition_serials),
        ReferralSlip.state == "sent",
    )
    for slip in p.session.scalars(sent.order_by(ReferralSlip.id).with_for_update()).all():
        perform_as_service(p.work, NOTE_SLIP_REFERRED, SlipNote(batch_no=p.subject.no), slip)


REFER_PETITIONS = Act(
    name="refer_petitions",
    zh="向信访室移交信访件",
    en="Refer petitions to the petition office",
    clauses=("XC-39.0c",),
    on=PetitionReferral,
    by=(TAKES_PART,),
    paper=PetitionReferralForm,
    new=opened,
    becomes="referred",
    documents=(Document("petition_referral_form", "信访举报材料转办单(扫描)", "XC-39.0c"),),
    guards=(not_past_the_office, referred_by_now, nothing_is_delivered_directly, each_serial_once),
    effect=number_and_list,
    hands_on=(
        HandOn(
            PetitionsReferred,
            lambda p: PetitionsReferred(
                batch_id=p.subject.no,
                petition_serials=p.paper.petition_serials,
                referral_form_ids=p.paper.referral_form_ids,
                referred_on=p.subject.referred_on,
            ),
        ),
    ),
)


def note_receipt(p: Performance[PetitionReferral, ReferralReceiptNote]) -> None:
    p.subject.receipted_on = p.paper.received_on


NOTE_REFERRAL_RECEIPTED = Act(
    name="note_referral_receipted",
    zh="登记信访室签收回执",
    en="Note the petition office's receipt",
    clauses=("XC-39.0d",),
    on=PetitionReferral,
    by=(),
    paper=ReferralReceiptNote,
    when=("referred",),
    becomes="receipted",
    effect=note_receipt,
)

ACTS: tuple[Act[Any, Any], ...] = (REFER_PETITIONS, NOTE_REFERRAL_RECEIPTED)
