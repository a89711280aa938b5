"""Sealed packages: the volume of a closed item, for the archive (LZ-22.7).

A package is a ZIP with `manifest.json` (digests of every file, signed by the producing service), `papers/*.json`,
`attachments/*` and `trail.jsonl` (the item's audit entries, as they stand in the tree). It is
encrypted to the archive's key; the digest of the ciphertext travels in the closing event and names the package.
"""

from __future__ import annotations

import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from nacl.exceptions import BadSignatureError
from nacl.public import PrivateKey, SealedBox
from nacl.signing import VerifyKey
from sqlalchemy import ColumnElement, LargeBinary, and_, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.access import SYSTEM
from services.chassis.audit.tables import AuditEntry
from services.chassis.db import CODE, ID, ChassisBase, UtcDateTime
from services.chassis.keys import unseal
from services.chassis.papers import attachments_of, canonical, papers_of, read_attachment, read_paper
from services.chassis.performance import Performance
from services.chassis.subject import SubjectColumns
from services.chassis.tables import Paper, Party

_EPOCH = (2000, 1, 1, 0, 0, 0)
_MANIFEST, _SIGNATURE = "manifest.json", "manifest.sig"
_NAME = re.compile(
    r"manifest\.(json|sig)|trail\.jsonl|papers/[0-9a-z-]{1,64}\.json|attachments/[0-9a-z-]{1,64}"
)
LARGEST_MANIFEST = 64 * 1024 * 1024
"""Bytes unpacked: many times what the longest case lists."""
_PIECE = 1024 * 1024
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, EOFError, struct.error, RuntimeError, NotImplementedError, OverflowError,
    KeyError, ValueError, TypeError, AttributeError, BadSignatureError,
)  # fmt: skip
"""What reading a file that somebody else made can come to; RecursionError among them, as a RuntimeError."""


