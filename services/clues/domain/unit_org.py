"""What a unit's own discipline organisation is guided in, checked in, and asks about (LZ-21.7, LZ-21.8)."""

from __future__ import annotations

from enum import StrEnum


class Lever(StrEnum):
    """How the office works on a unit's discipline organisation: it guides it, or checks it (LZ-21.7)."""

    GUIDANCE = "guidance"
    CHECK = "check"


LEVER_ZH = {Lever.GUIDANCE: "指导", Lever.CHECK: "监督检查"}


class Topic(StrEnum):
    """The work that is guided and checked (LZ-21.7)."""

    PETITIONS = "petitions"
    CLUES = "clues"
    INVESTIGATIONS = "investigations"


TOPIC_ZH = {
    Topic.PETITIONS: "信访举报受理",
    Topic.CLUES: "问题线索处置",
    Topic.INVESTIGATIONS: "纪律审查",
}


class UnitMatter(StrEnum):
    """What a unit's discipline organisation asks about before it is concluded (LZ-21.8)."""

    OWN_CASE = "own_case"
    HANDLING = "organisational_handling"
    ACCOUNTABILITY = "accountability_decision"


UNIT_MATTER_ZH = {
    UnitMatter.OWN_CASE: "自办案件",
    UnitMatter.HANDLING: "组织处理",
    UnitMatter.ACCOUNTABILITY: "问责决定",
}


class OfficesOpinion(StrEnum):
    """What the office answers; it is heard, it does not bind (LZ-21.8)."""

    AGREED = "agreed"
    AMENDED = "amended"
    OPPOSED = "opposed"


OFFICES_OPINION_ZH = {
    OfficesOpinion.AGREED: "同意",
    OfficesOpinion.AMENDED: "建议修改",
    OfficesOpinion.OPPOSED: "不同意",
}
