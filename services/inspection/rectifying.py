"""The kinds and acts of support for an inspection and of rectification after it, for the service's definition."""

from __future__ import annotations

from typing import Any

from services.chassis.access import LIAISON_OFFICE, OWN_UNIT, Knows, anyone, post
from services.chassis.act import Act
from services.chassis.runtime import Kind
from services.inspection.acts import feedback_lists, inspection_support, rectification_items
from services.inspection.acts.posts import STAFF
from services.inspection.acts.supervision_posts import UNIT_ROLES
from services.inspection.reading import pledged
from services.inspection.storage_rectification import (
    FeedbackList,
    InspectionSupport,
    RectificationItem,
    RectificationPlan,
)

OFFICE = post("dispatched_office")
UNIT = post(*UNIT_ROLES, at=OWN_UNIT)
LIAISON = post("liaison_discipline_office", at=LIAISON_OFFICE)
LEADER = post("commission_leader", at=None)
INSPECTION = post("inspection_office", at=None)

KNOWS_RECTIFICATION = Knows(ordinary=(OFFICE, UNIT, LIAISON, LEADER, INSPECTION), sealed=(), unclassed=())
"""The unit, and the three that evaluate together, with the commission (LZ-20.13, HS-5.5)."""
KNOWS_SUPPORT = Knows(ordinary=(OFFICE, LIAISON, LEADER, INSPECTION, anyone(STAFF)), sealed=(), unclassed=())
"""Never the unit; of a team whoever works on the unit, once the note is given to the team (LZ-20.10)."""

KINDS = (
    Kind(FeedbackList, KNOWS_RECTIFICATION, "feedback-lists"),
    Kind(RectificationPlan, KNOWS_RECTIFICATION, "rectification-plans"),
    Kind(RectificationItem, KNOWS_RECTIFICATION, "rectification-items"),
    Kind(InspectionSupport, KNOWS_SUPPORT, "inspection-supports", before_reading=pledged),
)
ACTS: tuple[Act[Any, Any], ...] = (
    *feedback_lists.ACTS,
    *rectification_items.ACTS,
    *inspection_support.ACTS,
)
WATCHED = ((inspection_support.support_missing, inspection_support.NOTE_SUPPORT_MISSING, InspectionSupport),)
