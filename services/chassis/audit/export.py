"""One service's trail as one file that an auditor keeps and verifies without any database.

A bundle is a .zip: `entries.jsonl` (line n is the content of leaf n, byte for byte), `heads.jsonl` (the
service's signed heads), `witnessed.jsonl` (what the others hold of them), `keys.json` (public keys, hex),
`manifest.json` (service, size, SHA-256 of each file). No salts: digests stay closed. The same trail gives
the same bytes, wherever the same zlib writes it, and the same manifest everywhere.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from nacl.signing import VerifyKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.audit import tree
from services.chassis.audit.entry import canonical_json, instant
from services.chassis.audit.findings import Counts, Fault, Finding, Report
from services.chassis.audit.heads import SignedHead, is_signed_by
from services.chassis.audit.tables import AuditEntry, AuditHead, AuditLeaf, WitnessedHead
from services.chassis.audit.trail import tree_size
from services.chassis.audit.walk import Mark, Walk
from services.chassis.audit.witness import Verdict

FORMAT = "dengwen audit bundle v1"
HEADS_FORMAT = "dengwen audit heads v1"
ENTRIES, HEADS, WITNESSED, KEYS, MANIFEST = (
    "entries.jsonl",
    "heads.jsonl",
    "witnessed.jsonl",
    "keys.json",
    "manifest.json",
)
_LONGEST_LINE = 1 << 20
_CHUNK = 4096


class BundleUnreadable(ValueError):
    """The file is no bundle of this format, or is damaged beyond reading."""


def export_trail(
    path: Path,
    service: str,
    session: Session,
    others: Mapping[str, Session],
    verify_keys: Mapping[str, VerifyKey],
    *,
    as_of: datetime | None = None,
) -> int:
    """Writes the bundle of a service; gives the number of entries in it.

    Entries without a leaf are left out. `as_of` is that of `verify_installation`.
    """
    size = tree_size(session)
    files: dict[str, Iterable[str]] = {
        ENTRIES: _bodies(session, size),
        HEADS: _own_heads(session, size),
        WITNESSED: _witnessed_heads(service, others, as_of),
        KEYS: [canonical_json({key_id: bytes(key).hex() for key_id, key in verify_keys.items()})],
    }
    digests: dict[str, str] = {}
    with ZipFile(path, "w") as bundle:
        for name, lines in files.items():
            digests[name] = _write(bundle, name, lines)
        manifest = {"files": digests, "format": FORMAT, "service": service, "size": size}
        _write(bundle, MANIFEST, [canonical_json(manifest)])
    return size


def verify_bundle(path: Path, trust: Mapping[str, VerifyKey] | None = None) -> Report:
    """Checks every entry, the numbering, the times and every head of a bundle.

    `trust` are the service's public keys from elsewhere; without them the bundle's own are used, which
    shows that it is whole, not whose it is: compare `bundle_keys`. Raises BundleUnreadable.
    """
    try:
        with ZipFile(path) as bundle:
            return _verify(bundle, trust)
    except (BadZipFile, KeyError, TypeError, ValueError, EOFError, OSError, zlib.error) as damaged:
        raise BundleUnreadable(f"{path.name}: {type(damaged).__name__}") from damaged


def bundle_keys(path: Path) -> dict[str, str]:
    """The public keys (hex) by key id, to be compared with those that the service published."""
    with ZipFile(path) as bundle:
        found = json.loads(bundle.read(KEYS))
    return {str(key_id): str(key) for key_id, key in found.items()}


def bundle_heads(path: Path) -> tuple[str, list[SignedHead]]:
    """The service and its signed heads, as `known` evidence for `verify_installation`."""
    with ZipFile(path) as bundle:
        manifest = json.loads(bundle.read(MANIFEST))
        return manifest["service"], [read_head(json.loads(line)) for line in _lines(bundle, HEADS)]


def known_heads(path: Path) -> tuple[str, list[SignedHead]]:
    """The service and its signed heads, from a bundle or from a file of heads alone; raises BundleUnreadable."""
    try:
        if zipfile.is_zipfile(path):
            return bundle_heads(path)
        told = json.loads(path.read_text(encoding="utf-8"))
        if told["format"] != HEADS_FORMAT:
            raise ValueError
        return str(told["service"]), [read_head(fields) for fields in told["heads"]]
    except (BadZipFile, KeyError, TypeError, ValueError, EOFError, OSError, zlib.error) as damaged:
        raise BundleUnreadable(f"{path.name}: {type(damaged).__name__}") from damaged


def _write(bundle: ZipFile, name: str, lines: Iterable[str]) -> str:
    info = ZipInfo(name)  # dated 1980: the file's bytes follow from its content alone
    info.compress_type = zipfile.ZIP_DEFLATED
    digest = sha256()
    with bundle.open(info, "w", force_zip64=True) as member:
        for line in lines:
            data = line.encode() + b"\n"
            digest.update(data)
            member.write(data)
    return digest.hexdigest()


def _bodies(session: Session, size: int) -> Iterator[str]:
    for low in range(0, size, _CHUNK):
        rows = (
            select(AuditEntry.body)
            .join(AuditLeaf, AuditLeaf.entry_id == AuditEntry.id)
            .where(AuditLeaf.leaf_index >= low, AuditLeaf.leaf_index < min(low + _CHUNK, size))
            .order_by(AuditLeaf.leaf_index)
        )
        yield from session.scalars(rows)


def _own_heads(session: Session, size: int) -> Iterator[str]:
    rows = select(AuditHead).where(AuditHead.size <= size).order_by(AuditHead.size)
    for row in session.scalars(rows.execution_options(yield_per=1000)):
        yield canonical_json(head_fields(row))


def _witnessed_heads(service: str, others: Mapping[str, Session], as_of: datetime | None) -> Iterator[str]:
    for name in sorted(others):
        rows = select(WitnessedHead).where(WitnessedHead.producer == service).order_by(WitnessedHead.size)
        if as_of is not None:
            rows = rows.where(WitnessedHead.seen_at <= as_of)
        rows = rows.order_by(WitnessedHead.id).execution_options(yield_per=1000)
        for row in others[name].scalars(rows):
            told = {"seen_at": instant(row.seen_at), "verdict": row.verdict, "witness": name}
            yield canonical_json(head_fields(row) | told)


def head_fields(row: AuditHead | WitnessedHead) -> dict[str, object]:
    """A head as it stands in files: hex, and the instant as it was signed."""
    return {
        "key_id": row.key_id,
        "root": row.root.hex(),
        "signature": row.signature.hex(),
        "signed_at": instant(row.signed_at),
        "size": row.size,
    }


def read_head(fields: Mapping[str, Any]) -> SignedHead:
    """A head from a file; raises ValueError, KeyError, TypeError."""
    signed_at = datetime.fromisoformat(fields["signed_at"])
    root, signature = bytes.fromhex(fields["root"]), bytes.fromhex(fields["signature"])
    return SignedHead(fields["size"], root, signed_at, fields["key_id"], signature)


def _lines(bundle: ZipFile, name: str, digests: dict[str, str] | None = None) -> Iterator[str]:
    digest = sha256()
    with bundle.open(name) as member:
        while line := member.readline(_LONGEST_LINE):
            if not line.endswith(b"\n"):
                raise ValueError(name)
            digest.update(line)
            yield line[:-1].decode()
    if digests is not None:
        digests[name] = digest.hexdigest()


def _verify(bundle: ZipFile, trust: Mapping[str, VerifyKey] | None) -> Report:
    manifest = json.loads(bundle.read(MANIFEST))
    if manifest["format"] != FORMAT:
        raise ValueError(manifest["format"])
    service, size = str(manifest["service"]), int(manifest["size"])
    report = Report(counts={service: Counts()})
    digests: dict[str, str] = {}
    own = json.loads("\n".join(_lines(bundle, KEYS, digests)))
    keys = trust or {key_id: VerifyKey(bytes.fromhex(key)) for key_id, key in own.items()}
    marks = _marks(bundle, keys, report, service, digests)
    _walk(bundle, Walk(service, report), size, marks, digests)
    for name in (ENTRIES, HEADS, WITNESSED, KEYS):
        if manifest["files"].get(name) != digests[name]:
            report.add(Finding(fault=Fault.BUNDLE_CHANGED, service=service, subject=name))
    return report


def _marks(
    bundle: ZipFile,
    keys: Mapping[str, VerifyKey],
    report: Report,
    service: str,
    digests: dict[str, str],
) -> dict[int, list[Mark]]:
    counts = report.counts[service]
    marks: dict[int, list[Mark]] = {}
    for name in (HEADS, WITNESSED):
        for line in _lines(bundle, name, digests):
            fields = json.loads(line)
            head, witness = read_head(fields), str(fields.get("witness", ""))
            accepted = fields.get("verdict", Verdict.ACCEPTED) == Verdict.ACCEPTED
            counts.heads += not witness
            signed = is_signed_by(head, keys)
            if signed:
                marks.setdefault(head.size, []).append(Mark(head, witness, dated=accepted))
                if witness and accepted:
                    counts.witnessed[witness] = max(counts.witnessed.get(witness, 0), head.size)
            elif accepted:
                fault = Fault.HEAD_KEY if signed is None else Fault.HEAD_SIGNATURE
                leaf = head.size - 1
                report.add(Finding(fault=fault, service=service, leaf=leaf, head=head.size, witness=witness))
            else:
                counts.notices += 1
    return marks


def _walk(
    bundle: ZipFile, walk: Walk, size: int, marks: Mapping[int, list[Mark]], digests: dict[str, str]
) -> None:
    counts = walk.report.counts[walk.service]
    for line in _lines(bundle, ENTRIES, digests):
        fields = json.loads(line)
        walk.leaf(str(fields["id"]), tree.leaf_hash(line.encode()), line)
        counts.entries += 1
        for mark in marks.get(walk.size, ()):
            walk.mark(mark)
    if walk.size != size:
        walk.fault(Fault.LEAF_MISSING, walk.size, until=max(size - 1, walk.size))
    told: set[str] = set()
    for beyond in sorted(known for known in marks if known > walk.size):
        for mark in marks[beyond]:
            if mark.witness not in told:
                told.add(mark.witness)
                walk.contradiction(mark, Fault.HEAD_BEYOND, None)
    newest = max((known for known in marks if known <= walk.size), default=0)
    counts.not_yet_signed = walk.size - newest
    counts.not_yet_witnessed = walk.size - min(walk.size, max(counts.witnessed.values(), default=0))
