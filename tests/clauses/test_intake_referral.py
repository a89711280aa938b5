"""An inspection team refers a batch: each serial is registered once, then the batch is receipted (XC-39.0d)."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select

from contracts.envelope import Envelope
from contracts.events.inspection import PetitionsReferred
from services.chassis import inbox, tables
from services.chassis.bus.message import Delivery
from services.chassis.clock import real_now
from tests.clause_proof import proves
from tests.clauses.intake_petitions import BASE, duty, give_key, nothing_changes, row_counts, show
from tests.world import Answer, World

SERIALS = tuple(f"XJ-{n}" for n in range(1, 6))
REFERRALS = "/intake/referrals"


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path, services=("intake",))


def refer(world: World, number: int = 1, serials: tuple[str, ...] = SERIALS) -> str:
    """Let intake hear of the batch as the `number`th event of the stream; gives the batch's id in intake."""
    event = PetitionsReferred(
        batch_id="batch-7",
        petition_serials=serials,
        referral_form_ids=("form-1",),
        referred_on=date(2026, 3, 2),
    )
    envelope = Envelope(
        id=uuid4().hex, type=event.wire_type(), source="/inspection", time=real_now(), subject=f"batch/{number}",
        data=event.model_dump(mode="json"), dwversion=1, dwtime="simulated",
    )  # fmt: skip
    headers = {"dw-producer": "inspection", "dw-epoch": 1, "dw-sequence": number, "dw-previous": 0}
    inbox.store(
        world.runtimes["intake"], [Delivery(envelope.to_json(), headers, envelope.id, redelivered=False)]
    )
    while inbox.apply_due(world.runtimes["intake"]):
        pass
    (batch,) = world.as_("xf1").get(REFERRALS).body["items"]
    return str(batch["id"])


def enter(world: World, batch: str, serial: str, account: str = "xf1", **changes: object) -> Answer:
    paper = {"batch_id": batch, "serial": serial, "received_on": "2026-03-02", "unit_id": "edu",
             "summary": f"移交件{serial}反映的事项", "class_code": "out_of_scope"} | changes  # fmt: skip
    return world.as_(account).act(f"{BASE}/register_referred", paper)


def receipt(world: World, batch: str, account: str = "xf1", day: str = "2026-03-02") -> Answer:
    return world.as_(account).act(f"{REFERRALS}/{batch}/receipt_referral", {"received_on": day})


@proves("XC-39.0d", check=1)
def test_a_batch_that_arrives_twice_is_one_batch_and_each_serial_one_petition(world: World) -> None:
    batch = refer(world)
    assert enter(world, batch, "XJ-1").status == 201
    before = row_counts(world)
    assert refer(world, number=2) == batch
    counted = ("petition", "referral_batch", "referred_serial", "paper")
    assert {name: row_counts(world)[name] for name in counted} == {name: before[name] for name in counted}
    with nothing_changes(world):
        again = enter(world, batch, "XJ-1")
    assert (again.status, again.code, again.body["field"]) == (409, "DUPLICATE", "serial")
    assert again.body["clauses"] == ["XC-39.0d"]


@proves("XC-39.0d", check=2)
def test_a_batch_is_receipted_when_all_its_serials_are_registered_and_the_missing_one_is_named(
    world: World,
) -> None:
    batch = refer(world)
    ids = [enter(world, batch, serial).body["id"] for serial in SERIALS if serial != "XJ-3"]
    with nothing_changes(world):
        refused = receipt(world, batch)
    assert (refused.status, refused.code) == (422, "MISSING_DOCUMENT")
    assert (refused.body["field"], refused.body["clauses"]) == ("serials.XJ-3", ["XC-39.0d"])
    ids.insert(2, enter(world, batch, "XJ-3").body["id"])
    assert receipt(world, batch).body["state"] == "receipted"
    with world.runtimes["intake"].db.read() as session:
        query = select(tables.Outbox).where(tables.Outbox.type == "intake.referral_received.v1")
        (row,) = session.scalars(query).all()
    assert (row.consumer, json.loads(row.body)["data"]) == (
        "inspection", {"batch_id": "batch-7", "received_on": "2026-03-02", "intake_nos": ids},
    )  # fmt: skip
    assert receipt(world, batch).code == "WRONG_STATE"


