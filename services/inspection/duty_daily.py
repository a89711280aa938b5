"""What becomes of special-duty supervision by the clock: a link that is not passed on its day (GL-3.20)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from services.chassis.perform import AnyAct
from services.chassis.tables import Duty
from services.chassis.work import Work
from services.inspection.acts.duty_plans import NOTE_LINK_OVERDUE
from services.inspection.papers.duty_supervision import NODES
from services.inspection.storage_duty_supervision import DutySupervision


def with_overdue_links(work: Work) -> list[str]:
    """Items with a link whose day has gone by and that was not pointed out."""
    unwarned = ~DutySupervision.warned_links.contains("," + Duty.recipient + ",")
    query = (
        select(DutySupervision.id)
        .join(Duty, Duty.subject_id == DutySupervision.id)
        .where(
            Duty.subject_kind == DutySupervision.KIND,
            Duty.clause == NODES,
            Duty.status == "open",
            Duty.due_at < work.now,
            unwarned,
        )
        .distinct()
    )
    return list(work.session.scalars(query))


WATCHED: tuple[tuple[Callable[[Work], list[str]], AnyAct, Any], ...] = (
    (with_overdue_links, NOTE_LINK_OVERDUE, DutySupervision),
)
