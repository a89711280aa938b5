"""Papers of measures (papers.yaml): request, answer, document, execution, the quarter's ledger and its check."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import Field

from services.chassis.act import PaperForm
from services.clues.domain.measures import (
    EXECUTOR_ZH,
    ISSUER_ZH,
    MEASURE_ZH,
    STAGE_ZH,
    Executor,
    Issuer,
    MeasureCode,
    Stage,
)
from services.clues.papers.clue import ANY_RECIPIENT_ZH, PersonId, Recipient, labels

_NO = r"^[A-Za-z0-9_.:-]{0,64}$"


class _Request(PaperForm):
    measure_code: MeasureCode = Field(
        title="措施种类", json_schema_extra={"clause": "LZ-16.3", "labels": labels(MEASURE_ZH)}
    )
    target_id: str = Field(
        "", title="对象(名册编号)", pattern=_NO, description="名册内人员必填;名册外的写入“对象及内容”"
    )
    scope: str = Field(title="对象及内容", min_length=1, max_length=5000)
    property_data: bool | None = Field(
        None,
        title="是否查询财产",
        description="查询措施必填",
        json_schema_extra={"clause": "LZ-16.8"},
    )
    communication_data: bool | None = Field(
        None,
        title="是否涉及短信、通信记录等",
        description="调取措施必填",
        json_schema_extra={"clause": "LZ-16.7"},
    )
    purpose: str = Field(title="使用理由", min_length=1, max_length=5000)


class MeasureRequest(_Request):
    ZH = "措施审批表"
    EN = "measure request"
    PRINTED_AS = "measure_request"


class OpenedMeasure(_Request):
    """Filed with the measure: what was asked for, and under what."""

    ZH = "措施使用登记"
    EN = "measure, as entered in the register"

    clue_id: PersonId = Field(title="问题线索")
    stage_code: Stage = Field(title="所处阶段", json_schema_extra={"labels": labels(STAGE_ZH)})
    verification_id: str = Field("", title="初步核实编号", max_length=64)
    case_id: str = Field("", title="案件编号", max_length=64)
    group_ids: tuple[PersonId, ...] = Field((), title="核查(调查)组成员", max_length=50)


class HeadsApprovalRequest(PaperForm):
    ZH = "措施使用审批单"
    EN = "approval form of a measure"

    opinion: str = Field("", title="呈批意见", max_length=5000)


class RequestSubmission(PaperForm):
    ZH = "措施使用报批件"
    EN = "measure request, submitted"

    recipient_role: Recipient = Field(
        Recipient.LIAISON,
        title="报送部门",
        json_schema_extra={"clause": "LZ-20.7", "labels": labels(ANY_RECIPIENT_ZH)},
    )
    remark: str = Field("", title="备注", max_length=2000)


class RequestReceipt(PaperForm):
    ZH = "措施报批受理单"
    EN = "receipt of a measure request"

    remark: str = Field("", title="备注", max_length=2000)


class RequestPassing(PaperForm):
    ZH = "措施报批转报件"
    EN = "passing-on of a measure request"

    remark: str = Field("", title="转报说明", max_length=2000)


class MeasureDecision(PaperForm):
    ZH = "措施使用批复"
    EN = "decision on a measure"

    approved: bool = Field(title="是否批准")
    reason: str = Field("", title="不批准的理由", max_length=2000, json_schema_extra={"reason": True})


class CityAnswer(PaperForm):
    ZH = "上级措施批复登记"
    EN = "answer of the city commission"

    approved: bool = Field(title="是否批准")
    reply_no: str = Field(title="批复文号", min_length=1, max_length=200)
    answered_on: date = Field(title="批复日期")
    reason: str = Field("", title="不批准的理由", max_length=2000, json_schema_extra={"reason": True})


class MeasureDocument(PaperForm):
    ZH = "措施文书"
    EN = "measure document"
    PRINTED_AS = "measure_document"

    document_no: str = Field(
        title="文书编号(字母、数字)",
        pattern=r"^[A-Za-z0-9_.:-]{1,64}$",
        json_schema_extra={"clause": "LZ-16.5"},
    )
    issuer_code: Issuer = Field(
        title="出具机关", json_schema_extra={"clause": "LZ-16.11", "labels": labels(ISSUER_ZH)}
    )
    issued_on: date | None = Field(None, title="出具日期", description="留空即今日")


class MeasureExecution(PaperForm):
    ZH = "措施执行登记"
    EN = "execution of a measure"

    executor_code: Executor = Field(
        Executor.OFFICE,
        title="执行主体",
        json_schema_extra={"clause": "LZ-16.11", "labels": labels(EXECUTOR_ZH)},
    )
    executed_on: date | None = Field(None, title="执行日期", description="留空即今日")
    record: str = Field("", title="执行情况", max_length=20000)


class MeasureEnd(PaperForm):
    ZH = "措施解除(结束)登记"
    EN = "end of a measure"

    ended_on: date | None = Field(None, title="结束日期", description="留空即今日")
    result: str = Field(title="结果", min_length=1, max_length=20000)


class MeasureWithdrawal(PaperForm):
    ZH = "措施撤回登记"
    EN = "withdrawal of a measure"

    reason: str = Field(title="撤回理由", min_length=1, max_length=2000, json_schema_extra={"reason": True})


class HelpRecipient(StrEnum):
    """Whom somebody may think of asking; the act accepts the lawful one alone (LZ-16.9)."""

    LIAISON = "liaison_discipline_office"
    CASE_SUPERVISION = "case_supervision_office"
    IT_OFFICE = "city_it_office"


HELP_RECIPIENT_ZH = {
    HelpRecipient.LIAISON: "对口联系的监督检查室",
    HelpRecipient.CASE_SUPERVISION: "案件监督管理室",
    HelpRecipient.IT_OFFICE: "市信息技术保障室",
}


class QueryHelpRequest(PaperForm):
    ZH = "协助查询申请"
    EN = "request for help with a query"

    recipient_role: HelpRecipient = Field(
        HelpRecipient.LIAISON,
        title="报送部门",
        json_schema_extra={"clause": "LZ-16.9", "labels": labels(HELP_RECIPIENT_ZH)},
    )
    need: str = Field(title="需协助事项", min_length=1, max_length=5000)


class QueryHelpSending(PaperForm):
    ZH = "协助查询函"
    EN = "letter asking for help with a query"

    remark: str = Field("", title="备注", max_length=2000)


class LedgerOpening(PaperForm):
    ZH = "措施使用台账建账"
    EN = "opening of the measures ledger"

    remark: str = Field("", title="备注", max_length=2000)


class LedgerOfQuarter(PaperForm):
    """Filed by the clock, or with an office's first measure."""

    ZH = "措施使用台账建账(续)"
    EN = "measures ledger of the next quarter"

    office_id: PersonId = Field(title="派驻机构")
    quarter: str = Field(title="季度", pattern=r"^[0-9]{4}-Q[1-4]$", examples=["2026-Q1"])


