"""The ladder of reminders: warned in time, overdue at midnight, and told to the right persons only."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from services.chassis import tables
from services.chassis.work import begin
from services.notifications.definition import on_tick
from services.notifications.storage import Notice
from tests.clause_proof import proves, saw
from tests.world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path, services=("intake", "notifications"))
    yield world
    world.close()


def letter(**changes: object) -> dict[str, object]:
    return {"received_on": "2026-03-02", "channel": "letter", "unit_id": "edu", "subject_ids": ["p-edu-sec"],
            "summary": "反映某科级干部违规问题", "class_code": "supervision_object"} | changes  # fmt: skip


def register(world: World, account: str = "clerk1", **changes: object) -> dict[str, Any]:
    answer = world.as_(account).act("/intake/petitions/register_petition", letter(**changes))
    assert answer.status == 201, answer.body
    world.pump()
    assert world.parked() == []
    return dict(answer.body)


def emitted(world: World, event_type: str, consumer: str = "intake") -> list[dict[str, Any]]:
    """The data of each event of this type that notifications sent to a consumer, in order."""
    with world.runtimes["notifications"].db.read() as session:
        rows = session.scalars(
            select(tables.Outbox)
            .where(tables.Outbox.type == f"{event_type}.v1", tables.Outbox.consumer == consumer)
            .order_by(tables.Outbox.id)
        ).all()
    envelopes = [json.loads(row.body) for row in rows]
    for envelope in envelopes:
        saw("event", envelope["dwclauses"].split(","), event_type)
    return [envelope["data"] for envelope in envelopes]


def told(world: World, template: str = "deadline_overdue") -> set[str]:
    """Who has a notice of this template."""
    with world.runtimes["notifications"].db.read() as session:
        return set(session.scalars(select(Notice.addressee_id).where(Notice.template == template)))


@proves("LZ-12.1", check=1)
def test_from_friday_midnight_a_petition_received_on_monday_is_overdue(world: World) -> None:
    petition = register(world)
    world.on(2026, 3, 5, 23, 59)
    world.pump()
    assert emitted(world, "notifications.deadline_overdue") == []
    world.on(2026, 3, 6, 0, 0)
    world.pump()
    [event] = emitted(world, "notifications.deadline_overdue")
    assert (event["clause"], event["subject_ref"], event["due_on"], event["step"]) == (
        "LZ-12.1", petition["id"], "2026-03-05", 1,
    )  # fmt: skip
    forwarded = world.as_("clerk1").act(f"/intake/petitions/{petition['id']}/forward_petition")
    assert forwarded.status == 200
    assert [d["late"] for d in forwarded.body["duties"]] == [True]


def test_the_handler_and_the_head_are_warned_on_the_last_two_working_days_once_each(world: World) -> None:
    register(world)
    for day, hour, warned in ((3, 23, 0), (4, 0, 1), (4, 9, 1), (5, 0, 2), (5, 23, 2)):
        world.on(2026, 3, day, hour)
        world.pump()
        assert len(emitted(world, "notifications.deadline_warned")) == warned, (day, hour)
    events = emitted(world, "notifications.deadline_warned")
    assert [event["warned_on"] for event in events] == ["2026-03-04", "2026-03-05"]
    assert told(world, "deadline_warned") == {"p-clerk1", "p-head1"}


def test_overdue_reminders_go_on_every_week_until_the_petition_is_forwarded(world: World) -> None:
    petition = register(world)
    steps = []
    for day in (6, 12, 13, 20):
        world.on(2026, 3, day, 0)
        world.pump()
        steps.append([event["step"] for event in emitted(world, "notifications.deadline_overdue")])
    assert steps == [[1], [1], [1, 2], [1, 2, 3]]
    assert told(world) == {"p-clerk1", "p-head1"}
    assert world.as_("clerk1").act(f"/intake/petitions/{petition['id']}/forward_petition").status == 200
    world.pump()
    world.on(2026, 4, 20)
    world.pump()
    assert len(emitted(world, "notifications.deadline_overdue")) == 3


def test_a_jump_over_several_steps_gives_one_reminder_the_latest(world: World) -> None:
    register(world)
    world.on(2026, 3, 20, 0)
    world.pump()
    world.pump()
    assert [event["step"] for event in emitted(world, "notifications.deadline_overdue")] == [3]
    assert emitted(world, "notifications.deadline_warned") == []
    inbox = world.as_("head1").get("/notifications/inbox").body["items"]
    assert [line["template"] for line in inbox] == ["deadline_overdue"]


@proves("LZ-12.1", check=2)
def test_a_make_up_saturday_counts_and_the_sunday_after_it_is_late(world: World) -> None:
    world.on(2026, 9, 30)
    petition = register(world, received_on="2026-09-30")
    [duty] = [d for d in petition["duties"] if d["clause"] == "LZ-12.1"]
    assert duty["due_at"].startswith("2026-10-10T23:59:59")
    world.on(2026, 10, 9, 0)
    world.pump()
    assert [e["warned_on"] for e in emitted(world, "notifications.deadline_warned")] == ["2026-10-09"]
    world.on(2026, 10, 10, 23, 59)
    world.pump()
    assert emitted(world, "notifications.deadline_overdue") == []
    world.on(2026, 10, 11, 0)
    world.pump()
    assert [e["due_on"] for e in emitted(world, "notifications.deadline_overdue")] == ["2026-10-10"]


@proves("LZ-12.3", check=3)
def test_an_undelivered_restricted_petition_reminds_its_handler_and_the_petition_office_head_only(
    world: World,
) -> None:
    world.on(2026, 3, 2, 16)
    petition = register(world, class_code="unit_team", subject_ids=["p-edu-vice"])
    world.on(2026, 3, 2, 23, 59)
    world.pump()
    assert told(world) == set()
    world.on(2026, 3, 3, 0)
    world.pump()
    assert told(world) == {"p-clerk1", "p-xfhead"}
    [event] = emitted(world, "notifications.deadline_overdue")
    assert (event["clause"], event["subject_ref"], event["warned_roles"]) == ("LZ-12.3", petition["id"], [])
    for other in ("clues", "inspection", "archive", "notifications"):
        assert emitted(world, "notifications.deadline_overdue", other) == []
    for account in ("clerk1", "xfhead"):
        [line] = world.as_(account).get("/notifications/inbox").body["items"]
        assert line["body_zh"] == "有一件事项等待您亲自处理，请登录查看。"
        assert (line["clause"], line["subject_ref"], line["due_on"]) == ("", "", None)
    for account in ("head1", "deputy1", "clerk2", "xf1", "sys", "aud"):
        client = world.as_(account)
        assert client.get("/notifications/inbox").body == {"items": [], "unread": 0, "cursor": None}
        assert client.get("/notifications/duties", status="all").body["items"] == []


def test_of_a_sealed_notice_only_the_service_that_asked_hears(world: World) -> None:
    register(world, class_code="unit_team", subject_ids=["p-edu-vice"])
    world.on(2026, 3, 3, 0)
    world.pump()
    world.as_("xfhead").get("/notifications/inbox")
    assert len(emitted(world, "notifications.notice_delivered", "intake")) == 1
    for event_type in ("notice_sent", "notice_delivered", "deadline_overdue"):
        assert emitted(world, f"notifications.{event_type}", "archive") == []


def test_a_colleague_reported_on_and_their_superior_are_never_reminded(world: World) -> None:
    register(world, subject_ids=["p-clerk2"])
    world.on(2026, 3, 6, 0)
    world.pump()
    assert told(world) == {"p-clerk1"}
    assert world.as_("clerk2").get("/notifications/duties").body["items"] == []
    assert world.as_("head1").get("/notifications/duties").body["items"] == []


def test_a_clock_met_late_before_anybody_was_reminded_is_overdue_all_the_same(world: World) -> None:
    petition = register(world)
    world.on(2026, 3, 6, 10)
    assert world.as_("clerk1").act(f"/intake/petitions/{petition['id']}/forward_petition").status == 200
    world.pump(tick=False)
    world.pump()
    assert [e["step"] for e in emitted(world, "notifications.deadline_overdue")] == [1]
    assert told(world) == set()


def test_a_leader_sees_the_clocks_of_the_own_office_and_a_clerk_their_own(world: World) -> None:
    petition = register(world)
    register(world, account="clerk2")
    seen = {a: len(world.as_(a).get("/notifications/duties").body["items"])
            for a in ("head1", "deputy1", "clerk1", "clerk2", "head2", "clerk3", "xfhead", "sys")}  # fmt: skip
    assert seen == {"head1": 2, "deputy1": 2, "clerk1": 1, "clerk2": 1, "head2": 0, "clerk3": 0, "xfhead": 0,
                    "sys": 0}  # fmt: skip
    first = world.as_("head1").get("/notifications/duties", limit="1").body
    second = world.as_("head1").get("/notifications/duties", limit="1", cursor=first["cursor"]).body
    assert second["cursor"] is None
    assert {line["subject_ref"] for line in (*first["items"], *second["items"])} >= {petition["id"]}
    assert len({line["duty_id"] for line in (*first["items"], *second["items"])}) == 2


def open_imported(world: World, number: int, owed_person: str = "p-clerk1") -> None:
    """An overdue row of an import: intake opens its clock for the digest."""
    runtime = world.runtimes["intake"]
    with begin(runtime) as work:
        event = work.own_event(
            "duty_opened", duty_id=f"imported-{number}", clause="LZ-12.1", subject_ref=f"row-{number}",
            office_id="pz1", owed_role="dispatched_office", owed_person=owed_person, recipient="",
            opened_on=date(2025, 12, 1), due_at=datetime(2025, 12, 4, 15, 59, 59, tzinfo=UTC), provisional=False,
            warn=(date(2025, 12, 3), date(2025, 12, 4)), warned_roles=("dispatched_office",), sealed=False,
            digest_only=True, addressee_person="",
        )  # fmt: skip
        work.emit(event, f"petition/row-{number}", 1, ("LZ-12.1",))


def test_overdue_rows_of_an_import_give_one_digest_an_office_and_day(world: World) -> None:
    for number in range(20):
        open_imported(world, number)
    world.pump()
    open_imported(world, 20, owed_person="p-clerk2")
    world.pump()
    world.on(2026, 3, 2, 18)
    world.pump()
    assert emitted(world, "notifications.deadline_overdue") == []
    assert told(world) == set()
    inbox = world.as_("head1").get("/notifications/inbox").body["items"]
    assert [line["template"] for line in inbox] == ["overdue_digest"]
    world.on(2026, 3, 3, 0)
    world.pump()
    assert [len(world.as_(a).get("/notifications/inbox").body["items"]) for a in ("head1", "clerk1", "clerk2")] == [
        2, 2, 1,
    ]  # fmt: skip
    assert world.as_("head1").get("/notifications/duties").body["items"] != []


def test_two_replicas_take_each_step_once(world: World) -> None:
    register(world)
    world.on(2026, 3, 6, 0)
    runtime = world.runtimes["notifications"]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: on_tick(runtime), range(8)))
    assert len(emitted(world, "notifications.deadline_overdue")) == 1
    with runtime.db.read() as session:
        assert len(session.scalars(select(Notice.id).where(Notice.template == "deadline_overdue")).all()) == 2
