"""A proposal to a unit on how to deal with organisations or persons in breach (LL-1.9)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.events.clues_accountability import HandlingProposed
from contracts.refusals import RefusalCode
from services.chassis.access import HANDLER, Relation, anyone, parties_of, post, visible
from services.chassis.act import Act, HandOn, approved_by
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED
from services.clues.acts.reported import head_may_decide
from services.clues.acts.unit_head import concerned, party_heads
from services.clues.papers.office_accountability import HandlingProposalDraft, HandlingProposalSending
from services.clues.storage import Verification
from services.clues.storage_accountability import HandlingProposal
from services.clues.storage_case import Case

AnyProposal = Performance[HandlingProposal, Any]
Drafting = Performance[HandlingProposal, HandlingProposalDraft]
MATTERS = (Verification, Case)
"""Kinds of item on which a proposal can rest."""
TOLD_UNIT = Relation("told_unit_id", "unit_id")


def _matter(p: Drafting) -> Any:
    """The verification or case that it rests on, of the actor's own office, if the actor may know of it."""
    for model in MATTERS:
        knows = p.work.runtime.kinds[model.KIND].knows
        query = select(model).where(
            model.id == p.paper.matter_ref,
            model.office_id == p.work.actor.office_id,
            model.unit_id != "",
            visible(model, p.work.actor, knows),
        )
        item = p.session.scalars(query).first()
        if item is not None:
            return item
    return None


def rests_on_a_matter(p: Drafting) -> None:
    if _matter(p) is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="matter_ref", clauses=("LL-1.9",))


def persons_are_of_the_matter(p: Drafting) -> None:
    """Nothing is proposed about a person whom the verification or case is not about."""
    if not set(p.paper.person_ids) <= set(parties_of(p.session, _matter(p))):
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="person_ids", clauses=("LL-1.9",))


def of_matter(p: Drafting) -> HandlingProposal:
    matter, actor = _matter(p), p.work.actor
    return HandlingProposal(
        id=p.work.new_id(),
        no="",
        state="drafted",
        version=0,
        secrecy=RESTRICTED,
        office_id=matter.office_id,
        liaison_office_id=matter.liaison_office_id,
        unit_id=matter.unit_id,
        registrar_id=actor.person_id,
        handler_id=actor.person_id,
        addressee_id="",
        opened_on=p.today,
        changed_at=p.work.now,
        matter_ref=matter.id,
        told_unit_id="",
    )


def number_and_parties(p: Drafting) -> None:
    """Whoever is recused from the matter is recused from the proposal, whomever it names."""
    for person_id in parties_of(p.session, _matter(p)):
        p.add_party(person_id)
    item, year = p.subject, p.today.year
    number = p.work.next_number(f"handling_proposal/{item.office_id}/{year}")
    item.no = f"CL-{item.office_id}-{year}-{number:05d}"


DRAFT_HANDLING_PROPOSAL = Act(
    name="draft_handling_proposal",
    zh="拟定处理建议",
    en="Draft a handling proposal",
    clauses=("LL-1.9",),
    on=HandlingProposal,
    by=(post("dispatched_office", at=None),),
    paper=HandlingProposalDraft,
    new=of_matter,
    becomes="drafted",
    guards=(rests_on_a_matter, persons_are_of_the_matter),
    effect=number_and_parties,
)


def send(p: AnyProposal) -> None:
    """From now on the unit's party committee, in the person of its head, knows of it; nobody else of the unit does."""
    p.subject.told_unit_id = p.subject.unit_id
    p.subject.sent_on = p.today
    for person_id in party_heads(p):
        if person_id not in concerned(p):
            p.tell("handling_proposed", "LL-1.9", to_person=person_id)


SEND_HANDLING_PROPOSAL = Act(
    name="send_handling_proposal",
    zh="呈批并送达处理建议",
    en="Send the handling proposal to the unit",
    clauses=("LL-1.9",),
    on=HandlingProposal,
    by=(anyone(HANDLER), post("dispatched_office_leader")),
    paper=HandlingProposalSending,
    when=("drafted",),
    becomes="sent",
    needs=(head_may_decide,),
    approvals=(approved_by("dispatched_office_head", "派驻机构主要负责人签发", "LL-1.9", sole=True),),
    effect=send,
    hands_on=(
        HandOn(
            HandlingProposed,
            lambda p: HandlingProposed(
                proposal_id=p.subject.id, unit_id=p.subject.unit_id, proposed_on=p.today
            ),
        ),
    ),
)
