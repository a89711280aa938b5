"""The register of offices and units, and which office covers which unit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from dengwen.example import example_authority
from services.chassis import tables
from services.chassis.audit.tables import AuditEntry
from services.chassis.work import begin
from services.notifications.loading import load_address, load_coverage, load_office
from services.notifications.storage import MailAddress
from tests.clause_proof import proves
from tests.clauses.intake_petitions import give_key
from tests.clauses.test_intake_sealed import register_sealed
from tests.world import World

REGISTER = "/notifications/offices/register_office"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path, services=("intake", "notifications"))
    load(world)
    yield world
    world.close()


def load(world: World) -> list[bool]:
    """Load the example authority, as the installer does; says of each row whether it changed."""
    authority = example_authority()
    with begin(world.runtimes["notifications"]) as work:
        changed = [
            load_office(
                work, office_id=o.id, kind=o.kind, name_zh=o.zh, name_en=o.en, liaison_office_id=o.liaison
            )
            for o in authority.offices
        ]
        changed += [
            load_coverage(work, unit_id=c.unit, office_id=c.office, liaison_office_id=c.liaison)
            for c in authority.coverage
        ]
    return changed


def entry(**changes: object) -> dict[str, object]:
    return {"office_id": "pz3", "kind": "dispatched_office", "name_zh": "驻区水务局纪检监察组",
            "name_en": "Dispatched office at the water bureau", "liaison_office_id": "jd1",
            "parent_office_id": "qw"} | changes  # fmt: skip


def outbox(world: World, name: str) -> list[dict[str, Any]]:
    with world.runtimes["notifications"].db.read() as session:
        query = select(tables.Outbox.body).where(
            tables.Outbox.type == f"notifications.{name}.v1", tables.Outbox.consumer == "intake"
        )
        return [json.loads(body)["data"] for body in session.scalars(query.order_by(tables.Outbox.id))]


def test_loading_the_authority_again_changes_nothing(world: World) -> None:
    events = len(outbox(world, "office_registered"))
    assert events == len(example_authority().offices)
    assert not any(load(world))
    assert len(outbox(world, "office_registered")) == events


def test_everybody_who_is_signed_in_reads_the_names(world: World) -> None:
    for account in ("clerk3", "edu-clerk", "aud"):
        items = world.as_(account).get("/notifications/offices").body["items"]
        names = {line["id"]: (line["name_zh"], line["office_kind"]) for line in items}
        assert names["pz1"] == ("驻区教育局纪检监察组", "dispatched_office")
        assert len(names) == len(example_authority().offices)


def test_names_of_offices_stay_out_of_the_events(world: World) -> None:
    assert world.as_("sys").act(REGISTER, entry()).status == 201
    world.pump()
    with world.runtimes["notifications"].db.read() as session:
        bodies = b"".join(session.scalars(select(tables.Outbox.body))).decode()
    for office in example_authority().offices:
        assert office.zh not in bodies
        assert office.en not in bodies
    assert outbox(world, "office_registered")[-1] == {
        "office_id": "pz3", "kind": "dispatched_office", "parent_office_id": "qw", "liaison_office_id": "jd1",
        "status": "active", "valid_from": "2026-03-02", "version": 1,
    }  # fmt: skip
    with world.runtimes["intake"].db.read() as session:
        row = session.get_one(tables.DirectoryOffice, "pz3")
    assert (row.kind, row.liaison_office_id, row.status) == ("dispatched_office", "jd1", "active")


def test_only_the_system_administrator_keeps_the_register(world: World) -> None:
    for account in ("clerk1", "head1", "sec", "aud"):
        assert world.as_(account).act(REGISTER, entry()).code == "WRONG_ROLE"


@proves("LZ-23.1", check=2)
def test_an_office_of_unknown_kind_is_refused(world: World) -> None:
    refused = world.as_("sys").act(REGISTER, entry(kind="secret_office"))
    assert (refused.code, refused.body["field"]) == ("OUT_OF_RANGE", "kind")
    assert "LZ-23.1" in refused.body["clauses"]
    assert world.as_("sys").act(REGISTER, entry(kind="by_reference")).status == 201


@proves("GL-0.1", check=1)
def test_a_dispatched_office_names_the_commission_that_dispatches_it(world: World) -> None:
    refused = world.as_("sys").act(REGISTER, entry(parent_office_id=""))
    assert (refused.code, refused.body["field"]) == ("MISSING_FIELD", "parent_office_id")
    assert refused.body["clauses"] == ["GL-0.1"]
    assert world.as_("sys").act(REGISTER, entry()).status == 201


def test_an_office_is_registered_once_and_refers_to_registered_ones(world: World) -> None:
    administrator = world.as_("sys")
    assert administrator.act(REGISTER, entry(office_id="pz1")).code == "DUPLICATE"
    refused = administrator.act(REGISTER, entry(liaison_office_id="jd9"))
    assert (refused.code, refused.body["field"]) == ("UNKNOWN_REFERENCE", "liaison_office_id")
    assert administrator.act(REGISTER, entry(office_id="PZ 3")).code == "INVALID_FIELD"


def test_a_changed_office_goes_out_with_a_higher_version(world: World) -> None:
    change = {
        "name_zh": "驻区教育局纪检监察组",
        "name_en": "",
        "liaison_office_id": "",
        "parent_office_id": "qw",
    }
    assert world.as_("sys").act("/notifications/offices/pz1/change_office", change).status == 200
    versions = [e["version"] for e in outbox(world, "office_registered") if e["office_id"] == "pz1"]
    assert versions == [1, 2]


@proves("GL-3.1", check=2)
def test_an_office_with_open_items_is_not_removed_until_they_are_moved(world: World) -> None:
    letter = {"received_on": "2026-03-02", "channel": "letter", "unit_id": "edu", "subject_ids": ["p-edu-sec"],
              "summary": "反映问题", "class_code": "supervision_object"}  # fmt: skip
    petition = world.as_("clerk1").act("/intake/petitions/register_petition", letter).body["id"]
    world.pump()
    removal = {"removed_on": "2026-03-02"}
    refused = world.as_("sys").act("/notifications/offices/pz1/remove_office", removal)
    assert (refused.code, refused.body["clauses"]) == ("WRONG_STATE", ["GL-3.1"])
    assert world.as_("clerk1").act(f"/intake/petitions/{petition}/forward_petition").status == 200
    world.pump()
    removed = world.as_("sys").act("/notifications/offices/pz1/remove_office", removal)
    assert (removed.status, removed.body["state"]) == (200, "removed")
    assert outbox(world, "office_registered")[-1]["status"] == "removed"


def test_a_sealed_item_holds_up_no_removal_for_the_administrator_may_not_know_of_it(world: World) -> None:
    give_key(world)
    register_sealed(world, "clerk3", unit_id="hou", subject_ids=["p-hou-head"])
    world.pump()
    shown = world.as_("sys").get("/notifications/offices/pz2").body
    assert "remove_office" in [act["name"] for act in shown["acts"]]
    removal = {"removed_on": "2026-03-02"}
    assert world.as_("sys").act("/notifications/offices/pz2/remove_office", removal).status == 200


def test_a_unit_has_one_office_and_its_change_is_versioned(world: World) -> None:
    moved = {"unit_id": "edu", "office_id": "pz2", "liaison_office_id": "jd1"}
    answer = world.as_("sys").act("/notifications/coverage/set_coverage", moved)
    assert (answer.status, answer.body["version"]) == (201, 2)
    assert [(e["office_id"], e["version"]) for e in outbox(world, "coverage_changed") if e["unit_id"] == "edu"] == [
        ("pz1", 1), ("pz2", 2),
    ]  # fmt: skip
    world.pump()
    with world.runtimes["intake"].db.read() as session:
        assert session.get_one(tables.DirectoryCoverage, "edu").office_id == "pz2"
    unknown = world.as_("sys").act("/notifications/coverage/set_coverage", moved | {"unit_id": "wat"})
    assert (unknown.code, unknown.body["field"]) == ("UNKNOWN_REFERENCE", "unit_id")


def test_an_address_is_kept_here_and_in_no_event_and_no_audit_entry(world: World) -> None:
    runtime = world.runtimes["notifications"]
    given = {"account_id": "clerk1", "person_id": "p-clerk1"}
    with begin(runtime) as work:
        assert load_address(work, **given, address="zhou@example.invalid")
        assert not load_address(work, **given, address="zhou@example.invalid")
    with runtime.db.read() as session:
        assert session.scalars(select(MailAddress.address)).all() == ["zhou@example.invalid"]
        bodies = [*map(bytes.decode, session.scalars(select(tables.Outbox.body)))]
        bodies += session.scalars(select(AuditEntry.body)).all()
    assert "zhou@" not in "".join(bodies)
    with begin(runtime) as work:
        assert load_address(work, **given, address="")
    with runtime.db.read() as session:
        assert session.scalars(select(MailAddress.address)).all() == []
