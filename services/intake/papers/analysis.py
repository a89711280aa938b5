"""The paper of a unit's monthly petition analysis: numbers and words, nobody's name (GL-3.13)."""

from __future__ import annotations

from pydantic import Field

from services.chassis.act import PaperForm
from services.intake.papers.petition import OfficeId, PersonId


class PetitionAnalysisPaper(PaperForm):
    ZH = "信访分析报告"
    EN = "petition analysis"

    unit_id: OfficeId = Field(title="单位")
    month: str = Field(title="分析月份", pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$", examples=["2026-03"])
    findings: str = Field(title="分析意见", min_length=1, max_length=20000)
    subject_ids: tuple[PersonId, ...] = Field(
        (), title="点名人员（名册编号，公开分析中不得填写）", max_length=20
    )
