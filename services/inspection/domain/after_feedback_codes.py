"""Closed lists of rectification: reports, observers, disclosure, failing one's duty (steps 40 to 45)."""

from __future__ import annotations

from enum import StrEnum


class ReportKind(StrEnum):
    """The two rectification reports (双报告, XC-42.1a)."""

    PROGRESS = "rectification_progress_report"
    PRINCIPAL = "principal_implementation_report"


REPORT_ZH = {
    ReportKind.PROGRESS: "整改重点工作阶段进展情况报告",
    ReportKind.PRINCIPAL: "主要负责人组织落实情况报告",
}


class FormAddressee(StrEnum):
    """To whom a section sends its review form: the office replies to the unit with one voice (XC-40.0d)."""

    OFFICE = "inspection_office"
    UNIT = "inspected_party_org"


FORM_ADDRESSEE_ZH = {FormAddressee.OFFICE: "巡察办", FormAddressee.UNIT: "被巡察党组织"}


class ReviewResult(StrEnum):
    """How the office's one reply ends (XC-40.0e, XC-42.2c)."""

    ACCEPT = "accept"
    REVISE = "revise"


class ObserverBody(StrEnum):
    """Who may or must be asked to sit in on the democratic life meeting (XC-41.2)."""

    OFFICE = "inspection_office"
    TEAM = "inspection_team"
    COMMISSION = "discipline_commission"
    ORGANIZATION = "organization_dept"


OBSERVER_ZH = {
    ObserverBody.OFFICE: "巡察办",
    ObserverBody.TEAM: "巡察组",
    ObserverBody.COMMISSION: "县纪委监委",
    ObserverBody.ORGANIZATION: "组织部",
}
INVITED = frozenset({ObserverBody.COMMISSION, ObserverBody.ORGANIZATION})
"""XC-41.2b."""
SILENT = frozenset({ObserverBody.OFFICE, ObserverBody.TEAM})
"""They take no position and have no part in the appraisal (XC-41.2a)."""


class Circle(StrEnum):
    """Before whom rectification is disclosed (XC-43.0c)."""

    INNER_PARTY = "inner_party"
    PUBLIC = "public"


CIRCLE_ZH = {Circle.INNER_PARTY: "党内通报", Circle.PUBLIC: "向社会公开"}


class DisclosureManner(StrEnum):
    PARTY_DOCUMENT = "party_document"
    MEETING = "meeting"
    NOTICE_BOARD = "notice_board"
    WEBSITE = "website"
    MEDIA = "media"


MANNER_ZH = {
    DisclosureManner.PARTY_DOCUMENT: "党内文件",
    DisclosureManner.MEETING: "会议",
    DisclosureManner.NOTICE_BOARD: "公示栏",
    DisclosureManner.WEBSITE: "网站",
    DisclosureManner.MEDIA: "新闻媒体",
}


class DisclosedContent(StrEnum):
    PROGRESS = "rectification_progress"
    RESULTS = "results_by_problem"
    NEXT_STEPS = "next_steps"
    CONTACTS = "contacts"


CONTENT_ZH = {
    DisclosedContent.PROGRESS: "整改总体情况",
    DisclosedContent.RESULTS: "逐项整改结果",
    DisclosedContent.NEXT_STEPS: "下一步整改措施",
    DisclosedContent.CONTACTS: "意见反映渠道",
}


class FailedDuty(StrEnum):
    """How a unit fails its duty to rectify (XC-44.0b)."""

    WEAK_RESPONSIBILITY = "weak_responsibility"
    SUPERFICIAL = "superficial"
    PERFUNCTORY = "perfunctory"
    FALSIFIED = "falsified"
    REFUSED = "refused"


FAILED_DUTY_ZH = {
    FailedDuty.WEAK_RESPONSIBILITY: "责任落实不力",
    FailedDuty.SUPERFICIAL: "表面整改",
    FailedDuty.PERFUNCTORY: "敷衍整改",
    FailedDuty.FALSIFIED: "虚假整改",
    FailedDuty.REFUSED: "拒不整改",
}
