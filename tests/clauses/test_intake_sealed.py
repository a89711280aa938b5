"""The restricted class: at once, original and letter, to its addressee's eyes alone (LZ-12.3, LZ-12.4)."""

from __future__ import annotations

import base64
import json
import sqlite3
import uuid
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from nacl.public import PrivateKey

from services.chassis import tables
from services.chassis.keys import CannotOpen, unseal
from services.intake.storage import LetterMark, SealedPart
from tests.clause_proof import proves
from tests.clauses.intake_petitions import (
    BASE,
    add_post,
    audit,
    duty,
    give_key,
    letter,
    nothing_changes,
    register,
    row_counts,
    show,
)
from tests.world import Answer, World

CANARIES = (
    "金丝雀摘要甲",
    "金丝雀反映人乙",
    "金丝雀被反映人丙",
    "canary-scan-丁",
    "金丝雀备注戊",
    "p-edu-vice",
)
"""Strings planted in everything that the petition brings with it; the last is the person reported on."""
STRANGERS = ("head1", "deputy1", "clerk2", "clerk3", "xf1", "xf2", "jd1", "leader", "sys", "sec", "aud")


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path, services=("intake",))


def canary_letter(**changes: object) -> dict[str, object]:
    return letter(subject_ids=["p-edu-vice"], summary=CANARIES[0], petitioners=[{"name": CANARIES[1]}],
                  subject_names=[CANARIES[2]]) | changes  # fmt: skip


def register_sealed(world: World, account: str = "clerk1", **changes: object) -> str:
    scan = world.as_(account).upload("intake", f"%PDF-1.4 {CANARIES[3]} %%EOF".encode())
    original = [{"kind": "petition_original", "id": scan}]
    return str(register(world, canary_letter(**changes), account, attachments=original)["id"])


def deliver(world: World, petition: str, account: str = "clerk1", **paper: object) -> Answer:
    clerk = world.as_(account)
    cover = [{"kind": "petition_cover_letter", "id": clerk.upload("intake", b"%PDF-1.4 cover letter %%EOF")}]
    given = {"remark": CANARIES[4]} | paper
    return clerk.act(f"{BASE}/{petition}/escalate_petition", given, attachments=cover)


def probes(world: World, petition: str) -> list[tuple[str, str, Any]]:
    """Every way to ask for an item: method, path below it, body."""
    with world.runtimes["intake"].db.read() as session:
        paper = session.query(tables.Paper).filter_by(subject_id=petition).first()
        scan = session.query(tables.Attachment).filter_by(subject_id=petition).first()
    body: dict[str, Any] = {"paper": {}, "attachments": []}
    decision = {"digest": "0" * 64, "reason": "无"}
    acts = [a["name"] for a in world.as_("clerk1").get("/intake/acts").body["acts"] if not a["creates"]]
    return [
        ("GET", "", None),
        ("GET", f"/papers/{paper.id if paper else 'x'}", None),
        ("GET", f"/attachments/{scan.id if scan else 'x'}", None),
        ("GET", "/sealed", None),
        ("POST", "/proposals/0/approve", decision),
        ("POST", "/proposals/0/return", decision),
        *(("POST", f"/{name}", body) for name in acts),
    ]


def whole(answer: Answer) -> tuple[int, Any, dict[str, str]]:
    return answer.status, answer.body, dict(answer.headers)


def same_as_unknown(world: World, petition: str, accounts: tuple[str, ...]) -> None:
    """Body and headers of every answer are those for an id that never was."""
    never = uuid.uuid4().hex
    for account in accounts:
        client = world.as_(account)
        for method, below, body in probes(world, petition):
            there = client.send(method, f"{BASE}/{petition}{below}", body=body, version=1)
            nowhere = client.send(method, f"{BASE}/{never}{below}", body=body, version=1)
            assert whole(there) == whole(nowhere), (account, method, below)
            assert there.status == 404, (account, method, below)
    entries = [(act, person) for act, outcome, _, person in audit(world) if outcome == "refused"]
    halves = entries[::2], entries[1::2]
    assert halves[0] == halves[1], "both leave an entry: neither work nor time tells them apart"


@proves("LZ-12.3", check=1)
@pytest.mark.parametrize("stage", ["unclassed", "sealed", "delivered"])
def test_to_everybody_else_a_sealed_petition_does_not_exist(world: World, stage: str) -> None:
    give_key(world)
    petition = register_sealed(world, class_code=None if stage == "unclassed" else "supervision_object")
    if stage == "delivered":
        assert deliver(world, petition).status == 200
    some = {"unclassed": ("head1", "xfhead"), "sealed": STRANGERS, "delivered": ("head1", "xf1")}
    same_as_unknown(world, petition, some[stage])


