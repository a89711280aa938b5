"""The clause report: what counts as a proof, and what the run writes about all 750 rows."""

import json
from pathlib import Path
from typing import Any

import pytest

from contracts import check_lock
from contracts.clause import catalogue
from tests import clause_proof
from tests.clause_proof import Proofs, proves, rows, saw, summary

pytest_plugins = ["pytester"]

HEAD = """
import pytest
from tests.clause_proof import proves, saw
"""
PROVEN = """
@proves("LZ-12.4", check=1)
def test_first():
    saw("http", ["LZ-12.4"], "POST 422")

@proves("LZ-12.4", check=2)
def test_second():
    saw("page", ["LZ-12.4", "LZ-12.3"], "GET 200")
"""
ROOT = Path(__file__).parents[3]


@pytest.fixture
def inner(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A project of its own for inner runs."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    # Reading every service's acts takes seconds; what comes of it has its own test below.
    monkeypatch.setattr(clause_proof, "declared_acts", dict)
    return pytester


def run(inner: pytest.Pytester, body: str, *arguments: str) -> pytest.RunResult:
    inner.makepyfile(HEAD + body)
    return inner.runpytest_inprocess("-p", "tests.clause_proof", "-p", "no:cacheprovider", *arguments)


def report_of(inner: pytest.Pytester) -> dict[str, Any]:
    return dict(json.loads((inner.path / "build" / "clauses.json").read_text("utf-8")))


def test_a_row_is_proven_when_each_of_its_checks_is(inner: pytest.Pytester) -> None:
    result = run(inner, PROVEN)
    result.assert_outcomes(passed=2)
    report = report_of(inner)
    assert len(report) == 750
    row = report["LZ-12.4"]
    assert (row["status"], row["service"]) == ("proven", "intake")
    assert [len(row["checks"][number]) for number in ("1", "2")] == [1, 1]
    assert row["tests"] == sorted(row["checks"]["1"] + row["checks"]["2"])
    assert report["LZ-12.3"]["status"] != "proven"
    result.stdout.fnmatch_lines(["*intake*1 proven*of   22", "*all*1 proven*of  750"])


def test_a_row_with_one_check_proven_is_not_proven(inner: pytest.Pytester) -> None:
    run(inner, PROVEN.split("\n\n", maxsplit=1)[0])
    row = report_of(inner)["LZ-12.4"]
    assert row["status"] != "proven"
    assert row["checks"]["2"] == []


def test_a_proof_that_saw_no_public_surface_fails(inner: pytest.Pytester) -> None:
    result = run(inner, '@proves("LZ-12.4", check=1)\ndef test_blind(): assert True\n')
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*passed but proves nothing: it saw no public surface*"])
    assert report_of(inner)["LZ-12.4"]["tests"] == []


def test_a_proof_whose_answers_name_other_clauses_fails_and_says_which(inner: pytest.Pytester) -> None:
    body = '@proves("LZ-12.4", check=1)\ndef test_elsewhere(): saw("http", ["LZ-12.1"], "POST 200")\n'
    result = run(inner, body)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*no answer it got names LZ-12.4; the last answers were: http POST 200*"])


def test_a_proof_of_two_clauses_must_have_seen_both(inner: pytest.Pytester) -> None:
    body = """
@proves("LZ-12.4", check=1)
@proves("LZ-12.1", check=3)
def test_both():
    saw("event", ["LZ-12.4"], "intake.restricted_petition_escalated")
"""
    run(inner, body).assert_outcomes(failed=1)
    assert report_of(inner)["LZ-12.4"]["checks"]["1"] == []


def test_what_one_test_saw_does_not_count_for_the_next(inner: pytest.Pytester) -> None:
    body = """
def test_looks(): saw("http", ["LZ-12.4"], "GET 200")

@proves("LZ-12.4", check=1)
def test_blind(): pass
"""
    run(inner, body).assert_outcomes(passed=1, failed=1)


def test_a_client_in_another_thread_counts_for_the_running_test(inner: pytest.Pytester) -> None:
    body = """
import threading

@proves("LZ-12.4", check=1)
def test_threaded():
    client = threading.Thread(target=saw, args=("cli", ["LZ-12.4"], "dengwen"))
    client.start()
    client.join()
"""
    run(inner, body).assert_outcomes(passed=1)


@pytest.mark.parametrize(
    "ending",
    [
        'assert False, "broken"',
        'pytest.skip("no broker")',
        'pytest.xfail("known")',
    ],
)
def test_a_test_that_does_not_pass_proves_nothing(inner: pytest.Pytester, ending: str) -> None:
    second = f'def test_second():\n    saw("page", ["LZ-12.4"], "GET 200")\n    {ending}\n'
    run(inner, PROVEN.split("def test_second", maxsplit=1)[0] + second)
    assert report_of(inner)["LZ-12.4"]["status"] != "proven"
    assert report_of(inner)["LZ-12.4"]["checks"]["2"] == []


def test_a_failing_test_takes_a_check_s_other_proofs_with_it(inner: pytest.Pytester) -> None:
    more = '\n@proves("LZ-12.4", check=2)\ndef test_third(): assert False\n'
    run(inner, PROVEN + more)
    assert report_of(inner)["LZ-12.4"]["checks"]["2"] == []


def test_a_tear_down_that_fails_takes_the_proof_back(inner: pytest.Pytester) -> None:
    body = """
@pytest.fixture
def breaking():
    yield
    raise RuntimeError

""" + PROVEN.replace("def test_second()", "def test_second(breaking)")
    run(inner, body)
    assert report_of(inner)["LZ-12.4"]["checks"]["2"] == []


@pytest.mark.parametrize("wrong", ['"LZ-99.9", check=1', '"LZ-12.4", check=3', '"LZ-12.4", check=0'])
def test_an_unknown_clause_or_check_fails_at_collection(inner: pytest.Pytester, wrong: str) -> None:
    result = run(inner, f"@proves({wrong})\ndef test_wrong(): pass\n")
    result.assert_outcomes(errors=1)


def test_workers_proofs_are_merged_into_one_report(inner: pytest.Pytester) -> None:
    inner.makepyfile(HEAD + PROVEN)
    result = inner.runpytest_subprocess("-p", "tests.clause_proof", "-p", "xdist", "-n", "2")
    result.assert_outcomes(passed=2)
    assert report_of(inner)["LZ-12.4"]["status"] == "proven"
    result.stdout.fnmatch_lines(["*all*1 proven*of  750"])


def test_collecting_alone_leaves_the_report_of_the_last_run(inner: pytest.Pytester) -> None:
    run(inner, PROVEN)
    run(inner, PROVEN, "--collect-only")
    assert report_of(inner)["LZ-12.4"]["status"] == "proven"


def test_an_act_makes_a_clause_declared(monkeypatch: pytest.MonkeyPatch) -> None:
    report = rows(catalogue(), Proofs(), {"LZ-12.4": ["escalate_restricted_petition"]})
    assert report["LZ-12.4"]["status"] == "declared"
    assert report["LZ-12.4"]["act"] == ["escalate_restricted_petition"]
    assert report["LZ-12.1"]["status"] == "open"


def test_a_changed_check_text_reopens_its_row(monkeypatch: pytest.MonkeyPatch) -> None:
    proofs = Proofs(passed={("LZ-12.4", 1): {"test_a"}, ("LZ-12.4", 2): {"test_b"}})
    assert rows(catalogue(), proofs, {})["LZ-12.4"]["status"] == "proven"
    lock = {**check_lock.read(), ("LZ-12.4", 2): check_lock.digest("what the check said before")}
    monkeypatch.setattr(check_lock, "read", lambda: lock)
    report = rows(catalogue(), proofs, {})
    assert report["LZ-12.4"]["status"] == "open"
    assert report["LZ-12.4"]["reopened"] == [2]
    assert list(summary(report))[-1].endswith("LZ-12.4")


def test_every_check_is_locked_and_a_review_renews_one_row_alone(tmp_path: Path) -> None:
    known = catalogue()
    locked = check_lock.read()
    assert set(locked) == {(c.id, n) for c in known.clauses.values() for n in range(1, len(c.checks) + 1)}
    path = tmp_path / "checks.lock"
    path.write_text("LZ-12.1 1 000000000000\nLZ-12.2 1 000000000000\nLZ-0.0 1 000000000000\n", "utf-8")
    check_lock.renew(["LZ-12.1"], known, path)
    renewed = check_lock.read(path)
    assert renewed[("LZ-12.1", 1)] == locked[("LZ-12.1", 1)]
    assert renewed[("LZ-12.2", 1)] == "000000000000"
    assert ("LZ-0.0", 1) not in renewed


def test_a_digest_changes_with_words_and_not_with_line_breaks() -> None:
    assert check_lock.digest("Given a\n  petition") == check_lock.digest("Given a petition")
    assert check_lock.digest("Given a petition") != check_lock.digest("Given a Petition")


@proves("LZ-12.4", check=1)
@pytest.mark.skip(reason="only its mark is looked at")
def marked() -> None:
    saw("http", ["LZ-12.4"], "nothing")


def test_the_marker_carries_clause_and_check() -> None:
    marks = [mark for mark in marked.pytestmark if mark.name == "proves"]  # type: ignore[attr-defined]
    assert [mark.args for mark in marks] == [("LZ-12.4", 1)]
