"""Checking an exported package offline: whether it is whole and signed by its service, and what it holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from services.chassis.keys import CannotOpen, load
from services.chassis.packages import PackageDamaged, open_package


@dataclass(frozen=True)
class Verification:
    """`digest` (hex SHA-256 of the file) names the package in the audit trails of both services.

    `damage` is empty, or what is wrong first: `unreadable` (not for this key, or changed), `manifest: …`, or the
    name of the first bad file inside. `manifest` is empty where it could not be read.
    """

    digest: str
    manifest: dict[str, Any] = field(default_factory=dict)
    papers: int = 0
    attachments: int = 0
    entries: int = 0
    damage: str = ""

    @property
    def whole(self) -> bool:
        return not self.damage


def verify_package(path: Path, key_dir: Path) -> Verification:
    """Check a sealed package with the archive's key; raises OSError for the file, KeyFileError for the keys."""
    ring = load(key_dir, "archive")
    body = path.read_bytes()
    digest = sha256(body).hexdigest()
    try:
        opened = open_package(body, ring.box, ring.trust)
    except CannotOpen:
        return Verification(digest, damage="unreadable")
    except PackageDamaged as damage:
        return Verification(digest, damage=str(damage))
    return Verification(digest, opened.manifest, opened.papers, opened.attachments, opened.entries)
