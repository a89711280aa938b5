"""What clues does on events of notifications: suggestions wanted or unanswered, failed rectifications, late offices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from contracts.envelope import Envelope
from contracts.events.base import Event
from contracts.events.notifications import DeadlineOverdue, RectificationFailed, SuggestionProposed
from contracts.refusals import RefusalCode
from services.chassis.perform import perform_as_service
from services.chassis.tables import DirectoryCoverage
from services.chassis.work import Work
from services.clues.acts.accountability import FAILED, OPEN_AFTER_FAILED_RECTIFICATION
from services.clues.acts.suggestion import CONSULTATION, OPEN_WANTED_SUGGESTION
from services.clues.acts.suggestion_reply import NOTE_UNANSWERED
from services.clues.domain.accountability import DUAL_GROUNDS
from services.clues.domain.suggestion import SuggestionKind
from services.clues.late_offices import signal_if_repeated
from services.clues.papers.accountability import FailedRectification
from services.clues.papers.suggestion import UnansweredSuggestion, WantedSuggestion
from services.clues.storage_accountability import Accountability
from services.clues.storage_suggestion import Suggestion

REPLY = "LZ-18.8"


def open_wanted(work: Work, event: SuggestionProposed, _: Envelope) -> None:
    """One problem for one proposal, however often the event arrives; the office grades it and decides."""
    known = select(Suggestion.id).where(
        Suggestion.source == CONSULTATION, Suggestion.source_ref == event.proposal_id
    )
    if work.session.scalars(known).first() is not None:
        return
    if work.session.get(DirectoryCoverage, event.unit_id) is None:
        refuse(work, "open_wanted_suggestion", event.proposal_id, RefusalCode.UNKNOWN_REFERENCE, "LZ-18.8")
        return
    paper = WantedSuggestion(
        proposal_id=event.proposal_id,
        item_id=event.item_id,
        suggestion_kind=SuggestionKind(event.kind) if event.kind in list(SuggestionKind) else None,
        unit_id=event.unit_id,
    )
    perform_as_service(work, OPEN_WANTED_SUGGESTION, paper)


def refuse(work: Work, act: str, ref: str, code: RefusalCode, clause: str) -> None:
    """What cannot be taken up is for people to look at, in the trail; waiting would not mend it."""
    work.audit(act, "refused", subject_id=ref, code=code.value, clauses=(clause,))


def open_failed(work: Work, event: RectificationFailed, _: Envelope) -> None:
    """One accountability for one item, on one of the four grounds alone (HS-3.12)."""
    known = select(Accountability.id).where(
        Accountability.source == FAILED, Accountability.source_ref == event.item_id
    )
    if work.session.scalars(known).first() is not None:
        return
    ground = next((one for one in DUAL_GROUNDS if one == event.ground_code), None)
    covered = event.units and work.session.get(DirectoryCoverage, event.units[0]) is not None
    if ground is None or not covered:
        code = RefusalCode.OUT_OF_RANGE if ground is None else RefusalCode.UNKNOWN_REFERENCE
        refuse(work, OPEN_AFTER_FAILED_RECTIFICATION.name, event.item_id, code, "HS-3.12")
        return
    paper = FailedRectification(
        item_id=event.item_id, ground_code=ground, units=event.units, assessed_on=event.assessed_on
    )
    perform_as_service(work, OPEN_AFTER_FAILED_RECTIFICATION, paper)


def note_overdue(work: Work, event: DeadlineOverdue, _: Envelope) -> None:
    """The silence of a unit is told to the head and the liaison office; an office's own lateness may add up."""
    signal_if_repeated(work, event.duty_id)
    if event.clause != REPLY:
        return
    item = work.session.get(Suggestion, event.subject_ref, with_for_update=True)
    if item is not None and item.state == "issued":
        paper = UnansweredSuggestion(duty_id=event.duty_id, due_on=event.due_on, step=event.step)
        perform_as_service(work, NOTE_UNANSWERED, paper, item)


REACTIONS: dict[type[Event], Callable[[Work, Any, Envelope], None]] = {
    SuggestionProposed: open_wanted,
    RectificationFailed: open_failed,
    DeadlineOverdue: note_overdue,
}
