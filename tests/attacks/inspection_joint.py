"""Joint supervision and what it leads to in the prepared worlds, and who gets through on it."""

from __future__ import annotations

from tests.clauses.joint_steps import IMPROVEMENTS, JOINTS, QUARTERS, SCREENINGS, JointWorld, done
from tests.world import World

STAFF = {"clerk1", "clerk2", "deputy1", "head1"}
OFFICES = STAFF | {"clerk3", "head2"}
UNIT = {"edu-clerk", "edu-head"}
LEADERS = {"deputy1", "head1"}
CREATORS = {
    f"{JOINTS}/open_embedded_supervision": {"jd1", "jgw1"},
    f"{JOINTS}/open_joint_supervision": {"jd1"},
    f"{JOINTS}/open_special_duty_supervision": OFFICES | {"jd1"},
    f"{IMPROVEMENTS}/propose_improvement": OFFICES | {"jd1", "jgw1"},
    f"{SCREENINGS}/screen_judicial_case": OFFICES,
    f"{QUARTERS}/begin_unit_quarters": LEADERS | {"head2"},
}
KNOWN = {
    JOINTS: STAFF | {"jd1", "leader"},
    IMPROVEMENTS: UNIT | {"jd1", "leader"},
    SCREENINGS: LEADERS | {"clerk1", "jd1", "ags1"},
    QUARTERS: STAFF | {"jd1", "leader"},
}
"""Of the items that `JointItems` has chosen: the liaison office leads at the education bureau, clerk1 has screened."""
DOERS: dict[str, dict[str, set[str]]] = {
    JOINTS: {
        "add_joint_body": {"jd1"},
        "add_joint_checker": {"jd1"},
        "record_joint_step": STAFF | {"jd1"},
        "conclude_joint_supervision": {"jd1"},
        "report_joint_supervision": {"jd1"},
    },
    IMPROVEMENTS: {"answer_improvement": UNIT, "close_improvement": {"jd1"}},
    SCREENINGS: {},
    QUARTERS: {"record_office_act": STAFF},
}
OF_BUSINESS = ("joint_supervision", "improvement", "judicial_screening", "unit_quarter")


class JointItems(JointWorld):
    """An item of each kind in a world that is there already. `chosen`: kind's place → id."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.chosen: dict[str, str] = {}
        self.clerk, self.head, self.deputy = (world.as_(name) for name in ("clerk1", "head1", "deputy1"))
        self.unit, self.liaison = world.as_("edu-clerk"), world.as_("jd1")

    def fill(self) -> JointItems:
        """An item of each kind, on 2 March 2026."""
        self.court()
        self._keep(JOINTS, self.joint())
        self._keep(IMPROVEMENTS, self.improvement())
        self._keep(SCREENINGS, str(done(self.screen()).body["id"]))
        self._keep(QUARTERS, self.quarter())
        return self

    def _keep(self, place: str, item: str) -> None:
        self.chosen[place] = item.rpartition("/")[2]
