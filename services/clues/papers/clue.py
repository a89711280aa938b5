"""Papers of a clue (papers.yaml): what is filled in at each act."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, TypeVar

from pydantic import Field
from pydantic.config import JsonDict

from services.chassis.act import PaperForm
from services.clues.domain.disposition import DISPOSITION_ZH, OUTCOME_ZH, Disposition, Outcome

C = TypeVar("C", bound=StrEnum)

PersonId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:-]{1,64}$")]
OfficeId = PersonId


def labels(names: Mapping[C, str]) -> JsonDict:
    """Chinese names of codes, for the form."""
    return {code.value: zh for code, zh in names.items()}


Basis = Annotated[
    str,
    Field(
        title="依据",
        min_length=1,
        max_length=2000,
        description="处置所依据的规定及事实",
        json_schema_extra={"clause": "LZ-12.27"},
    ),
]
"""No step without its basis (LZ-12.27): the steps after an approval rest on the approval."""


class Source(StrEnum):
    """Where an office has a clue from; petitions arrive from `intake`, by event."""

    OWN_FINDING = "own_finding"
    UNIT = "unit"
    SUPERIOR = "superior"
    OTHER_ORGAN = "other_organ"


SOURCE_ZH = {
    Source.OWN_FINDING: "日常监督发现",
    Source.UNIT: "综合监督单位移送",
    Source.SUPERIOR: "上级交办",
    Source.OTHER_ORGAN: "其他机关移送",
}


class UnitSource(StrEnum):
    """What a unit found a clue in (LZ-12.21)."""

    AUDIT = "audit"
    INSPECTION = "inspection"
    DAILY_WORK = "daily_work"
    COMPLAINT = "complaint"
    OTHER = "other"


UNIT_SOURCE_ZH = {
    UnitSource.AUDIT: "审计",
    UnitSource.INSPECTION: "检查、巡查",
    UnitSource.DAILY_WORK: "日常工作",
    UnitSource.COMPLAINT: "群众反映",
    UnitSource.OTHER: "其他",
}


class Recipient(StrEnum):
    """Where somebody may think of sending a clue; the acts accept the lawful one alone."""

    DISPATCHED_OFFICE = "dispatched_office"
    CASE_SUPERVISION = "case_supervision_office"
    LIAISON = "liaison_discipline_office"
    PETITION_OFFICE = "petition_office"
    INSPECTION = "inspection_office"


ANY_RECIPIENT_ZH = {
    Recipient.DISPATCHED_OFFICE: "派驻机构",
    Recipient.CASE_SUPERVISION: "案件监督管理室",
    Recipient.LIAISON: "对口联系的监督检查室",
    Recipient.PETITION_OFFICE: "信访室",
    Recipient.INSPECTION: "巡察办",
}


class ReferredPetition(PaperForm):
    """Filed by the reaction to a petition's referral (LZ-12.11): ids and codes only."""

    ZH = "提请线索处置函(接收)"
    EN = "clue referral, as received"

    petition_id: PersonId = Field(title="信访件编号")
    subject_ids: tuple[PersonId, ...] = Field((), title="被反映人(名册编号)", max_length=20)
    unit_id: str = Field("", title="所在单位", max_length=64)
    office_id: OfficeId = Field(title="派驻机构")
    liaison_office_id: str = Field("", title="对口联系的监督检查室", max_length=64)
    handler_id: str = Field("", title="承办人", max_length=64)
    class_code: str = Field(title="分类", max_length=64)
    referred_on: date = Field(title="提请日期")


class ClueRegisterEntry(PaperForm):
    ZH = "问题线索登记表"
    EN = "clue register entry"

    source: Source = Field(title="线索来源", json_schema_extra={"labels": labels(SOURCE_ZH)})
    source_no: str = Field("", title="来文编号", pattern=r"^[A-Za-z0-9_.:-]{0,64}$")
    found_on: date = Field(title="发现或收到日期")
    unit_id: OfficeId = Field(title="被反映人所在单位")
    subject_ids: tuple[PersonId, ...] = Field(title="被反映人(名册编号)", min_length=1, max_length=20)
    facts: str = Field(title="反映的主要问题", min_length=1, max_length=20000)


class UnitClueTransfer(PaperForm):
    ZH = "单位移送问题线索材料"
    EN = "unit clue transfer"
    PRINTED_AS = "unit_clue_transfer"

    recipient_role: Recipient = Field(
        Recipient.DISPATCHED_OFFICE,
        title="移送对象",
        json_schema_extra={"clause": "LZ-12.22", "labels": labels(ANY_RECIPIENT_ZH)},
    )
    source_code: UnitSource = Field(
        title="发现途径", json_schema_extra={"clause": "LZ-12.21", "labels": labels(UNIT_SOURCE_ZH)}
    )
    source_note: str = Field("", title="途径说明", max_length=500, description="发现途径为“其他”时必填")
    found_on: date = Field(title="发现日期")
    subject_ids: tuple[PersonId, ...] = Field(title="被反映人(名册编号)", min_length=1, max_length=20)
    facts: str = Field(title="反映的主要问题", min_length=1, max_length=20000)


