"""Papers behind the figures: the first form, what undoes a decision, a transfer, and a figure that is published."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.act import PaperForm
from services.clues.domain.figures import (
    FIRST_FORM_METHOD_ZH,
    REVERSED_ZH,
    FigureClause,
    FirstFormMethod,
    Reversed,
)
from services.clues.papers.clue import OfficeId, PersonId, labels


class FirstFormRecord(PaperForm):
    ZH = "第一种形态处置记录"
    EN = "first form record"
    PRINTED_AS = "first_form_record"

    person_id: PersonId = Field(title="被处置人(名册编号)", json_schema_extra={"clause": "GL-1.30"})
    method_code: FirstFormMethod = Field(
        title="方式", json_schema_extra={"clause": "GL-1.30", "labels": labels(FIRST_FORM_METHOD_ZH)}
    )
    applied_on: date | None = Field(None, title="运用日期", description="留空即今日")
    findings: str = Field(title="问题及处置情况", min_length=1, max_length=20000)


class ProsecutionTransferRecord(PaperForm):
    ZH = "移送检察机关登记"
    EN = "transfer to the procuratorate"

    person_id: PersonId = Field(title="被移送人(名册编号)", json_schema_extra={"clause": "GL-1.35"})
    transfer_no: str = Field(title="移送文号", min_length=1, max_length=64)
    transferred_on: date | None = Field(None, title="移送日期", description="留空即今日")


class ReversalRecord(PaperForm):
    ZH = "处分撤销(无罪判决)登记"
    EN = "reversal of a decision"

    person_id: PersonId = Field(title="当事人(名册编号)", json_schema_extra={"clause": "GL-2.28"})
    ground_code: Reversed = Field(
        title="情形", json_schema_extra={"clause": "GL-2.28", "labels": labels(REVERSED_ZH)}
    )
    document_no: str = Field(title="文书文号", min_length=1, max_length=64)
    reversed_on: date | None = Field(None, title="撤销或者判决生效日期", description="留空即今日")


class StatisticsReturn(PaperForm):
    ZH = "统计报表"
    EN = "statistics return"
    PRINTED_AS = "statistics_return"

    clause: FigureClause = Field(title="统计指标")
    from_on: date = Field(title="起始日期")
    to_on: date = Field(title="截止日期")
    office_ids: tuple[OfficeId, ...] = Field(title="统计机构", max_length=100)
    reform_on: date | None = Field(None, title="改革之日", description="“改革以来”的指标必填")
