"""Entrusting a talk to the head of the unit's Party organisation, with the head's approval (LZ-13.7)."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy import select

from contracts.events.clues import TalkEntrusted
from contracts.refusals import RefusalCode
from services.chassis.act import Act, Document, HandOn, Tells, approved_by
from services.chassis.performance import Performance
from services.clues.acts.asking import NOT_APPROVED, approved_as
from services.clues.acts.ledger import HANDLING
from services.clues.acts.reported import AnyClue, head_may_decide
from services.clues.acts.unit_head import concerned, party_heads
from services.clues.domain.disposition import Disposition
from services.clues.papers.entrustment import EntrustmentApproval
from services.clues.storage import Clue, Entrustment

Entrusting = Performance[Clue, EntrustmentApproval]


def talk_approved(p: AnyClue) -> None:
    approved_as(p, Disposition.TALK)


def entrusted_to_the_party_head(p: Entrusting) -> None:
    """To the head alone, never to a deputy; and not where the head is concerned (LZ-13.7)."""
    if p.paper.entrusted_id not in party_heads(p):
        raise p.refuse(RefusalCode.WRONG_ROLE, field="entrusted_id")
    if p.paper.entrusted_id in concerned(p):
        raise p.refuse(RefusalCode.CONFLICT_OF_INTEREST, field="entrusted_id")


def entrustment_of(p: AnyClue, person_id: str) -> Entrustment | None:
    """The entrustment of this person since the talk was approved, if no talk was held on it yet."""
    return p.session.scalars(
        select(Entrustment)
        .where(
            Entrustment.clue_id == p.subject.id,
            Entrustment.entrusted_id == person_id,
            Entrustment.entrusted_on >= (p.subject.approved_on or p.today),
            Entrustment.held_on.is_(None),
        )
        .order_by(Entrustment.entrusted_on.desc(), Entrustment.talk_id)
    ).first()


def not_entrusted_yet(p: Entrusting) -> None:
    if entrustment_of(p, p.paper.entrusted_id) is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="entrusted_id")


def entrust(p: Entrusting) -> None:
    entrustment = Entrustment(
        talk_id=uuid4().hex,
        clue_id=p.subject.id,
        entrusted_id=p.paper.entrusted_id,
        entrusted_on=p.today,
        held_on=None,
    )
    p.session.add(entrustment)
    p.facts |= {"talk": entrustment.talk_id, "entrusted": entrustment.entrusted_id}


ENTRUST_TALK = Act(
    name="entrust_talk",
    zh="呈批委托谈话",
    en="Propose to entrust the talk",
    clauses=("LZ-13.7",),
    on=Clue,
    by=HANDLING,
    paper=EntrustmentApproval,
    when=("disposition_approved",),
    otherwise=NOT_APPROVED,
    documents=(Document("entrustment_approval", "委托谈话审批(扫描)", "LZ-13.7", required=False),),
    needs=(talk_approved, head_may_decide),
    guards=(entrusted_to_the_party_head, not_entrusted_yet),
    approvals=(approved_by("dispatched_office_head", "派驻机构主要负责人审批", "LZ-13.7", sole=True),),
    effect=entrust,
    hands_on=(
        HandOn(
            TalkEntrusted,
            lambda p: TalkEntrusted(clue_id=p.subject.id, talk_id=str(p.facts["talk"]), entrusted_on=p.today),
        ),
    ),
    tells=(Tells("", "talk_entrusted", "LZ-13.7", person=lambda p: p.paper.entrusted_id),),
)
"""The office records the talk: the Party head is told that one is entrusted, and does not see the clue."""
