"""Papers of the fieldwork: interviews, material, symposia, surveys, visits, working papers (steps 12 to 23)."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.act import PaperForm
from services.inspection.domain.field_codes import (
    CLUE_CLASS_ZH,
    COLLECTION_ZH,
    FORM_ZH,
    HANDED_ZH,
    INTERVIEWEE_ZH,
    METHOD_ZH,
    OUTLINE_ZH,
    ClueClass,
    Collection,
    HandedOutBy,
    Interviewee,
    Outline,
    SurveyForm,
    SurveyMethod,
)
from services.inspection.papers.fields import Id, IdOrEmpty, Line, Number, labels, of


class PlannedInterview(Line):
    person_id: Id = Field(title="谈话对象")
    category: Interviewee = Field(title="类别", json_schema_extra=of("XC-12.1b", INTERVIEWEE_ZH))
    planned_on: date = Field(title="时间")
    place: str = Field(title="地点", min_length=1, max_length=200)


class ExcusedInterview(Line):
    person_id: Id = Field(title="人员")
    reason: str = Field(title="不谈话的理由", min_length=1, max_length=500)


class TeamInterviewPlan(PaperForm):
    ZH = "个别谈话方案"
    EN = "interview plan"

    interviews: tuple[PlannedInterview, ...] = Field(
        title="谈话安排", min_length=1, max_length=300, json_schema_extra=of("XC-12.1a")
    )
    excused: tuple[ExcusedInterview, ...] = Field((), title="不安排谈话的人员", max_length=50)
    safety_requirements: str = Field(
        title="安全要求", min_length=1, max_length=5000, json_schema_extra=of("XC-12.1a")
    )


class InterviewOutline(PaperForm):
    ZH = "谈话提纲"
    EN = "interview outline"

    topic: str = Field(title="适用对象和专题", min_length=1, max_length=500)
    text: str = Field(title="提纲", min_length=1, max_length=20000, json_schema_extra=of("XC-12.2a"))


class OneToOneRequest(PaperForm):
    ZH = "“一对一”谈话审批"
    EN = "approval of a one-to-one interview"

    interviewee_id: Id = Field(title="谈话对象")
    interviewer_id: Id = Field(title="谈话人")
    reason: str = Field(
        title="理由",
        min_length=1,
        max_length=2000,
        json_schema_extra={"clause": "XC-12.3c", "reason": True},
    )


class TeamInterviewRecord(PaperForm):
    ZH = "个别谈话记录"
    EN = "interview record"

    engagement_id: Id = Field(title="巡察任务")
    interviewee_id: Id = Field(title="谈话对象")
    held_on: date = Field(title="谈话日期")
    place: str = Field(title="地点", min_length=1, max_length=200)
    interviewer_ids: tuple[Id, ...] = Field(
        title="谈话人", min_length=1, max_length=6, json_schema_extra=of("XC-12.3b")
    )
    recorder_id: IdOrEmpty = Field("", title="记录人", json_schema_extra=of("XC-12.3d"))
    outline: Outline = Field(title="谈话提纲", json_schema_extra=of("XC-12.2a", OUTLINE_ZH))
    preparation_note: str = Field(
        "",
        title="谈前准备",
        description="谈话对象简历和分工情况",
        max_length=5000,
        json_schema_extra=of("XC-12.3a"),
    )
    about_direct_scope: bool = Field(False, title="涉及直接呈报范围的人员", json_schema_extra=of("XC-12.4b"))
    content: str = Field(title="谈话内容", min_length=1, max_length=100000)


class TidiedRecord(PaperForm):
    ZH = "谈话记录整理"
    EN = "tidied record"

    problems: str = Field(
        title="反映问题汇总", min_length=1, max_length=50000, json_schema_extra=of("XC-12.4a")
    )


class ReadMark(PaperForm):
    ZH = "组长审阅"
    EN = "read by the leader"

    opinion: str = Field("", title="意见", max_length=5000)


class Circulation(PaperForm):
    ZH = "谈话记录传阅"
    EN = "circulation of a record"

    reader_ids: tuple[Id, ...] = Field(title="传阅人员", min_length=1, max_length=40)


class ClueTag(PaperForm):
    ZH = "标记问题线索"
    EN = "a problem is tagged as a clue"

    subject_ids: tuple[Id, ...] = Field(title="涉及人员(名册编号)", min_length=1, max_length=20)
    summary: str = Field(title="主要问题", min_length=1, max_length=20000, json_schema_extra=of("XC-12.4b"))


class FoundClueEntry(PaperForm):
    ZH = "巡察发现线索登记"
    EN = "entry of a found clue"

    engagement_id: Id = Field(title="巡察任务")
    source_kind: str = Field(title="来源", max_length=40)
    source_id: Id = Field(title="来源编号")
    subject_ids: tuple[Id, ...] = Field(title="涉及人员(名册编号)", min_length=1, max_length=20)
    summary: str = Field(title="主要问题", min_length=1, max_length=20000)


class ClueClassing(PaperForm):
    ZH = "线索分类"
    EN = "class of a clue"

    class_code: ClueClass = Field(title="类别", json_schema_extra=of("XC-3.1c", CLUE_CLASS_ZH))
    session_id: IdOrEmpty = Field("", title="组务会记录", json_schema_extra=of("XC-3.1c"))


class CatalogueLine(Line):
    item_no: Number = Field(title="编号", min_length=1)
    name: str = Field(title="名称", min_length=1, max_length=500)


class MaterialCatalogue(PaperForm):
    ZH = "调阅资料目录清单"
    EN = "catalogue of material"

    issued_on: date = Field(title="交付日期")
    due_on: date = Field(title="要求提供日期", json_schema_extra=of("XC-16.1b"))
    from_on: date = Field(title="资料起始日期", json_schema_extra=of("XC-16.1a"))
    reason: str = Field("", title="超出近三年的理由", max_length=1000)
    lines: tuple[CatalogueLine, ...] = Field(title="目录", min_length=1, max_length=500)


class MaterialAccess(PaperForm):
    ZH = "重要资料调阅审批"
    EN = "access to important material"

    item_nos: tuple[Number, ...] = Field(
        title="资料编号", min_length=1, max_length=100, json_schema_extra=of("XC-16.2a")
    )
    reason: str = Field(title="理由", min_length=1, max_length=2000)


class MaterialReceipt(PaperForm):
    ZH = "调阅资料签收"
    EN = "receipt of material"

    engagement_id: Id = Field(title="巡察任务")
    item_no: Number = Field(title="编号", min_length=1)
    important: bool = Field(False, title="重要资料", json_schema_extra=of("XC-16.2a"))
    classified: bool = Field(False, title="涉密")
    custodian_id: IdOrEmpty = Field("", title="保管人", json_schema_extra=of("XC-16.3a"))
    reader_ids: tuple[Id, ...] = Field((), title="可阅人员", description="涉密资料填写", max_length=40)
    team_signed: bool = Field(title="巡察组签字")
    unit_signed: bool = Field(title="单位签字", json_schema_extra=of("XC-16.2b"))


class CopyEntry(PaperForm):
    ZH = "涉密资料复制登记"
    EN = "entry of a copy"

    holder_id: Id = Field(title="持有人", json_schema_extra=of("XC-28.3e"))
    copy_no: Number = Field(title="份号", min_length=1, json_schema_extra=of("XC-28.3e"))
    reason: str = Field(title="用途", min_length=1, max_length=1000)


class MaterialReturn(PaperForm):
    ZH = "调阅资料清退"
    EN = "return of material"

    returned_on: date = Field(title="清退日期")
    team_signed: bool = Field(title="巡察组签字")
    unit_signed: bool = Field(title="单位签字", json_schema_extra=of("XC-16.2b"))


class SymposiumRecord(PaperForm):
    ZH = "座谈会记录"
    EN = "record of a symposium"
    PRINTED_AS = "symposium_record"

    topic: str = Field(title="主题", min_length=1, max_length=500)
    announced_on: date = Field(title="通知日期", json_schema_extra=of("XC-17.0a"))
    held_on: date = Field(title="会议日期")
    chair_id: Id = Field(title="主持人", json_schema_extra=of("XC-17.0b"))
    recorder_id: IdOrEmpty = Field("", title="记录人", json_schema_extra=of("XC-17.0b"))
    participant_ids: tuple[Id, ...] = Field(title="参加人员", min_length=1, max_length=200)
    content: str = Field(title="座谈内容", min_length=1, max_length=50000)


class ObserverAssignment(PaperForm):
    ZH = "列席会议安排"
    EN = "who sits in on a meeting"

    meeting: str = Field(title="会议", min_length=1, max_length=500)
    meeting_on: date = Field(title="会议日期")
    observer_ids: tuple[Id, ...] = Field(
        title="列席人员", min_length=1, max_length=10, json_schema_extra=of("XC-18.0a")
    )


class ObservationRecord(PaperForm):
    ZH = "列席会议记录"
    EN = "record of a meeting sat in on"
    PRINTED_AS = "observation_record"

    meeting_on: date = Field(title="会议日期")
    observer_id: Id = Field(title="列席人", json_schema_extra=of("XC-18.0a"))
    course: str = Field(title="会议情况", min_length=1, max_length=50000)
    own_opinion: str = Field(
        "",
        title="列席人发表的意见",
        description="列席人不表态、不参与讨论;须为空",
        max_length=2000,
        json_schema_extra=of("XC-18.0b"),
    )


class SurveyDesign(PaperForm):
    ZH = "民主测评和问卷设计"
    EN = "design of a survey"

    form_code: SurveyForm = Field(title="表式", json_schema_extra=of("XC-19.1a", FORM_ZH))
    questions: str = Field(title="内容", min_length=1, max_length=50000)
    respondents: str = Field(title="调查对象", min_length=1, max_length=2000)
    method: SurveyMethod = Field(title="方式", json_schema_extra=of("XC-19.1b", METHOD_ZH))
    sites: tuple[str, ...] = Field((), title="抽样单位", max_length=100, json_schema_extra=of("XC-19.1b"))


class SurveyResult(PaperForm):
    ZH = "测评和问卷回收"
    EN = "forms collected"

    held_on: date = Field(title="日期")
    handed_out_by: HandedOutBy = Field(title="发放方式", json_schema_extra=labels(HANDED_ZH))
    collection: Collection = Field(title="回收方式", json_schema_extra=of("XC-19.2a", COLLECTION_ZH))
    issued: int = Field(title="发放份数", ge=1, le=100000)
    returned: int = Field(title="收回份数", ge=0, le=100000, json_schema_extra=of("XC-19.2a"))


class SurveyAnalysis(PaperForm):
    ZH = "测评和问卷分析"
    EN = "analysis of a survey"

    quantitative: str = Field(title="定量分析", min_length=1, max_length=50000)
    qualitative: str = Field(
        title="定性分析", min_length=1, max_length=50000, json_schema_extra=of("XC-19.3a")
    )
    important_points: tuple[Number, ...] = Field((), title="重要问题编号", max_length=50)


class VisitPlan(PaperForm):
    ZH = "走访调研工作方案"
    EN = "plan of field visits"
    PRINTED_AS = "field_visit_plan"

    objectives: str = Field(title="目的", min_length=1, max_length=5000)
    methods: str = Field(title="方法", min_length=1, max_length=5000)
    task_division: str = Field(
        title="任务分工", min_length=1, max_length=5000, json_schema_extra=of("XC-20.1a")
    )


class VisitRecord(PaperForm):
    ZH = "走访调研记录"
    EN = "record of a field visit"
    PRINTED_AS = "field_visit_record"

    held_on: date = Field(title="日期")
    place: str = Field(title="地点", min_length=1, max_length=500)
    visitor_ids: tuple[Id, ...] = Field(
        title="走访人员", min_length=1, max_length=20, json_schema_extra=of("XC-20.2b")
    )
    single_reason: str = Field("", title="一人走访的理由", max_length=1000)
    content: str = Field(title="情况", min_length=1, max_length=50000)
    important: bool = Field(False, title="重要情况", json_schema_extra=of("XC-20.2a"))
    reported_on: date | None = Field(None, title="报告组长日期", json_schema_extra=of("XC-20.2a"))
    names_clue: bool = Field(
        False,
        title="告知单位线索情况",
        description="不得告知",
        json_schema_extra=of("XC-20.2a"),
    )


class IssueEntry(PaperForm):
    ZH = "发现问题登记"
    EN = "a finding"

    engagement_id: Id = Field(title="巡察任务")
    title: str = Field(title="问题", min_length=1, max_length=500)
    important: bool = Field(True, title="重要问题", json_schema_extra=of("XC-23.0a"))
    sensitive: bool = Field(False, title="敏感问题", json_schema_extra=of("XC-21.0c"))
    rectify_now: bool = Field(
        False,
        title="适宜立行立改",
        description="群众反映强烈、明显违反规定、能够及时解决",
        json_schema_extra=of("XC-25.0a"),
    )


class WorkingPaper(PaperForm):
    ZH = "巡察工作底稿"
    EN = "working paper"
    PRINTED_AS = "working_paper"

    summary: str = Field(title="问题摘要", min_length=1, max_length=5000, json_schema_extra=of("XC-23.0a"))
    source: str = Field(title="来源", min_length=1, max_length=1000)
    steps_and_methods: str = Field(
        title="主要步骤和方式方法", min_length=1, max_length=20000, json_schema_extra=of("XC-23.0b")
    )
    facts: str = Field(title="基本事实", min_length=1, max_length=50000, json_schema_extra=of("XC-23.0b"))
    supporting_material: tuple[str, ...] = Field(
        (), title="佐证材料", max_length=100, json_schema_extra=of("XC-23.0a")
    )


class CustodyNote(PaperForm):
    ZH = "底稿保管"
    EN = "custody of a working paper"

    custodian_id: Id = Field(title="保管人", json_schema_extra=of("XC-23.0d"))


class FieldworkClosing(PaperForm):
    ZH = "巡察了解结束"
    EN = "fieldwork closed"

    remark: str = Field("", title="备注", max_length=2000)
