"""Papers of looking over the clue ledger: monthly reconciliation, quarterly check by the liaison office."""

from __future__ import annotations

from pydantic import Field

from services.chassis.act import PaperForm
from services.clues.papers.clue import OfficeId


class ReconciliationOpening(PaperForm):
    ZH = "线索台账汇总核对启动"
    EN = "beginning of the reconciliations"

    remark: str = Field("", title="备注", max_length=2000)


class PeriodOfOffice(PaperForm):
    """Filed by the clock: the next month, or the next quarter, of an office."""

    ZH = "定期核对、检查(续)"
    EN = "next period"

    office_id: OfficeId = Field(title="派驻机构")
    period: str = Field(title="期间", pattern=r"^[0-9]{4}-(0[1-9]|1[0-2]|Q[1-4])$", examples=["2026-03"])


class ClueCheckRecord(PaperForm):
    ZH = "线索汇总核对记录"
    EN = "clue check record"
    PRINTED_AS = "clue_check_record"

    petitions_referred: int = Field(
        title="信访平台提请处置件数", ge=0, le=1000000, json_schema_extra={"clause": "LZ-12.26"}
    )
    dispositions_filed: int = Field(title="处置备案件数", ge=0, le=1000000)
    cases_filed: int = Field(title="立案件数", ge=0, le=1000000)
    explanation: str = Field("", title="差异说明", max_length=5000, description="有差异的必填")


class InspectionOpening(PaperForm):
    ZH = "线索处置检查启动"
    EN = "beginning of the checks"

    office_id: OfficeId = Field(title="派驻机构")


class ClueInspectionRecord(PaperForm):
    ZH = "线索处置检查记录"
    EN = "clue inspection record"
    PRINTED_AS = "clue_inspection_record"

    sample: str = Field(title="抽查范围", min_length=1, max_length=5000)
    finding_count: int = Field(title="发现问题数", ge=0, le=100000)
    findings: str = Field(title="检查情况", min_length=1, max_length=20000)


class InspectionAnswer(PaperForm):
    ZH = "线索处置检查答复"
    EN = "answer to a check"

    answer: str = Field(title="答复(整改情况)", min_length=1, max_length=20000)
