"""Papers of the meetings that hear a round, and of the reports before them (steps 31 and 32)."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.act import PaperForm
from services.inspection.domain.result_codes import BODY_ZH, NAMED_ZH, Body, Named
from services.inspection.papers.fields import Id, IdOrEmpty, Line, Number, of


class UnitComment(Line):
    unit_id: Id = Field(title="单位")
    comment: str = Field(title="意见", min_length=1, max_length=20000)


class HearingRecord(PaperForm):
    ZH = "领导小组听取巡察情况"
    EN = "the leading group hears a team"

    team_id: Id = Field(title="巡察组", json_schema_extra=of("XC-31.1b"))
    held_on: date = Field(title="会议日期", json_schema_extra=of("XC-31.1a"))
    chair_id: Id = Field(title="主持人", json_schema_extra=of("XC-31.1c"))
    delegated: bool = Field(False, title="组长委托主持", json_schema_extra=of("XC-31.1c"))
    attendee_ids: tuple[Id, ...] = Field(
        title="出席人员", min_length=1, max_length=100, json_schema_extra=of("XC-31.2a")
    )
    observer_ids: tuple[Id, ...] = Field(
        (), title="列席人员", max_length=100, json_schema_extra=of("XC-31.2a")
    )
    reporter_id: Id = Field(title="汇报人", json_schema_extra=of("XC-31.3a"))
    reporter_reason: str = Field(
        "",
        title="非组长汇报的原因",
        description="由副组长汇报的填写",
        max_length=1000,
        json_schema_extra=of("XC-31.3a"),
    )
    comments: tuple[UnitComment, ...] = Field(
        (), title="对巡察报告的意见", max_length=40, json_schema_extra=of("XC-31.3a")
    )
    use_of_results: str = Field("", title="成果运用意见", max_length=20000, json_schema_extra=of("XC-31.3a"))
    late_reason: str = Field("", title="未按期听取的原因", max_length=2000, json_schema_extra=of("XC-31.1a"))


class LateReason(PaperForm):
    ZH = "未按期听取的原因"
    EN = "why a team was heard late"

    late_reason: str = Field(
        title="未按期听取的原因", min_length=1, max_length=2000, json_schema_extra=of("XC-31.1a")
    )


class HearingsClosed(PaperForm):
    ZH = "各组汇报听取完毕"
    EN = "all teams were heard"

    remark: str = Field("", title="备注", max_length=2000)


class TeamPart(Line):
    team_id: Id = Field(title="巡察组")
    opinions: str = Field(title="对该组的意见", min_length=1, max_length=50000)


class GroupMinutes(PaperForm):
    ZH = "领导小组会议纪要"
    EN = "minutes of the leading group"
    PRINTED_AS = "leading_group_minutes"

    general_points: str = Field(
        title="会议总体意见", min_length=1, max_length=50000, json_schema_extra=of("XC-31.4a")
    )
    parts: tuple[TeamPart, ...] = Field(
        title="对各组的意见", min_length=1, max_length=40, json_schema_extra=of("XC-31.4a")
    )


class MinutesPart(PaperForm):
    ZH = "领导小组会议纪要(本组部分)"
    EN = "minutes of the leading group, a team's part"

    general_points: str = Field(title="会议总体意见", max_length=50000)
    opinions: str = Field(title="对本组的意见", max_length=50000)


class ComprehensiveReport(PaperForm):
    ZH = "巡察综合情况报告"
    EN = "comprehensive report"
    PRINTED_AS = "comprehensive_report"

    round_id: Id = Field(title="巡察轮次")
    overview: str = Field(title="总体情况", min_length=1, max_length=100000)
    problems: str = Field(title="发现的主要问题", min_length=1, max_length=100000)
    suggestions: str = Field(title="意见建议", min_length=1, max_length=50000)


class RoundClueLine(Line):
    clue_id: Id = Field(title="问题线索")
    important: bool = Field(False, title="重点线索", json_schema_extra=of("XC-32.3b"))
    summary: str = Field(title="线索摘要", min_length=1, max_length=20000)


class RoundClueReportPaper(PaperForm):
    ZH = "问题线索报告(书记专题会)"
    EN = "round's clue report"
    PRINTED_AS = "round_clue_report"

    round_id: Id = Field(title="巡察轮次")
    clues: tuple[RoundClueLine, ...] = Field(
        (), title="问题线索", max_length=1000, json_schema_extra=of("XC-32.1b")
    )


class Finalising(PaperForm):
    ZH = "报请组长审定"
    EN = "to be finalised by the head"

    remark: str = Field("", title="备注", max_length=2000)


class BodyAgenda(PaperForm):
    ZH = "提交会议"
    EN = "on an agenda"

    body: Body = Field(title="会议", json_schema_extra=of("XC-32.1d", BODY_ZH))
    planned_on: date = Field(title="拟召开日期")
    attendee_ids: tuple[Id, ...] = Field((), title="参会人员", max_length=50)


class AgendaRequest(PaperForm):
    ZH = "商请安排会议议题"
    EN = "request of a place on the agendas"

    remark: str = Field("", title="备注", max_length=2000)


class SecretaryMeeting(PaperForm):
    ZH = "书记专题会记录"
    EN = "the secretary's special meeting"

    held_on: date = Field(title="会议日期")
    attendee_ids: tuple[Id, ...] = Field(title="参会人员", min_length=1, max_length=50)
    decision_on_use: str = Field(
        title="成果运用决定", min_length=1, max_length=50000, json_schema_extra=of("XC-32.3a")
    )
    kept_on_record: tuple[Id, ...] = Field(
        (), title="留存备查的线索", max_length=1000, json_schema_extra=of("XC-32.3a")
    )


class NamedOne(Line):
    """A person or a matter that the secretary named."""

    kind: Named = Field(title="点人或点事", json_schema_extra=of("XC-32.3b", NAMED_ZH))
    person_id: IdOrEmpty = Field("", title="所点人员")
    matter: str = Field(title="事项", min_length=1, max_length=5000)


class DisposalOpinion(Line):
    clue_id: Id = Field(title="问题线索")
    opinion: str = Field("", title="处置意见", max_length=20000, json_schema_extra=of("XC-32.3b"))


class SecretarySpeech(PaperForm):
    ZH = "县委书记讲话"
    EN = "the secretary's remarks"
    PRINTED_AS = "secretary_speech"

    remarks: str = Field(title="讲话内容", min_length=1, max_length=100000)
    disposal_opinions: tuple[DisposalOpinion, ...] = Field(
        (), title="对重点线索的处置意见", max_length=500, json_schema_extra=of("XC-32.3b")
    )
    named: tuple[NamedOne, ...] = Field(
        (), title="点人点事", max_length=200, json_schema_extra=of("XC-32.3b")
    )


class CommitteeHearing(PaperForm):
    ZH = "县委常委会听取巡察情况"
    EN = "the standing committee hears the round"

    held_on: date = Field(title="会议日期")
    rectification_requirements: str = Field(
        title="整改要求", min_length=1, max_length=50000, json_schema_extra=of("XC-32.4a")
    )


class SpeechFiling(PaperForm):
    ZH = "书记讲话和问题线索报告报备"
    EN = "filing of the remarks and the clue report"
    PRINTED_AS = "prefecture_filing"

    sent_on: date = Field(title="报备日期", json_schema_extra=of("XC-32.3c"))
    receipt_no: Number = Field(title="回执编号", min_length=1, json_schema_extra=of("XC-32.3c"))


class KeyTask(Line):
    task: str = Field(title="任务", min_length=1, max_length=5000)
    department: IdOrEmpty = Field("", title="责任部门", json_schema_extra=of("XC-32.5a"))
    due_on: date = Field(title="完成期限")


class KeyTaskList(PaperForm):
    ZH = "重点任务清单"
    EN = "list of key tasks"
    PRINTED_AS = "key_task_list"

    tasks: tuple[KeyTask, ...] = Field(
        title="重点任务", min_length=1, max_length=200, json_schema_extra=of("XC-32.5a")
    )


class KeyIssueEntry(PaperForm):
    ZH = "管理台账登记"
    EN = "entry in the ledger"
    PRINTED_AS = "key_issue_ledger"

    owner_id: Id = Field(title="责任人", json_schema_extra=of("XC-32.5b"))
    measures: str = Field(title="办理措施", min_length=1, max_length=20000, json_schema_extra=of("XC-32.5b"))


class KeyIssueNaming(PaperForm):
    ZH = "书记点人点事"
    EN = "named by the secretary"

    round_id: Id = Field(title="巡察轮次")
    office_id: Id = Field(title="巡察办")
    kind: Named = Field(title="点人或点事", json_schema_extra=of("XC-32.3b", NAMED_ZH))
    person_id: IdOrEmpty = Field("", title="所点人员")
    matter: str = Field(title="事项", min_length=1, max_length=5000, json_schema_extra=of("XC-32.5b"))


class KeyIssueProgress(PaperForm):
    ZH = "跟踪督办进展"
    EN = "progress"

    progress: str = Field(title="进展情况", min_length=1, max_length=20000, json_schema_extra=of("XC-32.5b"))


class KeyIssueClosing(PaperForm):
    ZH = "销号"
    EN = "struck off"

    result: str = Field(title="办理结果", min_length=1, max_length=20000, json_schema_extra=of("XC-32.5b"))
