"""Papers of immediate rectification (step 25)."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.act import PaperForm
from services.inspection.domain.demand_codes import OUTCOME_ZH, RectificationOutcome
from services.inspection.papers.fields import Id, of


class HandlingProposal(PaperForm):
    ZH = "立行立改处置建议"
    EN = "handling proposal with a time limit"

    engagement_id: Id = Field(title="巡察任务")
    issue_id: Id = Field(title="所涉问题", json_schema_extra=of("XC-25.0a"))
    strong_complaint: bool = Field(title="群众反映强烈")
    plain_breach: bool = Field(title="明显违反规定")
    quick_remedy: bool = Field(title="能够及时解决")
    demand: str = Field(title="处置建议", min_length=1, max_length=20000, json_schema_extra=of("XC-25.0a"))
    wider_lessons: str = Field(
        title="举一反三要求", min_length=1, max_length=5000, json_schema_extra=of("XC-25.0a")
    )
    due_on: date = Field(title="整改期限", json_schema_extra=of("XC-25.0a"))


class RectificationResult(PaperForm):
    ZH = "立行立改结果"
    EN = "result of an immediate rectification"

    measures: str = Field(title="整改措施", min_length=1, max_length=20000)
    result: str = Field(title="整改结果", min_length=1, max_length=20000, json_schema_extra=of("XC-25.0a"))


class OutcomeNote(PaperForm):
    ZH = "立行立改结果认定"
    EN = "how an immediate rectification ended"

    outcome: RectificationOutcome = Field(title="认定", json_schema_extra=of("XC-25.0a", OUTCOME_ZH))
    remark: str = Field("", title="说明", max_length=5000)


class DemandNote(PaperForm):
    ZH = "已提出立行立改"
    EN = "immediate rectification was demanded"

    demand_id: Id = Field(title="处置建议")
