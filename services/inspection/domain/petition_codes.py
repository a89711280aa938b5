"""Closed lists of a team's petition ledger, and the route that a petition takes (step 13)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class PetitionChannel(StrEnum):
    LETTER = "letter"
    CALL = "call"
    VISIT = "visit"
    EMAIL = "email"
    BOX = "box"


CHANNEL_ZH = {
    PetitionChannel.LETTER: "来信",
    PetitionChannel.CALL: "来电",
    PetitionChannel.VISIT: "来访",
    PetitionChannel.EMAIL: "电子邮件",
    PetitionChannel.BOX: "意见箱",
}


class SubjectPost(StrEnum):
    """Who is complained of, as far as the route depends on it (XC-13.1c, XC-13.2e to XC-13.2g)."""

    FOUR_BODIES = "four_bodies_member"
    COURT_OR_PROCURATORATE = "court_or_procuratorate_head"
    FORMER_SENIOR = "former_senior_post"
    KIN_OR_STAFF = "kin_or_close_staff"
    FORMER_UNDER_CASE = "former_leader_under_case"
    COMMISSION_LEADER = "commission_leader_post"
    FORMER_COMMISSION_LEADER = "former_commission_leader"
    COMMISSION_CADRE = "commission_or_department_cadre"
    COMMISSION_STAFF = "commission_or_department_staff"
    LEADERSHIP = "unit_leadership"
    NEXT_LEVEL = "next_level_principal"
    OTHER = "other"


SUBJECT_POST_ZH = {
    SubjectPost.FOUR_BODIES: "县四大班子成员",
    SubjectPost.COURT_OR_PROCURATORATE: "法院、检察院主要负责人",
    SubjectPost.FORMER_SENIOR: "已离任或退休的上述人员",
    SubjectPost.KIN_OR_STAFF: "上述人员的亲属、身边工作人员",
    SubjectPost.FORMER_UNDER_CASE: "已被立案查处的县原领导",
    SubjectPost.COMMISSION_LEADER: "纪委副书记、常委,监委副主任、委员",
    SubjectPost.FORMER_COMMISSION_LEADER: "已退休的上述纪委监委领导(含原监察局副局长)",
    SubjectPost.COMMISSION_CADRE: "纪委监委、组织部副科级以上领导干部(含退休)",
    SubjectPost.COMMISSION_STAFF: "纪委监委、组织部其他工作人员",
    SubjectPost.LEADERSHIP: "被巡察单位领导班子及成员",
    SubjectPost.NEXT_LEVEL: "下一级主要负责人",
    SubjectPost.OTHER: "其他人员",
}
SCOPE_ONE = frozenset(
    {
        SubjectPost.FOUR_BODIES,
        SubjectPost.COURT_OR_PROCURATORATE,
        SubjectPost.FORMER_SENIOR,
        SubjectPost.KIN_OR_STAFF,
    }
)
SCOPE_TWO = frozenset(
    {SubjectPost.COMMISSION_LEADER, SubjectPost.FORMER_COMMISSION_LEADER, SubjectPost.COMMISSION_CADRE}
)
LEADING_LEVELS = frozenset({"division", "deputy_division", "section_chief", "deputy_section"})
"""Leading cadres of deputy-section rank or above (XC-13.2g)."""
COMMISSION_OFFICES = frozenset(
    {
        "district_commission",
        "petition_office",
        "case_supervision_office",
        "case_review_office",
        "party_conduct_office",
        "liaison_discipline_office",
        "case_office",
        "dispatched_office",
    }
)
"""Kinds of offices whose people are the discipline commission's."""


class PetitionNature(StrEnum):
    IN_SCOPE = "in_scope"
    PERSONAL = "personal_or_litigation"
    OUTSIDE_BOTH = "outside_both"
    OF_THE_UNIT = "within_unit_jurisdiction"


NATURE_ZH = {
    PetitionNature.IN_SCOPE: "属巡察受理范围",
    PetitionNature.PERSONAL: "个人诉求、涉法涉诉",
    PetitionNature.OUTSIDE_BOTH: "不属巡察范围且不属被巡察单位管辖",
    PetitionNature.OF_THE_UNIT: "不属巡察范围、属被巡察单位管辖",
}


class PetitionRoute(StrEnum):
    DIRECT = "direct"
    IMPORTANT = "important"
    RECEIVED_ONLY = "received_only"
    REFERRAL = "referral"
    UNIT = "unit"
    ORDINARY = "ordinary"


