"""Clause traceability: a pytest plugin that says which clauses this run has proven, and by which tests.

    @proves("LZ-12.1", check=2)
    def test_a_make_up_saturday_counts(...): ...

names one check of a row (1-based). Test clients call ``saw("http", clauses, what)`` for each answer they
get; a proving test that passed without having seen its clause through a public surface fails. At the end
the run writes ``build/clauses.json`` and prints proven/total by service.
"""

import importlib
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest

from contracts import check_lock
from contracts.clause import Catalogue, catalogue

Surface = Literal["http", "event", "page", "cli"]
Check = tuple[str, int]

REPORT = Path("build") / "clauses.json"
_PROPERTY = "proves"


@dataclass(frozen=True)
class Sighting:
    """One answer a test got through a public surface, with the clauses the answer named."""

    surface: Surface
    clauses: frozenset[str]
    what: str


@dataclass
class PublicSurface:
    """What the running test has seen of the product from outside."""

    sightings: list[Sighting] = field(default_factory=list)

    def saw(self, surface: Surface, clauses: Iterable[str], what: str) -> None:
        """Note an answer; ``what`` says in a few words which, e.g. ``POST /intake/petitions 409``."""
        self.sightings.append(Sighting(surface, frozenset(clauses), what))

    def objection(self, clause_ids: Iterable[str]) -> str | None:
        """Why the test does not prove these clauses, or None."""
        if not self.sightings:
            return "it saw no public surface: use the project's HTTP, event, page or command-line client"
        unseen = sorted(set(clause_ids) - {clause for seen in self.sightings for clause in seen.clauses})
        if not unseen:
            return None
        answers = "; ".join(f"{seen.surface} {seen.what}" for seen in self.sightings[-5:])
        return f"no answer it got names {', '.join(unseen)}; the last answers were: {answers}"


@dataclass
class Proofs:
    """Outcome of every proving test of the run, by check."""

    passed: dict[Check, set[str]] = field(default_factory=dict)
    failed: dict[Check, set[str]] = field(default_factory=dict)

    def add(self, report: pytest.TestReport) -> None:
        """Take a report in; a test that fails in any phase proves nothing."""
        for check in _checks_in(report):
            if report.failed:
                self.failed.setdefault(check, set()).add(report.nodeid)
            elif report.when == "call" and report.passed and not hasattr(report, "wasxfail"):
                self.passed.setdefault(check, set()).add(report.nodeid)

    def tests(self, check: Check) -> list[str]:
        """The tests that prove this check; none when any test of the check failed."""
        return [] if self.failed.get(check) else sorted(self.passed.get(check, ()))


_PROOFS = pytest.StashKey[Proofs]()
# One test runs at a time in a process, so one slot serves its clients in whatever thread they run.
_running: list[PublicSurface] = []


def proves(clause_id: str, *, check: int) -> pytest.MarkDecorator:
    """Mark a test as the proof of one check of a clause; several may be stacked.

    Raises UnknownClause or ValueError when the module is collected.
    """
    checks = catalogue().clause(clause_id).checks
    if not 1 <= check <= len(checks):
        raise ValueError(f"{clause_id} has checks 1 to {len(checks)}, not {check}")
    return pytest.mark.proves(clause_id, check)


def saw(surface: Surface, clauses: Iterable[str], what: str) -> None:
    """Note what a client saw for the running test; outside a test nothing is noted."""
    if _running:
        _running[-1].saw(surface, clauses, what)


def sightings() -> list[Sighting]:
    """What the running test has seen so far; a copied world brings with it what was seen while it was made."""
    return _running[-1].sightings if _running else []


@pytest.fixture
def public_surface() -> PublicSurface:
    """What this test has seen so far."""
    return _running[-1]


