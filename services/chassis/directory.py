"""The directory as this service has it, and the other events that every service keeps: time, sessions, values, heads.

Authorising needs no call to another service: ids, codes and dates arrive as versioned events.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contracts.envelope import Envelope
from contracts.events.archive import AssignmentChanged, InterpretationPublished, PersonChanged
from contracts.events.base import Event
from contracts.events.desk import (
    AccountChanged,
    DirectoryPublished,
    EpochApproved,
    PersonKeyChanged,
    SessionRevoked,
    TimeAdvanced,
)
from contracts.events.every_service import AUDIT_HEAD_SIGNED, EPOCH_OPENED, AuditHeadSigned, EpochOpened
from contracts.events.notifications import CoverageChanged, OfficeRegistered
from services.chassis.audit.bridge import Bridge, cross
from services.chassis.audit.heads import SignedHead
from services.chassis.audit.witness import witness
from services.chassis.clock import real_now
from services.chassis.effects import stored_at_once
from services.chassis.epochs import open_epoch
from services.chassis.inbox import Reaction, close_epochs
from services.chassis.recusal import recusals_followed
from services.chassis.tables import (
    DirectoryAccount,
    DirectoryAssignment,
    DirectoryCoverage,
    DirectoryOffice,
    DirectoryPerson,
    DirectoryState,
    Installation,
    PublishedValue,
    RevokedSession,
)
from services.chassis.work import Work


@stored_at_once
def on_person(work: Work, event: PersonChanged, _: Envelope) -> None:
    row = _newer(work.session, DirectoryPerson, event.person_id, event.version)
    if row is None:
        return
    with recusals_followed(work, event.person_id, (event.superior_person_id, *event.relatives)):
        row.level, row.managing_authority = event.level, event.managing_authority
        row.unit_id, row.office_id, row.superior_id = event.unit_id, event.office_id, event.superior_person_id
        row.relatives = ",".join(sorted(event.relatives))
        row.leadership_member, row.party_head = event.leadership_member, event.party_head


@stored_at_once
def on_person_key(work: Work, event: PersonKeyChanged, _: Envelope) -> None:
    row = work.session.get(DirectoryPerson, event.person_id)
    if row is None:  # keys and persons come from different services, in any order
        row = DirectoryPerson(
            person_id=event.person_id,
            level="",
            managing_authority="",
            unit_id="",
            office_id="",
            superior_id="",
            relatives="",
            leadership_member=False,
            party_head=False,
            version=0,
        )
        work.session.add(row)
    row.box_key = event.public_key if event.status == "active" else ""


@stored_at_once
def on_assignment(work: Work, event: AssignmentChanged, _: Envelope) -> None:
    row = _newer(work.session, DirectoryAssignment, event.assignment_id, event.version)
    if row is None:
        return
    with recusals_followed(work, event.person_id):
        row.person_id, row.role = event.person_id, event.role
        row.office_id, row.unit_id = event.office_id, event.unit_id
        row.valid_from, row.valid_to = event.valid_from, event.valid_to


@stored_at_once
def on_office(work: Work, event: OfficeRegistered, _: Envelope) -> None:
    row = _newer(work.session, DirectoryOffice, event.office_id, event.version)
    if row is not None:
        row.kind, row.liaison_office_id, row.status = event.kind, event.liaison_office_id, event.status


@stored_at_once
def on_coverage(work: Work, event: CoverageChanged, _: Envelope) -> None:
    row = _newer(work.session, DirectoryCoverage, event.unit_id, event.version)
    if row is not None:
        row.office_id, row.liaison_office_id = event.office_id, event.liaison_office_id


@stored_at_once
def on_account(work: Work, event: AccountChanged, _: Envelope) -> None:
    row = _newer(work.session, DirectoryAccount, event.account_id, event.version)
    if row is not None:
        row.person_id, row.status = event.person_id, event.status


def on_session_revoked(work: Work, event: SessionRevoked, _: Envelope) -> None:
    work.session.merge(RevokedSession(session_id=event.session_id))


def on_directory_published(work: Work, event: DirectoryPublished, _: Envelope) -> None:
    expected = event.persons + event.assignments + event.offices + event.coverages + event.accounts
    state = work.session.get(DirectoryState, 1)
    if state is None:
        state = DirectoryState(id=1, version=0, expected=0, confirmed_at=real_now())
        work.session.add(state)
    if event.version >= state.version:
        state.version, state.expected, state.confirmed_at = event.version, expected, real_now()


@stored_at_once
def on_time_advanced(work: Work, event: TimeAdvanced, _: Envelope) -> None:
    installation = work.session.scalars(select(Installation)).one()
    if installation.time_mode != "simulated":
        raise RuntimeError("a real installation keeps real time")
    if installation.now is None or event.now > installation.now:
        installation.now = event.now
        work.now = event.now
        work.audit("advance_time", "system", subject_kind="installation", subject_id=installation.id)


@stored_at_once
def on_interpretation(work: Work, event: InterpretationPublished, _: Envelope) -> None:
    work.session.merge(
        PublishedValue(
            clause=event.clause,
            name=event.name,
            effective_from=event.effective_from,
            amount=event.amount,
            unit=event.unit,
            version=str(event.version),
        )
    )


def on_audit_head(work: Work, event: AuditHeadSigned, envelope: Envelope) -> None:
    """Witness another service's tree head; an alarm is kept and shown, and never blocks business."""
    producer = envelope.source.strip("/")
    head = SignedHead(
        event.size,
        bytes.fromhex(event.root),
        event.signed_at,
        event.key_id,
        bytes.fromhex(event.signature),
        event.previous_size,
    )
    proof = [bytes.fromhex(node) for node in event.proof]
    trusted = work.runtime.ring.trust.get(producer, {})
    verdict = witness(work.session, producer, head, proof, trusted, now=work.real)
    if verdict.alarm:
        work.audit(
            "witness_alarm",
            "system",
            subject_kind="audit_head",
            subject_id=f"{producer}:{event.size}",
            code=verdict.value,
        )


