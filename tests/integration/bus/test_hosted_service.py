"""A service in its container on green threads: queues, background work, signals."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tests.integration.bus.brokers import eventually, numbers
from tests.integration.bus.processes import hosted

CANARY = "canary-7f3a"


@pytest.fixture(params=["local", "rabbitmq"])
def uri(request: pytest.FixtureRequest) -> str:
    if request.param == "local":
        return "dengwen-local://localhost/hosted"
    make: Callable[[], str] = request.getfixturevalue("broker_vhost")
    return make()


def test_events_and_control_messages_reach_the_service_through_a_worker(uri: str) -> None:
    with hosted(uri) as process:
        process.get("/intake/publish?count=300")
        assert eventually(lambda: len(process.get("/intake/x")["handled"]) == 301)
        handled = process.get("/intake/x")["handled"]
        process.terminate()
    assert [one for one in handled if one != "control"] == numbers(300)
    assert "control" in handled


def test_a_handler_that_raises_gets_its_events_again_and_its_error_is_told_by_class(uri: str) -> None:
    with hosted(uri, fails=2) as process:
        process.get("/desk/publish?count=3")
        assert eventually(lambda: process.get("/desk/x")["calls"] >= 3)
        assert eventually(lambda: "2" in process.get("/desk/x")["handled"])
        process.terminate()
    assert CANARY not in process.errors
    assert "handler_failed" in process.errors


def test_a_stop_waits_for_the_batch_in_flight(uri: str) -> None:
    with hosted(uri, takes=1.0) as process:
        process.get("/intake/publish?count=5")
        assert eventually(lambda: process.get("/intake/x")["begun"])
        took = process.terminate()
    assert process.last_words["begun"], "a batch of at least one of the five"
    assert set(process.last_words["begun"]) <= set(process.last_words["handled"])
    assert "forced" not in process.errors
    assert took < 15.0


def test_a_stop_is_noticed_by_a_process_that_has_nothing_to_do() -> None:
    with hosted() as process:
        time.sleep(0.5)
        assert process.terminate() < 15.0
        assert process.child.returncode == 0


def test_background_work_runs_when_it_is_woken_and_outlives_its_failures() -> None:
    with hosted() as process:
        first = process.get("/intake/x")
        woken = process.get("/intake/wake")
        assert woken["ticks"] == first["ticks"] + 1
        before = process.get("/intake/x")["failures"]
        assert eventually(lambda: process.get("/intake/x")["failures"] > before)
        # Backing off: without it there would be a hundred a second.
        assert process.get("/intake/x")["failures"] < 20
        process.terminate()
    assert CANARY not in process.errors


def test_a_service_with_nothing_to_do_costs_next_to_nothing() -> None:
    with hosted() as process:
        process.get("/intake/x")
        time.sleep(1.0)
        before = process.get("/intake/x")["cpu"]
        time.sleep(2.0)
        assert process.get("/intake/x")["cpu"] - before < 0.1
