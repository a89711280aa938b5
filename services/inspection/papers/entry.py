"""Papers of a team's way into a unit: briefings, plan, speeches, material, meeting, publicity (steps 4 to 11)."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.act import PaperForm
from services.inspection.domain.entry_codes import (
    AREA_ZH,
    BRIEFER_ZH,
    MADE_KNOWN_ZH,
    MATERIAL_ZH,
    OBSERVER_ZH,
    UNIT_TYPE_ZH,
    Briefer,
    ChecklistArea,
    MadeKnown,
    MaterialKind,
    Observer,
    UnitType,
)
from services.inspection.papers.fields import Id, IdOrEmpty, Line, Number, labels, of


class BriefingRequest(PaperForm):
    ZH = "商请通报情况函"
    EN = "request for a briefing"
    PRINTED_AS = "briefing_request"

    unit_type: UnitType = Field(title="单位类别", json_schema_extra=of("XC-4.1c", UNIT_TYPE_ZH))
    addressees: tuple[Briefer, ...] = Field(
        title="函请单位", max_length=8, json_schema_extra=of("XC-4.1a", BRIEFER_ZH)
    )
    topics: str = Field(title="通报内容", min_length=1, max_length=5000)


class BriefingMaterial(PaperForm):
    ZH = "通报情况"
    EN = "briefing"

    office_code: Briefer = Field(title="通报单位", json_schema_extra=labels(BRIEFER_ZH))
    received_on: date = Field(title="通报日期")
    political_ecology: str = Field("", title="政治生态状况", max_length=20000)
    main_responsibility: str = Field("", title="管党治党责任", max_length=20000)
    personnel_selection: str = Field("", title="选人用人", max_length=20000)
    ideology_work: str = Field("", title="意识形态工作", max_length=20000)
    petitions: str = Field("", title="信访反映", max_length=20000)
    clue_disposal: str = Field("", title="问题线索处置", max_length=20000)
    points: tuple[Number, ...] = Field(
        (), title="需要重点了解的问题编号", max_length=50, json_schema_extra=of("XC-5.4c")
    )


class AppointmentForms(PaperForm):
    ZH = "领导班子成员任免审批表"
    EN = "appointment forms of the leadership"
    PRINTED_AS = "appointment_approval_forms"

    with_form_ids: tuple[Id, ...] = Field(
        title="已提供审批表的成员", max_length=40, json_schema_extra=of("XC-4.2b")
    )


class AuditReportLine(Line):
    report_no: Number = Field(title="审计报告编号", min_length=1)
    year: int = Field(title="年度", ge=1990, le=2200)


class AuditReports(PaperForm):
    ZH = "各类审计报告"
    EN = "audit reports"
    PRINTED_AS = "audit_reports"

    reports: tuple[AuditReportLine, ...] = Field((), title="审计报告", max_length=100)
    nil_return: bool = Field(False, title="无审计报告", json_schema_extra=of("XC-4.2c"))


class AuditAccess(PaperForm):
    ZH = "查阅审计底稿安排"
    EN = "reading of audit papers arranged"

    reader_ids: tuple[Id, ...] = Field(title="查阅人员", min_length=1, max_length=20)


class AuditReading(PaperForm):
    ZH = "查阅审计底稿记录"
    EN = "audit papers read"

    reader_id: Id = Field(title="查阅人", json_schema_extra=of("XC-4.2d"))
    read_on: date = Field(title="查阅日期")


class PriorMaterialsNote(PaperForm):
    """Filed by the reaction to the archive's answer."""

    ZH = "档案室提供上一轮巡察材料"
    EN = "the archive's answer"

    archive_items: tuple[str, ...] = Field(title="档案材料编号")
    first_inspection: bool = Field(title="首次巡察")


class PriorMaterials(PaperForm):
    ZH = "上一轮巡察材料"
    EN = "material of the round before"

    first_inspection: bool = Field(False, title="首次巡察", json_schema_extra=of("XC-4.3a"))


