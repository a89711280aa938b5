"""The kinds and acts of joint supervision and of what it leads to, for the service's definition (GL-1)."""

from __future__ import annotations

from typing import Any

from services.chassis.access import LIAISON_OFFICE, OWN_UNIT, REGISTRAR, Knows, post
from services.chassis.act import Act
from services.chassis.runtime import Kind
from services.inspection.acts import (
    improvements,
    joint_steps,
    joint_supervisions,
    judicial_screenings,
    unit_quarters,
)
from services.inspection.acts.joint_supervisions import OF_LEAD, OF_TEAM
from services.inspection.acts.supervision_posts import UNIT_ROLES
from services.inspection.storage_joint import Improvement, JointSupervision, JudicialScreening, UnitQuarter

LIAISON = post("liaison_discipline_office", at=LIAISON_OFFICE)
LEADER = post("commission_leader", at=None)

KNOWS_JOINT = Knows(ordinary=(*OF_TEAM, LEADER), sealed=(), unclassed=())
"""The bodies of the team and the commission; never the body under check."""
KNOWS_IMPROVEMENT = Knows(
    ordinary=(*OF_LEAD, post(*UNIT_ROLES, at=OWN_UNIT), LEADER), sealed=(), unclassed=()
)
"""What passes between the lead and the body that was checked."""
KNOWS_SCREENING = Knows(
    ordinary=(
        post("dispatched_office_leader"),
        post("dispatched_office_staff", at=REGISTRAR),
        LIAISON,
        post("case_supervision_office", at=None),
    ),
    sealed=(),
    unclassed=(),
)
"""Leaders of the office, who screened it, liaison and case supervision office; never whom it is about (GL-1.24)."""
KNOWS_QUARTER = Knows(ordinary=(post("dispatched_office"), LIAISON, LEADER), sealed=(), unclassed=())

KINDS = (
    Kind(JointSupervision, KNOWS_JOINT, "joint-supervisions"),
    Kind(Improvement, KNOWS_IMPROVEMENT, "improvements"),
    Kind(JudicialScreening, KNOWS_SCREENING, "judicial-screenings"),
    Kind(UnitQuarter, KNOWS_QUARTER, "unit-quarters"),
)
ACTS: tuple[Act[Any, Any], ...] = (
    *joint_supervisions.ACTS,
    *joint_steps.ACTS,
    *improvements.ACTS,
    *judicial_screenings.ACTS,
    *unit_quarters.ACTS,
)
