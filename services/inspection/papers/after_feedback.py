"""Papers of rectification: plan, reviews, life meeting, two reports, disclosure, follow-up (steps 40 to 45)."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.act import PaperForm
from services.inspection.domain.after_feedback_codes import (
    CIRCLE_ZH,
    CONTENT_ZH,
    FORM_ADDRESSEE_ZH,
    MANNER_ZH,
    OBSERVER_ZH,
    REPORT_ZH,
    Circle,
    DisclosedContent,
    DisclosureManner,
    FormAddressee,
    ObserverBody,
    ReportKind,
)
from services.inspection.domain.codes import SECTION_ZH, Section
from services.inspection.papers.fields import Id, IdOrEmpty, Line, of


class RectificationOpening(PaperForm):
    """Filed with the feedback: the problems of its list, in the order of their numbers."""

    ZH = "巡察整改"
    EN = "rectification after the feedback"

    engagement_id: Id = Field(title="巡察任务")
    feedback_on: date = Field(title="反馈日期")
    issue_ids: tuple[Id, ...] = Field(title="反馈问题")


class RectifiedIssueNote(PaperForm):
    """Goes to each problem, of which the team knows; what the unit and the office wrote stays with them."""

    ZH = "问题整改进展"
    EN = "how far a problem has come"

    state: Id = Field(title="状态")


class PlannedProblem(Line):
    """A problem in the three lists, by its number in the feedback."""

    issue_no: int = Field(title="问题序号", ge=1, le=500)
    problem: str = Field("", title="问题", max_length=20000)
    task: str = Field("", title="整改任务", max_length=5000)
    measure: str = Field("", title="整改措施", max_length=20000)
    time_limit: date | None = Field(None, title="整改时限")
    responsible_leader_id: IdOrEmpty = Field("", title="责任领导")
    responsible_unit: str = Field("", title="责任单位", max_length=200)


class RectificationWorkPlan(PaperForm):
    ZH = "整改工作方案"
    EN = "rectification plan"
    PRINTED_AS = "inspection_rectification_plan"

    copies: int = Field(title="份数", ge=0, le=100, json_schema_extra=of("XC-40.0f"))
    problems: tuple[PlannedProblem, ...] = Field(
        title="问题清单、任务清单、责任清单", max_length=500, json_schema_extra=of("XC-40.0a")
    )


class ReviewRequest(PaperForm):
    ZH = "征求整改审核意见"
    EN = "sections are asked for their opinion"

    sections: tuple[Section, ...] = Field(
        title="征求意见科室", min_length=1, max_length=2, json_schema_extra=of("XC-40.0c", SECTION_ZH)
    )


class PlanReviewForm(PaperForm):
    ZH = "巡察整改方案审核单"
    EN = "review form for the rectification plan"
    PRINTED_AS = "rectification_plan_review_form"

    reviewing_section: Section = Field(title="审核科室", json_schema_extra=of("XC-40.0d", SECTION_ZH))
    opinion: str = Field(title="审核意见", min_length=1, max_length=5000, json_schema_extra=of("XC-40.0d"))
    reviewed_on: date = Field(title="审核日期")
    sent_to: FormAddressee = Field(
        FormAddressee.OFFICE, title="报送对象", json_schema_extra=of("XC-40.0d", FORM_ADDRESSEE_ZH)
    )


class DualReportReviewForm(PaperForm):
    ZH = "巡察整改“双报告”审核单"
    EN = "review form for the two rectification reports"
    PRINTED_AS = "dual_report_review_form"

    reviewing_section: Section = Field(title="审核科室", json_schema_extra=of("XC-42.2b", SECTION_ZH))
    opinion_on_progress: str = Field(
        title="对阶段进展情况报告的意见", min_length=1, max_length=5000, json_schema_extra=of("XC-42.2b")
    )
    opinion_on_principal: str = Field(
        title="对组织落实情况报告的意见", min_length=1, max_length=5000, json_schema_extra=of("XC-42.2b")
    )
    reviewed_on: date = Field(title="审核日期")
    sent_to: FormAddressee = Field(
        FormAddressee.OFFICE, title="报送对象", json_schema_extra=of("XC-42.2b", FORM_ADDRESSEE_ZH)
    )


class ReviewReply(PaperForm):
    ZH = "整改审核意见反馈"
    EN = "the office's one reply"

    consolidated_opinions: str = Field(title="综合审核意见", min_length=1, max_length=20000)


class MemberSpeech(Line):
    member_id: Id = Field(title="班子成员")
    self_criticism: str = Field(title="发言要点", min_length=1, max_length=20000)


class LifeMeetingMaterials(PaperForm):
    ZH = "对照检查材料和个人发言材料"
    EN = "self-examination and speeches"

    self_examination: str = Field(
        title="领导班子对照检查要点", min_length=1, max_length=50000, json_schema_extra=of("XC-41.1a")
    )
    speeches: tuple[MemberSpeech, ...] = Field(
        title="班子成员个人发言", max_length=50, json_schema_extra=of("XC-41.1b")
    )


class MaterialsReview(PaperForm):
    """The three inclusions (把责任、工作、自己摆进去)."""

    ZH = "民主生活会材料审核"
    EN = "review of the materials"

    duty_included: bool = Field(title="把职责摆进去", json_schema_extra=of("XC-41.1b"))
    work_included: bool = Field(title="把工作摆进去", json_schema_extra=of("XC-41.1b"))
    self_included: bool = Field(title="把自己摆进去", json_schema_extra=of("XC-41.1b"))
    opinion: str = Field("", title="审核意见", max_length=5000)


class LifeMeeting(PaperForm):
    ZH = "巡察整改专题民主生活会"
    EN = "special democratic life meeting"

    held_on: date = Field(title="召开日期", json_schema_extra=of("XC-41.1a"))


class Observer(Line):
    person_id: Id = Field(title="列席人员")
    body: ObserverBody = Field(title="所在单位", json_schema_extra=of("XC-41.2a", OBSERVER_ZH))
    appraisal: str = Field("", title="表态或者评议", max_length=5000)


class LifeMeetingReport(PaperForm):
    ZH = "专题民主生活会召开情况"
    EN = "report of the life meeting"

    attendee_ids: tuple[Id, ...] = Field(title="参加人员", min_length=1, max_length=100)
    invited: tuple[ObserverBody, ...] = Field(
        title="邀请列席单位", max_length=4, json_schema_extra=of("XC-41.2b", OBSERVER_ZH)
    )
    observers: tuple[Observer, ...] = Field(
        (), title="列席人员", max_length=50, json_schema_extra=of("XC-41.2a")
    )
    criticism: str = Field(title="批评和自我批评情况", min_length=1, max_length=20000)


class DualReport(PaperForm):
    ZH = "巡察整改报告"
    EN = "rectification report"

    report_kind: ReportKind = Field(title="报告种类", json_schema_extra=of("XC-42.1a", REPORT_ZH))
    copies: int = Field(title="份数", ge=0, le=100, json_schema_extra=of("XC-42.1b"))
    rectified_nos: tuple[int, ...] = Field((), title="已完成整改的问题序号", max_length=500)


class SolvedProblem(PaperForm):
    ZH = "问题整改到位情况"
    EN = "a problem has been put right"

    issue_no: int = Field(title="问题序号", ge=1, le=500)
    result: str = Field(title="整改结果", min_length=1, max_length=20000)


class DisclosureNotice(PaperForm):
    ZH = "做好巡察整改情况公开的通知"
    EN = "notice to disclose rectification"
    PRINTED_AS = "disclosure_notice"

    manner: tuple[DisclosureManner, ...] = Field(
        title="公开方式", min_length=1, max_length=5, json_schema_extra=of("XC-43.0a", MANNER_ZH)
    )
    content: tuple[DisclosedContent, ...] = Field(
        title="公开内容", min_length=1, max_length=4, json_schema_extra=of("XC-43.0a", CONTENT_ZH)
    )
    disclose_by: date = Field(title="公开期限", json_schema_extra=of("XC-43.0a"))


class DisclosureRiskCheck(PaperForm):
    ZH = "整改情况公开稿风险把关"
    EN = "risk check of the disclosure"

    text: str = Field(title="公开稿", min_length=1, max_length=50000)
    risk_checked: bool = Field(title="已把关", json_schema_extra=of("XC-43.0b"))


class DisclosureProof(PaperForm):
    ZH = "整改情况公开登记"
    EN = "proof of a disclosure"

    circle: Circle = Field(title="公开范围", json_schema_extra=of("XC-43.0c", CIRCLE_ZH))
    disclosed_on: date = Field(title="公开日期")


class DisclosureClosing(PaperForm):
    ZH = "整改情况公开办结"
    EN = "the disclosure is closed"

    remark: str = Field("", title="备注", max_length=2000)


class FollowUpOrder(PaperForm):
    ZH = "跟踪回访安排"
    EN = "follow-up visit ordered"

    visit_on: date = Field(title="回访日期", json_schema_extra=of("XC-45.0a"))
    visitor_ids: tuple[Id, ...] = Field(title="回访人员", min_length=1, max_length=20)


class FollowUpVisit(PaperForm):
    ZH = "跟踪回访记录"
    EN = "follow-up visit record"
    PRINTED_AS = "follow_up_visit_record"

    visited_on: date = Field(title="回访日期")
    findings: str = Field(title="回访情况", min_length=1, max_length=20000)
    unsolved_nos: tuple[int, ...] = Field(
        (), title="未解决的问题序号", max_length=500, json_schema_extra=of("XC-45.0a")
    )
