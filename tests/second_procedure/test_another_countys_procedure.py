"""What it takes to carry out another county's text: its clauses as data, its acts as declarations. No other code."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from contracts import clause
from contracts.clause_sources import CLAUSES, compact, read_sources
from dengwen.definitions import definition
from dengwen.openapi import stored_form
from services.chassis.audit.tables import AuditEntry
from services.chassis.runtime import ServiceDefinition
from services.desk.passwords import WORKER
from tests import world as worlds
from tests.attacks.verifying import verified
from tests.second_procedure.village import WITH_VILLAGES, VillageBase
from tests.unit.desk.visitor import Visitor, open_account
from tests.world import Client, World

HERE = Path(__file__).parent
BASE = "/inspection/village-visits"
Made = Callable[..., World]


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Made]:
    """An installation of the county; its text as it stands, or with another number of days."""
    open_worlds: list[World] = []

    def make(days: int = 3) -> World:
        folder = tmp_path / f"county-{len(open_worlds)}"
        shutil.copytree(CLAUSES, folder / "clauses")
        text = (HERE / "village.yaml").read_text("utf-8")
        assert "amount: 3," in text
        (folder / "clauses" / "village.yaml").write_text(
            text.replace("amount: 3,", f"amount: {days},"), "utf-8"
        )
        (folder / "catalogue.json").write_bytes(compact(read_sources(folder / "clauses")))
        monkeypatch.setattr(clause, "_COMPACT", folder / "catalogue.json")
        clause.catalogue.cache_clear()
        monkeypatch.setattr(worlds, "definition", of_the_county)
        world = World(
            folder, services=("inspection", "desk"), database=lambda name: f"sqlite:///{folder}/{name}.db"
        )
        VillageBase.metadata.create_all(world.runtimes["inspection"].db.engine)
        open_worlds.append(world)
        return world

    yield make
    for world in open_worlds:
        world.close()
    monkeypatch.undo()
    clause.catalogue.cache_clear()
    WORKER.close()


def of_the_county(name: str) -> ServiceDefinition:
    return WITH_VILLAGES if name == "inspection" else definition(name)


def announced(world: World) -> str:
    answer = world.as_("xc1").act(f"{BASE}/announce_visit", {"unit_id": "edu", "village": "示例村"})
    assert (answer.status, answer.body["clauses"]) == (201, ["YX-1.1"])
    return f"{BASE}/{answer.body['id']}"


def clock(client: Client, item: str, clause_id: str) -> dict[str, object]:
    return next(one for one in client.get(item).body["duties"] if one["clause"] == clause_id)


def test_it_goes_from_the_announcement_to_the_feedback_with_its_clocks_papers_and_approval(
    made: Made,
) -> None:
    world = made()
    office, unit, group = world.as_("xc1"), world.as_("edu-head"), world.as_("xz1")
    visit = announced(world)
    running = clock(unit, visit, "YX-1.2")
    assert (running["status"], str(running["due_at"])[:10]) == ("open", "2026-03-05")
    assert [line["id"] for line in unit.get("/inspection/worklist").body["items"]] == [
        visit.rpartition("/")[2]
    ]

    world.on(2026, 3, 5, 23, 59)
    assert unit.act(f"{visit}/submit_village_materials", {"summary": "账簿三册"}).status == 200
    assert [clock(unit, visit, "YX-1.2")[name] for name in ("status", "late")] == ["met", False]

    world.on(2026, 3, 9)
    proposed = office.act(f"{visit}/conclude_visit", {"findings": "无"})
    assert (proposed.status, proposed.body["state"]) == (200, "prepared")
    item = visit.rpartition("/")[2]
    assert office.decide("inspection", "village-visits", item).code in ("WRONG_APPROVER", "SELF_APPROVAL")
    assert group.decide("inspection", "village-visits", item).status == 200
    assert str(clock(office, visit, "YX-2.2")["due_at"])[:10] == "2026-03-19"

    given = {"fed_back_on": "2026-03-09"}
    refused = office.act(f"{visit}/feed_back_visit", given)
    assert (refused.code, refused.body["clauses"]) == ("MISSING_DOCUMENT", ["YX-2.2"])
    scan = [{"kind": "material_receipt", "id": office.upload("inspection")}]
    later = office.act(f"{visit}/feed_back_visit", {"fed_back_on": "2026-03-10"}, attachments=scan)
    assert (later.code, later.body["field"]) == ("DATE_ORDER", "fed_back_on")
    done = office.act(f"{visit}/feed_back_visit", given, attachments=scan)
    assert (done.status, done.body["state"]) == (200, "fed_back")
    assert verified(world).ok
    with world.runtimes["inspection"].db.read() as session:
        told = [(line.act, line.outcome) for line in session.scalars(select(AuditEntry))]
    assert ("feed_back_visit", "refused") in told
    assert told.count(("feed_back_visit", "accepted")) == 1


@pytest.mark.parametrize(("day", "late"), [(4, False), (5, False), (6, True)])
def test_the_third_working_day_is_the_last_in_time(made: Made, day: int, late: bool) -> None:  # noqa: FBT001
    world = made()
    visit = announced(world)
    world.on(2026, 3, day, 0, 0)
    assert world.as_("edu-head").act(f"{visit}/submit_village_materials", {"summary": "账簿"}).status == 200
    assert clock(world.as_("xc1"), visit, "YX-1.2")["late"] is late


def test_three_days_are_five_by_one_line_of_data(made: Made) -> None:
    dues = []
    for days in (3, 5):
        world = made(days)
        dues.append(str(clock(world.as_("xc1"), announced(world), "YX-1.2")["due_at"])[:10])
    assert dues == ["2026-03-05", "2026-03-09"]


def test_who_may_not_act_is_refused_and_who_may_not_know_sees_nothing(made: Made) -> None:
    world = made()
    visit = announced(world)
    assert world.as_("xc1").act(f"{visit}/submit_village_materials", {"summary": "账簿"}).code == "WRONG_ROLE"
    assert world.as_("edu-head").act(f"{visit}/conclude_visit", {"findings": "无"}).code in (
        "WRONG_ROLE",
        "WRONG_STATE",
    )
    for stranger in ("hou-head", "clerk1", "sys"):
        assert world.as_(stranger).get(visit).code == "UNKNOWN_REFERENCE"
        assert world.as_(stranger).get(BASE).body.get("items", []) == []


def test_its_forms_stand_at_the_desk_and_in_the_openapi_document(made: Made) -> None:
    world = made()
    open_account(world, "xc1")
    office = Visitor(world)
    office.sign_in("xc1")
    page = office.get("/desk/new/inspection/village-visits/announce_visit")
    assert page.status == 200
    for word in ("通知延伸巡察", "村(社区)", "YX-1.1"):
        assert word in page.text
    visit = announced(world)
    shown = office.get(f"/desk/items{visit}").text
    assert "已通知" in shown
    assert "YX-1.2" in shown
    assert "announce_visit" in stored_form(WITH_VILLAGES).decode()