@proves("LZ-12.3", check=1)
def test_the_head_who_is_reported_on_gets_an_unknown_id_and_the_trail_keeps_the_attempt(world: World) -> None:
    give_key(world)
    petition = register_sealed(world, subject_ids=["p-head1"])
    for account in ("head1", "deputy1", "clerk2"):
        refused = world.as_(account).get(f"{BASE}/{petition}")
        assert (refused.status, refused.code) == (404, "UNKNOWN_REFERENCE")
    kept = {person: code for act, outcome, code, person in audit(world, petition) if outcome == "refused"}
    assert kept == {
        "p-head1": "CONFLICT_OF_INTEREST", "p-deputy1": "CONFLICT_OF_INTEREST", "p-clerk2": "CONFLICT_OF_INTEREST",
    }  # fmt: skip
    item = show(world, petition)
    assert item["class_code"] == "office_head"
    assert "LZ-12.3" in [d["clause"] for d in item["duties"]]


@proves("LZ-12.3", check=1)
def test_whoever_is_not_concerned_is_refused_as_sealed_in_the_trail_only(world: World) -> None:
    give_key(world)
    petition = register_sealed(world)
    for account in ("head1", "xf1", "aud"):
        assert world.as_(account).get(f"{BASE}/{petition}").code == "UNKNOWN_REFERENCE"
        assert audit(world, petition)[-1] == ("read", "refused", "SEALED_ITEM", f"p-{account}")
    assert show(world, petition)["duties"][0]["clause"] == "LZ-12.3"


def test_lists_worklists_and_numbers_show_no_gap(world: World) -> None:
    give_key(world)
    first = register(world)["no"]
    petition = register_sealed(world)
    deliver(world, petition)
    register_sealed(world, class_code=None)
    second = register(world, letter(summary="另一件普通信访件，内容不同"))["no"]
    assert [first, second] == ["XF-pz1-2026-00001", "XF-pz1-2026-00002"]
    for account in ("head1", "deputy1", "xf1"):
        listed = world.as_(account).get(BASE).body
        assert [i["no"] for i in listed["items"]] in ([second, first], [first, second])
        assert listed["next"] is None
        paged = world.as_(account).get(BASE, limit="2").body
        assert len(paged["items"]) == 2
        assert paged["next"] is None
    for account in STRANGERS:
        worklist = world.as_(account).get("/intake/worklist").body
        assert all(item["secrecy"] == "restricted" for item in worklist["items"])


@proves("LZ-12.3", check=2)
def test_a_restricted_petition_goes_to_the_head_in_person_and_not_to_the_office(world: World) -> None:
    give_key(world)
    petition = register_sealed(world)
    with nothing_changes(world):
        ordinary = world.as_("clerk1").act(f"{BASE}/{petition}/forward_petition")
    assert (ordinary.status, ordinary.code) == (409, "WRONG_ROUTE")
    assert ordinary.body["clauses"] == ["LZ-12.3", "LZ-12.7"]
    before = row_counts(world)
    inbox = deliver(world, petition, recipient_role="petition_office")
    assert (inbox.code, inbox.body["field"], inbox.body["clauses"]) == (
        "WRONG_ROUTE",
        "recipient_role",
        ["LZ-12.3"],
    )
    after = row_counts(world)
    assert {n: after[n] - before[n] for n in after if after[n] != before[n]} == {
        "attachment": 1,
        "case_key": 1,
    }
    assert deliver(world, petition).body["state"] == "escalated"


@pytest.mark.parametrize(
    ("moment", "late"),
    [((2026, 3, 2, 23, 59), False), ((2026, 3, 3, 0, 0), True)],
    ids=["same day", "midnight"],
)
def test_delivery_is_due_on_the_day_of_receipt(
    world: World,
    moment: tuple[int, int, int, int, int],
    late: bool,  # noqa: FBT001
) -> None:
    give_key(world)
    world.on(2026, 3, 2, 16)
    petition = register_sealed(world)
    opened = duty(show(world, petition), "LZ-12.3")
    assert (opened["due_on"], opened["status"]) == ("2026-03-02", "open")
    world.on(*moment)
    deliver(world, petition)
    assert duty(show(world, petition), "LZ-12.3")["late"] is late