class KeyTalkRecord(PaperForm):
    ZH = "重点沟通记录"
    EN = "record of the one-to-one talk"
    PRINTED_AS = "key_communication_record"

    engagement_id: Id = Field(title="巡察任务")
    held_on: date = Field(title="日期")
    counterpart_id: Id = Field(title="纪委监委负责同志")
    deputy_ids: tuple[Id, ...] = Field((), title="参加的副组长", max_length=5)
    clues_raised: str = Field("", title="重要问题线索", max_length=20000)
    issues_to_watch: str = Field(title="需关注的问题", min_length=1, max_length=20000)


class BriefingClosing(PaperForm):
    ZH = "情况通报阶段完成"
    EN = "briefings closed"

    remark: str = Field("", title="备注", max_length=2000)


class PublicInformation(PaperForm):
    ZH = "舆情信息"
    EN = "public information"
    PRINTED_AS = "opinion_digest"

    source: str = Field(title="来源", min_length=1, max_length=500)
    published_on: date = Field(title="日期")
    summary: str = Field(title="摘要", min_length=1, max_length=5000, json_schema_extra=of("XC-5.1a"))


class DepartmentRequest(PaperForm):
    ZH = "协调有关部门了解情况"
    EN = "another department is asked"

    department: str = Field(title="部门", min_length=1, max_length=200)
    topic: str = Field(title="事项", min_length=1, max_length=2000)
    reply: str = Field("", title="答复", max_length=20000)
    subject_ids: tuple[Id, ...] = Field(
        (),
        title="涉及的被反映人",
        description="函中不得出现;须为空",
        max_length=20,
        json_schema_extra=of("XC-5.1b"),
    )


class FocusLine(Line):
    item: str = Field(title="重点事项", min_length=1, max_length=500)
    basis: str = Field("", title="依据", max_length=500)
    risk_point: str = Field("", title="风险点", max_length=2000)
    direction: str = Field("", title="了解方向", max_length=2000)


class FocusList(PaperForm):
    ZH = "巡察监督重点清单"
    EN = "focus list"
    PRINTED_AS = "supervision_focus_list"

    lines: tuple[FocusLine, ...] = Field(
        title="清单", min_length=1, max_length=200, json_schema_extra=of("XC-5.2a")
    )


class DivisionLine(Line):
    member_id: Id = Field(title="组员")
    duty: str = Field("", title="职责", max_length=500)


class Division(PaperForm):
    ZH = "组内分工"
    EN = "division of work"
    PRINTED_AS = "team_division"

    lines: tuple[DivisionLine, ...] = Field(
        title="分工", min_length=1, max_length=60, json_schema_extra=of("XC-5.3a")
    )


class EmergencyPlan(PaperForm):
    ZH = "突发事件应急预案"
    EN = "contingency plan"
    PRINTED_AS = "emergency_plan"

    scenario: str = Field(title="情形", min_length=1, max_length=5000)
    response: str = Field(title="处置措施", min_length=1, max_length=5000)
    contacts: str = Field(title="联络方式", min_length=1, max_length=2000)


class TeamWorkPlan(PaperForm):
    ZH = "巡察组工作方案"
    EN = "work plan of the team"
    PRINTED_AS = "team_work_plan"

    tasks: str = Field(title="工作任务", min_length=1, max_length=20000, json_schema_extra=of("XC-5.4b"))
    methods_and_steps: str = Field(title="方法步骤", min_length=1, max_length=20000)
    schedule: str = Field(title="时间安排", min_length=1, max_length=5000)
    discipline_requirements: str = Field(title="纪律要求", min_length=1, max_length=5000)
    branch_work_plan: str = Field(
        title="临时党支部工作计划", min_length=1, max_length=20000, json_schema_extra=of("XC-5.4b")
    )
    arranged: tuple[Number, ...] = Field(
        (), title="已安排了解的问题编号", max_length=100, json_schema_extra=of("XC-5.4c")
    )


