"""Who gets through on what a team does at a unit beside its main work: written down by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.clauses.petition_steps import DIRECT, LETTER, SLIP
from tests.clauses.round_steps import done
from tests.clauses.test_inspection_assistance import GRANT, HELP, TASK
from tests.clauses.test_inspection_demands import PROPOSAL
from tests.clauses.test_inspection_questioning import INQUIRY, REQUEST

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
    "/inspection/found-clues/open_clue_of_spot_check": OPENERS,
    "/inspection/direct-deliveries/fill_direct_slip": OPENERS,
    "/inspection/questionings/plan_questioning": OPENERS,
    "/inspection/assistance-requests/request_assistance": OPENERS,
    "/inspection/help-tasks/assign_help_task": OPENERS,
}
KNOWN = {
    "/inspection/rectification-demands": OFFICE | LEADING_GROUP | OF_TEAM_1 | OF_UNIT,
    "/inspection/team-petitions": OF_TEAM_1,
    "/inspection/direct-deliveries": {"zu1", "zu2", "xz1"},
    "/inspection/questionings": {"zu1", "zu2", "xz1", "xz2"},
    "/inspection/assistance-requests": OF_TEAM_1,
    "/inspection/help-tasks": OF_TEAM_1 | {"dfs1"},
}
"""Of the items that `fill` has chosen. The slip names zu2 to register it and xz1 as its addressee; the questioning, of
a detained person, is for zu2 to know of; dfs1 helps, led by zu2.
"""
VIEWS = {"DELETE /team-petitions/<id>": OF_TEAM_1}
DECIDERS = {"/inspection/team-petitions": {"zu1"}, "/inspection/questionings": {"xz1", "xz2"}}
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
    "/inspection/questionings": {
        "ask_consent": {"zu1"},
        "arrange_access": set(),
        "open_questioning": {"zu1"},
        "record_questioning": HEADS,
    },
    "/inspection/assistance-requests": {"record_grant": {"zu1", "zu3"}, "record_decline": {"zu1", "zu3"}},
    "/inspection/help-tasks": {"record_help": {"zu2", "dfs1"}, "finish_help_task": HEADS},
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
    inquiry = INQUIRY | {"custody_status": "detained"}
    asked = _put(items, unit, "questionings", "plan_questioning", "zu1", inquiry)
    done(items.do(asked, "ask_consent", REQUEST, by=items.leader))
    help_asked = _put(items, unit, "assistance-requests", "request_assistance", "zu3", HELP)
    done(items.do(help_asked, "record_grant", GRANT, by=items.member))
    sheet = TASK | {"assistance_id": help_asked.rpartition("/")[2]}
    _put(items, unit, "help-tasks", "assign_help_task", "zu3", sheet)


def _put(items: RoundItems, unit: str, path: str, act: str, account: str, paper: dict[str, Any]) -> str:
    """Opened by an account and chosen; gives its address."""
    place, given = f"/inspection/{path}", dict(paper) | {"engagement_id": unit.rpartition("/")[2]}
    items.chosen[place] = done(items.do(place, act, given, by=items.world.as_(account))).body["id"]
    return f"{place}/{items.chosen[place]}"
