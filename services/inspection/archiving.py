"""Filing a round's archive: its kinds, acts and reactions in one place (steps 46 and 47)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from contracts.envelope import Envelope
from contracts.events.archive_rounds import HandoverAccepted, HandoverRejected
from contracts.events.base import Event
from services.chassis.access import Knows, anyone, post
from services.chassis.perform import perform_as_service
from services.chassis.runtime import Kind
from services.chassis.work import Work
from services.inspection.acts import archive_entries, archive_filer, archive_handover, residue
from services.inspection.acts.archive_handover import NOTE_ACCEPTANCE, NOTE_RETURN
from services.inspection.acts.posts import HANDLER, LEADER, OFFICE, STAFF
from services.inspection.papers.archive import ArchiveAcceptance, ArchiveReturn
from services.inspection.reading import pledged
from services.inspection.storage_archive import ArchiveFile, CatalogueEntry

KNOWS_FILE = Knows(ordinary=(*OFFICE, anyone(STAFF)), sealed=(), unclassed=())
KNOWS_ENTRY = Knows(
    ordinary=(*OFFICE, anyone(STAFF)),
    sealed=(post("inspection_office_director"), anyone(LEADER), anyone(HANDLER)),
    unclassed=(),
)
"""Clue reports and transfers are the director's, the leader's and the filer's (XC-46.10, XC-46.12, XC-46.13)."""
KINDS = (
    Kind(ArchiveFile, KNOWS_FILE, "archive-files", before_reading=pledged),
    Kind(CatalogueEntry, KNOWS_ENTRY, "catalogue-entries", before_reading=pledged),
)
ACTS = (*archive_filer.ACTS, *archive_entries.ACTS, *archive_handover.ACTS, *residue.ACTS)


def accepted(work: Work, event: HandoverAccepted, _: Envelope) -> None:
    file = _handed_over(work, event.catalogue_ref)
    if file is not None:
        paper = ArchiveAcceptance(file_no=event.file_no, accepted_on=event.accepted_on)
        perform_as_service(work, NOTE_ACCEPTANCE, paper, file)


def rejected(work: Work, event: HandoverRejected, _: Envelope) -> None:
    file = _handed_over(work, event.catalogue_ref)
    if file is not None:
        perform_as_service(work, NOTE_RETURN, ArchiveReturn(missing=event.missing_categories), file)


def _handed_over(work: Work, file_id: str) -> ArchiveFile | None:
    query = select(ArchiveFile).where(ArchiveFile.id == file_id, ArchiveFile.state == "handed_over")
    return work.session.scalars(query.with_for_update()).one_or_none()


REACTIONS: dict[type[Event], Callable[[Work, Any, Envelope], None]] = {
    HandoverAccepted: accepted,
    HandoverRejected: rejected,
}
