"""Notices with proof: to whom, exactly once, traceable, and without a word of any content."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog
from sqlalchemy import select, text, update

from services.chassis import tables
from services.chassis.audit.tables import AuditEntry
from services.chassis.clock import real_now
from services.chassis.work import begin
from services.notifications.storage import Notice, WaitingNotice
from tests.clause_proof import proves
from tests.world import World

CANARY = "金丝雀乙九四"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path, services=("intake", "notifications"))
    yield world
    world.close()


def letter(**changes: object) -> dict[str, object]:
    return {"received_on": "2026-03-02", "channel": "letter", "unit_id": "edu", "subject_ids": ["p-edu-sec"],
            "summary": f"反映{CANARY}违规问题", "class_code": "supervision_object"} | changes  # fmt: skip


def forwarded(world: World) -> str:
    petition = str(world.as_("clerk1").act("/intake/petitions/register_petition", letter()).body["id"])
    assert world.as_("clerk1").act(f"/intake/petitions/{petition}/forward_petition").status == 200
    world.pump()
    assert world.parked() == []
    return petition


def items(world: World, account: str) -> list[dict[str, Any]]:
    return list(world.as_(account).get("/notifications/inbox").body["items"])


def ask(world: World, **fields: object) -> None:
    """Intake asks for a notice."""
    given: dict[str, Any] = {
        "notice_id": "notice-1", "template": "petition_forwarded", "clause": "LZ-12.8", "subject_ref": "item-1",
        "to_role": "", "to_person": "", "office_id": "", "sealed": False,
    } | fields  # fmt: skip
    with begin(world.runtimes["intake"]) as work:
        work.emit(work.own_event("notice_due", **given), "petition/item-1", 1, ("LZ-12.8",))
    world.pump()


def outbox(world: World, name: str, consumer: str) -> list[dict[str, Any]]:
    with world.runtimes["notifications"].db.read() as session:
        query = select(tables.Outbox.body).where(
            tables.Outbox.type == f"notifications.{name}.v1", tables.Outbox.consumer == consumer
        )
        return [json.loads(body)["data"] for body in session.scalars(query)]


def test_a_forwarded_petition_is_announced_to_the_petition_office_and_to_nobody_else(world: World) -> None:
    petition = forwarded(world)
    with world.runtimes["notifications"].db.read() as session:
        notices = session.scalars(select(Notice)).all()
    assert {n.addressee_id for n in notices} == {"p-xfhead", "p-xf1", "p-xf2"}
    [line] = items(world, "xf1")
    assert (line["template"], line["clause"], line["subject_ref"]) == (
        "petition_forwarded",
        "LZ-12.8",
        petition,
    )
    assert items(world, "clerk1") == []


@proves("LL-3.9", check=1)
def test_the_trail_of_a_notice_has_sent_delivered_read_and_answered(world: World) -> None:
    petition = forwarded(world)
    reader = world.as_("xf1")
    assert len(outbox(world, "notice_sent", "archive")) == 3
    assert outbox(world, "notice_delivered", "intake") == []
    world.on(2026, 3, 3, 8, 30)
    [line] = items(world, "xf1")
    world.on(2026, 3, 3, 9, 15)
    answer = reader.send("POST", f"/notifications/notices/{line['id']}/acknowledge")
    assert (answer.status, answer.body["clauses"]) == (200, ["LL-3.9"])
    trail = reader.get(f"/notifications/notices/{line['id']}").body
    assert [trail[name][:16] for name in ("sent", "delivered", "read", "answered")] == [
        "2026-03-02T01:00", "2026-03-03T00:30", "2026-03-03T00:30", "2026-03-03T01:15",
    ]  # fmt: skip
    assert [e["act"] for e in trail["timeline"]] == ["place_notice", "show_notice", "acknowledge_notice"]
    [delivered] = outbox(world, "notice_delivered", "intake")
    assert (delivered["subject_ref"], delivered["recipient_person"]) == (petition, "p-xf1")
    with world.runtimes["notifications"].db.read() as session:
        assert session.get_one(Notice, line["id"]).proof == delivered["proof_digest"]
    [acknowledged] = outbox(world, "notice_acknowledged", "archive")
    assert acknowledged["acknowledged_on"] == "2026-03-03"


@proves("LL-3.9", check=2)
def test_a_notice_is_never_deleted(world: World) -> None:
    forwarded(world)
    [line] = items(world, "xf1")
    refused = world.as_("xf1").send("DELETE", f"/notifications/notices/{line['id']}")
    assert (refused.status, refused.code, refused.body["clauses"]) == (409, "IMMUTABLE", ["LL-3.9"])
    assert len(items(world, "xf1")) == 1
    with world.runtimes["notifications"].db.read() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.act == "delete_notice")).one()
    assert (entry.outcome, entry.subject_id) == ("refused", line["id"])


def test_acknowledging_again_answers_the_same_and_changes_nothing(world: World) -> None:
    forwarded(world)
    reader = world.as_("xf1")
    assert reader.get("/notifications/inbox/unread").body == {"unread": 1}
    [line] = items(world, "xf1")
    assert reader.get("/notifications/inbox/unread").body == {"unread": 1}
    first = reader.send("POST", f"/notifications/notices/{line['id']}/acknowledge")
    world.on(2026, 3, 4)
    again = reader.send("POST", f"/notifications/notices/{line['id']}/acknowledge")
    assert first.body == again.body
    assert reader.get("/notifications/inbox/unread").body == {"unread": 0}
    assert len(outbox(world, "notice_acknowledged", "archive")) == 1


def test_the_unread_count_alone_delivers_nothing(world: World) -> None:
    forwarded(world)
    world.as_("xf1").get("/notifications/inbox/unread")
    assert outbox(world, "notice_delivered", "intake") == []


def test_somebody_elses_notice_does_not_exist_and_the_attempt_is_audited(world: World) -> None:
    forwarded(world)
    [line] = items(world, "xf1")
    path = f"/notifications/notices/{line['id']}"
    for account in ("xf2", "clerk1", "sys", "aud"):
        client = world.as_(account)
        unknown = client.send("POST", "/notifications/notices/none/acknowledge")
        assert client.send("POST", f"{path}/acknowledge").body == unknown.body
        assert client.get(path).code == client.send("DELETE", path).code == "UNKNOWN_REFERENCE"
    with world.runtimes["notifications"].db.read() as session:
        refused = session.scalars(select(AuditEntry).where(AuditEntry.outcome == "refused")).all()
    assert len([e for e in refused if e.subject_id == line["id"]]) == 12


def test_the_inbox_gives_the_newest_first_in_pages(world: World) -> None:
    for number in range(5):
        world.on(2026, 3, 2, 10 + number)
        ask(world, notice_id=f"n{number}", to_person="p-clerk1", subject_ref=f"item-{number}")
    seen: list[str] = []
    cursor: str | None = ""
    for _ in range(3):
        page = (
            world.as_("clerk1")
            .get("/notifications/inbox", limit="2", **({"cursor": cursor} if cursor else {}))
            .body
        )
        seen += [line["subject_ref"] for line in page["items"]]
        cursor = page["cursor"]
    assert (seen, cursor) == ([f"item-{n}" for n in (4, 3, 2, 1, 0)], None)
    assert world.as_("clerk1").get("/notifications/inbox", cursor="nonsense").code == "INVALID_FIELD"


def test_a_notice_asked_for_twice_is_placed_once(world: World) -> None:
    ask(world, to_role="petition_office")
    ask(world, to_role="petition_office")
    assert [len(items(world, account)) for account in ("xfhead", "xf1", "xf2")] == [1, 1, 1]


def test_a_recused_holder_of_the_post_is_left_out(world: World) -> None:
    ask(world, to_role="petition_office", recused=("p-xf1",))
    assert [len(items(world, account)) for account in ("xfhead", "xf1", "xf2")] == [1, 0, 1]


def test_a_role_at_an_office_is_told_there_and_not_in_the_next_office(world: World) -> None:
    ask(world, to_role="dispatched_office_head", office_id="pz2")
    assert [len(items(world, account)) for account in ("head1", "head2")] == [0, 1]


def test_a_post_of_a_unit_is_told_in_that_unit(world: World) -> None:
    ask(world, to_role="local_party_head", office_id="hou")
    assert [len(items(world, account)) for account in ("edu-head", "hou-head")] == [0, 1]


def test_a_sealed_notice_goes_to_a_named_person_never_to_a_role(world: World) -> None:
    ask(world, to_role="petition_office", sealed=True)
    assert [len(items(world, account)) for account in ("xfhead", "xf1", "xf2")] == [0, 0, 0]
    ask(world, notice_id="notice-2", to_person="p-xfhead", sealed=True)
    assert [len(items(world, account)) for account in ("xfhead", "xf1", "xf2")] == [1, 0, 0]


def test_a_notice_to_a_vacant_post_waits_for_its_next_holder(world: World) -> None:
    runtime = world.runtimes["notifications"]
    ask(world, to_role="commission_deputy_secretary")
    assert world.parked() == []
    assert world.as_("sys").get("/notifications/undelivered").body["waiting_for_a_holder"] == 1
    with runtime.db.write() as session:
        session.add(
            tables.DirectoryAssignment(
                assignment_id="new", person_id="p-ags1", role="commission_deputy_secretary", office_id="ags",
                unit_id="", valid_from=date(2026, 1, 1), valid_to=None, version=1,
            )
        )  # fmt: skip
        session.execute(update(WaitingNotice).values(next_try_at=real_now() - timedelta(seconds=1)))
    world.tick()
    world.tick()
    assert [line["template"] for line in items(world, "ags1")] == ["petition_forwarded"]
    assert world.as_("sys").get("/notifications/undelivered").body["waiting_for_a_holder"] == 0


def test_handoffs_are_shown_to_who_was_told_of_the_item_and_to_the_auditor_as_counts(world: World) -> None:
    petition = forwarded(world)
    types = {"intake.petition_received", "intake.petition_forwarded"}
    for account in ("xf1", "clerk1", "head1"):
        shown = (
            world.as_(account).get("/notifications/handoffs", subject=f"petition/{petition}").body["items"]
        )
        assert {line["type"] for line in shown} == types
    for account in ("clerk2", "head2", "sys", "aud"):
        assert world.as_(account).get("/notifications/handoffs", subject=petition).body == {"items": []}
    counts = world.as_("aud").get("/notifications/handoffs").body["counts"]
    assert {name: counts[name] for name in types} == dict.fromkeys(types, 1)
    assert world.as_("clerk2").get("/notifications/handoffs").code == "MISSING_FIELD"


def test_a_sealed_item_is_in_no_count(world: World) -> None:
    before = world.as_("aud").get("/notifications/handoffs").body
    sealed = letter(class_code="unit_team", subject_ids=["p-edu-vice"])
    assert world.as_("clerk1").act("/intake/petitions/register_petition", sealed).status == 201
    world.pump()
    assert world.as_("aud").get("/notifications/handoffs").body == before


def test_no_word_of_a_petition_reaches_notifications_its_answers_or_its_log(world: World) -> None:
    written = io.StringIO()
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(written))
    try:
        forwarded(world)
        sealed = letter(class_code="unit_team", subject_ids=["p-edu-vice"])
        world.as_("clerk1").act("/intake/petitions/register_petition", sealed)
        world.on(2026, 3, 20)
        world.pump()
        answers = [items(world, account) for account in ("xf1", "xfhead", "clerk1", "head1")]
    finally:
        structlog.reset_defaults()
    assert any(answers)
    assert "request" in written.getvalue()
    shown = written.getvalue() + json.dumps(answers, ensure_ascii=False)
    for secret in (CANARY, "孔癸三", "张癸二", "unit_team"):
        assert secret not in shown + dump(world), secret
    assert "supervision_object" not in shown


def dump(world: World) -> str:
    """Everything in the database of notifications, as text."""
    with world.runtimes["notifications"].db.read() as session:
        names = session.scalars(text("select name from sqlite_master where type = 'table'")).all()
        rows = [row for name in names for row in session.execute(text(f'select * from "{name}"'))]  # noqa: S608
    cells = [cell for row in rows for cell in row if cell is not None]
    assert len(cells) > 100
    return "\n".join(c.decode("utf-8", "replace") if isinstance(c, bytes) else str(c) for c in cells)
