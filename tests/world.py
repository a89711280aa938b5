"""A whole installation inside one test: six services on SQLite files, events handed over without a broker.

`World.pump()` carries every outbox row to its consumer's inbox and applies it, until nothing moves. The client
goes through the HTTP edge (`Api.answer`) and records each answer's clauses for the clause proofs.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, select, text
from sqlalchemy.util import LRUCache
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from dengwen.definitions import definition
from dengwen.example import Authority, example_authority
from dengwen.schema import create_tables
from services.chassis import inbox, keys, outbox, tables
from services.chassis.access import Claims
from services.chassis.audit import trail
from services.chassis.auth import issue_token
from services.chassis.bus.message import Delivery, OutMessage
from services.chassis.clock import ZONE, real_now
from services.chassis.db import Database
from services.chassis.http import Api
from services.chassis.migrate import lineages
from services.chassis.peers import PeerAnswer, PeerUnavailable
from services.chassis.resources import routing
from services.chassis.runtime import Runtime
from services.chassis.settings import SERVICES, Settings
from tests.clause_proof import saw

START = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)


@dataclass
class Answer:
    status: int
    body: Any
    headers: Mapping[str, str]

    @property
    def code(self) -> str:
        """The refusal's code, or empty."""
        return str(self.body.get("code", "")) if self.status >= 400 and isinstance(self.body, dict) else ""


