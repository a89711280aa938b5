"""Closed lists of integrity risks and their control (LL-3.16, GL-1.25)."""

from __future__ import annotations

from enum import StrEnum


class RiskArea(StrEnum):
    """The five areas that a search for risks looks at (LL-3.16)."""

    KEY_FEW = "key_few"
    KEY_DEPARTMENT = "key_department"
    KEY_POST = "key_post"
    KEY_FIELD = "key_field"
    IMPORTANT_MATTER = "important_matter"


AREA_ZH = {
    RiskArea.KEY_FEW: "关键少数",
    RiskArea.KEY_DEPARTMENT: "重点部门",
    RiskArea.KEY_POST: "重点岗位",
    RiskArea.KEY_FIELD: "重点领域",
    RiskArea.IMPORTANT_MATTER: "重要事项",
}


class RiskLevel(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


LEVEL_ZH = {RiskLevel.HIGH: "高", RiskLevel.MEDIUM: "中", RiskLevel.LOW: "低"}
STANDING = ("registered", "controlled")
"""States of a risk point that is there: neither merged, nor dropped, nor closed."""
