"""What a batch of ledger rows becomes, on both engines."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from contracts.events.every_service import DutyOpened
from dengwen.importing.transport import PATH
from services.chassis import tables
from services.chassis.audit import trail
from services.chassis.audit.tables import AuditEntry
from services.chassis.audit.verify import verify_installation
from services.chassis.clock import real_now
from services.chassis.states import recompute_states
from services.intake.acts.vault import open_identity
from services.intake.storage import Petition
from tests.clauses.intake_petitions import give_key
from tests.ledger_imports import row, send_rows
from tests.world import Answer, World


def statuses(answer: Answer) -> list[str]:
    assert answer.status == 200, answer.body
    return [line["status"] for line in answer.body["rows"]]


def events(world: World) -> list[dict[str, Any]]:
    with world.runtimes["intake"].db.read() as session:
        return [
            json.loads(body)
            for body in session.scalars(select(tables.Outbox.body).order_by(tables.Outbox.id))
        ]


def petitions(world: World) -> int:
    with world.runtimes["intake"].db.read() as session:
        return session.scalar(select(func.count()).select_from(Petition)) or 0


def test_an_open_row_becomes_an_unclassed_petition_of_its_registrar_alone(either: World) -> None:
    answer = send_rows(either, [row(1)])
    assert statuses(answer) == ["imported"]
    path = f"/intake/petitions/{answer.body['rows'][0]['id']}"
    shown = either.as_("clerk1").get(path).body
    assert (shown["state"], shown["secrecy"], shown["no"], shown["opened_on"]) == (
        "registered", "unclassed", "", "2026-05-06",
    )  # fmt: skip
    for other in ("head1", "clerk2", "xf1", "clerk3"):
        assert either.as_(other).get(path).code == "UNKNOWN_REFERENCE"
        assert either.as_(other).get("/intake/petitions").body["items"] == []


def test_what_the_row_said_is_read_from_its_encrypted_paper_and_stands_nowhere_else(either: World) -> None:
    texts = {"summary": "反映某事绝密之言", "subjects": ["张某乙"], "remark": "另附"}
    petition = send_rows(either, [row(1, **texts, reporters=["测试甲"])]).body["rows"][0]["id"]
    shown = either.as_("clerk1").get(f"/intake/petitions/{petition}").body
    paper = either.as_("clerk1").get(f"/intake/petitions/{petition}/papers/{shown['papers'][0]['id']}").body
    assert {name: paper["form"][name] for name in texts} == texts
    assert "测试甲" not in json.dumps(paper, ensure_ascii=False), (
        "who reported is in the vault, and not in the paper"
    )
    intake = either.runtimes["intake"]
    with intake.db.read() as session:
        kept = open_identity(session, intake.ring, petition)
        assert kept is not None
        assert "测试甲" in kept.model_dump_json()
    assert paper["titles"]["summary"] == "反映问题"
    with either.runtimes["intake"].db.read() as session:
        stored = [json.dumps(event) for event in events(either)]
        stored += [entry.body for entry in session.scalars(select(AuditEntry))]
        stored += [accepted.answer for accepted in session.scalars(select(tables.AcceptedAct))]
        stored += [repr(body) for body in session.scalars(select(tables.Paper.body))]
    for text in ("绝密", "测试甲", "张某乙", "另附", "测〔2026〕"):
        assert not [found for found in stored if text in found]


def test_a_closed_row_is_closed_opens_no_clock_and_tells_nobody(either: World) -> None:
    rows = [row(n, closed=True, closed_on="2026-06-01") for n in range(1, 21)]
    answer = send_rows(either, rows)
    shown = either.as_("clerk1").get(f"/intake/petitions/{answer.body['rows'][0]['id']}").body
    assert (shown["state"], shown["outcome_code"], shown["duties"]) == ("closed", "imported", [])
    assert events(either) == []


def test_an_overdue_open_row_asks_for_a_digest_and_one_of_today_for_reminders(either: World) -> None:
    send_rows(either, [row(1), row(2, received_on="2027-01-05", year=2027)])
    opened = [DutyOpened.model_validate_json(json.dumps(event["data"])) for event in events(either)]
    told = {duty.opened_on: (duty.clause, duty.digest_only, duty.sealed, duty.owed_person) for duty in opened}
    assert told == {
        date(2026, 5, 6): ("LZ-12.3", True, True, "p-clerk1"),
        date(2027, 1, 5): ("LZ-12.3", False, True, "p-clerk1"),
    }


def test_a_petition_taken_over_is_classed_and_goes_on_like_any_other(world: World) -> None:
    petition = send_rows(world, [row(1, channel=None)]).body["rows"][0]["id"]
    clerk = world.as_("clerk1")
    decision = {"class_code": "supervision_object", "subject_ids": ["p-edu-sec"]}
    classed = clerk.act(f"/intake/petitions/{petition}/classify_petition", decision)
    assert classed.status == 200, classed.body
    assert clerk.get(f"/intake/petitions/{petition}").body["no"] == "XF-pz1-2026-00001"
    digests = {
        event["data"]["clause"]: event["data"]["digest_only"]
        for event in events(world)
        if event["type"] == "intake.duty_opened.v1"
    }
    assert digests == {"LZ-12.3": True, "LZ-12.1": True}
    assert clerk.act(f"/intake/petitions/{petition}/forward_petition").body["state"] == "forwarded"


def test_an_imported_letter_that_is_registered_again_is_linked(world: World) -> None:
    clerk = world.as_("clerk1")
    decision = {"class_code": "supervision_object", "subject_ids": ["p-edu-sec"]}
    text = "反映某科级干部在测试项目中违规发放样本津贴"
    first = send_rows(world, [row(1, summary=text)]).body["rows"][0]["id"]
    clerk.act(f"/intake/petitions/{first}/classify_petition", decision)
    letter = {"received_on": "2027-01-05", "channel": "letter", "unit_id": "edu", "summary": text} | decision
    again = clerk.act("/intake/petitions/register_petition", letter).body["id"]
    assert clerk.get(f"/intake/petitions/{again}").body["duplicate_of"] == first


def test_of_a_delivered_petition_the_ledger_s_number_is_known_and_nothing_of_its_content(
    world: World,
) -> None:
    give_key(world)
    clerk = world.as_("clerk1")
    petition = send_rows(world, [row(1)]).body["rows"][0]["id"]
    path = f"/intake/petitions/{petition}"
    clerk.act(f"{path}/classify_petition", {"class_code": "unit_team", "subject_ids": ["p-edu-vice"]})
    cover = [{"kind": "petition_cover_letter", "id": clerk.upload("intake")}]
    assert clerk.act(f"{path}/escalate_petition", attachments=cover).body["state"] == "escalated"
    with world.runtimes["intake"].db.read() as session:
        assert session.get_one(Petition, petition).ledger_mark is None
    for again in (row(1), row(1, summary="另一件事")):
        assert statuses(send_rows(world, [again])) == ["repeated"]
    assert petitions(world) == 1


def test_the_same_rows_again_are_repeated_and_nothing_is_written(either: World) -> None:
    rows = [
        row(1),
        row(2, closed=True),
        row(3, ledger_no=None, occurrence=1),
        row(4, ledger_no=None, occurrence=2),
    ]
    first = send_rows(either, rows)
    again = send_rows(either, rows, digest="e" * 64)
    assert statuses(first) == ["imported"] * 4
    assert statuses(again) == ["repeated"] * 4
    assert [x["id"] for x in again.body["rows"]] == [x["id"] for x in first.body["rows"]]
    assert petitions(either) == 4


def test_a_number_that_says_something_else_is_refused_and_spoils_no_other_row(either: World) -> None:
    send_rows(either, [row(1)])
    answer = send_rows(either, [row(1, summary="另一件事"), row(2), row(3, received_on="2027-01-06")])
    assert statuses(answer) == ["refused", "imported", "refused"]
    duplicate, _, future = answer.body["rows"]
    assert (duplicate["code"], duplicate["field"], duplicate["row"]) == ("DUPLICATE", "ledger_no", 1)
    assert (future["code"], future["field"], future["row"]) == ("DATE_ORDER", "received_on", 3)
    assert future["reason_zh"].startswith("收件日期:")
    assert future["reason_en"].startswith("received_on: ")


def test_equal_rows_in_one_batch_are_taken_once(world: World) -> None:
    answer = send_rows(world, [row(1), row(1), row(1, summary="另一件事")])
    assert statuses(answer) == ["imported", "repeated", "refused"]


def test_numbers_are_an_office_s_own_and_a_year_s_own(either: World) -> None:
    assert statuses(send_rows(either, [row(1)])) == ["imported"]
    assert statuses(send_rows(either, [row(1)], account="clerk3")) == ["imported"]
    assert statuses(send_rows(either, [row(1, year=2025)], digest="e" * 64, year=None)) == ["imported"]


def test_a_colleague_learns_no_id_of_what_they_may_not_know(world: World) -> None:
    send_rows(world, [row(1)])
    line = send_rows(world, [row(1)], account="clerk2").body["rows"][0]
    assert line == {"row": 1, "status": "repeated"}


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"summary": ""}, "MISSING_FIELD", "summary"),
        ({"summary": "长" * 20_001}, "INVALID_FIELD", "summary"),
        ({"summary": 7}, "INVALID_FIELD", "summary"),
        ({"received_on": "2026-02-30"}, "INVALID_FIELD", "received_on"),
        ({"received_on": "1850-01-01"}, "INVALID_FIELD", "received_on"),
        ({"channel": "pigeon"}, "OUT_OF_RANGE", "channel"),
        ({"closed_on": "2026-01-01", "closed": True}, "DATE_ORDER", "closed_on"),
        ({"closed_on": "2026-08-01"}, "OUT_OF_RANGE", "closed"),
        ({"occurrence": 3}, "INVALID_FIELD", "occurrence"),
        ({"ledger_no": None}, "INVALID_FIELD", "occurrence"),
        ({"year": 12}, "INVALID_FIELD", "year"),
        ({"row": "first"}, "INVALID_FIELD", "row"),
        ({"subjects": ["甲"] * 51}, "INVALID_FIELD", "subjects"),
        ({"unheard_of": 1}, "UNKNOWN_FIELD", None),
    ],
)
def test_a_bad_row_is_refused_with_its_field_and_nothing_of_its_content(
    world: World, changes: dict[str, Any], code: str, field: str | None
) -> None:
    answer = send_rows(world, [row(1, **changes), row(2)])
    assert statuses(answer) == ["refused", "imported"]
    line = answer.body["rows"][0]
    assert (line["code"], line["field"]) == (code, field)
    assert "unheard" not in json.dumps(line)
    assert "长长" not in json.dumps(line, ensure_ascii=False)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 400, "MALFORMED"),
        ({"rows": [], "ledger": {"digest": "d" * 64, "year": None}}, 400, "MALFORMED"),
        ({"rows": "all", "ledger": {"digest": "d" * 64, "year": None}}, 400, "MALFORMED"),
        ({"rows": [1], "ledger": {"digest": "d" * 64, "year": None}}, 400, "MALFORMED"),
        ({"rows": [row(1)], "ledger": {"digest": "short", "year": None}}, 400, "MALFORMED"),
        ({"rows": [row(1)], "ledger": {"digest": "d" * 64, "year": "2026"}}, 400, "MALFORMED"),
        ({"rows": [row(1)], "ledger": {"digest": "d" * 64, "name": "x"}}, 400, "MALFORMED"),
        ({"rows": [row(1)]}, 400, "MALFORMED"),
        (
            {"rows": [row(n) for n in range(1, 202)], "ledger": {"digest": "d" * 64, "year": None}},
            422,
            "OUT_OF_RANGE",
        ),
        ({"rows": [row(1)], "ledger": {"digest": "d" * 64, "year": None}, "dry": True}, 400, "UNKNOWN_FIELD"),
    ],
)
def test_what_is_no_batch_is_refused_as_a_whole(world: World, body: Any, status: int, code: str) -> None:
    answer = world.as_("clerk1").send("POST", PATH, body=body)
    assert (answer.code, answer.status < 500) == (code, True)
    assert petitions(world) == 0


def test_a_replayed_batch_is_answered_as_before_and_another_body_under_its_key_is_refused(
    either: World,
) -> None:
    first = send_rows(either, [row(1), row(2, summary="")], key="batch-1")
    again = send_rows(either, [row(1), row(2, summary="")], key="batch-1")
    assert again.body == first.body | {"replayed": True}
    assert send_rows(either, [row(3)], key="batch-1").code == "IDEMPOTENCY_KEY_REUSED"
    assert petitions(either) == 1


def test_a_batch_without_a_key_is_refused(world: World) -> None:
    answer = world.as_("clerk1").send("POST", PATH, body={}, headers={"Idempotency-Key": ""})
    assert answer.code == "IDEMPOTENCY_KEY_REQUIRED"


@pytest.mark.parametrize("account", ["xf1", "leader", "sys", "edu-clerk"])
def test_only_a_dispatched_office_imports(world: World, account: str) -> None:
    answer = send_rows(world, [row(1)], account=account)
    assert (answer.status, answer.code) == (403, "WRONG_ROLE")
    assert world.as_(account).send("GET", PATH).code == "WRONG_ROLE"
    with world.runtimes["intake"].db.read() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.outcome == "refused")).first()
    assert entry is not None
    assert (entry.act, entry.code) == ("import_petition", "WRONG_ROLE")


@pytest.mark.parametrize("account", ["clerk1", "deputy1", "head1"])
def test_staff_and_leaders_of_a_dispatched_office_import_for_their_own(world: World, account: str) -> None:
    facts = world.as_(account).send("GET", PATH).body
    assert facts == {"office_id": "pz1", "today": "2027-01-05", "most_rows": 200}
    assert statuses(send_rows(world, [row(1)], account=account)) == ["imported"]


def test_one_ledger_file_has_one_year(either: World) -> None:
    send_rows(either, [row(1)])
    answer = send_rows(either, [row(2, year=2025)], year=2025)
    assert (answer.status, answer.code, answer.body["field"]) == (409, "DUPLICATE", "ledger.year")
    assert petitions(either) == 1


def test_no_row_can_be_imported_one_by_one_past_the_batch(world: World) -> None:
    answer = world.as_("clerk1").send("POST", "/intake/petitions/import_petition", body={})
    assert answer.code == "METHOD_NOT_ALLOWED"


def test_the_trail_has_an_entry_for_each_petition_that_gives_back_its_state(either: World) -> None:
    rows = [row(n, closed=n % 2 == 0) for n in range(1, 31)] + [row(31, ledger_no=None, occurrence=1)]
    send_rows(either, rows)
    runtime = either.runtimes["intake"]
    with runtime.db.write() as session:
        trail.sequence(session)
        trail.sign_head(session, runtime.ring.signing, runtime.ring.key_id, real_now())
    recompute = {"intake": recompute_states(runtime.kinds)}
    with runtime.db.read() as session:
        report = verify_installation({"intake": session}, runtime.ring.trust, recompute)
    assert report.first is None, report.first
    assert report.counts["intake"].subjects == len(rows)
    with runtime.db.write() as session:
        session.scalars(select(Petition)).first().state = "closed"  # type: ignore[union-attr]
        session.scalars(select(Petition).where(Petition.state == "registered")).first().state = "closed"  # type: ignore[union-attr]
    with runtime.db.read() as session:
        report = verify_installation({"intake": session}, runtime.ring.trust, recompute)
    assert report.first is not None
    assert report.first.fault.value == "state_changed"


def test_the_timeline_of_an_imported_petition_says_so(world: World) -> None:
    petition = send_rows(world, [row(1)]).body["rows"][0]["id"]
    line = world.as_("clerk1").get(f"/intake/petitions/{petition}").body["timeline"][0]
    assert (line["act"], line["zh"], line["to_state"], line["person"]) == (
        "import_petition", "台账导入", "registered", "p-clerk1",
    )  # fmt: skip
