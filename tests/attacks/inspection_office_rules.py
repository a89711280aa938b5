"""Assignments, docking meetings and screenings in the prepared worlds, and who gets through on them."""

from __future__ import annotations

from tests.clauses.office_rule_steps import ASSIGNMENTS, DOCKINGS, SCREENINGS, OfficeRules
from tests.clauses.supervision_steps import done
from tests.world import World

STAFF = {"clerk1", "clerk2", "deputy1", "head1"}
OFFICES = STAFF | {"clerk3", "head2"}
UNITS = {"edu-clerk", "edu-head", "hou-head"}
LEADERS = {"deputy1", "head1"}
CREATORS = {
    f"{ASSIGNMENTS}/assign_to_unit": LEADERS | {"head2"},
    f"{DOCKINGS}/record_docking_meeting": OFFICES | {"jd1"},
    f"{DOCKINGS}/record_integrity_meeting": OFFICES | {"jd1"},
    f"{SCREENINGS}/close_risk_screening": OFFICES | UNITS,
}
KNOWN = {
    ASSIGNMENTS: LEADERS | {"clerk1"},
    DOCKINGS: STAFF | {"jd1", "leader"},
    SCREENINGS: STAFF | {"edu-clerk", "edu-head", "jd1", "leader"},
}
"""Of the items that `OfficeRuleItems` has chosen: clerk1 is to work with the education bureau, and was there before."""
DOERS: dict[str, dict[str, set[str]]] = {
    ASSIGNMENTS: {
        "declare_unit_conflict": {"clerk1"},
        "confirm_unit_assignment": LEADERS,
        "end_unit_assignment": LEADERS,
    },
    DOCKINGS: {"draw_integrity_report": STAFF | {"jd1"}},
    SCREENINGS: {},
}
OF_BUSINESS = ("unit_assignment", "docking_meeting", "risk_screening")


class OfficeRuleItems(OfficeRules):
    """An item of each kind in a world that is there already. `chosen`: kind's place → id."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.chosen: dict[str, str] = {}
        self.clerk, self.head = world.as_("clerk1"), world.as_("head1")

    def fill(self) -> OfficeRuleItems:
        self.chosen[ASSIGNMENTS] = self.assigned(formerly_there=True).rpartition("/")[2]
        self.chosen[DOCKINGS] = str(done(self.dock()).body["id"])
        self.chosen[SCREENINGS] = str(done(self.screen()).body["id"])
        return self