def declared_acts() -> Mapping[str, list[str]]:
    """The acts that declare each clause, from the chassis registry; empty while there is none."""
    module = "services.chassis.registry"
    try:
        registry = importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name is not None and module.startswith(error.name):
            return {}
        raise
    declared: Callable[[], Mapping[str, Iterable[str]]] = registry.declared_clauses
    try:
        return {clause: sorted(acts) for clause, acts in declared().items()}
    except Exception as error:
        # A service that cannot be imported fails its tests; the report must not hide which.
        sys.stderr.write(f"clauses: what is declared is not known: {type(error).__name__}\n")
        return {}


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known and start the account of the run."""
    config.addinivalue_line("markers", "proves(clause, check): the test proves this check of the clause")
    config.stash[_PROOFS] = Proofs()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol() -> Generator[None, object, object]:
    """Open a fresh account of what is seen for each test, set-up and tear-down included."""
    _running.append(PublicSurface())
    try:
        return (yield)
    finally:
        _running.pop()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Attach the checks to the report, and fail a proof that never looked from outside."""
    report = yield
    checks = [(str(mark.args[0]), int(mark.args[1])) for mark in item.iter_markers("proves")]
    if checks:
        report.user_properties.append((_PROPERTY, [list(check) for check in checks]))
    if checks and report.when == "call" and report.passed:
        objection = _running[-1].objection(clause for clause, _ in checks)
        if objection is not None:
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid} passed but proves nothing: {objection}"
    return report


class _Account:
    """Adds up the reports; only in the process that has them all, never in an xdist worker."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.config.stash[_PROOFS].add(report)

    def pytest_sessionfinish(self) -> None:
        _write(self.config.rootpath / REPORT, rows(catalogue(), self.config.stash[_PROOFS], declared_acts()))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        path = self.config.rootpath / REPORT
        terminalreporter.section("clauses")
        for line in summary(json.loads(path.read_text("utf-8"))):
            terminalreporter.write_line(line)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Account for the run in the controller, or in the only process there is."""
    if not hasattr(session.config, "workerinput") and not session.config.option.collectonly:
        session.config.pluginmanager.register(_Account(session.config), "clause-account")


def rows(known: Catalogue, proofs: Proofs, acts: Mapping[str, list[str]]) -> dict[str, dict[str, Any]]:
    """One row for every clause: status, service, acts, and the tests that prove each check."""
    lock = check_lock.read()
    return {
        clause_id: _row(clause_id, known, proofs, acts.get(clause_id, []), lock)
        for clause_id in known.clauses
    }


def summary(report: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Proven, declared and all clauses by service, and in sum."""
    total, proven, declared = Counter[str](), Counter[str](), Counter[str]()
    for row in report.values():
        for service in (row["service"], "all"):
            total[service] += 1
            proven[service] += row["status"] == "proven"
            declared[service] += row["status"] == "declared"
    for service, count in total.items():
        if service != "all":
            yield f"{service:15} {proven[service]:4} proven {declared[service]:4} declared of {count:4}"
    yield f"{'all':15} {proven['all']:4} proven {declared['all']:4} declared of {total['all']:4}"
    reopened = [clause for clause, row in report.items() if row["reopened"]]
    if reopened:
        yield f"reopened, because the text of a check has changed: {', '.join(reopened)}"


def _row(
    clause_id: str, known: Catalogue, proofs: Proofs, acts: list[str], lock: Mapping[Check, str]
) -> dict[str, Any]:
    clause = known.clause(clause_id)
    numbers = range(1, len(clause.checks) + 1)
    tests = {number: proofs.tests((clause_id, number)) for number in numbers}
    reopened = [number for number in numbers if not check_lock.is_reviewed(clause_id, number, known, lock)]
    proven = not reopened and all(tests.values())
    return {
        "status": "proven" if proven else "declared" if acts else "open",
        "service": clause.service,
        "act": acts,
        "checks": {str(number): tests[number] for number in numbers},
        "tests": sorted({test for found in tests.values() for test in found}),
        "reopened": reopened,
    }


def _checks_in(report: pytest.TestReport) -> Iterator[Check]:
    for name, value in report.user_properties:
        if name == _PROPERTY and isinstance(value, list):
            yield from ((str(clause), int(number)) for clause, number in value)


def _write(path: Path, report: Mapping[str, Any]) -> None:
    path.parent.mkdir(exist_ok=True)
    # Another run may be writing too: whoever reads gets one whole report.
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")
    part.replace(path)
