"""Papers of a petition that a unit receives and passes on to the dispatched office (LZ-12.5, LL-2.17, LL-4.5)."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.act import PaperForm
from services.intake.domain.petition_class import PetitionClass
from services.intake.papers.petition import PersonId


class UnitReceipt(PaperForm):
    ZH = "单位收件登记"
    EN = "receipt of a petition by a unit"

    unit_received_on: date = Field(title="单位收件日期", json_schema_extra={"clause": "LZ-12.5"})
    subject_ids: tuple[PersonId, ...] = Field((), title="被反映人（名册编号）", max_length=20)
    remark: str = Field("", title="备注", max_length=2000)


class PetitionTransferLetter(PaperForm):
    ZH = "信访移送函"
    EN = "petition transfer letter"
    PRINTED_AS = "petition_transfer_letter"

    original: bool = Field(True, title="移送原件", json_schema_extra={"clause": "LL-2.17"})
    copy_reason: str = Field(
        "", title="只移送复印件的理由", max_length=2000, json_schema_extra={"clause": "LL-2.17"}
    )
    remark: str = Field("", title="备注", max_length=2000)


class TransferredEntry(PaperForm):
    """The office's register entry of what a unit passed on; what the unit said already is not asked again."""

    ZH = "移送件登记表"
    EN = "register entry of a transferred petition"

    received_on: date = Field(title="收件日期", description="派驻机构收到之日")
    subject_ids: tuple[PersonId, ...] = Field((), title="被反映人（名册编号）", max_length=20)
    subject_names: tuple[str, ...] = Field((), title="被反映人（名册外）", max_length=20)
    summary: str = Field(title="反映问题摘要", min_length=1, max_length=20000)
    class_code: PetitionClass | None = Field(
        None, title="分类", description="可在登记后另行分类", json_schema_extra={"clause": "LZ-12.2"}
    )
