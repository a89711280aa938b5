"""What a team has others check (XC-14, XC-22)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.clause_proof import proves
from tests.clauses.round_steps import RoundWorld, done, refused
from tests.world import Answer, Client

CHECKS = "/inspection/spot-checks"
LINES: list[dict[str, Any]] = [
    {"person_id": "p-edu-head", "post": "局长", "reason": "信访反映"},
    {"person_id": "p-edu-vice", "post": "副局长", "reason": "谈话反映"},
]
LETTER = {"letter_no": "巡察函〔2026〕1号"}
FORM: dict[str, Any] = {
    "person_id": "p-edu-head",
    "received_on": "2026-03-02",
    "check_result": "核实情况",
    "review_opinion": "审核意见",
}
ORDER: dict[str, Any] = {"topic": "personnel_selection", "order_no": "县委〔2026〕5号", "head_id": "p-zu1"}


@pytest.fixture
def w(tmp_path: Path) -> RoundWorld:
    return RoundWorld(tmp_path)


@pytest.fixture
def unit(w: RoundWorld) -> str:
    return w.unit_at("entered")


def propose(w: RoundWorld, unit: str, *, by: Client | None = None, **changes: Any) -> Answer:
    paper = {"engagement_id": unit.rpartition("/")[2], "lines": LINES} | changes
    return w.do(CHECKS, "propose_spot_checks", paper, by=by or w.leader)


def proposed(w: RoundWorld, unit: str) -> str:
    return f"{CHECKS}/{done(propose(w, unit)).body['id']}"


def approved(w: RoundWorld, unit: str) -> str:
    item = proposed(w, unit)
    done(w.do(item, "forward_spot_checks"))
    done(w.decide(item, w.deputy_head))
    return item


def sent(w: RoundWorld, unit: str) -> str:
    item = approved(w, unit)
    done(w.do(item, "send_spot_checks", LETTER, documents=("spot_check_instruction",)))
    return item


@proves("XC-14.1a", check=1)
@pytest.mark.parametrize("field", ["post", "reason"])
def test_an_entry_of_the_list_has_post_and_reason(w: RoundWorld, unit: str, field: str) -> None:
    answer = propose(w, unit, lines=[LINES[0], LINES[1] | {field: ""}])
    refused(answer, "MISSING_FIELD", "XC-14.1a", field=f"lines.{field}")
    refused(propose(w, unit, by=w.deputy), "WRONG_ROLE", "XC-14.1a")


@proves("XC-14.1a", check=2)
def test_without_any_list_the_fieldwork_closes_without_a_gap(w: RoundWorld, unit: str) -> None:
    done(w.do(unit, "close_fieldwork", by=w.leader))
    assert w.gaps(unit, "XC-14.1a") == set()
    refused(propose(w, unit), "WRONG_STATE", "XC-14.1a")


@proves("XC-14.1b", check=1)
def test_the_team_does_not_send_the_list_to_the_head_itself(w: RoundWorld, unit: str) -> None:
    item = proposed(w, unit)
    refused(w.do(item, "forward_spot_checks", by=w.leader), "WRONG_ROUTE", "XC-14.1b")


@proves("XC-14.1b", check=2)
@pytest.mark.parametrize("who", ["head", "deputy_head"])
def test_the_head_or_the_standing_deputy_approves_the_list(w: RoundWorld, unit: str, who: str) -> None:
    item = proposed(w, unit)
    done(w.do(item, "forward_spot_checks"))
    answer = done(w.decide(item, getattr(w, who)))
    assert (answer.body["state"], "XC-14.1b" in answer.body["clauses"]) == ("approved", True)


@proves("XC-14.2a", check=1)
def test_an_unapproved_list_is_not_sent(w: RoundWorld, unit: str) -> None:
    item = proposed(w, unit)
    answer = w.do(item, "send_spot_checks", LETTER, documents=("spot_check_instruction",))
    refused(answer, "APPROVAL_REQUIRED", "XC-14.2a")


@proves("XC-14.2a", check=2)
def test_the_instruction_goes_with_it(w: RoundWorld, unit: str) -> None:
    item = approved(w, unit)
    refused(w.do(item, "send_spot_checks", LETTER), "MISSING_DOCUMENT", "XC-14.2a")
    [duty] = [d for d in w.item(item)["duties"] if d["clause"] == "XC-14.2a"]
    assert duty["due_on"] == "2026-03-04"


@proves("XC-14.2a", check=3)
def test_the_department_is_told_once_and_of_no_cadre(w: RoundWorld, unit: str) -> None:
    item = sent(w, unit)
    [event] = w.events("spot_check_approved")
    assert (event["list_id"], event["approved_by"]) == (item.rpartition("/")[2], "p-xz2")
    assert "p-edu" not in json.dumps(event)
    assert "XC-14.2a" in w.item(item)["timeline"][-1]["clauses"]


@proves("XC-14.2b", check=1)
def test_a_form_has_its_review_opinion(w: RoundWorld, unit: str) -> None:
    item = sent(w, unit)
    answer = w.do(item, "return_spot_check_form", FORM | {"review_opinion": ""})
    refused(answer, "MISSING_FIELD", "XC-14.2b", field="review_opinion")


@proves("XC-14.2b", check=2)
def test_a_form_comes_back_through_the_office(w: RoundWorld, unit: str) -> None:
    item = sent(w, unit)
    answer = w.do(item, "return_spot_check_form", FORM | {"through_office": False})
    refused(answer, "WRONG_ROUTE", "XC-14.2b", field="through_office")
    assert w.do(item, "return_spot_check_form", FORM, by=w.leader).code == "WRONG_ROLE"


@proves("XC-14.2b", check=3)
def test_the_check_is_closed_with_a_form_for_each(w: RoundWorld, unit: str) -> None:
    item = sent(w, unit)
    done(w.do(item, "return_spot_check_form", FORM))
    refused(w.do(item, "close_spot_checks", by=w.leader), "MISSING_DOCUMENT", "XC-14.2b")
    done(w.do(item, "return_spot_check_form", FORM | {"person_id": "p-edu-vice"}))
    assert len(w.events("spot_check_returned")) == 2
    done(w.do(item, "close_spot_checks", by=w.leader))


def test_the_list_is_there_for_who_carries_it(w: RoundWorld, unit: str) -> None:
    item = proposed(w, unit)
    accounts = ("zu1", "xc1", "xcd", "xz1", "xz2", "xz3", "zu2", "zu3", "zu4", "edu-head", "head1", "sys")
    assert {one for one in accounts if w.world.as_(one).get(item).status == 200} == {
        "zu1", "xc1", "xcd", "xz1", "xz2",
    }  # fmt: skip


@proves("XC-22.0a", check=1)
def test_no_special_check_without_the_county_committee(w: RoundWorld, unit: str) -> None:
    with_scan = {"documents": ("county_committee_order",)}
    bare = w.do(unit, "open_special_check", ORDER | {"order_no": ""}, by=w.leader, **with_scan)
    refused(bare, "APPROVAL_REQUIRED", "XC-22.0a", field="order_no")
    refused(w.do(unit, "open_special_check", ORDER, by=w.leader), "APPROVAL_REQUIRED", "XC-22.0a")


@proves("XC-22.0a", check=2)
def test_an_ordered_check_is_told(w: RoundWorld, unit: str) -> None:
    answer = done(w.do(unit, "open_special_check", ORDER, by=w.leader, documents=("county_committee_order",)))
    assert "XC-22.0a" in answer.body["clauses"]
    assert [(e["unit_id"], e["topic"]) for e in w.events("special_check_ordered")] == [
        ("edu", "personnel_selection")
    ]


@proves("XC-22.0b", check=1)
@pytest.mark.parametrize("head", ["p-zu2", ""])
def test_a_special_check_is_led_by_the_leader(w: RoundWorld, unit: str, head: str) -> None:
    order = ORDER | {"head_id": head}
    answer = w.do(unit, "open_special_check", order, by=w.leader, documents=("county_committee_order",))
    refused(answer, "WRONG_ROLE", "XC-22.0b", field="head_id")
