"""Papers of a problem and of the suggestion on it."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.act import PaperForm
from services.clues.domain.suggestion import (
    FOUND_IN_ZH,
    GRADE_ZH,
    ISSUER_ZH,
    SUGGESTION_KIND_ZH,
    FoundIn,
    Grade,
    Issuer,
    SuggestionKind,
)
from services.clues.papers.clue import OfficeId, PersonId, labels


class ProblemEntry(PaperForm):
    ZH = "问题登记表"
    EN = "problem, as found"

    source: FoundIn = Field(title="发现途径", json_schema_extra={"labels": labels(FOUND_IN_ZH)})
    unit_id: OfficeId = Field(title="问题所在单位")
    found_on: date = Field(title="发现日期")
    grade: Grade | None = Field(
        None,
        title="问题等级",
        description="可先登记后定级；未定级的不得通报或提出建议",
        json_schema_extra={"clause": "LZ-18.11", "labels": labels(GRADE_ZH)},
    )
    facts: str = Field(title="发现的主要问题", min_length=1, max_length=20000)


class WantedSuggestion(PaperForm):
    """Filed by the reaction to a proposal of notifications: ids and codes only."""

    ZH = "提请提出建议(接收)"
    EN = "suggestion wanted, as received"

    proposal_id: PersonId = Field(title="提请编号")
    item_id: PersonId = Field(title="会商或谈话事项编号")
    suggestion_kind: SuggestionKind | None = Field(
        None, title="建议种类", json_schema_extra={"labels": labels(SUGGESTION_KIND_ZH)}
    )
    unit_id: OfficeId = Field(title="问题所在单位")


class ProblemGrading(PaperForm):
    ZH = "问题定级表"
    EN = "grading of a problem"

    grade: Grade = Field(
        title="问题等级", json_schema_extra={"clause": "LZ-18.11", "labels": labels(GRADE_ZH)}
    )
    reason: str = Field(
        "",
        title="定级理由",
        description="改变原定等级的必填",
        max_length=5000,
        json_schema_extra={"reason": True},
    )


class ProblemNotice(PaperForm):
    ZH = "问题通报"
    EN = "problem notice"
    PRINTED_AS = "problem_notice"

    facts: str = Field(title="问题事实", min_length=1, max_length=20000)
    opinion: str = Field(
        title="整改意见", min_length=1, max_length=20000, json_schema_extra={"clause": "LZ-18.7"}
    )


class SuggestionDraft(PaperForm):
    ZH = "纪律检查(监察)建议稿"
    EN = "draft of a suggestion"

    suggestion_kind: SuggestionKind = Field(
        title="建议种类", json_schema_extra={"clause": "LZ-18.8", "labels": labels(SUGGESTION_KIND_ZH)}
    )
    recipient_id: str = Field(
        "",
        title="主送单位",
        pattern=r"^[A-Za-z0-9_.:-]{0,64}$",
        description="留空即问题所在单位",
        json_schema_extra={"clause": "LZ-18.8"},
    )
    facts: str = Field(title="问题事实", min_length=1, max_length=20000)
    suggestions: str = Field(title="建议内容", min_length=1, max_length=20000)
    minor_reason: str = Field(
        "",
        title="属较小事项、不经集体研究的理由",
        max_length=2000,
        description="附集体研究记录的不填；须本单位已允许较小事项免予集体研究",
        json_schema_extra={"clause": "LZ-22.5"},
    )


class SuggestionPassing(PaperForm):
    ZH = "重大问题建议转报件"
    EN = "passing-on of a suggestion"

    remark: str = Field("", title="转报说明", max_length=2000)


class SuggestionReturn(PaperForm):
    ZH = "重大问题建议退回意见"
    EN = "answer to a suggestion that was passed up"

    reason: str = Field(title="退回理由", min_length=1, max_length=5000, json_schema_extra={"reason": True})


class SuggestionIssue(PaperForm):
    ZH = "建议书发出登记"
    EN = "issue of a suggestion"

    issuer: Issuer = Field(
        title="以何名义发出", json_schema_extra={"clause": "LZ-18.10", "labels": labels(ISSUER_ZH)}
    )
    copied_to: OfficeId = Field(title="同时抄送(对口联系室)", json_schema_extra={"clause": "LZ-18.9"})


class SuggestionAnswer(PaperForm):
    ZH = "建议回复登记"
    EN = "answer to a suggestion"

    answered_on: date | None = Field(None, title="回复日期", description="留空即今日")
    summary: str = Field(title="回复摘要", min_length=1, max_length=5000)


class UnansweredSuggestion(PaperForm):
    """Filed when the clock of the reply has run out: which clock, and which step of its reminders."""

    ZH = "建议逾期未复"
    EN = "suggestion left unanswered"

    duty_id: PersonId = Field(title="时限编号")
    due_on: date = Field(title="回复期限")
    step: int = Field(title="催办次数")


class SuggestionVerification(PaperForm):
    ZH = "建议落实情况核实表"
    EN = "verification of what a suggestion led to"

    rectified: bool = Field(title="是否整改到位")
    findings: str = Field(title="核实情况", min_length=1, max_length=20000)


class ProblemClosing(PaperForm):
    ZH = "问题办结登记"
    EN = "closing of a problem"

    remark: str = Field("", title="备注", max_length=2000)
