"""Paper of a value in force (papers.yaml: interpretation_note)."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.act import PaperForm


class InterpretationNote(PaperForm):
    ZH = "解释及生效说明"
    EN = "interpretation note"
    PRINTED_AS = "interpretation_note"

    clause: str = Field(title="条款", pattern=r"^[A-Z]{2}-[0-9]{1,2}\.[0-9]{1,2}[a-z]?$")
    name: str = Field(title="参数", pattern=r"^[a-z][a-z0-9_]{0,63}$")
    amount: int = Field(title="数值", ge=0, le=100_000)
    unit: str = Field(
        title="单位", pattern=r"^[a-z_]{1,40}$", description="如 working_day、day、month、percent"
    )
    effective_from: date = Field(title="生效日期")
    citation: str = Field(
        title="依据（文件名称、文号、条款）",
        min_length=1,
        max_length=1000,
        json_schema_extra={"clause": "LZ-24.1"},
    )
