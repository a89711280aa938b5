"""What archive does on other services' events: volumes of closed items, facts for integrity files, each once."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from contracts.envelope import Envelope
from contracts.events.clues import ClueStatusChanged
from contracts.events.clues_accountability import OpinionEvidenceSupplied
from contracts.events.clues_cases import SanctionDecided, SanctionExecuted
from contracts.events.inspection_talks import IntegrityTalkHeld, InterviewHeld, KeyFewAssessed
from contracts.events.intake import PetitionClosed
from contracts.refusals import RefusalCode
from services.archive import prior_materials, round_files
from services.archive.acts.opinions import NOTE_EVIDENCE
from services.archive.acts.volumes import EXPECT_VOLUME
from services.archive.integrity import (
    enter_assessment,
    enter_execution,
    enter_interview,
    enter_sanction,
    enter_talk,
)
from services.archive.papers.opinion import EvidenceNote
from services.archive.papers.volume import ExpectedPackage
from services.archive.storage import Volume
from services.archive.storage_opinion import IntegrityOpinion, OpinionEvidence
from services.chassis.directory import everywhere
from services.chassis.inbox import Reactions
from services.chassis.perform import perform_as_service
from services.chassis.work import Work

ENDED = ("closed", "handled")


def petition_closed(work: Work, event: PetitionClosed, _: Envelope) -> None:
    expect(
        work, "intake", "petition", event.petition_id, event.office_id, event.package_digest, event.closed_on
    )


def clue_ended(work: Work, event: ClueStatusChanged, _: Envelope) -> None:
    if event.to_state not in ENDED:
        return
    if not event.package_digest:  # an end without a volume is for people to look at, and waits for nothing
        work.audit("expect_volume", "refused", subject_kind="clue", subject_id=event.clue_id,
                   code=RefusalCode.MISSING_DOCUMENT.value, clauses=("LZ-22.7",))  # fmt: skip
        return
    expect(work, "clues", "clue", event.clue_id, event.office_id, event.package_digest, event.changed_on)


def expect(
    work: Work, service: str, kind: str, ref: str, office_id: str, digest: str, closed_on: date
) -> None:
    """A volume in state `expected`; a package that is known already makes no second one."""
    if work.session.scalars(select(Volume.id).where(Volume.package_digest == digest)).first() is not None:
        return
    paper = ExpectedPackage(source_service=service, source_kind=kind, source_ref=ref, office_id=office_id,
                            package_digest=digest, closed_on=closed_on)  # fmt: skip
    perform_as_service(work, EXPECT_VOLUME, paper)


def evidence_supplied(work: Work, event: OpinionEvidenceSupplied, _: Envelope) -> None:
    """The latest search counts (LZ-10.5); after the reply nothing is added to what it rests on."""
    query = select(IntegrityOpinion).where(IntegrityOpinion.id == event.request_id).with_for_update()
    item = work.session.scalars(query).one_or_none()
    if item is None or item.state not in NOTE_EVIDENCE.when:
        return
    evidence = OpinionEvidence(request_id=event.request_id, person_id=event.person_id,
                               result_code=event.result_code, searched_on=event.searched_on)  # fmt: skip
    work.session.merge(evidence)
    paper = EvidenceNote(person_id=event.person_id, searched_on=event.searched_on)
    perform_as_service(work, NOTE_EVIDENCE, paper, item)


def noted(_: Work, __: object, ___: Envelope) -> None:
    """Other hand-offs to the archive are kept in its inbox until their procedures are here."""


REACTIONS = Reactions(
    everywhere("archive")
    | {PetitionClosed: petition_closed, ClueStatusChanged: clue_ended}
    | {SanctionDecided: enter_sanction, SanctionExecuted: enter_execution}
    | {IntegrityTalkHeld: enter_talk, InterviewHeld: enter_interview, KeyFewAssessed: enter_assessment}
    | {OpinionEvidenceSupplied: evidence_supplied}
    | round_files.REACTIONS
    | prior_materials.REACTIONS,
    otherwise=noted,
)
