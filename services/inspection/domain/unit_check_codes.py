"""Closed lists of supervision checks and lists of main responsibility (LZ-4, LZ-5, GL-1.4)."""

from __future__ import annotations

from enum import StrEnum


class UnitCheckType(StrEnum):
    """What a check of a unit looks at."""

    POLITICAL = "political_compliance"
    DECISIONS = "decision_implementation"
    MISSION = "mission_performance"
    CADRES = "leading_cadres"
    RESPONSIBILITY = "responsibility_task"


CHECK_ZH = {
    UnitCheckType.POLITICAL: "遵守党章党规党纪、宪法法律情况",
    UnitCheckType.DECISIONS: "贯彻落实党中央重大决策部署情况",
    UnitCheckType.MISSION: "履行职责使命情况",
    UnitCheckType.CADRES: "领导干部监督重点",
    UnitCheckType.RESPONSIBILITY: "主体责任清单任务落实情况",
}
CLAUSE_OF = {
    UnitCheckType.POLITICAL: "LZ-4.1",
    UnitCheckType.DECISIONS: "LZ-4.2",
    UnitCheckType.MISSION: "LZ-4.3",
    UnitCheckType.CADRES: "GL-1.4",
    UnitCheckType.RESPONSIBILITY: "LZ-5.3",
}
POLITICAL = frozenset({UnitCheckType.POLITICAL, UnitCheckType.DECISIONS, UnitCheckType.MISSION})
"""Types that make up a unit's political supervision (政治监督)."""


class CadreFocus(StrEnum):
    """The four focal points of the supervision of leading cadres (GL-1.4)."""

    PARTY_LINE = "party_line"
    POLITICAL_DISCIPLINE = "political_discipline"
    DEMOCRATIC_CENTRALISM = "democratic_centralism"
    THREE_IMPORTANTS = "three_importants"


FOCUS_ZH = {
    CadreFocus.PARTY_LINE: "执行党的路线方针政策",
    CadreFocus.POLITICAL_DISCIPLINE: "遵守政治纪律和政治规矩",
    CadreFocus.DEMOCRATIC_CENTRALISM: "执行民主集中制",
    CadreFocus.THREE_IMPORTANTS: "执行“三重一大”制度",
}


class ListScope(StrEnum):
    """Whose responsibility a list sets out: the committee's, its secretary's, a member's, a department's."""

    COMMITTEE = "committee"
    PRINCIPAL = "principal"
    MEMBER = "member"
    DEPARTMENT = "department"


SCOPE_ZH = {
    ListScope.COMMITTEE: "党组(党委)",
    ListScope.PRINCIPAL: "主要负责人",
    ListScope.MEMBER: "班子成员",
    ListScope.DEPARTMENT: "内设机构",
}


class TaskStatus(StrEnum):
    PENDING = "pending"
    UNDER_WAY = "under_way"
    FINISHED = "finished"


STATUS_ZH = {
    TaskStatus.PENDING: "未开展",
    TaskStatus.UNDER_WAY: "推进中",
    TaskStatus.FINISHED: "已完成",
}


class TaskResult(StrEnum):
    """What the check of a task found."""

    DONE = "done"
    PARTLY = "partly_done"
    NOT_DONE = "not_done"


RESULT_ZH = {
    TaskResult.DONE: "已落实",
    TaskResult.PARTLY: "部分落实",
    TaskResult.NOT_DONE: "未落实",
}