PETITION_ROUTE_ZH = {
    PetitionRoute.DIRECT: "径送",
    PetitionRoute.IMPORTANT: "重要信访呈批",
    PetitionRoute.RECEIVED_ONLY: "只接收、移交有关部门",
    PetitionRoute.REFERRAL: "转信访室",
    PetitionRoute.UNIT: "转被巡察单位",
    PetitionRoute.ORDINARY: "一般",
}


@dataclass(frozen=True)
class Complained:
    """Somebody complained of. `is_target`: their body is inspected in this round."""

    post: SubjectPost
    is_target: bool = False


def post_by_directory(
    coded: SubjectPost, *, office_kind: str, level: str, of_the_leadership: bool
) -> SubjectPost:
    """What the directory says of somebody comes before what was ticked; what is direct anyhow stays so."""
    if coded in SCOPE_ONE or coded in (
        SubjectPost.FORMER_UNDER_CASE,
        SubjectPost.COMMISSION_LEADER,
        SubjectPost.FORMER_COMMISSION_LEADER,
    ):
        return coded
    if office_kind in COMMISSION_OFFICES:
        return SubjectPost.COMMISSION_CADRE if level in LEADING_LEVELS else SubjectPost.COMMISSION_STAFF
    return SubjectPost.LEADERSHIP if of_the_leadership else coded


def direct_scope(subject: Complained) -> str:
    """The clause by which an item on them is delivered directly; empty where it is not.

    That they are no target of the round limits the four bodies alone (readings.yaml, A08).
    """
    if subject.post is SubjectPost.FORMER_UNDER_CASE:
        return "XC-13.2f"
    if subject.post in SCOPE_TWO:
        return "XC-13.2g"
    if subject.post in SCOPE_ONE and not (subject.post is SubjectPost.FOUR_BODIES and subject.is_target):
        return "XC-13.2e"
    return ""


def is_important(subject: Complained) -> bool:
    """Leadership, its members, principals one level down; and members of the four bodies who are targets."""
    if subject.post is SubjectPost.FOUR_BODIES:
        return subject.is_target
    return subject.post in (SubjectPost.LEADERSHIP, SubjectPost.NEXT_LEVEL)


def route_of(subjects: Sequence[Complained], nature: PetitionNature, *, important: bool) -> PetitionRoute:
    """The first that fits: direct, important, personal or litigation, outside both, the unit's, ordinary."""
    if any(direct_scope(one) for one in subjects):
        return PetitionRoute.DIRECT
    if important or any(is_important(one) for one in subjects):
        return PetitionRoute.IMPORTANT
    return {
        PetitionNature.PERSONAL: PetitionRoute.RECEIVED_ONLY,
        PetitionNature.OUTSIDE_BOTH: PetitionRoute.REFERRAL,
        PetitionNature.OF_THE_UNIT: PetitionRoute.UNIT,
    }.get(nature, PetitionRoute.ORDINARY)


class Department(StrEnum):
    PETITION_BUREAU = "petition_bureau"
    COURT = "court"
    PROCURATORATE = "procuratorate"
    POLICE = "police"
    JUSTICE = "justice_bureau"
    CIVIL_AFFAIRS = "civil_affairs_bureau"
    HUMAN_RESOURCES = "human_resources_bureau"
    OTHER = "functional_department"


DEPARTMENT_ZH = {
    Department.PETITION_BUREAU: "信访局",
    Department.COURT: "法院",
    Department.PROCURATORATE: "检察院",
    Department.POLICE: "公安局",
    Department.JUSTICE: "司法局",
    Department.CIVIL_AFFAIRS: "民政局",
    Department.HUMAN_RESOURCES: "人力资源和社会保障局",
    Department.OTHER: "其他职能部门",
}


class Instruction(StrEnum):
    PURSUE = "pursue"
    FILE = "file"


INSTRUCTION_ZH = {Instruction.PURSUE: "继续了解", Instruction.FILE: "存档备查"}


class DirectMaterial(StrEnum):
    PETITION = "petition"
    INTERVIEW = "interview_record"
    OTHER = "other_material"


DIRECT_MATERIAL_ZH = {
    DirectMaterial.PETITION: "信访件",
    DirectMaterial.INTERVIEW: "巡察谈话记录",
    DirectMaterial.OTHER: "其他有关材料",
}
