"""What becomes of risks, searches and matters by the clock: what nobody acts on in time is pointed out (GL-1.25)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import select

from services.chassis.perform import AnyAct
from services.chassis.tables import Duty
from services.chassis.work import Work
from services.inspection.acts.risk_points import NOTE_RISK_UNCONTROLLED
from services.inspection.acts.risk_searches import NOTE_UNSEARCHED
from services.inspection.acts.special_matters import NOTE_STILL_OPEN
from services.inspection.storage_risk import RiskPoint
from services.inspection.storage_risk_search import RiskSearch, SpecialMatter


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


def matters_left_open(work: Work) -> list[str]:
    """Matters listed in a year that is over, which nobody has supervised (LL-3.18)."""
    query = select(SpecialMatter.id).where(
        SpecialMatter.state == "listed",
        SpecialMatter.listed_on < date(work.today.year, 1, 1),
        SpecialMatter.warned_on.is_(None),
    )
    return list(work.session.scalars(query))


WATCHED: tuple[tuple[Callable[[Work], list[str]], AnyAct, Any], ...] = (
    (overdue(RiskPoint, "GL-1.25"), NOTE_RISK_UNCONTROLLED, RiskPoint),
    (overdue(RiskSearch, "LL-3.17"), NOTE_UNSEARCHED, RiskSearch),
    (matters_left_open, NOTE_STILL_OPEN, SpecialMatter),
)
