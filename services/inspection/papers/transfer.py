"""Papers of what inspection passes on, and of what the receivers answer."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from services.chassis.act import PaperForm
from services.inspection.domain.transfer import RECEIVER_ZH, TRANSFER_ROUTE_ZH, Receiver, TransferRoute
from services.inspection.papers.handover import Id

IdOrNone = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:-]{0,64}$")]


class ClueTransferSheet(PaperForm):
    ZH = "问题线索移交登记表"
    EN = "clue transfer sheet"

    round_id: Id = Field(title="巡察轮次编号")
    found_no: Id = Field(title="线索编号(本轮内)")
    batch_id: Id = Field(title="移交批次编号")
    route: TransferRoute = Field(
        title="移交方式",
        json_schema_extra={
            "clause": "XC-37.3b",
            "labels": {k.value: v for k, v in TRANSFER_ROUTE_ZH.items()},
        },
    )
    receiver: Receiver = Field(
        title="接收单位", json_schema_extra={"labels": {k.value: v for k, v in RECEIVER_ZH.items()}}
    )
    form_id: IdOrNone = Field("", title="移交审批表编号", description="巡察结束后移交的必填")
    handover_sheet_id: IdOrNone = Field("", title="交接单编号", description="巡察结束后移交的必填")
    consent_ref: IdOrNone = Field("", title="领导小组同意文号", description="立行立改、立查立处的必填")
    found_clue_id: IdOrNone = Field(
        "",
        title="巡察发现线索",
        description="在本系统登记的线索填写",
        json_schema_extra={"clause": "XC-25.0c"},
    )
    unit_id: Id = Field(title="被巡察单位")
    subject_ids: tuple[Id, ...] = Field(title="被反映人(名册编号)", min_length=1, max_length=20)
    transferred_on: date = Field(title="移交日期")
    summary: str = Field(title="主要问题", min_length=1, max_length=20000)


class ReceiversRegistration(PaperForm):
    """Filed by the reaction to the receiver's event."""

    ZH = "接收单位登记回执"
    EN = "registration at the receiver's"

    receiver_no: Id = Field(title="接收单位编号")
    registered_on: date = Field(title="登记日期")


class ReceiversProgress(PaperForm):
    """Filed by the reaction to the receiver's event."""

    ZH = "接收单位办理进展"
    EN = "progress at the receiver's"

    stage: Id = Field(title="办理环节")
    reported_on: date = Field(title="反馈日期")


class ReceiversConclusion(PaperForm):
    """Filed by the reaction to the receiver's event."""

    ZH = "接收单位办理结果"
    EN = "conclusion at the receiver's"

    result_code: Id = Field(title="办理结果")
    concluded_on: date = Field(title="办结日期")


class ReceiversPublication(PaperForm):
    """Filed by the reaction to the receiver's event."""

    ZH = "通报曝光回执"
    EN = "result made public by the receiver"

    publicised_on: date = Field(title="通报曝光日期")
    channels: tuple[Id, ...] = Field(title="通报曝光方式", max_length=20)


class PetitionReferralForm(PaperForm):
    ZH = "信访件移交登记表"
    EN = "referral of petitions"

    round_id: Id = Field(title="巡察轮次编号")
    petition_serials: tuple[Id, ...] = Field(
        title="信访台账序号", min_length=1, max_length=500, json_schema_extra={"clause": "XC-39.0c"}
    )
    referral_form_ids: tuple[Id, ...] = Field(title="转办单编号", min_length=1, max_length=500)
    referred_on: date = Field(title="移交日期")


class ReferralReceiptNote(PaperForm):
    """Filed by the reaction to the petition office's receipt."""

    ZH = "信访室签收回执"
    EN = "receipt of the petition office"

    received_on: date = Field(title="签收日期")
    intake_nos: tuple[Id, ...] = Field(title="受理编号", max_length=500)
