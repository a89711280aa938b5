"""The restricted class goes at once, in the original, to the head of the petition office alone (LZ-12.3, LZ-12.4)."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import delete

from contracts.events.intake import RestrictedPetitionEscalated
from contracts.refusals import RefusalCode
from services.chassis.access import HANDLER, anyone
from services.chassis.act import Act, Document, HandOn, Meets, Tells
from services.chassis.papers import seal_contents
from services.chassis.performance import Performance
from services.chassis.subject import SEALED
from services.chassis.tables import Party
from services.intake.acts.register import lawful_addressee
from services.intake.acts.route import classed
from services.intake.acts.vault import take_identity_out
from services.intake.papers.petition import DirectDeliveryLetter
from services.intake.storage import Petition, SealedPart

Delivery = Performance[Petition, DirectDeliveryLetter]


def of_restricted_class(p: Performance[Petition, Any]) -> None:
    if p.subject.secrecy != SEALED:
        raise p.refuse(RefusalCode.WRONG_ROUTE, clauses=("LZ-12.3",))


def to_its_head_in_person(p: Delivery) -> None:
    if p.paper.recipient_role != "petition_office_head":
        raise p.refuse(RefusalCode.WRONG_ROUTE, field="recipient_role", clauses=("LZ-12.3",))


def deliver(p: Delivery) -> None:
    """Encrypt everything to the addressee and erase what the office held: number, class, times and receipt stay.

    Who is reported on and their unit are content too; the addressee finds them in the register entry.
    """
    petition = p.subject
    petition.addressee_id = lawful_addressee(p)
    p.session.flush()
    identity = take_identity_out(p.session, p.work.runtime.ring, petition.id)
    sealed = seal_contents(p.session, p.work.runtime.ring, petition, petition.addressee_id, identity)
    for part, body in enumerate(sealed):
        p.session.add(
            SealedPart(
                petition_id=petition.id,
                part=part,
                addressee_id=petition.addressee_id,
                body=body,
                delivered_at=p.work.now,
            )
        )
    p.session.execute(
        delete(Party).where(Party.subject_kind == petition.KIND, Party.subject_id == petition.id)
    )
    petition.unit_id, petition.liaison_office_id, petition.channel = "", "", ""
    petition.unit_received_on, petition.transferred_on = None, None
    petition.ledger_mark, petition.sender_id, petition.naming, petition.petitioners = None, "", "", 0
    p.filed, p.bound = None, []
    petition.platform_no = f"SJ-{secrets.token_hex(6)}"


ESCALATE_PETITION = Act(
    name="escalate_petition",
    zh="径送信访室主任",
    en="Deliver directly to the head of the petition office",
    clauses=("LZ-12.3", "LZ-12.4"),
    on=Petition,
    by=(anyone(HANDLER),),
    paper=DirectDeliveryLetter,
    when=("registered",),
    becomes="escalated",
    documents=(Document("petition_cover_letter", "附函（盖章扫描）", "LZ-12.4"),),
    needs=(classed, of_restricted_class),
    guards=(to_its_head_in_person,),
    effect=deliver,
    meets=(Meets("LZ-12.3"),),
    hands_on=(
        HandOn(
            RestrictedPetitionEscalated,
            lambda p: RestrictedPetitionEscalated(
                petition_id=p.subject.id,
                class_code=p.subject.class_code,
                receipt_no=p.subject.platform_no,
                delivered_on=p.today,
            ),
        ),
    ),
    tells=(Tells("", "sealed_item_delivered", "LZ-12.3", person=lambda p: p.subject.addressee_id),),
)
