"""The system administrator's operations: queues, parked events, reconciling, backups, calendar and witnesses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from services.chassis import reconciling_views
from services.chassis.audit.tables import AuditEntry
from services.chassis.backups import KeptBackup
from services.chassis.clock import ZONE
from services.chassis.tables import Inbox, Outbox
from tests.clauses.intake_petitions import bring
from tests.unit.desk.visitor import Visitor, open_account
from tests.world import World

Signed = Callable[[str], Visitor]
OF_DESK = Inbox.producer == "desk"
RECONCILE, BACK_UP = "/desk/operations/reconciliations", "/desk/operations/backups"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """All six services, for reconciling asks each."""
    made = World(tmp_path)
    yield made
    made.close()


@dataclass
class Shelf:
    """Backups in memory, whose making ends when the test says so."""

    made: list[str] = field(default_factory=list)
    making: list[str] = field(default_factory=list)

    def kept(self) -> list[KeptBackup]:
        return [KeptBackup(name, "", "making", 0) for name in self.making] + [
            KeptBackup(name, "2026-03-02T01:00:00+00:00", "whole", 2_500_000) for name in self.made
        ]

    def start(self, name: str) -> None:
        if name not in (*self.making, *self.made):
            self.making.append(name)


def reconciled(world: World) -> dict[str, Any]:
    answer = world.as_("sys").send("POST", RECONCILE, body={})
    assert answer.status == 200, answer.body
    return dict(answer.body)


def acts(world: World, act: str) -> list[tuple[str, str]]:
    with world.runtimes["desk"].db.read() as session:
        rows = session.scalars(
            select(AuditEntry).where(AuditEntry.act == act).order_by(AuditEntry.recorded_at)
        )
        return [(row.outcome, row.code) for row in rows]


def two_accounts(world: World) -> None:
    """Something that the desk tells everybody, twice."""
    open_account(world, "clerk1")
    open_account(world, "head1")


def change(world: World, service: str, statement: Any) -> None:
    with world.runtimes[service].db.write() as session:
        session.execute(statement)


def test_what_was_sent_and_has_arrived_is_whole_and_says_no_amounts(world: World) -> None:
    two_accounts(world)
    found = reconciled(world)
    assert (found["whole"], found["differing"], found["held"]) == (True, [], [])
    assert found["streams"] > 3
    assert set(found) == {"whole", "streams", "held", "differing", "at"}


def test_each_way_in_which_a_stream_can_differ_is_named_with_its_numbers(world: World) -> None:
    two_accounts(world)
    change(world, "notifications", delete(Inbox).where(OF_DESK, Inbox.sequence == 2))
    change(world, "clues", update(Inbox).where(OF_DESK, Inbox.sequence == 1).values(status="parked"))
    change(world, "desk", delete(Outbox).where(Outbox.consumer == "archive", Outbox.sequence == 1))
    found = reconciled(world)
    assert found["whole"] is False
    assert found["differing"] == [
        {"from": "desk", "to": "archive", "missing": [], "foreign": 1},
        {"from": "desk", "to": "clues", "missing": [], "parked": 1},
        {"from": "desk", "to": "notifications", "missing": [2]},
    ]
    last = world.as_("sys").get("/desk/operations-overview").body["reconciliation"]
    assert last["differing"] == found["differing"]


def test_an_event_under_another_id_is_foreign(world: World) -> None:
    two_accounts(world)
    change(
        world, "notifications", update(Inbox).where(OF_DESK, Inbox.sequence == 1).values(event_id="0" * 32)
    )
    [line] = reconciled(world)["differing"]
    assert line == {"from": "desk", "to": "notifications", "missing": [], "foreign": 1}


def test_reconciling_again_with_its_key_answers_the_same_and_is_one_entry(world: World) -> None:
    sys = world.as_("sys")
    first, again = (sys.send("POST", RECONCILE, body={}, key="one").body for _ in range(2))
    assert again == first | {"replayed": True}
    assert acts(world, "reconcile") == [("read", "")]
    assert sys.send("POST", RECONCILE, body={"x": 1}).code == "UNKNOWN_FIELD"


def test_a_service_that_is_away_makes_no_reconciliation(world: World) -> None:
    del world.apis["archive"]
    assert world.as_("sys").send("POST", RECONCILE, body={}).code == "UNAVAILABLE"
    assert acts(world, "reconcile") == []


@pytest.mark.parametrize("path", [RECONCILE, BACK_UP])
def test_only_the_system_administrator_starts_anything_and_others_tries_are_on_record(
    world: World, path: str
) -> None:
    for account in ("sec", "aud", "head1", "leader", "clerk1"):
        assert world.as_(account).send("POST", path, body={}).code == "WRONG_ROLE"
    act = "reconcile" if path == RECONCILE else "start_backup"
    assert acts(world, act) == [("refused", "WRONG_ROLE")] * 5


def test_a_backup_is_begun_once_a_key_and_not_beside_another(world: World) -> None:
    shelf = Shelf()
    world.runtimes["desk"].backups = shelf
    sys = world.as_("sys")
    answers = [sys.send("POST", BACK_UP, body={}, key="one") for _ in range(2)]
    [name] = shelf.making
    assert [answer.body["name"] for answer in answers] == [name, name]
    assert sys.send("POST", BACK_UP, body={}, key="two").code == "WRONG_STATE"
    shelf.made, shelf.making = shelf.making, []
    assert sys.get("/desk/operations-overview").body["backups"] == {
        "able": True, "making": False,
        "kept": [{"name": name, "made_at": "2026-03-02T01:00:00+00:00", "state": "whole", "size": 2_500_000}],
    }  # fmt: skip
    assert acts(world, "start_backup") == [("accepted", ""), ("refused", "WRONG_STATE")]


def test_where_no_backup_can_be_made_the_page_says_who_does(world: World, visitor: Signed) -> None:
    assert world.as_("sys").send("POST", BACK_UP, body={}).code == "PRECONDITION_NOT_MET"
    page = visitor("sys").get("/desk/operations")
    assert "不能从网页备份" in page.text
    assert not [form for form in page.forms if form.action.endswith("/back-up")]


def test_the_page_releases_a_parked_event_with_a_reason_and_a_second_click_does_nothing_more(
    world: World, visitor: Signed
) -> None:
    bring(world, "forwarded")
    world.pump()
    of_intake = (Inbox.producer == "intake", Inbox.sequence == 1)
    change(world, "notifications", update(Inbox).where(*of_intake).values(status="parked", reason="KeyError"))
    sys = visitor("sys")
    page = sys.get("/desk/operations")
    assert "KeyError" in page.text
    [form] = [form for form in page.forms if "/release/" in form.action]
    refused = sys.post(form.action, {**form.values.to_dict(), "reason": " "})
    assert (refused.status, "MISSING_REASON" in refused.text) == (422, True)
    given = {**form.values.to_dict(), "reason": "已修复"}
    assert [sys.post(form.action, given).status for _ in range(2)] == [303, 303]
    assert "没有。" in sys.get("/desk/operations").text
    with world.runtimes["notifications"].db.read() as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.act == "release_parked")).all()
        assert [row.outcome for row in entries] == ["accepted"]
        assert session.scalars(select(Inbox.status).where(*of_intake)).one() == "received"


def test_the_page_reconciles_backs_up_and_shows_both(world: World, visitor: Signed) -> None:
    shelf = Shelf()
    world.runtimes["desk"].backups = shelf
    sys = visitor("sys")
    page = sys.get("/desk/operations")
    assert "尚未核对过" in page.text
    page = sys.follow(sys.send(page, "/reconcile"))
    assert "齐全" in page.text
    page = sys.follow(sys.send(page, "/back-up"))
    assert "正在备份" in page.text
    assert shelf.making[0] in page.text


def test_everybody_else_sees_readiness_and_none_of_the_rest(world: World, visitor: Signed) -> None:
    page = visitor("head1").get("/desk/operations")
    assert "就绪" in page.text
    assert not [word for word in ("核对收发", "备份", "签名与见证", "搁置的交接事件") if word in page.text]
    assert world.as_("head1").get("/intake/operations/state").code == "WRONG_ROLE"


def test_the_end_of_the_calendar_names_the_clocks_that_would_be_provisional(
    world: World, visitor: Signed
) -> None:
    sys = visitor("sys")
    assert "LZ-12.1 forward_within" not in sys.get("/desk/operations").text
    world.now(datetime(2026, 12, 31, 9, tzinfo=ZONE))
    page = sys.get("/desk/operations")
    assert "缺 2027 年放假安排" in page.text
    assert "LZ-12.1 forward_within" in page.text


def test_heads_show_when_they_were_signed_and_who_has_received_them(world: World) -> None:
    sys = world.as_("sys")
    assert sys.get("/intake/operations/state").body["signed_at"] == ""
    bring(world, "registered")
    world.pump()
    world.runtimes["intake"].sign_head()
    world.pump()
    assert sys.get("/intake/operations/state").body["signed_at"]
    seen = {line["producer"]: line for line in sys.get("/clues/operations/state").body["witnessed"]}
    assert (bool(seen["intake"]["seen_at"]), seen["archive"]["seen_at"]) == (True, "")


def test_no_reader_gets_the_numbers_of_a_stream(world: World) -> None:
    for account in ("sys", "aud", "leader"):
        for direction in ("sent", "received"):
            assert world.as_(account).get(f"/intake/operations/{direction}").code == "UNAUTHENTICATED"


def test_blocks_come_in_pages_and_lose_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    two_accounts(world)
    change(world, "notifications", delete(Inbox).where(OF_DESK, Inbox.sequence == 2))
    at_once = reconciled(world)
    monkeypatch.setattr(reconciling_views, "BLOCK", 1)
    monkeypatch.setattr(reconciling_views, "MOST_ROWS", 1)
    in_pages = reconciled(world)
    assert at_once | {"at": ""} == in_pages | {"at": ""}
    assert [line["missing"] for line in in_pages["differing"]] == [[2]]
