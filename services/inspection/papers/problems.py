"""Papers of the problems that daily supervision finds."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.act import PaperForm
from services.inspection.papers.fields import Id


class FoundProblem(PaperForm):
    """Filed by the act that found it; what was found stands in that act's own paper."""

    ZH = "发现问题"
    EN = "a problem was found"

    source_kind: str = Field(title="来源类别", pattern=r"^[a-z_]+$")
    source_id: Id = Field(title="来源")
    item_no: int = Field(0, title="议题序号", ge=0)
    clause: str = Field(title="条款", pattern=r"^[A-Z]{2}-[0-9]+\.[0-9]+$")
    grade: str = Field(title="问题程度", pattern=r"^[a-z_]+$")
    office_id: Id = Field(title="派驻机构")
    unit_id: Id = Field(title="单位")
    restricted: bool = Field(False, title="限制知悉")
    person_ids: tuple[Id, ...] = Field((), title="涉及人员")


class ProblemConfirmation(PaperForm):
    ZH = "确认问题"
    EN = "confirmation of a problem"

    facts: str = Field(title="核实情况", min_length=1, max_length=20000)


class ProblemDismissal(PaperForm):
    ZH = "问题不成立"
    EN = "dismissal of a problem"

    reason: str = Field(title="理由", min_length=1, max_length=5000, json_schema_extra={"reason": True})


class CorrectionRecord(PaperForm):
    ZH = "整改核实记录"
    EN = "confirmed correction"

    corrected_on: date = Field(title="整改完成日期")
    verified: str = Field(title="核实情况", min_length=1, max_length=20000)
