"""Closed lists of questioning persons with knowledge, and of help from others (steps 15 and 21)."""

from __future__ import annotations

from enum import StrEnum


class Custody(StrEnum):
    FREE = "free"
    DETAINED = "detained"
    REVIEW_MEASURE = "under_review_measure"


CUSTODY_ZH = {
    Custody.FREE: "未被采取措施",
    Custody.DETAINED: "在押",
    Custody.REVIEW_MEASURE: "被采取审查调查措施",
}


class HelpChannel(StrEnum):
    UNIT = "inspected_party_org"
    OFFICE = "inspection_office"
    TEAM = "inspection_team"


HELP_CHANNEL_ZH = {
    HelpChannel.UNIT: "通过被巡察党组织",
    HelpChannel.OFFICE: "通过巡察办",
    HelpChannel.TEAM: "巡察组直接提请",
}


class HelpTopic(StrEnum):
    AUDIT = "audit"
    ACCOUNTING = "accounting"
    ENGINEERING = "engineering"
    LAND = "land_and_planning"
    PROPERTY = "property_valuation"
    INFORMATION = "information_technology"
    LAW = "law"
    OTHER = "other_technical"


HELP_TOPIC_ZH = {
    HelpTopic.AUDIT: "审计",
    HelpTopic.ACCOUNTING: "财务会计",
    HelpTopic.ENGINEERING: "工程建设",
    HelpTopic.LAND: "国土规划",
    HelpTopic.PROPERTY: "资产评估",
    HelpTopic.INFORMATION: "信息技术",
    HelpTopic.LAW: "法律",
    HelpTopic.OTHER: "其他专业技术问题",
}
SHARED_RUN = 8
"""Characters in a row that a letter shares with an allegation when it tells it (ours; XC-21.0d)."""


def tells(letter: str, guarded: str) -> bool:
    """Whether a letter repeats so many characters in a row of what it must not tell; spaces do not count."""
    plain, secret = "".join(letter.split()), "".join(guarded.split())
    if not secret:
        return False
    length = min(SHARED_RUN, len(secret))
    return any(secret[at : at + length] in plain for at in range(len(secret) - length + 1))
