"""Handing a clue over to the office that disposes of it (LZ-20.12; step 37 of the inspection workflow)."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy import Select, or_, select

from contracts.events.inspection import ClueHandedOver
from contracts.refusals import RefusalCode
from services.chassis.access import post, visible
from services.chassis.act import Act, Document, HandOn
from services.chassis.performance import Performance
from services.chassis.reference import look_up, look_up_one
from services.chassis.subject import RESTRICTED
from services.chassis.tables import DirectoryCoverage, DirectoryOffice, DirectoryPerson
from services.inspection.papers.handover import ClueHandoverSheet
from services.inspection.storage import ClueHandover

HandingOver = Performance[ClueHandover, ClueHandoverSheet]


def not_in_the_future(p: HandingOver) -> None:
    if p.paper.handed_on > p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="handed_on")


def unit_and_persons_exist(p: HandingOver) -> None:
    if look_up(p.session, DirectoryOffice, p.paper.unit_id) is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="unit_id")
    for person_id in p.paper.subject_ids:
        if look_up(p.session, DirectoryPerson, person_id) is None:
            raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="subject_ids")


def receiver_supervises_the_unit(p: HandingOver) -> None:
    """The clue goes to the dispatched office that covers the unit, and to no other."""
    coverage = look_up(p.session, DirectoryCoverage, p.paper.unit_id)
    if coverage is None or coverage.office_id != p.paper.office_id:
        raise p.refuse(RefusalCode.WRONG_ADDRESSEE, field="office_id")


def receiver_is_not_concerned(p: HandingOver) -> None:
    """A clue on somebody of the receiving office cannot go to that office."""
    for person_id in p.paper.subject_ids:
        if look_up_one(p.session, DirectoryPerson, person_id).office_id == p.paper.office_id:
            raise p.refuse(RefusalCode.CONFLICT_OF_INTEREST, field="subject_ids")


def actor_is_not_concerned(p: HandingOver) -> None:
    if p.work.actor.recused_for & set(p.paper.subject_ids):
        raise p.refuse(RefusalCode.CONFLICT_OF_INTEREST, field="subject_ids")


def not_handed_over_yet(p: HandingOver) -> None:
    """One entry a clue of a round, whoever hands it over; an entry that is hidden from the actor refuses nothing."""
    knows = p.work.runtime.kinds[ClueHandover.KIND].knows
    known = _of_same_clue(p.paper).where(visible(ClueHandover, p.work.actor, knows))
    if p.session.scalars(known).first() is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="clue_no")


def _of_same_clue(paper: ClueHandoverSheet) -> Select[str]:
    key = key_of(paper)
    again = ClueHandover.found_key.startswith(f"{key}/again/", autoescape=True)
    return select(ClueHandover.id).where(or_(ClueHandover.found_key == key, again))


def key_of(paper: ClueHandoverSheet) -> str:
    return f"{paper.round_id}/{paper.clue_no}"


def open_handover(p: HandingOver) -> ClueHandover:
    paper, actor = p.paper, p.work.actor
    taken = p.session.scalars(_of_same_clue(paper)).first() is not None
    return ClueHandover(
        id=uuid4().hex, no="", state="handed_over", version=0, secrecy=RESTRICTED, office_id=actor.office_id,
        liaison_office_id="", unit_id=paper.unit_id, registrar_id=actor.person_id, handler_id=actor.person_id,
        addressee_id="", opened_on=paper.handed_on, changed_at=p.work.now, round_id=paper.round_id,
        clue_no=paper.clue_no, receiver_id=paper.office_id, handed_on=paper.handed_on,
        found_key=f"{key_of(paper)}/again/{uuid4().hex}" if taken else key_of(paper),
    )  # fmt: skip


def note_parties(p: HandingOver) -> None:
    others = _of_same_clue(p.paper).where(ClueHandover.id != p.subject.id).order_by(ClueHandover.no)
    if (other := p.session.scalars(others).first()) is not None:
        p.facts["same_clue_as"] = other  # in the audit trail alone: the actor may not know of it
    for person_id in p.paper.subject_ids:
        p.add_party(person_id)
    year = p.subject.handed_on.year
    p.subject.no = f"XCYJ-{year}-{p.work.next_number(f'clue_handover/{year}'):05d}"


def handed_over_event(p: HandingOver) -> ClueHandedOver:
    row = p.subject
    return ClueHandedOver(handover_id=row.id, round_id=row.round_id, unit_id=row.unit_id, office_id=row.receiver_id,
                          subject_ids=p.paper.subject_ids, handed_on=row.handed_on)  # fmt: skip


HAND_OVER_CLUE = Act(
    name="hand_over_clue", zh="移交问题线索", en="Hand over a clue", clauses=("LZ-20.12",), on=ClueHandover,
    by=(post("inspection_office", at=None),), paper=ClueHandoverSheet, new=open_handover, becomes="handed_over",
    documents=(
        Document("transfer_approval_form", "巡察问题线索移交审批表（扫描件）", "XC-37.2a"),
        Document("handover_sheet", "移交材料交接单（扫描件）", "XC-37.1b"),
        Document("clue_file", "问题线索材料", "LZ-20.12", required=False),
    ),
    guards=(
        not_in_the_future, unit_and_persons_exist, actor_is_not_concerned, receiver_supervises_the_unit,
        receiver_is_not_concerned, not_handed_over_yet,
    ),
    effect=note_parties, hands_on=(HandOn(ClueHandedOver, handed_over_event),),
)  # fmt: skip
