"""A clue enters the ledger: from a petition, by event, or registered by the office (LZ-12.11, LZ-12.17, LZ-12.24)."""

from __future__ import annotations

from hashlib import sha256
from typing import Any
from uuid import uuid4

from sqlalchemy import Select, or_, select

from contracts.events.clues import ClueReceivedFromUnit, ClueRegistered
from contracts.refusals import RefusalCode
from services.chassis.access import post, visible
from services.chassis.act import Act, Document, HandOn, Opens, Tells
from services.chassis.performance import Performance
from services.chassis.reference import look_up, look_up_one
from services.chassis.subject import RESTRICTED
from services.chassis.tables import DirectoryCoverage, DirectoryPerson
from services.clues.acts.reported import AnyClue, officials
from services.clues.domain.management import highest_level
from services.clues.papers.clue import (
    ClueRegisterEntry,
    ReferredPetition,
    Source,
    UnitClueTransfer,
    UnitSource,
)
from services.clues.storage import Clue

PETITION = "petition"


def from_petition(p: Performance[Clue, ReferredPetition]) -> Clue:
    """The petition's office, handler and persons are taken over, and its id kept (LZ-12.11)."""
    paper = p.paper
    return _registered(
        p,
        source=PETITION,
        source_ref=paper.petition_id,
        petition_id=paper.petition_id,
        office_id=paper.office_id,
        liaison_office_id=paper.liaison_office_id,
        unit_id=paper.unit_id,
        handler_id=paper.handler_id,
        opened_on=paper.referred_on,
    )


def from_office(p: Performance[Clue, ClueRegisterEntry]) -> Clue:
    actor, paper = p.work.actor, p.paper
    coverage = look_up_one(p.session, DirectoryCoverage, paper.unit_id)
    return _registered(
        p,
        source=paper.source.value,
        source_ref=_source_ref(p),
        office_id=actor.office_id,
        liaison_office_id=coverage.liaison_office_id,
        unit_id=paper.unit_id,
        registrar_id=actor.person_id,
        handler_id=actor.person_id,
        opened_on=paper.found_on,
    )


def from_unit(p: Performance[Clue, UnitClueTransfer]) -> Clue:
    """In the ledger of the office that supervises the unit; its leaders take it up."""
    actor = p.work.actor
    coverage = look_up_one(p.session, DirectoryCoverage, actor.unit_id)
    return _registered(
        p,
        source=Source.UNIT.value,
        source_ref=uuid4().hex,
        office_id=coverage.office_id,
        liaison_office_id=coverage.liaison_office_id,
        unit_id=actor.unit_id,
        handler_id="",
        opened_on=p.today,
    )


def _registered(p: AnyClue, **columns: Any) -> Clue:
    return Clue(
        id=p.work.new_id(),
        no="",
        state="registered",
        version=0,
        secrecy=RESTRICTED,
        addressee_id="",
        changed_at=p.work.now,
        subject_level=highest_level(officials(p.session, p.paper.subject_ids)),
        disposition_code="",
        letter_no="",
        outcome_code="",
        **{"petition_id": None, "registrar_id": ""} | columns,
    )


def enter_in_ledger(p: AnyClue) -> None:
    """The persons reported are known from the first moment: recusal works from them. The number is taken last."""
    for person_id in p.paper.subject_ids:
        p.add_party(person_id)
    clue = p.subject
    year = clue.opened_on.year
    number = p.work.next_number(f"clue/{clue.office_id}/{year}")
    clue.no = f"XS-{clue.office_id}-{year}-{number:05d}"


def registered_event(p: AnyClue) -> ClueRegistered:
    clue = p.subject
    return ClueRegistered(
        clue_id=clue.id,
        source=clue.source,
        source_ref=clue.source_ref,
        petition_id=clue.petition_id or "",
        office_id=clue.office_id,
        subject_level=clue.subject_level,
        registered_on=p.today,
    )


OPEN_REFERRED_CLUE = Act(
    name="open_referred_clue",
    zh="受理信访提请的问题线索",
    en="Open the clue of a referred petition",
    clauses=("LZ-12.11", "LZ-12.24"),
    on=Clue,
    by=(),
    paper=ReferredPetition,
    new=from_petition,
    becomes="registered",
    effect=enter_in_ledger,
    hands_on=(HandOn(ClueRegistered, registered_event),),
    tells=(Tells("", "clue_registered", "LZ-12.11", person=lambda p: p.subject.handler_id),),
)


def found_by_now(p: AnyClue) -> None:
    if p.paper.found_on > p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="found_on")


def of_own_unit(p: Performance[Clue, ClueRegisterEntry]) -> None:
    """The unit is known, and supervised by the actor's office."""
    coverage = look_up(p.session, DirectoryCoverage, p.paper.unit_id)
    if coverage is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="unit_id")
    if coverage.office_id != p.work.actor.office_id:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="unit_id")


