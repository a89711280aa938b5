"""What clues does on other services' events."""

from __future__ import annotations

from sqlalchemy import select

from contracts.envelope import Envelope
from contracts.events.archive import FileArchived, OpinionRequested
from contracts.events.base import Event
from contracts.events.intake import PetitionReferredAsClue
from services.chassis.directory import everywhere
from services.chassis.inbox import Reactions
from services.chassis.perform import perform_as_service
from services.chassis.tables import DirectoryCoverage
from services.chassis.work import Work
from services.clues.acts.opinion_search import OPEN_OPINION_SEARCH
from services.clues.acts.register import OPEN_REFERRED_CLUE
from services.clues.from_inspection import REACTIONS as FROM_INSPECTION
from services.clues.from_notifications import REACTIONS as FROM_NOTIFICATIONS
from services.clues.papers.clue import ReferredPetition
from services.clues.papers.opinion_search import OpinionSearchWanted
from services.clues.storage import Clue
from services.clues.storage_opinion_search import OpinionSearch

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


def note_archived(work: Work, event: FileArchived, _: Envelope) -> None:
    clue = work.session.get(Clue, event.source_ref)
    if clue is not None:
        work.audit(
            "note_archived", "system", subject=clue, clauses=("LZ-22.7",), facts={"file": event.file_id}
        )


def search_wanted(work: Work, event: OpinionRequested, _: Envelope) -> None:
    """One search for each person of a request, at the office that supervises their unit (LZ-10.5)."""
    coverage = work.session.get(DirectoryCoverage, event.unit_id)
    if (
        coverage is None
    ):  # archive asked nobody's office, and refuses such a request; nothing would come to wait
        return
    for person_id in event.person_ids:
        known = select(OpinionSearch.id).where(
            OpinionSearch.request_id == event.request_id, OpinionSearch.person_id == person_id
        )
        if work.session.scalars(known).first() is not None:
            continue
        paper = OpinionSearchWanted(
            request_id=event.request_id,
            person_id=person_id,
            office_id=coverage.office_id,
            unit_id=event.unit_id,
        )
        perform_as_service(work, OPEN_OPINION_SEARCH, paper)


def noted(_: Work, __: Event, ___: Envelope) -> None:
    """Deadlines, deliveries and findings of other services: the event is kept, nothing follows here yet."""


REACTIONS = Reactions(
    everywhere("clues")
    | {PetitionReferredAsClue: open_clue, FileArchived: note_archived, OpinionRequested: search_wanted}
    | FROM_INSPECTION
    | FROM_NOTIFICATIONS,
    otherwise=noted,
)
