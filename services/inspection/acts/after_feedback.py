"""What begins once a feedback is delivered: rectification, and the days of the archive (steps 40, 42, 47)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from services.chassis.act import Opens
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.inspection.acts.archive_handover import CLOCK
from services.inspection.acts.rectification_opening import BEGIN_RECTIFICATION
from services.inspection.papers.after_feedback import RectificationOpening
from services.inspection.storage_archive import ArchiveFile
from services.inspection.storage_unit import Engagement

AnyEngagement = Performance[Engagement, Any]


def begin_rectification(p: AnyEngagement, issue_ids: tuple[str, ...]) -> None:
    opening = RectificationOpening(
        engagement_id=p.subject.id, feedback_on=p.subject.fed_back_on or p.today, issue_ids=issue_ids
    )
    perform_as_service(p.work, BEGIN_RECTIFICATION, opening)


def archive_is_still_owed(p: AnyEngagement) -> bool:
    """A team may have been quicker than the feedback."""
    handed = select(ArchiveFile.id).where(
        ArchiveFile.engagement_id == p.subject.id, ArchiveFile.state.in_(("handed_over", "accepted"))
    )
    return p.subject.state == "feedback_delivered" and p.session.scalars(handed).first() is None


ARCHIVE_IS_OWED = Opens(
    CLOCK,
    "hand_over_within",
    "inspection_team",
    lambda p: p.subject.fed_back_on,
    owed_person=lambda p: p.subject.leader_id,
    only_if=archive_is_still_owed,
)
