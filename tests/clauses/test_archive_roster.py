"""The roster and the posts: who keeps them, what leaves them, and what never does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from services.archive.loading import load_assignment, load_person
from services.archive.storage import Person
from services.chassis import tables
from services.chassis.audit.tables import AuditEntry
from services.chassis.work import begin
from tests.world import Answer, Client, World

NAME = "欧阳测试"


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path, services=("archive", "intake"))


def official(**changes: object) -> dict[str, object]:
    return {"name": NAME, "level": "section_staff", "managing_authority": "unit", "unit_id": "edu",
            "post_title": "基础教育科科长", "valid_from": "2026-03-01"} | changes  # fmt: skip


def register(client: Client, **changes: object) -> str:
    answer = client.act("/archive/roster/register_person", official(**changes))
    assert answer.status == 201, answer.body
    return str(answer.body["id"])


def changed(**changes: object) -> dict[str, object]:
    return official(reason="职务调整", state="active") | changes


def change(world: World, person: str, **changes: object) -> Answer:
    """The archivist proposes, the commission's leader approves; the first refusal is the answer."""
    proposed = world.as_("da1").act(f"/archive/roster/{person}/change_person", changed(**changes))
    return proposed if proposed.status != 200 else world.as_("leader").decide("archive", "roster", person)


def projected(world: World, service: str, person_id: str) -> tables.DirectoryPerson:
    with world.runtimes[service].db.read() as session:
        return session.get_one(tables.DirectoryPerson, person_id)


def sought(client: Client, **asked: object) -> Answer:
    return client.send("POST", "/archive/persons/search", body=asked)


def search(client: Client, q: str, **query: str) -> list[dict[str, Any]]:
    answer = sought(client, q=q, **query)
    assert answer.status == 200, answer.body
    found: list[dict[str, Any]] = answer.body["persons"]
    return found


def test_a_registered_official_is_known_everywhere_by_ids_and_codes(world: World) -> None:
    person = register(world.as_("da1"), superior_id="", leadership_member=True)
    world.pump()
    known = projected(world, "intake", person)
    assert (known.level, known.unit_id, known.leadership_member, known.version) == (
        "section_staff",
        "edu",
        True,
        1,
    )
    assert world.parked() == []


def test_a_change_arrives_everywhere_with_its_version(world: World) -> None:
    archivist = world.as_("da1")
    person = register(archivist)
    assert change(world, person, level="section_chief").status == 200
    world.pump()
    known = projected(world, "intake", person)
    assert (known.level, known.version) == ("section_chief", 3), "entered, proposed, approved"


def test_officials_are_the_archivists_and_staff_the_system_administrators(world: World) -> None:
    as_staff = official(unit_id="", office_id="pz1")
    assert world.as_("sys").act("/archive/roster/register_person", official()).code == "WRONG_ROLE"
    assert world.as_("da1").act("/archive/roster/register_person", as_staff).code == "WRONG_ROLE"
    assert world.as_("clerk1").act("/archive/roster/register_person", official()).code == "WRONG_ROLE"
    assert world.as_("sys").act("/archive/roster/register_person", as_staff).status == 201


def test_an_entry_names_one_place_that_exists(world: World) -> None:
    archivist = world.as_("da1")
    both = archivist.act("/archive/roster/register_person", official(office_id="pz1"))
    assert (both.code, both.body["field"]) == ("CONTENT_RULE", "unit_id")
    unknown = archivist.act("/archive/roster/register_person", official(unit_id="nowhere"))
    assert (unknown.code, unknown.body["field"]) == ("UNKNOWN_REFERENCE", "unit_id")
    relative = archivist.act("/archive/roster/register_person", official(relatives=["p-nobody"]))
    assert (relative.code, relative.body["field"]) == ("UNKNOWN_REFERENCE", "relatives")


