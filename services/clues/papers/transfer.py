"""Papers of clues that an inspection transferred to the receiver's register."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.act import PaperForm
from services.clues.domain.transfer import (
    CHANNEL_ZH,
    CONCLUSION_ZH,
    STAGE_ZH,
    Channel,
    Conclusion,
    Receiver,
    Stage,
    TransferRoute,
)
from services.clues.papers.clue import OfficeId, PersonId, labels


class TransferReceived(PaperForm):
    """Filed by the reaction to inspection's event: ids, codes and dates only."""

    ZH = "巡察移交问题线索(接收)"
    EN = "clue transferred by inspection, as received"

    clue_no: PersonId = Field(title="巡察线索编号")
    batch_id: PersonId = Field(title="移交批次编号")
    route: TransferRoute = Field(title="移交方式")
    receiver: Receiver = Field(title="接收单位")
    form_ref: PersonId = Field(title="审批表或同意文号")
    handover_sheet_id: str = Field("", title="交接单编号", max_length=64)
    office_id: OfficeId = Field(title="接收部门")
    unit_id: OfficeId = Field(title="被巡察单位")
    subject_ids: tuple[PersonId, ...] = Field((), title="被反映人(名册编号)", max_length=20)
    transferred_on: date = Field(title="移交日期")


class TransferAssignment(PaperForm):
    ZH = "移交线索交办单"
    EN = "assignment of a transferred clue"

    office_id: OfficeId = Field(
        title="承办派驻机构", description="监督该单位的派驻机构", json_schema_extra={"clause": "XC-37.4d"}
    )
    remark: str = Field("", title="交办意见", max_length=2000)


class TransferProgress(PaperForm):
    ZH = "移交线索办理进展"
    EN = "progress of a transferred clue"

    stage: Stage = Field(
        title="办理环节", json_schema_extra={"clause": "XC-37.4d", "labels": labels(STAGE_ZH)}
    )
    remark: str = Field("", title="备注", max_length=2000)


class TransferConclusion(PaperForm):
    ZH = "移交线索办结登记"
    EN = "conclusion of a transferred clue"

    result_code: Conclusion = Field(
        title="办理结果", json_schema_extra={"clause": "XC-37.4d", "labels": labels(CONCLUSION_ZH)}
    )
    result: str = Field(title="办理情况", min_length=1, max_length=20000)


class ClueMoved(PaperForm):
    """Filed by the service with each change of state of the clue that was opened for it."""

    ZH = "移交线索办理进展(承办机构)"
    EN = "progress at the handling office"

    clue_id: PersonId = Field(title="问题线索")
    stage: str = Field(title="线索状态", pattern=r"^[a-z_]{1,64}$", examples=["verification"])
    result_code: str = Field("", title="办理结果", pattern=r"^[a-z_]{0,64}$")


class Publication(PaperForm):
    ZH = "通报曝光登记"
    EN = "publication of a result"

    publicised_on: date = Field(title="通报曝光日期", json_schema_extra={"clause": "XC-26.0d"})
    channels: tuple[Channel, ...] = Field(
        title="通报曝光方式", min_length=1, max_length=4, json_schema_extra={"labels": labels(CHANNEL_ZH)}
    )
