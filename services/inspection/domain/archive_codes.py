"""Closed lists of filing and handing over a round's archive (steps 46 and 47)."""

from __future__ import annotations

from enum import StrEnum


class ArchivedPaper(StrEnum):
    """Papers that the text lists for a category (contracts/vocabulary/archive_categories.yaml), and any other."""

    MIDTERM_REPORT = "midterm_report"
    INSPECTION_REPORT = "inspection_report"
    THEMATIC_REPORT = "thematic_report"
    FEEDBACK_LEADERSHIP = "feedback_leadership"
    FEEDBACK_PRINCIPAL = "feedback_principal"
    FEEDBACK_RECEIPT = "feedback_receipt"
    UNIT_REPORT_MATERIAL = "unit_report_material"
    SPECIAL_TOPIC_REPORT = "special_topic_report"
    IN_DEPTH_REPORT = "in_depth_report"
    SPECIAL_CHECK_REPORT = "special_check_report"
    TEAM_WORK_PLAN = "team_work_plan"
    EMERGENCY_PLAN = "emergency_plan"
    INSPECTION_INTERVIEW_RECORD = "inspection_interview_record"
    SYMPOSIUM_RECORD = "symposium_record"
    QUESTIONNAIRE = "questionnaire"
    DEMOCRATIC_EVALUATION_FORM = "democratic_evaluation_form"
    SURVEY_ANALYSIS = "survey_analysis"
    AUDIOVISUAL_MATERIAL = "audiovisual_material"
    IMPORTANT_PETITION_FORM = "important_petition_form"
    PETITION_LEDGER = "petition_ledger"
    VISIT_RECEPTION_RECORD = "visit_reception_record"
    INTERVIEW_REPORT = "interview_report"
    CLUE_REPORT = "clue_report"
    TEAM_MEETING_MINUTES = "team_meeting_minutes"
    TRANSFER_CATALOGUE = "transfer_catalogue"
    TRANSFER_APPROVAL_FORM = "transfer_approval_form"
    HANDOVER_SHEET = "handover_sheet"
    OTHER_ISSUE_TRANSFER = "other_issue_transfer"
    INSPECTED_ORG_HANDOVER_RECEIPT = "inspected_org_handover_receipt"
    WORK_NOTEBOOK = "work_notebook"
    WORKING_PAPER = "working_paper"
    ZERO_HOLDING_REPORT = "zero_holding_report"
    CONFIDENTIALITY_PLEDGE = "confidentiality_pledge"
    PETITION_REFERRAL_FORM = "petition_referral_form"
    DESTRUCTION_RECORD = "destruction_record"
    OTHER_MATERIAL = "other_material"


ARCHIVED_ZH = {
    ArchivedPaper.MIDTERM_REPORT: "阶段情况报告",
    ArchivedPaper.INSPECTION_REPORT: "巡察情况报告",
    ArchivedPaper.THEMATIC_REPORT: "专题报告",
    ArchivedPaper.FEEDBACK_LEADERSHIP: "关于巡察党组织的反馈意见",
    ArchivedPaper.FEEDBACK_PRINCIPAL: "关于向主要负责人的反馈意见",
    ArchivedPaper.FEEDBACK_RECEIPT: "巡察反馈材料签收单",
    ArchivedPaper.UNIT_REPORT_MATERIAL: "汇报材料",
    ArchivedPaper.SPECIAL_TOPIC_REPORT: "专题汇报",
    ArchivedPaper.IN_DEPTH_REPORT: "对重要问题进行深入了解情况的专题报告",
    ArchivedPaper.SPECIAL_CHECK_REPORT: "专项检查报告",
    ArchivedPaper.TEAM_WORK_PLAN: "巡察组工作方案",
    ArchivedPaper.EMERGENCY_PLAN: "突发事件应急预案",
    ArchivedPaper.INSPECTION_INTERVIEW_RECORD: "谈话记录",
    ArchivedPaper.SYMPOSIUM_RECORD: "座谈会记录",
    ArchivedPaper.QUESTIONNAIRE: "问卷调查表",
    ArchivedPaper.DEMOCRATIC_EVALUATION_FORM: "民主测评表",
    ArchivedPaper.SURVEY_ANALYSIS: "测评和问卷汇总分析",
    ArchivedPaper.AUDIOVISUAL_MATERIAL: "音像资料(录音、录像、照片等)",
    ArchivedPaper.IMPORTANT_PETITION_FORM: "重要信访呈批单",
    ArchivedPaper.PETITION_LEDGER: "信访台账",
    ArchivedPaper.VISIT_RECEPTION_RECORD: "来访接待记录",
    ArchivedPaper.INTERVIEW_REPORT: "谈话情况报告",
    ArchivedPaper.CLUE_REPORT: "问题线索报告",
    ArchivedPaper.TEAM_MEETING_MINUTES: "组务会记录本",
    ArchivedPaper.TRANSFER_CATALOGUE: "移交材料目录",
    ArchivedPaper.TRANSFER_APPROVAL_FORM: "巡察问题线索移交审批表",
    ArchivedPaper.HANDOVER_SHEET: "巡察组移交材料交接单",
    ArchivedPaper.OTHER_ISSUE_TRANSFER: "其他问题移交函",
    ArchivedPaper.INSPECTED_ORG_HANDOVER_RECEIPT: "向被巡察党组织移交材料的签收单",
    ArchivedPaper.WORK_NOTEBOOK: "巡察专用工作笔记本",
    ArchivedPaper.WORKING_PAPER: "巡察工作底稿",
    ArchivedPaper.ZERO_HOLDING_REPORT: "“零持有”报告",
    ArchivedPaper.CONFIDENTIALITY_PLEDGE: "保密承诺书",
    ArchivedPaper.PETITION_REFERRAL_FORM: "巡察信访举报材料转办单",
    ArchivedPaper.DESTRUCTION_RECORD: "销毁清单",
    ArchivedPaper.OTHER_MATERIAL: "其他材料",
}