class LedgerFiling(PaperForm):
    ZH = "措施使用台账备案表"
    EN = "filing of the measures ledger"

    remark: str = Field("", title="备注", max_length=2000)


class LateMeasure(PaperForm):
    """Filed with a quarter's ledger that is filed already: a measure of that quarter was entered later."""

    ZH = "补充备案通知"
    EN = "supplementary filing demanded"

    measure_id: PersonId = Field(title="措施编号")
    executed_on: date = Field(title="执行日期")


class MeasuresCheck(PaperForm):
    ZH = "措施使用情况检查记录"
    EN = "check of the use of measures"

    finding_count: int = Field(title="发现问题数", ge=0, le=100000)
    findings: str = Field(title="检查情况", min_length=1, max_length=20000)


class MeasuresReport(PaperForm):
    ZH = "措施使用情况检查通报"
    EN = "measures check report"
    PRINTED_AS = "measures_check_report"

    recipient_role: Recipient = Field(
        Recipient.CASE_SUPERVISION,
        title="通报部门",
        json_schema_extra={"clause": "LZ-16.16", "labels": labels(ANY_RECIPIENT_ZH)},
    )
    remark: str = Field("", title="备注", max_length=2000)


class RuleEntry(PaperForm):
    ZH = "措施使用内部监督管理制度"
    EN = "internal rule on measures"
    PRINTED_AS = "measures_internal_rule"

    version_code: str = Field(title="版本", pattern=r"^[A-Za-z0-9_.-]{1,64}$")
    effective_on: date = Field(title="施行日期", json_schema_extra={"clause": "LZ-16.12"})
