"""Putting an embedded installation, or one service of it, back to a backup.

Everything is prepared beside the databases (`.restore/`) and then moved to its place by a plan on the disk. Killed
before the plan is written, the old state is untouched; killed after it, the next `up` or `restore` carries it out.
What was there before is kept in `replaced/<time>/`.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dengwen.backups.manifest import Manifest, durable, settle_directory
from dengwen.definitions import definition
from dengwen.installation import Folder, mark_installed
from services.chassis import keys
from services.chassis.clock import real_now
from services.chassis.db import Database
from services.chassis.epochs import Fact, hold, open_epoch
from services.chassis.migrate import migrate
from services.chassis.runtime import Runtime
from services.chassis.settings import SERVICES
from services.chassis.tables import (
    DirectoryAccount,
    DirectoryAssignment,
    Installation,
    StreamPosition,
)
from services.chassis.work import Work, begin

PLAN = "restore.json"
STAGE = ".restore"


class RestoreRefused(Exception):
    """The place is not fit for this restore, and nothing was changed; the message says why and what to do."""


@dataclass(frozen=True)
class Decided:
    """Two administrators' accounts, as whoever runs the command names them; both hold their post in the directory."""

    proposed_by: str
    approved_by: str

    @property
    def facts(self) -> dict[str, Fact]:
        return {"proposed_by": self.proposed_by, "approved_by": self.approved_by}


@dataclass
class Outcome:
    """What was put back. `restore_id`: what the new epoch is opened for; `epoch`: the one that was opened (0: none)."""

    services: Sequence[str]
    restore_id: str = ""
    epoch: int = 0
    kept: Path | None = None
    notes: list[str] = field(default_factory=list)


def restore_folder(place: Folder, source: Path, manifest: Manifest, *, replace: bool) -> Outcome:
    """Put all six services back together, as they were at one moment. Raises RestoreRefused."""
    there = [name for name in SERVICES if (place.root / f"{name}.db").exists()]
    if there and not replace:
        raise RestoreRefused(
            "目标目录中已有数据库,确需替换请加 --replace · there are databases: add --replace"
        )
    if not manifest.has_keys and not (place.keys / "trust.json").exists():
        raise RestoreRefused(
            "备份不含密钥,请先放回 keys 目录 · the backup holds no keys: put the directory `keys` in place first"
        )
    stage = _stage(place, source, [file.name for file in manifest.files])
    ring_dir = stage / "keys" if manifest.has_keys else place.keys
    for service in SERVICES:
        runtime = _staged(place, stage, service, ring_dir)
        with begin(runtime) as work:
            installation = work.session.scalars(select(Installation)).one()
            facts: dict[str, Fact] = {"backup": manifest.made_at, "size": manifest.parts[service].audit_size}
            work.audit("restore_installation", "system", subject_kind="installation",
                       subject_id=installation.id, facts=facts)  # fmt: skip
        _close(runtime)
    return _move_in(place, Outcome(SERVICES))


def restore_service(
    place: Folder, source: Path, manifest: Manifest, service: str, *, replace: bool, decided: Decided | None
) -> Outcome:
    """Put one service back while the others stay; it is held until its new epoch is opened. Raises RestoreRefused.

    With `decided` the epoch is opened here and now, which the trail says.
    """
    others = [name for name in SERVICES if name != service]
    if missing := [name for name in others if not (place.root / f"{name}.db").exists()]:
        raise RestoreRefused(
            f"缺少其他服务的数据库 · the others' databases are not here: {', '.join(missing)}"
        )
    if (place.root / f"{service}.db").exists() and not replace:
        raise RestoreRefused(f"{service} 已有数据库,确需替换请加 --replace · it is there: add --replace")
    peers = {name: Database(f"sqlite:///{place.root / name}.db") for name in others}
    outcome = Outcome([service], restore_id=uuid4().hex)
    stage = _stage(place, source, [f"{service}.db"])
    runtime = _staged(place, stage, service, place.keys)
    with begin(runtime) as work:
        outcome.epoch = rejoin(work, peers, manifest, outcome.restore_id, decided)
    _close(runtime)
    for peer in peers.values():
        peer.dispose()
    return _move_in(place, outcome)


