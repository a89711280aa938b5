"""The office guides and checks a unit's discipline organisation, which asks it before it handles a matter (LZ-21)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from contracts.events.notifications import OfficeRegistered
from tests.clause_proof import proves
from tests.clauses.clues_steps import done, refused
from tests.clauses.unit_org_steps import CHECKS, OPINIONS, UnitOrgWorld


@pytest.fixture
def here(tmp_path: Path) -> UnitOrgWorld:
    return UnitOrgWorld(tmp_path)


@proves("LZ-21.7", check=1)
def test_a_checks_findings_are_answered_on_the_same_item(here: UnitOrgWorld) -> None:
    recorded = done(here.check())
    item = recorded.body["id"]
    assert (recorded.body["state"], "LZ-21.7" in recorded.body["clauses"]) == ("answer_due", True)
    [event] = here.events("clues.unit_org_inspected")
    assert event.data == {"inspection_id": item, "unit_id": "edu", "finding_count": 2}
    assert here.told_of("unit_org_check_to_answer") == [("unit_discipline_org", "edu", "")]
    [waiting] = [x for x in here.org.get("/clues/worklist").body["items"] if x["kind"] == "unit_org_check"]
    assert [act["name"] for act in waiting["acts"]] == ["answer_unit_org_check"]
    path = f"{CHECKS}/{item}/answer_unit_org_check"
    refused(here.org.act(path, {}), "MISSING_FIELD", "LZ-21.7")
    refused(here.clerk.act(path, {"answer": "代答"}), "WRONG_ROLE", "LZ-21.7")
    here.world.on(2026, 3, 5)
    done(here.org.act(path, {"answer": "已补齐登记"}))
    shown = here.clerk.get(f"{CHECKS}/{item}").body
    assert (shown["state"], shown["answered_on"]) == ("done", "2026-03-05")
    assert [paper["zh"] for paper in shown["papers"]] == ["指导记录", "指导检查答复"]
    assert here.told_of("unit_org_check_answered") == [("", "", "p-clerk1")]
    refused(here.org.act(path, {"answer": "再答"}), "PRECONDITION_NOT_MET", "LZ-21.7")


@proves("LZ-21.7", check=2)
def test_a_unit_that_the_office_does_not_cover_is_neither_guided_nor_checked(here: UnitOrgWorld) -> None:
    for changes in ({"unit_id": "hou"}, {"unit_id": "hou", "lever": "guidance", "finding_count": 0}):
        answer = here.check(**changes)
        refused(answer, "OUT_OF_SCOPE", "LZ-21.7")
        assert answer.body["field"] == "unit_id"
    here.hear(
        OfficeRegistered(
            office_id="alone",
            kind="supervised_unit",
            parent_office_id="",
            liaison_office_id="",
            status="active",
            valid_from=date(2020, 1, 1),
            version=1,
        )
    )
    refused(here.check(unit_id="alone"), "OUT_OF_SCOPE", "LZ-21.7")
    refused(here.check(unit_id="nowhere"), "UNKNOWN_REFERENCE", "LZ-21.7")
    assert here.events("clues.unit_org_inspected") == []


def test_guidance_has_no_findings_and_is_told_to_nobody(here: UnitOrgWorld) -> None:
    answer = here.check(lever="guidance")
    assert (answer.code, answer.body["field"]) == ("OUT_OF_RANGE", "finding_count")
    assert done(here.check(lever="guidance", finding_count=0)).body["state"] == "done"
    assert done(here.check(finding_count=0)).body["state"] == "done"
    assert [e.data["finding_count"] for e in here.events("clues.unit_org_inspected")] == [0]
    assert here.told_of("unit_org_check_to_answer") == []
    assert here.check(held_on="2026-03-03").code == "DATE_ORDER"


@proves("LZ-21.8", check=1)
def test_no_handling_is_recorded_before_the_offices_opinion(here: UnitOrgWorld) -> None:
    item = here.asked()
    [request] = here.events("clues.unit_org_opinion_requested")
    assert request.data == {"request_id": item, "unit_id": "edu", "requested_on": "2026-03-02"}
    assert here.told_of("unit_org_opinion_asked") == [("dispatched_office_leader", "pz1", "")]
    refused(here.handle(item), "OPINION_OUTSTANDING", "LZ-21.8")
    done(here.give(item))
    [given] = here.events("clues.unit_org_opinion_given")
    assert given.data == {"request_id": item, "opinion_code": "agreed", "given_on": "2026-03-02"}
    assert here.told_of("unit_org_opinion_given") == [("unit_discipline_org", "edu", "")]
    assert done(here.handle(item)).body["state"] == "handled"
    refused(here.handle(item), "DUPLICATE", "LZ-21.8")
    refused(here.give(item), "DUPLICATE", "LZ-21.8")


@proves("LZ-21.8", check=2)
@pytest.mark.parametrize(
    ("given", "handled", "accepted"),
    [
        ("2026-03-05", "2026-03-04", False),
        ("2026-03-05", "2026-03-05", True),
        ("2026-03-05", "2026-03-06", True),
        ("2026-03-05", "2026-03-07", False),  # tomorrow
    ],
)
def test_an_opinion_of_after_the_handling_is_none(
    here: UnitOrgWorld, given: str, handled: str, *, accepted: bool
) -> None:
    item = here.asked()
    here.world.on(2026, 3, 6)
    done(here.give(item, given_on=given))
    answer = here.handle(item, handled_on=handled)
    if accepted:
        assert done(answer).body["state"] == "handled"
    else:
        refused(answer, "DATE_ORDER", "LZ-21.8")
        assert answer.body["field"] == "handled_on"


def test_the_opinion_is_dated_between_the_request_and_today_and_another_one_is_explained(
    here: UnitOrgWorld,
) -> None:
    here.world.on(2026, 3, 4)
    item = here.asked()
    for day in ("2026-03-03", "2026-03-05"):
        assert here.give(item, given_on=day).code == "DATE_ORDER"
    answer = here.give(item, opinion_code="opposed")
    assert (answer.code, answer.body["field"]) == ("MISSING_FIELD", "opinion")
    done(here.give(item, opinion_code="opposed", opinion="事实不清"))
    done(here.handle(item, handled_on="2026-03-04"))  # consultation, not consent


def test_an_opinion_is_the_leaders_to_give_and_the_units_own_to_ask(here: UnitOrgWorld) -> None:
    item = here.asked()
    assert here.give(item, by=here.clerk).code == "UNKNOWN_REFERENCE"
    for client in (here.org, here.liaison, here.supervision):
        refused(here.give(item, by=client), "WRONG_ROLE", "LZ-21.8")
    refused(here.ask(by=here.clerk), "WRONG_ROLE", "LZ-21.8")
    answer = here.ask(subject_ids=["p-edu-org"])
    refused(answer, "CONFLICT_OF_INTEREST", "LZ-21.8")
    assert here.ask(subject_ids=["p-nobody"]).code == "UNKNOWN_REFERENCE"
    assert here.other_org.get(f"{OPINIONS}/{item}").code == "UNKNOWN_REFERENCE"
    assert here.other_org.get(OPINIONS).body["items"] == []
    assert here.world.as_("clerk2").get(f"{OPINIONS}/{item}").code == "UNKNOWN_REFERENCE"


def test_who_stands_close_to_a_person_of_the_matter_does_not_know_of_it(here: UnitOrgWorld) -> None:
    here.person_is("p-deputy1", office_id="pz1", unit_id="", relatives=("p-edu-clerk",))
    item = here.asked()
    assert here.deputy.get(f"{OPINIONS}/{item}").code == "UNKNOWN_REFERENCE"
    assert here.deputy.get(OPINIONS).body["items"] == []
    done(here.give(item))
