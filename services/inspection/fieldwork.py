"""The kinds and acts of what a team does beside its main work at a unit, for the service's definition."""

from __future__ import annotations

from typing import Any

from services.chassis.access import OWN_UNIT, Knows, anyone, post
from services.chassis.act import Act
from services.chassis.runtime import Kind
from services.inspection.acts import demands, results_of_checks
from services.inspection.acts.posts import LEADING_GROUP, OFFICE, STAFF
from services.inspection.acts.supervision_posts import UNIT_ROLES
from services.inspection.reading import pledged
from services.inspection.storage_demand import RectificationDemand

KNOWS_DEMAND = Knows(
    ordinary=(*OFFICE, LEADING_GROUP, anyone(STAFF), post(*UNIT_ROLES, at=OWN_UNIT)), sealed=(), unclassed=()
)
"""What passes between a team and its unit; the inspection body sees it (XC-25.0a)."""

KINDS = (Kind(RectificationDemand, KNOWS_DEMAND, "rectification-demands", before_reading=pledged),)
ACTS: tuple[Act[Any, Any], ...] = (*demands.ACTS, *results_of_checks.ACTS)