class Acknowledgement(PaperForm):
    ZH = "备案收悉"
    EN = "filing acknowledged"

    remark: str = Field("", title="备注", max_length=500)


class SpeechTemplate(PaperForm):
    ZH = "讲话通稿"
    EN = "template of a speech"

    text: str = Field(title="通稿", min_length=1, max_length=50000)


class FinalSpeech(PaperForm):
    ZH = "组长动员讲话正式稿"
    EN = "leader's speech"

    text: str = Field(title="正式稿", min_length=1, max_length=50000, json_schema_extra=of("XC-6.1a"))


class ChecklistLine(Line):
    item: str = Field(title="事项", min_length=1, max_length=500)
    area: ChecklistArea = Field(title="类别", json_schema_extra=labels(AREA_ZH))
    done: bool = Field(False, title="已完成")


class EntryChecklist(PaperForm):
    ZH = "进驻准备工作清单"
    EN = "entry checklist"
    PRINTED_AS = "entry_checklist"

    delivered_on: date = Field(title="交付日期")
    lines: tuple[ChecklistLine, ...] = Field(
        title="清单", min_length=1, max_length=100, json_schema_extra=of("XC-7.1a")
    )


class MaterialCheck(PaperForm):
    ZH = "汇报材料审核"
    EN = "check of the unit's report material"

    kind_code: MaterialKind = Field(title="材料种类", json_schema_extra=of("XC-7.2a", MATERIAL_ZH))
    version_no: int = Field(1, title="第几稿", ge=1, le=50)
    passed: bool = Field(title="审核通过")
    problem_permille: int = Field(
        title="问题和原因所占字数(千分比)",
        description="达到六成填600",
        ge=0,
        le=1000,
        json_schema_extra=of("XC-7.2b"),
    )
    measures: str = Field(
        "", title="整改措施", description="通过时必填", max_length=20000, json_schema_extra=of("XC-7.2b")
    )
    returned_reason: str = Field(
        "", title="退回理由", description="退回时必填", max_length=5000, json_schema_extra=of("XC-7.2c")
    )


class SiteSetup(PaperForm):
    ZH = "驻地与意见箱设置"
    EN = "site, suggestion boxes and channels"
    PRINTED_AS = "site_setup_record"

    office_address: str = Field(title="办公地点", min_length=1, max_length=500)
    box_locations: tuple[str, ...] = Field((), title="意见箱位置", max_length=50)
    telephone: str = Field("", title="联系电话", max_length=50)
    email: str = Field("", title="电子邮箱", max_length=200)
    logistics: str = Field("", title="食宿等后勤保障", max_length=5000, json_schema_extra=of("XC-7.3b"))


class EntryPreparation(PaperForm):
    ZH = "进驻准备完成"
    EN = "ready to enter"

    remark: str = Field("", title="备注", max_length=2000)


class PrincipalMeeting(PaperForm):
    ZH = "见面沟通记录"
    EN = "preliminary meeting"

    held_on: date = Field(title="日期", json_schema_extra=of("XC-8.0a"))
    principal_id: Id = Field(title="被巡察党组织主要负责人")
    requirements: str = Field(title="传达要求和任务说明", min_length=1, max_length=20000)


class ObserverLine(Line):
    person_id: Id = Field(title="人员")
    capacity: Observer = Field(title="身份", json_schema_extra=labels(OBSERVER_ZH))
    left_on: date | None = Field(None, title="退休日期")