def test_the_same_day_clock_reminds_the_handler_and_the_addressee_with_no_content(world: World) -> None:
    give_key(world)
    petition = register_sealed(world)
    with world.runtimes["intake"].db.read() as session:
        sent = session.query(tables.Outbox).filter_by(subject=f"petition/{petition}").all()
    opened = [json.loads(row.body)["data"] for row in sent if row.type == "intake.duty_opened.v1"]
    assert [(d["owed_person"], d["addressee_person"]) for d in opened] == [("p-clerk1", "p-xfhead")]
    assert opened[0]["sealed"] is True
    assert opened[0]["warned_roles"] == []
    assert opened[0]["recused"] == []
    assert {row.type for row in sent} == {"intake.duty_opened.v1"}, "nobody else is told that it exists"


@proves("LZ-12.4", check=1)
def test_without_the_cover_letter_nothing_is_delivered(world: World) -> None:
    give_key(world)
    petition = register_sealed(world)
    with nothing_changes(world):
        refused = world.as_("clerk1").act(f"{BASE}/{petition}/escalate_petition")
    assert (refused.status, refused.code, refused.body["clauses"]) == (422, "MISSING_DOCUMENT", ["LZ-12.4"])
    assert refused.body["field"] == "attachments.petition_cover_letter"
    assert show(world, petition)["state"] == "registered"


@proves("LZ-12.4", check=2)
def test_after_delivery_the_office_holds_a_stub_and_the_receipt(world: World, tmp_path: Path) -> None:
    give_key(world)
    petition = register_sealed(world)
    with world.runtimes["intake"].db.read() as session:
        wrapped = session.get_one(tables.CaseKey, petition).wrapped
    answer = deliver(world, petition)
    assert answer.status == 200
    assert "LZ-12.4" in answer.body["clauses"]
    item = show(world, petition)
    assert (item["state"], item["papers"], item["attachments"]) == ("escalated", [], [])
    assert item["class_code"] == "unit_team"
    assert item["platform_no"].startswith("SJ-")
    assert (item["unit_id"], item["channel"]) == ("", "")
    with world.runtimes["intake"].db.read() as session:
        for table in (
            tables.Paper,
            tables.Attachment,
            tables.CaseKey,
            tables.Party,
            tables.Proposal,
            LetterMark,
        ):
            assert session.query(table).count() == 0, table
    for file in databases(world, tmp_path):
        raw = file.read_bytes()
        for canary in CANARIES[:-1]:
            assert canary.encode() not in raw, (file.name, canary)
        assert wrapped not in raw, "the key of what was erased"


def databases(world: World, folder: Path) -> list[Path]:
    """The raw files of intake's database, its write-ahead log emptied, and a compact copy."""
    copy = folder / "copy.db"
    with sqlite3.connect(folder / "intake.db") as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        raw.execute(f"VACUUM INTO '{copy}'")
    raw.close()
    return [folder / "intake.db", folder / "intake.db-wal", copy]


