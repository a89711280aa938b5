"""A nation's year in an hour: how many petitions go from the register to the archive, and where the time goes.

Drivers play the lives of `lives` at the HTTP API of a whole installation for a stated time, while its simulated days go
by; then all that was begun is brought to its end. What counts is what the archive holds sealed, a petition once.
"""

from __future__ import annotations

import http.client
import json
import multiprocessing
import sqlite3
import time
import uuid
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from multiprocessing.connection import Connection
from typing import Any

import psycopg2

from dengwen.client import AWAY
from services.chassis.clock import ZONE
from services.chassis.settings import SERVICES
from tests.bench import lives, sampling
from tests.bench.figures import Figure, Report
from tests.bench.processes import Account
from tests.bench.sites import Servers, dsn
from tests.journeys.running import Running, embedded, processes
from tests.servers.leash import die_with_leash
from tests.world import START, World

A_YEAR = 3_500_000
DRIVERS, AT_ONCE = 6, 8
DAYS = 10
"""Simulated days that go by while lives are begun: those in progress get older, and some late."""
IN_PROCESS = 12
ATTEMPTS = 20
_FORK = multiprocessing.get_context("fork")


def measure(report: Report, servers: Servers, seconds: float) -> None:
    """Petitions an hour through a whole installation, in both ways to run it; processor time by process and layer."""
    report.section(f"a nation's year in an hour: register to archive, {seconds:.0f} s of new petitions")
    with _deployed(servers) as site:
        _year(report, "13 processes, RabbitMQ + PostgreSQL", site, seconds)
    with embedded(servers.new_folder("year") / "var") as running:
        pids = {"the installation": _pid(running.processes["up"])}
        _year(report, "embedded on SQLite", Site(running, pids, _in_files(running)), seconds)
    _by_layer(report, servers)


@dataclass(frozen=True)
class Site:
    """An installation, the processes whose time is counted, and how many petitions its archive holds."""

    running: Running
    pids: Mapping[str, int]
    archived: Callable[[], int]

    @property
    def ports(self) -> dict[str, int]:
        """Of each service; the drivers go there straight, past any gateway."""
        served = [(p, p.environment.get("DENGWEN_HTTP_PORT")) for p in self.running.processes.values()]
        own = {p.name.split()[1]: int(port) for p, port in served if port and p.name.startswith("serve")}
        return own or dict.fromkeys(SERVICES, int(self.running.at.url.rpartition(":")[2]))


@contextmanager
def _deployed(servers: Servers) -> Iterator[Site]:
    databases = {name: servers.postgres.create_database(f"year_{name}") for name in SERVICES}
    pattern = databases["intake"].replace("year_intake", "year_{service}")
    vhost = servers.rabbitmq.create_vhost("bench-year")
    with processes(servers.new_folder("year"), pattern, vhost) as running:
        pids = {name: _pid(process) for name, process in running.processes.items()}
        pids |= servers.pids()
        with psycopg2.connect(dsn(databases["archive"])) as line:
            line.autocommit = True

            def archived() -> int:
                with line.cursor() as cursor:
                    cursor.execute(_ARCHIVED)
                    return int((cursor.fetchone() or (0,))[0])

            yield Site(running, pids, archived)


_ARCHIVED = "SELECT count(*) FROM volume WHERE state = 'archived' AND source_kind = 'petition'"


def _in_files(running: Running) -> Callable[[], int]:
    line = sqlite3.connect(f"file:{running.folder / 'archive.db'}?mode=ro", uri=True, isolation_level=None)
    return lambda: int(line.execute(_ARCHIVED).fetchone()[0])


def _pid(process: Any) -> int:
    assert process.child is not None
    return int(process.child.pid)