class Package(ChassisBase):
    """A package that waits to be fetched by the archive. `digest`: SHA-256 (hex) of the ciphertext."""

    __tablename__ = "package"
    digest: Mapped[str] = mapped_column(CODE, primary_key=True)
    subject_kind: Mapped[str] = mapped_column(CODE)
    subject_id: Mapped[str] = mapped_column(ID, index=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PackageDamaged(Exception):
    """A package does not hold what its manifest says; the message names the first bad file."""


@dataclass(frozen=True)
class Opened:
    """A package that was opened and checked: its manifest and how many papers, attachments and entries it holds."""

    manifest: dict[str, Any]
    papers: int
    attachments: int
    entries: int


def pack(p: Performance[Any, Any], beside: Sequence[SubjectColumns] = ()) -> str:
    """Pack an item as it stands; returns the package's digest. Joins the act's transaction.

    `beside`: other items of this service that belong in its volume, with all that they hold.
    """
    p.session.flush()
    ring, subject = p.work.runtime.ring, p.subject
    whole = (subject, *beside)
    files: dict[str, bytes] = {}
    for paper in _papers(p, whole):
        content = read_paper(p.session, ring, paper)
        head = {
            "id": paper.id,
            "kind": paper.kind,
            "act": paper.act,
            "at": paper.at.isoformat(),
            "by": paper.by_person,
        }
        files[f"papers/{paper.id}.json"] = canonical(head | content)
    for attachment in (a for one in whole for a in attachments_of(p.session, one)):
        files[f"attachments/{attachment.id}"] = read_attachment(p.session, ring, attachment)
    entries = p.session.scalars(
        select(AuditEntry.body).where(_about(whole)).order_by(AuditEntry.recorded_at, AuditEntry.id)
    )
    files["trail.jsonl"] = b"".join(body.encode() + b"\n" for body in entries)
    manifest = {
        "format": "dengwen package v1",
        "service": p.work.runtime.name,
        "key_id": ring.key_id,
        "kind": subject.KIND,
        "id": subject.id,
        "no": subject.no,
        "office": subject.office_id,
        "closed_at": p.work.now.isoformat(),
        "time_mode": p.work.time_mode,
        "files": {name: sha256(body).hexdigest() for name, body in files.items()},
        "catalogue": _catalogue(p, whole),
    }
    statement = canonical(manifest)
    files[_MANIFEST] = statement
    files[_SIGNATURE] = bytes(ring.signing.sign(statement).signature)
    body = bytes(SealedBox(ring.boxes["archive"]).encrypt(_zip(files)))
    digest = sha256(body).hexdigest()
    p.session.add(
        Package(
            digest=digest, subject_kind=subject.KIND, subject_id=subject.id, body=body, made_at=p.work.now
        )
    )
    return digest


def _papers(p: Performance[Any, Any], whole: Sequence[SubjectColumns]) -> list[Paper]:
    return [paper for one in whole for paper in papers_of(p.session, one)]


def _about(whole: Sequence[SubjectColumns]) -> ColumnElement[bool]:
    """The audit entries of these items."""
    return or_(*(and_(AuditEntry.subject_kind == x.KIND, AuditEntry.subject_id == x.id) for x in whole))


def _catalogue(p: Performance[Any, Any], whole: Sequence[SubjectColumns]) -> dict[str, Any]:
    """What must be known of the item years later (LZ-22.7, LZ-22.12), in ids and codes.

    Its documents, the officers and their parts, and whom it is about: the archive keeps these from reading it.
    """
    session, subject, actor = p.session, p.subject, p.work.actor
    entries = session.execute(
        select(AuditEntry.actor_person, AuditEntry.act, AuditEntry.body)
        .where(_about(whole), AuditEntry.outcome == "accepted")
        .order_by(AuditEntry.recorded_at, AuditEntry.id)
    )
    parts = [(person, json.loads(body)["role"], act) for person, act, body in entries]
    parts.append((actor.person_id, actor.role, p.act.name))  # this very act: its entry follows
    officers: dict[tuple[str, str], list[str]] = {}
    for person, role, act in parts:
        if person and person != SYSTEM.person_id:
            officers.setdefault((person, role), []).append(act)
    parties = select(Party.person_id).where(
        Party.subject_kind == subject.KIND, Party.subject_id == subject.id
    )
    return {
        "documents": [
            {"id": x.id, "kind": x.kind, "act": x.act, "at": x.at.isoformat()} for x in _papers(p, whole)
        ],
        "officers": [
            {"person": person, "role": role, "acts": list(dict.fromkeys(acts))}
            for (person, role), acts in officers.items()
        ],
        "parties": sorted(session.scalars(parties)),
    }


def open_package(body: bytes, private: PrivateKey, trust: dict[str, dict[str, VerifyKey]]) -> Opened:
    """Open and check a package; raises PackageDamaged, CannotOpen.

    Anybody can encrypt to the archive's key. So nothing but the manifest is unpacked before its signature is checked;
    after that, in pieces and never to the disk, what it lists.
    """
    plain = unseal(private, body)
    try:
        archive = zipfile.ZipFile(io.BytesIO(plain))
        names = _names(archive)
        manifest = _signed_manifest(archive, trust)
        listed: dict[str, str] = dict(manifest["files"])
    except _UNREADABLE as error:
        raise PackageDamaged(f"manifest: {type(error).__name__}") from None
    lines = {
        name: _checked_lines(archive, name, listed.get(name) if name in names else None)
        for name in sorted({*listed, *names, "trail.jsonl"})
    }
    kinds = [name.partition("/")[0] for name in names]
    return Opened(manifest, kinds.count("papers"), kinds.count("attachments"), lines["trail.jsonl"])


def _names(archive: zipfile.ZipFile) -> set[str]:
    """The files beside the manifest, each once: of two of one name, programs differ in which they take."""
    names = archive.namelist()
    if len(set(names)) < len(names) or not all(_NAME.fullmatch(name) for name in names):
        raise ValueError
    return set(names) - {_MANIFEST, _SIGNATURE}


def _signed_manifest(archive: zipfile.ZipFile, trust: dict[str, dict[str, VerifyKey]]) -> dict[str, Any]:
    if max(archive.getinfo(name).file_size for name in (_MANIFEST, _SIGNATURE)) > LARGEST_MANIFEST:
        raise ValueError
    statement = archive.read(_MANIFEST)
    manifest: dict[str, Any] = json.loads(statement)
    trust[manifest["service"]][manifest["key_id"]].verify(statement, archive.read(_SIGNATURE))
    return manifest


def _checked_lines(archive: zipfile.ZipFile, name: str, digest: str | None) -> int:
    """How many lines a file has; raises PackageDamaged unless it is the one that was signed."""
    found, lines = sha256(), 0
    try:
        with archive.open(name) as file:
            while digest is not None and (piece := file.read(_PIECE)):
                found.update(piece)
                lines += piece.count(b"\n")
    except _UNREADABLE:
        digest = None
    if found.hexdigest() != digest:
        raise PackageDamaged(name)
    return lines


def _zip(files: dict[str, bytes]) -> bytes:
    """A ZIP that depends on the content alone."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), files[name], zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
