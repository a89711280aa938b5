"""Papers of a petition (papers.yaml): what the clerk fills in at each act."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, TypeVar

from pydantic import Field, JsonValue

from services.chassis.act import PaperForm
from services.intake.domain.petition_class import PetitionClass
from services.intake.domain.ways_in import CHANNEL_ZH, OF_SOME_WAY, WAYS, Channel
from services.intake.papers.petitioner import NAMING_ZH, Naming, Petitioner

C = TypeVar("C", bound=StrEnum)

PersonId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:-]{1,64}$")]
OfficeId = PersonId
Number = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:\-]{1,64}$")]


class Recipient(StrEnum):
    """Where a clerk may think of sending a petition; the acts accept the lawful one alone."""

    PETITION_OFFICE = "petition_office"
    PETITION_OFFICE_HEAD = "petition_office_head"
    CASE_SUPERVISION = "case_supervision_office"
    CASE_REVIEW = "case_review_office"
    LIAISON = "liaison_discipline_office"


RECIPIENT_ZH = {
    Recipient.PETITION_OFFICE: "信访室",
    Recipient.PETITION_OFFICE_HEAD: "信访室主任",
    Recipient.CASE_SUPERVISION: "案件监督管理室",
    Recipient.CASE_REVIEW: "案件审理室",
    Recipient.LIAISON: "对口联系的监督检查室",
}


class Jurisdiction(StrEnum):
    """Whose matter a petition is."""

    SECTION = "section"
    OFFICE = "office"
    DISTRICT = "district"
    CITY = "city"
    NONE = "none"


JURISDICTION_ZH = {
    Jurisdiction.SECTION: "科室",
    Jurisdiction.OFFICE: "派驻机构",
    Jurisdiction.DISTRICT: "区纪委监委",
    Jurisdiction.CITY: "上级纪委监委",
    Jurisdiction.NONE: "不属纪检监察机关管辖",
}


class PetitionOutcome(StrEnum):
    HANDLED = "handled"
    TRUE = "substantiated"
    PARTLY_TRUE = "partly_substantiated"
    UNFOUNDED = "unfounded"
    NOT_VERIFIABLE = "not_verifiable"


OUTCOME_ZH = {
    PetitionOutcome.HANDLED: "已办理答复",
    PetitionOutcome.TRUE: "反映属实",
    PetitionOutcome.PARTLY_TRUE: "部分属实",
    PetitionOutcome.UNFOUNDED: "反映失实",
    PetitionOutcome.NOT_VERIFIABLE: "不具可查性",
}


class ReturnReason(StrEnum):
    INCOMPLETE = "incomplete"
    UNSUPPORTED = "unsupported"
    NOT_ANSWERED = "not_answered"
    OTHER = "other"


RETURN_ZH = {
    ReturnReason.INCOMPLETE: "材料不全",
    ReturnReason.UNSUPPORTED: "结论依据不足",
    ReturnReason.NOT_ANSWERED: "未答复反映人",
    ReturnReason.OTHER: "其他",
}


def _labels(names: Mapping[C, str]) -> dict[str, JsonValue]:
    """Chinese names of codes, for the form."""
    return {"labels": {code.value: zh for code, zh in names.items()}}


def _of_its_way(name: str, **more: JsonValue) -> dict[str, JsonValue]:
    """For the form: the ways in of which the field is asked, and those that need it."""
    asked: list[JsonValue] = [way.value for way, its in WAYS.items() if name in (*its.must, *its.may)]
    needed: list[JsonValue] = [way.value for way, its in WAYS.items() if name in its.must]
    words: dict[str, JsonValue] = {"needed_if": {"channel": needed}}
    if name in OF_SOME_WAY:
        words["only_if"] = {"channel": asked}
    return words | more


class PetitionRegisterEntry(PaperForm):
    ZH = "信访登记表"
    EN = "petition register entry"
    PRINTED_AS = "petition_register_entry"

    received_on: date = Field(title="收件日期", description="派驻机构收到之日")
    channel: Channel = Field(title="来源方式", json_schema_extra=_labels(CHANNEL_ZH))
    unit_id: str = Field(
        "",
        title="被反映人所在单位",
        max_length=64,
        pattern=r"^[A-Za-z0-9_.:-]*$",
        json_schema_extra=_of_its_way("unit_id"),
    )
    subject_ids: tuple[PersonId, ...] = Field((), title="被反映人（名册编号）", max_length=20)
    subject_names: tuple[str, ...] = Field((), title="被反映人（名册外）", max_length=20)
    naming: Naming | None = Field(
        None, title="署名情况", description="留空则按有无反映人判定", json_schema_extra=_labels(NAMING_ZH)
    )
    petitioners: tuple[Petitioner, ...] = Field(
        (), title="反映人", max_length=20, description="另存于身份库，调阅须两人审批；匿名则留空"
    )
    summary: str = Field(title="反映问题摘要", min_length=1, max_length=20000)
    class_code: PetitionClass | None = Field(
        None, title="分类", description="可在登记后另行分类", json_schema_extra={"clause": "LZ-12.2"}
    )
    unit_received_on: date | None = Field(
        None, title="单位收件日期", json_schema_extra=_of_its_way("unit_received_on", clause="LZ-12.5")
    )
    transferred_on: date | None = Field(
        None, title="单位移送日期", json_schema_extra=_of_its_way("transferred_on", clause="LZ-12.5")
    )
    postmarked_on: date | None = Field(
        None, title="邮戳日期（来信）", json_schema_extra=_of_its_way("postmarked_on")
    )
    second_receiver: str = Field(
        "",
        title="另一接待人（来访，名册编号）",
        max_length=64,
        pattern=r"^[A-Za-z0-9_.:-]*$",
        json_schema_extra=_of_its_way("second_receiver"),
    )
    recording_no: str = Field(
        "",
        title="录音编号（来电）",
        max_length=64,
        pattern=r"^[A-Za-z0-9_.:-]*$",
        json_schema_extra=_of_its_way("recording_no"),
    )
    online_no: str = Field(
        "",
        title="网络举报编号",
        max_length=64,
        pattern=r"^[A-Za-z0-9_.:-]*$",
        json_schema_extra=_of_its_way("online_no"),
    )
    superior_no: str = Field(
        "", title="上级交办文号", max_length=64, json_schema_extra=_of_its_way("superior_no")
    )
    superior_due_on: date | None = Field(
        None, title="上级要求报结日期", json_schema_extra=_of_its_way("superior_due_on")
    )

    def filed(self) -> dict[str, Any]:
        """Without the petitioners: they go to the vault."""
        return self.model_dump(mode="json", exclude={"petitioners"})

    @property
    def given(self) -> frozenset[str]:
        """Names of the fields that are filled in."""
        return frozenset(
            name for name in type(self).model_fields if getattr(self, name) not in ("", None, ())
        )


class ClassDecision(PaperForm):
    ZH = "信访分类意见"
    EN = "class of the petition"

    class_code: PetitionClass = Field(title="分类", json_schema_extra={"clause": "LZ-12.2"})
    subject_ids: tuple[PersonId, ...] = Field((), title="被反映人（名册编号）", max_length=20)


class PetitionCoverLetter(PaperForm):
    ZH = "附函"
    EN = "petition cover letter"
    PRINTED_AS = "petition_cover_letter"

    recipient_role: Recipient = Field(
        Recipient.PETITION_OFFICE, title="收件部门", json_schema_extra=_labels(RECIPIENT_ZH)
    )
    remark: str = Field("", title="备注", max_length=2000)


class DirectDeliveryLetter(PaperForm):
    ZH = "径送附函"
    EN = "cover letter of a direct delivery"

    recipient_role: Recipient = Field(
        Recipient.PETITION_OFFICE_HEAD, title="收件人", json_schema_extra=_labels(RECIPIENT_ZH)
    )
    remark: str = Field("", title="备注", max_length=2000)


class JudgementOpinion(PaperForm):
    ZH = "研判意见"
    EN = "petition judgement opinion"
    PRINTED_AS = "petition_judgement_opinion"

    in_scope: bool = Field(title="属业务范围内")
    level: Jurisdiction = Field(title="管辖层级", json_schema_extra=_labels(JURISDICTION_ZH))
    opinion: str = Field(title="研判意见", min_length=1, max_length=5000)


class PlatformEntry(PaperForm):
    ZH = "检举举报平台基层版录入"
    EN = "platform entry"
    PRINTED_AS = "platform_entry"

    platform_no: Number = Field(title="平台编号")
    entered_on: date = Field(title="录入日期")


class ClueReferralRequest(PaperForm):
    ZH = "提请线索处置函"
    EN = "clue referral request"
    PRINTED_AS = "clue_referral_request"

    reason: str = Field(title="提请理由", min_length=1, max_length=5000)


class TransferOutApproval(PaperForm):
    ZH = "转办审批单"
    EN = "transfer out approval"
    PRINTED_AS = "transfer_out_approval"

    department_id: OfficeId = Field(title="拟转职能处室或单位")
    reason: str = Field(title="转办理由", min_length=1, max_length=5000, json_schema_extra={"reason": True})


class TransferOutLetter(PaperForm):
    ZH = "转办函"
    EN = "transfer out letter"
    PRINTED_AS = "transfer_out_letter"

    department_id: OfficeId = Field(title="承办处室或单位")
    letter_no: Number = Field(title="函号")
    sent_on: date = Field(title="发出日期")
    recipient_person: str = Field(
        "", title="收件人（名册编号）", max_length=64, pattern=r"^[A-Za-z0-9_.:-]*$"
    )
    conflict_confirmed: bool = Field(False, title="已确认无利益冲突")


class CompletionReply(PaperForm):
    ZH = "办结回复"
    EN = "completion reply"

    received_on: date = Field(title="收到回复日期")
    summary: str = Field(title="回复摘要", min_length=1, max_length=5000)


class ResultEntry(PaperForm):
    ZH = "办理结果录入"
    EN = "result entry"

    outcome_code: PetitionOutcome = Field(title="办理结果", json_schema_extra=_labels(OUTCOME_ZH))
    platform_no: Number = Field(title="平台编号")
    result: str = Field(title="结果说明", min_length=1, max_length=5000)


class ClosureSubmission(PaperForm):
    ZH = "审结提请"
    EN = "closure submission"

    opinion: str = Field(title="承办意见", min_length=1, max_length=5000)


class ClosureReview(PaperForm):
    ZH = "审结意见"
    EN = "closure review"

    opinion: str = Field(title="审结意见", min_length=1, max_length=5000)


class ClosureReturn(PaperForm):
    ZH = "审结退回单"
    EN = "closure return"

    reason_code: ReturnReason = Field(title="退回原因类别", json_schema_extra=_labels(RETURN_ZH))
    reason: str = Field(
        title="退回原因",
        min_length=1,
        max_length=5000,
        json_schema_extra={"reason": True, "clause": "LZ-12.16"},
    )


class ClueOutcome(PaperForm):
    """Filed by the reaction to a clue's end: it counts as the reply (ruling 13)."""

    ZH = "线索办结回复"
    EN = "outcome of the clue"

    clue_id: PersonId = Field(title="线索编号")
    outcome_code: str = Field(title="处置结果", pattern=r"^[a-z_]{1,40}$")
    ended_on: date = Field(title="办结日期")