def test_whoever_leaves_has_a_last_day(world: World) -> None:
    archivist = world.as_("da1")
    person = register(archivist)
    assert change(world, person, state="left").body["field"] == "valid_to"
    assert change(world, person, state="left", valid_to="2026-02-28").code == "DATE_ORDER"
    assert change(world, person, state="left", valid_to="2026-03-02").body["state"] == "left"


def test_nobody_changes_their_own_entry(world: World) -> None:
    with begin(world.runtimes["archive"]) as work:
        load_person(work, "p-sys", "许系统", level="staff", managing_authority="unit", office_id="qw")
    own = changed(unit_id="", office_id="qw", level="division")
    assert world.as_("sys").act("/archive/roster/p-sys/change_staff", own).code == "CONFLICT_OF_INTEREST"


def test_the_superior_and_relatives_of_staff_are_changed_by_two_administrators(world: World) -> None:
    person, administrator, approver = newcomer(world), world.as_("sys"), world.as_("sec")
    path = f"/archive/roster/{person}"
    change = changed(unit_id="", office_id="pz1", superior_id=newcomer(world))
    assert world.as_("da1").act(f"{path}/change_staff", change).code == "WRONG_ROLE"
    assert administrator.act(f"{path}/change_person", change).code == "WRONG_ROLE"
    assert administrator.act(f"{path}/change_staff", change).status == 200
    world.pump()
    assert projected(world, "intake", person).superior_id == "", "not before it is approved"
    assert administrator.decide("archive", "roster", person).code in ("WRONG_APPROVER", "SELF_APPROVAL")
    assert approver.decide("archive", "roster", person).status == 200
    world.pump()
    assert projected(world, "intake", person).superior_id == change["superior_id"]


def test_who_is_in_an_officials_chain_is_decided_by_the_archivist_and_the_leader_together(
    world: World,
) -> None:
    archivist, leader = world.as_("da1"), world.as_("leader")
    superior, person = register(archivist), register(archivist, name="测试乙")
    path = f"/archive/roster/{person}/change_person"
    assert leader.act(path, changed(superior_id=superior)).code == "WRONG_ROLE"
    assert archivist.act(path, changed(superior_id=superior)).body["state"] == "active"
    world.pump()
    assert projected(world, "intake", person).superior_id == "", "not before it is approved"
    assert archivist.decide("archive", "roster", person).code in ("WRONG_APPROVER", "SELF_APPROVAL")
    assert world.as_("sec").decide("archive", "roster", person).code == "UNKNOWN_REFERENCE"
    assert leader.decide("archive", "roster", person).status == 200
    world.pump()
    assert projected(world, "intake", person).superior_id == superior
    assert leader.get(f"/archive/roster/{newcomer(world)}").code == "UNKNOWN_REFERENCE", (
        "staff are not theirs"
    )


def test_who_approves_changes_of_staff_changes_not_their_own_and_sees_no_official(world: World) -> None:
    with begin(world.runtimes["archive"]) as work:
        load_person(work, "p-sec", "何安全", level="staff", managing_authority="unit", office_id="qw")
    approver, official_ = world.as_("sec"), register(world.as_("da1"))
    own = changed(unit_id="", office_id="qw", superior_id="")
    assert world.as_("sys").act("/archive/roster/p-sec/change_staff", own).status == 200
    assert approver.decide("archive", "roster", "p-sec").code == "CONFLICT_OF_INTEREST"
    assert approver.get(f"/archive/roster/{official_}").code == "UNKNOWN_REFERENCE"
    assert official_ not in str(approver.get("/archive/roster", limit="200").body)


def test_relatives_are_kept_the_same_both_ways(world: World) -> None:
    archivist = world.as_("da1")
    first = register(archivist)
    second = register(archivist, name="测试乙", relatives=[first])
    world.pump()
    assert projected(world, "intake", first).relatives == second
    assert projected(world, "intake", second).relatives == first
    change(world, second, name="测试乙")
    world.pump()
    assert (projected(world, "intake", first).relatives, projected(world, "intake", second).relatives) == (
        "",
        "",
    )


