"""Papers and attachments at rest: encrypted under the case's key, or sealed to their addressee."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from time import time_ns
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from contracts.refusals import Refusal, RefusalCode
from services.chassis import keys
from services.chassis.audit.tables import AuditEntry
from services.chassis.db import forget_traces
from services.chassis.keys import KeyRing
from services.chassis.reference import look_up
from services.chassis.remembered import forget, opened_item
from services.chassis.subject import SubjectColumns
from services.chassis.tables import Attachment, CaseKey, DirectoryPerson, Paper

_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def canonical(value: Any) -> bytes:
    """JSON with sorted keys and no spaces, UTF-8: what digests are taken of."""
    return _CANONICAL.encode(value).encode()


def case_key(session: Session, ring: KeyRing, subject_id: str, *, create: bool = False) -> bytes:
    """The key of a case; raises CannotOpen when it was erased."""
    item = opened_item(session, subject_id)
    if item is not None and item.case_key is not None:
        return item.case_key
    row = session.get(CaseKey, subject_id) if item is None else None
    if row is not None:
        return ring.unwrap_case_key(row.wrapped, subject_id)
    if not create:
        raise keys.CannotOpen
    key = keys.new_case_key()
    session.add(CaseKey(subject_id=subject_id, wrapped=ring.wrap_case_key(key, subject_id)))
    if item is not None:
        item.case_key = key
    return key


def file_paper(
    session: Session,
    ring: KeyRing,
    subject: SubjectColumns,
    act: str,
    kind: str,
    form: dict[str, Any],
    person: str,
    at: datetime,
) -> Paper:
    """Store a paper encrypted under the case's key."""
    key = case_key(session, ring, subject.id, create=True)
    paper = new_paper(key, subject, act, kind, form, person, at)
    session.add(paper)
    return paper


def _in_order() -> str:
    """An id that sorts in the order of filing, and goes to the end of the index.

    Papers of one instant (a clock that stands still, one act's several papers) are read in the order of coming.
    """
    return f"{time_ns():016x}{secrets.token_hex(8)}"


def new_paper(
    key: bytes,
    subject: SubjectColumns,
    act: str,
    kind: str,
    form: dict[str, Any],
    person: str,
    at: datetime,
) -> Paper:
    """A paper encrypted under its case's key, not stored yet; its digest is of the canonical plain text."""
    plain = canonical(form)
    paper = Paper(
        id=_in_order(),
        subject_kind=subject.KIND,
        subject_id=subject.id,
        act=act,
        kind=kind,
        at=at,
        by_person=person,
        digest=sha256(plain).digest(),
        sealed_to="",
    )
    paper.body = keys.encrypt(key, plain, paper.id)
    return paper


def read_paper(session: Session, ring: KeyRing, paper: Paper) -> dict[str, Any]:
    """The form as it was filed; raises Refusal(SEALED_ITEM) if only its addressee can open it."""
    if paper.sealed_to or paper.body is None:
        raise Refusal(RefusalCode.SEALED_ITEM)
    loaded: dict[str, Any] = json.loads(
        keys.decrypt(case_key(session, ring, paper.subject_id), paper.body, paper.id)
    )
    return loaded


def upload(
    session: Session, ring: KeyRing, person: str, media_type: str, body: bytes, now: datetime
) -> Attachment:
    """Keep an upload, its uploader's alone until an act binds it. Encrypted under a key of its own."""
    attachment = Attachment(
        id=_in_order(),
        uploaded_by=person,
        uploaded_at=now,
        subject_kind="",
        subject_id="",
        paper_id="",
        media_type=media_type,
        size=len(body),
        digest=sha256(body).digest(),
        sealed_to="",
    )
    attachment.body = keys.encrypt(case_key(session, ring, attachment.id, create=True), body, attachment.id)
    session.add(attachment)
    return attachment


def bind(
    session: Session, subject: SubjectColumns, paper: Paper, ids: Sequence[str], person: str
) -> list[Attachment]:
    """Bind uploads to an item; raises Refusal(UNKNOWN_REFERENCE) for one that is not the actor's or already bound."""
    bound = []
    for attachment_id in dict.fromkeys(ids):
        row = session.get(Attachment, attachment_id, with_for_update=True)
        if row is None or row.uploaded_by != person or row.subject_id:
            raise Refusal(RefusalCode.UNKNOWN_REFERENCE, field="attachments")
        row.subject_kind, row.subject_id, row.paper_id = subject.KIND, subject.id, paper.id
        bound.append(row)
    item = opened_item(session, subject.id)
    if item is not None:
        item.attachments += bound
    return bound


