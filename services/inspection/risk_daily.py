"""What becomes of risks by the clock: what nothing controls in time is pointed out (GL-1.25)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from services.chassis.perform import AnyAct
from services.chassis.tables import Duty
from services.chassis.work import Work
from services.inspection.acts.risk_points import NOTE_RISK_UNCONTROLLED
from services.inspection.storage_risk import RiskPoint


def overdue(model: Any, clause: str) -> Callable[[Work], list[str]]:
    """Items whose clock of a clause has ended, and which were not pointed out."""

    def found(work: Work) -> list[str]:
        query = (
            select(model.id)
            .join(Duty, Duty.subject_id == model.id)
            .where(
                Duty.subject_kind == model.KIND,
                Duty.clause == clause,
                Duty.status == "open",
                Duty.due_at < work.now,
                model.warned_on.is_(None),
            )
        )
        return list(work.session.scalars(query))

    return found


WATCHED: tuple[tuple[Callable[[Work], list[str]], AnyAct, Any], ...] = (
    (overdue(RiskPoint, "GL-1.25"), NOTE_RISK_UNCONTROLLED, RiskPoint),
)
