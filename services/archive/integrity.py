"""What archive does with facts about persons: sanctions, talks, assessments go into the integrity file, once each."""

from __future__ import annotations

from sqlalchemy import select

from contracts.envelope import Envelope
from contracts.events.clues_cases import SanctionDecided, SanctionExecuted
from contracts.events.inspection_talks import IntegrityTalkHeld, InterviewHeld, KeyFewAssessed
from services.archive.acts.integrity import ADD_TO_INTEGRITY_FILE, OPEN_INTEGRITY_FILE
from services.archive.domain.integrity import FactKind
from services.archive.papers.integrity import IntegrityFact, OpenedIntegrityFile
from services.archive.storage_integrity import IntegrityEntry, IntegrityFile
from services.chassis.perform import perform_as_service
from services.chassis.work import Work


def enter_sanction(work: Work, event: SanctionDecided, _: Envelope) -> None:
    fact = IntegrityFact(
        kind_code=FactKind.SANCTION,
        source_ref=event.case_id,
        code=event.sanction_code,
        form_code=event.form_code,
        decided_by=event.decided_by,
        happened_on=event.decided_on,
    )
    enter(work, _file_of(work, event.person_id), fact)


def enter_execution(work: Work, event: SanctionExecuted, _: Envelope) -> None:
    """The event names the case alone: everybody who was sanctioned in it has it in their file."""
    files = (
        select(IntegrityFile)
        .join(IntegrityEntry, IntegrityEntry.file_id == IntegrityFile.id)
        .where(
            IntegrityEntry.source_ref == event.case_id, IntegrityEntry.kind_code == FactKind.SANCTION.value
        )
        .distinct()
        .order_by(IntegrityFile.id)
    )
    fact = IntegrityFact(
        kind_code=FactKind.SANCTION_EXECUTED, source_ref=event.case_id, happened_on=event.verified_on
    )
    for file in work.session.scalars(files).all():
        enter(work, file, fact)


def enter_talk(work: Work, event: IntegrityTalkHeld, _: Envelope) -> None:
    """That there was a talk, of which type and when; what was said stays in inspection (LL-3.11)."""
    fact = IntegrityFact(
        kind_code=FactKind.TALK, source_ref=event.talk_id, code=event.talk_type, happened_on=event.held_on
    )
    enter(work, _file_of(work, event.person_id), fact)


def enter_interview(work: Work, event: InterviewHeld, _: Envelope) -> None:
    fact = IntegrityFact(
        kind_code=FactKind.INTERVIEW, source_ref=event.interview_id, happened_on=event.held_on
    )
    enter(work, _file_of(work, event.person_id), fact)


def enter_assessment(work: Work, event: KeyFewAssessed, _: Envelope) -> None:
    fact = IntegrityFact(
        kind_code=FactKind.KEY_FEW, source_ref=event.assessment_id, happened_on=event.assessed_on
    )
    enter(work, _file_of(work, event.person_id), fact)


def _file_of(work: Work, person_id: str) -> IntegrityFile:
    """The person's file; one is opened where there was none, so that no fact is dropped."""
    query = select(IntegrityFile).where(IntegrityFile.person_id == person_id).with_for_update()
    file = work.session.scalars(query).one_or_none()
    if file is not None:
        return file
    opened: IntegrityFile = perform_as_service(
        work, OPEN_INTEGRITY_FILE, OpenedIntegrityFile(person_id=person_id)
    ).subject
    return opened


def enter(work: Work, file: IntegrityFile, fact: IntegrityFact) -> None:
    """A fact that is in the file already is entered no second time, under whatever event id it arrives."""
    work.session.flush()
    known = select(IntegrityEntry.id).where(
        IntegrityEntry.file_id == file.id,
        IntegrityEntry.kind_code == fact.kind_code.value,
        IntegrityEntry.source_ref == fact.source_ref,
        IntegrityEntry.code == fact.code,
    )
    if work.session.scalars(known).first() is None:
        perform_as_service(work, ADD_TO_INTEGRITY_FILE, fact, file)
