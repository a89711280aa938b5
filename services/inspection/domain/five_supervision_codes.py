"""Closed lists of the five supervisions: types, forms, sources, findings, outcomes (GL-3, GL-2.24, LZ-22)."""

from __future__ import annotations

from enum import StrEnum


class SupervisionType(StrEnum):
    """The five supervisions (GL-3.12)."""

    PETITION = "petition_supervision"
    SPECIAL = "special_supervision"
    ACCOUNTABILITY = "accountability_supervision"
    INTEGRITY = "integrity_supervision"
    GUIDANCE = "guidance_supervision"


TYPE_ZH = {
    SupervisionType.PETITION: "信访监督",
    SupervisionType.SPECIAL: "专项监督",
    SupervisionType.ACCOUNTABILITY: "问责监督",
    SupervisionType.INTEGRITY: "廉情监督",
    SupervisionType.GUIDANCE: "指导监督",
}


class SupervisionForm(StrEnum):
    """How first-hand information was gained (LZ-22.2)."""

    ON_SITE = "stationed_supervision"
    EXCHANGE = "regular_exchange"
    STUDY = "field_study"
    INSPECTION = "field_inspection"
    RECORDS = "records_review"


FORM_ZH = {
    SupervisionForm.ON_SITE: "驻点监督",
    SupervisionForm.EXCHANGE: "定期交流",
    SupervisionForm.STUDY: "调研",
    SupervisionForm.INSPECTION: "督查",
    SupervisionForm.RECORDS: "查阅资料",
}


class Stream(StrEnum):
    """Where an integrity analysis takes its data from (GL-3.16)."""

    PETITIONS = "petition_data"
    CLUES = "clue_data"
    CASES = "case_data"
    CHECKS = "check_data"
    TALKS = "talk_data"
    INSPECTIONS = "inspection_data"
    RISKS = "risk_data"


STREAM_ZH = {
    Stream.PETITIONS: "信访举报",
    Stream.CLUES: "问题线索",
    Stream.CASES: "审查调查案件",
    Stream.CHECKS: "监督检查",
    Stream.TALKS: "廉政谈话",
    Stream.INSPECTIONS: "巡察反馈",
    Stream.RISKS: "廉政风险排查",
}


class Finding(StrEnum):
    """What was found. A clue is for those alone who have a task with it (LZ-22.3)."""

    NONE = "no_problem"
    PROBLEM = "problem_found"
    CLUE = "clue_found"


FINDING_ZH = {Finding.NONE: "未发现问题", Finding.PROBLEM: "发现问题", Finding.CLUE: "发现问题线索"}


class RecordOutcome(StrEnum):
    """How a record ends; one that becomes another type ends as `converted` (GL-3.18)."""

    NO_ACTION = "no_action"
    RECTIFIED = "rectified"
    OPINION = "opinion_issued"
    CLUE = "referred_as_clue"
    ACCOUNTABILITY = "referred_for_accountability"


OUTCOME_ZH = {
    RecordOutcome.NO_ACTION: "无需处理",
    RecordOutcome.RECTIFIED: "已督促整改",
    RecordOutcome.OPINION: "已提出监督意见",
    RecordOutcome.CLUE: "已按问题线索移送",
    RecordOutcome.ACCOUNTABILITY: "已提请问责",
}
CONVERTED = "converted"


class RuleResult(StrEnum):
    """Whether the unit keeps a rule on accepting supervision (GL-3.9)."""

    KEPT = "kept"
    NOT_KEPT = "not_kept"


RULE_RESULT_ZH = {RuleResult.KEPT: "落实", RuleResult.NOT_KEPT: "未落实"}


class GroundKind(StrEnum):
    """From what data a special supervision was chosen (GL-3.14)."""

    RECORD = "supervision_record"
    PROBLEM = "supervision_problem"
    FIGURE = "statistical_figure"


GROUND_ZH = {
    GroundKind.RECORD: "监督记录",
    GroundKind.PROBLEM: "监督发现的问题",
    GroundKind.FIGURE: "统计指标",
}
DUTIES, TASKS, RULES, STANDARD = "GL-3.5", "GL-2.24", "GL-3.9", "GL-4.1"
"""Rows whose document in force lists codes (duties of offices, special tasks, rules), and the standard of findings."""
DOCUMENTED = ("GL-1.29", "GL-1.38", TASKS, DUTIES, "GL-3.8", RULES, "GL-3.10", STANDARD)
"""Rows that a document (制度文件) of this authority fills with content: of most the text has the title alone."""
