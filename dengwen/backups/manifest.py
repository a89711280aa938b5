"""What a backup says about itself, and whether it is still what it was.

`manifest.json`: when, which installation, for each service its schema's revisions, epoch, audit tree (size, root) and
last signed head; for each file its size and SHA-256; and a SHA-256 of all that.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dengwen.definitions import definition
from services.chassis.audit.tables import AuditHead
from services.chassis.audit.trail import root_at, tree_size
from services.chassis.migrate import lineages
from services.chassis.tables import Installation

FORMAT = "dengwen backup v1"
NAME = "manifest.json"
_CHUNK = 1 << 20
_PLAIN = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*/)*[A-Za-z0-9_-][A-Za-z0-9_.-]*")
"""A path below the backup: nothing of a manifest that somebody else wrote leads out of it."""


class BackupUnreadable(Exception):
    """The backup is not whole or not what it says; the message names the file."""


@dataclass(frozen=True)
class Part:
    """What a copy of one service's database holds. `schema`: revision by lineage."""

    schema: Mapping[str, str]
    epoch: int
    audit_size: int
    audit_root: str
    signed_size: int


@dataclass(frozen=True)
class File:
    """A file of the backup; `name` is its path in it."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    made_at: str
    engine: str
    installation: str
    parts: Mapping[str, Part]
    files: tuple[File, ...]

    @property
    def has_keys(self) -> bool:
        return any(file.name.startswith("keys/") for file in self.files)

    def write(self, folder: Path) -> None:
        content = {"format": FORMAT, **asdict(self)}
        durable(folder / NAME, json.dumps(content | {"digest": _digest(content)}, indent=1).encode())


def read(folder: Path) -> Manifest:
    """The manifest of a backup, after every file was compared with it; raises BackupUnreadable."""
    try:
        content: dict[str, Any] = json.loads((folder / NAME).read_bytes())
        digest, known_format = content.pop("digest"), content.pop("format")
        if known_format != FORMAT or digest != _digest({"format": FORMAT, **content}):
            raise ValueError
        parts = {name: Part(**part) for name, part in content.pop("parts").items()}
        files = tuple(File(**file) for file in content.pop("files"))
        manifest = Manifest(parts=parts, files=files, **content)
        if not all(_PLAIN.fullmatch(file.name) for file in files) or len({f.name for f in files}) < len(
            files
        ):
            raise ValueError
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise BackupUnreadable(f"{NAME} 缺失或已损坏 · is missing or damaged") from None
    for file in manifest.files:
        if fingerprint(folder, file.name) != file:
            raise BackupUnreadable(f"{file.name} 与清单不符 · is not what the manifest says")
    return manifest


def fingerprint(folder: Path, name: str) -> File | None:
    """A file's size and digest as they are; None where there is no such file, or a link in its place."""
    digest, size = sha256(), 0
    if any((folder / name).is_symlink() for name in _steps(name)):
        return None
    try:
        with (folder / name).open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
    except OSError:
        return None
    return File(name, size, digest.hexdigest())


def _steps(name: str) -> list[str]:
    """The path and the folders above it, inside the backup."""
    parts = name.split("/")
    return ["/".join(parts[: n + 1]) for n in range(len(parts))]


def describe(session: Session, service: str) -> Part:
    """What a database holds, as the manifest says it."""
    size = tree_size(session)
    return Part(
        schema={chain.name: session.scalar(chain.version) or "" for chain in lineages(definition(service))},
        epoch=session.scalars(select(Installation.epoch)).one(),
        audit_size=size,
        audit_root=root_at(session, size).hex(),
        signed_size=session.scalar(select(func.max(AuditHead.size))) or 0,
    )


def durable(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Write a file so that it is whole on the disk under its name, or not there."""
    temporary = path.with_name(path.name + ".new")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.rename(path)
    settle_directory(path.parent)


def settle_directory(folder: Path) -> None:
    """Make renames in a directory survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def _digest(content: Mapping[str, Any]) -> str:
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
