"""Papers of filings: a unit's business ledgers, second-level units' meetings and their spot check (LL-2.21, LZ-6.9)."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.act import PaperForm
from services.inspection.domain.meeting_codes import (
    GRADE_ZH,
    ITEM_ZH,
    LEDGER_ZH,
    BusinessLedger,
    ItemKind,
    ProblemGrade,
)
from services.inspection.papers.fields import Id, IdOrEmpty, Line, Number, labels, of


class LedgerEntry(Line):
    """A line of a ledger; amounts in yuan."""

    entry_no: Number = Field(title="编号", min_length=1, pattern=r"^[A-Za-z0-9_.:-]+$")
    subject: str = Field(title="事项", min_length=1, max_length=500)
    area_no: int = Field(0, title="业务领域序号", ge=0, le=999)
    amount: int = Field(0, title="金额(元)", ge=0)
    meeting_id: IdOrEmpty = Field("", title="研究该事项的会议")
    item_no: int = Field(0, title="议题序号", ge=0, le=999)


class BusinessLedgerPack(PaperForm):
    ZH = "单位业务台账"
    EN = "business ledger of a unit"

    kind: BusinessLedger = Field(title="台账类别", json_schema_extra=of("LL-2.21", LEDGER_ZH))
    period_from: date = Field(title="期间起", json_schema_extra=of("LL-2.21"))
    period_to: date = Field(title="期间止", json_schema_extra=of("LL-2.21"))
    entries: tuple[LedgerEntry, ...] = Field((), title="记录", max_length=2000)


class FilingsBeginning(PaperForm):
    ZH = "启动二级单位报备"
    EN = "filings of a second-level unit begin"

    unit_id: Id = Field(title="二级单位", json_schema_extra=of("LZ-6.9"))


class QuarterOfUnit(PaperForm):
    ZH = "二级单位报备(续)"
    EN = "the next quarter of a second-level unit"

    unit_id: Id = Field(title="二级单位")
    quarter: str = Field(title="季度", pattern=r"^[0-9]{4}-Q[1-4]$", examples=["2026-Q1"])


class QuarterFiled(PaperForm):
    ZH = "季度已报备"
    EN = "a quarter was filed"

    filing_id: Id = Field(title="报备")


class HeldItem(Line):
    kind: ItemKind = Field(title="事项类别", json_schema_extra=labels(ITEM_ZH))
    subject: str = Field(title="议题", min_length=1, max_length=500)
    decision: str = Field("", title="决定", max_length=5000)


class HeldMeeting(Line):
    held_on: date = Field(title="会议日期")
    items: tuple[HeldItem, ...] = Field(title="议题", min_length=1, max_length=100)


class SubunitFilingForm(PaperForm):
    ZH = "二级单位报备表"
    EN = "filing of a second-level unit"
    PRINTED_AS = "subunit_filing"

    period_from: date = Field(title="期间起", json_schema_extra=of("LZ-6.9"))
    period_to: date = Field(title="期间止", json_schema_extra=of("LZ-6.9"))
    nil: bool = Field(False, title="本期无三重一大会议")
    meetings: tuple[HeldMeeting, ...] = Field((), title="召开的会议", max_length=200)


class QuarterOfOffice(PaperForm):
    ZH = "报备抽查(开启)"
    EN = "spot check of a quarter"

    office_id: Id = Field(title="派驻机构")
    quarter: str = Field(title="季度", pattern=r"^[0-9]{4}-Q[1-4]$", examples=["2026-Q1"])


class FilingDraw(PaperForm):
    ZH = "报备抽查抽取"
    EN = "draw of filings"

    size: int = Field(title="抽取件数", ge=1, le=2000, json_schema_extra=of("LZ-6.10"))


class CheckedLine(Line):
    filing_id: Id = Field(title="报备")
    facts: str = Field(title="检查情况", min_length=1, max_length=5000)
    grade: ProblemGrade | None = Field(
        None, title="问题程度", description="无问题的不填", json_schema_extra=labels(GRADE_ZH)
    )


class FilingCheckRecord(PaperForm):
    ZH = "报备抽查记录"
    EN = "record of the spot check"
    PRINTED_AS = "filing_spot_check"

    checked_on: date = Field(title="检查日期")
    lines: tuple[CheckedLine, ...] = Field(title="结果", min_length=1, max_length=2000)
