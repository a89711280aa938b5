"""Work plan, authorisation, and one mandate a round (XC-1.2, XC-1.3)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.round_steps import DECISION, ENGAGEMENTS, RULES, WORK_PLAN, RoundWorld, done, refused

FILING = {"sent_on": "2026-03-02", "receipt_no": "州巡办收〔2026〕3号"}


@pytest.fixture
def w(tmp_path: Path) -> RoundWorld:
    return RoundWorld(tmp_path)


@proves("XC-1.2a", check=1)
def test_a_work_plan_waits_for_the_assignment_plan(w: RoundWorld) -> None:
    item = w.at("targets")
    refused(w.do(item, "submit_work_plan", WORK_PLAN), "PRECONDITION_NOT_MET", "XC-1.2a")


@proves("XC-1.2a", check=2)
@pytest.mark.parametrize("field", ["supervision_focus", "tasks_per_stage", "requirements", "inspection_from"])
def test_a_work_plan_says_all_that_it_has_to(w: RoundWorld, field: str) -> None:
    item = w.at("plan")
    paper = {k: v for k, v in WORK_PLAN.items() if k != field}
    refused(w.do(item, "submit_work_plan", paper), "MISSING_FIELD", "XC-1.2a", field=field)


@proves("XC-1.2b", check=1)
def test_no_other_deputy_approves_the_work_plan(w: RoundWorld) -> None:
    item = w.at("plan")
    done(w.do(item, "submit_work_plan", WORK_PLAN))
    refused(w.decide(item, w.member_of_group), "WRONG_APPROVER", "XC-1.2b")


@proves("XC-1.2b", check=2)
@pytest.mark.parametrize("who", ["head", "deputy_head"])
def test_the_head_or_the_standing_deputy_approves_the_work_plan(w: RoundWorld, who: str) -> None:
    item = w.at("plan")
    done(w.do(item, "submit_work_plan", WORK_PLAN))
    done(w.decide(item, getattr(w, who)))
    [event] = w.events("round_plan_approved")
    assert (event["approved_by"], event["approved_on"]) == (
        {"head": "p-xz1", "deputy_head": "p-xz2"}[who],
        "2026-03-02",
    )


@proves("XC-1.2c", check=1)
def test_what_is_not_approved_is_not_filed(w: RoundWorld) -> None:
    item = w.at("plan")
    done(w.do(item, "submit_work_plan", WORK_PLAN))
    answer = w.do(item, "file_round_plan", FILING, documents=("prefecture_filing",))
    refused(answer, "APPROVAL_REQUIRED", "XC-1.2c")


@proves("XC-1.2c", check=2)
@pytest.mark.parametrize(("day", "told"), [(6, 0), (9, 0), (10, 1)])
def test_the_director_is_told_when_the_plan_was_not_filed_in_five_working_days(
    tmp_path: Path, day: int, told: int
) -> None:
    """Approved on Monday 2 March: due on Monday 9 March."""
    w = RoundWorld(tmp_path, services=("inspection", "notifications"))
    w.at("plans")
    w.world.pump()
    w.world.on(2026, 3, day)
    w.world.pump()
    overdue = [
        n
        for n in w.world.as_("xcd").get("/notifications/inbox").body["items"]
        if (n["template"], n["clause"]) == ("deadline_overdue", "XC-1.2c")
    ]
    assert len(overdue) == told


@pytest.mark.parametrize("day", [6, 9, 10])
def test_the_filing_meets_its_clock(w: RoundWorld, day: int) -> None:
    item = w.at("plans")
    [duty] = [d for d in w.item(item)["duties"] if d["clause"] == "XC-1.2c"]
    assert duty["due_on"] == "2026-03-09"
    w.world.on(2026, 3, day)
    answer = done(
        w.do(
            item,
            "file_round_plan",
            FILING | {"sent_on": f"2026-03-{day:02d}"},
            documents=("prefecture_filing",),
        )
    )
    assert [(d["clause"], d["status"], d["late"]) for d in answer.body["duties"]] == [
        ("XC-1.2c", "met", False)
    ]
    assert w.events("round_plan_filed")[0]["filed_on"] == date(2026, 3, day).isoformat()
    again = w.do(item, "file_round_plan", FILING, documents=("prefecture_filing",))
    assert again.code == "DUPLICATE"


def test_a_make_up_saturday_counts_for_the_filing(w: RoundWorld) -> None:
    """Approved on Tuesday 10 February: the 11th, 12th, 13th, Saturday the 14th, and after the holiday the 24th."""
    w.world.on(2026, 2, 10)
    item = w.opened()
    w.reply(item, "discipline_commission", received_on="2026-02-10")
    w.reply(item, "organization_dept", received_on="2026-02-10")
    done(w.do(item, "propose_targets", {"unit_ids": ["edu", "hou"], "basis_annual_plan": "计划",
                                        "basis_leading_group_request": "要求"}))  # fmt: skip
    w.plan(item)
    done(w.do(item, "submit_work_plan", WORK_PLAN))
    done(w.decide(item, w.head))
    [duty] = [d for d in w.item(item)["duties"] if d["clause"] == "XC-1.2c"]
    assert duty["counted"] == ["2026-02-11", "2026-02-12", "2026-02-13", "2026-02-14", "2026-02-24"]


@proves("XC-1.3a", check=1)
def test_the_leader_is_secretary_of_the_branch(w: RoundWorld) -> None:
    item = w.at("plan")
    teams = [DECISION["teams"][0] | {"branch_secretary_id": "p-zu2"}, DECISION["teams"][1]]
    answer = w.do(item, "submit_authorisation", {"teams": teams})
    refused(answer, "CONTENT_RULE", "XC-1.3a", field="teams.branch_secretary_id")


@proves("XC-1.3a", check=2)
@pytest.mark.parametrize(
    "first", [{"unit_ids": ["hou"]}, {"leader_id": "p-zu2", "branch_secretary_id": "p-zu2"}]
)
def test_the_decision_says_what_the_plan_says(w: RoundWorld, first: dict[str, object]) -> None:
    item = w.at("plan")
    teams = [DECISION["teams"][0] | first, DECISION["teams"][1]]
    refused(w.do(item, "submit_authorisation", {"teams": teams}), "CONTENT_RULE", "XC-1.3a", field="teams")


@proves("XC-1.3b", check=1)
def test_an_unapproved_decision_is_not_put_on_the_agenda(w: RoundWorld) -> None:
    item = w.at("plan")
    done(w.do(item, "submit_authorisation", DECISION))
    approval = {"approval_no": "县委〔2026〕1号", "approved_on": "2026-03-02"}
    done(w.do(item, "record_committee_approval", approval, documents=("committee_approval",)))
    schedule = {"planned_on": "2026-03-09", "decision_on_agenda": True}
    refused(w.do(item, "schedule_mobilisation", schedule), "APPROVAL_REQUIRED", "XC-1.3b")


@proves("XC-1.3b", check=2)
def test_an_approved_decision_is_announced(w: RoundWorld) -> None:
    item = w.at("staffed")
    [line] = [t for t in w.item(item)["timeline"] if t["act"] == "approve:submit_authorisation"]
    assert "XC-1.3b" in line["clauses"]
    answer = done(w.meet(w.scheduled(item)))
    assert (answer.body["state"], w.item(item)["decision_approved_on"]) == ("mobilised", "2026-03-02")


@proves("XC-1.3c", check=1)
def test_a_team_does_nothing_before_its_mandate_is_announced(w: RoundWorld) -> None:
    item = w.at("staffed")
    team = w.team(item, 1)
    refused(w.take_up(team, by=w.leader), "PRECONDITION_NOT_MET", "XC-1.3c")
    refused(w.do(team, "constitute_meeting", RULES, by=w.leader), "PRECONDITION_NOT_MET", "XC-1.3c")
    assert w.office.get(ENGAGEMENTS).body["items"] == []


@proves("XC-1.3c", check=2)
def test_the_announcement_gives_each_team_its_mandate(w: RoundWorld) -> None:
    item = w.at("mobilised")
    told = w.events("team_authorised")
    assert [(e["leader_id"], e["units"], e["announced_on"]) for e in told] == [
        ("p-zu1", ["edu"], "2026-03-02"),
        ("p-zu4", ["hou"], "2026-03-02"),
    ]
    assert w.item(w.team(item, 1), w.leader)["state"] == "authorised"
    assert "XC-1.3c" in w.item(item)["timeline"][-1]["clauses"]


@proves("XC-1.3d", check=1)
def test_a_mandate_is_not_carried_into_the_next_round(w: RoundWorld) -> None:
    first = w.at("mobilised")
    done(w.take_up(w.team(first, 2), "hou", by=w.leader_2))
    second = _planned_anew(w)
    team = w.team(second, 1)
    refused(w.take_up(team, "hou", by=w.leader), "APPROVAL_REQUIRED", "XC-1.3d")
    refused(w.do(team, "constitute_meeting", RULES, by=w.leader), "APPROVAL_REQUIRED", "XC-1.3d")


def _planned_anew(w: RoundWorld) -> str:
    """A second round, planned and not authorised; team 1 inspects the other unit."""
    item = w.at("targets", ordinal=2)
    teams = [
        {"team_no": 1, "leader_id": "p-zu1", "deputy_ids": ["p-zu2"], "unit_ids": ["hou"]},
        {"team_no": 2, "leader_id": "p-zu4", "deputy_ids": [], "unit_ids": ["edu"]},
    ]
    done(w.nominate(item, teams=teams))
    done(w.do(item, "submit_assignment_plan", {"teams": teams}))
    done(w.decide(item, w.deputy_head))
    done(w.decide(item, w.head))
    return item


@proves("XC-1.3d", check=2)
def test_a_leader_takes_up_the_units_of_the_decision_alone(w: RoundWorld) -> None:
    item = w.at("mobilised")
    team = w.team(item, 1)
    refused(w.take_up(team, "hou", by=w.leader), "OUT_OF_SCOPE", "XC-1.3d", field="unit_id")
    refused(w.take_up(team, "edu", by=w.deputy), "WRONG_ROLE")
    answer = done(w.take_up(team, "edu", by=w.leader))
    assert answer.body["state"] == "assigned"
    assert w.take_up(team, "edu", by=w.leader).code == "DUPLICATE"


def test_another_teams_leader_does_not_know_of_the_team(w: RoundWorld) -> None:
    team = w.team(w.at("mobilised"), 1)
    assert w.leader_2.get(team).status == 404
    assert w.take_up(team, "edu", by=w.leader_2).code == "UNKNOWN_REFERENCE"
