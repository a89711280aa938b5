"""An installation inside a test that is backed up, goes on, and has one service put back to the backup."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dengwen.backups.deployed import copy_postgres, restore_postgres
from dengwen.backups.making import copy_sqlite, make_backup, secrets_of
from dengwen.backups.manifest import Manifest, read
from dengwen.backups.putting_back import Decided, Outcome, restore_service
from dengwen.client import Installation, Late, Person, Refused
from dengwen.definitions import definition
from dengwen.installation import Folder
from dengwen.journey import Journey
from dengwen.reconciling import Stream, reconcile
from services.archive.storage import Volume
from services.chassis import inbox, keys, outbox
from services.chassis.audit.findings import Report
from services.chassis.audit.verify import verify_installation
from services.chassis.bus.message import Delivery, OutMessage
from services.chassis.db import Database
from services.chassis.migrate import migrate
from services.chassis.settings import SERVICES, Settings
from services.chassis.states import recompute_states
from services.chassis.tables import Inbox, KnownAgain, StreamPosition
from services.chassis.tables import Installation as InstallationRow
from services.clues.storage import Clue
from services.intake.storage import Petition
from services.notifications.storage import Notice
from tests.world import Answer, Client, World


class _WorldPerson(Person):
    """A person of the world, as the journey knows persons."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, path: str, **query: str) -> Any:
        return _answered(self.client.get(path, **query))

    def act(
        self,
        path: str,
        paper: Mapping[str, Any] | None = None,
        *,
        attachments: list[dict[str, str]] | None = None,
        key: str | None = None,
        version: int | None = None,
    ) -> dict[str, Any]:
        answer = self.client.act(path, paper, attachments=attachments, key=key, version=version)
        body: dict[str, Any] = _answered(answer)
        return body

    def decide(self, item: str, *, approve: bool = True, reason: str = "") -> dict[str, Any]:
        service, path, item_id = item.strip("/").split("/")
        body: dict[str, Any] = _answered(
            self.client.decide(service, path, item_id, approve=approve, reason=reason)
        )
        return body

    def upload(self, service: str, body: bytes) -> str:
        return self.client.upload(service, body)


def _answered(answer: Answer) -> Any:
    if answer.status >= 400:
        raise Refused(answer.status, answer.body)
    return answer.body


@dataclass
class Site(Installation):
    """A world on migrated databases, played by the journey, with control messages and heads.

    The databases are SQLite files in `folder`, or those of `pattern`, a PostgreSQL URL with `{service}`.
    """

    folder: Path = Path()
    pattern: str = ""

    def __post_init__(self) -> None:
        self.open()

    def open(self) -> None:
        """Start on what is in the folder."""
        for service in SERVICES:
            db = Database(self.database(service))
            migrate(db, definition(service))
            db.dispose()
        self.world = World(self.folder, database=self.database)

    def database(self, service: str) -> str:
        return self.pattern.format(service=service) or f"sqlite:///{self.folder / service}.db"

    def person(self, account: str) -> Person:
        return _WorldPerson(self.world.as_(account))

    def ready(self) -> dict[str, Any]:
        found = {}
        for name, runtime in self.world.runtimes.items():
            with runtime.db.read() as session:
                now = session.scalars(select(InstallationRow.now)).one()
            found[name] = {"ready": True, "now": now.isoformat() if now else ""}
        return found

    def wait(self, what: Callable[[], Any], seconds: float = 60.0, pause: float = 0.05) -> Any:
        """Nothing moves here by itself, so no time is waited for."""
        del seconds, pause
        for _ in range(5):
            if found := what():
                return found
            self.world.pump()
        raise Late

    def settle_down(self) -> None:
        """All that is to move moves: events, heads, replay requests."""
        for _ in range(2):
            self.world.pump()
            for runtime in self.world.runtimes.values():
                runtime.sign_head()
            self.world.pump()
            self.converse()
        self.world.pump()

    def converse(self) -> None:
        """Every service announces its heads, and what is asked for thereupon is sent again."""
        waiting: list[OutMessage] = []
        for name, runtime in self.world.runtimes.items():
            with runtime.db.read() as session:
                waiting += outbox.announcements(session, name)
        while waiting:
            message = waiting.pop()
            runtime = self.world.runtimes[message.routing_key.partition(".")[2]]
            with runtime.db.write() as session:  # the world's time stands still between two questions
                for position in session.scalars(select(StreamPosition)):
                    position.asked_at = None
            waiting += inbox.on_control(runtime, [Delivery(message.body, {}, "control")])

    def close(self) -> None:
        self.world.close()

    def back_up(self, to: Path) -> Manifest:
        """As `dengwen backup --with-keys`, beside the world that works."""
        place = Folder(self.folder)
        if self.pattern:
            return make_backup(to, "postgresql", lambda work: copy_postgres(self.pattern, work), {})
        return make_backup(to, "sqlite", lambda work: copy_sqlite(place, work), secrets_of(place))

    def put_back(self, backup: Path, service: str, decided: Decided | None = None) -> Outcome:
        """Stop, put one service back, start again."""
        self.close()
        manifest, place = read(backup), Folder(self.folder)
        if self.pattern:
            settings = Settings(service, self.pattern, "dengwen-local://world", place.keys)
            outcome = restore_postgres(settings, backup, manifest, [service], replace=True, decided=decided)
        else:
            outcome = restore_service(place, backup, manifest, service, replace=True, decided=decided)
        self.open()
        return outcome

    def look(self, stack: ExitStack) -> dict[str, Session]:
        return {name: stack.enter_context(r.db.read()) for name, r in self.world.runtimes.items()}

    def verified(self) -> Report:
        with ExitStack() as stack:
            parts = self.look(stack)
            recompute = {n: recompute_states({k.model.KIND: k for k in definition(n).kinds}) for n in parts}
            return verify_installation(parts, keys.load_trust(self.folder / "keys"), recompute)

    def reconcile(self) -> list[Stream]:
        with ExitStack() as stack:
            return reconcile(self.look(stack))


