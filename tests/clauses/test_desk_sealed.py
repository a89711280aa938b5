"""A sealed petition at the desk: its addressee opens it with a key of their own, and nobody else (LZ-12.3)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from services.chassis.audit.tables import AuditEntry
from services.chassis.work import begin
from services.desk import loading
from tests.clause_proof import proves
from tests.unit.desk.visitor import Visitor, open_account
from tests.world import World

PASSPHRASE = "a passphrase of its own"
SCAN = b"%PDF-1.4 scan %%EOF"
SECRET = "Canary-反映班子成员的密件内容"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path, services=("intake", "desk"))
    for account in ("clerk1", "xfhead", "head1", "sys"):
        open_account(made, account)
    with begin(made.runtimes["desk"]) as work:
        loading.load_person_key(work, "p-xfhead", PASSPHRASE)
    made.pump()
    yield made
    made.close()


def visitor(world: World, account: str) -> Visitor:
    person = Visitor(world)
    person.sign_in(account)
    return person


def delivered(world: World) -> str:
    """A petition on the head of the dispatched office, registered and delivered by clicking; its id."""
    clerk = visitor(world, "clerk1")
    letter = {"received_on": "2026-03-02", "channel": "letter", "unit_id": "edu", "subject_ids": "p-head1",
              "summary": SECRET, "class_code": "office_head"}  # fmt: skip
    new = clerk.get("/desk/new/intake/petitions/register_petition")
    item = clerk.follow(clerk.send(new, "register_petition", **letter, scan=SCAN))
    done = clerk.send(clerk.get(item.link("径送信访室主任")), "escalate_petition", scan=SCAN)
    assert done.status == 303, done.text
    world.pump()
    return item.link("径送信访室主任").split("/")[5]


@proves("LZ-12.3", check=1)
def test_the_addressee_reads_a_sealed_petition_and_no_colleague_does(world: World) -> None:
    petition = delivered(world)
    addressee = visitor(world, "xfhead")
    assert "开启密件" in addressee.get(f"/desk/items/intake/petitions/{petition}").text
    unlock = addressee.follow(addressee.get(f"/desk/sealed/{petition}"))
    opened = addressee.follow(addressee.send(unlock, "/unlock", button="open", passphrase=PASSPHRASE))
    assert SECRET in opened.text
    assert "LZ-12.3" in addressee.get(f"/desk/items/intake/petitions/{petition}").links
    for colleague in ("clerk1", "head1", "sys"):
        other = visitor(world, colleague)
        key = {"passphrase": PASSPHRASE, "again": PASSPHRASE}
        assert other.send(other.get("/desk/unlock"), "/unlock", button="register", **key).status == 303
        refused = other.get(f"/desk/sealed/{petition}")
        assert refused.status == 404
        assert SECRET not in refused.text
        refusals = refused_readings(world, f"p-{colleague}")
        assert refusals == {("read_sealed", petition, "SEALED_ITEM")}
    unknown = visitor(world, "head1")
    assert unknown.get(f"/desk/items/intake/petitions/{petition}").status == 404
    assert ("read", petition) in {(act, item) for act, item, _ in refused_readings(world, "p-head1")}


def refused_readings(world: World, person: str) -> set[tuple[str, str, str]]:
    """Act, item and code of what intake's audit trail says this person was refused."""
    with world.runtimes["intake"].db.read() as session:
        rows = session.scalars(
            select(AuditEntry).where(AuditEntry.actor_person == person, AuditEntry.outcome == "refused")
        )
        return {(row.act, row.subject_id, row.code) for row in rows}


@proves("LZ-12.3", check=2)
def test_a_sealed_petition_is_not_forwarded_on_the_ordinary_form(world: World) -> None:
    clerk = visitor(world, "clerk1")
    letter = {"received_on": "2026-03-02", "channel": "letter", "unit_id": "edu", "subject_ids": "p-edu-vice",
              "summary": SECRET, "class_code": "unit_team"}  # fmt: skip
    new = clerk.get("/desk/new/intake/petitions/register_petition")
    item = clerk.follow(clerk.send(new, "register_petition", **letter, scan=SCAN))
    assert "转送信访室" not in item.links, "what would be refused is not offered"
    closed = item.text.partition("What you may not do now, and why")[2].partition("转送信访室")[2]
    assert closed.partition("WRONG_ROUTE")[2].split()[0] == "LZ-12.3", (
        "and the page says why, with the clause"
    )
    petition = item.link("径送信访室主任").split("/")[5]
    assert world.as_("clerk1").act(f"/intake/petitions/{petition}/forward_petition").code == "WRONG_ROUTE"
