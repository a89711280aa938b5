"""The five supervisions and documents in force in the prepared worlds, and who gets through on them."""

from __future__ import annotations

from tests.clauses.duty_supervision_steps import DUTIES, DutyWorld
from tests.clauses.five_supervision_steps import DOCUMENTS, RECORDS
from tests.clauses.supervision_steps import done
from tests.world import World

STAFF = {"clerk1", "clerk2", "deputy1", "head1"}
OFFICES = STAFF | {"clerk3", "head2"}
UNITS = {"edu-clerk", "edu-head", "hou-head"}
CREATORS = {
    f"{DOCUMENTS}/publish_document": {"da1"},
    f"{RECORDS}/record_supervision": OFFICES | {"jd1"},
    f"{DUTIES}/take_up_duty_supervision": OFFICES,
}
KNOWN = {
    DOCUMENTS: OFFICES | UNITS | {"jd1", "leader", "da1", "ags1", "dfs1", "dcz1", "gbs1"},
    RECORDS: STAFF,
    DUTIES: STAFF | {"jd1"},
}
"""Of the items that `FiveItems` has chosen: the record is the office's own, and no clue."""
DECIDERS = {DOCUMENTS: {"leader"}, DUTIES: {"head1"}}
DOERS: dict[str, dict[str, set[str]]] = {
    DOCUMENTS: {"repeal_document": {"leader"}},
    RECORDS: {"name_record_tasks": {"head1"}},
    DUTIES: {"plan_duty_supervision": STAFF - {"head1"}},
}
"""Who does what on the chosen items; an act that is not here is the office's."""
VIEWS = ("GET /supervision-overview",)
"""Everybody's: of what each may know of."""
OF_BUSINESS = ("supervision_record", "duty_supervision")


class FiveItems(DutyWorld):
    """Records and documents in a world that is there already. `chosen`: kind's place → id."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.chosen: dict[str, str] = {}
        self.clerk, self.head, self.leader = (world.as_(name) for name in ("clerk1", "head1", "leader"))

    def fill(self) -> FiveItems:
        """A document in force and one that waits, an open record, a plan that waits: on 2 March 2026."""
        self._keep(DOCUMENTS, self.published())
        self.propose_document(clause="GL-3.5")
        self._keep(RECORDS, self.recorded())
        self._keep(DUTIES, self.planned())
        self.plan(f"{DUTIES}/{done(self.take_up()).body['id']}")
        return self

    def _keep(self, place: str, address: str) -> None:
        self.chosen[place] = address.rpartition("/")[2]