def test_relatives_that_are_loaded_later_are_related_all_the_same(world: World) -> None:
    common = {"level": "staff", "managing_authority": "unit", "unit_id": "edu"}
    with begin(world.runtimes["archive"]) as work:
        load_person(work, "p-a", "甲乙", relatives=("p-b",), **common)  # type: ignore[arg-type]
        load_person(work, "p-b", "丙丁", **common)  # type: ignore[arg-type]
    world.pump()
    assert (projected(world, "intake", "p-a").relatives, projected(world, "intake", "p-b").relatives) == (
        "p-b",
        "p-a",
    )


def test_loading_twice_changes_nothing_and_never_overwrites(world: World) -> None:
    for name, expected in (("甲乙", True), ("别名", False)):
        with begin(world.runtimes["archive"]) as work:
            loaded = load_person(work, "p-x", name, level="staff", managing_authority="unit", office_id="pz1")
            given = load_assignment(work, "p-x.staff", "p-x", "dispatched_office_staff", office_id="pz1")
        assert (loaded, given) == (expected, expected)
    world.pump()
    shown = world.as_("clerk1").get("/archive/persons", ids="p-x").body["persons"]
    assert shown == [{"id": "p-x", "name": "甲乙"}]
    with world.runtimes["intake"].db.read() as session:
        held = session.get_one(tables.DirectoryAssignment, "p-x.staff")
    assert (held.role, held.office_id, held.version) == ("dispatched_office_staff", "pz1", 1)


def test_a_citizen_number_is_no_id(world: World) -> None:
    from contracts.refusals import Refusal

    with pytest.raises(Refusal, match="CONTENT_RULE"), begin(world.runtimes["archive"]) as work:
        load_person(
            work, "11010119900101123X", "甲乙", level="staff", managing_authority="unit", unit_id="edu"
        )


def test_names_are_for_readers_with_a_post_and_administrators_get_account_holders_only(world: World) -> None:
    person = register(world.as_("da1"))
    with begin(world.runtimes["archive"]) as work:
        load_person(work, "p-clerk1", "周丙一", level="staff", managing_authority="unit", office_id="pz1")
    ids = f"{person},p-clerk1,p-unknown"
    for reader in ("clerk3", "leader", "edu-clerk"):
        names = {
            p["id"]: p["name"] for p in world.as_(reader).get("/archive/persons", ids=ids).body["persons"]
        }
        assert names == {person: NAME, "p-clerk1": "周丙一"}
    for administrator in ("sys", "sec", "aud"):
        shown = world.as_(administrator).get("/archive/persons", ids=ids).body["persons"]
        assert shown == [{"id": "p-clerk1", "name": "周丙一"}]


def test_names_are_asked_for_by_two_hundred_at_most(world: World) -> None:
    client = world.as_("clerk1")
    assert client.get("/archive/persons", ids=",".join(f"p{n}" for n in range(200))).body == {"persons": []}
    assert client.get("/archive/persons", ids=",".join(f"p{n}" for n in range(201))).code == "OUT_OF_RANGE"
    assert client.get("/archive/persons").code == "MISSING_FIELD"


def test_a_registrar_finds_a_person_by_a_piece_of_the_name(world: World) -> None:
    person = register(world.as_("da1"))
    clerk = world.as_("clerk1")
    expected = [{"id": person, "name": NAME, "unit_id": "edu", "office_id": "", "post": "基础教育科科长",
                 "level": "section_staff"}]  # fmt: skip
    for fragment in ("欧阳", "阳测", "测试", NAME, " 欧 阳 "):
        assert search(clerk, fragment) == expected
    assert search(clerk, "试", unit="edu") == expected
    assert search(clerk, "欧测") == [], "side by side only"
    assert search(clerk, "欧阳", unit="hou") == []


def test_one_character_finds_nobody_without_a_unit(world: World) -> None:
    register(world.as_("da1"))
    refused = sought(world.as_("clerk1"), q="欧")
    assert (refused.code, refused.body["field"]) == ("MISSING_FIELD", "q")


