"""Papers of what an inspection team refers to the petition office (XC-39.0d)."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.act import PaperForm
from services.intake.domain.petition_class import PetitionClass
from services.intake.papers.petition import OfficeId, PersonId
from services.intake.papers.petitioner import Petitioner


class ReferralNotice(PaperForm):
    """Filed by the reaction to the team's hand-off."""

    ZH = "信访件移交单"
    EN = "petition referral form"

    batch_ref: PersonId = Field(title="移交批次")
    serials: tuple[PersonId, ...] = Field(title="信访件序号", min_length=1)
    referral_form_ids: tuple[PersonId, ...] = Field((), title="移交单编号")
    referred_on: date = Field(title="移交日期")


class ReferredEntry(PaperForm):
    ZH = "巡察移交件登记表"
    EN = "register entry of a referred petition"

    batch_id: PersonId = Field(title="移交批次编号", json_schema_extra={"clause": "XC-39.0d"})
    serial: PersonId = Field(title="批次内序号", json_schema_extra={"clause": "XC-39.0d"})
    received_on: date = Field(title="收件日期", description="信访室收到之日")
    unit_id: str = Field("", title="被反映人所在单位", max_length=64, pattern=r"^[A-Za-z0-9_.:-]*$")
    subject_ids: tuple[PersonId, ...] = Field((), title="被反映人（名册编号）", max_length=20)
    subject_names: tuple[str, ...] = Field((), title="被反映人（名册外）", max_length=20)
    petitioners: tuple[Petitioner, ...] = Field(
        (), title="反映人", max_length=20, description="另存于身份库，调阅须两人审批；匿名则留空"
    )
    summary: str = Field(title="反映问题摘要", min_length=1, max_length=20000)
    class_code: PetitionClass = Field(title="分类", json_schema_extra={"clause": "LZ-12.2"})

    def filed(self) -> dict[str, object]:
        """Without the petitioners: they go to the vault."""
        return self.model_dump(mode="json", exclude={"petitioners"})


class ReferralReceipt(PaperForm):
    ZH = "移交件签收单"
    EN = "receipt of a referred batch"

    received_on: date = Field(title="签收日期")
    remark: str = Field("", title="备注", max_length=2000)


class Assignment(PaperForm):
    ZH = "信访件交办单"
    EN = "assignment to a dispatched office"

    office_id: OfficeId = Field(title="承办派驻机构")
    remark: str = Field("", title="备注", max_length=2000)
