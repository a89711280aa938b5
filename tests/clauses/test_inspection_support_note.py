"""An office supports the inspection of one of its units with what its supervision knows (LZ-20.10)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.clause_proof import proves
from tests.clauses.round_steps import ENGAGEMENTS, NOTICE, ROUNDS, RoundWorld, done, refused
from tests.world import Answer, Client

SUPPORTS = "/inspection/inspection-supports"
NOTE: dict[str, Any] = {"given_to": "inspection_office", "facts": "日常监督掌握的情况", "has_clues": False}


@pytest.fixture
def w(tmp_path: Path) -> RoundWorld:
    return RoundWorld(tmp_path)


def awaited(w: RoundWorld) -> str:
    [one] = w.world.as_("head1").get(SUPPORTS).body["items"]
    return f"{SUPPORTS}/{one['id']}"


def provide(w: RoundWorld, item: str, by: Client | None = None, **changes: Any) -> Answer:
    return w.do(item, "provide_inspection_support", NOTE | changes, by=by or w.world.as_("head1"))


def told(w: RoundWorld, template: str) -> list[tuple[str, str]]:
    """(role, office) of the notices that were asked for."""
    return [(n["to_role"], n["office_id"]) for n in w.events("notice_due") if n["template"] == template]


def at_a_team_without_pledges(w: RoundWorld) -> str:
    """The bureau is told of its inspection before the team's people have signed anything."""
    team = w.constituted(w.at("mobilised"))
    engagement = f"{ENGAGEMENTS}/{done(w.take_up(team)).body['id']}"
    done(w.do(engagement, "issue_notice", NOTICE))
    return team


@proves("LZ-20.10", check=1)
def test_the_notice_of_an_inspection_asks_the_units_office_for_a_note(w: RoundWorld) -> None:
    unit = w.unit_at("notified")
    item = awaited(w)
    shown = w.item(item, w.world.as_("head1"))
    assert (shown["state"], f"{ROUNDS}/{shown['round_id']}") == ("awaited", w.round_of(unit))
    assert told(w, "inspection_support_expected") == [("dispatched_office_head", "pz1")]
    assert w.world.as_("head2").get(SUPPORTS).body["items"] == []
    w.world.tick()
    assert told(w, "inspection_support_missing") == []
    assert "LZ-20.10" in done(provide(w, item)).body["clauses"]
    [event] = w.events("support_provided")
    assert (event["office_id"], f"{ROUNDS}/{event['round_id']}") == ("pz1", w.round_of(unit))
    assert w.item(item)["state"] == "provided"
    refused(provide(w, item), "WRONG_STATE", "LZ-20.10")


@proves("LZ-20.10", check=1)
def test_when_the_team_enters_and_no_note_is_there_the_head_is_warned_once(w: RoundWorld) -> None:
    w.unit_at("met")
    item, head = awaited(w), w.world.as_("head1")
    w.world.tick()
    assert (told(w, "inspection_support_missing"), w.item(item, head)["gaps"]) == ([], [])
    w.untouched = False
    [engagement] = w.office.get(ENGAGEMENTS).body["items"]
    w.entered(f"{ENGAGEMENTS}/{engagement['id']}")
    w.world.tick()
    w.world.tick()
    assert told(w, "inspection_support_missing") == [("dispatched_office_head", "pz1")]
    [gap] = w.item(item, head)["gaps"]
    assert (gap["clause"], gap["filled_at"]) == ("LZ-20.10", None)
    assert "LZ-20.10" in done(provide(w, item)).body["clauses"]
    [filled] = w.item(item, head)["gaps"]
    assert filled["filled_at"]


@proves("LZ-20.10", check=1)
def test_a_note_that_was_there_before_the_team_entered_leaves_nobody_to_warn(w: RoundWorld) -> None:
    unit = w.unit_at("met")
    item = awaited(w)
    assert "LZ-20.10" in done(provide(w, item)).body["clauses"]
    w.entered(unit)
    w.world.tick()
    assert told(w, "inspection_support_missing") == []
    assert w.item(item)["gaps"] == []


@proves("LZ-20.10", check=2)
def test_what_is_in_clues_goes_to_no_team_that_is_not_cleared(w: RoundWorld) -> None:
    team = at_a_team_without_pledges(w)
    item = awaited(w)
    to_team: dict[str, Any] = {"given_to": "inspection_team", "has_clues": True}
    refused(provide(w, item, **to_team), "ACCESS_DENIED", "LZ-20.10", field="given_to")
    done(w.do(team, "sign_pledge", {"pledged": True}, by=w.leader))
    refused(provide(w, item, **to_team), "ACCESS_DENIED", "LZ-20.10", field="given_to")
    assert w.events("support_provided") == []
    for one in (w.deputy, w.member):
        done(w.do(team, "sign_pledge", {"pledged": True}, by=one))
    assert "LZ-20.10" in done(provide(w, item, **to_team)).body["clauses"]
    assert w.item(item, w.member)["given_to"] == "inspection_team"


@proves("LZ-20.10", check=2)
@pytest.mark.parametrize(("given_to", "has_clues"), [("inspection_team", False), ("inspection_office", True)])
def test_other_notes_go_to_a_team_and_clues_to_the_inspection_office(
    w: RoundWorld, given_to: str, *, has_clues: bool
) -> None:
    at_a_team_without_pledges(w)
    item = awaited(w)
    answer = done(provide(w, item, given_to=given_to, has_clues=has_clues))
    assert "LZ-20.10" in answer.body["clauses"]
    team_knows = given_to == "inspection_team"
    assert [one.get(item).status for one in (w.leader, w.member)] == [200 if team_knows else 404] * 2
    assert w.leader_2.get(item).status == 404


def test_a_member_reads_the_note_with_the_rounds_pledge_and_the_unit_never_knows(w: RoundWorld) -> None:
    team = at_a_team_without_pledges(w)
    item = awaited(w)
    done(provide(w, item, given_to="inspection_team"))
    kept = next(one for one in w.item(item)["papers"] if one["act"] == "provide_inspection_support")
    paper = f"{item}/papers/{kept['id']}"
    refused(w.member.get(paper), "MISSING_SIGNATURE", "XC-3.3b")
    done(w.do(team, "sign_pledge", {"pledged": True}, by=w.member))
    assert w.item(paper, w.member)["form"]["facts"] == NOTE["facts"]
    for account in ("edu-head", "edu-clerk", "head2", "zu4", "sys"):
        assert w.world.as_(account).get(item).status == 404
    for other in ("clerk1", "jd1", "leader", "xc1"):
        refused(provide(w, item, by=w.world.as_(other)), "WRONG_ROLE")


def test_who_steps_aside_from_the_unit_knows_of_the_note_no_more(w: RoundWorld) -> None:
    unit = w.unit_at("notified")
    item = awaited(w)
    done(provide(w, item, given_to="inspection_team"))
    assert w.item(item, w.member)["state"] == "provided"
    round_id = w.round_of(unit)
    done(w.declare(round_id, unit_id="edu"))
    assert w.member.get(item).status == 404
    assert w.item(item, w.deputy)["state"] == "provided"
