"""Papers of the risk register: risk points of a unit and the measures that control them (廉政风险台账)."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from services.chassis.act import PaperForm
from services.inspection.domain.risk_codes import AREA_ZH, LEVEL_ZH, RiskArea, RiskLevel
from services.inspection.papers.fields import Id, IdOrEmpty, of


class RiskEntry(PaperForm):
    """A risk point. An open entry, which the unit reads, bears nothing of a case (GL-1.23)."""

    ZH = "廉政风险点登记"
    EN = "entry of a risk point"

    unit_id: IdOrEmpty = Field("", title="单位", description="单位自行登记的可不填")
    area: RiskArea = Field(title="风险领域", json_schema_extra=of("LL-3.16", AREA_ZH))
    level: RiskLevel = Field(title="风险等级", json_schema_extra=of("GL-1.25", LEVEL_ZH))
    point: str = Field(title="风险点", min_length=1, max_length=2000)
    post: str = Field("", title="岗位或者环节", max_length=200)
    restricted: bool = Field(False, title="限制知悉", description="限制知悉的,单位看不到")
    case_details: str = Field("", title="案情摘要", max_length=5000, json_schema_extra=of("GL-1.23"))
    search_id: IdOrEmpty = Field("", title="全面排查或者典型个案", json_schema_extra=of("LL-3.17"))

    def filed(self) -> dict[str, Any]:
        """Without the search, which the office's row keeps: the unit reads the paper and knows of none."""
        return self.model_dump(mode="json", exclude={"search_id"})


class RiskMerger(PaperForm):
    ZH = "风险点合并"
    EN = "merging of a risk point into another"

    into_id: Id = Field(title="并入的风险点", json_schema_extra=of("GL-1.12"))
    reason: str = Field(title="理由", min_length=1, max_length=5000, json_schema_extra={"reason": True})


class RiskClosing(PaperForm):
    ZH = "风险点销号"
    EN = "closing of a risk point"

    result: str = Field(title="防控成效", min_length=1, max_length=5000)


class MeasureEntry(PaperForm):
    ZH = "防控措施登记"
    EN = "entry of a control measure"

    point_ids: tuple[Id, ...] = Field((), title="对应风险点", max_length=50, json_schema_extra=of("GL-1.13"))
    measure: str = Field(title="防控措施", min_length=1, max_length=5000)
    set_on: date = Field(title="制定日期")


class MeasureLink(PaperForm):
    """Filed with each risk point by the act that set the measure."""

    ZH = "风险点已有防控措施"
    EN = "a measure controls the risk point"

    measure_id: Id = Field(title="防控措施")
