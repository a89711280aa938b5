"""Pre-checks (预审) by the commission's offices: of what, by whom, with which result (LZ-19.5, LZ-19.6)."""

from __future__ import annotations

from enum import StrEnum


class PrecheckKind(StrEnum):
    """What is looked at beforehand."""

    HANDLING = "organisational_handling"
    SANCTION = "proposed_sanction"


PRECHECK_KIND_ZH = {PrecheckKind.HANDLING: "组织处理", PrecheckKind.SANCTION: "党纪政务处分"}


class PrecheckOffice(StrEnum):
    """Offices that the text names; the third is a route that somebody may think of."""

    PARTY_CONDUCT = "party_conduct_office"
    CASE_REVIEW = "case_review_office"
    CASE_SUPERVISION = "case_supervision_office"


PRECHECK_OFFICE_ZH = {
    PrecheckOffice.PARTY_CONDUCT: "党风政风监督室",
    PrecheckOffice.CASE_REVIEW: "案件审理室",
    PrecheckOffice.CASE_SUPERVISION: "案件监督管理室",
}

READ_AS = {
    PrecheckKind.HANDLING: PrecheckOffice.PARTY_CONDUCT,
    PrecheckKind.SANCTION: PrecheckOffice.CASE_REVIEW,
}
"""The text says one office *or* the other: handling goes to the former, sanctions to the latter (our reading)."""


def may_go_to(kind: PrecheckKind, *, either: bool) -> frozenset[PrecheckOffice]:
    """The offices that may be asked; `either`: the installation reads the text as leaving the choice."""
    return frozenset(READ_AS.values()) if either else frozenset({READ_AS[kind]})


class PrecheckResult(StrEnum):
    CONSENT = "consent"
    RETURN = "return_with_opinion"


PRECHECK_RESULT_ZH = {PrecheckResult.CONSENT: "同意", PrecheckResult.RETURN: "退回并提出意见"}