@proves("LZ-12.4", check=2)
def test_no_row_of_any_table_and_no_log_line_carries_what_was_delivered(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    give_key(world)
    petition = register_sealed(world)
    deliver(world, petition)
    world.as_("head1").get(f"{BASE}/{petition}")
    world.as_("clerk1").get("/intake/worklist")
    printed = capsys.readouterr()
    dump = rows_of(
        tmp_path / "intake.db", leave_out=("directory_person", "directory_assignment", "directory_account")
    )
    for canary in CANARIES:
        assert canary not in dump, canary
        assert canary not in printed.out + printed.err, canary
    assert petition in dump, "the stub is there"
    assert show(world, petition)["duties"][0]["status"] == "met"


def rows_of(file: Path, leave_out: tuple[str, ...]) -> str:
    """All rows of all tables as text, whatever is readable in them; the directory of persons left out."""
    raw = sqlite3.connect(file)
    try:
        names = [n for (n,) in raw.execute("select name from sqlite_master where type = 'table'")]
        rows = [row for n in names if n not in leave_out for row in raw.execute(f'select * from "{n}"')]  # noqa: S608  # noqa: S608
    finally:
        raw.close()
    return "\n".join(
        v.decode("utf-8", "replace") if isinstance(v, bytes) else str(v) for row in rows for v in row
    )


@proves("LZ-12.3", check=1)
def test_its_addressee_alone_opens_it_with_the_private_key(world: World) -> None:
    private = give_key(world)
    petition = register_sealed(world)
    deliver(world, petition)
    sealed = world.as_("xfhead").get(f"{BASE}/{petition}/sealed").body
    parts = [base64.b64decode(part) for part in sealed["parts"]]
    papers = json.loads(unseal(private, parts[0]))["papers"]
    forms = {p["kind"]: p["paper"]["form"] for p in papers}
    assert forms["PetitionRegisterEntry"]["summary"] == CANARIES[0]
    assert forms["PetitionRegisterEntry"]["subject_ids"] == ["p-edu-vice"]
    assert forms["DirectDeliveryLetter"]["remark"] == CANARIES[4]
    scans = {unseal(private, part) for part in parts[1:]}
    assert scans == {f"%PDF-1.4 {CANARIES[3]} %%EOF".encode(), b"%PDF-1.4 cover letter %%EOF"}
    assert audit(world, petition)[-1] == ("read_sealed", "read", "", "p-xfhead")
    with pytest.raises(CannotOpen):
        unseal(PrivateKey.generate(), parts[0])
    assert show(world, petition, "xfhead")["papers"] == []


def test_the_registrar_keeps_the_stub_and_cannot_open_it_again(world: World) -> None:
    give_key(world)
    petition = register_sealed(world, subject_ids=["p-head1"])  # the registrar's own superior
    with world.runtimes["intake"].db.read() as session:
        paper = session.query(tables.Paper).filter_by(subject_id=petition).one().id
    clerk = world.as_("clerk1")
    assert deliver(world, petition).status == 200
    item = show(world, petition)
    assert item["no"].startswith("MJ-")
    assert item["acts"] == []
    assert clerk.get(f"{BASE}/{petition}/sealed").status == 404
    assert clerk.get(f"{BASE}/{petition}/papers/{paper}").status == 404
    body: dict[str, object] = {"paper": {}, "attachments": []}
    acts = [a for a in clerk.get("/intake/acts").body["acts"] if a["kind"] == "petition" and not a["creates"]]
    assert acts
    for act in (a["name"] for a in acts):
        given = body | ({"paper": {"class_code": "supervision_object"}} if act == "classify_petition" else {})
        refused = clerk.send("POST", f"{BASE}/{petition}/{act}", body=given, version=item["version"])
        # WRONG_ROUTE: who reported, and what it belongs to, is with the addressee now.
        assert refused.code in ("WRONG_ROLE", "WRONG_STATE", "WRONG_ROUTE"), (act, refused.body)
    assert show(world, petition)["version"] == item["version"]


def test_nothing_is_delivered_to_the_head_of_the_petition_office_who_is_reported_on(world: World) -> None:
    give_key(world)
    for class_code in ("supervision_object", None):
        paper = canary_letter(subject_ids=["p-xfhead"], class_code=class_code)
        answer = world.as_("clerk1").act(f"{BASE}/register_petition", paper)
        if class_code is None:
            decision = {"class_code": "district_managed"}
            answer = world.as_("clerk1").act(f"{BASE}/{answer.body['id']}/classify_petition", decision)
        assert (answer.status, answer.code, answer.body["clauses"]) == (409, "WRONG_ADDRESSEE", ["LZ-12.3"])
    assert world.as_("xfhead").get(BASE).body["items"] == []


def test_the_next_lawful_head_gets_it_instead(world: World) -> None:
    private = give_key(world, "p-leader")
    give_key(world)
    add_post(
        world, "p-xf1", "petition_office_head", "xfs"
    )  # a subordinate of the one reported on: not lawful either
    add_post(world, "p-leader", "petition_office_head", "xfs")
    petition = register_sealed(world, subject_ids=["p-xfhead"])
    assert deliver(world, petition).status == 200
    for account in ("xfhead", "xf1"):
        assert world.as_(account).get(f"{BASE}/{petition}").status == 404
        assert world.as_(account).get(f"{BASE}/{petition}/sealed").status == 404
    part = base64.b64decode(world.as_("leader").get(f"{BASE}/{petition}/sealed").body["parts"][0])
    assert CANARIES[0].encode() in unseal(private, part)


def test_it_goes_to_who_is_head_on_the_day_of_delivery(world: World) -> None:
    give_key(world)
    give_key(world, "p-leader")
    petition = register_sealed(world)
    add_post(world, "p-leader", "petition_office_head", "xfs")
    with world.runtimes["intake"].db.write() as session:
        held = session.get_one(tables.DirectoryAssignment, "p-xfhead.petition_office_head")
        held.valid_to = date(2026, 3, 2)
    world.on(2026, 3, 3)
    assert deliver(world, petition).status == 200
    with world.runtimes["intake"].db.read() as session:
        assert {p.addressee_id for p in session.query(SealedPart)} == {"p-leader"}


def test_an_addressee_without_a_key_gets_nothing_that_others_could_read(world: World) -> None:
    petition = register_sealed(world)
    before = row_counts(world)
    refused = deliver(world, petition)
    assert (refused.status, refused.code) == (409, "WRONG_ADDRESSEE")
    after = row_counts(world)
    assert {n: after[n] - before[n] for n in after if after[n] != before[n]} == {
        "attachment": 1,
        "case_key": 1,
    }
    assert len(show(world, petition)["papers"]) == 1