def test_a_name_is_searched_for_in_the_body_of_a_request_and_in_no_address(world: World) -> None:
    register(world.as_("da1"))
    clerk = world.as_("clerk1")
    assert clerk.get("/archive/persons/search", q="欧阳").code == "METHOD_NOT_ALLOWED"
    assert clerk.send("POST", "/archive/persons/search", body={}, query={"q": "欧阳"}).code == "MISSING_FIELD"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"q": "欧阳", "limit": 5}, "UNKNOWN_FIELD"),
        ({"q": 7}, "INVALID_FIELD"),
        ({"q": "欧" * 51}, "INVALID_FIELD"),
        ({"q": "欧阳", "unit": ["edu"]}, "INVALID_FIELD"),
    ],
)
def test_a_search_in_another_form_is_refused(world: World, asked: dict[str, object], code: str) -> None:
    assert sought(world.as_("clerk1"), **asked).code == code


def test_a_renamed_person_is_found_by_the_new_name_only(world: World) -> None:
    archivist = world.as_("da1")
    person = register(archivist)
    change(world, person, name="司马测试")
    assert search(archivist, "欧阳") == []
    assert [p["id"] for p in search(archivist, "司马")] == [person]


@pytest.mark.parametrize("who", ["sys", "sec", "aud", "edu-clerk", "leader"])
def test_who_registers_nothing_searches_nothing(world: World, who: str) -> None:
    register(world.as_("da1"))
    assert sought(world.as_(who), q="欧阳").code == "WRONG_ROLE"


def test_each_search_is_audited_without_what_was_searched_or_found(world: World) -> None:
    person = register(world.as_("da1"))
    search(world.as_("clerk1"), "欧阳")
    sought(world.as_("sec"), q="欧阳")
    with world.runtimes["archive"].db.read() as session:
        entries = session.scalars(
            select(AuditEntry).where(AuditEntry.act == "search_persons").order_by(AuditEntry.recorded_at)
        ).all()
    assert [(e.actor_person, e.outcome, e.code) for e in entries] == [
        ("p-clerk1", "read", ""), ("p-sec", "refused", "WRONG_ROLE")
    ]  # fmt: skip
    assert json.loads(entries[0].body)["facts"] == {"found": 1}
    assert all(person not in entry.body for entry in entries)


def test_no_name_is_anywhere_in_the_databases_in_plain_text(world: World, tmp_path: Path) -> None:
    archivist = world.as_("da1")
    person = register(archivist)
    search(archivist, "欧阳")
    change(world, person, name="司马测试")
    world.pump()
    escaped = [word.encode("unicode_escape") for word in (NAME, "司马测试", "欧阳")]
    for file in tmp_path.glob("*.db*"):
        body = file.read_bytes()
        for word in (NAME.encode(), "司马测试".encode(), "欧阳".encode(), *escaped):
            assert word not in body, file.name


