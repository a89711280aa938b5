"""What intake does on other services' events."""

from __future__ import annotations

from sqlalchemy import select

from contracts.envelope import Envelope
from contracts.events.archive import FileArchived
from contracts.events.clues import ClueRegistered, ClueStatusChanged
from contracts.events.inspection import PetitionsReferred
from services.chassis.audit.entry import STATE
from services.chassis.directory import everywhere
from services.chassis.inbox import Reactions
from services.chassis.perform import perform_as_service
from services.chassis.performance import state_of
from services.chassis.work import Work
from services.intake.acts.close import CLUE_ENDED
from services.intake.acts.referral import OPEN_REFERRAL
from services.intake.papers.petition import ClueOutcome
from services.intake.papers.referral import ReferralNotice
from services.intake.storage import Petition, ReferralBatch

ENDED = ("closed", "handled")


def note_clue(work: Work, event: ClueRegistered, _: Envelope) -> None:
    """The petition remembers the clue that it became (LZ-12.11)."""
    petition = _petition(work, event.petition_id)
    if petition is not None:
        petition.clue_id = event.clue_id
        petition.version += 1
        work.session.flush()
        work.audit(
            "note_clue",
            "accepted",
            subject=petition,
            clauses=("LZ-12.11",),
            digests={STATE: state_of(work.session, petition)},
        )


def end_of_clue(work: Work, event: ClueStatusChanged, _: Envelope) -> None:
    """A clue's end counts as the reply for the petition that became it (ruling 13)."""
    petition = _petition(work, event.petition_id)
    if petition is None or event.to_state not in ENDED:
        return
    if (
        petition.state not in CLUE_ENDED.when
    ):  # the clue was taken up again: its petition had its reply before
        facts = {"clue": event.clue_id}
        work.audit("note_clue_end", "system", subject=petition, clauses=("LZ-12.14",), facts=facts)
        return
    paper = ClueOutcome(
        clue_id=event.clue_id, outcome_code=event.outcome_code or event.to_state, ended_on=event.changed_on
    )
    perform_as_service(work, CLUE_ENDED, paper, petition)


def open_referral(work: Work, event: PetitionsReferred, _: Envelope) -> None:
    """One batch for one referral, however often the event arrives and under whatever id (XC-39.0d)."""
    known = select(ReferralBatch.id).where(ReferralBatch.batch_ref == event.batch_id)
    if work.session.scalars(known).first() is not None:
        return
    paper = ReferralNotice(
        batch_ref=event.batch_id,
        serials=event.petition_serials,
        referral_form_ids=event.referral_form_ids,
        referred_on=event.referred_on,
    )
    perform_as_service(work, OPEN_REFERRAL, paper)


def note_archived(work: Work, event: FileArchived, _: Envelope) -> None:
    petition = _petition(work, event.source_ref)
    if petition is not None:
        work.audit(
            "note_archived", "system", subject=petition, clauses=("LZ-22.7",), facts={"file": event.file_id}
        )


def _petition(work: Work, petition_id: str) -> Petition | None:
    if not petition_id:
        return None
    return work.session.scalars(
        select(Petition).where(Petition.id == petition_id).with_for_update()
    ).one_or_none()


def noted(_: Work, __: object, ___: Envelope) -> None:
    """Deadlines and deliveries are `notifications`' business; intake only keeps the event."""


REACTIONS = Reactions(
    everywhere("intake")
    | {
        ClueRegistered: note_clue,
        ClueStatusChanged: end_of_clue,
        FileArchived: note_archived,
        PetitionsReferred: open_referral,
    },
    otherwise=noted,
)
