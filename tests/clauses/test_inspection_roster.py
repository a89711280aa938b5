"""Cadres are lent by the right side, replaced if unfit, and grouped (XC-1.4, XC-1.5)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.round_steps import CADRES, SECONDMENT, RoundWorld, done, refused


@pytest.fixture
def w(tmp_path: Path) -> RoundWorld:
    return RoundWorld(tmp_path)


@proves("XC-1.4a", check=1)
@pytest.mark.parametrize("field", ["number", "profile"])
def test_who_asks_for_cadres_says_how_many_and_whom(w: RoundWorld, field: str) -> None:
    item = w.at("plan")
    paper = {k: v for k, v in SECONDMENT.items() if k != field}
    refused(w.do(item, "request_secondment", paper), "MISSING_FIELD", "XC-1.4a", field=field)


@proves("XC-1.4a", check=2)
@pytest.mark.parametrize(
    ("system", "channel"), [("discipline", "discipline_commission"), ("other", "organization_dept")]
)
def test_a_request_names_the_side_that_lends(w: RoundWorld, system: str, channel: str) -> None:
    item = w.at("plan")
    answer = done(w.do(item, "request_secondment", SECONDMENT | {"system_code": system}))
    assert "XC-1.4a" in answer.body["clauses"]
    [event] = w.events("secondment_requested")
    assert (event["system"], event["channel"], event["number"]) == (system, channel, 2)
    assert SECONDMENT["profile"] not in json.dumps(event, ensure_ascii=False)


@proves("XC-1.4b", check=1)
def test_the_organisation_department_lends_nobody_of_the_discipline_system(w: RoundWorld) -> None:
    item = w.at("plan")
    refused(w.lend(item, channel_role="organization_dept"), "WRONG_ROUTE", "XC-1.4b", field="channel_role")


@proves("XC-1.4b", check=2)
def test_the_commission_lends_cadres_of_the_discipline_system(w: RoundWorld) -> None:
    answer = done(w.lend(w.at("plan")))
    assert (answer.body["state"], "XC-1.4b" in answer.body["clauses"]) == ("active", True)


@proves("XC-1.4c", check=1)
def test_the_commission_lends_nobody_of_another_system(w: RoundWorld) -> None:
    answer = w.lend(w.at("plan"), system_code="other", speciality_code="audit")
    refused(answer, "WRONG_ROUTE", "XC-1.4c", field="channel_role")


@proves("XC-1.4c", check=2)
def test_the_organisation_department_lends_cadres_of_other_systems(w: RoundWorld) -> None:
    answer = w.lend(
        w.at("plan"), system_code="other", channel_role="organization_dept", speciality_code="audit"
    )
    assert "XC-1.4c" in done(answer).body["clauses"]


@proves("XC-1.4d", check=1)
@pytest.mark.parametrize("born", [1968, 1999])
def test_the_composition_shows_ages_and_no_age_is_refused(w: RoundWorld, born: int) -> None:
    item = w.at("plan")
    lent = {"system_code": "other", "channel_role": "organization_dept", "birth_year": born}
    done(w.lend(item, **lent))
    shown = w.item(f"{item}/composition")
    assert (shown["clause"], [line["age"] for line in shown["items"]]) == ("XC-1.4d", [2026 - born])
    assert shown["average_age_of_others"] == 2026 - born


def test_a_cadre_is_on_the_roster_once(w: RoundWorld) -> None:
    item = w.at("plan")
    done(w.lend(item))
    assert w.lend(item).code == "DUPLICATE"
    assert w.lend(item, person_id="p-nobody").code == "UNKNOWN_REFERENCE"


@proves("XC-1.4e", check=1)
def test_an_unfit_cadre_joins_no_team(w: RoundWorld) -> None:
    item = w.at("plan")
    cadre = f"{CADRES}/{done(w.lend(item)).body['id']}"
    done(w.do(cadre, "mark_unfit", {"reason_code": "health"}))
    refused(w.join(cadre, w.team(item, 1)), "PRECONDITION_NOT_MET")
    assert w.do(cadre, "assign_cadre", {"team_id": "x"}).body["clauses"] == ["XC-1.5a", "XC-2.3c"]
    assert "XC-1.4e" in w.item(cadre)["timeline"][-1]["clauses"]


@proves("XC-1.4e", check=2)
def test_a_replacement_is_asked_for_without_the_reason_in_words(w: RoundWorld) -> None:
    item = w.at("plan")
    cadre = f"{CADRES}/{done(w.lend(item)).body['id']}"
    done(w.join(cadre, w.team(item, 1)))
    words = "家庭成员情况复杂"
    answer = done(w.do(cadre, "mark_unfit", {"reason_code": "other", "reason": words}))
    assert answer.body["state"] == "unfit"
    [event] = w.events("secondment_replacement_requested")
    assert event == {"round_id": item.rpartition("/")[2], "cadre_id": "p-zu3", "reason_code": "other"}
    assert w.item(cadre)["team_id"] == ""
    assert w.member.get(w.team(item, 1)).status == 404  # who was taken off the team knows of it no longer


@proves("XC-1.5a", check=1)
def test_a_cadre_is_in_one_team_of_a_round(w: RoundWorld) -> None:
    item = w.at("plan")
    cadre = f"{CADRES}/{done(w.lend(item)).body['id']}"
    done(w.join(cadre, w.team(item, 1)))
    refused(w.join(cadre, w.team(item, 2)), "DUPLICATE", "XC-1.5a", field="team_id")
    assert w.member.get(w.team(item, 1)).status == 200
    assert w.member.get(w.team(item, 2)).status == 404


@proves("XC-1.5a", check=2)
@pytest.mark.parametrize("lacks", ["speciality_code", "birth_year", "experience", ""])
def test_what_the_roster_lacks_is_a_gap_when_the_teams_are_final(w: RoundWorld, lacks: str) -> None:
    item = w.at("plans")
    whole = {"speciality_code": "audit", "birth_year": 1985, "experience": "审计十年"}
    given = {k: (None if k != "experience" else "") if k == lacks else v for k, v in whole.items()}
    cadre = f"{CADRES}/{done(w.lend(item, **given)).body['id']}"
    refused(w.do(item, "finalise_grouping"), "PRECONDITION_NOT_MET", "XC-1.5a")
    done(w.join(cadre, w.team(item, 1)))
    answer = done(w.do(item, "finalise_grouping"))
    assert answer.body["state"] == "staffed"
    assert w.gaps(item, "XC-1.5a") == ({"p-zu3"} if lacks else set())
