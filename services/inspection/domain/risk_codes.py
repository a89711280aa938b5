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


class SearchGround(StrEnum):
    """Why an office searches a unit for risks in full (LL-3.17), or asks for the loopholes of a case (GL-1.23)."""

    COMPLAINT = "strong_complaint"
    HIDDEN_RISK = "major_hidden_risk"
    CASE = "typical_case"


SEARCH_GROUND_ZH = {
    SearchGround.COMPLAINT: "群众反映强烈",
    SearchGround.HIDDEN_RISK: "可能存在重大廉政风险隐患",
    SearchGround.CASE: "典型个案",
}


class RiskOutcome(StrEnum):
    """What becomes of a risk that a search found (LL-3.17)."""

    KEPT = "risk_kept"
    LISTED = "risk_listed"
    DROPPED = "risk_dropped"


RISK_OUTCOME_ZH = {
    RiskOutcome.KEPT: "保留防控",
    RiskOutcome.LISTED: "列入专题监督事项清单",
    RiskOutcome.DROPPED: "不予保留",
}


class MatterSource(StrEnum):
    """What a special matter was drawn from (LL-3.15)."""

    ANALYSIS = "analysis_report"
    PROBLEM = "problem_list"
    INSPECTION = "inspection_problem"
    RISK = "risk_search"


MATTER_SOURCE_ZH = {
    MatterSource.ANALYSIS: "“六个一”廉情分析报告",
    MatterSource.PROBLEM: "问题清单",
    MatterSource.INSPECTION: "巡察发现问题",
    MatterSource.RISK: "廉政风险排查",
}
STANDING = ("registered", "controlled")
"""States of a risk point that is there: neither merged, nor dropped, nor closed."""
