"""Files of inspection rounds: who knows of them, and what inspection's hand-offs do with them (XC-47.0b)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from contracts.envelope import Envelope
from contracts.events.base import Event
from contracts.events.inspection_archive import ArchiveHandedOver, ResidueDestroyed
from contracts.events.inspection_fieldwork import ZeroHoldingCompleted
from services.archive.acts.round_files import (
    NOTE_RESIDUE,
    OFFICE,
    RECEIVE_FILE,
    RECEIVE_FILE_AGAIN,
    RETURN_FILE,
    missing_by_its_catalogue,
)
from services.archive.papers.round_file import ResidueNote, RoundFileNote, RoundFileReturn
from services.archive.storage_round_file import RoundFile, TeamHoldsNothing
from services.chassis.access import Knows
from services.chassis.perform import perform_as_service
from services.chassis.work import Work

KNOWS_ROUND_FILE = Knows(ordinary=OFFICE, sealed=(), unclassed=())
"""The inspection office's alone (XC-47.0b)."""


def handed_over(work: Work, event: ArchiveHandedOver, _: Envelope) -> None:
    """What its own catalogue says to be incomplete goes back at once; all else waits for the office's check."""
    known = _file(work, event.catalogue_ref)
    note = RoundFileNote(
        round_id=event.round_id,
        team_id=event.team_id,
        unit_id=event.unit_id,
        office_id=event.office_id,
        source_ref=event.catalogue_ref,
        handed_over_on=event.handed_over_on,
        late_days=event.late_days,
        complete=event.complete,
    )
    act = RECEIVE_FILE if known is None else RECEIVE_FILE_AGAIN
    file = perform_as_service(work, act, note, known).subject
    missing = missing_by_its_catalogue(file)
    if missing:
        perform_as_service(work, RETURN_FILE, RoundFileReturn(missing=missing), file)


def residue_destroyed(work: Work, event: ResidueDestroyed, _: Envelope) -> None:
    file = _file(work, event.catalogue_ref)
    if file is not None and file.state in NOTE_RESIDUE.when:
        perform_as_service(work, NOTE_RESIDUE, ResidueNote(destroyed_on=event.destroyed_on), file)


def team_holds_nothing(work: Work, event: ZeroHoldingCompleted, _: Envelope) -> None:
    work.session.merge(TeamHoldsNothing(team_id=event.team_id, completed_on=event.completed_on))


def _file(work: Work, source_ref: str) -> RoundFile | None:
    query = select(RoundFile).where(RoundFile.source_ref == source_ref).with_for_update()
    return work.session.scalars(query).one_or_none()


REACTIONS: dict[type[Event], Callable[[Work, Any, Envelope], None]] = {
    ArchiveHandedOver: handed_over,
    ResidueDestroyed: residue_destroyed,
    ZeroHoldingCompleted: team_holds_nothing,
}