class UnitMeeting(PaperForm):
    ZH = "巡察工作动员会记录"
    EN = "the unit's mobilisation meeting"

    held_on: date = Field(title="会议日期")
    chair_id: Id = Field(title="主持人", json_schema_extra=of("XC-9.2a"))
    attendee_ids: tuple[Id, ...] = Field(title="参会人员", max_length=500, json_schema_extra=of("XC-9.1a"))
    authority_id: IdOrEmpty = Field(
        "",
        title="主管部门党组织主要负责人",
        description="县属企事业单位须参会",
        json_schema_extra=of("XC-9.1b"),
    )
    observers: tuple[ObserverLine, ...] = Field(
        (), title="列席人员", max_length=500, json_schema_extra=of("XC-9.1c")
    )
    office_speaker_id: Id = Field(title="领导小组成员或巡察办负责同志讲话人")
    statement: str = Field("", title="主要负责人表态发言", max_length=20000, json_schema_extra=of("XC-9.2a"))


class EntrySummary(PaperForm):
    ZH = "进驻情况汇总"
    EN = "entry summary"
    PRINTED_AS = "entry_summary"

    reported_on: date = Field(title="报告日期", json_schema_extra=of("XC-7.4a"))
    summary: str = Field(title="汇总情况", min_length=1, max_length=20000)


class CirculationProof(PaperForm):
    ZH = "党内通报情况"
    EN = "made known inside the Party"

    texts: tuple[MadeKnown, ...] = Field(
        title="已通报的讲话", max_length=3, json_schema_extra=of("XC-10.1a", MADE_KNOWN_ZH)
    )
    manner: str = Field(title="通报方式", min_length=1, max_length=500)


class StatementFiling(PaperForm):
    ZH = "表态发言报备"
    EN = "statement of position filed"

    filed_on: date = Field(title="报备日期", json_schema_extra=of("XC-10.1b"))


class ReleaseDraft(PaperForm):
    ZH = "新闻稿"
    EN = "draft of a press release"

    engagement_id: Id = Field(title="巡察任务")
    text: str = Field(title="正文", min_length=1, max_length=50000)
    contact: str = Field(title="联系方式", min_length=1, max_length=200, json_schema_extra=of("XC-10.2a"))
    office_address: str = Field(
        title="办公地点", min_length=1, max_length=500, json_schema_extra=of("XC-10.2a")
    )
    email: str = Field(title="电子邮箱", min_length=1, max_length=200, json_schema_extra=of("XC-10.2a"))


class ReleaseClearance(PaperForm):
    ZH = "新闻稿送审"
    EN = "press release sent for clearance"

    risk_remark: str = Field("", title="风险评估", max_length=2000)


class Publication(PaperForm):
    ZH = "发布登记"
    EN = "publication"

    published_on: date = Field(title="发布日期")
    media: str = Field(title="发布媒体", min_length=1, max_length=500)


class Announcement(PaperForm):
    ZH = "巡察公告"
    EN = "public announcement"
    PRINTED_AS = "inspection_announcement"

    scope: str = Field(title="监督范围", min_length=1, max_length=5000, json_schema_extra=of("XC-10.3a"))
    content: str = Field(title="监督内容", min_length=1, max_length=5000)
    schedule: str = Field(title="时间安排", min_length=1, max_length=2000, json_schema_extra=of("XC-10.3a"))
    contact: str = Field(title="联系方式", min_length=1, max_length=200)
    office_address: str = Field(title="办公地点", min_length=1, max_length=500)
    email: str = Field(title="电子邮箱", min_length=1, max_length=200)


class ReportHearing(PaperForm):
    ZH = "听取党组织工作汇报"
    EN = "hearing of the work report"

    held_on: date = Field(title="日期")
    speaker_id: Id = Field(title="汇报人", json_schema_extra=of("XC-11.1a"))
    attendee_ids: tuple[Id, ...] = Field((), title="参加的班子成员", max_length=40)


class TopicHearing(PaperForm):
    ZH = "听取专题汇报"
    EN = "hearing of a topical report"

    held_on: date = Field(title="日期")
    topic: str = Field(title="专题", min_length=1, max_length=500)
    speaker_id: IdOrEmpty = Field("", title="汇报人")
    hearer_ids: tuple[Id, ...] = Field((), title="听取人员", max_length=60, json_schema_extra=of("XC-11.2a"))
