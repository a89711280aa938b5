"""Closed lists of the supervision of selection and appointment (LZ-7.1 to LZ-7.5)."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """The stages of a selection procedure, in order."""

    ANALYSIS = "analysis"
    MOTION = "motion"
    PLAN = "plan"
    CANDIDATES = "candidates"
    APPOINTMENT = "appointment"


STAGE_ZH = {
    Stage.ANALYSIS: "分析研判",
    Stage.MOTION: "酝酿动议",
    Stage.PLAN: "工作方案",
    Stage.CANDIDATES: "考察人选",
    Stage.APPOINTMENT: "任用",
}
STAGES = tuple(Stage)
HEARD_AT = frozenset({Stage.ANALYSIS, Stage.MOTION})
"""At these the head of the dispatched office is heard (LZ-7.2)."""


def following(stage: str) -> str:
    """The stage after this one; raises IndexError after the last."""
    return STAGES[STAGES.index(Stage(stage)) + 1].value


class Material(StrEnum):
    """What the personnel department communicates before it is discussed: each once (LZ-7.5)."""

    PLAN = "selection_plan"
    INSPECTION_LIST = "inspection_list"
    APPOINTMENT_LIST = "appointment_list"


MATERIAL_ZH = {
    Material.PLAN: "选拔任用工作方案",
    Material.INSPECTION_LIST: "拟考察对象名单",
    Material.APPOINTMENT_LIST: "拟任用名单",
}


class PersonnelRecord(StrEnum):
    """What is consulted of a person (LZ-7.4)."""

    ARCHIVE = "personnel_archive"
    PERSONAL_MATTERS = "personal_matters_report"


RECORD_ZH = {
    PersonnelRecord.ARCHIVE: "干部人事档案",
    PersonnelRecord.PERSONAL_MATTERS: "个人有关事项报告",
}
