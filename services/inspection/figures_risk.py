"""The figures of the risk register: risk points found and control measures drawn up (GL-1.12, GL-1.13)."""

from __future__ import annotations

from services.chassis.figures import Counting, Figure, Measure, Source, Unit
from services.inspection.storage_risk import ControlMeasure, RiskPoint

POINTS = Source(
    code="risk_points",
    zh="登记的廉政风险点",
    en="risk points registered",
    model=RiskPoint,
    item_id=RiskPoint.id,
    entry=RiskPoint.id,
    counted=RiskPoint.id,
    happened_on=RiskPoint.registered_on,
    only=(RiskPoint.state != "merged",),
)
MEASURES = Source(
    code="control_measures",
    zh="制定的防控措施",
    en="control measures drawn up",
    model=ControlMeasure,
    item_id=ControlMeasure.id,
    entry=ControlMeasure.id,
    counted=ControlMeasure.id,
    happened_on=ControlMeasure.set_on,
)
DECLARED = (
    Figure("GL-1.12", "廉政风险点（个）", "risk points found", (POINTS,),
           (Measure(Unit.POINTS, Counting.DISTINCT),), "登记的廉政风险点",
           "按登记日期；已并入其他风险点的不计"),
    Figure("GL-1.13", "防控措施（条）", "control measures drawn up", (MEASURES,),
           (Measure(Unit.LINES, Counting.DISTINCT),), "针对风险点制定的防控措施",
           "按制定日期；一条措施对应多个风险点的计一条"),
)  # fmt: skip
