"""Papers of rectification after the feedback, and of support for the inspection (papers.yaml; LL-2.16, LZ-20)."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.act import PaperForm
from services.inspection.domain.rectification_codes import (
    CHECK_RESULT_ZH,
    SUPPORT_TO_ZH,
    CheckResult,
    SupportTo,
)
from services.inspection.papers.fields import Id, Line, of


class FedBack(Line):
    no: int = Field(title="问题序号", ge=1, le=999)
    problem: str = Field(title="反馈问题", min_length=1, max_length=2000)


class FeedbackRegistration(PaperForm):
    ZH = "巡察反馈问题清单"
    EN = "list of an inspection's feedback"

    unit_id: Id = Field(title="单位", json_schema_extra=of("LL-2.16"))
    round_id: Id = Field(title="巡察轮次", json_schema_extra=of("LL-2.16"))
    feedback_on: date = Field(title="反馈日期")
    items: tuple[FedBack, ...] = Field(title="反馈问题", min_length=1, max_length=300)


class ItemFedBack(PaperForm):
    """Filed by the list that the item is of."""

    ZH = "巡察整改事项"
    EN = "item of rectification"

    feedback_id: Id = Field(title="反馈问题清单")
    item_no: int = Field(title="问题序号", ge=1, le=999)


class PlanLine(Line):
    item_no: int = Field(title="问题序号", ge=1, le=999)
    measures: str = Field(title="整改措施", min_length=1, max_length=5000)
    owner_id: Id = Field(title="责任人")
    due_on: date = Field(title="完成期限")


class RectificationPlanFiling(PaperForm):
    ZH = "整改方案"
    EN = "rectification plan"
    PRINTED_AS = "rectification_plan"

    feedback_id: Id = Field(title="反馈问题清单", json_schema_extra=of("LL-2.16"))
    lines: tuple[PlanLine, ...] = Field(title="整改事项", min_length=1, max_length=300)


class RectificationPlanRevision(PaperForm):
    ZH = "修订整改方案"
    EN = "new version of a rectification plan"

    lines: tuple[PlanLine, ...] = Field(title="整改事项", min_length=1, max_length=300)


class RectificationReport(PaperForm):
    ZH = "整改完成报告"
    EN = "an item is reported as done"

    reported_on: date = Field(title="完成日期")
    done: str = Field(title="整改情况", min_length=1, max_length=10000)


class RectificationEvaluation(PaperForm):
    ZH = "巡察整改评估表"
    EN = "evaluation of rectification"
    PRINTED_AS = "rectification_evaluation"

    checked_on: date = Field(title="检查日期")
    result: CheckResult = Field(title="检查结果", json_schema_extra=of("HS-5.5", CHECK_RESULT_ZH))
    proof: str = Field(title="检查佐证", min_length=1, max_length=10000, json_schema_extra=of("LZ-20.13"))


class ItemClosing(PaperForm):
    ZH = "整改事项销号"
    EN = "closing of an item"

    opinion: str = Field("", title="意见", max_length=5000)


class ItemClosed(PaperForm):
    """Filed on the list when one of its items is closed."""

    ZH = "整改事项已销号"
    EN = "an item of the list was closed"

    item_no: int = Field(title="问题序号", ge=1, le=999)


class SupportExpected(PaperForm):
    ZH = "配合巡察(预告)"
    EN = "support of an inspection is expected"

    engagement_id: Id = Field(title="巡察任务")


class SupportNote(PaperForm):
    ZH = "配合巡察情况材料"
    EN = "note in support of an inspection"
    PRINTED_AS = "inspection_support_note"

    given_to: SupportTo = Field(title="提供给", json_schema_extra=of("LZ-20.10", SUPPORT_TO_ZH))
    facts: str = Field(
        title="监督掌握的情况", min_length=1, max_length=20000, json_schema_extra=of("LZ-20.10")
    )
    has_clues: bool = Field(title="含问题线索内容", json_schema_extra=of("LZ-20.10"))