class World:
    """Six runtimes on one example authority; time is simulated and stands at `start` until moved.

    `database`: gives a service's database URL; SQLite files in the folder unless told otherwise. `durable`: commits
    wait for the disk, as everywhere else; nothing here is killed, and waiting is half of what a test takes.
    """

    def __init__(
        self,
        folder: Path,
        *,
        start: datetime = START,
        services: tuple[str, ...] = SERVICES,
        database: Callable[[str], str] | None = None,
        durable: bool = False,
    ) -> None:
        keys.generate(folder / "keys")
        self.runtimes: dict[str, Runtime] = {}
        self.apis: dict[str, Api] = {}
        for name in services:
            if find_spec(f"services.{name}.definition") is None:
                continue
            file = folder / f"{name}.db"
            settings = Settings(
                name,
                database(name) if database else f"sqlite:///{file}",
                "dengwen-local://world",
                folder / "keys",
            )
            made = None if database or file.exists() else _MADE.get((name, start))
            if made is not None:
                file.write_bytes(made)
            fresh = made is None and not file.exists()
            db, service = Database(settings.database_url), definition(name)
            if db.is_sqlite and not durable:
                event.listen(db.engine, "connect", _without_waiting_for_the_disk)
                _share_statements(db.engine, db._write_engine)
            runtime = Runtime(service, settings, db, keys.load(folder / "keys", name))
            runtime.ladder = (timedelta(0),) * 3
            if made is None:
                _begin(runtime, start)
            if fresh and not database:
                db.dispose()  # the last connection empties SQLite's log into the file
                _MADE[name, start] = file.read_bytes()
            runtime.peers = _DirectPeers(self)
            self.runtimes[name] = runtime
            self.apis[name] = Api(runtime, routing(runtime.definition))
        self.desk_keys = keys.load(folder / "keys", "desk")

    def as_(self, account: str) -> Client:
        """A client signed in with the account's first post: `world.as_("clerk1")`."""
        held = next(p for p in example_authority().posts if p.account == account)
        return Client(self, Claims(account, held.person, f"session-{account}", held.id))

    def now(self, moment: datetime) -> None:
        """Set the simulated time everywhere (the act that does so belongs to the desk)."""
        for runtime in self.runtimes.values():
            with runtime.db.write() as session:
                session.scalars(select(tables.Installation)).one().now = moment.astimezone(UTC)

    def on(self, year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> None:
        self.now(datetime(year, month, day, hour, minute, tzinfo=ZONE))

    def tick(self) -> None:
        """Let every service do what it does by the clock."""
        for runtime in self.runtimes.values():
            if runtime.definition.on_tick is not None:
                runtime.definition.on_tick(runtime)

    def pump(self, *, tick: bool = True) -> int:
        """Carry and apply events until nothing moves; returns how many were applied."""
        applied = 0
        for _ in range(200):
            if tick:
                self.tick()
            moved = sum(self._carry(runtime) for runtime in self.runtimes.values())
            for runtime in self.runtimes.values():
                while (done := inbox.apply_due(runtime)) > 0:
                    applied += done
                    moved += done
            if not moved:
                return applied
        raise AssertionError("events keep moving: a loop between services?")

    def _carry(self, runtime: Runtime) -> int:
        with runtime.db.write() as session:
            trail.sequence(session)
            claimed = outbox.claim(session)
        return outbox.publish(runtime, _ToInboxes(self), claimed)

    def parked(self) -> list[tuple[str, str, str]]:
        """(consumer, event type, reason) of all that is parked or waits after a failure."""
        found = []
        for name, runtime in self.runtimes.items():
            with runtime.db.read() as session:
                rows = session.scalars(select(tables.Inbox).where(tables.Inbox.status != "applied"))
                found += [(name, row.type, row.reason) for row in rows]
        return found

    def close(self) -> None:
        for runtime in self.runtimes.values():
            runtime.db.dispose()


def _without_waiting_for_the_disk(raw: Any, _record: Any) -> None:
    raw.execute("PRAGMA synchronous=OFF")


_MADE: dict[tuple[str, datetime], bytes] = {}
"""Databases on which nothing has happened yet, by service and start: making one costs more than most tests."""


_FIRST: list[Engine] = []
_STATEMENTS: LRUCache[Any, Any] = LRUCache(5_000)


def _share_statements(*engines: Engine) -> None:
    """Statements are put into SQL once a process, not once a world: that was a third of what a test does.

    SQLAlchemy keeps them by engine and dialect; all our worlds on files have the same one.
    """
    if not _FIRST:
        _FIRST.append(engines[0])
    for engine in engines:
        engine.dialect, engine._compiled_cache = _FIRST[0].dialect, _STATEMENTS


def _begin(runtime: Runtime, start: datetime) -> None:
    """Make what is not there yet; a folder that was a world before goes on where it was."""
    if not _has_tables(runtime):
        create_tables(runtime.db, runtime.definition)
    runtime.create_installation("world", "simulated", start.astimezone(UTC))
    with runtime.db.read() as session:
        known = session.get(tables.DirectoryState, 1)
    if known is None:
        seed_directory(runtime.db, example_authority())


def _has_tables(runtime: Runtime) -> bool:
    """Whether all are there, by their number: to look for each of 150 costs a fifth of what a test does."""
    if not runtime.db.is_sqlite:
        return False
    with runtime.db.read() as session:
        found = session.scalar(
            text("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
        )
    wanted = sum(len(lineage.metadata.tables) for lineage in lineages(runtime.definition))
    return bool(found and found >= wanted)


class _ToInboxes:
    def __init__(self, world: World) -> None:
        self.world = world

    def publish(self, messages: Any) -> None:
        by_consumer: dict[str, list[Delivery]] = {}
        for message in messages:
            consumer = message.routing_key.partition(".")[0]
            by_consumer.setdefault(consumer, []).append(
                Delivery(message.body, message.headers, message.message_id, redelivered=False)
            )
        for consumer, deliveries in by_consumer.items():
            if consumer in self.world.runtimes:
                inbox.take(self.world.runtimes[consumer], deliveries)

    def publish_control(self, messages: Sequence[OutMessage]) -> None:
        assert not messages, "the world has no control queue"


class _DirectPeers:
    """Services reach each other's HTTP edge without a socket."""

    def __init__(self, world: World) -> None:
        self.world = world

    def call(
        self,
        service: str,
        method: str,
        path: str,
        *,
        token: str,
        body: Any = None,
        raw: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> PeerAnswer:
        content: dict[str, Any] = (
            {"json": body} if body is not None else {"data": raw} if raw is not None else {}
        )
        given = {"Authorization": f"Bearer {token}"} | dict(headers or {})
        builder = EnvironBuilder(
            path=path.partition("?")[0],
            query_string=path.partition("?")[2],
            method=method,
            headers=list(given.items()),
            **content,
        )
        if service not in self.world.apis:
            raise PeerUnavailable(service)
        response = self.world.apis[service].answer(Request(builder.get_environ()))
        return PeerAnswer(
            response.status_code, response.data, response.mimetype or "", dict(response.headers)
        )


class Client:
    """HTTP as one person in one post. `post` gives the idempotency key and the version unless told otherwise."""

    def __init__(self, world: World, claims: Claims) -> None:
        self.world, self.claims = world, claims

    def get(self, path: str, **query: str) -> Answer:
        return self.send("GET", path, query=query)

    def act(
        self,
        path: str,
        paper: Mapping[str, Any] | None = None,
        *,
        version: int | None = None,
        attachments: list[dict[str, str]] | None = None,
        key: str | None = None,
    ) -> Answer:
        """Perform an act: `path` is `/intake/petitions/<id>/forward_petition`; the version is looked up if needed."""
        parts = path.strip("/").split("/")
        if version is None and len(parts) == 4:
            version = self.get("/" + "/".join(parts[:3])).body.get("version")
        body = {"paper": paper or {}, "attachments": attachments or []}
        return self.send("POST", path, body=body, key=key, version=version)

    def decide(
        self,
        service: str,
        path: str,
        item: str,
        *,
        approve: bool = True,
        reason: str = "",
        digest: str | None = None,
        key: str | None = None,
    ) -> Answer:
        """Approve or return the pending proposal of an item; who cannot see it tries with what the world knows."""
        with self.world.runtimes[service].db.read() as session:
            proposal = session.scalars(
                select(tables.Proposal).where(
                    tables.Proposal.subject_id == item, tables.Proposal.status == "pending"
                )
            ).first()
        assert proposal is not None, "no pending proposal"
        word = "approve" if approve else "return"
        return self.send(
            "POST",
            f"/{service}/{path}/{item}/proposals/{proposal.id}/{word}",
            key=key,
            body={"digest": digest or proposal.digest.hex(), "reason": reason},
        )

    def upload(self, service: str, content: bytes = b"%PDF-1.4 scan %%EOF") -> str:
        answer = self.send("POST", f"/{service}/attachments", raw=content)
        assert answer.status == 201, answer.body
        return str(answer.body["id"])

    def send(
        self,
        method: str,
        path: str,
        *,
        body: Any = None,
        raw: bytes | None = None,
        key: str | None = None,
        version: int | None = None,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        desk = self.world.desk_keys
        given = {"Authorization": "Bearer " + issue_token(desk.signing, desk.key_id, self.claims, real_now())}
        if method == "POST":
            given["Idempotency-Key"] = key or uuid.uuid4().hex
        if version is not None:
            given["If-Match"] = f'"{version}"'
        given |= dict(headers or {})
        content: dict[str, Any] = (
            {"json": body} if body is not None else {"data": raw} if raw is not None else {}
        )
        builder = EnvironBuilder(
            path=path, method=method, headers=list(given.items()), query_string=dict(query or {}), **content
        )
        service = path.strip("/").split("/")[0]
        response = self.world.apis[service].answer(Request(builder.get_environ()))
        is_json = "json" in (response.mimetype or "")
        answer = Answer(
            response.status_code,
            json.loads(response.data) if is_json else response.data,
            dict(response.headers),
        )
        if isinstance(answer.body, dict):
            clauses = list(answer.body.get("clauses", []))
            clauses += [d["clause"] for d in answer.body.get("duties", []) if isinstance(d, dict)]
            saw("http", clauses, f"{method} {path.rsplit('/', maxsplit=1)[-1]} {answer.status} {answer.code}")
        return answer


def seed_directory(db: Database, authority: Authority, box_keys: Mapping[str, str] | None = None) -> None:
    """Put the example authority straight into a service's projection (an installation does it by events)."""
    since = date(2020, 1, 1)
    with db.write() as session:
        for office in authority.offices:
            session.add(
                tables.DirectoryOffice(
                    office_id=office.id,
                    kind=office.kind,
                    liaison_office_id=office.liaison,
                    status="active",
                    version=1,
                )
            )
        for c in authority.coverage:
            session.add(
                tables.DirectoryCoverage(
                    unit_id=c.unit, office_id=c.office, liaison_office_id=c.liaison, version=1
                )
            )
        for p in authority.persons:
            session.add(
                tables.DirectoryPerson(
                    person_id=p.id,
                    level=p.level,
                    managing_authority=p.managed_by,
                    unit_id=p.unit,
                    office_id=p.office,
                    superior_id=p.superior,
                    relatives="",
                    leadership_member=p.leader,
                    party_head=p.party_head,
                    version=1,
                    box_key=(box_keys or {}).get(p.id, ""),
                )
            )
        for post in authority.posts:
            session.add(
                tables.DirectoryAssignment(
                    assignment_id=post.id,
                    person_id=post.person,
                    role=post.role,
                    office_id=post.office,
                    unit_id=post.unit,
                    valid_from=since,
                    valid_to=None,
                    version=1,
                )
            )
        for account in {post.account: post.person for post in authority.posts}.items():
            session.add(
                tables.DirectoryAccount(
                    account_id=account[0], person_id=account[1], status="active", version=1
                )
            )
        session.add(tables.DirectoryState(id=1, version=1, expected=1, confirmed_at=real_now()))
