"""Reports filed on the public page: registered like any other, sealed at once if on a leader, followed, added to."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from services.chassis.keys import unseal
from services.chassis.tables import Attachment, CaseKey, Paper
from services.intake.storage import Petition, PetitionerIdentity, SealedPart
from tests.attacks.verifying import verified
from tests.clauses.intake_petitions import BASE, STEPS, give_key, judged_as, step
from tests.online_reports import SCAN, add, as_another, ask, filed, follow, newest, report, send_report
from tests.world import World

ORDINARY = {"class_code": "supervision_object", "subject_ids": ["p-edu-sec"]}
SEALED = ("unit_leader", "district_managed", "discipline_office")
STRANGERS = ("clerk2", "head1", "deputy1", "xf1", "xf2", "jd1", "leader", "sys", "sec", "aud", "edu-head")


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path, services=("intake",))


def rows(world: World, table: type) -> int:
    with world.runtimes["intake"].db.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def sealed_parts(world: World, key: object) -> list[bytes]:
    with world.runtimes["intake"].db.read() as session:
        parts = session.scalars(select(SealedPart).order_by(SealedPart.part)).all()
        return [unseal(key, part.body) for part in parts]  # type: ignore[arg-type]


def classed(world: World) -> str:
    """The clerk classes the petition that waits for it as an ordinary one; gives its id."""
    waiting = world.as_("clerk1").get(BASE).body["items"]
    petition = next(str(one["id"]) for one in waiting if not one["class_code"])
    assert world.as_("clerk1").act(f"{BASE}/{petition}/classify_petition", ORDINARY).status == 200
    return petition


def test_a_report_waits_for_the_offices_receiver_alone_until_it_is_classed(world: World) -> None:
    filed(world, files=[SCAN])
    shown = newest(world)
    assert (shown["state"], shown["channel"], shown["secrecy"], shown["naming"]) == (
        "registered", "online", "unclassed", "anonymous",
    )  # fmt: skip
    clerk = world.as_("clerk1")
    paper = clerk.get(f"{BASE}/{shown['id']}/papers/{shown['papers'][0]['id']}").body["form"]
    assert paper["subject_names"] == ["某甲（某科科长）", "某科出纳"]
    scan = clerk.get(f"{BASE}/{shown['id']}/attachments/{shown['attachments'][0]['id']}")
    assert scan.body == SCAN
    for account in STRANGERS:
        assert world.as_(account).get(BASE).body["items"] == []
    world.as_("clerk1").act(f"{BASE}/{shown['id']}/classify_petition", ORDINARY)
    assert newest(world, "head1")["id"] == shown["id"]


def test_the_same_day_clock_runs_until_a_report_is_classed_and_the_office_s_three_days_from_then(
    world: World,
) -> None:
    filed(world)
    clocks = {d["clause"]: d for d in newest(world)["duties"]}
    assert (clocks["LZ-12.3"]["status"], clocks["LZ-12.3"]["due_on"]) == ("open", "2026-03-02")
    petition = classed(world)
    shown = world.as_("clerk1").get(f"{BASE}/{petition}").body
    clocks = {d["clause"]: d for d in shown["duties"]}
    assert (clocks["LZ-12.3"]["status"], clocks["LZ-12.1"]["status"]) == ("voided", "open")
    assert clocks["LZ-12.1"]["due_on"] == "2026-03-05"


@pytest.mark.parametrize("position", SEALED)
def test_on_a_leader_it_is_sealed_in_the_same_moment_and_nobody_else_knows_of_it(
    world: World, position: str
) -> None:
    key = give_key(world)
    filed(world, position=position, files=[SCAN], naming="named", petitioners=[{"name": "某乙"}])
    contents, scan = sealed_parts(world, key)
    forms = {p["kind"]: p["paper"]["form"] for p in json.loads(contents)["papers"]}
    assert forms["PetitionRegisterEntry"]["summary"] == report()["summary"]
    assert forms["KeptIdentity"]["petitioners"][0]["name"] == "某乙"
    assert scan == SCAN
    left = [rows(world, table) for table in (Paper, Attachment, CaseKey, PetitionerIdentity)]
    assert left == [0, 0, 0, 0]
    for account in ("clerk1", *STRANGERS):
        assert world.as_(account).get(BASE).body["items"] == [], account
    shown = newest(world, "xfhead")
    assert (shown["state"], shown["secrecy"], shown["unit_id"]) == ("escalated", "sealed", "")
    assert [(d["clause"], d["status"], d["late"]) for d in shown["duties"]] == [("LZ-12.3", "met", False)]


def test_no_word_of_the_reporter_makes_a_report_ordinary(world: World) -> None:
    give_key(world)
    filed(world, position="other")
    petition = str(newest(world)["id"])
    decision = {"class_code": "supervision_object", "subject_ids": ["p-edu-vice"]}
    assert world.as_("clerk1").act(f"{BASE}/{petition}/classify_petition", decision).status == 200
    assert newest(world)["secrecy"] == "sealed"


def test_without_an_addressee_s_key_a_report_on_a_leader_is_refused_and_nothing_of_it_stays(
    world: World,
) -> None:
    assert send_report(world, position="unit_leader", files=[SCAN]).code == "WRONG_ADDRESSEE"
    tables = (Petition, Paper, Attachment, CaseKey, SealedPart)
    assert [rows(world, table) for table in tables] == [0, 0, 0, 0, 0]


def test_its_reporter_follows_it_and_reads_what_is_written_to_them(world: World) -> None:
    code = filed(world, naming="named", petitioners=[{"name": "某乙"}])
    told = follow(world, code).body
    assert (told["stage"], told["received_on"], told["answers"], told["open"]) == (
        "received", "2026-03-02", [], True,
    )  # fmt: skip
    petition = classed(world)
    stages = []
    for name in STEPS:
        assert step(world, petition, name, **judged_as(name, in_scope=False)).status == 200
        if name == "recorded":
            say(world, petition, "acknowledge_petitioner", "已受理，正在办理")
        if name == "result_recorded":
            world.on(2026, 3, 3)
            say(world, petition, "tell_outcome", "经查属实，已处理")
        stages.append(follow(world, code).body["stage"])
    assert stages == [
        "in_process", "in_process", "in_process", "in_process", "transferred", "in_process", "answered",
        "answered", "closed",
    ]  # fmt: skip
    answers = follow(world, code).body["answers"]
    assert [(a["kind"], a["text"]) for a in answers] == [
        ("acknowledged", "已受理，正在办理"), ("outcome", "经查属实，已处理"),
    ]  # fmt: skip
    assert "p-clerk1" not in str(answers)
    assert add(world, code).code == "WRONG_STATE"
    assert follow(world, code).body["open"] is False


def say(world: World, petition: str, act: str, message: str) -> None:
    paper = {"told_on": "2026-03-02", "told_by": "online", "message": message}
    answer = world.as_("clerk1").act(f"{BASE}/{petition}/{act}", paper)
    assert answer.status == 200, answer.body


def test_an_anonymous_reporter_is_answered_too_and_nobody_else_online(world: World) -> None:
    code = filed(world)
    petition = classed(world)
    answer = world.as_("clerk1").act(f"{BASE}/{petition}/answer_online", {"message": "请补充时间和地点"})
    assert answer.status == 200
    assert follow(world, code).body["answers"][0]["text"] == "请补充时间和地点"
    on_paper = world.as_("clerk1").act(
        f"{BASE}/{petition}/acknowledge_petitioner",
        {"told_on": "2026-03-02", "told_by": "call", "message": "写不到"},
    )
    assert on_paper.code == "PRECONDITION_NOT_MET"
    named = filed(world, naming="named", petitioners=[{"name": "某乙"}], summary="另一件事")
    other = classed(world)
    paper = {"told_on": "2026-03-02", "told_by": "call", "message": "写不到"}
    refused = world.as_("clerk1").act(f"{BASE}/{other}/acknowledge_petitioner", paper)
    assert (refused.code, refused.body["field"]) == ("CONTENT_RULE", "message")
    assert follow(world, named).body["answers"] == []


def test_what_is_added_lies_with_the_report_wherever_that_is(world: World) -> None:
    code = filed(world)
    petition = str(newest(world)["id"])
    world.on(2026, 3, 3)
    assert add(world, code, "还有一笔", files=[SCAN]).status == 200
    shown = world.as_("clerk1").get(f"{BASE}/{petition}").body
    assert [p["kind"] for p in shown["papers"]] == ["PetitionRegisterEntry", "OnlineAddition"]
    text = world.as_("clerk1").get(f"{BASE}/{petition}/papers/{shown['papers'][1]['id']}").body["form"]
    assert text == {"text": "还有一笔"}
    assert len(shown["attachments"]) == 1


def test_what_is_added_to_a_sealed_report_is_its_addressee_s_alone(world: World) -> None:
    key = give_key(world)
    code = filed(world, position="unit_leader")
    assert add(world, code, "还有一笔", files=[SCAN]).status == 200
    _, addition, scan = sealed_parts(world, key)
    assert json.loads(addition)["papers"][0]["paper"]["form"] == {"text": "还有一笔"}
    assert scan == SCAN
    assert [rows(world, table) for table in (Paper, Attachment, CaseKey)] == [0, 0, 0]


def test_a_repeat_with_its_key_files_and_adds_once(world: World) -> None:
    first, again = (filed(world, key="one-form") for _ in range(2))
    assert first == again
    assert send_report(world, key="one-form", summary="别的内容").code == "IDEMPOTENCY_KEY_REUSED"
    assert [add(world, first, key="one-addition").status for _ in range(2)] == [200, 200]
    assert (rows(world, Petition), rows(world, Paper)) == (1, 2)


def test_two_clicks_at_the_same_moment_file_one_report_on_postgres(
    tmp_path: Path, postgres_databases: Callable[..., str]
) -> None:
    world = World(tmp_path, services=("intake",), database=postgres_databases)
    with ThreadPoolExecutor(4) as at_once:
        codes = set(at_once.map(lambda _: filed(world, key="one-form"), range(4)))
    assert len(codes) == 1
    assert rows(world, Petition) == 1
    give_key(world)
    code = filed(world, position="unit_leader", files=[SCAN])
    assert add(world, code, files=[SCAN]).status == 200
    found = verified(world)
    assert found.ok, found
    world.close()


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"unit_id": "nowhere"}, "UNKNOWN_REFERENCE", "unit_id"),
        ({"unit_id": "pz1"}, "UNKNOWN_REFERENCE", "unit_id"),
        ({"unit_id": "a b"}, "INVALID_FIELD", "unit_id"),
        ({"summary": ""}, "MISSING_FIELD", "summary"),
        ({"summary": "长" * 20_001}, "INVALID_FIELD", "summary"),
        ({"position": "emperor"}, "OUT_OF_RANGE", "position"),
        ({"naming": "named"}, "MISSING_FIELD", "petitioners"),
        ({"petitioners": [{"name": "某乙"}]}, "CONTENT_RULE", "naming"),
        ({"reported": [{"name": "某"}] * 11}, "INVALID_FIELD", "reported"),
        ({"class_code": "out_of_scope"}, "UNKNOWN_FIELD", None),
        ({"subject_ids": ["p-edu-sec"]}, "UNKNOWN_FIELD", None),
    ],
)
def test_what_is_wrong_is_named_at_its_field(
    world: World, changes: dict[str, Any], code: str, field: str | None
) -> None:
    refused = send_report(world, **changes)
    assert (refused.code, refused.body["field"]) == (code, field)
    assert rows(world, Petition) == 0


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ([b"MZ no picture"], "UNSUPPORTED_MEDIA"),
        ([b"%PDF-1.4 cut off"], "BROKEN_FILE"),
        ([SCAN] * 6, "INVALID_FIELD"),
        ([b"%PDF-1.4" + b"\0" * 8_000_000 + b"%%EOF"], "TOO_LARGE"),
    ],
    ids=["a program", "a cut file", "six files", "too much"],
)
def test_files_are_told_by_their_content_and_limited(world: World, files: list[bytes], code: str) -> None:
    refused = send_report(world, files=files)
    assert (refused.code, (refused.body["field"] or "").partition(".")[0]) == (code, "files")
    assert rows(world, Attachment) == 0


def test_codes_that_belong_to_nothing_are_answered_alike(world: World) -> None:
    code = filed(world)
    answers = [follow(world, wrong) for wrong in ("AAAA-BBBB-CCCC-DDDD", "x", "中文", "A" * 90)]
    answers.append(add(world, "AAAA-BBBB-CCCC-DDDD"))
    assert {(a.status, a.code) for a in answers} == {(404, "UNKNOWN_REFERENCE")}
    assert len({str(a.body) for a in answers}) == 1
    assert follow(world, code.lower().replace("-", " ")).status == 200


def test_the_registrar_is_told_no_code_that_its_petitioner_has(world: World) -> None:
    filed(world)
    petition = newest(world)["id"]
    assert world.as_("clerk1").get(f"{BASE}/{petition}/receipt_code").code == "PRECONDITION_NOT_MET"


PATHS = ("/intake/online/reports", "/intake/online/followed", "/intake/online/additions")


@pytest.mark.parametrize("path", PATHS)
def test_nobody_but_the_desk_itself_asks(world: World, path: str) -> None:
    body = {"report": report(), "code": "A"}
    for account in ("clerk1", "head1", "sys"):
        assert world.as_(account).send("POST", path, body=body).code == "UNAUTHENTICATED"
    for headers in ({"Authorization": ""}, as_another(world, "archive"), {"Authorization": "Bearer x"}):
        answer = world.as_("clerk1").send("POST", path, body=body, headers=headers)
        assert answer.code == "UNAUTHENTICATED"


def test_switched_off_there_is_nothing_to_ask(world: World) -> None:
    runtime = world.runtimes["intake"]
    runtime.settings = runtime.settings.for_service("intake", public_page=False)
    assert {ask(world, path, {}).code for path in PATHS} == {"NOT_FOUND_ROUTE"}


def test_the_trail_and_the_rows_fit_after_all_of_it(world: World) -> None:
    give_key(world)
    codes = [filed(world, position=position, files=[SCAN]) for position in ("other", "unit_leader")]
    for code in codes:
        assert add(world, code, files=[SCAN]).status == 200
    found = verified(world)
    assert found.ok, found
