"""Papers of a team's reports and of their review (steps 29 and 30)."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.act import PaperForm
from services.inspection.domain.asked_codes import SPECIAL_ZH, SpecialTopic
from services.inspection.domain.field_codes import CLUE_CLASS_ZH, ClueClass
from services.inspection.domain.result_codes import ENTRY_ZH, ROUTE_ZH, ClueEntryKind, ReportRoute
from services.inspection.papers.fields import Id, IdOrEmpty, Line, Number, of


class StageNote(PaperForm):
    ZH = "阶段变化"
    EN = "the stage changes"

    stage: Id = Field(title="阶段")
    day: date | None = Field(None, title="日期")


class ReportedFinding(Line):
    """A finding in the report. Systemic: widespread, tendency-type, overall, sectoral, deep-seated or institutional."""

    issue_id: Id = Field(title="发现的问题")
    systemic: bool = Field(False, title="普遍性、倾向性、体制性问题", json_schema_extra=of("XC-29.2a"))


class ReviewAnswer(Line):
    no: int = Field(title="建议序号", ge=1, le=200)
    adopted: bool = Field(False, title="已采纳")
    answer: str = Field("", title="不采纳的说明", max_length=5000)


class Answers(PaperForm):
    """What a revised report says to each suggestion."""

    answers: tuple[ReviewAnswer, ...] = Field(
        (), title="对修改建议的答复", max_length=200, json_schema_extra=of("XC-30.0b")
    )


class ReportText(PaperForm):
    """The text of an inspection report."""

    views: str = Field(title="观点", min_length=1, max_length=50000, json_schema_extra=of("XC-29.1a"))
    cases: str = Field(title="事例", min_length=1, max_length=50000, json_schema_extra=of("XC-29.1a"))
    data: str = Field(title="数据", min_length=1, max_length=50000, json_schema_extra=of("XC-29.1a"))
    analysis: str = Field(title="分析", min_length=1, max_length=50000, json_schema_extra=of("XC-29.1a"))
    suggestions: str = Field(
        title="意见建议", min_length=1, max_length=50000, json_schema_extra=of("XC-29.1a")
    )
    findings: tuple[ReportedFinding, ...] = Field(
        (), title="发现的问题", max_length=500, json_schema_extra=of("XC-29.1a")
    )
    special_checks: str = Field("", title="专项检查情况", max_length=50000)
    spot_check_findings: str = Field("", title="抽查核实情况", max_length=50000)
    cited_spot_checks: tuple[Id, ...] = Field(
        (), title="引用的抽查核实", max_length=50, json_schema_extra=of("XC-14.3a")
    )
    cited_topics: tuple[SpecialTopic, ...] = Field(
        (), title="引用的专项检查", max_length=10, json_schema_extra=of("XC-22.0c", SPECIAL_ZH)
    )
    cited_points: tuple[Number, ...] = Field(
        (), title="引用的测评问卷重要问题", max_length=50, json_schema_extra=of("XC-19.3a")
    )


class InspectionReport(ReportText):
    ZH = "巡察情况报告"
    EN = "inspection report"
    PRINTED_AS = "inspection_report"

    engagement_id: Id = Field(title="巡察任务")


class RevisedInspectionReport(ReportText, Answers):
    ZH = "巡察情况报告(修改稿)"
    EN = "inspection report, revised"
    PRINTED_AS = "inspection_report"


class ThematicReport(PaperForm):
    ZH = "专题报告"
    EN = "thematic report"
    PRINTED_AS = "thematic_report"

    theme: str = Field(title="主题", min_length=1, max_length=500, json_schema_extra=of("XC-29.2a"))
    issue_ids: tuple[Id, ...] = Field(title="所涉问题", min_length=1, max_length=100)
    prevalence: str = Field(title="普遍程度", min_length=1, max_length=50000)
    root_cause: str = Field(title="深层次原因", min_length=1, max_length=50000)


class Deliberation(PaperForm):
    ZH = "组务会审议"
    EN = "deliberated by the affairs meeting"

    session_id: IdOrEmpty = Field("", title="组务会记录", json_schema_extra=of("XC-29.1b"))


class LeaderSignature(PaperForm):
    ZH = "组长签批"
    EN = "signed by the leader"

    opinion: str = Field("", title="签批意见", max_length=2000)


class Submission(PaperForm):
    ZH = "报送巡察办"
    EN = "to the office"

    to: ReportRoute = Field(title="报送对象", json_schema_extra=of("XC-29.1b", ROUTE_ZH))


class InterviewText(PaperForm):
    """The text of a report on interviews."""

    nil_statement: bool = Field(False, title="未开展个别谈话")
    leadership_talks_verbatim: str = Field(
        "",
        title="与班子成员谈话的原话",
        description="班子成员谈话突出反映,重要内容保留原话",
        max_length=100000,
        json_schema_extra=of("XC-29.3a"),
    )
    problems: str = Field("", title="反映的问题", max_length=50000, json_schema_extra=of("XC-29.3a"))
    shortcomings: str = Field("", title="不足", max_length=50000, json_schema_extra=of("XC-29.3a"))
    hopes: str = Field("", title="希望和建议", max_length=50000, json_schema_extra=of("XC-29.3a"))
    condensed_part: str = Field("", title="其他谈话归纳", max_length=100000)


class InterviewReportPaper(InterviewText):
    ZH = "谈话情况报告"
    EN = "report on the interviews"
    PRINTED_AS = "interview_report"

    engagement_id: Id = Field(title="巡察任务")


class RevisedInterviewReport(InterviewText, Answers):
    ZH = "谈话情况报告(修改稿)"
    EN = "report on the interviews, revised"
    PRINTED_AS = "interview_report"


class ClueEntry(Line):
    """A clue of the register: what was reported, what the inspection learned, what is proposed."""

    clue_id: Id = Field(title="问题线索")
    entry_kind: ClueEntryKind = Field(
        ClueEntryKind.CLUE, title="内容类别", json_schema_extra=of("XC-29.4c", ENTRY_ZH)
    )
    allegation: str = Field(title="反映的问题", min_length=1, max_length=20000)
    what_was_learned: str = Field(
        "", title="巡察了解的情况", max_length=20000, json_schema_extra=of("XC-29.4c")
    )
    classification_opinion: ClueClass | None = Field(
        None, title="分类处理意见", json_schema_extra=of("XC-29.4a", CLUE_CLASS_ZH)
    )
    justification: str = Field(
        "",
        title="列入进一步了解关注类的理由",
        description="从严掌握标准和数量",
        max_length=5000,
        json_schema_extra=of("XC-29.4b"),
    )


class ClueEntries(PaperForm):
    """The entries of a clue report; none: nothing to report."""

    entries: tuple[ClueEntry, ...] = Field((), title="问题线索", max_length=500)
    cited_points: tuple[Number, ...] = Field(
        (), title="引用的测评问卷重要问题", max_length=50, json_schema_extra=of("XC-19.3a")
    )


class ClueReportPaper(ClueEntries):
    ZH = "问题线索报告"
    EN = "clue report"
    PRINTED_AS = "clue_report"

    engagement_id: Id = Field(title="巡察任务")


class RevisedClueReport(ClueEntries, Answers):
    ZH = "问题线索报告(修改稿)"
    EN = "clue report, revised"
    PRINTED_AS = "clue_report"


class ReviewOpinion(PaperForm):
    ZH = "报告修改建议"
    EN = "suggestions on a report"
    PRINTED_AS = "report_review_opinion"

    suggestions: tuple[str, ...] = Field(
        title="修改建议", min_length=1, max_length=200, json_schema_extra=of("XC-30.0a")
    )


class ReviewPassed(PaperForm):
    ZH = "报告审核意见"
    EN = "a report passed its review"

    opinion: str = Field("", title="审核意见", max_length=5000)
