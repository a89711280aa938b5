"""Who gets through on what a team does at a unit beside its main work: written down by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.clauses.round_steps import done
from tests.clauses.test_inspection_demands import PROPOSAL

if TYPE_CHECKING:
    from tests.attacks.inspection_rounds import RoundItems

OFFICE, LEADING_GROUP = {"xc1", "xcd"}, {"xz1", "xz2", "xz3"}
HEADS, OF_TEAM_1, OF_UNIT = {"zu1", "zu2"}, {"zu1", "zu2", "zu3"}, {"edu-head", "edu-clerk"}
OPENERS = OFFICE | OF_TEAM_1 | {"zu4", "zu5"}
CREATORS = {"/inspection/rectification-demands/demand_rectification": OPENERS}
KNOWN = {"/inspection/rectification-demands": OFFICE | LEADING_GROUP | OF_TEAM_1 | OF_UNIT}
DOERS = {
    "/inspection/rectification-demands": {
        "report_rectification_result": OF_UNIT,
        "settle_rectification": HEADS,
    },
}


def fill(items: RoundItems, unit: str, issue: str) -> None:
    """An item of each kind, at the unit of team 1."""
    demand = PROPOSAL | {"issue_id": issue.rpartition("/")[2]}
    _put(items, unit, "rectification-demands", "demand_rectification", "zu3", demand)


def _put(items: RoundItems, unit: str, path: str, act: str, account: str, paper: dict[str, Any]) -> str:
    """Opened by an account and chosen; gives its address."""
    place, given = f"/inspection/{path}", dict(paper) | {"engagement_id": unit.rpartition("/")[2]}
    items.chosen[place] = done(items.do(place, act, given, by=items.world.as_(account))).body["id"]
    return f"{place}/{items.chosen[place]}"
