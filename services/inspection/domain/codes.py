"""Closed lists of the inspection workflow, with their Chinese names."""

from __future__ import annotations

from enum import StrEnum


class Consulted(StrEnum):
    """Who is asked for targets, and with whom the candidates for leader are worked out (XC-1.1a, XC-1.1c)."""

    DISCIPLINE = "discipline_commission"
    ORGANIZATION = "organization_dept"


CONSULTED_ZH = {Consulted.DISCIPLINE: "纪委监委", Consulted.ORGANIZATION: "组织部"}


class Participant(StrEnum):
    OFFICE = "inspection_office"
    DISCIPLINE = "discipline_commission"
    ORGANIZATION = "organization_dept"


PARTICIPANT_ZH = {
    Participant.OFFICE: "巡察办",
    Participant.DISCIPLINE: "纪委监委",
    Participant.ORGANIZATION: "组织部",
}


class CadreSystem(StrEnum):
    """Where a lent cadre comes from: it decides the way on which they are lent (XC-1.4b, XC-1.4c)."""

    DISCIPLINE = "discipline"
    OTHER = "other"


SYSTEM_ZH = {CadreSystem.DISCIPLINE: "纪检监察系统", CadreSystem.OTHER: "其他系统"}
CHANNEL = {CadreSystem.DISCIPLINE: Consulted.DISCIPLINE, CadreSystem.OTHER: Consulted.ORGANIZATION}


class Speciality(StrEnum):
    DISCIPLINE = "discipline"
    ORGANIZATION = "organization"
    PROPAGANDA = "propaganda"
    AUDIT = "audit"
    FINANCE = "finance"
    PETITIONS = "petitions"
    LAW = "law"
    OTHER = "other"


SPECIALITY_ZH = {
    Speciality.DISCIPLINE: "纪检监察",
    Speciality.ORGANIZATION: "组织人事",
    Speciality.PROPAGANDA: "宣传",
    Speciality.AUDIT: "审计",
    Speciality.FINANCE: "财务",
    Speciality.PETITIONS: "信访",
    Speciality.LAW: "法律",
    Speciality.OTHER: "其他",
}


class UnfitReason(StrEnum):
    """Conditions are not in the text: a checklist of ours (XC-1.4e)."""

    POLITICAL = "political"
    ABILITY = "ability"
    HEALTH = "health"
    DISCIPLINE_RECORD = "discipline_record"
    AVOIDANCE = "avoidance"
    OTHER = "other"


UNFIT_ZH = {
    UnfitReason.POLITICAL: "政治素质",
    UnfitReason.ABILITY: "业务能力",
    UnfitReason.HEALTH: "身体状况",
    UnfitReason.DISCIPLINE_RECORD: "纪律处分影响期",
    UnfitReason.AVOIDANCE: "需要回避",
    UnfitReason.OTHER: "其他",
}


class Section(StrEnum):
    """Sections whose heads take part in the county mobilisation meeting (XC-2.1c)."""

    DISCIPLINE = "dc_section"
    ORGANIZATION = "od_section"


SECTION_ZH = {Section.DISCIPLINE: "纪委监委相关科室", Section.ORGANIZATION: "组织部相关科室"}


class AvoidanceRelation(StrEnum):
    SELF = "self"
    SPOUSE = "spouse"
    RELATIVE = "direct_relative"
    OTHER = "other"


RELATION_ZH = {
    AvoidanceRelation.SELF: "本人",
    AvoidanceRelation.SPOUSE: "配偶",
    AvoidanceRelation.RELATIVE: "直系亲属",
    AvoidanceRelation.OTHER: "其他需要说明的事项",
}


class AvoidanceResult(StrEnum):
    MOVED = "moved"
    REPLACED = "replaced"
    KEPT = "kept"


RESULT_ZH = {
    AvoidanceResult.MOVED: "调整到其他巡察组",
    AvoidanceResult.REPLACED: "退出本轮,另行抽调",
    AvoidanceResult.KEPT: "不需调整",
}


class Training(StrEnum):
    CENTRAL = "central"
    LECTURE = "lecture"
    IN_TEAM = "in_team"
    TAILORED = "tailored"
    SECURITY = "security"


TRAINING_ZH = {
    Training.CENTRAL: "集中学习",
    Training.LECTURE: "专题辅导",
    Training.IN_TEAM: "组内学习讨论",
    Training.TAILORED: "个性化业务培训",
    Training.SECURITY: "安全保密教育",
}


class Matter(StrEnum):
    """What the team's affairs meeting deliberates (XC-3.1c)."""

    DEPLOYMENT = "deployment"
    CLUES_TO_LOOK_INTO = "clues_to_look_into"
    MAJOR_MATTER = "major_matter"
    TEXTS = "texts"
    CLUE_CLASSES = "clue_classes"
    STAFF = "staff"
    OTHER = "other"


MATTER_ZH = {
    Matter.DEPLOYMENT: "重要工作部署",
    Matter.CLUES_TO_LOOK_INTO: "需要了解的问题线索",
    Matter.MAJOR_MATTER: "向领导小组报告的重大事项",
    Matter.TEXTS: "重要文稿",
    Matter.CLUE_CLASSES: "问题线索分类",
    Matter.STAFF: "人员管理",
    Matter.OTHER: "其他",
}


class DissentChannel(StrEnum):
    LEADING_GROUP = "leading_group"
    OFFICE = "inspection_office"


DISSENT_ZH = {DissentChannel.LEADING_GROUP: "巡察工作领导小组", DissentChannel.OFFICE: "巡察办"}


class AssetType(StrEnum):
    PAPER = "paper"
    COMPUTER = "computer"
    STORAGE = "storage"
    NOTEBOOK = "notebook"


ASSET_ZH = {
    AssetType.PAPER: "涉密文件",
    AssetType.COMPUTER: "涉密计算机",
    AssetType.STORAGE: "移动存储介质",
    AssetType.NOTEBOOK: "专用笔记本",
}


class AssetLevel(StrEnum):
    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"
    SECRET = "secret"  # noqa: S105  a degree of secrecy


LEVEL_ZH = {AssetLevel.INTERNAL: "内部", AssetLevel.CONFIDENTIAL: "秘密", AssetLevel.SECRET: "机密"}
