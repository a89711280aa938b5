"""Closed lists of what a team has others check (steps 14 and 22)."""

from __future__ import annotations

from enum import StrEnum


class SpecialTopic(StrEnum):
    PERSONNEL = "personnel_selection"
    IDEOLOGY = "ideology_responsibility"


SPECIAL_ZH = {
    SpecialTopic.PERSONNEL: "选人用人专项检查",
    SpecialTopic.IDEOLOGY: "意识形态责任制专项检查",
}
