"""Closed lists of joint supervision, of judicial case screening and of what is an office's act (GL-1)."""

from __future__ import annotations

from enum import StrEnum

EMBEDDED, LED, SPECIAL_DUTY = "embedded_supervision", "joint_supervision", "special_duty_supervision"
"""How a joint supervision is: inside a body's process, led by the liaison office, of a field or problem."""
BODIES = (
    "eighth_discipline_office",
    "discipline_office",
    "liaison_discipline_office",
    "dispatched_office",
    "organs_discipline_commission",
)
"""Whose staff can be of a joint team: kinds of offices, and the posts in them."""
WITHIN_THE_BODY = "organs_discipline_commission"
"""It sits inside the body that an embedded supervision looks at, and the text names it as a member all the same."""
COURT, PROCURATORATE = "court_unit", "procuratorate_unit"


class JointStep(StrEnum):
    """The five-step method (GL-1.7)."""

    LISTEN = "step_listen"
    CHECK = "step_check"
    ASK = "step_ask"
    SET_OUT = "step_set_out"
    PROPOSE = "step_propose"


STEP_ZH = {
    JointStep.LISTEN: "听",
    JointStep.CHECK: "查",
    JointStep.ASK: "问",
    JointStep.SET_OUT: "摆",
    JointStep.PROPOSE: "提",
}


class KeyField(StrEnum):
    """Fields that special-duty supervision is organised in (GL-1.19)."""

    PERSONNEL = "field_personnel"
    FUNDS = "field_funds"
    PROJECTS = "field_projects"
    PROCUREMENT = "field_procurement"
    ENFORCEMENT = "field_enforcement"
    LIVELIHOOD = "field_livelihood"


FIELD_ZH = {
    KeyField.PERSONNEL: "选人用人",
    KeyField.FUNDS: "资金管理",
    KeyField.PROJECTS: "工程建设",
    KeyField.PROCUREMENT: "物资采购",
    KeyField.ENFORCEMENT: "行政执法",
    KeyField.LIVELIHOOD: "民生保障",
}


class OutstandingProblem(StrEnum):
    FORMALISM = "problem_formalism"
    EIGHT_RULES = "problem_eight_rules"
    MASSES = "problem_near_masses"
    DERELICTION = "problem_dereliction"


PROBLEM_ZH = {
    OutstandingProblem.FORMALISM: "形式主义、官僚主义",
    OutstandingProblem.EIGHT_RULES: "违反中央八项规定精神",
    OutstandingProblem.MASSES: "群众身边的不正之风和腐败",
    OutstandingProblem.DERELICTION: "不担当、不作为",
}


class ScreenedKind(StrEnum):
    CHANGED = "case_changed"
    PROTESTED = "case_protested"


SCREENED_ZH = {ScreenedKind.CHANGED: "上级法院改判", ScreenedKind.PROTESTED: "上级检察院抗诉"}


class JudicialSign(StrEnum):
    """What a case that was changed or protested against points to (GL-1.24)."""

    NONE = "no_sign"
    RENT_SEEKING = "sign_rent_seeking"
    DERELICTION = "sign_dereliction"


SIGN_ZH = {
    JudicialSign.NONE: "未发现",
    JudicialSign.RENT_SEEKING: "权力寻租",
    JudicialSign.DERELICTION: "失职渎职",
}


class OfficeActivity(StrEnum):
    """What an office does at a unit, and what the unit's management does: the office does not do it for it (GL-1.1)."""

    CHECK = "act_check"
    ATTENDANCE = "act_attendance"
    TALK = "act_talk"
    STUDY = "act_study"
    URGING = "act_urging"
    HANDLING = "act_handling"
    APPROVAL = "unit_approval"
    PROCUREMENT = "unit_procurement"
    PERSONNEL = "unit_personnel"
    ENFORCEMENT = "unit_enforcement"
    BUSINESS = "unit_business"


ACTIVITY_ZH = {
    OfficeActivity.CHECK: "监督检查",
    OfficeActivity.ATTENDANCE: "列席会议",
    OfficeActivity.TALK: "谈话提醒",
    OfficeActivity.STUDY: "调研了解",
    OfficeActivity.URGING: "督促整改",
    OfficeActivity.HANDLING: "问题处置",
    OfficeActivity.APPROVAL: "业务审批(单位职责)",
    OfficeActivity.PROCUREMENT: "采购招标(单位职责)",
    OfficeActivity.PERSONNEL: "人事安排(单位职责)",
    OfficeActivity.ENFORCEMENT: "行政执法(单位职责)",
    OfficeActivity.BUSINESS: "牵头业务工作(单位职责)",
}
OF_THE_UNIT = frozenset(one for one in OfficeActivity if one.value.startswith("unit_"))
