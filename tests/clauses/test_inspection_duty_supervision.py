"""Special-duty supervision: five links in their order, each with its day (GL-3.19, GL-3.20)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from services.chassis import tables
from tests.clause_proof import proves
from tests.clauses.duty_supervision_steps import ACT_OF, DAYS, DUTIES, INTERVIEWS, LINKS, NODES, DutyWorld
from tests.clauses.supervision_steps import OPINIONS, done, refused

HEAD = ("dispatched_office_head", "pz1")


@pytest.fixture
def w(tmp_path: Path) -> DutyWorld:
    return DutyWorld(tmp_path)


@proves("GL-3.19", check=1)
def test_an_interview_before_tracking_is_refused(w: DutyWorld) -> None:
    duty, interview = w.as_far_as("rectification"), w.interviewed()
    refused(w.pass_link(duty, "interview", interview_id=interview), "WRONG_STATE", "GL-3.19")
    assert w.item(duty)["passed_links"] == ",link_opinion,link_rectification,"
    done(w.pass_link(duty, "tracking"))
    assert "GL-3.19" in done(w.pass_link(duty, "interview", interview_id=interview)).body["clauses"]
    assert (w.item(duty)["state"], w.item(duty)["interview_id"]) == ("interviewed", interview)


@proves("GL-3.19", check=1)
@pytest.mark.parametrize("so_far", range(5))
def test_no_link_is_passed_before_or_after_its_turn(w: DutyWorld, so_far: int) -> None:
    duty = w.as_far_as(LINKS[so_far - 1]) if so_far else w.planned()
    interview = w.interviewed()
    for link in LINKS:
        if link != LINKS[so_far]:
            refused(w.pass_link(duty, link, interview_id=interview) if link == "interview"
                    else w.pass_link(duty, link), "WRONG_STATE", "GL-3.19")  # fmt: skip
    more: dict[str, Any] = {"interview_id": interview} if LINKS[so_far] == "interview" else {}
    done(w.pass_link(duty, LINKS[so_far], **more))
    assert w.item(duty)["passed_links"] == "".join(f",link_{one}" for one in LINKS[: so_far + 1]) + ","


def test_without_an_approved_plan_no_link_is_passed(w: DutyWorld) -> None:
    duty = f"{DUTIES}/{done(w.take_up()).body['id']}"
    for link in LINKS:
        refused(w.pass_link(duty, link), "WRONG_STATE")
    done(w.plan(duty))
    refused(w.pass_link(duty, "opinion"), "WRONG_STATE")
    refused(w.plan(duty, by=w.head), "WRONG_ROLE")


@proves("GL-3.19", check=2)
def test_rectified_at_tracking_leaves_interview_and_accountability_not_needed(w: DutyWorld) -> None:
    duty = w.as_far_as("rectification")
    done(w.pass_link(duty, "tracking", fully_rectified=True))
    refused(w.pass_link(duty, "interview", interview_id=w.interviewed()), "WRONG_STATE", "GL-3.19")
    refused(w.close_duty(duty, outcome="held_accountable"), "OUT_OF_RANGE", "GL-3.19", field="outcome")
    answer = done(w.close_duty(duty))
    assert "GL-3.19" in answer.body["clauses"]
    shown = w.item(duty)
    assert shown["not_needed_links"] == ",link_interview,link_accountability,"
    assert (shown["state"], shown["outcome_code"], shown["closed_on"]) == (
        "closed",
        "rectified",
        "2026-03-02",
    )
    clocks = w.clocks(duty)
    assert [clocks[link][1] for link in LINKS] == ["met", "met", "met", "voided", "voided"]
    w.world.on(2026, 5, 6)
    w.world.tick()
    assert (w.gaps(duty, "GL-3.20"), w.told("duty_link_overdue")) == (0, [])


@pytest.mark.parametrize(
    ("last", "outcome", "not_needed"),
    [
        ("tracking", "", ""),
        ("interview", "rectified", ",link_accountability,"),
        ("accountability", "held_accountable", ""),
    ],
)
def test_how_it_ends_follows_from_its_last_link(
    w: DutyWorld, last: str, outcome: str, not_needed: str
) -> None:
    duty = w.as_far_as(last)
    for tried in ("rectified", "held_accountable"):
        if tried != outcome:
            refused(
                w.close_duty(duty, outcome=tried), "OUT_OF_RANGE" if outcome else "WRONG_STATE", "GL-3.19"
            )
    if outcome:
        done(w.close_duty(duty, outcome=outcome))
        assert w.item(duty)["not_needed_links"] == not_needed


def test_the_unit_gets_the_opinion_answers_it_and_knows_of_no_supervision_behind_it(w: DutyWorld) -> None:
    duty = w.as_far_as("opinion")
    opinion = f"{OPINIONS}/{w.item(duty)['opinion_id']}"
    shown = w.item(opinion, w.unit)
    assert (shown["state"], shown["line_count"]) == ("issued", 1)
    read = w.item(f"{opinion}/papers/{shown['papers'][0]['id']}", w.unit)
    assert read["form"]["lines"] == [{"no": 1, "text": "限期整改"}]
    done(
        w.do(opinion, "answer_supervision_opinion", {"replied_on": "2026-03-02", "reply": "照办"}, by=w.unit)
    )
    assert ("supervised_unit", "edu") in w.told("supervision_opinion_issued")
    assert len(w.events("supervision_opinion_issued")) == 1
    refused(w.unit.get(duty), "UNKNOWN_REFERENCE")
    assert duty.rpartition("/")[2] not in str(w.item(opinion, w.unit))


@pytest.mark.parametrize("which", ["planned only", "of another unit", "of who is in their line", "none"])
def test_the_interview_is_one_of_the_unit_that_was_held(w: DutyWorld, which: str) -> None:
    duty = w.as_far_as("tracking")
    plan = {"unit_id": "edu", "person_id": "p-edu-clerk", "ground": "supervision", "matter": "整改不力"}
    if which == "planned only":
        interview = str(done(w.do(INTERVIEWS, "plan_formal_interview", plan)).body["id"])
    elif which == "none":
        interview = "none"
    else:
        interview = _of_hou(w) if which == "of another unit" else _hidden(w)
    answer = w.pass_link(duty, "interview", interview_id=interview, by=w.world.as_("clerk2"))
    refused(answer, "UNKNOWN_REFERENCE", field="interview_id")
    assert w.item(duty)["state"] == "unrectified"


def _of_hou(w: DutyWorld) -> str:
    plan = {"unit_id": "hou", "person_id": "p-hou-sec", "ground": "supervision", "matter": "整改不力"}
    interview = done(w.do(INTERVIEWS, "plan_formal_interview", plan, by=w.stranger)).body["id"]
    record = {"held_on": "2026-03-02", "content": "指出问题"}
    done(w.do(f"{INTERVIEWS}/{interview}", "record_formal_interview", record, by=w.stranger))
    return str(interview)


def _hidden(w: DutyWorld) -> str:
    interview = w.interviewed()
    with w.world.runtimes["inspection"].db.write() as session:
        session.get_one(tables.DirectoryPerson, "p-clerk2").relatives = "p-edu-clerk"
    return interview


@proves("GL-3.20", check=1)
@pytest.mark.parametrize("link", range(5))
@pytest.mark.parametrize(("after", "late"), [(-1, False), (0, False), (1, True)])
def test_a_link_is_overdue_once_its_day_has_gone_by(
    w: DutyWorld, link: int, after: int, *, late: bool
) -> None:
    duty = w.as_far_as(LINKS[link - 1]) if link else w.planned()
    day = date.fromisoformat(DAYS[link]) + timedelta(days=after)
    w.world.on(day.year, day.month, day.day)
    w.world.tick()
    w.world.tick()
    assert w.told("duty_link_overdue") == [HEAD] * late
    assert w.gaps(duty, "GL-3.20") == late
    assert w.clocks(duty)[LINKS[link]] == (DAYS[link], "open", False)
    more: dict[str, Any] = {"interview_id": w.interviewed()} if LINKS[link] == "interview" else {}
    assert "GL-3.20" in done(w.pass_link(duty, LINKS[link], **more)).body["clauses"]
    assert w.clocks(duty)[LINKS[link]] == (DAYS[link], "met", late)
    assert w.gaps(duty, "GL-3.20") == 0
    event = w.events("supervision_link_passed")[-1]
    assert (event["check_id"], event["link"], event["node_date"]) == (
        duty.rpartition("/")[2],
        f"link_{LINKS[link]}",
        DAYS[link],
    )


@proves("GL-3.20", check=1)
def test_each_link_that_goes_overdue_is_pointed_out_by_itself(w: DutyWorld) -> None:
    duty = w.planned()
    for month, day, gaps in ((3, 7, 1), (3, 10, 1), (3, 21, 2), (5, 1, 5)):
        w.world.on(2026, month, day)
        w.world.tick()
        assert w.gaps(duty, "GL-3.20") == gaps
    assert w.told("duty_link_overdue") == [HEAD] * 3
    done(w.pass_link(duty, "opinion"))
    assert w.gaps(duty, "GL-3.20") == 4


@proves("GL-3.20", check=1)
def test_the_day_of_a_link_at_the_years_end_is_its_own_day(w: DutyWorld) -> None:
    nodes = [line | {"node_on": day} for line, day in zip(NODES, LAST_DAYS, strict=True)]
    duty = w.planned(nodes=nodes)
    assert [w.clocks(duty)[link][0] for link in LINKS] == list(LAST_DAYS)
    w.world.on(2027, 1, 3)
    w.world.tick()
    assert w.gaps(duty, "GL-3.20") == 3


LAST_DAYS = ("2026-02-28", "2026-12-31", "2027-01-01", "2027-01-03", "2027-01-04")
"""A make-up Saturday, the year's end, a holiday, a Sunday: a plan's day is kept as it stands there."""


@proves("GL-3.20", check=2)
@pytest.mark.parametrize("nodes", [[], NODES[:4], NODES[1:]])
def test_a_plan_without_a_day_for_each_link_is_not_approved(w: DutyWorld, nodes: list[Any]) -> None:
    duty = f"{DUTIES}/{done(w.take_up()).body['id']}"
    refused(w.plan(duty, nodes=nodes), "MISSING_FIELD", "GL-3.20", field="nodes")
    assert (w.item(duty)["state"], w.clocks(duty)) == ("drafted", {})
    assert "GL-3.20" in done(w.plan(duty)).body["clauses"]
    done(w.decide_plan(duty))
    assert {link: clock[0] for link, clock in w.clocks(duty).items()} == dict(zip(LINKS, DAYS, strict=True))


def test_days_stand_in_the_order_of_the_links_each_once(w: DutyWorld) -> None:
    duty = f"{DUTIES}/{done(w.take_up()).body['id']}"
    turned = [line | {"node_on": day} for line, day in zip(NODES, reversed(DAYS), strict=True)]
    refused(w.plan(duty, nodes=turned), "DATE_ORDER", "GL-3.20", field="nodes.node_on")
    refused(w.plan(duty, nodes=[*NODES, NODES[0]]), "INVALID_FIELD", field="nodes")
    done(w.plan(duty))
    done(w.decide_plan(duty, approve=False, reason="节点过密"))
    assert w.item(duty)["state"] == "drafted"
    done(w.plan(duty))
    done(w.decide_plan(duty))
    assert w.item(duty)["state"] == "planned"


def test_it_is_taken_up_on_a_stated_ground_for_a_unit_of_the_office(w: DutyWorld) -> None:
    refused(w.take_up(ground=" "), "MISSING_REASON", "GL-3.19", field="ground")
    refused(w.take_up(unit_id="hou"), "OUT_OF_SCOPE", field="unit_id")
    refused(w.take_up(member_ids=["p-clerk3"]), "OUT_OF_SCOPE", field="member_ids")
    refused(w.take_up(member_ids=["nobody"]), "UNKNOWN_REFERENCE", field="member_ids")
    assert w.listed(DUTIES) == []
    assert set(ACT_OF) == set(LINKS)
