"""What clues does on other services' events."""

from __future__ import annotations

from sqlalchemy import select

from contracts.envelope import Envelope
from contracts.events.archive import FileArchived
from contracts.events.base import Event
from contracts.events.inspection import ClueHandedOver
from contracts.events.intake import PetitionReferredAsClue
from services.chassis.directory import everywhere
from services.chassis.inbox import Reactions
from services.chassis.perform import perform_as_service
from services.chassis.work import Work
from services.clues.acts.handed_over import INSPECTION, OPEN_HANDED_OVER_CLUE
from services.clues.acts.register import OPEN_REFERRED_CLUE
from services.clues.from_notifications import REACTIONS as FROM_NOTIFICATIONS
from services.clues.papers.clue import ReferredPetition
from services.clues.papers.handover import HandedOverClue
from services.clues.storage import Clue

NOWHERE = "none"
"""What intake's events say where there is no unit or no liaison office."""


def open_clue(work: Work, event: PetitionReferredAsClue, _: Envelope) -> None:
    """One clue for one petition, however often the referral arrives and under whatever id (LZ-12.11)."""
    known = select(Clue.id).where(Clue.petition_id == event.petition_id)
    if work.session.scalars(known).first() is not None:
        return
    paper = ReferredPetition(
        petition_id=event.petition_id,
        subject_ids=event.subject_ids,
        unit_id="" if event.unit_id == NOWHERE else event.unit_id,
        office_id=event.office_id,
        liaison_office_id="" if event.liaison_office_id == NOWHERE else event.liaison_office_id,
        handler_id=event.handler_id,
        class_code=event.class_code,
        referred_on=event.referred_on,
    )
    perform_as_service(work, OPEN_REFERRED_CLUE, paper)


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


def note_archived(work: Work, event: FileArchived, _: Envelope) -> None:
    clue = work.session.get(Clue, event.source_ref)
    if clue is not None:
        work.audit(
            "note_archived", "system", subject=clue, clauses=("LZ-22.7",), facts={"file": event.file_id}
        )


def noted(_: Work, __: Event, ___: Envelope) -> None:
    """Deadlines, deliveries and findings of other services: the event is kept, nothing follows here yet."""


REACTIONS = Reactions(
    everywhere("clues")
    | {PetitionReferredAsClue: open_clue, ClueHandedOver: open_handed_over, FileArchived: note_archived}
    | FROM_NOTIFICATIONS,
    otherwise=noted,
)
