"""Closed lists of a unit's rectification after an inspection's feedback, and of support for the inspection (LZ-20)."""

from __future__ import annotations

from enum import StrEnum


class CheckResult(StrEnum):
    """What the check of a rectified item found (LZ-20.13)."""

    VERIFIED = "verified"
    PARTLY = "partly_verified"
    NOT = "not_rectified"


CHECK_RESULT_ZH = {
    CheckResult.VERIFIED: "整改到位",
    CheckResult.PARTLY: "部分整改到位",
    CheckResult.NOT: "未整改到位",
}


class CheckedBy(StrEnum):
    """Whose check it is: of the three that evaluate together."""

    OFFICE = "dispatched_office"
    INSPECTION = "inspection_office"
    LIAISON = "liaison_discipline_office"


class SupportTo(StrEnum):
    """Whom a note in support of the inspection goes to (LZ-20.10)."""

    OFFICE = "inspection_office"
    TEAM = "inspection_team"


SUPPORT_TO_ZH = {SupportTo.OFFICE: "巡察办", SupportTo.TEAM: "巡察组"}
