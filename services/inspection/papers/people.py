"""Papers of the people of a round: lent cadres, avoidance, training, the team's own organisation (steps 1 to 3)."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.act import PaperForm
from services.inspection.domain.codes import (
    ASSET_ZH,
    CONSULTED_ZH,
    DISSENT_ZH,
    LEVEL_ZH,
    MATTER_ZH,
    RELATION_ZH,
    RESULT_ZH,
    SPECIALITY_ZH,
    SYSTEM_ZH,
    TRAINING_ZH,
    UNFIT_ZH,
    AssetLevel,
    AssetType,
    AvoidanceRelation,
    AvoidanceResult,
    CadreSystem,
    Consulted,
    DissentChannel,
    Matter,
    Speciality,
    Training,
    UnfitReason,
)
from services.inspection.papers.fields import Id, Number, labels, of


class CadreEntry(PaperForm):
    ZH = "抽调人员登记"
    EN = "a lent cadre"

    round_id: Id = Field(title="巡察轮次")
    person_id: Id = Field(title="抽调干部(名册编号)")
    system_code: CadreSystem = Field(title="人员系统", json_schema_extra=labels(SYSTEM_ZH))
    channel_role: Consulted = Field(title="抽调渠道", json_schema_extra=of("XC-1.4b", CONSULTED_ZH))
    lending_unit_id: Id = Field(title="派出单位")
    speciality_code: Speciality | None = Field(
        None, title="专业特长", json_schema_extra=of("XC-1.5a", SPECIALITY_ZH)
    )
    birth_year: int | None = Field(None, title="出生年份", ge=1930, le=2100)
    experience: str = Field("", title="工作经历", max_length=5000)


class UnfitMark(PaperForm):
    ZH = "不符合条件登记"
    EN = "a cadre does not qualify"

    reason_code: UnfitReason = Field(title="不符合的条件", json_schema_extra=of("XC-1.4e", UNFIT_ZH))
    reason: str = Field("", title="说明", description="不外送", max_length=2000)


class TeamEntry(PaperForm):
    ZH = "分组"
    EN = "into a team"

    team_id: Id = Field(title="巡察组", json_schema_extra=of("XC-1.5a"))


class AvoidanceApplication(PaperForm):
    ZH = "回避申请"
    EN = "avoidance application"
    PRINTED_AS = "recusal_application"

    round_id: Id = Field(title="巡察轮次")
    relation: AvoidanceRelation = Field(title="需回避的关系", json_schema_extra=of("XC-2.3b", RELATION_ZH))
    unit_id: str = Field(
        "", title="涉及单位", pattern=r"^[A-Za-z0-9_.:-]{0,64}$", json_schema_extra=of("XC-2.3b")
    )
    post_or_work: str = Field("", title="任职或工作情况", max_length=2000, json_schema_extra=of("XC-2.3b"))
    other_matter: str = Field("", title="其他需要说明的事项", max_length=2000)


class AvoidanceDecision(PaperForm):
    ZH = "回避处理"
    EN = "decision on avoidance"

    result_code: AvoidanceResult = Field(title="处理", json_schema_extra=of("XC-2.3c", RESULT_ZH))
    new_team_id: str = Field("", title="调入的巡察组", pattern=r"^[A-Za-z0-9_.:-]{0,64}$")
    reason: str = Field("", title="理由", description="不作调整的必填", max_length=2000)


class TrainingRecord(PaperForm):
    ZH = "集中学习培训记录"
    EN = "training record"
    PRINTED_AS = "inspection_training_record"

    kind_code: Training = Field(title="培训种类", json_schema_extra=labels(TRAINING_ZH))
    held_on: date = Field(title="日期")
    topics: str = Field(title="内容", min_length=1, max_length=5000)
    attendee_ids: tuple[Id, ...] = Field(title="参加人员", min_length=1, max_length=200)
    lecturer_office: Consulted | None = Field(
        None, title="辅导单位", json_schema_extra=of("XC-2.4b", CONSULTED_ZH)
    )
    unit_id: str = Field(
        "", title="针对的单位", pattern=r"^[A-Za-z0-9_.:-]{0,64}$", json_schema_extra=of("XC-2.5b")
    )


class TrainingClosing(PaperForm):
    ZH = "培训结束"
    EN = "training closed"

    remark: str = Field("", title="备注", max_length=2000)


class MeetingRules(PaperForm):
    ZH = "组务会制度"
    EN = "rules of the team affairs meeting"

    liaison_id: str = Field(
        title="联络员", pattern=r"^[A-Za-z0-9_.:-]{0,64}$", json_schema_extra=of("XC-3.1a")
    )
    participant_ids: tuple[Id, ...] = Field(
        title="固定参会人员",
        description="组长、副组长、联络员",
        max_length=20,
        json_schema_extra=of("XC-3.1a"),
    )
    recorder_id: Id = Field(title="指定记录人", json_schema_extra=of("XC-3.1g"))
    liaison_reason: str = Field(
        "",
        title="联络员非在编干部的原因",
        description="由纪委监委抽调干部担任的填写",
        max_length=500,
        json_schema_extra=of("XC-5.3d"),
    )


class BranchFounding(PaperForm):
    ZH = "临时党支部"
    EN = "temporary Party branch"

    secretary_id: Id = Field(title="书记", json_schema_extra=of("XC-3.2a"))
    founded_on: date = Field(title="成立日期")


class BranchActivity(PaperForm):
    ZH = "临时党支部活动记录"
    EN = "activity of the branch"

    held_on: date = Field(title="日期")
    content: str = Field(title="内容", min_length=1, max_length=5000, json_schema_extra=of("XC-3.2b"))


class ConfidentialityPledge(PaperForm):
    ZH = "保密承诺书"
    EN = "confidentiality pledge"
    PRINTED_AS = "confidentiality_pledge"

    pledged: bool = Field(title="本人已阅读并承诺遵守保密要求", json_schema_extra=of("XC-3.3b"))


class SecurityPosts(PaperForm):
    ZH = "重点要害部位及责任人"
    EN = "key places and who answers for them"

    document_room_id: str = Field("", title="文件室责任人", pattern=r"^[A-Za-z0-9_.:-]{0,64}$")
    computers_id: str = Field("", title="涉密计算机责任人", pattern=r"^[A-Za-z0-9_.:-]{0,64}$")
    talk_rooms_id: str = Field("", title="谈话场所责任人", pattern=r"^[A-Za-z0-9_.:-]{0,64}$")


class SessionMinutes(PaperForm):
    ZH = "组务会记录"
    EN = "minutes of the team affairs meeting"

    team_id: Id = Field(title="巡察组")
    held_on: date = Field(title="会议日期")
    convenor_id: Id = Field(title="召集人", json_schema_extra=of("XC-3.1b"))
    delegation: str = Field("", title="组长委托情况", description="副组长召集的必填", max_length=500)
    participant_ids: tuple[Id, ...] = Field(title="参会人员", min_length=1, max_length=50)
    restricted: bool = Field(
        False, title="限定参会人员", description="只研究重要敏感问题", json_schema_extra=of("XC-3.1d")
    )
    matters: tuple[Matter, ...] = Field(
        title="研究事项", min_length=1, max_length=7, json_schema_extra=of("XC-3.1c", MATTER_ZH)
    )
    opinions: str = Field(title="讨论情况", min_length=1, max_length=50000)
    disagreement: bool = Field(False, title="存在分歧", json_schema_extra=of("XC-3.1e"))
    major: bool = Field(False, title="重大问题的分歧", json_schema_extra=of("XC-3.1f"))
    dissent: str = Field("", title="不同意见", max_length=20000)
    decision: str = Field("", title="决定", max_length=20000, json_schema_extra=of("XC-3.1e"))
    decided_by_id: str = Field("", title="作出决定的人", pattern=r"^[A-Za-z0-9_.:-]{0,64}$")
    recorder_id: str = Field(
        "", title="记录人", pattern=r"^[A-Za-z0-9_.:-]{0,64}$", json_schema_extra=of("XC-3.1g")
    )


class MinutesAmendment(PaperForm):
    ZH = "组务会记录更正"
    EN = "a new version of the minutes"

    opinions: str = Field(title="讨论情况", min_length=1, max_length=50000, json_schema_extra=of("XC-3.1g"))
    decision: str = Field("", title="决定", max_length=20000)
    reason: str = Field(
        title="更正原因",
        min_length=1,
        max_length=2000,
        json_schema_extra={"clause": "XC-3.1g", "reason": True},
    )


class DissentReport(PaperForm):
    ZH = "不同意见报告"
    EN = "report of differing views"
    PRINTED_AS = "dissent_report"

    channel: DissentChannel = Field(title="报告对象", json_schema_extra=of("XC-3.1f", DISSENT_ZH))
    issue: str = Field(title="问题", min_length=1, max_length=5000)
    views: str = Field(title="不同意见", min_length=1, max_length=20000)
    leader_decision: str = Field(title="组长决定", min_length=1, max_length=5000)


class AssetIssue(PaperForm):
    ZH = "涉密载体发放登记"
    EN = "a classified carrier is issued"

    team_id: Id = Field(title="巡察组")
    asset_no: Number = Field(title="载体编号", min_length=1)
    type_code: AssetType = Field(title="种类", json_schema_extra=labels(ASSET_ZH))
    level_code: AssetLevel = Field(title="密级", json_schema_extra=labels(LEVEL_ZH))
    holder_id: str = Field(
        "", title="领用人", pattern=r"^[A-Za-z0-9_.:-]{0,64}$", json_schema_extra=of("XC-3.3d")
    )


class AssetReturn(PaperForm):
    ZH = "涉密载体归还登记"
    EN = "a classified carrier comes back"

    returned_on: date = Field(title="归还日期", json_schema_extra=of("XC-3.3d"))
    wiped_on: date | None = Field(
        None, title="脱密处理日期", description="计算机和存储介质必填", json_schema_extra=of("XC-28.2b")
    )
