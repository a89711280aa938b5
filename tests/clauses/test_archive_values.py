"""Values in force: published by two persons with a citation, used for new duties only (LZ-24.1, LZ-25.2)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from services.archive.acts.values import text_version
from tests.clause_proof import proves
from tests.world import Answer, World

NOTE = {"clause": "LZ-12.1", "name": "forward_within", "amount": 5, "unit": "working_day",
        "effective_from": "2026-03-04", "citation": "示例区纪委监委《派驻机构信访件转办规定》第六条"}  # fmt: skip


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path, services=("archive", "intake"))


def publish(world: World, **changes: object) -> Answer:
    """Propose as the archivist and approve as the commission's leader; the first refusal is the answer."""
    proposed = world.as_("da1").act("/archive/interpretations/publish_value", NOTE | changes)
    if proposed.status != 201:
        return proposed
    return world.as_("leader").decide("archive", "interpretations", proposed.body["id"])


def letter(received_on: str) -> dict[str, object]:
    return {"received_on": received_on, "channel": "letter", "unit_id": "edu", "subject_ids": ["p-edu-sec"],
            "summary": "反映某科级干部违规问题", "class_code": "supervision_object"}  # fmt: skip


def register(world: World, received_on: str) -> dict[str, Any]:
    answer = world.as_("clerk1").act("/intake/petitions/register_petition", letter(received_on))
    assert answer.status == 201, answer.body
    found: dict[str, Any] = answer.body
    return found


def clock(world: World, petition: str) -> dict[str, Any]:
    shown = world.as_("clerk1").get(f"/intake/petitions/{petition}").body
    (found,) = (duty for duty in shown["duties"] if duty["clause"] == "LZ-12.1")
    return dict(found)


def test_a_published_value_moves_new_clocks_and_leaves_open_ones_alone(world: World) -> None:
    before = register(world, "2026-03-02")
    assert publish(world).body["state"] == "published"
    world.pump()
    world.on(2026, 3, 3)
    eve = register(world, "2026-03-03")
    world.on(2026, 3, 4)
    after = register(world, "2026-03-04")
    assert clock(world, before["id"])["due_on"] == "2026-03-05"
    assert clock(world, eve["id"])["due_on"] == "2026-03-06", (
        "the day before it takes effect: still three days"
    )
    assert clock(world, after["id"])["due_on"] == "2026-03-11"
    assert clock(world, before["id"])["counted"] == ["2026-03-03", "2026-03-04", "2026-03-05"]
    assert world.parked() == []


def test_a_value_that_is_only_proposed_is_not_in_force(world: World) -> None:
    proposed = world.as_("da1").act(
        "/archive/interpretations/publish_value", NOTE | {"effective_from": "2026-03-01"}
    )
    assert proposed.body["state"] == "proposed"
    world.pump()
    assert clock(world, register(world, "2026-03-02")["id"])["due_on"] == "2026-03-05"


@proves("LZ-24.1", check=1)
def test_with_a_value_the_version_of_the_text_and_the_date_are_stored(world: World) -> None:
    world.on(2026, 3, 3)
    published = publish(world)
    shown = world.as_("clerk1").get(f"/archive/interpretations/{published.body['id']}").body
    assert shown["text_version"] == text_version("LZ-12.1")
    assert (shown["published_on"], shown["effective_from"], shown["number"]) == (
        "2026-03-03",
        "2026-03-04",
        1,
    )
    assert shown["citation"] == NOTE["citation"]
    listed = world.as_("clerk1").get("/archive/clauses/LZ-12.1").body["interpretations"]
    assert [(row["text_version"], row["published_on"]) for row in listed] == [
        (shown["text_version"], "2026-03-03")
    ]


@proves("LZ-24.1", check=2)
@pytest.mark.parametrize("who", ["clerk1", "head1", "xf1", "sys", "sec"])
def test_an_office_publishes_no_value(world: World, who: str) -> None:
    refused = world.as_(who).act("/archive/interpretations/publish_value", NOTE)
    assert (refused.status, refused.code) == (403, "WRONG_ROLE")
    assert "LZ-24.1" in refused.body["clauses"]


