"""Closed lists of the supervision of a unit's meetings: important matters, attendance, reports (LZ-6, LL-1, LL-2)."""

from __future__ import annotations

from enum import StrEnum


class MeetingKind(StrEnum):
    """Meetings of a unit at which its dispatched office has a seat (LL-1.15 to LL-1.20)."""

    PARTY_COMMITTEE = "party_committee"
    EXECUTIVE_TEAM = "executive_team"
    INTEGRITY_OR_IMPORTANTS = "integrity_or_importants"
    MOBILISATION = "inspection_mobilisation"
    FEEDBACK = "inspection_feedback"
    DEMOCRATIC_LIFE = "democratic_life"
    INTEGRITY_WORK = "integrity_work"
    RESPONSIBILITY_ASSESSMENT = "responsibility_assessment"
    OTHER = "other_governance"


MEETING_ZH = {
    MeetingKind.PARTY_COMMITTEE: "党组(党委)会",
    MeetingKind.EXECUTIVE_TEAM: "班子会(办公会)",
    MeetingKind.INTEGRITY_OR_IMPORTANTS: "研究党风廉政建设或者“三重一大”事项的会议",
    MeetingKind.MOBILISATION: "巡察动员会",
    MeetingKind.FEEDBACK: "巡察反馈会",
    MeetingKind.DEMOCRATIC_LIFE: "民主生活会",
    MeetingKind.INTEGRITY_WORK: "党风廉政建设工作会",
    MeetingKind.RESPONSIBILITY_ASSESSMENT: "党风廉政建设责任制考核会",
    MeetingKind.OTHER: "其他全面从严治党工作会议",
}
CLAUSE_OF = {
    MeetingKind.PARTY_COMMITTEE: "LL-1.15",
    MeetingKind.EXECUTIVE_TEAM: "LL-1.15",
    MeetingKind.INTEGRITY_OR_IMPORTANTS: "LL-1.15",
    MeetingKind.MOBILISATION: "LL-1.16",
    MeetingKind.FEEDBACK: "LL-1.16",
    MeetingKind.DEMOCRATIC_LIFE: "LL-1.17",
    MeetingKind.INTEGRITY_WORK: "LL-1.18",
    MeetingKind.RESPONSIBILITY_ASSESSMENT: "LL-1.19",
    MeetingKind.OTHER: "LL-1.20",
}
DECIDING = frozenset(kind for kind, clause in CLAUSE_OF.items() if clause == "LL-1.15")
"""Meetings that decide important matters: the list has to be in force, and minutes are owed after an absence."""
WITH_AGENDA = DECIDING | {MeetingKind.DEMOCRATIC_LIFE}
"""Meetings whose agenda is delivered beforehand (LZ-6.6, LL-2.3)."""
OF_A_ROUND = (MeetingKind.MOBILISATION, MeetingKind.FEEDBACK)
YEARLY = (MeetingKind.DEMOCRATIC_LIFE, MeetingKind.INTEGRITY_WORK, MeetingKind.RESPONSIBILITY_ASSESSMENT)
"""Meetings that a unit holds each year: the overview says which of them nobody has recorded."""


class ItemKind(StrEnum):
    """What an item of an agenda is: one of the three importants and the large funds, or nothing of them."""

    DECISION = "decision"
    APPOINTMENT = "appointment"
    PROJECT = "project"
    FUNDS = "funds"
    ORDINARY = "ordinary"


ITEM_ZH = {
    ItemKind.DECISION: "重大决策",
    ItemKind.APPOINTMENT: "重要干部任免",
    ItemKind.PROJECT: "重大项目",
    ItemKind.FUNDS: "大额资金",
    ItemKind.ORDINARY: "一般事项",
}
BY_AMOUNT = frozenset({ItemKind.PROJECT, ItemKind.FUNDS})
"""Kinds whose boundary is an amount; the others are what the unit's own criteria say they are."""


class BoundaryKind(StrEnum):
    """What a unit draws boundaries of (LZ-6.2)."""

    MATTERS = "matters"
    PROJECTS = "project"
    FUNDS = "funds"


BOUNDARY_ZH = {
    BoundaryKind.MATTERS: "重大事项",
    BoundaryKind.PROJECTS: "重大项目",
    BoundaryKind.FUNDS: "大额资金",
}


class Capacity(StrEnum):
    PARTICIPANT = "participant"
    OBSERVER = "observer"


CAPACITY_ZH = {Capacity.PARTICIPANT: "参加", Capacity.OBSERVER: "列席"}


class ProblemGrade(StrEnum):
    """As problems are graded before a suggestion is chosen (LZ-18.11)."""

    GENERAL = "general"
    OUTSTANDING = "outstanding"
    MAJOR = "major"


GRADE_ZH = {
    ProblemGrade.GENERAL: "一般问题",
    ProblemGrade.OUTSTANDING: "突出或者普遍问题",
    ProblemGrade.MAJOR: "重大问题",
}


class ReportTo(StrEnum):
    """Whom a report of this supervision is addressed to (LZ-6.11)."""

    LIAISON = "liaison_discipline_office"
    COMMISSION = "district_commission"


REPORT_TO_ZH = {ReportTo.LIAISON: "联系纪检监察室", ReportTo.COMMISSION: "区纪委监委"}


class BusinessLedger(StrEnum):
    """Ledgers of a unit's own business (LL-2.21)."""

    APPROVAL = "administrative_approval"
    PENALTY = "administrative_penalty"
    REVIEW = "project_review"
    PROJECT = "major_project"
    FUNDS = "large_funds"


LEDGER_ZH = {
    BusinessLedger.APPROVAL: "行政审批台账",
    BusinessLedger.PENALTY: "行政处罚台账",
    BusinessLedger.REVIEW: "项目评审台账",
    BusinessLedger.PROJECT: "重大项目台账",
    BusinessLedger.FUNDS: "大额资金使用和拨付台账",
}
MEASURED_AS = {BusinessLedger.PROJECT: ItemKind.PROJECT, BusinessLedger.FUNDS: ItemKind.FUNDS}
"""Ledgers whose entries are held against the boundaries of the unit's list."""