def read_attachment(session: Session, ring: KeyRing, row: Attachment) -> bytes:
    if row.sealed_to or row.body is None:
        raise Refusal(RefusalCode.SEALED_ITEM)
    return keys.decrypt(case_key(session, ring, row.id), row.body, row.id)


def seal_contents(
    session: Session,
    ring: KeyRing,
    subject: SubjectColumns,
    addressee: str,
    more: Sequence[dict[str, Any]] = (),
) -> list[bytes]:
    """Re-encrypt everything of an item to its addressee and erase the keys: from now on nobody else can open it.

    `more`: forms (`kind`, `paper`) that were kept elsewhere and go with the papers. Returns the sealed packages
    (canonical JSON of the papers, then one per attachment), in a stable order; the rows themselves are deleted.
    Raises Refusal(WRONG_ADDRESSEE) if the addressee has no key.
    """
    person = look_up(session, DirectoryPerson, addressee)
    if person is None or not person.box_key:
        raise Refusal(RefusalCode.WRONG_ADDRESSEE)
    papers = papers_of(session, subject)
    forms = [{"kind": p.kind, "at": p.at.isoformat(), "paper": read_paper(session, ring, p)} for p in papers]
    sealed = [keys.seal(person.box_key, canonical({"papers": [*forms, *more]}))]
    attachments = attachments_of(session, subject)
    sealed += [keys.seal(person.box_key, read_attachment(session, ring, a)) for a in attachments]
    erase(session, [subject.id, *(a.id for a in attachments)])
    session.execute(delete(Paper).where(Paper.subject_kind == subject.KIND, Paper.subject_id == subject.id))
    session.execute(
        delete(Attachment).where(Attachment.subject_kind == subject.KIND, Attachment.subject_id == subject.id)
    )
    return sealed


def erase(session: Session, ids: Iterable[str]) -> None:
    """Delete case keys: the ciphertexts under them can never be read again.

    The salts of what the audit trail says of these ids go with them, or a guess could be tried on its digests.
    """
    erased = list(ids)
    session.execute(delete(CaseKey).where(CaseKey.subject_id.in_(erased)))
    salted = (AuditEntry.subject_id.in_(erased), AuditEntry.salts.is_not(None))
    session.execute(update(AuditEntry).where(*salted).values(salts=None))
    forget_traces(session)
    forget(session, erased)


def forget_unbound(session: Session, before: datetime, limit: int = 50) -> int:
    """Erase uploads older than `before` (real time) that no act has cited; returns how many."""
    unbound = select(Attachment.id).where(Attachment.subject_id == "", Attachment.uploaded_at < before)
    ids = session.scalars(unbound.limit(limit).with_for_update(skip_locked=True)).all()
    if ids:
        erase(session, ids)
        session.execute(delete(Attachment).where(Attachment.id.in_(ids)))
    return len(ids)


def papers_of(session: Session, subject: SubjectColumns) -> list[Paper]:
    item = opened_item(session, subject.id)
    if item is not None:
        return sorted(item.papers, key=lambda paper: (paper.at, paper.id))
    return list(
        session.scalars(
            select(Paper)
            .where(Paper.subject_kind == subject.KIND, Paper.subject_id == subject.id)
            .order_by(Paper.at, Paper.id)
        )
    )


def attachments_of(session: Session, subject: SubjectColumns) -> list[Attachment]:
    item = opened_item(session, subject.id)
    if item is not None:
        return sorted(item.attachments, key=lambda attachment: (attachment.uploaded_at, attachment.id))
    return list(
        session.scalars(
            select(Attachment)
            .where(Attachment.subject_kind == subject.KIND, Attachment.subject_id == subject.id)
            .order_by(Attachment.uploaded_at, Attachment.id)
        )
    )


def has_attachment(session: Session, subject: SubjectColumns) -> bool:
    query = select(func.count()).where(
        Attachment.subject_kind == subject.KIND, Attachment.subject_id == subject.id
    )
    return bool(session.scalar(query))