def on_epoch_approved(work: Work, event: EpochApproved, _: Envelope) -> None:
    """Go on under a new epoch, if this service still waits for this very approval."""
    installation = work.session.scalars(select(Installation)).one()
    if event.service == work.runtime.name and event.restore_id == installation.restore_id:
        open_epoch(work, by="two_administrators")


def on_epoch_opened(work: Work, event: EpochOpened, envelope: Envelope) -> None:
    """Another service goes on from an older state: close its earlier epochs, and witness the bridge over its trail."""
    producer = envelope.source.strip("/")
    close_epochs(work.session, producer, event.epoch, dict(zip(event.closed, event.last, strict=True)))
    signed = (event.signed_at, event.key_id, bytes.fromhex(event.signature))
    bridge = Bridge(producer, event.epoch, event.size, bytes.fromhex(event.root), *signed)
    verdict = cross(work.session, bridge, work.runtime.ring.trust.get(producer, {}), work.real)
    work.audit(
        "witness_alarm" if verdict.alarm else "witness_bridge",
        "system",
        subject_kind="trail_bridge",
        subject_id=f"{producer}:{event.epoch}",
        code=verdict.value,
        facts={"size": event.size},
    )


def everywhere(service: str) -> dict[type[Event], Reaction]:
    """The reactions that every service has."""
    reactions: dict[type[Event], Reaction] = {
        PersonChanged: on_person,
        PersonKeyChanged: on_person_key,
        AssignmentChanged: on_assignment,
        OfficeRegistered: on_office,
        CoverageChanged: on_coverage,
        AccountChanged: on_account,
        SessionRevoked: on_session_revoked,
        DirectoryPublished: on_directory_published,
        TimeAdvanced: on_time_advanced,
        InterpretationPublished: on_interpretation,
        EpochApproved: on_epoch_approved,
    }
    reactions |= {cls: on_epoch_opened for name, cls in EPOCH_OPENED.items() if name != service}
    return reactions | {cls: on_audit_head for name, cls in AUDIT_HEAD_SIGNED.items() if name != service}


def directory_complete(session: Session) -> bool:
    """Whether everything that the directory's owners published has arrived here."""
    state = session.get(DirectoryState, 1)
    if state is None:
        return False
    tables: list[Any] = [DirectoryAssignment, DirectoryOffice, DirectoryCoverage, DirectoryAccount]
    have = sum(session.scalar(select(func.count()).select_from(t)) or 0 for t in tables)
    persons = select(func.count()).select_from(DirectoryPerson).where(DirectoryPerson.version > 0)
    return have + (session.scalar(persons) or 0) >= state.expected


def _newer(session: Session, model: Any, key: str, version: int) -> Any:
    """The row to bring to this version, or None if it is there already."""
    row = session.get(model, key)
    if row is None:
        row = model(**{model.__mapper__.primary_key[0].key: key}, version=0)
        session.add(row)
    if row.version >= version:
        return None
    row.version = version
    return row
