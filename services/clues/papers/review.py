"""Papers of the internal review: reviewers, talk, facts put to the subject, report, deliberation, signature."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.act import PaperForm
from services.clues.domain.case import CASE_PROPOSAL_ZH, CaseProposal
from services.clues.domain.review import (
    FINDING_ZH,
    REPORTED_FOR_ZH,
    REVIEW_RECIPIENT_ZH,
    SIGNATURE_ZH,
    Finding,
    ReportedFor,
    ReviewRecipient,
    Signature,
)
from services.clues.papers.clue import PersonId, labels


class ReviewGroup(PaperForm):
    ZH = "审理组组成"
    EN = "review group"

    lead_reviewer_ids: tuple[PersonId, ...] = Field(
        title="主审人",
        max_length=5,
        description="每案一名",
        json_schema_extra={"clause": "LZ-17.3"},
    )
    reviewer_ids: tuple[PersonId, ...] = Field(
        (), title="审理组其他成员", max_length=18, json_schema_extra={"clause": "LZ-17.5"}
    )


class ReviewCollaboration(PaperForm):
    ZH = "审理协作申请"
    EN = "request for reviewers of another office"

    office_id: PersonId = Field(title="协作的派驻机构", json_schema_extra={"clause": "LZ-17.2"})
    reason: str = Field(
        title="申请协作的理由",
        min_length=1,
        max_length=5000,
        json_schema_extra={"clause": "LZ-17.2", "reason": True},
    )


class ReviewAcceptance(PaperForm):
    ZH = "审理受理登记表"
    EN = "acceptance for review"

    remark: str = Field("", title="备注", max_length=2000)


class ReviewTalkRecord(PaperForm):
    ZH = "审理谈话笔录"
    EN = "review talk record"
    PRINTED_AS = "review_talk_record"

    subject_id: str = Field(
        "",
        title="被谈话人(名册编号)",
        pattern=r"^[A-Za-z0-9_.:-]{0,64}$",
        description="只有一名被反映人时可留空",
    )
    held_on: date | None = Field(None, title="谈话日期", description="留空即今日")
    speaker_ids: tuple[PersonId, ...] = Field(
        title="谈话人", max_length=5, json_schema_extra={"clause": "LZ-17.6"}
    )
    content: str = Field(title="谈话内容", min_length=1, max_length=50000)


class FactMeetingRecord(PaperForm):
    ZH = "违纪违法事实见面材料"
    EN = "facts put to the subject"
    PRINTED_AS = "fact_meeting_record"

    subject_id: str = Field(
        "",
        title="本人(名册编号)",
        pattern=r"^[A-Za-z0-9_.:-]{0,64}$",
        description="只有一名被反映人时可留空",
    )
    held_on: date | None = Field(None, title="见面日期", description="留空即今日")
    facts: str = Field(
        title="违纪违法事实", min_length=1, max_length=50000, json_schema_extra={"clause": "LZ-17.7"}
    )
    opinion: str = Field(
        title="本人意见", min_length=1, max_length=20000, json_schema_extra={"clause": "LZ-17.7"}
    )
    signature_code: Signature = Field(
        title="签名情况", json_schema_extra={"clause": "LZ-17.7", "labels": labels(SIGNATURE_ZH)}
    )
    note: str = Field("", title="拒绝签名的说明", max_length=2000, description="拒绝签名的必填")
    witness_ids: tuple[PersonId, ...] = Field(
        (), title="注明情况的人员", max_length=5, description="拒绝签名的由两名办案人员注明"
    )


def _part(title: str) -> str:
    text: str = Field(title=title, min_length=1, max_length=20000, json_schema_extra={"clause": "LZ-17.10"})
    return text


def _finding(title: str) -> Finding:
    finding: Finding = Field(
        title=title, json_schema_extra={"clause": "LZ-17.10", "labels": labels(FINDING_ZH)}
    )
    return finding


class ReviewReport(PaperForm):
    ZH = "审理报告"
    EN = "review report"
    PRINTED_AS = "review_report"

    evidence: str = _part("事实和证据")
    evidence_code: Finding = _finding("事实和证据的审理结论")
    classification: str = _part("定性和处理")
    classification_code: Finding = _finding("定性和处理的审理结论")
    procedure: str = _part("程序手续")
    procedure_code: Finding = _finding("程序手续的审理结论")
    case_property: str = _part("涉案财物")
    property_code: Finding = _finding("涉案财物的审理结论")
    opinion: str = Field(title="审理意见", min_length=1, max_length=20000)
    reason: str = Field("", title="退回理由", max_length=2000, description="退回补充调查的必填")

    @property
    def findings(self) -> tuple[Finding, ...]:
        return (self.evidence_code, self.classification_code, self.procedure_code, self.property_code)


class ReturnForEvidence(PaperForm):
    ZH = "退回补充调查"
    EN = "return to the investigators"

    reason: str = Field(title="退回理由", min_length=1, max_length=2000, json_schema_extra={"reason": True})


class DeliberationMinutes(PaperForm):
    ZH = "集体审议记录"
    EN = "deliberation minutes"
    PRINTED_AS = "deliberation_minutes"

    held_on: date | None = Field(None, title="审议日期", description="留空即今日")
    voter_ids: tuple[PersonId, ...] = Field(
        title="参加表决人员", max_length=50, json_schema_extra={"clause": "LZ-17.8"}
    )
    opinions: tuple[str, ...] = Field(
        title="各人意见",
        max_length=50,
        description="按参加表决人员的顺序，每人一条",
        json_schema_extra={"clause": "LZ-17.8"},
    )
    reporter_ids: tuple[PersonId, ...] = Field(
        (), title="汇报案情人员", max_length=18, description="不参加表决"
    )
    conclusion: str = Field(title="审议结论", min_length=1, max_length=20000)
    conclusion_code: CaseProposal = Field(
        title="审议结论类别", json_schema_extra={"clause": "LZ-17.8", "labels": labels(CASE_PROPOSAL_ZH)}
    )


class ReportSignature(PaperForm):
    ZH = "审理报告签署"
    EN = "signature of the review report"

    remark: str = Field("", title="备注", max_length=2000)


class ReviewCompletion(PaperForm):
    ZH = "内部审理办结登记"
    EN = "completion of the review"

    remark: str = Field("", title="备注", max_length=2000)


class ReviewReporting(PaperForm):
    ZH = "审理结果报批报备件"
    EN = "report of the review for approval or record"

    recipient_role: ReviewRecipient = Field(
        ReviewRecipient.CASE_REVIEW,
        title="报送部门",
        json_schema_extra={"clause": "LZ-17.9", "labels": labels(REVIEW_RECIPIENT_ZH)},
    )
    purpose_code: ReportedFor = Field(
        title="报送事由", json_schema_extra={"clause": "LZ-17.9", "labels": labels(REPORTED_FOR_ZH)}
    )
