"""Proposed sanctions (处分建议): code lists, and what a case's file holds for assisted review (LZ-17.12 to 17.16)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class PartySanction(StrEnum):
    """Sanctions of the Party; the lightest first."""

    WARNING = "party_warning"
    SERIOUS_WARNING = "serious_warning"
    REMOVAL = "removal_from_party_post"
    PROBATION = "probation_in_the_party"
    EXPULSION = "expulsion_from_the_party"


PARTY_SANCTION_ZH = {
    PartySanction.WARNING: "党内警告",
    PartySanction.SERIOUS_WARNING: "党内严重警告",
    PartySanction.REMOVAL: "撤销党内职务",
    PartySanction.PROBATION: "留党察看",
    PartySanction.EXPULSION: "开除党籍",
}


class GovernmentSanction(StrEnum):
    """Government sanctions; the lightest first."""

    WARNING = "government_warning"
    DEMERIT = "demerit"
    MAJOR_DEMERIT = "major_demerit"
    DEMOTION = "demotion"
    REMOVAL = "removal_from_post"
    DISCHARGE = "discharge"


GOVERNMENT_SANCTION_ZH = {
    GovernmentSanction.WARNING: "政务警告",
    GovernmentSanction.DEMERIT: "政务记过",
    GovernmentSanction.MAJOR_DEMERIT: "政务记大过",
    GovernmentSanction.DEMOTION: "政务降级",
    GovernmentSanction.REMOVAL: "政务撤职",
    GovernmentSanction.DISCHARGE: "政务开除",
}


class CaseDocument(StrEnum):
    """What the catalogue of a case's file names when it goes to the case review office (LZ-17.14)."""

    TALK = "review_talk_record"
    FACTS = "fact_meeting_record"
    REPORT = "review_report"
    MINUTES = "deliberation_minutes"
    SUGGESTION = "sanction_suggestion"
    COMMUNICATION = "sanction_communication_record"


CASE_DOCUMENT_ZH = {
    CaseDocument.TALK: "审理谈话笔录",
    CaseDocument.FACTS: "违纪违法事实见面材料",
    CaseDocument.REPORT: "审理报告",
    CaseDocument.MINUTES: "集体审议记录",
    CaseDocument.SUGGESTION: "处分建议",
    CaseDocument.COMMUNICATION: "与党组沟通记录",
}


def not_in(catalogue: Iterable[CaseDocument]) -> frozenset[CaseDocument]:
    """What a complete file has and this catalogue lacks."""
    return frozenset(CaseDocument) - frozenset(catalogue)


class AssistedResult(StrEnum):
    """What the case review office answers (LZ-17.15)."""

    CONSENT = "consent"
    RETURN = "return_with_opinion"


ASSISTED_RESULT_ZH = {AssistedResult.CONSENT: "同意", AssistedResult.RETURN: "退回并提出意见"}
