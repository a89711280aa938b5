"""A small installation for the audit tests: three services with subjects, acts, heads and witnesses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from nacl.signing import SigningKey, VerifyKey
from sqlalchemy import Column, Integer, MetaData, String, Table, insert, select, text, update
from sqlalchemy.orm import Session

from services.chassis.audit import tables, trail
from services.chassis.audit.entry import STATE, Actor, Entry, salted_digest
from services.chassis.audit.findings import Report
from services.chassis.audit.heads import SignedHead
from services.chassis.audit.subjects import Recompute
from services.chassis.audit.verify import verify_installation
from services.chassis.audit.witness import Verdict, witness
from services.chassis.db import ChassisBase, Database

NAMES = ("clues", "intake", "archive")
START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
AUDIT_TABLES = [*(model.__table__ for model in tables.APPEND_ONLY), tables.AuditUnsequenced.__table__]

SUBJECTS = Table(
    "sample_clue",
    MetaData(),
    Column("id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("status", String(64), nullable=False),
)


def create_tables(db: Database) -> None:
    """The audit tables with their triggers, and one table of subjects."""
    tables_ = [table for table in ChassisBase.metadata.sorted_tables if table in AUDIT_TABLES]
    with db.write() as session:
        ChassisBase.metadata.create_all(session.connection(), tables=tables_)
        SUBJECTS.metadata.create_all(session.connection())
        for statement in tables.append_only_ddl(db.engine.dialect.name):
            session.execute(text(statement))


def entry(subject: str = "c1", at: datetime = START, **fields: Any) -> Entry:
    """An accepted act on a clue."""
    given: dict[str, Any] = {
        "act": "propose_disposition",
        "outcome": "accepted",
        "actor": Actor(account="a1", person="p1", post="o1.head", role="dispatched_office_head", office="o1"),
        "subject_kind": "clue",
        "subject_id": subject,
        "clauses": ("LZ-13.1",),
        "at": at,
        "recorded_at": at,
        "time_mode": "real",
    }
    return Entry(**(given | fields))


def state(version: int, status: str) -> bytes:
    return f"{version} {status}".encode()


def recompute(session: Session, kind: str, salts: Mapping[str, bytes]) -> dict[str, str]:
    rows = session.execute(select(SUBJECTS).where(SUBJECTS.c.id.in_(salts))) if kind == "clue" else ()
    return {row.id: salted_digest(salts[row.id], state(row.version, row.status)) for row in rows}


@dataclass
class Service:
    name: str
    db: Database
    key: SigningKey = field(default_factory=SigningKey.generate)
    acts: int = 0

    @property
    def key_id(self) -> str:
        return f"{self.name}/1"

    @property
    def trusted(self) -> Mapping[str, VerifyKey]:
        return {self.key_id: self.key.verify_key}

    def act(self, session: Session, subject: str, at: datetime) -> str:
        """Moves a clue on and records it."""
        found = session.execute(select(SUBJECTS.c.version).where(SUBJECTS.c.id == subject)).scalar()
        version, status = (found or 0) + 1, f"step_{self.acts}"
        self.acts += 1
        if found is None:
            session.execute(insert(SUBJECTS).values(id=subject, version=version, status=status))
        else:
            moved = update(SUBJECTS).where(SUBJECTS.c.id == subject)
            session.execute(moved.values(version=version, status=status))
        committed = {STATE: state(version, status), "paper": b"\xe5\xbc\xa0"}
        return trail.record(session, entry(subject, at, digests=committed, subject_version=version))


class Installation:
    """Acts happen a minute apart; `tick` is the real time that the next one is recorded at."""

    def __init__(self, make_url: Callable[[str], str]) -> None:
        self.services = {name: Service(name, Database(make_url(name), pool_size=3)) for name in NAMES}
        self.now = START
        for service in self.services.values():
            create_tables(service.db)

    def act(self, name: str, subject: str) -> str:
        self.now += timedelta(minutes=1)
        with self.services[name].db.write() as session:
            return self.services[name].act(session, subject, self.now)

    def sequence(self, name: str) -> None:
        with self.services[name].db.write() as session:
            while trail.sequence(session):
                pass

    def sign(self, name: str) -> tuple[SignedHead, list[bytes]] | None:
        service = self.services[name]
        with service.db.write() as session:
            head = trail.sign_head(session, service.key, service.key_id, self.now)
            if head is None:
                return None
            return head, trail.consistency(session, head.previous_size, head.size)

    def spread(self, name: str, head: SignedHead, proof: list[bytes]) -> list[Verdict]:
        return [self.show(other, name, head, proof) for other in self.services if other != name]

    def show(self, to: str, producer: str, head: SignedHead, proof: list[bytes]) -> Verdict:
        with self.services[to].db.write() as session:
            trusted = self.services[producer].trusted
            return witness(session, producer, head, proof, trusted, now=self.now)

    def acts_and_heads(self, name: str, acts: int, every: int = 10) -> None:
        """Acts on seven clues in turn; after each `every` of them a head is signed and witnessed."""
        for number in range(acts):
            self.act(name, f"c{number % 7}")
            if number % every == every - 1:
                self.sequence(name)
                signed = self.sign(name)
                assert signed is not None
                assert self.spread(name, *signed) == [Verdict.ACCEPTED] * (len(NAMES) - 1)

    @contextmanager
    def attacked(self, name: str, attack: Callable[[Session], object]) -> Iterator[dict[str, Session]]:
        """Sessions of all services, one of them with an attack in its transaction; all is rolled back."""
        parts = {each: Session(service.db.engine) for each, service in self.services.items()}
        try:
            disarm(parts[name])
            attack(parts[name])
            yield parts
        finally:
            for session in parts.values():
                session.rollback()
                session.close()

    def verify(self, parts: Mapping[str, Session], **options: Any) -> Report:
        trust = {name: service.trusted for name, service in self.services.items()}
        return verify_installation(parts, trust, dict.fromkeys(parts, _RECOMPUTE), **options)

    def verify_unharmed(self, **options: Any) -> Report:
        with self.attacked("clues", lambda _session: None) as parts:
            return self.verify(parts, **options)

    def dispose(self) -> None:
        for service in self.services.values():
            service.db.dispose()


_RECOMPUTE: Recompute = recompute


def disarm(session: Session) -> None:
    """What an attacker who owns the database does first: the triggers go."""
    for model in tables.APPEND_ONLY:
        name = model.__tablename__
        if session.get_bind().dialect.name == "postgresql":
            session.execute(text(f"ALTER TABLE {name} DISABLE TRIGGER USER"))
        else:
            for rule in ("no_update", "no_delete", "no_replace"):
                session.execute(text(f"DROP TRIGGER {name}_{rule}"))
