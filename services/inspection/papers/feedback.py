"""Papers of the feedback: drafts, plan, the two meetings, receipt, assessment of the team (steps 33 and 34)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from pydantic import AwareDatetime, Field

from services.chassis.act import PaperForm
from services.inspection.domain.feedback_codes import OPINION_ZH, RECEIPT_HOLDER_ZH, Opinion, ReceiptHolder
from services.inspection.papers.fields import Id, IdOrEmpty, Line, of


class FeedbackParagraph(Line):
    """A paragraph of an opinion, with the clues that it rests on and the persons whom it names."""

    text: str = Field(title="内容", min_length=1, max_length=20000)
    found_clue_ids: tuple[Id, ...] = Field((), title="所依据线索", max_length=50)
    person_ids: tuple[Id, ...] = Field((), title="点名人员", max_length=50)


class FedBackProblem(Line):
    """A problem of the list; its number is its place there."""

    issue_id: Id = Field(title="巡察发现问题")
    problem: str = Field(title="问题", min_length=1, max_length=20000)


class LeftOutProblem(Line):
    issue_id: Id = Field(title="巡察发现问题")
    left_out_because: str = Field(title="不反馈的理由", min_length=1, max_length=2000)


class FeedbackDrafts(PaperForm):
    ZH = "反馈意见和反馈问题清单(送审稿)"
    EN = "drafts of the feedback opinions and the problem list"
    PRINTED_PARTS: ClassVar[Mapping[str, str]] = {
        "to_principal": "feedback_principal",
        "to_leadership": "feedback_leadership",
        "problems": "feedback_problem_list",
    }

    to_principal: tuple[FeedbackParagraph, ...] = Field(
        (), title="向主要负责人的反馈意见", max_length=200, json_schema_extra=of("XC-33.1d")
    )
    to_leadership: tuple[FeedbackParagraph, ...] = Field(
        (), title="对被巡察党组织的反馈意见", max_length=200, json_schema_extra=of("XC-33.1e")
    )
    problems: tuple[FedBackProblem, ...] = Field(
        (), title="反馈问题清单", max_length=500, json_schema_extra=of("XC-33.1b")
    )
    not_fed_back: tuple[LeftOutProblem, ...] = Field(
        (), title="不予反馈的问题", max_length=500, json_schema_extra=of("XC-33.1b")
    )


class DraftsReview(PaperForm):
    ZH = "反馈意见审核"
    EN = "review of the feedback drafts"

    review_opinion: str = Field("", title="审核意见", max_length=5000, json_schema_extra=of("XC-33.1f"))


class DraftsPassing(PaperForm):
    ZH = "反馈意见审定"
    EN = "the feedback drafts are passed"

    passing_opinion: str = Field("", title="审定意见", max_length=5000, json_schema_extra=of("XC-33.1f"))


class FeedbackSpeech(PaperForm):
    ZH = "反馈会议讲话通稿"
    EN = "speech for the feedback meeting"
    PRINTED_AS = "feedback_speech"

    text: str = Field(title="讲话稿", min_length=1, max_length=50000, json_schema_extra=of("XC-33.3a"))


class FeedbackGuest(PaperForm):
    ZH = "出席反馈人员安排"
    EN = "who attends the feedback from above"

    guest_id: Id = Field(title="领导小组成员或巡察办负责同志", json_schema_extra=of("XC-34.1b"))


class FeedbackPlan(PaperForm):
    ZH = "反馈方案"
    EN = "feedback plan"
    PRINTED_AS = "feedback_plan"

    meet_at: AwareDatetime = Field(title="时间")
    place: str = Field(title="地点", min_length=1, max_length=500)
    participant_ids: tuple[Id, ...] = Field(
        (), title="参加人员", max_length=500, json_schema_extra=of("XC-34.1a")
    )
    agreed_with_id: Id = Field(title="被巡察党组织联系人", json_schema_extra=of("XC-34.1a"))


class ReceiptDraft(PaperForm):
    ZH = "巡察反馈材料签收单"
    EN = "receipt for the feedback material"
    PRINTED_AS = "feedback_receipt"

    engagement_id: Id = Field(title="巡察任务")
    principal_id: Id = Field(title="被巡察党组织主要负责人", json_schema_extra=of("XC-34.2d"))


class ReceiptSignature(PaperForm):
    ZH = "签收单签字"
    EN = "signature on the receipt"

    three_texts_handed: bool = Field(title="三份反馈材料已交接", json_schema_extra=of("XC-34.2d"))


class ReceiptCopies(PaperForm):
    ZH = "签收单留存"
    EN = "the three originals of the receipt"

    holders: tuple[ReceiptHolder, ...] = Field(
        (), title="留存单位", max_length=10, json_schema_extra=of("XC-34.2d", RECEIPT_HOLDER_ZH)
    )


class FeedbackToPrincipal(PaperForm):
    ZH = "向主要负责人反馈会议记录"
    EN = "feedback meeting with the principal"

    held_on: date = Field(title="日期")
    chair_id: Id = Field(title="主持人", json_schema_extra=of("XC-34.2b"))
    attendee_ids: tuple[Id, ...] = Field(
        title="参加人员", min_length=1, max_length=50, json_schema_extra=of("XC-34.2a")
    )
    secretary_digest: str = Field("", title="传达讲话精神要点", max_length=20000)
    statement: str = Field("", title="主要负责人表态", max_length=20000, json_schema_extra=of("XC-34.2c"))


class GeneralFeedback(PaperForm):
    ZH = "反馈大会记录"
    EN = "general feedback meeting"

    held_on: date = Field(title="日期")
    chair_id: Id = Field(title="主持人", json_schema_extra=of("XC-34.3b"))
    attendee_ids: tuple[Id, ...] = Field(
        title="参加人员", min_length=1, max_length=1000, json_schema_extra=of("XC-34.3a")
    )
    text_read: Opinion = Field(title="宣读的反馈意见", json_schema_extra=of("XC-34.3b", OPINION_ZH))
    speaker_id: Id = Field(title="讲话人", json_schema_extra=of("XC-34.3b"))
    statement: str = Field("", title="主要负责人表态", max_length=20000, json_schema_extra=of("XC-34.3b"))


class FeedbackNote(PaperForm):
    """Filed with the delivery for each problem of the list (number from one), and for each left out (none)."""

    ZH = "问题反馈登记"
    EN = "the problem was fed back, or left out"

    list_no: int = Field(title="清单序号", ge=0)
    engagement_id: IdOrEmpty = Field("", title="巡察任务")
