"""A unit's plan after an inspection's feedback, its items, their check and closing (LL-2.16, LZ-20.13, HS-5.5)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from services.inspection.storage_rectification import RectificationItem
from tests.clause_proof import proves
from tests.clauses.round_steps import RoundWorld, done, refused
from tests.world import Answer, Client

LISTS, PLANS = "/inspection/feedback-lists", "/inspection/rectification-plans"
ITEMS = "/inspection/rectification-items"
EVALUATION: dict[str, Any] = {"checked_on": "2026-03-02", "result": "verified", "proof": "现场核查记录"}
DONE = {"reported_on": "2026-03-02", "done": "已完善制度并清退款项"}


class RectificationWorld(RoundWorld):
    """A round at the education bureau has fed back three problems."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.engagement = self.unit_at("notified")
        self.clerk, self.unit = self.world.as_("clerk1"), self.world.as_("edu-clerk")
        self.liaison, self.commission = self.world.as_("jd1"), self.world.as_("leader")

    def register(self, count: int = 3, *, by: Client | None = None, **changes: Any) -> Answer:
        problems = [{"no": number, "problem": f"反馈问题{number}"} for number in range(1, count + 1)]
        of = {"unit_id": "edu", "round_id": self.round_of(self.engagement).rpartition("/")[2]}
        paper = of | {"feedback_on": "2026-03-02", "items": problems} | changes
        return self.do(LISTS, "register_feedback_list", paper, by=by or self.clerk)

    def registered(self) -> str:
        return str(done(self.register()).body["id"])

    def lines(self, *numbers: int) -> list[dict[str, Any]]:
        return [
            {"item_no": no, "measures": "完善制度", "owner_id": "p-edu-vice", "due_on": "2026-04-30"}
            for no in numbers
        ]

    def file_plan(self, of: str, *numbers: int, by: Client | None = None, **changes: Any) -> Answer:
        paper = {"feedback_id": of, "lines": self.lines(*numbers)} | changes
        documents = ("rectification_plan",)
        return self.do(PLANS, "file_rectification_plan", paper, by=by or self.unit, documents=documents)

    def items(self) -> list[str]:
        found = self.clerk.get(ITEMS).body["items"]
        return [f"{ITEMS}/{one['id']}" for one in sorted(found, key=lambda one: int(one["item_no"]))]

    def item_numbered(self, number: int) -> str:
        with self.world.runtimes["inspection"].db.read() as session:
            found = session.scalars(select(RectificationItem.id).where(RectificationItem.item_no == number))
            return f"{ITEMS}/{found.one()}"

    def report(
        self, item: str, *, by: Client | None = None, documents: tuple[str, ...] | None = None
    ) -> Answer:
        kinds = ("rectification_proof",) if documents is None else documents
        return self.do(item, "report_item_rectified", DONE, by=by or self.unit, documents=kinds)

    def check_item(self, item: str, by: Client | None = None, /, **changes: Any) -> Answer:
        paper = {key: value for key, value in (EVALUATION | changes).items() if value is not None}
        return self.do(item, "check_rectification_item", paper, by=by or self.clerk)

    def close(self, item: str) -> Answer:
        return self.do(item, "close_rectification_item", by=self.clerk)


@pytest.fixture
def w(tmp_path: Path) -> RectificationWorld:
    return RectificationWorld(tmp_path)


@proves("LL-2.16", check=1)
def test_a_plan_that_leaves_out_an_item_of_the_feedback_has_a_gap(w: RectificationWorld) -> None:
    of = w.registered()
    answer = done(w.file_plan(of, 1, 3))
    assert "LL-2.16" in answer.body["clauses"]
    plan = f"{PLANS}/{answer.body['id']}"
    for by in (w.clerk, w.unit, w.liaison):
        assert [(g["clause"], g["about"], g["filled_at"]) for g in w.item(plan, by)["gaps"]] == [
            ("LL-2.16", "2", None)
        ]
    revised = {"lines": w.lines(1, 2, 3)}
    documents = ("rectification_plan",)
    done(w.do(plan, "revise_rectification_plan", revised, by=w.unit, documents=documents))
    [gap] = w.item(plan, w.clerk)["gaps"]
    assert gap["filled_at"]
    assert (w.item(plan, w.clerk)["version_no"], w.item(plan, w.clerk)["planned_nos"]) == (2, ",1,2,3,")
    left_out = {"lines": w.lines(2)}
    done(w.do(plan, "revise_rectification_plan", left_out, by=w.unit, documents=documents))
    assert {g["about"] for g in w.item(plan, w.clerk)["gaps"] if not g["filled_at"]} == {"1", "3"}


