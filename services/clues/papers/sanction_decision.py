"""Papers of a decided sanction and of a case's end: decision, record, education, execution, dismissal, archiving."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.act import PaperForm
from services.clues.domain.disposition import OUTCOME_ZH, Outcome
from services.clues.domain.execution import (
    CASE_END_ZH,
    EXECUTION_ITEM_ZH,
    ITEM_RESULT_ZH,
    CaseEnd,
    ExecutionItem,
    ItemResult,
)
from services.clues.domain.four_forms import FOUR_FORMS_ZH, FourForms
from services.clues.domain.review import REVIEW_RECIPIENT_ZH, ReviewRecipient
from services.clues.domain.sanction import (
    GOVERNMENT_SANCTION_ZH,
    PARTY_SANCTION_ZH,
    GovernmentSanction,
    PartySanction,
)
from services.clues.domain.verification import HANDLING_ZH, Handling
from services.clues.papers.clue import PersonId, labels


class SanctionDecision(PaperForm):
    ZH = "处分决定"
    EN = "sanction decision"
    PRINTED_AS = "sanction_decision"

    person_id: PersonId = Field(title="受处分人(名册编号)", json_schema_extra={"clause": "LZ-17.17"})
    decision_no: str = Field(
        title="处分决定文号", min_length=1, max_length=64, json_schema_extra={"clause": "LZ-17.17"}
    )
    decided_on: date | None = Field(None, title="决定日期", description="留空即今日")
    party_sanction_code: PartySanction | None = Field(
        None,
        title="党纪处分",
        description="党纪处分和政务处分至少选一项",
        json_schema_extra={"clause": "LZ-17.17", "labels": labels(PARTY_SANCTION_ZH)},
    )
    government_sanction_code: GovernmentSanction | None = Field(
        None,
        title="政务处分",
        json_schema_extra={"clause": "LZ-17.17", "labels": labels(GOVERNMENT_SANCTION_ZH)},
    )
    form_code: FourForms = Field(
        title="运用的形态", json_schema_extra={"clause": "LZ-17.17", "labels": labels(FOUR_FORMS_ZH)}
    )
    reason: str = Field(
        "", title="与协审同意的处分建议不一致的理由", max_length=5000, description="与处分建议不一致的必填"
    )


class CaseRecordFiling(PaperForm):
    ZH = "处分案件备案件"
    EN = "case record filing"
    PRINTED_AS = "case_record_filing"

    recipient_role: ReviewRecipient = Field(
        ReviewRecipient.CASE_REVIEW,
        title="备案部门",
        json_schema_extra={"clause": "LZ-17.18", "labels": labels(REVIEW_RECIPIENT_ZH)},
    )
    remark: str = Field("", title="备注", max_length=2000)


class EducationRecord(PaperForm):
    ZH = "受处分人员教育记录"
    EN = "education record"
    PRINTED_AS = "education_record"

    person_id: PersonId = Field(title="受处分人(名册编号)", json_schema_extra={"clause": "LZ-17.19"})
    held_on: date | None = Field(None, title="教育(回访)日期", description="留空即今日")
    participant_ids: tuple[PersonId, ...] = Field(
        (), title="参加人员", max_length=20, description="派驻机构和党组(党委)人员"
    )
    content: str = Field(
        title="教育内容", min_length=1, max_length=20000, json_schema_extra={"clause": "LZ-17.19"}
    )


class SanctionExecutionEntry(PaperForm):
    ZH = "处分决定执行事项登记"
    EN = "item of the execution"

    person_id: PersonId = Field(title="受处分人(名册编号)", json_schema_extra={"clause": "LZ-17.20"})
    item_code: ExecutionItem = Field(
        title="执行事项", json_schema_extra={"clause": "LZ-17.20", "labels": labels(EXECUTION_ITEM_ZH)}
    )
    result_code: ItemResult = Field(
        title="执行情况", json_schema_extra={"clause": "LZ-17.20", "labels": labels(ITEM_RESULT_ZH)}
    )
    done_on: date | None = Field(None, title="执行日期", description="留空即今日")
    reason: str = Field("", title="不涉及的理由", max_length=2000, description="不涉及的必填")


class ExecutionRecord(PaperForm):
    ZH = "处分决定执行记录"
    EN = "sanction execution record"
    PRINTED_AS = "sanction_execution_record"

    findings: str = Field(
        title="执行情况核实", min_length=1, max_length=20000, json_schema_extra={"clause": "LZ-17.20"}
    )


class CaseDismissal(PaperForm):
    ZH = "撤销案件审批表"
    EN = "approval form of a dismissal"

    basis: str = Field(title="依据", min_length=1, max_length=5000, json_schema_extra={"clause": "LZ-17.1"})


class NotToBeFiled(PaperForm):
    """A case that is not filed after all: how the clue goes on instead, as a verification's report would propose."""

    ZH = "不予立案审批表"
    EN = "approval form of not filing a case"

    reason: str = Field(
        title="不予立案的理由",
        min_length=1,
        max_length=5000,
        json_schema_extra={"clause": "LZ-15.4", "reason": True},
    )
    outcome_code: Outcome | None = Field(
        None,
        title="了结情形",
        description="予以了结的填写；了结情形和处理方式只填一项",
        json_schema_extra={"clause": "LZ-14.8", "labels": labels(OUTCOME_ZH)},
    )
    handling_code: Handling | None = Field(
        None,
        title="处理方式",
        description="予以处理的填写",
        json_schema_extra={"clause": "LZ-14.8", "labels": labels(HANDLING_ZH)},
    )


class NotFiledCase(PaperForm):
    """Filed with the clue when its case is not filed."""

    ZH = "不予立案(接收)"
    EN = "case not filed, as received"

    case_id: PersonId = Field(title="案件编号")
    outcome_code: str = Field(title="了结情形或处理方式", max_length=64)
    handled: bool = Field(title="是否予以处理")


class CaseArchiving(PaperForm):
    ZH = "案件办结归档登记"
    EN = "end of a case"

    remark: str = Field("", title="备注", max_length=2000)


class EndedCase(PaperForm):
    """Filed with the clue when its case has ended."""

    ZH = "案件办结(接收)"
    EN = "end of the case, as received"

    case_id: PersonId = Field(title="案件编号")
    outcome_code: CaseEnd = Field(title="办结情形", json_schema_extra={"labels": labels(CASE_END_ZH)})
    ended_on: date = Field(title="办结日期")