@proves("LZ-25.2", check=2)
def test_two_values_of_one_number_from_one_day_are_a_tie_and_refused(world: World) -> None:
    first = world.as_("da1").act("/archive/interpretations/publish_value", NOTE).body
    second = world.as_("da1").act("/archive/interpretations/publish_value", NOTE | {"amount": 7}).body
    leader = world.as_("leader")
    assert leader.decide("archive", "interpretations", first["id"]).status == 200
    tie = leader.decide("archive", "interpretations", second["id"])
    assert (tie.status, tie.code, tie.body["clauses"]) == (409, "DUPLICATE", ["LZ-25.2"])
    again = publish(world, amount=9)
    assert (again.code, again.body["field"]) == ("DUPLICATE", "effective_from")
    assert publish(world, amount=9, effective_from="2026-03-05").status == 200


def test_the_proposer_never_approves_and_only_the_leader_does(world: World) -> None:
    proposed = world.as_("da1").act("/archive/interpretations/publish_value", NOTE).body
    for who in ("da1", "clerk1", "sec", "xfhead"):
        assert world.as_(who).decide("archive", "interpretations", proposed["id"]).code == "WRONG_APPROVER"


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"citation": ""}, "MISSING_FIELD", "citation"),
        ({"citation": "   "}, "MISSING_FIELD", "citation"),
        ({"clause": "LZ-99.9"}, "UNKNOWN_REFERENCE", "clause"),
        ({"name": "no_such_number"}, "UNKNOWN_REFERENCE", "name"),
        ({"unit": "percent"}, "OUT_OF_RANGE", "unit"),
        ({"unit": "fortnight"}, "OUT_OF_RANGE", "unit"),
        ({"amount": 3661}, "OUT_OF_RANGE", "amount"),
        ({"amount": 1, "unit": "immediate"}, "OUT_OF_RANGE", "amount"),
        ({"amount": 0, "unit": "quarter"}, "OUT_OF_RANGE", "amount"),
        ({"clause": "LZ-8.4", "name": "covered_share", "amount": 101, "unit": "percent"}, "OUT_OF_RANGE", "amount"),
        ({"amount": -1}, "INVALID_FIELD", "amount"),
        ({"amount": "viele"}, "INVALID_FIELD", "amount"),
    ],
)  # fmt: skip
def test_a_value_that_does_not_fit_its_clause_is_refused(
    world: World, changes: dict[str, object], code: str, field: str
) -> None:
    refused = world.as_("da1").act("/archive/interpretations/publish_value", NOTE | changes)
    assert (refused.code, refused.body["field"]) == (code, field)


def test_the_clause_page_shows_the_value_in_force_with_its_source(world: World) -> None:
    path, clerk = "/archive/clauses/LZ-12.1", world.as_("clerk1")
    (shipped,) = clerk.get(path).body["values"]
    assert (shipped["amount"], shipped["basis"]) == (3, "text")
    assert "第12条" in shipped["citation"]
    publish(world)
    world.pump()
    assert clerk.get(path).body["values"] == [shipped], "not before its day"
    world.on(2026, 3, 4)
    (own,) = clerk.get(path).body["values"]
    assert (own["amount"], own["basis"], own["citation"]) == (5, "installation", NOTE["citation"])
    assert "intake.register_petition" in clerk.get(path).body["acts"]


def test_a_clause_that_does_not_exist_is_unknown(world: World) -> None:
    assert world.as_("clerk1").get("/archive/clauses/LZ-99.9").code == "UNKNOWN_REFERENCE"


def test_the_clause_list_is_paged_and_complete(world: World) -> None:
    clerk, seen, cursor = world.as_("clerk1"), [], ""
    for _ in range(10):
        page = clerk.get("/archive/clauses", limit="200", cursor=cursor).body
        seen += [item["id"] for item in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert (len(seen), len(set(seen))) == (750, 750)


def test_the_clause_list_is_narrowed_by_service_and_status(world: World) -> None:
    items = (
        world.as_("clerk1")
        .get("/archive/clauses", service="intake", status="declared", limit="200")
        .body["items"]
    )
    assert "LZ-12.1" in {item["id"] for item in items}
    assert {(item["service"], item["status"]) for item in items} == {("intake", "declared")}
    assert world.as_("clerk1").get("/archive/clauses", service="nobody").code == "OUT_OF_RANGE"
    assert world.as_("clerk1").get("/archive/clauses", status="proven").code == "OUT_OF_RANGE"
    assert world.as_("clerk1").get("/archive/clauses", cursor="LZ-99.9").code == "INVALID_FIELD"