def persons_known(p: AnyClue) -> None:
    """Persons stand in the directory; nobody registers a clue on themselves."""
    for person_id in p.paper.subject_ids:
        if person_id == p.work.actor.person_id:
            raise p.refuse(RefusalCode.CONFLICT_OF_INTEREST, field="subject_ids")
        if look_up(p.session, DirectoryPerson, person_id) is None:
            raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="subject_ids")


def not_registered_yet(p: Performance[Clue, ClueRegisterEntry]) -> None:
    """Refused only for a clue that the actor may know of: the refusal would tell of the others (ruling 9)."""
    knows = p.work.runtime.kinds[Clue.KIND].knows
    known = _of_same_document(p.paper).where(visible(Clue, p.work.actor, knows))
    if p.paper.source_no and p.session.scalars(known).first() is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="source_no")


def enter_and_link(p: Performance[Clue, ClueRegisterEntry]) -> None:
    """The audit trail alone says that a clue hidden from the registrar came with the same document."""
    enter_in_ledger(p)
    others = _of_same_document(p.paper).where(Clue.id != p.subject.id).order_by(Clue.opened_on, Clue.no)
    if p.paper.source_no and (other := p.session.scalars(others).first()) is not None:
        p.facts["same_document_as"] = other


def _of_same_document(paper: ClueRegisterEntry) -> Select[str]:
    again = Clue.source_ref.startswith(_further(paper.source_no))
    return select(Clue.id).where(
        Clue.source == paper.source.value, or_(Clue.source_ref == paper.source_no, again)
    )


def _source_ref(p: Performance[Clue, ClueRegisterEntry]) -> str:
    """The document's number; for a further clue of the same document, one that nobody can tell from any other."""
    paper = p.paper
    if not paper.source_no:
        return uuid4().hex
    first = select(Clue.id).where(Clue.source == paper.source.value, Clue.source_ref == paper.source_no)
    taken = p.session.scalars(first).first() is not None
    return f"{_further(paper.source_no)}{uuid4().hex[:16]}" if taken else paper.source_no


def _further(source_no: str) -> str:
    return sha256(source_no.encode()).hexdigest()[:32]


SUBMIT_UNIT_FOUND = Opens(
    "LZ-12.22",
    "submit_within",
    "dispatched_office",
    lambda p: p.today,
    owed_person=lambda p: p.subject.handler_id,
    to="case_supervision_office",
    only_if=lambda p: p.subject.source == Source.UNIT,
)
"""Whatever a unit found goes to the case supervision office as well, whoever disposes of it."""

REGISTER_CLUE = Act(
    name="register_clue",
    zh="登记问题线索",
    en="Register a clue",
    clauses=("LZ-12.24",),
    on=Clue,
    by=(post("dispatched_office", at=None),),
    paper=ClueRegisterEntry,
    new=from_office,
    becomes="registered",
    documents=(Document("clue_material", "线索材料(扫描)", "LZ-12.24", required=False),),
    guards=(found_by_now, of_own_unit, persons_known, not_registered_yet),
    effect=enter_and_link,
    opens=(SUBMIT_UNIT_FOUND,),
    hands_on=(HandOn(ClueRegistered, registered_event),),
)


def through_the_office(p: Performance[Clue, UnitClueTransfer]) -> None:
    """A unit hands over to the dispatched office, which submits: never past it (LZ-12.22)."""
    if p.paper.recipient_role != "dispatched_office":
        raise p.refuse(RefusalCode.WRONG_ROUTE, field="recipient_role", clauses=("LZ-12.22",))
    if look_up(p.session, DirectoryCoverage, p.work.actor.unit_id) is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE)


def other_source_explained(p: Performance[Clue, UnitClueTransfer]) -> None:
    if p.paper.source_code is UnitSource.OTHER and not p.paper.source_note:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="source_note", clauses=("LZ-12.21",))


def received_event(p: Performance[Clue, UnitClueTransfer]) -> ClueReceivedFromUnit:
    return ClueReceivedFromUnit(
        clue_id=p.subject.id,
        unit_id=p.subject.unit_id,
        source_code=p.paper.source_code.value,
        received_on=p.today,
    )


HAND_OVER_CLUE = Act(
    name="hand_over_clue",
    zh="移送问题线索",
    en="Hand a clue over to the dispatched office",
    clauses=("LZ-12.21", "LZ-12.22", "LZ-12.24"),
    on=Clue,
    by=(post("supervised_unit", "local_party_head", at=None),),
    paper=UnitClueTransfer,
    new=from_unit,
    becomes="registered",
    documents=(Document("clue_material", "线索材料(扫描)", "LZ-12.21", required=False),),
    guards=(through_the_office, found_by_now, persons_known, other_source_explained),
    effect=enter_in_ledger,
    opens=(SUBMIT_UNIT_FOUND,),
    hands_on=(HandOn(ClueReceivedFromUnit, received_event), HandOn(ClueRegistered, registered_event)),
    tells=(
        Tells(
            "dispatched_office_leader", "clue_registered", "LZ-12.21", office=lambda p: p.subject.office_id
        ),
    ),
)
