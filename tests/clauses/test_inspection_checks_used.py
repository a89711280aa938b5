"""What spot checks and special checks found goes into clues and into the report (XC-14.3a, XC-22.0c)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.clause_proof import proves
from tests.clauses.result_steps import REPORTS, TEXT, ResultWorld, key
from tests.clauses.round_steps import done, refused
from tests.clauses.test_inspection_asked import CHECKS, FORM, LETTER, LINES, ORDER
from tests.world import Answer

CLUES = "/inspection/found-clues"
SUSPECTED: dict[str, Any] = FORM | {"suspected_breach": True}
REPORT = {"topic": "personnel_selection", "findings": "检查情况"}


@pytest.fixture
def w(tmp_path: Path) -> ResultWorld:
    return ResultWorld(tmp_path)


@pytest.fixture
def unit(w: ResultWorld) -> str:
    return w.in_fieldwork()


def checked(w: ResultWorld, unit: str) -> str:
    """A list with a result that suspects the bureau's head of a breach, and one that suspects nothing."""
    paper = {"engagement_id": key(unit), "lines": LINES}
    item = f"{CHECKS}/{done(w.do(CHECKS, 'propose_spot_checks', paper, by=w.leader)).body['id']}"
    done(w.do(item, "forward_spot_checks"))
    done(w.decide(item, w.deputy_head))
    done(w.do(item, "send_spot_checks", LETTER, documents=("spot_check_instruction",)))
    done(w.do(item, "return_spot_check_form", SUSPECTED))
    done(w.do(item, "return_spot_check_form", FORM | {"person_id": "p-edu-vice"}))
    return item


def open_clue(w: ResultWorld, unit: str, item: str, **changes: Any) -> Answer:
    paper = {
        "engagement_id": key(unit),
        "spot_check_id": key(item),
        "person_id": "p-edu-head",
        "finding": "隐瞒不报房产",
    }
    return w.do(CLUES, "open_clue_of_spot_check", paper | changes, by=w.leader)


def classed(w: ResultWorld, unit: str, clue: str) -> None:
    minutes = done(w.session(w.team_at(unit), matters=["clue_classes"])).body["id"]
    done(w.do(clue, "classify_clue", {"class_code": "key", "session_id": minutes}, by=w.leader))


def clock(w: ResultWorld, item: str) -> Any:
    [found] = [d for d in w.item(item)["duties"] if d["clause"] == "XC-14.3a"]
    return found


@proves("XC-14.3a", check=1)
def test_a_suspected_breach_stands_in_a_clue_before_the_clue_report_is_signed(
    w: ResultWorld, unit: str
) -> None:
    item = checked(w, unit)
    nobody = open_clue(w, unit, item, person_id="p-edu-vice")
    refused(nobody, "OUT_OF_SCOPE", "XC-14.3a", field="person_id")
    done(w.leave(unit))
    bare = w.clue_report(unit)
    refused(w.sign(bare), "PRECONDITION_NOT_MET", "XC-14.3a")
    clue = f"{CLUES}/{done(open_clue(w, unit, item)).body['id']}"
    classed(w, unit, clue)
    entries = [
        {"clue_id": one, "allegation": "问题", "what_was_learned": "情况", "classification_opinion": "key"}
        for one in w.clues_of(unit)
    ]
    done(w.do(bare, "revise_report", {"entries": entries}, by=w.leader))
    assert "XC-14.3a" in done(w.sign(bare)).body["clauses"]


def test_a_suspicion_goes_into_the_clue_that_there_is_on_the_cadre(w: ResultWorld, unit: str) -> None:
    item = checked(w, unit)
    other = w.clue(w.interviewed(unit), "p-edu-clerk")
    use = {"spot_check_id": key(item), "person_id": "p-edu-head", "finding": "隐瞒不报房产"}
    strange = w.do(other, "write_spot_check_into_clue", use, by=w.leader)
    refused(strange, "OUT_OF_SCOPE", "XC-14.3a", field="person_id")
    own = w.clue(w.interviewed(unit), "p-edu-head")
    hidden = w.do(own, "write_spot_check_into_clue", use, by=w.deputy)
    refused(hidden, "UNKNOWN_REFERENCE", "XC-14.3a", field="spot_check_id")
    done(w.do(own, "write_spot_check_into_clue", use, by=w.leader))
    assert clock(w, item)["status"] == "met"


@pytest.mark.parametrize(("day", "light"), [(4, "amber"), (5, "amber"), (6, "red")])
def test_results_are_studied_within_three_working_days(
    w: ResultWorld, unit: str, day: int, light: str
) -> None:
    """The text says *promptly*: three working days are ours, so what is done later is no breach."""
    item = checked(w, unit)
    w.world.on(2026, 3, day)
    assert (clock(w, item)["due_on"], clock(w, item)["light"]) == ("2026-03-05", light)
    done(open_clue(w, unit, item))
    assert (clock(w, item)["status"], clock(w, item)["late"]) == ("met", False)
    assert [p for p in w.item(item)["papers"] if p["kind"] == "ResultUsed"] == []


def signed(w: ResultWorld, unit: str, **cited: Any) -> Answer:
    """The inspection report, drafted anew with what it cites, deliberated, before the leader."""
    report = w.report(unit, "inspection") if w.leader.get(REPORTS["inspection"]).body["items"] else ""
    if report:
        done(w.do(report, "redraft_report", TEXT | cited, by=w.member))
    else:
        report = w.inspection_report(unit, **cited)
    done(w.deliberate(report))
    return w.sign(report)


@proves("XC-14.3a", check=2)
def test_the_inspection_report_cites_the_result(w: ResultWorld, unit: str) -> None:
    item = checked(w, unit)
    done(open_clue(w, unit, item))
    done(w.leave(unit))
    refused(signed(w, unit), "CONTENT_RULE", "XC-14.3a", field="cited_spot_checks")
    answer = done(signed(w, unit, cited_spot_checks=[key(item)], spot_check_findings="核实情况"))
    assert "XC-14.3a" in answer.body["clauses"]


def ordered(w: ResultWorld, unit: str) -> None:
    documents = ("county_committee_order",)
    done(w.do(unit, "open_special_check", ORDER, by=w.leader, documents=documents))


@proves("XC-22.0c", check=1)
def test_a_special_check_ends_with_a_report(w: ResultWorld, unit: str) -> None:
    early = w.do(unit, "report_special_check", REPORT, by=w.member)
    refused(early, "PRECONDITION_NOT_MET", "XC-22.0c", field="topic")
    ordered(w, unit)
    done(w.leave(unit))
    answer = signed(w, unit, cited_topics=["personnel_selection"])
    refused(answer, "MISSING_DOCUMENT", "XC-22.0c")
    empty = w.do(unit, "report_special_check", REPORT | {"findings": ""}, by=w.member)
    refused(empty, "MISSING_FIELD", "XC-22.0c", field="findings")


@proves("XC-22.0c", check=2)
def test_the_inspection_report_cites_the_special_check(w: ResultWorld, unit: str) -> None:
    ordered(w, unit)
    done(w.do(unit, "report_special_check", REPORT, by=w.member))
    done(w.leave(unit))
    refused(signed(w, unit), "CONTENT_RULE", "XC-22.0c", field="cited_topics")
    done(signed(w, unit, cited_topics=["personnel_selection"], special_checks="检查情况"))
