"""What is proposed the act accepts; whom it bars the act refuses by the same rule (XC-1.1d, XC-1.1e, XC-1.5a)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from services.chassis.audit.tables import AuditEntry
from services.chassis.tables import DirectoryPerson
from services.inspection.storage_round import Avoidance
from tests.clause_proof import proves
from tests.clauses.round_steps import (
    CADRES,
    TEAM_1,
    RoundWorld,
    done,
    refused,
)

Line = dict[str, Any]


@pytest.fixture
def w(tmp_path: Path) -> RoundWorld:
    return RoundWorld(tmp_path)


def proposal(w: RoundWorld, item: str) -> Any:
    return w.item(f"{item}/team-proposal")


def relatives(w: RoundWorld, person: str, others: str) -> None:
    with w.world.runtimes["inspection"].db.write() as session:
        session.get_one(DirectoryPerson, person).relatives = others


def cadre(w: RoundWorld, item: str, person: str, **changes: object) -> str:
    return f"{CADRES}/{done(w.lend(item, person_id=person, **changes)).body['id']}"


def nominated(found: Any) -> list[Line]:
    """The proposed leaders and deputies as lines of a nomination."""
    lines: dict[int, Line] = {}
    for one in found["leaders"]:
        line = lines.setdefault(one["team_no"], {"team_no": one["team_no"], "deputy_ids": []})
        line["unit_ids"] = one["unit_ids"].strip(",").split(",")
        if one["part"] == "leader":
            line["leader_id"] = one["person_id"]
        else:
            line["deputy_ids"].append(one["person_id"])
    return list(lines.values())


def second_round(w: RoundWorld) -> str:
    first = w.at("mobilised")
    done(w.take_up(w.team(first, 1)))
    done(w.take_up(w.team(first, 2), "hou"))
    return w.at("targets", ordinal=2)


@proves("XC-1.1d", check=2)
def test_leaders_that_are_proposed_are_nominated_and_none_comes_back(w: RoundWorld) -> None:
    item = second_round(w)
    found = proposal(w, item)
    lines = nominated(found)
    assert sorted(unit for line in lines for unit in line["unit_ids"]) == ["edu", "hou"]
    answer = done(w.nominate(item, teams=lines))
    assert "XC-1.1d" in answer.body["clauses"]
    assert not answer.body.get("gaps")  # others were there who had not led in the round before
    before = {(one["person_id"], one["part"], one["unit_ids"]) for one in found["led_before"]}
    assert before == {
        ("p-zu1", "leader", ",edu,"),
        ("p-zu2", "deputy", ",edu,"),
        ("p-zu4", "leader", ",hou,"),
    }


@proves("XC-1.1d", check=1)
def test_who_led_at_a_unit_last_is_barred_as_the_act_bars_them(w: RoundWorld) -> None:
    item = second_round(w)
    first = next(
        one for one in w.office.get("/inspection/rounds").body["items"] if one["id"] != item.split("/")[3]
    )
    barred = proposal(w, item)["may_not_lead"]
    assert {(one["person_id"], one["unit_id"]) for one in barred} == {("p-zu1", "edu"), ("p-zu4", "hou")}
    for one in barred:
        assert (one["why"], one["item"], one["path"]) == ("led_last", first["id"], "rounds")
        team = {"team_no": 1, "leader_id": one["person_id"], "deputy_ids": [], "unit_ids": [one["unit_id"]]}
        refused(w.nominate(item, teams=[team]), one["code"], one["clause"])
        assert (one["code"], one["clause"]) == ("THREE_NOT_FIXED", "XC-1.1d")


@proves("XC-1.1e", check=1)
def test_who_has_family_in_a_unit_is_barred_as_the_act_bars_them(w: RoundWorld) -> None:
    item = w.at("targets")
    relatives(w, "p-zu2", "p-edu-clerk")
    [one] = proposal(w, item)["may_not_lead"]
    shown = [one[name] for name in ("person_id", "unit_id", "code", "clause", "why")]
    assert shown == ["p-zu2", "edu", "CONFLICT_OF_INTEREST", "XC-1.1e", "line_or_family"]
    assert "p-edu-clerk" not in json.dumps(proposal(w, item))  # that there is somebody, not who
    for line in ({"leader_id": "p-zu2"}, {"leader_id": "p-zu1", "deputy_ids": ["p-zu2"]}):
        refused(w.nominate(item, teams=[TEAM_1 | {"deputy_ids": []} | line]), one["code"], one["clause"])
    done(w.nominate(item, teams=nominated(proposal(w, item))))


@proves("XC-1.5a", check=1)
def test_whom_it_proposes_for_a_team_the_act_puts_there_and_whom_it_bars_the_act_keeps_out(
    w: RoundWorld,
) -> None:
    item = w.at("plan")
    relatives(w, "p-zu6", "p-hou-clerk")
    lent = {
        cadre(w, item, "p-zu3"): "p-zu3",
        cadre(w, item, "p-zu5", speciality_code="law", experience=""): "p-zu5",
        cadre(w, item, "p-zu6", speciality_code="audit"): "p-zu6",
        cadre(w, item, "p-zu4", speciality_code="finance"): "p-zu4",  # leads team 2
    }
    unfit = cadre(w, item, "p-zu7")
    done(w.do(unfit, "mark_unfit", {"reason_code": "health"}))
    done(w.declare(item, unit_id="edu"))
    found = proposal(w, item)
    of = {person: address for address, person in lent.items()} | {"p-zu7": unfit}
    barred = {
        (one["person_id"], one.get("no", ""), one["code"], one["clause"], one["why"])
        for one in found["may_not_join"]
    }
    assert barred == {
        ("p-zu3", "XC-2026-01-01", "CONFLICT_OF_INTEREST", "XC-2.3c", "declared"),
        ("p-zu6", "XC-2026-01-02", "CONFLICT_OF_INTEREST", "XC-2.3c", "line_or_family"),
        ("p-zu4", "", "DUPLICATE", "XC-1.5a", "leads_a_team"),
        ("p-zu7", "", "PRECONDITION_NOT_MET", "XC-1.5a", "unfit"),
    }
    other = {"p-zu4": w.team(item, 1), "p-zu7": w.team(item, 1)}
    for one in found["may_not_join"]:
        team = f"/inspection/teams/{one['item']}" if one.get("item") else other[one["person_id"]]
        refused(w.join(of[one["person_id"]], team), one["code"], one["clause"])
    assert [one["person_id"] for one in found["nowhere"]] == ["p-zu7"]
    assert {one["person_id"] for one in found["proposed"]} == set(lent.values())
    for one in found["proposed"]:
        assert "in_it" not in one["reasons"]
        done(w.join(of[one["person_id"]], f"/inspection/teams/{one['item']}"))
    then = proposal(w, item)
    assert {tuple(one["reasons"]) for one in then["proposed"]} == {("in_it",)}
    assert [(one["size"], one["joining"]) for one in then["shapes"]] == [(3, 0), (3, 0)]


def test_who_declares_once_they_are_in_the_team_is_to_leave_it(w: RoundWorld) -> None:
    item = w.at("staffed")
    assert proposal(w, item)["must_leave"] == []
    done(w.declare(item))
    [one] = proposal(w, item)["must_leave"]
    assert (one["person_id"], one["unit_id"], one["why"]) == ("p-zu3", "edu", "declared")
    assert "member_must_avoid" in proposal(w, item)["shapes"][0]["wishes"]


def test_what_was_declared_to_another_office_is_told_as_a_relation_and_no_more(w: RoundWorld) -> None:
    item = w.at("plan")
    address = cadre(w, item, "p-zu3")
    avoidance = done(w.declare(item)).body["id"]
    with w.world.runtimes["inspection"].db.write() as session:
        session.get_one(Avoidance, avoidance).office_id = "another"
    [one] = proposal(w, item)["may_not_join"]
    assert one["why"] == "on_record"
    refused(w.join(address, w.team(item, 1)), one["code"], one["clause"])


@pytest.mark.parametrize("step", ["opened", "targets", "plan"])
def test_it_is_the_offices_alone_and_each_reading_is_on_the_trail(w: RoundWorld, step: str) -> None:
    item = w.at(step)
    for who in (w.head, w.deputy_head, w.member_of_group):
        refused(who.get(f"{item}/team-proposal"), "WRONG_ROLE", "XC-1.1e")
        assert "team-proposal" not in {one["name"] for one in w.item(item, who)["beside"]}
    unknown = w.leader.get("/inspection/rounds/nothing/team-proposal")
    for stranger in (w.leader, w.member, w.world.as_("clerk1")):
        hidden = stranger.get(f"{item}/team-proposal")
        assert (hidden.status, hidden.body) == (unknown.status, unknown.body)
    proposal(w, item)
    assert "team-proposal" in {one["name"] for one in w.item(item)["beside"]}
    with w.world.runtimes["inspection"].db.read() as session:
        rows = session.query(AuditEntry).filter(AuditEntry.act == "read_team_proposal").all()
        seen = [(row.actor_person, row.outcome) for row in rows]
    assert seen.count(("p-xc1", "read")) == 1
    assert {person for person, outcome in seen if outcome == "refused"} == {"p-xz1", "p-xz2", "p-xz3"}


def test_nothing_is_proposed_before_there_are_targets(w: RoundWorld) -> None:
    assert proposal(w, w.at("opened")) == {"clauses": []}


def test_a_unit_where_nobody_may_lead_is_named(w: RoundWorld) -> None:
    item = w.at("targets")
    for number in range(1, 9):
        relatives(w, f"p-zu{number}", "p-hou-clerk")
    found = proposal(w, item)
    assert found["without_leader"] == [{"unit_id": "hou"}]
    assert {line["unit_ids"][0] for line in nominated(found)} == {"edu"}
