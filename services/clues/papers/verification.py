"""Papers of a preliminary verification: plan, study, report, and the steps between them."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.act import PaperForm
from services.clues.domain.disposition import OUTCOME_ZH, Outcome
from services.clues.domain.verification import (
    CAPACITY_ZH,
    HANDLING_ZH,
    PROPOSED_ZH,
    Capacity,
    Handling,
    Proposed,
)
from services.clues.papers.clue import ANY_RECIPIENT_ZH, PersonId, Recipient, labels


class OpenedVerification(PaperForm):
    """Filed when a clue is put under verification: which clue, from when on."""

    ZH = "初步核实立项"
    EN = "verification opened"

    clue_id: PersonId = Field(title="问题线索")
    opened_on: date = Field(title="启动日期")


class VerificationOpening(PaperForm):
    ZH = "启动初步核实"
    EN = "opening of the verification"

    remark: str = Field("", title="备注", max_length=2000)


class VerificationPlan(PaperForm):
    ZH = "初步核实工作方案"
    EN = "plan of the verification"
    PRINTED_AS = "pv_plan"

    capacity: Capacity = Field(
        title="以何名义", json_schema_extra={"clause": "LZ-14.4", "labels": labels(CAPACITY_ZH)}
    )
    lead_id: PersonId = Field(title="核查组组长", json_schema_extra={"clause": "LZ-14.2"})
    member_ids: tuple[PersonId, ...] = Field(
        (),
        title="核查组其他成员",
        max_length=18,
        json_schema_extra={"clause": "LZ-14.2"},
    )
    facts: str = Field(title="需核实的问题", min_length=1, max_length=20000)
    steps: str = Field(title="核实步骤、方法和措施", min_length=1, max_length=20000)


class VerificationRequest(PaperForm):
    ZH = "初步核实审批表"
    EN = "approval form of the verification"
    PRINTED_AS = "pv_approval"

    opinion: str = Field("", title="呈批意见", max_length=5000)


class VerificationStart(PaperForm):
    ZH = "初步核实启动登记"
    EN = "start of the verification"

    remark: str = Field("", title="备注", max_length=2000)


class CollectiveStudy(PaperForm):
    ZH = "初核结果集体研究记录"
    EN = "collective study of the results"

    held_on: date | None = Field(None, title="研究日期", description="留空即今日")
    participant_ids: tuple[PersonId, ...] = Field(
        title="参加人员", min_length=1, max_length=50, json_schema_extra={"clause": "LZ-14.6"}
    )
    conclusion: str = Field(title="研究意见", min_length=1, max_length=20000)


class VerificationReport(PaperForm):
    ZH = "初步核实情况报告"
    EN = "report of the verification"
    PRINTED_AS = "pv_report"

    facts: str = Field(title="核实情况", min_length=1, max_length=20000)
    opinion: str = Field(title="综合分析意见", min_length=1, max_length=20000)
    proposal_code: Proposed = Field(
        title="处置建议", json_schema_extra={"clause": "LZ-14.7", "labels": labels(PROPOSED_ZH)}
    )
    outcome_code: Outcome | None = Field(
        None,
        title="了结情形",
        description="建议了结的必填",
        json_schema_extra={"clause": "LZ-14.8", "labels": labels(OUTCOME_ZH)},
    )
    handling_code: Handling | None = Field(
        None,
        title="处理方式",
        description="建议处理的必填",
        json_schema_extra={"clause": "LZ-14.8", "labels": labels(HANDLING_ZH)},
    )
    eight_point: bool = Field(
        False,
        title="是否涉嫌违反中央八项规定精神",
        description="是的，组织处理前报请预审",
        json_schema_extra={"clause": "LZ-19.5"},
    )


class ReportSubmission(PaperForm):
    ZH = "初核情况报告报送件"
    EN = "submission of the report"

    recipient_role: Recipient = Field(
        Recipient.LIAISON,
        title="报送部门",
        json_schema_extra={"clause": "LZ-14.9", "labels": labels(ANY_RECIPIENT_ZH)},
    )
    remark: str = Field("", title="备注", max_length=2000)


class ReportReceipt(PaperForm):
    ZH = "初核情况报告签收"
    EN = "receipt of the report"

    remark: str = Field("", title="备注", max_length=2000)


class ReportPassing(PaperForm):
    ZH = "初核情况报告转报件"
    EN = "passing-on of the report"

    remark: str = Field("", title="转报说明", max_length=2000)


class ReportAnswer(PaperForm):
    ZH = "初核情况报告退回回复"
    EN = "answer to a returned report"

    reason: str = Field(title="退回理由", min_length=1, max_length=2000, json_schema_extra={"reason": True})


class VerificationConclusion(PaperForm):
    ZH = "初步核实结束登记"
    EN = "conclusion of the verification"

    remark: str = Field("", title="备注", max_length=2000)


class ConcludedVerification(PaperForm):
    """Filed with the clue when its verification is concluded: what its report proposed."""

    ZH = "初步核实结论(接收)"
    EN = "conclusion of the verification, as received"

    verification_id: PersonId = Field(title="初步核实编号")
    proposal_code: Proposed = Field(title="处置建议", json_schema_extra={"labels": labels(PROPOSED_ZH)})
    outcome_code: str = Field("", title="了结情形或处理方式", max_length=64)
    concluded_on: date = Field(title="结束日期")