def test_the_log_has_no_name(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    register(world.as_("da1"))
    search(world.as_("clerk1"), "欧阳")
    logged = capsys.readouterr()
    assert "persons/search" in logged.out + logged.err
    assert "欧阳" not in logged.out + logged.err


def test_an_entry_is_its_keepers_and_looks_unknown_to_others(world: World) -> None:
    person = register(world.as_("da1"))
    assert world.as_("da1").get(f"/archive/roster/{person}").status == 200
    for who in ("sys", "clerk1", "head1", "aud"):
        assert world.as_(who).get(f"/archive/roster/{person}").code == "UNKNOWN_REFERENCE"


def post_paper(person: str, **changes: object) -> dict[str, object]:
    return {"person_id": person, "role": "dispatched_office_staff", "office_id": "pz1",
            "valid_from": "2026-03-02"} | changes  # fmt: skip


def newcomer(world: World) -> str:
    return register(world.as_("sys"), unit_id="", office_id="pz1")


def test_a_post_is_given_by_one_administrator_and_approved_by_another(world: World) -> None:
    person, administrator = newcomer(world), world.as_("sys")
    proposed = administrator.act("/archive/assignments/assign_post", post_paper(person)).body
    assert proposed["state"] == "proposed"
    world.pump()
    with world.runtimes["intake"].db.read() as session:
        assert session.get(tables.DirectoryAssignment, proposed["id"]) is None, "not before it is approved"
    assert administrator.decide("archive", "assignments", proposed["id"]).code == "WRONG_APPROVER"
    approved = world.as_("sec").decide("archive", "assignments", proposed["id"])
    assert approved.body["state"] == "held"
    world.pump()
    ended = administrator.act(f"/archive/assignments/{proposed['id']}/end_post",
                              {"ends_on": "2026-03-03", "reason": "调离"})  # fmt: skip
    assert ended.body["state"] == "held", "not before it is approved"
    assert administrator.decide("archive", "assignments", proposed["id"]).code in (
        "WRONG_APPROVER", "SELF_APPROVAL",
    )  # fmt: skip
    assert world.as_("sec").decide("archive", "assignments", proposed["id"]).body["state"] == "ended"
    world.pump()
    with world.runtimes["intake"].db.read() as session:
        held = session.get_one(tables.DirectoryAssignment, proposed["id"])
        assert (held.person_id, str(held.valid_to)) == (person, "2026-03-03")


def give(world: World, **changes: object) -> Any:
    return world.as_("sys").act("/archive/assignments/assign_post", post_paper(**changes))  # type: ignore[arg-type]


def test_a_post_is_refused_to_oneself_twice_to_strangers_and_for_groups(world: World) -> None:
    person = newcomer(world)
    with begin(world.runtimes["archive"]) as work:
        load_person(work, "p-sys", "许系统", level="staff", managing_authority="unit", office_id="qw")
    assert give(world, person="p-sys").code == "CONFLICT_OF_INTEREST"
    assert give(world, person="p-unknown").code == "UNKNOWN_REFERENCE"
    assert give(world, person=person, role="dispatched_office").code == "OUT_OF_RANGE"
    assert give(world, person=person, valid_to="2026-03-01").code == "DATE_ORDER"
    first = give(world, person=person).body
    assert world.as_("sec").decide("archive", "assignments", first["id"]).status == 200
    assert give(world, person=person).code == "DUPLICATE"


def test_the_security_administrator_does_not_approve_their_own_post(world: World) -> None:
    with begin(world.runtimes["archive"]) as work:
        load_person(work, "p-sec", "何安全", level="staff", managing_authority="unit", office_id="qw")
    proposed = give(world, person="p-sec", role="audit_administrator", office_id="qw").body
    assert world.as_("sec").decide("archive", "assignments", proposed["id"]).code == "CONFLICT_OF_INTEREST"


def test_an_administrator_holds_no_other_post(world: World) -> None:
    person = newcomer(world)
    first = give(world, person=person, role="security_administrator", office_id="qw").body
    assert world.as_("sec").decide("archive", "assignments", first["id"]).status == 200
    refused = give(world, person=person)
    assert (refused.code, refused.body["field"]) == ("CONFLICT_OF_INTEREST", "role")


def test_of_two_proposals_for_the_same_post_one_is_approved(world: World) -> None:
    person = newcomer(world)
    first, second = give(world, person=person).body, give(world, person=person).body
    assert world.as_("sec").decide("archive", "assignments", first["id"]).status == 200
    assert world.as_("sec").decide("archive", "assignments", second["id"]).code == "DUPLICATE"


def test_a_loaded_person_is_never_two_rows(world: World) -> None:
    with begin(world.runtimes["archive"]) as work:
        load_person(work, "p-y", "甲乙", level="staff", managing_authority="unit", office_id="pz1")
    with world.runtimes["archive"].db.read() as session:
        assert [p.id for p in session.scalars(select(Person))] == ["p-y"]
