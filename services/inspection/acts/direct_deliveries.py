"""Direct delivery: the leader's slip, a designated registrar, sealed through the office, signed for (XC-13.2).

The material itself is paper under seal. What is kept of it here is kept until the addressee has signed.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select

from contracts.events.inspection_petitions import PetitionDirectDelivered
from contracts.refusals import RefusalCode
from services.chassis.access import ADDRESSEE, Relation, anyone, chain_of, holders, visible
from services.chassis.act import Act, HandOn, Tells
from services.chassis.papers import erase
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.chassis.subject import SEALED
from services.chassis.tables import Paper, Party
from services.inspection.acts.field_items import item_at
from services.inspection.acts.petition_subjects import direct_only
from services.inspection.acts.posts import TAKES_PART, TEAM_LEADER, ids_in, not_in_the_future, persons_known
from services.inspection.acts.preparation import engagement_of
from services.inspection.acts.team_petitions import blind_serial
from services.inspection.domain.petition_codes import DirectMaterial
from services.inspection.papers.direct_deliveries import (
    DeliveryNote,
    DirectSlip,
    RegistrarChange,
    SealedHandover,
    SealedReceipt,
    SlipRegistration,
)
from services.inspection.papers.petitions import ComplaintSubject
from services.inspection.storage_field import Interview
from services.inspection.storage_petition import DirectDelivery, TeamPetition
from services.inspection.storage_unit import Engagement

Filling = Performance[DirectDelivery, DirectSlip]
AnySlip = Performance[DirectDelivery, Any]
DESIGNATED = Relation("designated_id", "person_id")
ADDRESSEES = ("leading_group_head", "standing_deputy_head", "leading_group_deputy")
"""A leader of the leading group; the team's leader chooses which (readings.yaml, A07)."""


def by_the_leader(p: Filling) -> None:
    of = engagement_of(p)
    if p.work.actor.person_id != of.leader_id:
        raise p.refuse(RefusalCode.WRONG_ROLE, clauses=("XC-13.2b",))
    if p.paper.designated_id not in ids_in(of.staff_ids):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="designated_id", clauses=("XC-13.2c",))


def source_of(p: Filling) -> TeamPetition | Interview | None:
    """The entry of the ledger or the sealed record that the slip is about, if it is about one.

    Raises Refusal(PRECONDITION_NOT_MET) for a petition that is in no ledger, or is not a direct item.
    """
    kind = p.paper.material_type
    if kind is DirectMaterial.OTHER:
        return None
    model: Any = TeamPetition if kind is DirectMaterial.PETITION else Interview
    column = TeamPetition.no if kind is DirectMaterial.PETITION else Interview.id
    knows = p.work.runtime.kinds[model.KIND].knows
    query = select(model).where(
        model.engagement_id == p.paper.engagement_id,
        model.secrecy == SEALED,
        column == p.paper.source_no,
        visible(model, p.work.actor, knows),
    )
    found: TeamPetition | Interview | None = p.session.scalars(query.with_for_update()).one_or_none()
    if found is None or (isinstance(found, TeamPetition) and found.state != "direct_with_leader"):
        clauses = ("XC-13.1b",) if model is TeamPetition else ("XC-13.2h",)
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, field="source_no", clauses=clauses)
    return found


def is_in_direct_scope(p: Filling) -> None:
    """By the category that the slip names, and by the directory for whom it names."""
    persons = p.paper.subject_ids or ("",)
    lines = [
        ComplaintSubject(person_id=one, post=p.paper.scope_category, target_of_round=p.paper.target_of_round)
        for one in persons
    ]
    direct_only(p, engagement_of(p), lines, "scope_category")


def reported(p: Filling) -> set[str]:
    """Whom the slip is about: whom it names, and the persons of the item in the ledger."""
    source = source_of(p)
    found = set(p.paper.subject_ids)
    if isinstance(source, TeamPetition):
        of_item = (Party.subject_kind == source.KIND, Party.subject_id == source.id)
        found |= set(p.session.scalars(select(Party.person_id).where(*of_item)))
    return found


def addressee_is_lawful(p: Filling) -> None:
    """A leader of the leading group, neither complained of nor of the line of who is."""
    persons_known(p, p.paper.subject_ids, "subject_ids")
    leaders = {one for role in ADDRESSEES for one in holders(p.session, role, p.today)}
    addressee = p.paper.addressee_id
    if addressee not in leaders or reported(p) & {addressee, *chain_of(p.session, addressee)}:
        raise p.refuse(RefusalCode.WRONG_ADDRESSEE, field="addressee_id", clauses=("XC-13.2d",))


def role_of(p: Filling) -> str:
    return next(one for one in ADDRESSEES if p.paper.addressee_id in holders(p.session, one, p.today))


def filled(p: Filling) -> DirectDelivery:
    of, paper, source = engagement_of(p), p.paper, source_of(p)
    return DirectDelivery(
        **item_at(
            p, of, state="filled", secrecy=SEALED, unit_id="", no=blind_serial(), handler_id=of.leader_id
        ),
        designated_id=paper.designated_id,
        source_id=source.id if source is not None else "",
        direct_scope_code=paper.scope_category.value,
        material_code=paper.material_type.value,
        page_count=paper.page_count,
        addressee_post=role_of(p),
    )


def name_the_subjects(p: Filling) -> None:
    p.subject.addressee_id = p.paper.addressee_id
    for person in sorted(reported(p)):
        p.add_party(person)


