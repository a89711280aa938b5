"""The kinds and acts of rules that offices work by, for the service's definition."""

from __future__ import annotations

from typing import Any

from services.chassis.access import LIAISON_OFFICE, OWN_UNIT, Knows, Relation, anyone, post
from services.chassis.act import Act
from services.chassis.runtime import Kind
from services.inspection.acts import docking_meetings, integrity_meetings, risk_screenings, unit_assignments
from services.inspection.acts.supervision_posts import UNIT_ROLES
from services.inspection.acts.unit_assignments import PERSON
from services.inspection.domain.office_codes import DOCKING_SIDES
from services.inspection.storage_office_rules import DockingMeeting, RiskScreening, UnitAssignment

OFFICE = post("dispatched_office")
LEADER = post("commission_leader", at=None)
OTHER_SIDE = Relation("commission_office_id", "office_id")
KNOWS_ASSIGNMENT = Knows(ordinary=(post("dispatched_office_leader"), anyone(PERSON)), sealed=(), unclassed=())
"""The office's leaders and who is assigned: a declaration is theirs (GL-1.29)."""
KNOWS_DOCKING = Knows(ordinary=(OFFICE, post(*DOCKING_SIDES, at=OTHER_SIDE), LEADER), sealed=(), unclassed=())
"""Both sides of the table; never the unit."""
KNOWS_SCREENING = Knows(
    ordinary=(
        OFFICE,
        post(*UNIT_ROLES, at=OWN_UNIT),
        post("liaison_discipline_office", at=LIAISON_OFFICE),
        LEADER,
    ),
    sealed=(),
    unclassed=(),
)
"""Who knows of the register itself."""
KINDS = (
    Kind(UnitAssignment, KNOWS_ASSIGNMENT, "unit-assignments"),
    Kind(DockingMeeting, KNOWS_DOCKING, "docking-meetings"),
    Kind(RiskScreening, KNOWS_SCREENING, "risk-screenings"),
)
ACTS: tuple[Act[Any, Any], ...] = (
    *unit_assignments.ACTS,
    *docking_meetings.ACTS,
    *integrity_meetings.ACTS,
    *risk_screenings.ACTS,
)
