"""A unit's risk register at a glance: what stands by area and level, and what nothing controls in time (GL-1.25)."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import select

from services.chassis.access import visible
from services.chassis.http import Context, Route, signed_in
from services.chassis.tables import Gap
from services.chassis.work import Work
from services.inspection.domain.risk_codes import STANDING
from services.inspection.storage_risk import RiskPoint


def overview(_: Context, work: Work) -> Any:
    """The stock of each unit: points that are neither merged, nor dropped, nor closed (GL-1.12, second measure)."""
    knows = work.runtime.kinds[RiskPoint.KIND].knows
    query = (
        select(RiskPoint.unit_id, RiskPoint.area_code, RiskPoint.level_code, Gap.subject_id)
        .outerjoin(
            Gap,
            (Gap.subject_kind == RiskPoint.KIND)
            & (Gap.subject_id == RiskPoint.id)
            & (Gap.clause == "GL-1.25")
            & Gap.filled_at.is_(None),
        )
        .where(RiskPoint.state.in_(STANDING), visible(RiskPoint, work.actor, knows))
        .order_by(RiskPoint.opened_on, RiskPoint.id)
    )
    units: dict[str, dict[str, Any]] = {}
    for unit_id, area, level, gap_at in work.session.execute(query):
        line = units.setdefault(unit_id, _line(unit_id))
        line["stock"] += 1
        line["areas"][area] += 1
        line["levels"][level] += 1
        if gap_at is not None:
            line["uncontrolled"].append(gap_at)
    return {"clauses": ["GL-1.25", "LL-3.16"], "items": [units[unit_id] for unit_id in sorted(units)]}


def _line(unit_id: str) -> dict[str, Any]:
    return {"unit_id": unit_id, "stock": 0, "areas": Counter(), "levels": Counter(), "uncontrolled": []}


ROUTES = (
    Route(
        "GET",
        "/risk-overview",
        signed_in(overview),
        ("廉政风险一览", "risk registers at a glance"),
        clauses=("GL-1.25",),
    ),
)
