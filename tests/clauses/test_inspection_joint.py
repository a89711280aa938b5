"""Embedded, led and special-duty supervision by joint teams, the five steps, improvements (GL-1.6, GL-1.14)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from services.chassis.tables import DirectoryCoverage
from tests.clause_proof import proves
from tests.clauses.joint_steps import IMPROVEMENTS, JOINTS, STEPS, JointWorld, done, holder, refused

CHECKERS = iter(range(10_000))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JointWorld]:
    """For tests that look at nothing but their own items; time stands still."""
    made = JointWorld(tmp_path_factory.mktemp("joint"))
    made.with_bodies()
    yield made
    made.world.close()


@pytest.fixture
def w(tmp_path: Path) -> JointWorld:
    return JointWorld(tmp_path)


# GL-1.6


@proves("GL-1.6", check=1)
def test_an_embedded_team_has_two_bodies_at_least(shared: JointWorld) -> None:
    before = len(shared.listed(JOINTS, shared.eighth))
    refused(shared.embed(body_ids=[]), "MISSING_FIELD", "GL-1.6", field="body_ids")
    refused(shared.embed(body_ids=["bs"]), "MISSING_FIELD", "GL-1.6", field="body_ids")
    refused(shared.embed(body_ids=["nowhere"]), "UNKNOWN_REFERENCE", "GL-1.6", field="body_ids")
    assert len(shared.listed(JOINTS, shared.eighth)) == before
    answer = done(shared.embed())
    assert "GL-1.6" in answer.body["clauses"]
    item = shared.item(f"{JOINTS}/{answer.body['id']}", shared.eighth)
    assert (item["joint_type"], item["unit_ids"], item["body_ids"]) == (
        "embedded_supervision",
        ",gw,",
        ",bs,sgw,",
    )
    opened = shared.events("special_supervision_opened")[-1]
    assert (opened["type"], opened["unit_id"], opened["office_id"]) == ("embedded_supervision", "gw", "bs")


@proves("GL-1.6", check=2)
def test_the_body_under_check_is_none_of_its_team(shared: JointWorld) -> None:
    refused(shared.embed(body_ids=["sgw", "gw"]), "CONFLICT_OF_INTEREST", "GL-1.6", field="body_ids")
    item = shared.embedded()
    added = shared.do(item, "add_joint_body", {"body_id": "gw"}, by=shared.eighth)
    refused(added, "CONFLICT_OF_INTEREST", "GL-1.6", field="body_id")
    assert shared.item(item, shared.eighth)["body_ids"] == ",bs,sgw,"
    done(shared.do(item, "add_joint_body", {"body_id": "jd1"}, by=shared.eighth))
    assert "GL-1.6" in done(shared.check_by(item, "p-jd1", "jd1")).body["clauses"]


@proves("GL-1.6", check=2)
def test_nobody_of_the_body_under_check_checks_but_the_one_that_the_text_names(shared: JointWorld) -> None:
    """The organs discipline commission sits inside it: with a reason it is let in, and flagged."""
    item = shared.embedded()
    refused(
        shared.check_by(item, "p-gw1", "bs", "熟悉情况"), "CONFLICT_OF_INTEREST", "GL-1.6", field="person_id"
    )
    refused(shared.check_by(item, "p-sgw1", "sgw"), "CONFLICT_OF_INTEREST", "GL-1.6", field="person_id")
    assert shared.item(item, shared.eighth)["checker_ids"] == ""
    answer = done(shared.check_by(item, "p-sgw1", "sgw", "条款列明的成员单位"))
    assert "GL-1.6" in answer.body["clauses"]
    shown = shared.item(item, shared.eighth)
    assert (shown["checker_ids"], shown["exempt_ids"]) == (",p-sgw1,", ",p-sgw1,")
    assert [(g["clause"], g["about"], g["filled_at"]) for g in shown["gaps"]] == [("GL-1.6", "p-sgw1", None)]
    done(shared.check_by(item, "p-bs1", "bs"))
    assert [g["about"] for g in shared.item(item, shared.eighth)["gaps"] if not g["filled_at"]] == ["p-sgw1"]


def test_members_are_of_bodies_of_the_team_and_each_joins_once(shared: JointWorld) -> None:
    item = shared.embedded()
    refused(shared.check_by(item, "p-clerk1", "pz1"), "UNKNOWN_REFERENCE", field="body_id")
    refused(shared.check_by(item, "p-nobody", "bs"), "UNKNOWN_REFERENCE", field="person_id")
    done(shared.check_by(item, "p-bs1", "bs"))
    refused(shared.check_by(item, "p-bs1", "bs"), "DUPLICATE", field="person_id")
    refused(shared.do(item, "add_joint_body", {"body_id": "sgw"}, by=shared.eighth), "DUPLICATE")
    joined = shared.do(item, "add_joint_body", {"body_id": "edu"}, by=shared.eighth)
    refused(joined, "UNKNOWN_REFERENCE", field="body_id")
    refused(shared.embed(by=shared.clerk), "WRONG_ROLE")
    for stranger in (shared.clerk, shared.unit, holder(shared.world, "gw1")):
        assert stranger.get(item).status == 404
    for knows in (holder(shared.world, "sgw1"), shared.leader):
        assert knows.get(item).status == 200


# GL-1.7


@proves("GL-1.7", check=1)
@pytest.mark.parametrize("left_out", STEPS)
def test_a_check_with_a_step_empty_is_not_concluded(shared: JointWorld, left_out: str) -> None:
    item = shared.embedded(*(step for step in STEPS if step != left_out))
    refused(shared.conclude_joint(item), "MISSING_FIELD", "GL-1.7", field="steps")
    refused(shared.step(item, left_out, content=""), "MISSING_FIELD", "GL-1.7", field="content")
    without: dict[str, Any] = {"applies": False, "content": ""}
    answer = shared.step(item, left_out, **without)
    refused(answer, "MISSING_REASON", "GL-1.7", field="not_applicable_reason")
    assert shared.item(item, shared.eighth)["state"] == "opened"
    answer = done(shared.step(item, left_out, **without, not_applicable_reason="无此环节"))
    assert "GL-1.7" in answer.body["clauses"]
    assert "GL-1.7" in done(shared.conclude_joint(item)).body["clauses"]


@proves("GL-1.7", check=2)
def test_with_all_five_steps_the_report_opens(shared: JointWorld) -> None:
    item = shared.embedded(*STEPS)
    before = len(shared.events("special_supervision_reported"))
    refused(shared.report_joint(item), "WRONG_STATE", "GL-1.7")
    assert len(shared.events("special_supervision_reported")) == before
    done(shared.conclude_joint(item))
    offered = {one["name"] for one in shared.item(item, shared.eighth)["acts"]}
    assert "report_joint_supervision" in offered
    assert "GL-1.7" in done(shared.report_joint(item)).body["clauses"]
    reported = shared.events("special_supervision_reported")[-1]
    assert (reported["check_id"], reported["channel_role"], reported["reported_on"]) == (
        item.rpartition("/")[2], "eighth_discipline_office", "2026-03-02",
    )  # fmt: skip


def test_steps_are_recorded_by_any_body_of_the_team_on_days_that_were(shared: JointWorld) -> None:
    item = shared.embedded()
    done(shared.step(item, "step_listen", by=holder(shared.world, "sgw1")))
    refused(shared.step(item, "step_ask", taken_on="2026-03-03"), "DATE_ORDER", field="taken_on")
    refused(shared.step(item, "step_smile"), "OUT_OF_RANGE", "GL-1.7", field="step")
    refused(shared.conclude_joint(item, by=holder(shared.world, "sgw1")), "WRONG_ROLE")


# GL-1.14


@proves("GL-1.14", check=1)
def test_a_joint_check_is_led_by_the_liaison_office(shared: JointWorld) -> None:
    refused(shared.lead(by=shared.head), "WRONG_ROLE", "GL-1.14")
    answer = done(shared.lead())
    assert "GL-1.14" in answer.body["clauses"]
    item = f"{JOINTS}/{answer.body['id']}"
    shown = shared.item(item, shared.clerk)
    assert (shown["office_id"], shown["body_ids"], shown["joint_type"]) == (
        "jd1",
        ",jd1,pz1,",
        "joint_supervision",
    )
    done(shared.step(item, "step_check", by=shared.clerk))
    refused(shared.conclude_joint(item, by=shared.head), "WRONG_ROLE")
    assert shared.unit.get(item).status == 404


@proves("GL-1.14", check=2)
def test_an_office_that_does_not_cover_the_unit_takes_no_part(shared: JointWorld) -> None:
    refused(shared.lead(body_ids=["pz1", "pz2"]), "OUT_OF_SCOPE", "GL-1.14", field="body_ids")
    item = shared.joint("opened")
    added = shared.do(item, "add_joint_body", {"body_id": "pz2"}, by=shared.liaison)
    refused(added, "OUT_OF_SCOPE", "GL-1.14", field="body_id")
    assert shared.stranger.get(item).status == 404
    both = f"{JOINTS}/{done(shared.lead(unit_ids=['edu', 'hou'])).body['id']}"
    joined = done(shared.do(both, "add_joint_body", {"body_id": "pz2"}, by=shared.liaison))
    assert "GL-1.14" in joined.body["clauses"]
    assert shared.stranger.get(both).status == 200


def test_a_liaison_office_leads_at_units_of_its_own_area(w: JointWorld) -> None:
    w.cover("elsewhere")
    with w.world.runtimes["inspection"].db.write() as session:
        session.get_one(DirectoryCoverage, "elsewhere").liaison_office_id = "jd2"
    refused(w.lead(unit_ids=["elsewhere"]), "OUT_OF_SCOPE", field="unit_ids")
    refused(w.lead(unit_ids=["nowhere"]), "OUT_OF_SCOPE", field="unit_ids")


# GL-1.19


@proves("GL-1.19", check=1)
@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({}, ("field_procurement", "")),
        ({"key_field": None, "outstanding": "problem_formalism"}, ("", "problem_formalism")),
        ({"outstanding": "problem_near_masses"}, ("field_procurement", "problem_near_masses")),
    ],
)
@pytest.mark.parametrize("account", ["jd1", "clerk1"])
def test_special_duty_supervision_is_of_a_field_or_a_problem(
    shared: JointWorld, account: str, given: dict[str, Any], shown: tuple[str, str]
) -> None:
    by = shared.world.as_(account)
    answer = done(shared.take_field(by=by, **given))
    assert "GL-1.19" in answer.body["clauses"]
    item = shared.item(f"{JOINTS}/{answer.body['id']}", by)
    assert (item["field_code"], item["outstanding_code"]) == shown
    assert shared.events("special_supervision_opened")[-1]["type"] == "special_duty_supervision"


@proves("GL-1.19", check=2)
def test_special_duty_supervision_of_neither_is_not_organised(shared: JointWorld) -> None:
    before = len(shared.listed(JOINTS, shared.liaison))
    refused(shared.take_field(without="key_field"), "MISSING_FIELD", "GL-1.19", field="key_field")
    refused(shared.take_field(key_field="field_weather"), "OUT_OF_RANGE", "GL-1.19", field="key_field")
    refused(shared.take_field(by=shared.clerk, unit_ids=["hou"]), "OUT_OF_SCOPE", field="unit_ids")
    assert len(shared.listed(JOINTS, shared.liaison)) == before


# GL-1.8


@proves("GL-1.8", check=1)
@pytest.mark.parametrize(("month", "day", "gaps"), [(3, 31, 0), (4, 1, 0), (4, 2, 1)])
def test_a_proposal_that_is_not_answered_in_time_is_pointed_out(
    w: JointWorld, month: int, day: int, gaps: int
) -> None:
    """Proposed on 2 March: the thirtieth day after it is 1 April."""
    item = w.improvement()
    assert w.told("improvement_proposed") == [("supervised_unit", "edu")]
    w.world.on(2026, month, day, 0 if gaps else 23, 59)
    w.world.tick()
    w.world.tick()
    found = w.item(item, w.liaison)
    assert [g["clause"] for g in found["gaps"]] == ["GL-1.8"] * gaps
    assert w.told("improvement_unanswered") == [("supervised_unit", "edu")] * gaps
    assert "GL-1.8" in done(w.answer(item)).body["clauses"]
    found = w.item(item, w.unit)
    assert [g["clause"] for g in found["gaps"] if not g["filled_at"]] == []
    [clock] = found["duties"]
    assert (clock["due_on"], clock["status"], clock["late"]) == ("2026-04-01", "met", False)


@proves("GL-1.8", check=2)
def test_an_improvement_is_not_closed_without_proof(shared: JointWorld) -> None:
    item = shared.improvement()
    refused(shared.close(item), "WRONG_STATE", "GL-1.8")
    done(shared.answer(item))
    before = len(shared.events("rectification_assessed"))
    refused(
        shared.close(item, proof=False), "MISSING_DOCUMENT", "GL-1.8", field="attachments.improvement_proof"
    )
    refused(shared.close(item, closed_on="2026-03-03"), "DATE_ORDER", field="closed_on")
    assert (shared.item(item, shared.unit)["state"], len(shared.events("rectification_assessed"))) == (
        "answered", before,
    )  # fmt: skip
    assert "GL-1.8" in done(shared.close(item)).body["clauses"]
    assessed = shared.events("rectification_assessed")[-1]
    assert (assessed["item_id"], assessed["assessed_on"]) == (item.rpartition("/")[2], "2026-03-02")


def test_the_unit_reads_what_is_proposed_and_learns_of_no_supervision(shared: JointWorld) -> None:
    supervision = shared.joint()
    item = f"{IMPROVEMENTS}/{done(shared.propose(supervision)).body['id']}"
    shown = shared.item(item, shared.unit)
    assert supervision.rpartition("/")[2] not in str(shown)
    [paper] = shown["papers"]
    form = shared.item(f"{item}/papers/{paper['id']}", shared.unit)["form"]
    assert set(form) == {"unit_id", "proposal"}
    assert shared.world.as_("hou-head").get(item).status == 404


@pytest.mark.parametrize(
    ("state", "changes", "code", "field"),
    [
        ("opened", {}, "PRECONDITION_NOT_MET", "supervision_id"),
        ("concluded", {"unit_id": "hou"}, "OUT_OF_SCOPE", "unit_id"),
        ("concluded", {"supervision_id": "none"}, "UNKNOWN_REFERENCE", "supervision_id"),
    ],
)
def test_proposals_come_from_a_supervision_that_the_office_leads_and_has_concluded(
    shared: JointWorld, state: str, changes: dict[str, Any], code: str, field: str
) -> None:
    supervision = shared.joint(state)
    refused(shared.propose(supervision, **changes), code, "GL-1.8", field=field)
    refused(shared.propose(supervision, by=shared.clerk), "UNKNOWN_REFERENCE", "GL-1.8")


WALKED = ("record", "conclude", "report")
WHO = ("bs1", "sgw1", "gw1", "jd1", "clerk1")


@proves("GL-1.7", check=1)
@settings(
    max_examples=settings().max_examples // 2,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(st.tuples(st.sampled_from(WHO), st.sampled_from(WALKED)), max_size=14))
def test_no_walk_concludes_an_embedded_check_without_its_five_steps(
    shared: JointWorld, steps: list[tuple[str, str]]
) -> None:
    item, state, taken = shared.embedded(), "opened", 0
    for account, doing in steps:
        by = holder(shared.world, account)
        if account in ("jd1", "clerk1"):
            by = shared.world.as_(account)
        if doing == "record":
            answer = shared.step(item, STEPS[taken % 5], by=by)
            allowed = account in ("bs1", "sgw1") and state == "opened"
            taken += allowed
        elif doing == "conclude":
            answer = shared.conclude_joint(item, by=by)
            allowed = account == "bs1" and state == "opened" and taken >= 5
        else:
            answer = shared.report_joint(item, by=by)
            allowed = account == "bs1" and state == "concluded"
        assert (answer.status == 200) == allowed, (account, doing, state, taken, answer)
        state = {"conclude": "concluded", "report": "reported"}.get(doing, state) if allowed else state
        assert shared.item(item, shared.eighth)["state"] == state
    event(state)
