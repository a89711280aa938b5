"""The outcome of a petition: entered, submitted, closed or sent back (LZ-12.14 to LZ-12.16)."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.chassis import tables
from services.chassis.keys import load
from services.chassis.packages import Package, open_package
from tests.clause_proof import proves
from tests.clauses.intake_petitions import BASE, STEPS, bring, duty, judged_as, nothing_changes, show, step
from tests.world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path, services=("intake",))


def replied_on_friday(world: World) -> str:
    petition = bring(world, "transferred_out")
    world.on(2026, 3, 6, 16)
    answer = step(world, petition, "replied", received_on="2026-03-06")
    assert [duty(answer.body, c)["status"] for c in ("LZ-12.14", "LZ-12.15")] == ["open", "open"]
    return petition


@proves("LZ-12.14", check=1)
@pytest.mark.parametrize(
    ("day", "hour", "minute", "late"),
    [(10, 9, 0, False), (11, 23, 59, False), (12, 0, 0, True), (12, 9, 0, True)],
    ids=["day before", "due Wednesday", "midnight", "day after"],
)
def test_the_outcome_is_entered_within_three_working_days_of_the_reply(
    world: World,
    day: int,
    hour: int,
    minute: int,
    late: bool,  # noqa: FBT001
) -> None:
    petition = replied_on_friday(world)
    world.on(2026, 3, day, hour, minute)
    answer = step(world, petition, "result_recorded")
    assert (answer.status, answer.body["state"]) == (200, "result_recorded")
    clock = duty(show(world, petition), "LZ-12.14")
    assert clock["counted"] == ["2026-03-09", "2026-03-10", "2026-03-11"]
    assert (clock["status"], clock["late"]) == ("met", late)


@proves("LZ-12.14", check=1)
def test_the_days_run_from_the_receipt_of_the_reply_and_not_from_its_registration(world: World) -> None:
    petition = bring(world, "transferred_out")
    world.on(2026, 3, 11)
    step(world, petition, "replied", received_on="2026-03-06")
    assert duty(show(world, petition), "LZ-12.14")["due_on"] == "2026-03-11"


def test_a_reply_of_tomorrow_is_refused(world: World) -> None:
    petition = bring(world, "transferred_out")
    scan = {"kind": "completion_reply", "id": world.as_("clerk1").upload("intake")}
    with nothing_changes(world):
        refused = world.as_("clerk1").act(
            f"{BASE}/{petition}/record_reply",
            {"received_on": "2026-03-03", "summary": "已办结"},
            attachments=[scan],
        )
    assert (refused.status, refused.code, refused.body["field"]) == (422, "DATE_ORDER", "received_on")


@proves("LZ-12.14", check=2)
def test_without_the_reply_no_outcome_is_entered(world: World) -> None:
    petition = bring(world, "transferred_out")
    with nothing_changes(world):
        refused = step(world, petition, "result_recorded")
    assert (refused.status, refused.code, refused.body["clauses"]) == (422, "MISSING_DOCUMENT", ["LZ-12.14"])


@proves("LZ-12.14", check=2)
def test_a_reply_is_registered_with_its_document(world: World) -> None:
    petition = bring(world, "transferred_out")
    with nothing_changes(world):
        refused = world.as_("clerk1").act(f"{BASE}/{petition}/record_reply", STEPS["replied"][2])
    assert (refused.code, refused.body["field"]) == ("MISSING_DOCUMENT", "attachments.completion_reply")
    assert refused.body["clauses"] == ["LZ-12.14"]


@proves("LZ-12.15", check=1)
def test_an_outcome_entered_in_time_and_submitted_late_keeps_the_two_clocks_apart(world: World) -> None:
    petition = replied_on_friday(world)
    world.on(2026, 3, 9)
    step(world, petition, "result_recorded")
    world.on(2026, 3, 12)
    assert step(world, petition, "closure_submitted").body["state"] == "closure_submitted"
    item = show(world, petition)
    assert (duty(item, "LZ-12.14")["late"], duty(item, "LZ-12.15")["late"]) == (False, True)
    assert duty(item, "LZ-12.14")["due_on"] == duty(item, "LZ-12.15")["due_on"] == "2026-03-11"


@proves("LZ-12.15", check=1)
def test_submitted_on_the_third_day_both_are_in_time(world: World) -> None:
    petition = replied_on_friday(world)
    world.on(2026, 3, 11, 20)
    step(world, petition, "result_recorded")
    step(world, petition, "closure_submitted")
    item = show(world, petition)
    assert [duty(item, c)["late"] for c in ("LZ-12.14", "LZ-12.15")] == [False, False]


@proves("LZ-12.15", check=2)
@pytest.mark.parametrize("state", ["transferred_out", "replied"])
def test_without_an_outcome_nothing_is_submitted(world: World, state: str) -> None:
    petition = bring(world, state)
    with nothing_changes(world):
        refused = step(world, petition, "closure_submitted")
    assert (refused.status, refused.code, refused.body["clauses"]) == (409, "WRONG_STATE", ["LZ-12.15"])


@proves("LZ-12.16", check=1)
def test_a_dispatched_office_closes_nothing(world: World) -> None:
    petition = bring(world, "closure_submitted")
    papers = {
        "close_petition": {"opinion": "同意"},
        "return_petition": {"reason_code": "other", "reason": "缺材料"},
    }
    for account in ("clerk1", "head1", "deputy1"):
        for act, paper in papers.items():
            with nothing_changes(world):
                refused = world.as_(account).act(f"{BASE}/{petition}/{act}", paper)
            assert (refused.status, refused.code, refused.body["clauses"]) == (
                403,
                "WRONG_ROLE",
                ["LZ-12.16"],
            )
    assert show(world, petition)["state"] == "closure_submitted"


@proves("LZ-12.16", check=2)
def test_a_petition_is_not_sent_back_without_a_reason(world: World) -> None:
    petition = bring(world, "closure_submitted")
    for given in ({}, {"reason": ""}, {"reason": "   "}):
        with nothing_changes(world):
            refused = world.as_("xf1").act(
                f"{BASE}/{petition}/return_petition", {"reason_code": "incomplete"} | given
            )
        assert (refused.status, refused.code, refused.body["field"]) == (422, "MISSING_REASON", "reason")
        assert "LZ-12.16" in refused.body["clauses"]


@proves("LZ-12.16", check=2)
def test_what_was_sent_back_with_a_reason_is_submitted_again(world: World) -> None:
    petition = bring(world, "closure_submitted")
    answer = world.as_("xf1").act(
        f"{BASE}/{petition}/return_petition", {"reason_code": "incomplete", "reason": "缺少谈话记录"}
    )
    assert (answer.status, answer.body["state"]) == (200, "returned")
    assert step(world, petition, "closure_submitted").body["state"] == "closure_submitted"
    assert step(world, petition, "closed").body["state"] == "closed"


def test_closing_takes_a_second_person_of_the_petition_office(world: World) -> None:
    petition = bring(world, "closure_submitted")
    proposed = world.as_("xf1").act(f"{BASE}/{petition}/close_petition", {"opinion": "同意审结"})
    assert (proposed.body["state"], proposed.body["proposal"]["status"]) == ("closure_submitted", "pending")
    with nothing_changes(world):
        own = world.as_("xf1").decide("intake", "petitions", petition)
    assert (own.status, own.code) == (403, "SELF_APPROVAL")
    assert own.body["clauses"] == ["LZ-12.16", "LZ-22.15"]
    assert world.as_("xf2").decide("intake", "petitions", petition).body["state"] == "closed"


def test_a_closed_petition_is_packed_for_the_archive_and_for_nobody_else(
    world: World, tmp_path: Path
) -> None:
    petition = bring(world, "closed")
    with world.runtimes["intake"].db.read() as session:
        package = session.query(Package).one()
        closed = (
            session.query(tables.Outbox).filter_by(type="intake.petition_closed.v1", consumer="archive").one()
        )
    assert package.digest.encode() in closed.body
    ring = load(tmp_path / "keys", "archive")
    opened = open_package(package.body, ring.box, ring.trust)
    papers = show(world, petition)["papers"]
    assert opened.papers == len(papers)
    assert opened.attachments == 1
    assert opened.manifest["catalogue"]["parties"] == ["p-edu-sec"]


def test_nothing_is_done_to_a_closed_petition(world: World) -> None:
    petition = bring(world, "closed")
    for state in STEPS:
        refused = step(world, petition, state, **judged_as(state, in_scope=True))
        assert refused.code == "WRONG_STATE", (state, refused.body)
    assert show(world, petition)["state"] == "closed"