def nothing_doubled(parts: Mapping[str, Session]) -> None:
    """By the keys that people know: one clue for a petition, one volume for a source, one notice for a person."""
    natural: dict[str, list[Any]] = {
        "petition numbers": list(parts["intake"].scalars(select(Petition.no).where(Petition.no != ""))),
        "clue numbers": list(parts["clues"].scalars(select(Clue.no))),
        "clues of petitions": list(
            parts["clues"].scalars(select(Clue.petition_id).where(Clue.petition_id.is_not(None)))
        ),
        "volumes": list(parts["archive"].scalars(select(Volume.source_ref))),
        "notices": [
            tuple(row)
            for row in parts["notifications"].execute(
                select(Notice.notice_id, Notice.addressee_id, Notice.channel)
            )
        ],
    }
    for what, found in natural.items():
        assert len(found) == len(set(found)), what
    clue_of = {row.petition_id: row.id for row in parts["clues"].execute(select(Clue.petition_id, Clue.id))}
    for petition, clue in parts["intake"].execute(select(Petition.id, Petition.clue_id)):
        assert not clue or clue_of.get(petition, clue) == clue, "the petition names the clue that it became"


def no_inversion(parts: Mapping[str, Session]) -> None:
    """Whatever was applied, the subject's event before it had been applied, in whichever epoch it came."""
    for consumer, session in parts.items():
        rows = {(r.producer, r.epoch, r.sequence): r for r in session.scalars(select(Inbox))}
        by_event = {(r.producer, r.event_id): r for r in rows.values()}
        again = {
            (r.producer, r.epoch, r.sequence): by_event[r.producer, r.event_id]
            for r in session.scalars(select(KnownAgain))
        }
        for (producer, epoch, sequence), row in rows.items():
            if row.status != "applied" or not row.previous:
                continue
            place = (producer, epoch, row.previous)
            before = rows.get(place) or again.get(place)
            assert before is not None, (consumer, place)
            assert before.status == "applied", (consumer, place)
            assert before.applied_at is not None
            assert row.applied_at is not None
            assert before.applied_at <= row.applied_at, (consumer, place, sequence)


def first_half(site: Site) -> Journey:
    """Up to the clue that the petition became."""
    journey = Journey(site, lambda _: None)
    journey.registered_and_forwarded()
    journey.judged_and_referred()
    site.settle_down()
    return journey


def opened(journey: Journey, service: str, restore_id: str) -> None:
    """Two administrators open the epoch on the desk."""
    answer = journey.person("sys").act(
        "/desk/epoch_openings/open_epoch",
        {"service": service, "restore_id": restore_id, "reason": "由备份恢复(示例)"},
    )
    journey.person("sec").decide(f"/desk/epoch_openings/{answer['id']}")
