"""A whole installation under load, to which something is done; afterwards everything is counted.

Twelve processes on a PostgreSQL and a RabbitMQ of their own, each reached through a proxy; or one embedded process.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from dengwen.client import Person
from services.chassis.db import Database
from services.chassis.settings import SERVICES
from tests.faults.oracles import NotAtRest, everything_once
from tests.faults.proxy import Proxy
from tests.journeys.running import Running
from tests.servers import Postgres, RabbitMQ

CANARY = "金丝雀"
BASE = "/intake/petitions"
PATIENCE_SECONDS = 120.0
DRAINED_WITHIN_SECONDS = 90.0
"""O6: how long after healing the last event may take effect (a claim of a dead relay alone takes 30 s)."""
STEPS: tuple[tuple[str, str, Mapping[str, object]], ...] = (
    ("clerk1", "forward_petition", {}),
    ("xf1", "judge_petition", {"in_scope": True, "level": "office", "opinion": "属业务范围"}),
    ("clerk1", "record_petition", {"platform_no": "PT-1", "entered_on": "2026-03-02"}),
    ("clerk1", "refer_as_clue", {"reason": "属业务范围"}),
)


@dataclass
class Site:
    """`accepted`, `referred`: what clients were told was done. `servers`: PostgreSQL, RabbitMQ, their proxies."""

    running: Running
    database_url: str
    postgres: Postgres | None = None
    broker: RabbitMQ | None = None
    to_postgres: Proxy | None = None
    to_broker: Proxy | None = None
    accepted: list[str] = field(default_factory=list)
    referred: list[str] = field(default_factory=list)
    story: list[tuple[str, int, float]] = field(default_factory=list)
    _persons: dict[str, Person] = field(default_factory=dict)
    _signing_in: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def under_load(self, scenario: str, clerks: int = 3) -> Iterator[None]:
        """Clerks register and hand on while the body does its worst; then all must come to rest, and be there."""
        self.running.at.patience = PATIENCE_SECONDS
        before, load = len(self.accepted), Load(self, clerks)
        load.start()
        try:
            time.sleep(1.0)
            yield
            time.sleep(1.0)
        finally:
            load.stop()
        healed = time.monotonic()
        self.running.at.wait_ready(DRAINED_WITHIN_SECONDS)
        self.running.at.wait_quiet(DRAINED_WITHIN_SECONDS)
        made = len(self.accepted) - before
        assert made > 0, "nobody could work at all"
        drained = time.monotonic() - healed
        self.check()
        self.story.append((scenario, made, drained))

    def persons(self) -> dict[str, Person]:
        """The clerks, each signed in once for all threads."""
        with self._signing_in:
            for account in ("clerk1", "xf1"):
                person = self._persons.setdefault(account, self.running.at.person(account))
                person.token()
            return dict(self._persons)

    def check(self) -> None:
        """The oracles on everything since the site began."""
        end = time.monotonic() + DRAINED_WITHIN_SECONDS
        while True:
            try:
                with self.sessions() as parts:
                    everything_once(parts, self.accepted, self.referred)
                break
            except NotAtRest:  # heads of the audit trails are signed and sent all the time
                if time.monotonic() > end:
                    raise
                time.sleep(1)
        trails = self.running.command("audit", "verify", "--folder", str(self.running.folder))
        assert trails.returncode == 0, f"O4: {trails.stdout}"
        assert CANARY not in self.running.logs(), "O7: a text stands in a log"
        with self.sessions() as parts:
            for name, session in parts.items():
                assert _told(session) is False, f"O7: a text stands in an event at {name}"

    @contextmanager
    def sessions(self) -> Iterator[dict[str, Session]]:
        with ExitStack() as stack:
            parts = {}
            for name in SERVICES:
                db = Database(self.database_url.format(service=name))
                stack.callback(db.dispose)
                parts[name] = stack.enter_context(db.read())
            yield parts


def _told(session: Session) -> bool:
    from sqlalchemy import select

    from services.chassis.tables import Outbox

    needles = (CANARY.encode(), CANARY.encode("unicode_escape"))
    return any(needle in body for body in session.scalars(select(Outbox.body)) for needle in needles)


class Load:
    """Clerks at work: each registers a petition and takes it through the steps, again and again, until told to stop."""

    def __init__(self, site: Site, clerks: int) -> None:
        self.site = site
        self.stopping = threading.Event()
        self.faults: list[BaseException] = []
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self._work, args=(n,), daemon=True) for n in range(clerks)]

    def start(self) -> None:
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        self.stopping.set()
        for thread in self.threads:
            thread.join(PATIENCE_SECONDS * 2)
        if self.faults:
            raise self.faults[0]

    def _work(self, number: int) -> None:
        try:
            turn = number
            while not self.stopping.is_set():
                self._one(to_the_end=turn % 3 == 0)
                turn += 1
        except BaseException as error:  # told to the test by stop()
            self.faults.append(error)

    def _one(self, *, to_the_end: bool) -> None:
        persons = self.site.persons()
        paper = {
            "received_on": "2026-03-02", "channel": "letter", "unit_id": "edu", "subject_ids": ["p-edu-sec"],
            "class_code": "supervision_object", "summary": f"来信反映有关问题,{CANARY}{uuid.uuid4().hex}(示例)。",
        }  # fmt: skip
        made = persons["clerk1"].act(f"{BASE}/register_petition", paper)
        with self.lock:
            self.site.accepted.append(made["id"])
        for account, act, given in STEPS if to_the_end else STEPS[:1]:
            persons[account].act(f"{BASE}/{made['id']}/{act}", given)
        if to_the_end:
            with self.lock:
                self.site.referred.append(made["id"])
