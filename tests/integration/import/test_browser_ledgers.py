"""A ledger as the desk brings it in: uploaded, its columns agreed on, sent batch by batch, given back, forgotten."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from services.chassis.audit.tables import AuditEntry
from services.chassis.clock import real_now
from services.chassis.tables import CaseKey
from services.intake.ledgers import routes
from services.intake.ledgers.showing import KEPT_FOR
from services.intake.storage import KeptBatch, KeptLedger, Petition
from tests.world import Answer, Client, World

HEADER = "编号,收件日期,信访方式,被反映人,反映问题,经手"
ROWS = [
    "测〔2026〕1号,2026-03-02,来信,甲,反映绝密之言一,乙",
    "测〔2026〕2号,2026-03-03,来信,甲,反映绝密之言二,乙",
    "测〔2026〕3号,不是日期,来信,甲,反映绝密之言三,乙",
    "测〔2026〕4号,2026-03-05,来信,甲,反映绝密之言四,乙",
]


def text(rows: list[str] = ROWS) -> bytes:
    return "\n".join([HEADER, *rows]).encode()


def upload(client: Client, body: bytes, name: str = "台账 2026.csv", key: str | None = None) -> Answer:
    headers = {"X-File-Name": quote(name)}
    return client.send("POST", "/intake/ledgers", raw=body, headers=headers, key=key)


def kept(client: Client, body: bytes | None = None) -> str:
    answer = upload(client, body if body is not None else text())
    assert answer.status == 201, answer.body
    return str(answer.body["id"])


def as_proposed(client: Client, ledger: str, **also: Any) -> Answer:
    """The columns as they are proposed."""
    fields = client.get(f"/intake/ledgers/{ledger}").body["fields"]
    columns = {one["field"]: one["column"] for one in fields} | also.pop("columns", {})
    return client.send("POST", f"/intake/ledgers/{ledger}/columns", body={"columns": columns, **also})


def send_all(client: Client, ledger: str) -> dict[str, Any]:
    told: dict[str, Any] = client.get(f"/intake/ledgers/{ledger}").body
    while told["state"] != "done":
        answer = client.send(
            "POST", f"/intake/ledgers/{ledger}/batches", body={"batch": told["progress"]["next"] or 0}
        )
        assert answer.status == 200, answer.body
        told = answer.body
    return told


def rows_of(workbook: bytes) -> list[list[Any]]:
    sheet = load_workbook(BytesIO(workbook)).active
    assert sheet is not None
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def count(world: World, model: type) -> int:
    with world.runtimes["intake"].db.read() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_a_ledger_goes_from_its_file_to_petitions_and_what_was_not_taken_comes_back(either: World) -> None:
    clerk = either.as_("clerk1")
    ledger = kept(clerk)
    shown = clerk.get(f"/intake/ledgers/{ledger}").body
    assert (shown["state"], shown["name"], shown["header_row"]) == ("columns", "台账 2026.csv", 1)
    found = {one["field"]: (one["column"], one["certainty"]) for one in shown["fields"] if one["column"]}
    assert found["received_on"] == ("B", "sure")
    assert shown["columns"][4]["samples"] == ["反映绝密之言一", "反映绝密之言二", "反映绝密之言三"]
    checked = as_proposed(clerk, ledger, year=2026).body
    assert checked["state"] == "checked"
    assert (checked["survey"]["good"], checked["survey"]["bad"]) == (3, 1)
    assert count(either, Petition) == 0, "nothing is imported before the office says so"
    done = send_all(clerk, ledger)
    assert done["totals"] == {"imported": 3, "already": 0, "repeated": 0, "given_back": 1}
    assert done["progress"]["done"] == done["progress"]["rows"] == 4
    assert count(either, Petition) == 3
    back = clerk.get(f"/intake/ledgers/{ledger}/given-back")
    title, row = rows_of(back.body)
    assert title[:4] == ["原因", "Reason", "原行号 / Row", "编号"]
    assert row[2:5] == [4, "测〔2026〕3号", "不是日期"]


def test_the_same_file_again_finds_every_row_already_there(world: World) -> None:
    clerk = world.as_("clerk1")
    for totals in ((3, 0), (0, 3)):
        ledger = kept(clerk)
        as_proposed(clerk, ledger, year=2026)
        done = send_all(clerk, ledger)["totals"]
        assert (done["imported"], done["already"]) == totals
    assert count(world, Petition) == 3


def test_a_batch_that_is_sent_twice_and_a_cut_between_batches_double_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "MOST_ROWS", 1)
    clerk = world.as_("clerk1")
    ledger = kept(clerk)
    assert as_proposed(clerk, ledger, year=2026).body["progress"]["batches"] == 3
    path = f"/intake/ledgers/{ledger}/batches"
    first = clerk.send("POST", path, body={"batch": 0}).body
    assert clerk.send("POST", path, body={"batch": 0}).body == first
    assert (first["progress"]["sent"], first["progress"]["next"], count(world, Petition)) == (1, 1, 1)
    again = as_proposed(clerk, ledger, year=2025)
    assert (again.status, again.code) == (409, "WRONG_STATE"), "once rows are sent the columns stand"
    assert send_all(clerk, ledger)["totals"]["imported"] == 3
    assert count(world, Petition) == 3


def test_a_ledger_is_its_uploaders_alone_and_lies_encrypted(world: World) -> None:
    clerk = world.as_("clerk1")
    ledger = kept(clerk)
    as_proposed(clerk, ledger, year=2026)
    for other in ("head1", "clerk2", "clerk3"):
        assert world.as_(other).get("/intake/ledgers").body["items"] == []
        bodies = {"/batches": {"batch": 0}, "/columns": {"columns": {}}, "/header": {}}
        asked = [("GET", ""), ("GET", "/given-back"), ("DELETE", ""), *(("POST", path) for path in bodies)]
        for method, path in asked:
            body = bodies.get(path)
            answer = world.as_(other).send(method, f"/intake/ledgers/{ledger}{path}", body=body)
            assert (answer.status, answer.code) == (404, "UNKNOWN_REFERENCE"), (other, method, path)
    assert world.as_("sys").get("/intake/ledgers").code == "WRONG_ROLE"
    with world.runtimes["intake"].db.read() as session:
        row = session.get_one(KeptLedger, ledger)
        stored = [row.content, row.about, row.problems, *session.scalars(select(KeptBatch.body))]
        told = [entry.body for entry in session.scalars(select(AuditEntry))]
    for words in ("绝密", "台账 2026", "测〔2026〕"):
        assert not [one for one in stored if words.encode() in one]
        assert not [one for one in told if words in one or json.dumps(words)[1:-1] in one]


def test_what_is_done_dropped_or_left_alone_for_a_week_is_forgotten(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk, intake = world.as_("clerk1"), world.runtimes["intake"]
    before = count(world, CaseKey)
    done, dropped, left = (kept(clerk, text(ROWS[:1])) for _ in range(3))
    as_proposed(clerk, done, year=2026)
    send_all(clerk, done)
    with intake.db.read() as session:
        assert session.get_one(KeptLedger, done).content == b""
        assert set(session.scalars(select(KeptBatch.body).where(KeptBatch.ledger_id == done))) == {b""}
    assert clerk.get(f"/intake/ledgers/{done}/given-back").code == "UNKNOWN_REFERENCE", "every row was taken"
    assert clerk.send("DELETE", f"/intake/ledgers/{dropped}").status == 204
    routes.on_tick(intake)
    assert {one["id"] for one in clerk.get("/intake/ledgers").body["items"]} == {done, left}
    later = real_now() + KEPT_FOR + timedelta(minutes=1)
    monkeypatch.setattr(routes, "real_now", lambda: later)
    routes.on_tick(intake)
    assert clerk.get("/intake/ledgers").body["items"] == []
    assert (count(world, KeptLedger), count(world, KeptBatch)) == (0, 0)
    assert count(world, CaseKey) == before + 1, "the petition's key alone is left"


@pytest.mark.parametrize(
    ("body", "name", "code"),
    [
        (b"", "a.csv", "BROKEN_FILE"),
        (b"PK\x03\x04 cut off", "a.xlsx", "BROKEN_FILE"),
        (b"one,two\n1,2", "a.csv", "MISSING_FIELD"),
        (b"%PDF-1.4", "a.pdf", "UNSUPPORTED_MEDIA"),
        (text(), "", "INVALID_FIELD"),
        (text(), "x" * 201, "INVALID_FIELD"),
        (text([ROWS[0]] * 20_001), "a.csv", "TOO_LARGE"),
        (b"x" * 10_000_001, "a.csv", "TOO_LARGE"),
    ],
)
def test_a_file_that_is_no_ledger_is_refused_and_nothing_is_kept(
    world: World, body: bytes, name: str, code: str
) -> None:
    clerk = world.as_("clerk1")
    answer = upload(clerk, body, name)
    if answer.status == 201:  # only a reading of the whole finds how many rows there are
        answer = as_proposed(clerk, str(answer.body["id"]))
        assert count(world, KeptBatch) == 0
    else:
        assert count(world, KeptLedger) == 0
    assert answer.code == code


def test_columns_are_corrected_and_what_cannot_be_is_said_at_the_field(world: World) -> None:
    clerk = world.as_("clerk1")
    ledger = kept(clerk)
    for columns, code, field in (
        ({"received_on": None}, "MISSING_FIELD", "received_on"),
        ({"summary": "B"}, "DUPLICATE", "summary"),
        ({"summary": "Z"}, "UNKNOWN_REFERENCE", "summary"),
        ({"summary": "zz"}, "INVALID_FIELD", "columns.summary"),
    ):
        answer = as_proposed(clerk, ledger, columns={"received_on": "B"} | columns)
        assert (answer.code, answer.body["field"]) == (code, field)
    corrected = as_proposed(clerk, ledger, columns={"handler": "F"}, year=2026)
    assert {one["field"]: one["column"] for one in corrected.body["fields"]}["handler"] == "F"
    again = as_proposed(clerk, ledger, columns={"handler": None}, year=2026)
    assert {one["field"]: one["column"] for one in again.body["fields"]}["handler"] is None, (
        "changed before it is sent"
    )


def test_another_header_row_is_looked_at(world: World) -> None:
    clerk = world.as_("clerk1")
    ledger = kept(clerk, text([HEADER, *ROWS]))
    told = clerk.send("POST", f"/intake/ledgers/{ledger}/header", body={"header_row": 2}).body
    assert (told["header_row"], told["columns"][0]["samples"][0]) == (2, "测〔2026〕1号")
    for header_row, code in ((99, "UNKNOWN_REFERENCE"), (0, "OUT_OF_RANGE")):
        assert (
            clerk.send("POST", f"/intake/ledgers/{ledger}/header", body={"header_row": header_row}).code
            == code
        )


def test_an_upload_is_kept_once_for_its_key_and_five_at_a_time(world: World) -> None:
    clerk = world.as_("clerk1")
    first = upload(clerk, text(), key="once")
    again = upload(clerk, text(), key="once")
    assert (again.status, again.body["id"]) == (200, first.body["id"])
    assert upload(clerk, text(ROWS[:1]), key="once").code == "IDEMPOTENCY_KEY_REUSED"
    for _ in range(4):
        kept(clerk)
    assert upload(clerk, text()).code == "TOO_LARGE"


def test_another_year_for_the_same_file_is_refused_batch_by_batch_and_can_be_set_right(world: World) -> None:
    clerk = world.as_("clerk1")
    first, second = kept(clerk), kept(clerk)
    as_proposed(clerk, first, year=2026)
    send_all(clerk, first)
    as_proposed(clerk, second, year=2025)
    answer = clerk.send("POST", f"/intake/ledgers/{second}/batches", body={"batch": 0})
    assert (answer.code, answer.body["field"]) == ("DUPLICATE", "ledger.year")
    as_proposed(clerk, second, year=2026)
    assert send_all(clerk, second)["totals"]["already"] == 3


def test_what_the_reader_does_leaves_no_file_behind(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    kept(world.as_("clerk1"))
    assert list(folder.iterdir()) == []