def test_a_referred_petition_waits_for_its_judgement_and_shows_where_it_came_from(world: World) -> None:
    batch = refer(world)
    petition = enter(world, batch, "XJ-1", petitioners=[{"name": "某甲"}]).body
    item = show(world, petition["id"], "xf1")
    assert (item["state"], item["channel"], item["naming"], item["no"]) == (
        "forwarded", "inspection", "named", "XF-xfs-2026-00001",
    )  # fmt: skip
    assert item["duties"] == []
    lines = world.as_("xf2").get(f"{REFERRALS}/{batch}/serials").body["serials"]
    assert [(line["serial"], line["registered"]) for line in lines] == [(s, s == "XJ-1") for s in SERIALS]
    assert lines[0]["petition"] == petition["id"]


def test_a_referred_petition_on_a_leader_goes_to_its_addressee_alone(world: World) -> None:
    give_key(world)
    batch = refer(world)
    petition = enter(world, batch, "XJ-1", subject_ids=["p-edu-head"]).body["id"]
    item = show(world, petition, "xf1")
    assert (item["secrecy"], item["state"]) == ("sealed", "registered")
    assert duty(item, "LZ-12.3")["status"] == "open"
    assert world.as_("xf2").get(f"{BASE}/{petition}").code == "UNKNOWN_REFERENCE"
    lines = world.as_("xf2").get(f"{REFERRALS}/{batch}/serials").body["serials"]
    assert (lines[0]["registered"], lines[0]["petition"]) == (True, "")


def test_a_judged_one_goes_on_at_a_dispatched_office(world: World) -> None:
    batch = refer(world)
    petition = enter(world, batch, "XJ-1", subject_ids=["p-edu-sec"], class_code="supervision_object").body[
        "id"
    ]
    opinion = {"in_scope": True, "level": "office", "opinion": "属派驻机构监督范围"}
    assert world.as_("xf2").act(f"{BASE}/{petition}/judge_petition", opinion).status == 200
    path = f"{BASE}/{petition}/assign_petition"
    assert world.as_("xf1").act(path, {"office_id": "xfj"}).code == "WRONG_ROUTE"
    assert world.as_("xf1").act(path, {"office_id": "nowhere"}).code == "UNKNOWN_REFERENCE"
    assert world.as_("head1").get(f"{BASE}/{petition}").code == "UNKNOWN_REFERENCE"
    assert world.as_("xf1").act(path, {"office_id": "pz1"}).status == 200
    number = {"platform_no": "JB-2026-0009", "entered_on": "2026-03-02"}
    assert world.as_("head1").act(f"{BASE}/{petition}/record_petition", number).status == 200
    referred = world.as_("head1").act(f"{BASE}/{petition}/refer_as_clue", {"reason": "反映问题具体"})
    assert referred.status == 200
    assert world.as_("xf1").act(path, {"office_id": "pz2"}).code == "WRONG_STATE"


def test_no_leader_who_is_reported_on_or_near_them_is_assigned(world: World) -> None:
    batch = refer(world)
    petition = enter(world, batch, "XJ-1", subject_ids=["p-clerk1"], class_code="supervision_object").body[
        "id"
    ]
    world.as_("xf2").act(
        f"{BASE}/{petition}/judge_petition", {"in_scope": True, "level": "office", "opinion": "属监督范围"}
    )
    assert world.as_("xf1").act(f"{BASE}/{petition}/assign_petition", {"office_id": "pz1"}).status == 200
    assert show(world, petition, "deputy1")["handler_id"] == "p-deputy1"


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"serial": "XJ-9"}, "OUT_OF_RANGE", "serial"),
        ({"batch_id": "batch-7"}, "UNKNOWN_REFERENCE", "batch_id"),
        ({"received_on": "2026-03-03"}, "DATE_ORDER", "received_on"),
        ({"class_code": None}, "OUT_OF_RANGE", "class_code"),
    ],
)
def test_what_does_not_fit_the_batch_is_refused(
    world: World, changes: dict[str, object], code: str, field: str
) -> None:
    batch = refer(world)
    with nothing_changes(world):
        refused = enter(world, batch, **{"serial": "XJ-1"} | changes)  # type: ignore[arg-type]
    assert (refused.code, refused.body["field"]) == (code, field)


def test_a_batch_is_the_petition_offices_alone(world: World) -> None:
    batch = refer(world)
    for account in ("clerk1", "head1", "xc1", "jd1", "sys"):
        assert world.as_(account).get(f"{REFERRALS}/{batch}").code == "UNKNOWN_REFERENCE"
        assert world.as_(account).get(f"{REFERRALS}/{batch}/serials").code == "UNKNOWN_REFERENCE"
    assert enter(world, batch, "XJ-1", "clerk1").code == "WRONG_ROLE"
