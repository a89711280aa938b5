"""Papers of incidents, reports upward and withdrawal (steps 13.3, 24, 27, 28)."""

from __future__ import annotations

from datetime import date

from pydantic import AwareDatetime, Field

from services.chassis.act import PaperForm
from services.inspection.domain.upward_codes import MAJOR_ZH, UPWARD_ZH, MajorMatterKind, UpwardChannel
from services.inspection.papers.fields import Id, IdOrEmpty, Line, Number, of


class IncidentPlan(PaperForm):
    ZH = "信访突发事件处置预案"
    EN = "plan for petition incidents"
    PRINTED_AS = "petition_emergency_plan"

    text: str = Field(title="预案", min_length=1, max_length=20000, json_schema_extra=of("XC-13.3a"))


class IncidentEntry(PaperForm):
    ZH = "信访突发事件登记"
    EN = "a petition incident"

    engagement_id: Id = Field(title="巡察任务")
    occurred_at: AwareDatetime = Field(title="发生时间")
    place: str = Field(title="地点", min_length=1, max_length=500)
    course: str = Field(title="情况", min_length=1, max_length=20000)
    major: bool = Field(False, title="重大事件", json_schema_extra=of("XC-27.0a"))


class IncidentReport(PaperForm):
    ZH = "信访应急情况报告"
    EN = "report of an incident"

    handling: str = Field(title="处置情况", min_length=1, max_length=20000, json_schema_extra=of("XC-13.3b"))


class IncidentClosing(PaperForm):
    ZH = "信访突发事件办结"
    EN = "an incident is closed"

    departments: tuple[str, ...] = Field(
        (), title="参与处置的部门", max_length=20, json_schema_extra=of("XC-13.3a")
    )
    outcome: str = Field(title="处置结果", min_length=1, max_length=20000)


class MidtermReport(PaperForm):
    ZH = "阶段情况报告"
    EN = "mid-term report"
    PRINTED_AS = "midterm_report"

    engagement_id: Id = Field(title="巡察任务")
    held_on: date = Field(title="日期")
    hearer_id: Id = Field(title="听取汇报的领导")
    problems: str = Field(title="突出问题", min_length=1, max_length=50000, json_schema_extra=of("XC-24.0b"))
    clues: str = Field("", title="领导干部问题线索", max_length=50000)
    other: str = Field("", title="其他情况", max_length=20000)
    next_requirements: str = Field("", title="下一步要求", max_length=20000, json_schema_extra=of("XC-24.0a"))


class MajorMatterReport(PaperForm):
    ZH = "重大事项请示报告"
    EN = "report of a major matter"
    PRINTED_AS = "major_matter_report"

    engagement_id: Id = Field(title="巡察任务")
    category: MajorMatterKind = Field(title="事项类别", json_schema_extra=of("XC-27.0a", MAJOR_ZH))
    channel: UpwardChannel = Field(title="报告途径", json_schema_extra=of("XC-27.0b", UPWARD_ZH))
    direct_reason: str = Field("", title="直接报告的理由", max_length=2000, json_schema_extra=of("XC-27.0c"))
    incident_id: IdOrEmpty = Field("", title="所涉突发事件")
    session_id: IdOrEmpty = Field("", title="组务会记录", json_schema_extra=of("XC-3.1c"))
    facts: str = Field(title="事实", min_length=1, max_length=50000)
    request: str = Field("", title="请示事项", max_length=20000)


class PassingOn(PaperForm):
    ZH = "转报领导小组"
    EN = "passed on to the leading group"

    remark: str = Field("", title="备注", max_length=2000)


class TalkBeforeWithdrawal(PaperForm):
    ZH = "撤点前沟通"
    EN = "talk before withdrawal"

    held_on: date = Field(title="日期")
    principal_id: Id = Field(title="被巡察党组织主要负责人")
    content: str = Field(title="沟通内容", min_length=1, max_length=20000, json_schema_extra=of("XC-28.1a"))


class DestroyedItem(Line):
    item_no: Number = Field(title="编号", min_length=1)
    destroyed_by_id: Id = Field(title="销毁人")
    destroyed_on: date = Field(title="销毁日期")
    to_archive: bool = Field(False, title="属归档材料")


class DestructionRecord(PaperForm):
    ZH = "销毁清单"
    EN = "destruction list"
    PRINTED_AS = "destruction_record"

    items: tuple[DestroyedItem, ...] = Field(
        title="销毁材料", min_length=1, max_length=500, json_schema_extra=of("XC-28.3a")
    )


class SecurityCheck(PaperForm):
    ZH = "保密安全检查记录"
    EN = "security check"
    PRINTED_AS = "security_check_record"

    checker_id: Id = Field(title="检查人", json_schema_extra=of("XC-28.3b"))
    checked_on: date = Field(title="检查日期")
    papers_checked: bool = Field(title="清退已检查")
    destruction_checked: bool = Field(title="销毁已检查")
    devices_checked: bool = Field(title="设备脱密已检查")


class WithdrawalRecord(PaperForm):
    ZH = "撤离驻地"
    EN = "withdrawal"

    withdrawn_on: date = Field(title="撤离日期", json_schema_extra=of("XC-28.3b"))


class ZeroHolding(PaperForm):
    ZH = "“零持有”报告"
    EN = "zero-holding statement"
    PRINTED_AS = "zero_holding_report"

    computer_returned: bool = Field(title="涉密计算机已清退")
    notebook_returned: bool = Field(title="工作笔记本已清退")
    holds_nothing: bool = Field(title="本人不持有任何巡察材料", json_schema_extra=of("XC-28.3d"))