def rejoin(
    work: Work, peers: Mapping[str, Database], manifest: Manifest, restore_id: str, decided: Decided | None
) -> int:
    """Hold a service that was put back, or open its epoch where that is decided; gives the epoch (0: none yet).

    Raises RestoreRefused for another installation's backup, and for accounts that are not two administrators'.
    """
    name, highest = work.runtime.name, 0
    ours = work.session.scalars(select(Installation.id)).one()
    for peer in peers.values():
        with peer.read() as session:
            if session.scalars(select(Installation.id)).one() != ours:
                raise RestoreRefused("备份属于另一安装 · the backup is of another installation")
            known = select(func.max(StreamPosition.epoch)).where(StreamPosition.producer == name)
            highest = max(highest, session.scalar(known) or 0)
    if decided is not None:
        with next(iter(peers.values())).read() as session:
            _check_two(session, decided, work)
    facts: dict[str, Fact] = {"backup": manifest.made_at, "size": manifest.parts[name].audit_size}
    hold(work, restore_id, epoch_floor=highest, facts=facts)
    if decided is None:
        return 0
    return open_epoch(work, by="command_line", facts=decided.facts)


def _check_two(session: Session, decided: Decided, work: Work) -> None:
    """Both accounts are known, and of different persons who hold their posts today."""
    persons = [
        _holder(session, decided.proposed_by, "system_administrator", work),
        _holder(session, decided.approved_by, "security_administrator", work),
    ]
    if not all(persons) or persons[0] == persons[1]:
        raise RestoreRefused(
            "须由系统管理员提出、安全保密管理员批准 · the system administrator proposes (--proposed-by), the"
            " security administrator approves (--approved-by): these two accounts are not theirs"
        )


def _holder(session: Session, account_id: str, role: str, work: Work) -> str:
    account = session.get(DirectoryAccount, account_id)
    if account is None or account.status != "active":
        return ""
    held = select(DirectoryAssignment).where(
        DirectoryAssignment.person_id == account.person_id, DirectoryAssignment.role == role
    )
    today = work.today
    posts = session.scalars(held)
    holds = any(p.valid_from <= today and (p.valid_to is None or today <= p.valid_to) for p in posts)
    return account.person_id if holds else ""


def carry_out(place: Folder) -> Path | None:
    """Finish a restore that was cut off after its plan was written; gives where the old state is (None: nowhere)."""
    if not (place.root / PLAN).exists():
        shutil.rmtree(place.root / STAGE, ignore_errors=True)
        return None
    plan = json.loads((place.root / PLAN).read_bytes())
    stage, kept = place.root / STAGE, place.root / str(plan["kept"])
    for name in plan["files"]:
        if not (stage / name).exists():
            continue  # moved already
        for old in (
            f"{name}-wal",
            f"{name}-shm",
            name,
        ):  # a log beside another database would be played into it
            if (place.root / old).exists():
                (kept / old).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                (place.root / old).rename(kept / old)
        (place.root / name).parent.mkdir(mode=0o700, exist_ok=True)
        (stage / name).rename(place.root / name)
        settle_directory(place.root)
    if plan["whole"]:
        mark_installed(place.root)
    shutil.rmtree(stage, ignore_errors=True)
    (place.root / PLAN).unlink()
    settle_directory(place.root)
    return kept if kept.exists() else None


def _stage(place: Folder, source: Path, names: Sequence[str]) -> Path:
    stage = place.root / STAGE
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir(mode=0o700)
    for name in names:
        (stage / name).parent.mkdir(mode=0o700, exist_ok=True)
        shutil.copyfile(source / name, stage / name)
        (stage / name).chmod(0o600)
    return stage


def _staged(place: Folder, stage: Path, service: str, key_dir: Path) -> Runtime:
    settings = place.settings(service, "127.0.0.1", 0).for_service(
        service, database_url=f"sqlite:///{stage / service}.db", key_dir=key_dir
    )
    db = Database(settings.database_url)
    migrate(db, definition(service))
    return Runtime(definition(service), settings, db, keys.load(key_dir, service))


def _close(runtime: Runtime) -> None:
    with runtime.db.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    runtime.db.dispose()


def _move_in(place: Folder, outcome: Outcome) -> Outcome:
    stage = place.root / STAGE
    files = sorted(str(path.relative_to(stage)) for path in stage.rglob("*") if path.is_file())
    for name in files:
        descriptor = os.open(stage / name, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
    settle_directory(stage)
    kept = f"replaced/{real_now():%Y%m%dT%H%M%S}"
    plan = {"files": files, "kept": kept, "whole": len(outcome.services) > 1}
    durable(place.root / PLAN, json.dumps(plan).encode())
    outcome.kept = carry_out(place)
    return outcome
