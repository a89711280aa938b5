"""Papers of what follows the feedback: press release, circular, copies, assessment of the team (steps 33 to 36)."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.act import PaperForm
from services.inspection.domain.feedback_codes import (
    CIRCULATED_ZH,
    COPY_RECIPIENT_ZH,
    OPINION_ZH,
    Circulated,
    CopyRecipient,
    Opinion,
)
from services.inspection.papers.fields import Id, Line, Number, of


class FeedbackReleaseDraft(PaperForm):
    ZH = "反馈新闻稿"
    EN = "press release of the feedback"
    PRINTED_AS = "feedback_press_release"

    engagement_id: Id = Field(title="巡察任务")
    based_on: Opinion = Field(title="依据", json_schema_extra=of("XC-33.2a", OPINION_ZH))
    text: str = Field(title="新闻稿", min_length=1, max_length=50000, json_schema_extra=of("XC-33.2a"))


class ReleaseSubmission(PaperForm):
    ZH = "反馈新闻稿送审"
    EN = "the feedback release is sent for approval"

    remark: str = Field("", title="备注", max_length=2000)


class ReleaseGiven(PaperForm):
    ZH = "反馈新闻稿交被巡察单位"
    EN = "the feedback release is given to the unit"

    given_on: date = Field(title="交付日期", json_schema_extra=of("XC-33.2b"))


class UnitStatement(PaperForm):
    ZH = "反馈新闻稿表态内容"
    EN = "the principal's statement in the release"

    unit_statement: str = Field(
        title="主要负责人表态内容", min_length=1, max_length=20000, json_schema_extra=of("XC-35.2a")
    )


class FeedbackReleaseClearance(PaperForm):
    """Three noes and two preventions, each confirmed (XC-35.2b)."""

    ZH = "反馈新闻稿“三不两防三把关”审核"
    EN = "three noes, two preventions, three gates"

    no_secret: bool = Field(False, title="不涉及党和国家秘密", json_schema_extra=of("XC-35.2b"))
    no_harm_to_reviews: bool = Field(
        False, title="不影响正在开展的纪律审查", json_schema_extra=of("XC-35.2b")
    )
    no_disclosure_breach: bool = Field(
        False, title="不违反上市公司信息披露规定", json_schema_extra=of("XC-35.2b")
    )
    no_hype: bool = Field(False, title="防止负面炒作", json_schema_extra=of("XC-35.2b"))
    no_mass_petition: bool = Field(False, title="防止群体性上访或者事件", json_schema_extra=of("XC-35.2b"))
    under_investigation: bool = Field(
        False, title="被巡察单位正在接受审查调查", json_schema_extra=of("XC-35.2b")
    )
    release_decision_no: Number = Field(
        "", title="审查调查期间发布的决定文号", json_schema_extra=of("XC-35.2b")
    )


class PartyCircular(PaperForm):
    ZH = "党内文件印发登记"
    EN = "inner-Party circular of the feedback"

    issued_on: date = Field(title="印发日期")
    circular_no: Number = Field(title="文号", min_length=1)
    circulated: tuple[Circulated, ...] = Field(
        title="印发内容", min_length=1, max_length=4, json_schema_extra=of("XC-35.1a", CIRCULATED_ZH)
    )


class PartyCircularNote(PaperForm):
    ZH = "党内文件已印发"
    EN = "the inner-Party circular is on record"


class FeedbackCopies(PaperForm):
    ZH = "反馈意见抄送"
    EN = "copies of the feedback opinion"

    sent_on: date = Field(title="抄送日期")
    copied: Opinion = Field(title="抄送的反馈意见", json_schema_extra=of("XC-36.1a", OPINION_ZH))
    recipients: tuple[CopyRecipient, ...] = Field(
        title="抄送单位", min_length=1, max_length=6, json_schema_extra=of("XC-36.2a", COPY_RECIPIENT_ZH)
    )


class CopyReceipt(PaperForm):
    ZH = "抄送回执"
    EN = "receipt of a copy"

    recipient: CopyRecipient = Field(title="抄送单位", json_schema_extra=of("XC-36.1a", COPY_RECIPIENT_ZH))
    received_on: date = Field(title="签收日期")


class CopyingClosed(PaperForm):
    ZH = "抄送办结"
    EN = "copying closed"

    remark: str = Field("", title="备注", max_length=2000)


class ConductAnswer(Line):
    score: int = Field(title="得分", ge=0, le=100)
    comment: str = Field("", title="意见", max_length=2000)


class ConductSheet(PaperForm):
    ZH = "巡察组作风纪律测评表"
    EN = "assessment of the team's conduct"

    engagement_id: Id = Field(title="巡察任务")
    assessed_on: date = Field(title="测评日期")
    answers: tuple[ConductAnswer, ...] = Field(
        title="测评结果", min_length=1, max_length=1000, json_schema_extra=of("XC-34.4a")
    )


class ConductReport(PaperForm):
    ZH = "作风纪律测评结果报告"
    EN = "report of the assessment"

    result_summary: str = Field(
        title="测评情况", min_length=1, max_length=20000, json_schema_extra=of("XC-34.4b")
    )
