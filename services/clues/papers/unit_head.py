"""Paper of the report to the head of the unit's Party organisation (LZ-13.4, LZ-14.5)."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.act import PaperForm


class UnitHeadReport(PaperForm):
    ZH = "向党组主要负责人报告记录"
    EN = "record of the report to the unit's party head"
    PRINTED_AS = "unit_head_report_record"

    necessary: bool = Field(title="是否有必要报告")
    reason: str = Field(title="理由", min_length=1, max_length=5000, json_schema_extra={"reason": True})
    informed_on: date | None = Field(None, title="报告日期", description="有必要报告而留空即今日")
