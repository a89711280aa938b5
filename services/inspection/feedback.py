"""The kinds and acts of the feedback, its disclosure and its copies (steps 33 to 36), for the service's definition."""

from __future__ import annotations

from typing import Any

from services.chassis.access import Knows, anyone
from services.chassis.act import Act
from services.chassis.runtime import Kind
from services.inspection.acts import (
    conduct,
    feedback_copies,
    feedback_drafts,
    feedback_meetings,
    feedback_receipts,
    feedback_release,
)
from services.inspection.acts.feedback_receipts import PRINCIPAL
from services.inspection.acts.posts import LEADING_GROUP, OFFICE, STAFF
from services.inspection.reading import pledged
from services.inspection.storage_conduct import ConductAssessment
from services.inspection.storage_feedback import FeedbackReceipt

KNOWS_RECEIPT = Knows(
    ordinary=(*OFFICE, LEADING_GROUP, anyone(STAFF), anyone(PRINCIPAL)), sealed=(), unclassed=()
)
"""Who sees the opinion for the principal: the inspection body, the team, the principal himself (XC-34.2a)."""
KNOWS_CONDUCT = Knows(ordinary=(*OFFICE, LEADING_GROUP), sealed=(), unclassed=())
"""Never the team that was assessed (XC-34.4b)."""

KINDS = (
    Kind(FeedbackReceipt, KNOWS_RECEIPT, "feedback-receipts", before_reading=pledged),
    Kind(ConductAssessment, KNOWS_CONDUCT, "conduct-assessments", before_reading=conduct.not_of_the_team),
)
ACTS: tuple[Act[Any, Any], ...] = (
    *feedback_drafts.ACTS,
    *feedback_receipts.ACTS,
    *feedback_meetings.ACTS,
    *feedback_release.ACTS,
    *feedback_copies.ACTS,
    *conduct.ACTS,
)
