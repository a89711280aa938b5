"""What the first readers would wait for is made before they come, and changes nothing that they are told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from services.chassis import described, warming
from services.chassis.runtime import Runtime
from services.chassis.settings import SERVICES
from services.desk.pages import render, visit, words
from tests.world import World

Forgotten = Callable[[], None]


@pytest.fixture
def forgotten(monkeypatch: pytest.MonkeyPatch) -> Forgotten:
    """Everything as in a process that has just started; nothing is waited for."""
    monkeypatch.setattr(described, "_acts", {})
    monkeypatch.setattr(visit, "_declared", {})
    monkeypatch.setattr(visit, "_confirmed", {})
    monkeypatch.setattr(warming, "time", type("Clock", (), {"sleep": staticmethod(lambda _: None)}))

    def forget() -> None:
        described._acts.clear()
        for known in (words._codes, words._titles, words._hints, render._environment):
            known.cache_clear()

    return forget


def test_acts_words_templates_and_declarations_are_there_before_anybody_asks(
    tmp_path: Path, forgotten: Forgotten
) -> None:
    world = World(tmp_path)
    forgotten()
    warming.warm(list(world.runtimes.values()))
    assert {service.name for service in described._acts} == set(SERVICES)
    assert all(known.cache_info().currsize for known in (words._codes, words._titles, words._hints))
    templates = render._environment().list_templates(extensions=["html"])
    assert templates
    assert len(render._environment().cache or ()) == len(templates)
    place = world.runtimes["desk"].settings.database_url
    assert visit._confirmed.keys() == {(place, service) for service in SERVICES}
    world.close()


def test_what_was_made_beforehand_is_what_is_made_when_asked(tmp_path: Path, forgotten: Forgotten) -> None:
    world = World(tmp_path, services=("intake",))
    forgotten()
    intake = world.runtimes["intake"]
    asked = described.acts_of(intake.definition).body
    forgotten()
    warming.warm([intake])
    assert described.acts_of(intake.definition).body == asked
    world.close()


def test_nothing_is_read_from_a_database_and_nothing_written(tmp_path: Path, forgotten: Forgotten) -> None:
    world = World(tmp_path)
    forgotten()
    said: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        said.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        warming.warm(list(world.runtimes.values()))
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert said == []
    world.close()


def test_a_service_that_cannot_be_warmed_runs_on_and_the_next_is_warmed(
    tmp_path: Path, forgotten: Forgotten
) -> None:
    world = World(tmp_path, services=("intake", "archive"))
    forgotten()

    def fails(_: Runtime) -> Iterator[None]:
        yield
        raise OSError

    intake, archive = world.runtimes["intake"], world.runtimes["archive"]
    intake.definition = replace(intake.definition, warms=fails)
    warming.warm([intake, archive])
    assert archive.definition in described._acts
    world.close()
