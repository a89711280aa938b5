"""Rectification after the feedback, the report on it, proposals of accountability: kinds and acts (steps 40 to 45)."""

from __future__ import annotations

from typing import Any

from services.chassis.access import OWN_UNIT, Knows, anyone, post
from services.chassis.act import Act
from services.chassis.runtime import Kind
from services.inspection.acts import (
    accountability_proposals,
    authority,
    follow_up,
    life_meeting,
    rectification_disclosure,
    rectification_opening,
    rectification_plan,
    rectification_reports,
    rectification_summary,
    round_closing,
)
from services.inspection.acts.posts import ANY_OFFICE, LAID_BEFORE, LEADING_GROUP, OFFICE
from services.inspection.acts.supervision_posts import UNIT_ROLES
from services.inspection.storage_after_feedback import (
    AccountabilityProposal,
    Rectification,
    RectificationSummary,
)

KNOWS_RECTIFICATION = Knows(
    ordinary=(*OFFICE, LEADING_GROUP, post(*UNIT_ROLES, at=OWN_UNIT), anyone(LAID_BEFORE)),
    sealed=(),
    unclassed=(),
)
"""The unit, the inspection body, and the sections that were asked for their opinion (XC-40.0c)."""
KNOWS_SUMMARY = Knows(ordinary=(*ANY_OFFICE, LEADING_GROUP, anyone(LAID_BEFORE)), sealed=(), unclassed=())
"""And the county committee, once it was sent (XC-44.0a)."""
KNOWS_PROPOSAL = Knows(ordinary=(LEADING_GROUP, anyone(LAID_BEFORE)), sealed=(), unclassed=())
"""Neither the unit nor the office (XC-44.0b)."""
KINDS = (
    Kind(Rectification, KNOWS_RECTIFICATION, "rectifications"),
    Kind(RectificationSummary, KNOWS_SUMMARY, "rectification-summaries"),
    Kind(AccountabilityProposal, KNOWS_PROPOSAL, "accountability-proposals"),
)
ACTS: tuple[Act[Any, Any], ...] = (
    *rectification_opening.ACTS,
    *rectification_plan.ACTS,
    *life_meeting.ACTS,
    *rectification_reports.ACTS,
    *rectification_disclosure.ACTS,
    *follow_up.ACTS,
    *rectification_summary.ACTS,
    *accountability_proposals.ACTS,
    *authority.ACTS,
    *round_closing.ACTS,
)
