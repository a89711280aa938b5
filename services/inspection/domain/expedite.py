"""Clues that leave while the round goes on: matters and routes (XC-25, XC-26)."""

from __future__ import annotations

from enum import StrEnum


class ClueMatter(StrEnum):
    EIGHT_RULES = "eight_rules"
    FOUR_WINDS = "four_winds"
    CORRUPTION = "corruption"
    OTHER = "other"


MATTER_OF_CLUE_ZH = {
    ClueMatter.EIGHT_RULES: "违反中央八项规定精神",
    ClueMatter.FOUR_WINDS: "“四风”问题",
    ClueMatter.CORRUPTION: "贪污贿赂",
    ClueMatter.OTHER: "其他",
}
RECTIFIED_AT_ONCE = frozenset({ClueMatter.EIGHT_RULES, ClueMatter.FOUR_WINDS})
"""Read narrowly: the two fields that the text names (XC-25.0b)."""
MANAGED_HERE = "district"
"""Managing authority of the cadres of whom the text speaks: county-managed (ruling 5)."""
