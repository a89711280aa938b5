"""The audit administrator's page and what the services answer to it: heads, witnesses, entries, evidence."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select, update

from dengwen.commands.audit import command
from services.chassis.audit.export import BundleUnreadable, known_heads
from services.chassis.audit.heads import is_signed_by, sign
from services.chassis.audit.tables import AuditEntry, AuditHead, WitnessedHead
from services.chassis.clock import real_now
from services.desk.storage import Account
from tests.clauses.intake_petitions import letter, register
from tests.clauses.test_intake_sealed import register_sealed
from tests.unit.desk.visitor import Visitor, open_account
from tests.world import World

Signed = Callable[[str], Visitor]


def signed_and_witnessed(world: World) -> None:
    world.pump()
    for runtime in world.runtimes.values():
        runtime.sign_head()
    world.pump()


def test_the_state_of_a_trail_tells_its_head_and_who_has_seen_it(world: World) -> None:
    open_account(world, "clerk1")
    signed_and_witnessed(world)
    desk = world.as_("aud").get("/desk/audit/trail").body
    with world.runtimes["desk"].db.read() as session:
        head = session.scalars(select(AuditHead).order_by(AuditHead.size.desc())).first()
    assert head is not None
    assert (desk["head"]["size"], desk["head"]["root"]) == (head.size, head.root.hex())
    assert desk["size"] == desk["head"]["size"] + desk["not_yet_signed"]
    seen = {line["producer"]: line for line in world.as_("aud").get("/intake/audit/trail").body["witnessed"]}
    assert (seen["desk"]["size"], seen["desk"]["root"]) == (head.size, head.root.hex())
    assert seen["archive"]["size"] == 0, "it is not here"


def test_what_a_witness_refused_is_an_alarm(world: World) -> None:
    with world.runtimes["intake"].db.write() as session:
        session.add(
            WitnessedHead(id="w", head="h", producer="desk", size=7, root=b"r" * 32, signed_at=real_now(),
                          key_id="k", signature=b"s" * 64, previous_size=0, proof=b"", verdict="inconsistent",
                          seen_at=real_now())
        )  # fmt: skip
    [alarm] = world.as_("aud").get("/intake/audit/trail").body["alarms"]
    assert (alarm["producer"], alarm["verdict"], alarm["size"]) == ("desk", "inconsistent", 7)


@pytest.mark.parametrize("path", ["/audit/trail", "/audit/entries", "/audit/evidence"])
def test_it_is_for_the_audit_administrator_alone(world: World, path: str) -> None:
    for service in ("desk", "intake"):
        for account in ("sys", "sec", "head1", "clerk1"):
            assert world.as_(account).get(f"/{service}{path}").code == "WRONG_ROLE"


def test_entries_on_one_subject_come_in_pages_and_each_look_is_on_record(world: World) -> None:
    open_account(world, "clerk1")
    open_account(world, "head1")
    world.as_("sys").act("/desk/accounts/clerk1/lock_account", {"reason": "离岗"})
    world.as_("clerk1").act("/desk/accounts/clerk1/unlock_account", {"reason": "返岗"})
    auditor, found, cursor = world.as_("aud"), list[tuple[str, str, str]](), ""
    for _ in range(6):
        page = auditor.get("/desk/audit/entries", kind="account", id="clerk1", limit="1", cursor=cursor).body
        found += [(line["act"], line["outcome"], line["account"]) for line in page["items"]]
        cursor = page["next"] or ""
        if not cursor:
            break
    assert found[0] == ("open_account", "accepted", "system")
    assert ("lock_account", "accepted", "sys") in found
    assert ("unlock_account", "refused", "clerk1") in found
    assert len(found) == 3
    looks = auditor.get("/desk/audit/entries", kind="looked_up", id="clerk1").body["items"]
    assert [(line["act"], line["account"]) for line in looks] == [("read_trail", "aud")] * 3


def test_of_sealed_and_unclassed_items_there_is_nothing_as_of_what_does_not_exist(world: World) -> None:
    ordinary = register(world)["id"]
    unclassed = register(world, letter(class_code=None))["id"]
    sealed = register_sealed(world)
    auditor = world.as_("aud")
    shown = auditor.get("/intake/audit/entries", kind="petition", id=ordinary).body["items"]
    assert shown[0]["act"] == "register_petition"
    assert "to_state" not in str(shown)
    nothing: dict[str, object] = {"items": [], "next": None}
    for hidden in (unclassed, sealed, "0" * 32):
        assert auditor.get("/intake/audit/entries", kind="petition", id=hidden).body == nothing
        assert auditor.get("/intake/audit/entries", kind="petition", id=hidden).body == nothing


@pytest.mark.parametrize(
    ("asked", "code", "field"),
    [
        ({}, "MISSING_FIELD", "kind"),
        ({"kind": "account"}, "MISSING_FIELD", "id"),
        ({"kind": "账号", "id": "clerk1"}, "INVALID_FIELD", "kind"),
        ({"kind": "account", "id": "a b"}, "INVALID_FIELD", "id"),
        ({"kind": "account", "id": "x", "cursor": "yesterday"}, "INVALID_FIELD", "cursor"),
        ({"kind": "account", "id": "x", "cursor": "2026-03-02|x"}, "INVALID_FIELD", "cursor"),
    ],
)
def test_a_question_that_is_none_is_refused_by_field(
    world: World, asked: dict[str, str], code: str, field: str
) -> None:
    refused = world.as_("aud").get("/desk/audit/entries", **asked)
    assert (refused.code, refused.body["field"]) == (code, field)


def test_the_file_of_heads_is_evidence_that_others_can_check(
    world: World, visitor: Signed, tmp_path: Path
) -> None:
    auditor = visitor("aud")
    signed_and_witnessed(world)
    answer = auditor.client.get("/desk/administration/audit/evidence/desk", base_url=auditor.base)
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    file = tmp_path / "desk-heads.json"
    file.write_bytes(answer.data)
    service, heads = known_heads(file)
    keys = world.runtimes["intake"].ring.trust["desk"]
    assert service == "desk"
    assert heads
    assert all(is_signed_by(head, keys) for head in heads)
    changed = json.loads(answer.data)
    changed["heads"][-1]["root"] = "0" * 64
    file.write_text(json.dumps(changed))
    assert not is_signed_by(known_heads(file)[1][-1], keys)
    with world.runtimes["desk"].db.read() as session:
        exported = session.scalars(select(AuditEntry).where(AuditEntry.act == "export_heads")).one()
    assert (exported.outcome, exported.actor_person) == ("exported", "p-aud")


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"format": "x", "service": "desk", "heads": []}', "PK"])
def test_a_file_that_holds_no_heads_is_named(tmp_path: Path, content: str) -> None:
    file = tmp_path / "heads.json"
    file.write_text(content)
    with pytest.raises(BundleUnreadable, match=r"heads\.json"):
        known_heads(file)


def test_the_page_shows_trails_witnesses_and_the_entries_asked_for(world: World, visitor: Signed) -> None:
    auditor = visitor("aud")
    signed_and_witnessed(world)
    shown = auditor.get(auditor.get("/desk/").link("审计"))
    assert "各服务的审计日志" in shown.text
    assert "签名文件" in shown.text
    found = auditor.get("/desk/administration/audit?service=desk&kind=account&id=aud")
    assert "open_account" in found.text
    assert "登录 signed in" in found.text
    none = auditor.get("/desk/administration/audit?service=desk&kind=account&id=%3Cscript%3E")
    assert none.status == 422
    assert "<script>" not in none.html
    refused = visitor("head1").get("/desk/administration/audit")
    assert (refused.status, "WRONG_ROLE" in refused.text) == (403, True)


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[World]:
    """All six services, with signed heads that all have seen."""
    made = World(tmp_path)
    open_account(made, "clerk1")
    signed_and_witnessed(made)
    yield made
    made.close()


def verify(folder: Path, *more: str) -> Result:
    return CliRunner().invoke(command, ["verify", "--folder", str(folder), *more])


def test_a_verification_is_on_the_page_once_it_was_recorded(whole: World, tmp_path: Path) -> None:
    def last() -> Any:
        return whole.as_("aud").get("/desk/audit/trail").body["last_verification"]

    assert last() is None
    assert verify(tmp_path).exit_code == 0
    assert last() is None, "it only reads unless it is told to record"
    assert verify(tmp_path, "--record").exit_code == 0
    assert last()["faults"] == 0
    with whole.runtimes["desk"].db.write() as session:
        session.execute(update(Account).values(must_change=True))
    assert verify(tmp_path, "--record").exit_code == 1
    assert last()["faults"] == 1


def test_heads_kept_elsewhere_find_what_all_services_together_deny(whole: World, tmp_path: Path) -> None:
    kept = whole.as_("aud").get("/desk/audit/evidence").body
    file = tmp_path / "desk-heads.json"
    file.write_text(json.dumps(kept))
    assert verify(tmp_path, "--known", str(file)).exit_code == 0
    desk = whole.runtimes["desk"].ring
    before = sign(kept["heads"][-1]["size"], b"another root, of 32 bytes......."[:32], real_now(), desk.signing,
                  desk.key_id, previous_size=0)  # fmt: skip
    kept["heads"].append(
        {"size": before.size, "root": before.root.hex(), "signed_at": before.signed_at.isoformat(),
         "key_id": before.key_id, "signature": before.signature.hex()}
    )  # fmt: skip
    file.write_text(json.dumps(kept))
    assert verify(tmp_path).exit_code == 0
    found = verify(tmp_path, "--known", str(file))
    assert found.exit_code == 1
    assert "desk" in found.output
