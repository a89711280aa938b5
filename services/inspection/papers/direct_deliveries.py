"""Papers of direct delivery: the leader's slip, its registration, the way through the office (step 13.2)."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.act import PaperForm
from services.inspection.domain.petition_codes import (
    DIRECT_MATERIAL_ZH,
    SUBJECT_POST_ZH,
    DirectMaterial,
    SubjectPost,
)
from services.inspection.papers.fields import Id, IdOrEmpty, of


class DirectSlip(PaperForm):
    ZH = "巡察径送件呈报单"
    EN = "submission slip for a direct-delivery item"
    PRINTED_AS = "direct_delivery_form"

    engagement_id: Id = Field(title="巡察任务")
    scope_category: SubjectPost = Field(title="径送范围", json_schema_extra=of("XC-13.2b", SUBJECT_POST_ZH))
    target_of_round: bool = Field(False, title="属本轮巡察对象")
    material_type: DirectMaterial = Field(
        title="材料类别", json_schema_extra=of("XC-13.2h", DIRECT_MATERIAL_ZH)
    )
    source_no: IdOrEmpty = Field(
        "",
        title="径送件登记号或谈话记录",
        description="其他材料不填",
        json_schema_extra=of("XC-13.1b"),
    )
    subject_ids: tuple[Id, ...] = Field((), title="被反映人(名册编号)", max_length=30)
    page_count: int = Field(title="页数", ge=1, le=100000)
    addressee_id: Id = Field(title="接收领导", json_schema_extra=of("XC-13.2d"))
    designated_id: Id = Field(title="指定登记人", json_schema_extra=of("XC-13.2c"))


class SlipRegistration(PaperForm):
    ZH = "径送件登记"
    EN = "registration of a slip"

    registered_on: date = Field(title="登记日期", json_schema_extra=of("XC-13.2c"))


class RegistrarChange(PaperForm):
    ZH = "改派登记人"
    EN = "somebody else registers the slip"

    designated_id: Id = Field(title="指定登记人", json_schema_extra=of("XC-13.2c"))


class SealedHandover(PaperForm):
    ZH = "密封送交巡察办"
    EN = "handed to the office, sealed"

    seal_no: Id = Field(title="密封号", json_schema_extra=of("XC-13.2d"))
    carrier_id: Id = Field(title="巡察办转送人", json_schema_extra=of("XC-13.2d"))
    handed_on: date = Field(title="交接日期")


class SealedReceipt(PaperForm):
    ZH = "径送件签收"
    EN = "receipt of a sealed item"

    received_on: date = Field(title="签收日期", json_schema_extra=of("XC-13.2d"))
    seal_intact: bool = Field(title="密封完好")


class DeliveryNote(PaperForm):
    """Filed by the receipt."""

    ZH = "径送件已送达"
    EN = "the item was delivered"

    delivered_on: date = Field(title="送达日期")