class DispositionProposal(PaperForm):
    ZH = "问题线索处置审批单"
    EN = "clue approval form"
    PRINTED_AS = "clue_approval_form"

    disposition_code: Disposition = Field(
        title="拟处置方式", json_schema_extra={"clause": "LZ-12.19", "labels": labels(DISPOSITION_ZH)}
    )
    basis: Basis
    opinion: str = Field("", title="处置意见", max_length=5000)


class RecordRecipient(StrEnum):
    LIAISON = "liaison_discipline_office"
    CASE_SUPERVISION = "case_supervision_office"


RECIPIENT_ZH = {
    RecordRecipient.LIAISON: "对口联系的监督检查室",
    RecordRecipient.CASE_SUPERVISION: "案件监督管理室",
}


class RecordFiling(PaperForm):
    ZH = "线索处置备案表"
    EN = "clue record filing"
    PRINTED_AS = "clue_record_filing"

    recipient_role: RecordRecipient = Field(
        title="备案部门", json_schema_extra={"clause": "LZ-12.20", "labels": labels(RECIPIENT_ZH)}
    )
    remark: str = Field("", title="备注", max_length=2000)


class SubmissionProposal(PaperForm):
    ZH = "问题线索报送审批单"
    EN = "clue approval form (submission)"

    basis: Basis
    opinion: str = Field("", title="报送意见", max_length=5000)


class SubmissionForm(PaperForm):
    ZH = "问题线索报送件"
    EN = "clue submission form"
    PRINTED_AS = "clue_submission_form"

    recipient_role: Recipient = Field(
        Recipient.CASE_SUPERVISION, title="报送部门", json_schema_extra={"labels": labels(ANY_RECIPIENT_ZH)}
    )
    remark: str = Field("", title="备注", max_length=2000)


class InquiryLetterForm(PaperForm):
    ZH = "函询书"
    EN = "inquiry letter"
    PRINTED_AS = "inquiry_letter"

    subject_id: str = Field(
        "",
        title="被函询人(名册编号)",
        pattern=r"^[A-Za-z0-9_.:-]{0,64}$",
        description="只有一名被反映人时可留空",
    )
    questions: str = Field(title="函询问题", min_length=1, max_length=20000)
    copy_person_id: PersonId = Field(
        title="抄送(所在单位党组织主要负责人)", json_schema_extra={"clause": "LZ-13.9"}
    )
    issuer_office_id: str = Field(
        "",
        title="发函机构",
        max_length=64,
        description="留空即本派驻机构",
        json_schema_extra={"clause": "LZ-13.8"},
    )
    issued_on: date | None = Field(None, title="发函日期", description="留空即今日")


class TalkRecord(PaperForm):
    ZH = "谈话记录"
    EN = "talk record"

    subject_id: str = Field(
        "",
        title="被谈话人(名册编号)",
        pattern=r"^[A-Za-z0-9_.:-]{0,64}$",
        description="只有一名被反映人时可留空",
    )
    speaker_id: PersonId = Field(title="谈话人", json_schema_extra={"clause": "LZ-13.5"})
    accompanying_ids: tuple[PersonId, ...] = Field(
        (), title="陪同人员", max_length=5, json_schema_extra={"clause": "LZ-13.6"}
    )
    held_on: date | None = Field(None, title="谈话日期", description="留空即今日")
    content: str = Field(title="谈话内容", min_length=1, max_length=20000)


class ExplanationEntry(PaperForm):
    ZH = "谈话函询说明材料登记"
    EN = "explanation, as received"

    received_on: date | None = Field(None, title="收到日期", description="留空即今日")
    summary: str = Field("", title="说明摘要", max_length=5000)


class ClosingProposal(PaperForm):
    ZH = "线索了结审批单"
    EN = "closing approval form"

    outcome_code: Outcome = Field(
        title="了结情形", json_schema_extra={"clause": "LZ-14.8", "labels": labels(OUTCOME_ZH)}
    )
    basis: Basis
    opinion: str = Field("", title="了结意见", max_length=5000)


class DispositionReportForm(PaperForm):
    ZH = "了结(处理)报备件"
    EN = "disposition report"
    PRINTED_AS = "disposition_report"

    recipient_role: Recipient = Field(
        Recipient.LIAISON, title="报备部门", json_schema_extra={"labels": labels(ANY_RECIPIENT_ZH)}
    )
    remark: str = Field("", title="备注", max_length=2000)


class ClosingEntry(PaperForm):
    ZH = "线索了结登记"
    EN = "closing entry"

    remark: str = Field("", title="备注", max_length=2000)


class HandlingEntry(PaperForm):
    ZH = "线索处理登记"
    EN = "handling entry"

    remark: str = Field("", title="备注", max_length=2000)
