"""Every way in has its own fields; whoever signs is kept apart from the papers (LZ-12.6, GL-3.7)."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import update

from services.chassis import tables
from services.chassis.clock import ZONE
from tests.clause_proof import proves
from tests.clauses.intake_petitions import BASE, letter, nothing_changes, register, show
from tests.world import World

WAYS: dict[str, dict[str, object]] = {
    "letter": {"postmarked_on": "2026-02-27"},
    "visit": {"second_receiver": "p-clerk2"},
    "call": {"recording_no": "LY-2026-17"},
    "online": {"online_no": "WL-2026-000123"},
    "unit_transfer": {"unit_received_on": "2026-02-26", "transferred_on": "2026-02-27"},
    "superior": {"superior_no": "示纪信〔2026〕3号", "superior_due_on": "2026-06-02"},
}
NEEDED = [
    ("visit", "second_receiver"), ("online", "online_no"), ("superior", "superior_no"),
    ("unit_transfer", "unit_received_on"), ("unit_transfer", "transferred_on"),
]  # fmt: skip


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path, services=("intake",))


@pytest.mark.parametrize("way", WAYS)
def test_a_petition_is_registered_by_its_way_in_with_what_belongs_to_it(world: World, way: str) -> None:
    petition = register(world, letter(channel=way, **WAYS[way]))
    item = show(world, petition["id"])
    assert item["channel"] == way
    paper = next(p["id"] for p in item["papers"] if p["kind"] == "PetitionRegisterEntry")
    form = world.as_("clerk1").get(f"{BASE}/{petition['id']}/papers/{paper}").body["form"]
    assert {name: form[name] for name in WAYS[way]} == WAYS[way]


@pytest.mark.parametrize(("way", "field"), NEEDED)
def test_what_a_way_in_needs_is_asked_for(world: World, way: str, field: str) -> None:
    with nothing_changes(world):
        refused = world.as_("clerk1").act(
            f"{BASE}/register_petition",
            letter(channel=way, **WAYS[way] | {field: None if "_on" in field else ""}),
        )
    assert (refused.status, refused.code, refused.body["field"]) == (422, "MISSING_FIELD", field)
    assert "LZ-12.6" in refused.body["clauses"]


@pytest.mark.parametrize(("way", "other"), [("letter", "visit"), ("call", "online"), ("online", "superior")])
def test_what_belongs_to_another_way_in_is_refused(world: World, way: str, other: str) -> None:
    name, value = next(iter(WAYS[other].items()))
    with nothing_changes(world):
        refused = world.as_("clerk1").act(
            f"{BASE}/register_petition", letter(channel=way, **WAYS[way] | {name: value})
        )
    assert (refused.code, refused.body["field"]) == ("CONTENT_RULE", name)


@pytest.mark.parametrize(
    ("receiver", "code"),
    [
        ("p-clerk1", "TWO_PERSON_RULE"),
        ("p-clerk3", "UNKNOWN_REFERENCE"),
        ("p-deputy1", "CONFLICT_OF_INTEREST"),
    ],
    ids=["the registrar again", "of another office", "the person reported on"],
)
def test_a_visitor_is_received_by_two_of_the_office_who_are_not_reported_on(
    world: World, receiver: str, code: str
) -> None:
    paper = letter(channel="visit", second_receiver=receiver, subject_ids=["p-deputy1"])
    with nothing_changes(world):
        refused = world.as_("clerk1").act(f"{BASE}/register_petition", paper)
    assert (refused.code, refused.body["field"]) == (code, "second_receiver")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"postmarked_on": "2026-03-03"}, "postmarked_on"),
        ({"channel": "superior", "superior_no": "3", "superior_due_on": "2026-03-01"}, "superior_due_on"),
    ],
)
def test_days_of_a_way_in_stand_in_order(world: World, changes: dict[str, object], field: str) -> None:
    refused = world.as_("clerk1").act(f"{BASE}/register_petition", letter(**changes))
    assert (refused.code, refused.body["field"]) == ("DATE_ORDER", field)


@pytest.mark.parametrize(
    ("said", "names", "kept"),
    [
        (None, [], "anonymous"),
        (None, ["某甲"], "named"),
        ("named", ["某甲", "某乙"], "named"),
        ("pseudonymous", ["正义之声"], "pseudonymous"),
        ("anonymous", [], "anonymous"),
    ],
)
def test_a_petition_is_named_pseudonymous_or_anonymous(
    world: World, said: str | None, names: list[str], kept: str
) -> None:
    petitioners = [{"name": name} for name in names]
    petition = register(world, letter(naming=said, petitioners=petitioners))
    assert show(world, petition["id"])["naming"] == kept


@pytest.mark.parametrize(
    ("said", "names", "code", "field"),
    [
        ("anonymous", ["某甲"], "CONTENT_RULE", "naming"),
        ("named", [], "MISSING_FIELD", "petitioners"),
        ("pseudonymous", [], "MISSING_FIELD", "petitioners"),
    ],
)
def test_a_name_stands_where_somebody_signed_and_only_there(
    world: World, said: str, names: list[str], code: str, field: str
) -> None:
    paper = letter(naming=said, petitioners=[{"name": name} for name in names])
    with nothing_changes(world):
        refused = world.as_("clerk1").act(f"{BASE}/register_petition", paper)
    assert (refused.code, refused.body["field"]) == (code, field)


@proves("GL-3.7", check=1)
def test_a_petition_keeps_the_version_of_the_rule_that_it_was_registered_under(world: World) -> None:
    petition = register(world)
    assert "GL-3.7" in petition["clauses"]
    assert show(world, petition["id"])["rule_version"].startswith("2019-01-02.")


@proves("GL-3.7", check=2)
def test_before_there_is_a_rule_no_petition_is_registered(tmp_path: Path) -> None:
    world = World(tmp_path, services=("intake",), start=datetime(2018, 12, 29, 9, tzinfo=ZONE))
    with world.runtimes["intake"].db.write() as session:
        session.execute(update(tables.DirectoryAssignment).values(valid_from=date(2018, 1, 1)))
    with nothing_changes(world):
        refused = world.as_("clerk1").act(f"{BASE}/register_petition", letter(received_on="2018-12-29"))
    assert (refused.status, refused.code, refused.body["field"]) == (422, "MISSING_FIELD", "rule_version")
    assert refused.body["clauses"] == ["GL-3.7"]