def _year(report: Report, how: str, site: Site, seconds: float) -> None:
    site.running.at.wait_quiet(240)
    site.running.at.patience = 60.0
    account = Account(site.pids)
    started = time.perf_counter()
    done = _drive(site, seconds)
    expected = done["out_of_scope"] + done["in_scope"] + done["late"]
    _wait(lambda: site.archived() >= expected, 300, f"{site.archived()} of {expected} archived")
    took = time.perf_counter() - started
    petitions = expected + done["sealed"]
    hour = petitions / took * 3600
    name = f"petitions an hour, register to archive: {how}"
    report.add(Figure(name, hour, A_YEAR, "/h", "a nation's year", least=1.0))
    report.add(Figure(f"  requests answered: {how}", done["requests"] / took, 0, "/s"))
    ways = ", ".join(f"{done[way]} {way}" for way in lives.WAYS)
    drivers = {"the drivers": done["processor milliseconds"] / 1000}
    trouble = f"told to ask again: {done['asked again']}; stuck: {_stuck(done)}"
    report.remark(f"{how}: {petitions} petitions in {took:.0f} s ({ways}); {trouble}.")
    report.table(f"processor time by process, {how}", account.lines(petitions, "a petition", drivers))


def _stuck(done: Counter[str]) -> str:
    found = {name.removeprefix("stuck "): count for name, count in done.items() if name.startswith("stuck ")}
    return ", ".join(f"{count} x {name}" for name, count in found.items()) or "none"


def _wait(what: Callable[[], bool], seconds: float, missing: str) -> None:
    end = time.monotonic() + seconds
    while not what():
        if time.monotonic() > end:
            raise TimeoutError(missing)
        time.sleep(0.1)


def _drive(site: Site, seconds: float) -> Counter[str]:
    """Let the drivers play, and the days go by, until all that was begun has ended."""
    day, stack = _FORK.Value("i", _today(site.running).toordinal()), ExitStack()
    found: Counter[str] = Counter()
    with stack:
        children = []
        for number in range(DRIVERS):
            ours, theirs = _FORK.Pipe(duplex=False)
            plan = Plan(number, site.ports, site.running.at.accounts, seconds)
            child = _FORK.Process(target=_driver, args=(plan, day, theirs), daemon=True)
            child.start()
            stack.callback(child.join, 5)
            stack.callback(child.terminate)
            theirs.close()
            children.append(ours)
        waiting, next_day = children[:], time.monotonic() + seconds / DAYS
        while waiting:
            for pipe in [one for one in waiting if one.poll(0.05)]:
                found += pipe.recv()  # EOFError: a driver died
                waiting.remove(pipe)
            if waiting and time.monotonic() > next_day:
                next_day += seconds / DAYS
                _next_day(site.running, day)
    return found


def _today(running: Running) -> date:
    return datetime.fromisoformat(running.at.ready()["intake"]["now"]).astimezone(ZONE).date()


def _next_day(running: Running, day: Any) -> None:
    now = datetime.fromisoformat(running.at.ready()["desk"]["now"]) + timedelta(days=1)
    running.at.person("sys").act(
        "/desk/time_advances/advance_time", {"now": now.astimezone(ZONE).isoformat()}
    )
    _wait(
        lambda: all(datetime.fromisoformat(b["now"]) >= now for b in running.at.ready().values()), 60, "a day"
    )
    day.value += 1


@dataclass(frozen=True)
class Plan:
    """What one driver is to do."""

    number: int
    ports: Mapping[str, int]
    accounts: Mapping[str, Mapping[str, str]]
    seconds: float


