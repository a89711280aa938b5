"""Papers of a round until it is mobilised (papers.yaml; steps 1 and 2)."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.act import PaperForm
from services.inspection.domain.codes import (
    CONSULTED_ZH,
    PARTICIPANT_ZH,
    SECTION_ZH,
    SYSTEM_ZH,
    CadreSystem,
    Consulted,
    Participant,
    Section,
)
from services.inspection.papers.fields import Id, Line, Number, of


class RoundOpening(PaperForm):
    ZH = "巡察轮次启动表"
    EN = "opening of a round"

    year: int = Field(title="年度", ge=2000, le=2200)
    ordinal: int = Field(title="本年第几轮", ge=1, le=20)
    basis: str = Field(
        title="启动依据",
        description="年度计划或领导小组要求",
        min_length=1,
        max_length=500,
        json_schema_extra=of("XC-1.1a"),
    )


class TargetSuggestions(PaperForm):
    ZH = "巡察对象建议"
    EN = "suggestions of targets"
    PRINTED_AS = "target_suggestions"

    suggesting_office: Consulted = Field(title="回复单位", json_schema_extra=of("XC-1.1a", CONSULTED_ZH))
    received_on: date = Field(title="收到日期")
    nil_return: bool = Field(False, title="无建议")
    unit_ids: tuple[Id, ...] = Field((), title="建议巡察的单位", max_length=100)
    reasons: str = Field("", title="理由", max_length=5000)


class CandidateTargetList(PaperForm):
    ZH = "本轮巡察对象建议名单"
    EN = "candidate list of targets"
    PRINTED_AS = "candidate_target_list"

    unit_ids: tuple[Id, ...] = Field((), title="建议对象", max_length=100, json_schema_extra=of("XC-1.1b"))
    basis_annual_plan: str = Field(
        title="年度计划依据", min_length=1, max_length=500, json_schema_extra=of("XC-1.1b")
    )
    basis_leading_group_request: str = Field(
        title="领导小组要求", min_length=1, max_length=500, json_schema_extra=of("XC-1.1b")
    )


class CandidateLine(Line):
    unit_ids: tuple[Id, ...] = Field(title="拟巡察单位", max_length=20)
    leader_id: str = Field(title="组长人选", pattern=r"^[A-Za-z0-9_.:-]{0,64}$")
    deputy_ids: tuple[Id, ...] = Field((), title="副组长人选", max_length=5)
    team_no: int = Field(title="组别", ge=1, le=99)


class LeaderCandidates(PaperForm):
    ZH = "巡察组组长、副组长建议人选"
    EN = "candidates for leader and deputies"
    PRINTED_AS = "leader_candidate_list"

    participants: tuple[Participant, ...] = Field(
        title="参与提出的单位", max_length=3, json_schema_extra=of("XC-1.1c", PARTICIPANT_ZH)
    )
    teams: tuple[CandidateLine, ...] = Field(title="人选", max_length=40)


class AssignmentLine(CandidateLine):
    """A team of the plan."""


class AssignmentPlan(PaperForm):
    ZH = "巡察任务分工方案"
    EN = "assignment plan"
    PRINTED_AS = "assignment_plan"

    teams: tuple[AssignmentLine, ...] = Field(title="巡察组", max_length=40, json_schema_extra=of("XC-1.1f"))


class TeamFormation(PaperForm):
    ZH = "巡察组组建"
    EN = "a team is formed"

    round_id: Id = Field(title="巡察轮次")
    team_no: int = Field(title="组别", ge=1, le=99)
    leader_id: Id = Field(title="组长")
    deputy_ids: tuple[Id, ...] = Field((), title="副组长", max_length=5)
    unit_ids: tuple[Id, ...] = Field(title="巡察单位", max_length=20)


class RoundWorkPlan(PaperForm):
    ZH = "巡察工作方案"
    EN = "work plan of the round"
    PRINTED_AS = "round_work_plan"

    inspection_from: date = Field(title="巡察开始日期")
    inspection_to: date = Field(title="巡察结束日期")
    supervision_focus: str = Field(
        title="监督重点", min_length=1, max_length=20000, json_schema_extra=of("XC-1.2a")
    )
    tasks_per_stage: str = Field(title="各阶段任务", min_length=1, max_length=20000)
    requirements: str = Field(title="工作要求", min_length=1, max_length=20000)


class PrefectureFiling(PaperForm):
    ZH = "工作方案报备"
    EN = "filing with the prefecture office"

    sent_on: date = Field(title="报备日期")
    receipt_no: Number = Field(title="回执编号", min_length=1, json_schema_extra=of("XC-1.2c"))


class DecisionLine(Line):
    team_no: int = Field(title="组别", ge=1, le=99)
    leader_id: Id = Field(title="组长")
    branch_secretary_id: Id = Field(title="临时党支部书记")
    unit_ids: tuple[Id, ...] = Field(title="巡察单位", max_length=20)


class AuthorisationDecision(PaperForm):
    ZH = "巡察组组长授权任职及任务分工的决定"
    EN = "authorisation decision"
    PRINTED_AS = "authorisation_decision"

    teams: tuple[DecisionLine, ...] = Field(title="巡察组", max_length=40, json_schema_extra=of("XC-1.3a"))


class SecondmentRequest(PaperForm):
    ZH = "抽调函"
    EN = "request to lend cadres"
    PRINTED_AS = "secondment_request"

    system_code: CadreSystem = Field(title="人员系统", json_schema_extra=of("XC-1.4a", SYSTEM_ZH))
    lending_unit_id: Id = Field(title="抽调单位")
    number: int = Field(title="人数", ge=1, le=200, json_schema_extra=of("XC-1.4a"))
    profile: str = Field(title="人员要求", min_length=1, max_length=2000, json_schema_extra=of("XC-1.4a"))


class MembersSheet(PaperForm):
    ZH = "组员调整"
    EN = "members of a team change"

    joins: str = Field("", title="调入", pattern=r"^[A-Za-z0-9_.:-]{0,64}$")
    leaves: str = Field("", title="调出", pattern=r"^[A-Za-z0-9_.:-]{0,64}$")


class GroupingSheet(PaperForm):
    ZH = "抽调人员分组名单"
    EN = "grouping of the cadres"
    PRINTED_AS = "staff_roster"

    remark: str = Field("", title="备注", max_length=2000)


class CommitteeApproval(PaperForm):
    ZH = "县委批准动员部署会"
    EN = "the county committee's approval of the meeting"

    approval_no: Number = Field(title="批准文号", min_length=1, json_schema_extra=of("XC-2.1a"))
    approved_on: date = Field(title="批准日期")


class MobilisationSchedule(PaperForm):
    ZH = "动员部署会安排"
    EN = "schedule of the mobilisation meeting"

    planned_on: date = Field(title="会议日期")
    decision_on_agenda: bool = Field(title="议程含宣布授权决定", json_schema_extra=of("XC-1.3b"))


class MobilisationMinutes(PaperForm):
    ZH = "动员部署会记录"
    EN = "record of the mobilisation meeting"

    held_on: date = Field(title="会议日期")
    attendee_ids: tuple[Id, ...] = Field(title="出席人员", max_length=500, json_schema_extra=of("XC-2.1b"))
    sections: tuple[Section, ...] = Field(
        (), title="参会科室", max_length=2, json_schema_extra=of("XC-2.1c", SECTION_ZH)
    )
    speaker_id: Id = Field(title="讲话人", json_schema_extra=of("XC-2.1e"))
    delegated: bool = Field(
        False,
        title="组长委托常务副组长",
        description="组长不能出席时",
        json_schema_extra=of("XC-2.1e"),
    )
    decision_announced: bool = Field(False, title="已宣布授权决定", json_schema_extra=of("XC-1.3c"))
    first_round: bool = Field(False, title="首轮巡察", description="首轮无上轮讲话精神")
    remarks_digest: str = Field(
        "",
        title="上轮讲话精神要点",
        description="不涉及人员和线索",
        max_length=5000,
        json_schema_extra=of("XC-2.1d"),
    )


class MakeUpStudy(PaperForm):
    ZH = "补学记录"
    EN = "make-up study"

    studied_on: date = Field(title="补学日期")
    person_ids: tuple[Id, ...] = Field(title="补学人员", min_length=1, max_length=200)


class InspectionNotice(PaperForm):
    ZH = "巡察通知"
    EN = "notice of inspection"
    PRINTED_AS = "inspection_notice"

    main_tasks: str = Field(title="主要任务", min_length=1, max_length=5000, json_schema_extra=of("XC-2.2b"))
    working_methods: str = Field(title="工作方式", min_length=1, max_length=5000)
    schedule: str = Field(title="时间安排", min_length=1, max_length=5000)
    liaison_mechanism_request: str = Field(title="联系机制", min_length=1, max_length=5000)
    cooperation_requests: str = Field(title="配合事项", min_length=1, max_length=5000)


class EngagementOpening(PaperForm):
    ZH = "巡察任务登记"
    EN = "a unit taken up"

    team_id: Id = Field(title="巡察组")
    unit_id: Id = Field(title="被巡察单位", json_schema_extra=of("XC-1.3d"))