@proves("LL-2.16", check=1)
def test_a_plan_on_every_item_has_no_gap_and_is_handed_on(w: RectificationWorld) -> None:
    answer = done(w.file_plan(w.registered(), 3, 1, 2))
    assert "LL-2.16" in answer.body["clauses"]
    assert w.item(f"{PLANS}/{answer.body['id']}", w.clerk)["gaps"] == []
    [event] = w.events("rectification_plan_received")
    round_id = w.round_of(w.engagement).rpartition("/")[2]
    assert event == {"plan_id": answer.body["id"], "unit_id": "edu", "round_id": round_id}


@proves("LL-2.16", check=2)
def test_without_feedback_on_the_unit_there_is_no_plan(w: RectificationWorld) -> None:
    refused(w.file_plan("none", 1), "UNKNOWN_REFERENCE", "LL-2.16", field="feedback_id")
    others = w.file_plan(w.registered(), 1, by=w.world.as_("hou-head"))
    refused(others, "UNKNOWN_REFERENCE", "LL-2.16", field="feedback_id")
    assert w.events("rectification_plan_received") == []


def test_the_lines_of_a_plan_are_on_what_was_fed_back(w: RectificationWorld) -> None:
    of = w.registered()
    refused(w.file_plan(of, 1, 4), "UNKNOWN_REFERENCE", field="lines.item_no")
    refused(w.file_plan(of, 1, 1), "DUPLICATE", field="lines.item_no")
    early = [w.lines(1)[0] | {"due_on": "2026-03-01"}]
    refused(w.file_plan(of, lines=early), "DATE_ORDER", field="lines.due_on")
    stranger = [w.lines(1)[0] | {"owner_id": "p-nobody"}]
    refused(w.file_plan(of, lines=stranger), "UNKNOWN_REFERENCE", field="lines.owner_id")
    paper = {"feedback_id": of, "lines": w.lines(1)}
    refused(w.do(PLANS, "file_rectification_plan", paper, by=w.unit), "MISSING_DOCUMENT", "LL-2.16")
    done(w.file_plan(of, 1))
    refused(w.file_plan(of, 1, 2), "DUPLICATE", field="feedback_id")
    refused(w.file_plan(of, 1, by=w.clerk), "WRONG_ROLE")


def test_feedback_is_registered_once_of_a_round_that_inspects_the_unit(w: RectificationWorld) -> None:
    refused(w.register(round_id="none"), "UNKNOWN_REFERENCE", field="round_id")
    refused(w.register(by=w.world.as_("clerk3")), "OUT_OF_SCOPE", field="unit_id")
    refused(w.register(feedback_on="2026-03-03"), "DATE_ORDER", field="feedback_on")
    refused(w.register(items=[{"no": 2, "problem": "问题"}]), "OUT_OF_RANGE", field="items.no")
    done(w.register(by=w.office))
    refused(w.register(), "DUPLICATE", field="round_id")
    assert [w.item(one, w.clerk)["item_no"] for one in w.items()] == [1, 2, 3]
    for outsider in ("hou-head", "clerk3", "zu1", "sys"):
        assert w.world.as_(outsider).get(w.items()[0]).status == 404


@proves("LZ-20.13", check=1)
def test_what_the_unit_reports_as_done_is_not_closed_without_the_offices_check(w: RectificationWorld) -> None:
    of = w.registered()
    item = w.items()[0]
    refused(w.close(item), "WRONG_STATE", "LZ-20.13")
    refused(w.report(item, documents=()), "MISSING_DOCUMENT", "LZ-20.13")
    assert "LZ-20.13" in done(w.report(item)).body["clauses"]
    refused(w.close(item), "NOT_VERIFIED", "LZ-20.13")
    for other in (w.liaison, w.office, w.commission):
        done(w.check_item(item, other))
    refused(w.close(item), "NOT_VERIFIED", "LZ-20.13")
    assert (w.item(item, w.clerk)["state"], w.item(f"{LISTS}/{of}", w.clerk)["closed_count"]) == (
        "reported",
        0,
    )