def _driver(plan: Plan, day: Any, pipe: Connection) -> None:
    die_with_leash()
    asker = Asker(plan.ports, plan.accounts)
    playing: deque[tuple[str, lives.Life]] = deque()
    fresh = lives.a_year(plan.number, asker, lambda: date.fromordinal(day.value))
    done: Counter[str] = Counter()
    end = time.monotonic() + plan.seconds
    while playing or time.monotonic() < end:
        if len(playing) < AT_ONCE and time.monotonic() < end:
            playing.append(next(fresh))
        waited = 0
        for _ in range(len(playing)):
            way, life = playing.popleft()
            try:
                waited += next(life) == "wait"
            except StopIteration:
                done[way] += 1
            except lives.Stuck as stuck:
                done[f"stuck {stuck}"] += 1
            else:
                playing.append((way, life))
        if waited and waited == len(playing):
            time.sleep(0.05)
    done["requests"], done["asked again"] = asker.requests, asker.unavailable
    done["processor milliseconds"] = round(time.process_time() * 1000)
    pipe.send(done)


@dataclass
class Asker:
    """The accounts of one driver at the services, each service on a connection that stays open."""

    ports: Mapping[str, int]
    accounts: Mapping[str, Mapping[str, str]]
    requests: int = 0
    unavailable: int = 0
    _tokens: dict[str, str] = field(default_factory=dict)
    _lines: dict[str, http.client.HTTPConnection] = field(default_factory=dict)

    def __call__(
        self,
        account: str,
        method: str,
        path: str,
        *,
        body: Any = None,
        raw: bytes | None = None,
        version: int = -1,
    ) -> tuple[int, Any]:
        headers = {"Idempotency-Key": uuid.uuid4().hex} if method == "POST" else {}
        if version >= 0:
            headers["If-Match"] = f'"{version}"'
        for _ in range(ATTEMPTS):
            if account not in self._tokens:
                self._sign_in(account)
            signed = headers | {"Authorization": f"Bearer {self._tokens[account]}"}
            status, answer = self._send(method, path, body, raw, signed)
            if status == http.client.UNAUTHORIZED:
                del self._tokens[account]
            elif status not in AWAY:
                break
            else:
                self._wait()
        return status, answer

    def _wait(self) -> None:
        self.unavailable += 1
        time.sleep(0.5)

    def _sign_in(self, account: str) -> None:
        given = {"account": account, "password": self.accounts[account]["password"]}
        for _ in range(ATTEMPTS):  # six drivers are one address, and sign in at the same moment
            status, answer = self._send("POST", "/desk/session", given, None, {})
            if status not in AWAY:
                break
            self._wait()
        if status >= http.client.BAD_REQUEST:
            raise lives.Stuck(f"session: {status}")
        self._tokens[account] = answer["token"]

    def _send(
        self, method: str, path: str, body: Any, raw: bytes | None, headers: dict[str, str]
    ) -> tuple[int, Any]:
        service = path.split("/")[1]
        if service not in self._lines:
            self._lines[service] = http.client.HTTPConnection("127.0.0.1", self.ports[service], timeout=60)
        line, content = self._lines[service], raw
        if body is not None:
            content = json.dumps(body).encode()
            headers = headers | {"Content-Type": "application/json"}
        self.requests += 1
        line.request(method, path, content, headers)
        answer = line.getresponse()
        return answer.status, json.loads(answer.read() or b"{}")


def _by_layer(report: Report, servers: Servers) -> None:
    """The same lives in this process, six services on SQLite files without sockets, sampled: shares by layer."""
    world = World(servers.new_folder("world"), start=START, durable=True)

    def ask(
        account: str, method: str, path: str, *, body: Any = None, raw: bytes | None = None, version: int = -1
    ) -> tuple[int, Any]:
        known = None if version < 0 else version
        answer = world.as_(account).send(method, path, body=body, raw=raw, version=known)
        return answer.status, answer.body

    chosen = (life for way, life in lives.a_year(1, ask, START.date) if way in ("in_scope", "out_of_scope"))
    for _ in next(chosen):  # warm
        world.pump()
    with sampling.sampled() as found:
        for _ in range(IN_PROCESS):
            for _ in next(chosen):
                world.pump(tick=False)
    report.table("processor time of the whole pipeline by layer (one process, SQLite, no sockets)",
                 sampling.lines(found))  # fmt: skip
    world.close()
