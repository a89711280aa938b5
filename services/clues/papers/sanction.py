"""Papers of a proposed sanction: proposal, talk with the Party committee, assisted review, notification."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.act import PaperForm
from services.clues.domain.review import REVIEW_RECIPIENT_ZH, ReviewRecipient
from services.clues.domain.sanction import (
    ASSISTED_RESULT_ZH,
    CASE_DOCUMENT_ZH,
    GOVERNMENT_SANCTION_ZH,
    PARTY_SANCTION_ZH,
    AssistedResult,
    CaseDocument,
    GovernmentSanction,
    PartySanction,
)
from services.clues.papers.clue import PersonId, labels


class SanctionSuggestion(PaperForm):
    ZH = "处分建议"
    EN = "sanction suggestion"
    PRINTED_AS = "sanction_suggestion"

    person_id: PersonId = Field(title="建议处分人员(名册编号)", json_schema_extra={"clause": "LZ-17.12"})
    facts: str = Field(
        title="违纪违法事实", min_length=1, max_length=50000, json_schema_extra={"clause": "LZ-17.12"}
    )
    basis: str = Field(title="依据", min_length=1, max_length=5000, json_schema_extra={"clause": "LZ-17.12"})
    party_sanction_code: PartySanction | None = Field(
        None,
        title="党纪处分",
        description="党纪处分和政务处分至少选一项",
        json_schema_extra={"clause": "LZ-17.12", "labels": labels(PARTY_SANCTION_ZH)},
    )
    government_sanction_code: GovernmentSanction | None = Field(
        None,
        title="政务处分",
        json_schema_extra={"clause": "LZ-17.12", "labels": labels(GOVERNMENT_SANCTION_ZH)},
    )


class SanctionCommunication(PaperForm):
    ZH = "与党组沟通记录"
    EN = "record of the communication with the Party committee"
    PRINTED_AS = "sanction_communication_record"

    held_on: date | None = Field(None, title="沟通日期", description="留空即今日")
    participant_ids: tuple[PersonId, ...] = Field(
        title="参加人员", max_length=20, json_schema_extra={"clause": "LZ-17.13"}
    )
    agreed: bool = Field(title="是否取得一致意见", json_schema_extra={"clause": "LZ-17.13"})
    opinion: str = Field(title="党组意见", min_length=1, max_length=20000)


class DisagreementOverride(PaperForm):
    ZH = "未取得一致意见的处分建议审批表"
    EN = "approval form of a proposal that was not agreed on"

    reason: str = Field(title="理由", min_length=1, max_length=5000, json_schema_extra={"reason": True})


class AssistedReviewRequest(PaperForm):
    ZH = "协审移送函"
    EN = "assisted review request"
    PRINTED_AS = "assisted_review_request"

    recipient_role: ReviewRecipient = Field(
        ReviewRecipient.CASE_REVIEW,
        title="移送部门",
        json_schema_extra={"clause": "LZ-17.14", "labels": labels(REVIEW_RECIPIENT_ZH)},
    )
    catalogue: tuple[CaseDocument, ...] = Field(
        title="案卷目录",
        max_length=20,
        json_schema_extra={"clause": "LZ-17.14", "labels": labels(CASE_DOCUMENT_ZH)},
    )


class AssistedReviewOpinion(PaperForm):
    ZH = "协审意见"
    EN = "assisted review opinion"
    PRINTED_AS = "assisted_review_opinion"

    result_code: AssistedResult = Field(
        title="协审结果", json_schema_extra={"clause": "LZ-17.15", "labels": labels(ASSISTED_RESULT_ZH)}
    )
    opinion: str = Field("", title="协审意见", max_length=20000, description="退回的必填")


class SanctionNotice(PaperForm):
    ZH = "处分建议通报"
    EN = "sanction notice to the unit"
    PRINTED_AS = "sanction_notice_to_unit"

    remark: str = Field("", title="备注", max_length=2000)
