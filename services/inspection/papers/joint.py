"""Papers of joint supervision, of proposals for improvement, of judicial screening and of an office's acts (GL-1)."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.act import PaperForm
from services.inspection.domain.joint_codes import (
    ACTIVITY_ZH,
    FIELD_ZH,
    PROBLEM_ZH,
    SCREENED_ZH,
    SIGN_ZH,
    STEP_ZH,
    JointStep,
    JudicialSign,
    KeyField,
    OfficeActivity,
    OutstandingProblem,
    ScreenedKind,
)
from services.inspection.papers.fields import Id, IdOrEmpty, of
from services.inspection.papers.office_rules import Side
from services.inspection.papers.offices import Quarter

SCOPE, EMBED, METHOD, IMPROVED = "GL-1.1", "GL-1.6", "GL-1.7", "GL-1.8"
LED_BY_LIAISON, DUTY, JUDICIAL = "GL-1.14", "GL-1.19", "GL-1.24"


class EmbeddedPlan(PaperForm):
    ZH = "嵌入式监督方案"
    EN = "plan of an embedded supervision"
    PRINTED_AS = "special_supervision_plan"

    unit_id: Side = Field(title="被检查单位", json_schema_extra=of(EMBED))
    activity: str = Field(title="检查的活动", min_length=1, max_length=2000, json_schema_extra=of(EMBED))
    body_ids: tuple[Id, ...] = Field(
        (), title="联合检查组成员单位", max_length=20, json_schema_extra=of(EMBED)
    )
    planned_to: date = Field(title="计划完成日期")


class LedPlan(PaperForm):
    ZH = "联合监督方案"
    EN = "plan of a joint supervision"
    PRINTED_AS = "special_supervision_plan"

    unit_ids: tuple[Id, ...] = Field(title="被检查单位", min_length=1, max_length=100)
    body_ids: tuple[Id, ...] = Field(
        (), title="参加的派驻机构", max_length=20, json_schema_extra=of(LED_BY_LIAISON)
    )
    problem: str = Field(title="检查的问题", min_length=1, max_length=2000)
    planned_to: date = Field(title="计划完成日期")


class SpecialDutyPlan(PaperForm):
    """In a key field or on an outstanding problem; one of the two is named."""

    ZH = "专责监督方案(领域或者问题)"
    EN = "plan of special-duty supervision of a field or problem"
    PRINTED_AS = "special_supervision_plan"

    unit_ids: tuple[Id, ...] = Field(title="被检查单位", min_length=1, max_length=100)
    key_field: KeyField | None = Field(None, title="重点领域", json_schema_extra=of(DUTY, FIELD_ZH))
    outstanding: OutstandingProblem | None = Field(
        None, title="突出问题", json_schema_extra=of(DUTY, PROBLEM_ZH)
    )
    arrangement: str = Field(title="工作安排", min_length=1, max_length=10000)
    planned_to: date = Field(title="计划完成日期")


class JointBody(PaperForm):
    ZH = "联合监督增加成员单位"
    EN = "a body more in a joint team"

    body_id: Id = Field(title="成员单位", json_schema_extra=of(LED_BY_LIAISON))


class JointChecker(PaperForm):
    """`exemption_reason`: why somebody of the body under check takes part all the same."""

    ZH = "联合检查组成员"
    EN = "member of a joint team"

    body_id: Id = Field(title="所在成员单位", json_schema_extra=of(EMBED))
    person_id: Id = Field(title="检查人员", json_schema_extra=of(EMBED))
    exemption_reason: str = Field("", title="例外理由", max_length=2000, json_schema_extra=of(EMBED))


class StepRecord(PaperForm):
    """What was done in a step, or why the step does not apply."""

    ZH = "五步工作法记录"
    EN = "record of a step"
    PRINTED_AS = "supervision_check_record"

    step: JointStep = Field(title="步骤", json_schema_extra=of(METHOD, STEP_ZH))
    taken_on: date = Field(title="日期")
    applies: bool = Field(True, title="适用", json_schema_extra=of(METHOD))
    content: str = Field("", title="情况", max_length=20000, json_schema_extra=of(METHOD))
    not_applicable_reason: str = Field(
        "", title="不适用的理由", max_length=2000, json_schema_extra=of(METHOD)
    )


class JointConclusion(PaperForm):
    ZH = "联合监督结束"
    EN = "conclusion of a joint supervision"

    concluded_on: date = Field(title="结束日期")
    findings: str = Field(title="检查发现", min_length=1, max_length=20000)


class JointReport(PaperForm):
    ZH = "联合监督报告"
    EN = "report of a joint supervision"
    PRINTED_AS = "special_supervision_report"

    findings: str = Field(title="检查情况", min_length=1, max_length=20000, json_schema_extra=of(METHOD))
    proposals: str = Field("", title="意见建议", max_length=10000)


class ImprovementProposal(PaperForm):
    ZH = "规范提升建议"
    EN = "proposal for improvement"

    supervision_id: Id = Field(title="联合监督", json_schema_extra=of(IMPROVED))
    unit_id: Side = Field(title="被检查单位", json_schema_extra=of(IMPROVED))
    proposal: str = Field(title="建议", min_length=1, max_length=10000, json_schema_extra=of(IMPROVED))

    def filed(self) -> dict[str, object]:
        """Without the supervision, which the row keeps: the unit reads the proposal and not that."""
        return self.model_dump(mode="json", exclude={"supervision_id"})


class ImprovementAnswer(PaperForm):
    ZH = "规范提升方案"
    EN = "the body's answer: how the work is improved"
    PRINTED_AS = "rectification_plan"

    measures: str = Field(
        title="规范提升措施", min_length=1, max_length=10000, json_schema_extra=of(IMPROVED)
    )
    planned_to: date = Field(title="计划完成日期")


class ImprovementClosing(PaperForm):
    ZH = "规范提升办结"
    EN = "closing of an improvement"

    closed_on: date = Field(title="办结日期", json_schema_extra=of(IMPROVED))
    effect: str = Field(title="成效", min_length=1, max_length=10000)


class JudicialScreeningPaper(PaperForm):
    """`subject_id`: whom the sign points to; asked for where there is one."""

    ZH = "改判抗诉案件排查表"
    EN = "screening of a changed or protested case"
    PRINTED_AS = "judicial_case_screening"

    unit_id: Side = Field(title="法院(检察院)", json_schema_extra=of(JUDICIAL))
    case_ref: Id = Field(title="案件编号", json_schema_extra=of(JUDICIAL))
    screened_kind: ScreenedKind = Field(title="情形", json_schema_extra=of(JUDICIAL, SCREENED_ZH))
    sign: JudicialSign = Field(title="排查结果", json_schema_extra=of(JUDICIAL, SIGN_ZH))
    subject_id: IdOrEmpty = Field("", title="涉及人员(名册编号)", json_schema_extra=of(JUDICIAL))
    screened_on: date = Field(title="排查日期")
    facts: str = Field(title="排查情况", min_length=1, max_length=20000)


class QuartersBeginning(PaperForm):
    ZH = "启动季度履职记录"
    EN = "beginning of a unit's quarters of supervision"

    unit_id: Side = Field(title="单位", json_schema_extra=of(SCOPE))


class UnitQuarterOpening(PaperForm):
    ZH = "季度履职记录(续)"
    EN = "the next quarter of a unit's supervision"

    unit_id: Id = Field(title="单位")
    quarter: Quarter = Field(title="季度")


class OfficeActRecord(PaperForm):
    ZH = "派驻机构履职记录"
    EN = "record of an office's act at a unit"

    activity: OfficeActivity = Field(title="履职事项", json_schema_extra=of(SCOPE, ACTIVITY_ZH))
    taken_on: date = Field(title="日期", json_schema_extra=of(SCOPE))
    content: str = Field(title="内容", min_length=1, max_length=5000)
