"""Closed lists of steps 4 to 11: briefings, preparation, entry, publicity."""

from __future__ import annotations

from enum import StrEnum


class UnitType(StrEnum):
    ORGAN = "organ"
    TOWNSHIP = "township"
    SCHOOL = "school"
    ENTERPRISE = "enterprise"
    INSTITUTION = "institution"


UNIT_TYPE_ZH = {
    UnitType.ORGAN: "党政机关",
    UnitType.TOWNSHIP: "乡镇",
    UnitType.SCHOOL: "学校",
    UnitType.ENTERPRISE: "县属企业",
    UnitType.INSTITUTION: "县属事业单位",
}
ASKS_ITS_AUTHORITY = frozenset({UnitType.SCHOOL.value, UnitType.ENTERPRISE.value})
"""Of these the authority in charge is asked for a briefing, too (XC-4.1c)."""
AUTHORITY_ATTENDS = frozenset({UnitType.ENTERPRISE.value, UnitType.INSTITUTION.value})
"""Of these the department in charge attends the unit's meeting (XC-9.1b)."""


class Briefer(StrEnum):
    DISCIPLINE = "discipline_commission"
    ORGANIZATION = "organization_dept"
    AUDIT = "audit_bureau"
    PETITIONS = "petition_bureau"
    PROPAGANDA = "propaganda_dept"
    FINANCE = "finance_bureau"
    AUTHORITY = "competent_department"
    OTHER = "functional_department"


BRIEFER_ZH = {
    Briefer.DISCIPLINE: "纪委监委",
    Briefer.ORGANIZATION: "组织部",
    Briefer.AUDIT: "审计局",
    Briefer.PETITIONS: "信访局",
    Briefer.PROPAGANDA: "宣传部",
    Briefer.FINANCE: "财政局",
    Briefer.AUTHORITY: "主管部门",
    Briefer.OTHER: "其他有关部门",
}
ALWAYS_ASKED = (
    Briefer.DISCIPLINE,
    Briefer.ORGANIZATION,
    Briefer.AUDIT,
    Briefer.PETITIONS,
    Briefer.PROPAGANDA,
)
"""Whom the office's letter names in any case (XC-4.1a)."""


class MaterialKind(StrEnum):
    """The three kinds of report material of a unit (XC-7.2a)."""

    PARTY_WORK = "party_work"
    DISCIPLINE = "discipline_supervision"
    PERSONNEL = "organisation_personnel"


MATERIAL_ZH = {
    MaterialKind.PARTY_WORK: "党建工作",
    MaterialKind.DISCIPLINE: "纪检监督工作",
    MaterialKind.PERSONNEL: "组织人事工作",
}


class ChecklistArea(StrEnum):
    MATERIAL = "material"
    MEETING = "meeting"
    LOGISTICS = "logistics"


AREA_ZH = {
    ChecklistArea.MATERIAL: "材料",
    ChecklistArea.MEETING: "会议",
    ChecklistArea.LOGISTICS: "服务保障",
}


class Observer(StrEnum):
    STAFF = "unit_staff"
    SUBORDINATE = "subordinate_head"
    RECENT_RETIREE = "recent_retiree"
    OTHER = "other"


OBSERVER_ZH = {
    Observer.STAFF: "单位干部",
    Observer.SUBORDINATE: "下属单位负责人",
    Observer.RECENT_RETIREE: "近三年退休的班子成员",
    Observer.OTHER: "其他",
}


class MadeKnown(StrEnum):
    """The three texts that the unit makes known inside the Party (XC-10.1a)."""

    LEADER_SPEECH = "leader_speech"
    OFFICE_SPEECH = "office_speech_entry"
    STATEMENT = "statement_of_position"


MADE_KNOWN_ZH = {
    MadeKnown.LEADER_SPEECH: "组长动员讲话",
    MadeKnown.OFFICE_SPEECH: "领导小组成员或巡察办负责同志讲话",
    MadeKnown.STATEMENT: "表态发言",
}