@proves("LZ-20.13", check=2)
def test_with_the_offices_check_and_its_proof_an_item_is_closed(w: RectificationWorld) -> None:
    of = w.registered()
    item = w.items()[1]
    done(w.report(item))
    refused(w.check_item(item, proof=" "), "MISSING_FIELD", "LZ-20.13", field="proof")
    done(w.check_item(item))
    assert "LZ-20.13" in done(w.close(item)).body["clauses"]
    shown = w.item(item, w.unit)
    assert (shown["state"], shown["closed_on"], shown["check_code"]) == ("closed", "2026-03-02", "verified")
    assert w.item(f"{LISTS}/{of}", w.unit)["closed_count"] == 1
    refused(w.check_item(item), "WRONG_STATE")


@proves("LZ-20.13", check=1)
@pytest.mark.parametrize("result", ["partly_verified", "not_rectified"])
def test_what_falls_short_goes_back_and_is_checked_anew(w: RectificationWorld, result: str) -> None:
    w.registered()
    item = w.items()[0]
    done(w.report(item))
    done(w.check_item(item))
    done(w.check_item(item, w.liaison, result=result))
    assert w.item(item, w.unit)["state"] == "open"
    done(w.report(item))
    refused(w.close(item), "NOT_VERIFIED", "LZ-20.13")
    done(w.check_item(item, result=result))
    refused(w.close(item), "WRONG_STATE", "LZ-20.13")
    done(w.report(item))
    done(w.check_item(item))
    assert "LZ-20.13" in done(w.close(item)).body["clauses"]
    assert [event["result_code"] for event in w.events("rectification_assessed")] == [
        "verified", result, result, "verified",
    ]  # fmt: skip


@proves("HS-5.5", check=1)
@pytest.mark.parametrize("account", ["leader", "jd1", "xc1", "clerk1"])
def test_a_check_stands_in_both_ledgers(w: RectificationWorld, account: str) -> None:
    w.registered()
    item, by = w.items()[2], w.world.as_(account)
    answer = done(w.check_item(item, by, result="not_rectified"))
    assert "HS-5.5" in answer.body["clauses"]
    for reader in (w.unit, w.clerk, w.commission):
        shown = w.item(item, reader)
        assert (shown["unit_ledger_no"], shown["office_ledger_no"]) == ("ZT-edu-003", "JD-pz1-003")
        assert (shown["check_count"], shown["checked_on"]) == (1, "2026-03-02")
        assert "check_rectification_item" in {one["act"] for one in shown["papers"]}
    [event] = w.events("rectification_assessed")
    assert event == {
        "item_id": item.rpartition("/")[2], "result_code": "not_rectified", "assessed_on": "2026-03-02",
    }  # fmt: skip


@proves("HS-5.5", check=2)
@pytest.mark.parametrize("account", ["leader", "clerk1"])
def test_a_check_has_its_result(w: RectificationWorld, account: str) -> None:
    w.registered()
    item, by = w.items()[0], w.world.as_(account)
    refused(w.check_item(item, by, result=None), "MISSING_FIELD", "HS-5.5", field="result")
    assert (w.item(item, by)["check_count"], w.events("rectification_assessed")) == (0, [])


def test_a_check_lies_between_the_report_and_today_and_is_never_the_units(w: RectificationWorld) -> None:
    w.registered()
    item = w.items()[0]
    done(w.report(item))
    refused(w.check_item(item, checked_on="2026-03-01"), "DATE_ORDER", field="checked_on")
    refused(w.check_item(item, checked_on="2026-03-03"), "DATE_ORDER", field="checked_on")
    refused(w.check_item(item, w.unit), "WRONG_ROLE")
    refused(w.report(item, by=w.clerk), "WRONG_ROLE")
