"""Problems found, and what their grade leads to: a notice, or a formal suggestion (LZ-18.7 to LZ-18.11)."""

from __future__ import annotations

from enum import StrEnum


class Grade(StrEnum):
    """How serious a problem is (LZ-18.11)."""

    GENERAL = "general"
    SPECIFIC = "specific"
    OUTSTANDING = "outstanding"
    WIDESPREAD = "widespread"
    MAJOR = "major"


GRADE_ZH = {
    Grade.GENERAL: "一般性问题",
    Grade.SPECIFIC: "具体问题",
    Grade.OUTSTANDING: "突出问题",
    Grade.WIDESPREAD: "普遍性问题",
    Grade.MAJOR: "重大问题",
}


class Output(StrEnum):
    """What goes out on a problem, and in whose name."""

    NOTICE = "notice"
    OFFICES_SUGGESTION = "offices_suggestion"
    COMMISSIONS_SUGGESTION = "commissions_suggestion"


OUTPUT_OF = {
    Grade.GENERAL: Output.NOTICE,
    Grade.SPECIFIC: Output.NOTICE,
    Grade.OUTSTANDING: Output.OFFICES_SUGGESTION,
    Grade.WIDESPREAD: Output.OFFICES_SUGGESTION,
    Grade.MAJOR: Output.COMMISSIONS_SUGGESTION,
}
"""The three routes of LZ-18.7, LZ-18.8 and LZ-18.10."""


class SuggestionKind(StrEnum):
    """For party organisations and matters of discipline, or for duties of public power (LZ-18.8)."""

    DISCIPLINE = "discipline_suggestion"
    SUPERVISION = "supervision_suggestion"


SUGGESTION_KIND_ZH = {SuggestionKind.DISCIPLINE: "纪律检查建议", SuggestionKind.SUPERVISION: "监察建议"}


class Issuer(StrEnum):
    """In whose name a suggestion goes out."""

    OFFICE = "dispatched_office"
    COMMISSION = "district_commission"


ISSUER_ZH = {Issuer.OFFICE: "派驻机构", Issuer.COMMISSION: "区纪委区监委"}


class FoundIn(StrEnum):
    """What a problem was found in."""

    DAILY = "daily_supervision"
    SPECIAL = "special_check"
    CASE = "case_work"


FOUND_IN_ZH = {
    FoundIn.DAILY: "日常监督",
    FoundIn.SPECIAL: "专项检查",
    FoundIn.CASE: "线索处置和案件查办",
}
