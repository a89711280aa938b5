"""Closed lists of special supervision checks and of what an office chooses to take up (LZ-11, GL-1.5)."""

from __future__ import annotations

from enum import StrEnum


class SelectionGround(StrEnum):
    """Why a problem is chosen for a special check (LZ-11.1)."""

    INDUSTRY = "industry"
    SYSTEMIC = "systemic"
    WIDESPREAD = "widespread"


GROUND_ZH = {
    SelectionGround.INDUSTRY: "行业性问题",
    SelectionGround.SYSTEMIC: "系统性问题",
    SelectionGround.WIDESPREAD: "普遍性问题",
}
SPECIAL_CHECK = "yearly_special_check"
"""The `type` of the event: others open special supervision too (GL-1.14, GL-3.14)."""
SPECIAL_MATTERS = "special_matters"
"""The `type` of supervision of matters that an office has listed (LL-3.14)."""
CHANNELS = ("party_conduct_office", "liaison_discipline_office", "fourth_discipline_office")
"""Through one of which the report goes to the commission (LZ-11.2)."""
SUPPORTING = (
    "petition_office",
    "case_supervision_office",
    "case_review_office",
    "party_conduct_office",
    "liaison_discipline_office",
    "fourth_discipline_office",
    "eighth_discipline_office",
    "cadre_office",
    "functional_office",
)
"""Offices of the commission that can be asked for support (LZ-11.5), by their kind."""


class KeyKind(StrEnum):
    MATTER = "matter"
    CASE = "case"


KEY_ZH = {KeyKind.MATTER: "重点事项", KeyKind.CASE: "重点案件"}


class KeyChoice(StrEnum):
    """What to do and what not (有所为有所不为)."""

    TAKEN_UP = "taken_up"
    LEFT_OUT = "left_out"


CHOICE_ZH = {KeyChoice.TAKEN_UP: "列为重点", KeyChoice.LEFT_OUT: "暂不列为重点"}
