"""Closed lists of the feedback: opinions, copies, recipients, what goes into the circular (steps 33 to 36)."""

from __future__ import annotations

from enum import StrEnum


class Opinion(StrEnum):
    """The two feedback opinions (XC-33.1)."""

    PRINCIPAL = "principal_opinion"
    LEADERSHIP = "leadership_opinion"


OPINION_ZH = {
    Opinion.PRINCIPAL: "关于向主要负责人的反馈意见",
    Opinion.LEADERSHIP: "关于被巡察党组织的反馈意见",
}


class ReceiptHolder(StrEnum):
    """Who keeps one of the three originals of the receipt (XC-34.2d)."""

    OFFICE = "inspection_office"
    TEAM = "inspection_team"
    UNIT = "inspected_party_org"


RECEIPT_HOLDER_ZH = {
    ReceiptHolder.OFFICE: "巡察办",
    ReceiptHolder.TEAM: "巡察组",
    ReceiptHolder.UNIT: "被巡察党组织",
}


class Circulated(StrEnum):
    """What an inner-Party document may carry, and what it must not (XC-35.1a)."""

    LEADERSHIP = "leadership_opinion"
    SPEECH = "feedback_speech"
    STATEMENT = "statement_of_position"
    PRINCIPAL = "principal_opinion"


CIRCULATED_ZH = {
    Circulated.LEADERSHIP: "关于被巡察党组织的反馈意见",
    Circulated.SPEECH: "反馈会议讲话",
    Circulated.STATEMENT: "主要负责人表态发言",
    Circulated.PRINCIPAL: "关于向主要负责人的反馈意见",
}


class CopyRecipient(StrEnum):
    """Bodies that get a copy of the leadership opinion (XC-36)."""

    COUNTY_LEADERS = "county_leaders"
    COMMISSION = "discipline_commission"
    STATIONED_GROUP = "dispatched_discipline_group"
    ORGANIZATION = "organization_dept"
    DEPARTMENT = "competent_department"
    SUPERIOR_PARTY_ORG = "superior_party_org"


COPY_RECIPIENT_ZH = {
    CopyRecipient.COUNTY_LEADERS: "区有关领导",
    CopyRecipient.COMMISSION: "区纪委监委",
    CopyRecipient.STATIONED_GROUP: "派驻纪检监察组",
    CopyRecipient.ORGANIZATION: "区委组织部",
    CopyRecipient.DEPARTMENT: "区有关主管部门",
    CopyRecipient.SUPERIOR_PARTY_ORG: "上级党组织",
}
SENDING = "sending"
"""Tells the clock of the sending of copies from those of their receipts."""
ALWAYS_COPIED = frozenset(
    {CopyRecipient.COMMISSION, CopyRecipient.STATIONED_GROUP, CopyRecipient.ORGANIZATION}
)
"""XC-36.2a."""
ONE_OF_THEM_TOO = frozenset({CopyRecipient.DEPARTMENT, CopyRecipient.SUPERIOR_PARTY_ORG})
"""For enterprises and institutions of the county (XC-36.2b)."""
