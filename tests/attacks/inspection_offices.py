"""The supervision of offices in the prepared worlds, and who gets through on it, for the enumerations.

Of the leading group's own posts the example authority has one each; the others are put there by `OfficeWorld`.
"""

from __future__ import annotations

from tests.clauses.office_steps import CHECKS, GROUPS, OPINIONS, QUARTERS, ROUNDS, OfficeWorld
from tests.clauses.supervision_steps import done
from tests.world import World

STAFF = {"clerk1", "clerk2", "deputy1", "head1"}
OFFICES = STAFF | {"clerk3", "head2"}
UNITS = {"edu-clerk", "edu-head", "hou-head"}
LEADERS = {"deputy1", "head1"}
GROUP = "dcz1"
CREATORS = {
    f"{GROUPS}/set_up_supervision_group": {"leader"},
    f"{ROUNDS}/plan_office_round": {GROUP},
    f"{CHECKS}/record_office_check": OFFICES | {"jd1", "gbs1", "jgw1"},
    f"{OPINIONS}/file_office_opinion": OFFICES | UNITS | {"jd1"},
}
KNOWN = {
    GROUPS: OFFICES | {"jd1", "leader", GROUP, "gbs1", "jgw1"},
    QUARTERS: {"leader", GROUP},
    ROUNDS: {"leader", "jd1", "clerk1", "clerk3", GROUP},
    CHECKS: LEADERS | {"leader", "jd1", "clerk3", GROUP},
    OPINIONS: STAFF | {"jd1", "leader", "edu-clerk", "edu-head"},
}
"""Of the items that `OfficeItems` has chosen: team 2's check of pz1, an opinion that the education bureau gave."""
DOERS: dict[str, dict[str, set[str]]] = {
    GROUPS: {"dissolve_supervision_group": {"leader"}},
    QUARTERS: {},
    ROUNDS: {"cancel_office_round": {GROUP}},
    CHECKS: {"answer_office_check": LEADERS},
    OPINIONS: {"answer_office_opinion": LEADERS, "trace_office_opinion": {"jd1"}},
}
VIEWS = dict.fromkeys(
    ("GET /office-rounds/<id>/ledgers", "GET /office-rounds/<id>/ledger-entries"), KNOWN[ROUNDS]
)
"""Whoever knows of the round is told that they are of no team at an office that they do not name."""
OF_BUSINESS = ("office_round", "office_check", "office_opinion")


class OfficeItems(OfficeWorld):
    """The supervision of offices in a world that is there already. `chosen`: kind's place → id."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.chosen: dict[str, str] = {}
        self.clerk, self.head, self.leader = (world.as_(name) for name in ("clerk1", "head1", "leader"))
        self.unit = world.as_("edu-clerk")
        self.add_group()

    def fill(self) -> OfficeItems:
        """An item of each kind, on 2 March 2026."""
        self.chosen[ROUNDS] = self.round_planned()
        [group] = self.listed(GROUPS, self.leader)
        self.chosen[GROUPS], self.chosen[QUARTERS] = str(group["id"]), self.quarter().rpartition("/")[2]
        check = done(self.check_office(self.chosen[ROUNDS], by=self.team_head))
        self.chosen[CHECKS] = str(check.body["id"])
        opinion = done(self.opine_on(by=self.unit, channel="from_unit"))
        self.chosen[OPINIONS] = str(opinion.body["id"])
        return self
