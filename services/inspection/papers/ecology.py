"""Papers of political ecology: the yearly study by both offices, its evaluation, portraits, analysis meetings."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.act import PaperForm
from services.inspection.domain.ecology_codes import GRADE_ZH, EcologyGrade
from services.inspection.domain.five_supervision_codes import STREAM_ZH, Stream
from services.inspection.papers.fields import Id, Line, of
from services.inspection.papers.office_rules import Side
from services.inspection.papers.offices import Quarter

STUDIED, EVALUATED, PORTRAYED, ANALYSED = "LZ-20.4", "GL-1.15", "GL-1.31", "GL-1.22"


class EcologyYearsBeginning(PaperForm):
    ZH = "启动年度政治生态研判"
    EN = "beginning of a unit's yearly studies"

    unit_id: Side = Field(title="单位", json_schema_extra=of(STUDIED))


class EcologyYearOfUnit(PaperForm):
    ZH = "年度政治生态研判(续)"
    EN = "the next yearly study of a unit"

    unit_id: Id = Field(title="单位")
    year: int = Field(title="年度", ge=1900, le=2200)


class EcologyDraft(PaperForm):
    """What both offices came to. `participant_ids`: who studied it, of either office."""

    ZH = "政治生态研判报告(送对方确认)"
    EN = "study of political ecology, to be confirmed by the other office"
    PRINTED_AS = "political_ecology_report"

    studied_on: date = Field(title="研判日期", json_schema_extra=of(STUDIED))
    participant_ids: tuple[Id, ...] = Field(
        title="参加研判人员",
        description="双方均须有人参加",
        min_length=1,
        max_length=50,
        json_schema_extra=of(STUDIED),
    )
    sources: tuple[Stream, ...] = Field(
        title="研判依据", min_length=1, max_length=7, json_schema_extra=of(EVALUATED, STREAM_ZH)
    )
    grade: EcologyGrade = Field(title="综合评价", json_schema_extra=of(EVALUATED, GRADE_ZH))
    judgement: str = Field(title="研判意见", min_length=1, max_length=20000, json_schema_extra=of(EVALUATED))
    proposals: str = Field("", title="工作建议", max_length=10000)


class EcologyConfirmation(PaperForm):
    ZH = "确认政治生态研判"
    EN = "confirmation of a study by the other office"

    opinion: str = Field("", title="意见", max_length=5000)


class EcologyReturn(PaperForm):
    ZH = "退回政治生态研判"
    EN = "a study is returned"

    reason: str = Field(title="理由", min_length=1, max_length=5000, json_schema_extra={"reason": True})


class PortraitPaper(PaperForm):
    """A portrait for the unit's eyes bears nothing that comes from clues or cases (GL-1.31)."""

    ZH = "政治生态画像"
    EN = "portrait of a unit's political ecology"
    PRINTED_AS = "political_ecology_report"

    unit_id: Side = Field(title="单位", json_schema_extra=of(PORTRAYED))
    portrayed_from: date = Field(title="画像期间起", json_schema_extra=of(PORTRAYED))
    portrayed_to: date = Field(title="画像期间止", json_schema_extra=of(PORTRAYED))
    sources: tuple[Stream, ...] = Field(
        title="画像依据", min_length=1, max_length=7, json_schema_extra=of(PORTRAYED, STREAM_ZH)
    )
    portrait: str = Field(title="画像", min_length=1, max_length=20000)
    for_unit: bool = Field(False, title="供单位阅看", json_schema_extra=of(PORTRAYED))
    clue_facts: str = Field("", title="涉及线索的情况", max_length=10000, json_schema_extra=of(PORTRAYED))


class IntegrityMinutes(PaperForm):
    ZH = "廉情分析会纪要"
    EN = "minutes of an integrity analysis meeting"

    unit_id: Side = Field(title="被分析单位", json_schema_extra=of(ANALYSED))
    period: Quarter = Field(title="分析期间(季度)", json_schema_extra=of(ANALYSED))
    held_on: date = Field(title="会议日期", json_schema_extra=of(ANALYSED))
    participant_ids: tuple[Id, ...] = Field(
        (), title="参会人员", max_length=50, json_schema_extra=of(ANALYSED)
    )
    analysis: str = Field(title="廉情分析", min_length=1, max_length=20000, json_schema_extra=of(ANALYSED))


class AnalysisSuggestion(Line):
    no: int = Field(title="序号", ge=1, le=100)
    text: str = Field(title="建议", min_length=1, max_length=2000)


class IntegrityReport(PaperForm):
    """Drawn from the minutes; without suggestions it helps nobody (LL-1.8)."""

    ZH = "廉情分析报告"
    EN = "integrity analysis report"
    PRINTED_AS = "integrity_analysis_report"

    analysis: str = Field(title="廉情分析", min_length=1, max_length=20000, json_schema_extra=of(ANALYSED))
    suggestions: tuple[AnalysisSuggestion, ...] = Field(
        (), title="建议", max_length=50, json_schema_extra=of(ANALYSED)
    )
