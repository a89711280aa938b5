"""Who gets through on what a team does at a unit beside its main work: written down by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.clauses.petition_steps import DIRECT, LETTER, SLIP
from tests.clauses.round_steps import done
from tests.clauses.test_inspection_demands import PROPOSAL

if TYPE_CHECKING:
    from tests.attacks.inspection_rounds import RoundItems

OFFICE, LEADING_GROUP = {"xc1", "xcd"}, {"xz1", "xz2", "xz3"}
HEADS, OF_TEAM_1, OF_UNIT = {"zu1", "zu2"}, {"zu1", "zu2", "zu3"}, {"edu-head", "edu-clerk"}
OPENERS = OFFICE | OF_TEAM_1 | {"zu4", "zu5"}
CREATORS = {
    "/inspection/rectification-demands/demand_rectification": OPENERS,
    "/inspection/team-petitions/register_petition": OPENERS,
    "/inspection/team-petitions/register_direct_item": OPENERS,
    "/inspection/found-clues/open_clue_of_petition": OPENERS,
    "/inspection/direct-deliveries/fill_direct_slip": OPENERS,
}
KNOWN = {
    "/inspection/rectification-demands": OFFICE | LEADING_GROUP | OF_TEAM_1 | OF_UNIT,
    "/inspection/team-petitions": OF_TEAM_1,
    "/inspection/direct-deliveries": {"zu1", "zu2", "xz1"},
}
"""Of the items that `fill` has chosen. The slip names zu2 to register it and xz1 as its addressee."""
VIEWS = {"DELETE /team-petitions/<id>": OF_TEAM_1}
DECIDERS = {"/inspection/team-petitions": {"zu1"}}
DOERS = {
    "/inspection/rectification-demands": {
        "report_rectification_result": OF_UNIT,
        "settle_rectification": HEADS,
    },
    "/inspection/team-petitions": {
        "correct_entry": {"zu1", "zu3"},
        "record_reception": OF_TEAM_1,
        "receive_alone": OF_TEAM_1,
        "submit_important_petition": OF_TEAM_1,
        "instruct_petition": HEADS,
        "file_petition": {"zu1", "zu3"},
        "pass_to_department": {"zu1", "zu3"},
        "hand_petition_to_unit": {"zu1", "zu3"},
    },
    "/inspection/direct-deliveries": {
        "designate_registrar": {"zu1"},
        "register_direct_slip": {"zu2"},
        "hand_over_sealed": HEADS,
        "sign_for_direct_item": {"xz1"},
    },
}


def fill(items: RoundItems, unit: str, issue: str) -> None:
    """An item of each kind, at the unit of team 1."""
    demand = PROPOSAL | {"issue_id": issue.rpartition("/")[2]}
    _put(items, unit, "rectification-demands", "demand_rectification", "zu3", demand)
    direct = _put(items, unit, "team-petitions", "register_direct_item", "zu3", DIRECT)
    no = items.item(direct, items.leader)["no"]
    _put(items, unit, "direct-deliveries", "fill_direct_slip", "zu1", SLIP | {"source_no": no})
    visit = _put(items, unit, "team-petitions", "register_petition", "zu3", LETTER | {"channel": "visit"})
    alone = {
        "received_at": "2026-03-02T08:00:00+08:00",
        "place": "接待室",
        "receiver_id": "p-zu3",
        "reason": "突发",
    }
    done(items.do(visit, "receive_alone", alone, by=items.member))


def _put(items: RoundItems, unit: str, path: str, act: str, account: str, paper: dict[str, Any]) -> str:
    """Opened by an account and chosen; gives its address."""
    place, given = f"/inspection/{path}", dict(paper) | {"engagement_id": unit.rpartition("/")[2]}
    items.chosen[place] = done(items.do(place, act, given, by=items.world.as_(account))).body["id"]
    return f"{place}/{items.chosen[place]}"
