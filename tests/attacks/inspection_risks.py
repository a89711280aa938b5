"""Political ecology, risks and special matters in the prepared worlds, and who gets through on them."""

from __future__ import annotations

from tests.clauses.ecology_steps import PORTRAITS, STUDIES
from tests.clauses.risk_search_steps import MATTERS, POWERS, SEARCHES, SearchWorld
from tests.clauses.risk_steps import MEASURES, POINTS, done, id_of
from tests.clauses.unit_org_steps import holder
from tests.world import World

STAFF = {"clerk1", "clerk2", "deputy1", "head1"}
UNIT = {"edu-clerk", "edu-head"}
OFFICES = STAFF | {"clerk3", "head2"}
UNITS = UNIT | {"hou-head"}
LEADERS = {"deputy1", "head1"}
CREATORS = {
    f"{POINTS}/register_risk_point": OFFICES | UNITS,
    f"{MEASURES}/set_control_measure": OFFICES | UNITS,
    f"{STUDIES}/begin_ecology_studies": LEADERS | {"head2", "jd1"},
    f"{PORTRAITS}/draw_ecology_portrait": OFFICES,
    f"{SEARCHES}/call_for_risk_search": OFFICES,
    f"{SEARCHES}/mark_typical_case": OFFICES,
    f"{MATTERS}/list_special_matter": OFFICES,
    f"{POWERS}/map_core_power": OFFICES | {"jd1"},
}
KNOWN = {
    POINTS: STAFF | UNIT | {"jd1", "leader"},
    MEASURES: STAFF | UNIT | {"jd1", "leader"},
    STUDIES: STAFF | {"jd1", "leader"},
    PORTRAITS: STAFF | {"jd1", "leader"},
    SEARCHES: STAFF | {"jd1", "leader"},
    MATTERS: STAFF | {"jd1", "leader"},
    POWERS: STAFF | {"jd1", "leader"},
}
"""Of the items that `RiskItems` has chosen."""
DOERS: dict[str, dict[str, set[str]]] = {
    POINTS: {},
    STUDIES: dict.fromkeys(
        ("draft_ecology_study", "confirm_ecology_study", "return_ecology_study"), STAFF | {"jd1"}
    ),
    SEARCHES: {},
    MATTERS: {},
    POWERS: dict.fromkeys(("link_power_risks", "review_core_power"), STAFF | {"jd1"}),
}
"""Who does what on the chosen items; an act that is not here is the office's. Other kinds have no acts of persons."""
OF_BUSINESS = (
    "risk_point",
    "control_measure",
    "ecology_study",
    "ecology_portrait",
    "risk_search",
    "special_matter",
    "core_power",
)


class RiskItems(SearchWorld):
    """What an office keeps of a unit's risks in a world that is there already. `chosen`: kind's place → id."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.chosen: dict[str, str] = {}
        self.clerk, self.head, self.deputy = (world.as_(name) for name in ("clerk1", "head1", "deputy1"))
        self.unit, self.liaison = world.as_("edu-clerk"), world.as_("jd1")
        self.add_second_level()
        self.school = holder(world, "sch-clerk")

    def fill(self) -> RiskItems:
        """An item of each kind, on 2 March 2026."""
        self._keep(POINTS, self.point())
        self._keep(MEASURES, str(done(self.set_measure(self.point())).body["id"]))
        self._keep(STUDIES, self.study())
        self._keep(PORTRAITS, self.portrait())
        self._keep(SEARCHES, self.called())
        self._keep(MATTERS, self.matter())
        self._keep(POWERS, self.power())
        return self

    def _keep(self, place: str, item: str) -> None:
        self.chosen[place] = id_of(item)
