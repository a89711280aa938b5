"""What every test run has: the private servers, the clause proofs, and the profiles of the property tests."""

import importlib.util
import os
from collections.abc import Generator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

pytest_plugins = ["tests.servers"]
if importlib.util.find_spec("tests.clause_proof") is not None:
    pytest_plugins.append("tests.clause_proof")

# A test's folder says what it costs; a marker of its own is needed only where the two differ.
MARKED_BY_FOLDER = {
    "unit": "unit",
    "clauses": "unit",
    "contract": "unit",
    "integration": "integration",
    "attacks": "integration",
    "journeys": "journey",
    "browser": "journey",
    "faults": "faults",
    "deployment": "deployment",
}
TESTS = Path(__file__).parent

settings.register_profile("default", max_examples=40, deadline=None)
settings.register_profile("ci", max_examples=40, deadline=None, print_blob=True, derandomize=True)
settings.register_profile(
    "long", max_examples=2000, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "default")


class WholeInstallationsInTurn(LoadScopeScheduling):  # type: ignore[misc]
    """Tests with whole installations of many processes go to one worker, one after another; the others to any.

    A module whose tests share what takes long to make stays together: each worker would make it for itself.

    (pytest-xdist 3.8's groups rest on node ids that pytest 9.2 no longer lets it change.)
    """

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        if _is_heavy(Path(path)):
            return "whole installations"
        return path if _shares_what_it_makes(path) else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> WholeInstallationsInTurn:
    return WholeInstallationsInTurn(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each test the marker of its folder."""
    for item in items:
        if item.path.is_relative_to(TESTS):
            marker = MARKED_BY_FOLDER.get(item.path.relative_to(TESTS).parts[0])
            if marker is not None:
                item.add_marker(marker)


def _is_heavy(path: Path) -> bool:
    """`path` is relative to the repository."""
    return path.parts[1] in ("journeys", "faults", "browser") or path.name == "test_compose.py"


@cache
def _shares_what_it_makes(path: str) -> bool:
    return 'scope="module"' in (TESTS.parent / path).read_text("utf-8")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure under `CI=true`: there, nothing may be left out for a missing part."""
    report = yield
    if os.environ.get("CI") == "true" and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.longrepr = f"{item.nodeid} was skipped, which CI=true does not allow: {reason}"
    return report
