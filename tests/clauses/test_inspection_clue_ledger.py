"""The inspection office's clue ledger (XC-37.4): entered, followed, reconciled, closed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.clause_proof import proves
from tests.clauses.round_steps import RoundWorld, done, refused
from tests.clauses.test_inspection_expedite import INVESTIGATE, RECTIFY, clue, send
from tests.clauses.transfer_steps import REGISTER
from tests.world import Answer

LEDGER = "/inspection/clue-ledger"


@pytest.fixture
def w(tmp_path: Path) -> RoundWorld:
    return RoundWorld(tmp_path, services=("inspection", "clues", "notifications"))


def entries(w: RoundWorld) -> list[dict[str, Any]]:
    return list(w.office.get(LEDGER).body["items"])


def entry(w: RoundWorld) -> str:
    [found] = entries(w)
    return f"{LEDGER}/{found['id']}"


def transferred(w: RoundWorld) -> str:
    """A clue that was rectified at once, with the commission, and its line."""
    item = clue(w)
    done(w.do(item, "propose_rectifying_now", RECTIFY, by=w.leader))
    done(w.do(item, "consent_to_expedite", {"opinion": "同意"}, by=w.deputy_head))
    done(send(w, item, "rectify_now"))
    w.world.pump()
    assert w.world.parked() == []
    return entry(w)


def at_the_receiver(w: RoundWorld, act: str, **paper: object) -> None:
    [there] = w.world.as_("ags1").get(REGISTER).body["items"]
    done(w.world.as_("ags1").act(f"{REGISTER}/{there['id']}/{act}", paper))
    w.world.pump()


def concluded(w: RoundWorld) -> str:
    item = transferred(w)
    w.world.on(2026, 3, 9)
    at_the_receiver(w, "conclude_transferred_clue", result_code="sanctioned", result="办理情况")
    return item


def reconcile(w: RoundWorld, item: str, state: str) -> Answer:
    return w.do(item, "reconcile_entry", {"register_state": state})


def strike_off(w: RoundWorld, item: str) -> Answer:
    return w.do(item, "strike_off_entry", documents=("handling_result",))


@proves("XC-37.4a", check=2)
def test_a_transferred_clue_has_exactly_one_line(w: RoundWorld) -> None:
    item = clue(w)
    assert entries(w) == []
    done(w.do(item, "propose_rectifying_now", RECTIFY, by=w.leader))
    [line] = entries(w)
    assert (line["state"], line["found_no"]) == ("found", w.item(item, w.leader)["no"])
    done(w.do(item, "refuse_expedite", {"reason": "暂不移交"}, by=w.deputy_head))
    done(w.do(item, "propose_rectifying_now", RECTIFY, by=w.leader))
    done(w.do(item, "consent_to_expedite", {"opinion": "同意"}, by=w.deputy_head))
    done(send(w, item, "rectify_now"))
    [line] = entries(w)
    assert (line["state"], line["receiver"]) == ("transferred", "discipline_commission")
    assert "XC-37.4a" in w.item(f"{LEDGER}/{line['id']}")["timeline"][0]["clauses"]


@proves("XC-37.4a", check=3)
def test_the_ledger_is_the_offices_and_the_groups_leaders(w: RoundWorld) -> None:
    item = transferred(w)
    for reader in (w.office, w.head, w.deputy_head):
        assert w.item(item, reader)["state"] == "transferred"
    for stranger in (w.leader, w.member, w.leader_2, w.member_of_group, w.world.as_("ags1")):
        assert stranger.get(item).code == "UNKNOWN_REFERENCE"
    assert ("read", "p-zu1", item.rpartition("/")[2]) in w.audited("ACCESS_DENIED")


def test_a_clue_on_a_colleague_of_theirs_is_hidden_from_them(w: RoundWorld) -> None:
    """Whom a clue is on never knows of its line either."""
    item = clue(w, "p-xc1")
    done(w.do(item, "propose_investigating_now", INVESTIGATE, by=w.leader))
    assert entries(w) == []
    assert len(w.world.as_("xcd").get(LEDGER).body["items"]) == 1


@proves("XC-37.4b", check=1)
@pytest.mark.parametrize(("month", "day", "told"), [(6, 1, 0), (6, 2, 0), (6, 3, 1)])
def test_a_line_that_nobody_reconciled_for_a_quarter_is_overdue(
    w: RoundWorld, month: int, day: int, told: int
) -> None:
    """Entered on 2 March: due on 2 June."""
    item = transferred(w)
    w.world.on(2026, month, day)
    w.world.pump()
    assert [d["due_on"] for d in w.item(item)["duties"]] == ["2026-06-02"]
    notices = w.world.as_("xcd").get("/notifications/inbox").body["items"]
    assert sum((n["template"], n["clause"]) == ("deadline_overdue", "XC-37.4b") for n in notices) == told


@pytest.mark.parametrize("day", [1, 2, 3])
def test_each_reconciliation_begins_the_next_quarter(w: RoundWorld, day: int) -> None:
    """The interval is ours and not the text's: it reminds, and nothing of it is late."""
    item = transferred(w)
    w.world.on(2026, 6, day)
    [due] = w.item(item)["duties"]
    assert (due["light"] == "red") is (day == 3)
    done(reconcile(w, item, "registered"))
    duties = [(d["status"], d["due_on"], d["late"]) for d in w.item(item)["duties"]]
    assert sorted(duties) == [("met", "2026-06-02", False), ("open", f"2026-09-{day:02d}", False)]


@proves("XC-37.4b", check=2)
def test_a_difference_is_listed_and_settled_before_the_line_is_closed(w: RoundWorld) -> None:
    item = transferred(w)
    answer = done(reconcile(w, item, "concluded"))
    assert ("XC-37.4b" in answer.body["clauses"], w.item(item)["difference"]) == (True, "concluded")
    at_the_receiver(w, "conclude_transferred_clue", result_code="sanctioned", result="办理情况")
    refused(strike_off(w, item), "ITEMS_OUTSTANDING", "XC-37.4b")
    done(w.do(item, "settle_difference", {"explanation": "接收单位结果已补报"}))
    assert w.item(item)["difference"] == ""
    refused(w.do(item, "settle_difference", {"explanation": "再次"}), "WRONG_STATE", "XC-37.4b")
    done(strike_off(w, item))


@proves("XC-37.4c", check=1)
def test_without_the_receivers_result_no_line_is_closed(w: RoundWorld) -> None:
    item = transferred(w)
    refused(strike_off(w, item), "PRECONDITION_NOT_MET", "XC-37.4c")
    at_the_receiver(w, "report_transfer_progress", stage="verification")
    assert (w.item(item)["state"], w.item(item)["transfer_stage"]) == ("handling", "verification")
    refused(strike_off(w, item), "PRECONDITION_NOT_MET", "XC-37.4c")


@proves("XC-37.4c", check=2)
def test_a_closed_line_keeps_result_and_day(w: RoundWorld) -> None:
    item = concluded(w)
    refused(w.do(item, "strike_off_entry"), "MISSING_DOCUMENT", "XC-37.4c")
    answer = done(strike_off(w, item))
    assert "XC-37.4c" in answer.body["clauses"]
    line = w.item(item)
    assert (line["state"], line["handling_result"], line["concluded_on"], line["struck_off_on"]) == (
        "closed", "sanctioned", "2026-03-09", "2026-03-09",
    )  # fmt: skip
    assert [d["status"] for d in line["duties"]] == ["voided"]