FILL_SLIP = Act(
    name="fill_direct_slip",
    zh="填写径送件呈报单",
    en="Fill in the slip of a direct item",
    clauses=("XC-13.2b", "XC-13.2d", "XC-13.2h"),
    on=DirectDelivery,
    by=(TAKES_PART,),
    paper=DirectSlip,
    new=filled,
    becomes="filled",
    guards=(by_the_leader, is_in_direct_scope, addressee_is_lawful),
    effect=name_the_subjects,
    tells=(Tells("", "direct_slip_to_register", "XC-13.2c", person=lambda p: p.subject.designated_id),),
)


def registrar_is_of_the_team(p: Performance[DirectDelivery, RegistrarChange]) -> None:
    of = p.session.get_one(Engagement, p.subject.engagement_id)
    if p.paper.designated_id not in ids_in(of.staff_ids):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="designated_id", clauses=("XC-13.2c",))


DESIGNATE_REGISTRAR = Act(
    name="designate_registrar",
    zh="改派登记人",
    en="Designate somebody else to register it",
    clauses=("XC-13.2c",),
    on=DirectDelivery,
    by=TEAM_LEADER,
    paper=RegistrarChange,
    when=("filled",),
    anytime=True,
    guards=(registrar_is_of_the_team,),
    sets=("designated_id",),
    tells=(Tells("", "direct_slip_to_register", "XC-13.2c", person=lambda p: p.subject.designated_id),),
)
REGISTER_SLIP = Act(
    name="register_direct_slip",
    zh="登记径送件",
    en="Register a direct item",
    clauses=("XC-13.2c",),
    on=DirectDelivery,
    by=(anyone(DESIGNATED),),
    paper=SlipRegistration,
    when=("filled",),
    becomes="registered",
    guards=(not_in_the_future("registered_on"),),
    sets=("registered_on",),
)


def office_carries_it(p: Performance[DirectDelivery, SealedHandover]) -> None:
    """It carries and signs; of what is under the seal it learns nothing, and has no part in this entry."""
    carriers = holders(p.session, "inspection_office", p.today, p.subject.office_id)
    if p.paper.carrier_id not in carriers:
        raise p.refuse(RefusalCode.WRONG_ROUTE, field="carrier_id", clauses=("XC-13.2d",))


HAND_OVER = Act(
    name="hand_over_sealed",
    zh="密封送交巡察办",
    en="Hand it to the office, sealed",
    clauses=("XC-13.2d", "XC-13.2c"),
    on=DirectDelivery,
    by=(anyone(DESIGNATED), *TEAM_LEADER),
    paper=SealedHandover,
    when=("registered",),
    otherwise={"filled": RefusalCode.PRECONDITION_NOT_MET},
    becomes="with_office",
    guards=(not_in_the_future("handed_on"), office_carries_it),
    sets=("seal_no", "handed_on"),
    tells=(Tells("", "direct_item_on_its_way", "XC-13.2d", person=lambda p: p.subject.addressee_id),),
)


def forget_what_it_is_about(p: Performance[Any, Any]) -> None:
    """The stub stays: serial, scope, seal, days (ruling 8). Papers, persons and keys of the item go."""
    item = p.subject
    p.session.flush()
    erase(p.session, [item.id])
    p.session.execute(delete(Paper).where(Paper.subject_kind == item.KIND, Paper.subject_id == item.id))
    p.session.execute(delete(Party).where(Party.subject_kind == item.KIND, Party.subject_id == item.id))
    p.filed = None


def signed_for(p: Performance[DirectDelivery, SealedReceipt]) -> None:
    p.subject.delivered_on = p.paper.received_on
    note = DeliveryNote(delivered_on=p.paper.received_on)
    following: tuple[Act[Any, Any], ...] = (NOTE_DELIVERED, NOTE_RECORD_DELIVERED)
    for act in following:
        source = p.session.get(act.on, p.subject.source_id, with_for_update=True)
        if source is not None:
            perform_as_service(p.work, act, note, source)
    p.subject.source_id = ""
    forget_what_it_is_about(p)


def seal_is_intact(p: Performance[DirectDelivery, SealedReceipt]) -> None:
    if not p.paper.seal_intact:
        raise p.refuse(RefusalCode.SEALED_ITEM, field="seal_intact", clauses=("XC-13.2d",))


SIGN_FOR = Act(
    name="sign_for_direct_item",
    zh="签收径送件",
    en="Sign for a direct item",
    clauses=("XC-13.2d",),
    on=DirectDelivery,
    by=(anyone(ADDRESSEE),),
    paper=SealedReceipt,
    when=("with_office",),
    becomes="delivered",
    guards=(not_in_the_future("received_on"), seal_is_intact),
    effect=signed_for,
    hands_on=(
        HandOn(
            PetitionDirectDelivered,
            lambda p: PetitionDirectDelivered(
                slip_id=p.subject.id,
                seal_no=p.subject.seal_no,
                addressee_role=p.subject.addressee_post,
                delivered_on=p.subject.delivered_on,
            ),
        ),
    ),
)
NOTE_DELIVERED = Act(
    name="note_direct_delivery",
    zh="径送件已送达",
    en="The direct item was delivered",
    clauses=("XC-13.2d",),
    on=TeamPetition,
    by=(),
    paper=DeliveryNote,
    when=("direct_with_leader",),
    becomes="delivered_sealed",
    effect=forget_what_it_is_about,
)
NOTE_RECORD_DELIVERED = Act(
    name="note_record_delivery",
    zh="谈话记录已径送",
    en="The record was delivered",
    clauses=("XC-13.2h",),
    on=Interview,
    by=(),
    paper=DeliveryNote,
    effect=forget_what_it_is_about,
)
ACTS: tuple[Act[Any, Any], ...] = (
    FILL_SLIP,
    DESIGNATE_REGISTRAR,
    REGISTER_SLIP,
    HAND_OVER,
    SIGN_FOR,
    NOTE_DELIVERED,
    NOTE_RECORD_DELIVERED,
)
