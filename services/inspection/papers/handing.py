"""Papers of the hand-over at a round's end: approval form and handover sheet of clues, other problems (37, 38)."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.act import PaperForm
from services.inspection.domain.handing_codes import (
    FORM_HOLDER_ZH,
    HANDOVER_MODE_ZH,
    FormHolder,
    HandoverMode,
)
from services.inspection.domain.transfer import RECEIVER_ZH, Receiver
from services.inspection.papers.fields import Id, IdOrEmpty, Line, Number, of


class CatalogueLine(Line):
    found_clue_id: Id = Field(title="巡察发现线索")
    item: str = Field(title="材料名称", min_length=1, max_length=500)
    pages: int = Field(title="页数", ge=1, le=100000)


class TransferApprovalForm(PaperForm):
    ZH = "巡察问题线索移交审批表"
    EN = "approval form for the transfer of clues"
    PRINTED_AS = "transfer_approval_form"

    engagement_id: Id = Field(title="巡察任务")
    receivers: tuple[Receiver, ...] = Field(
        title="接收单位",
        description="一表一个接收单位",
        min_length=1,
        max_length=2,
        json_schema_extra=of("XC-37.2a", RECEIVER_ZH),
    )
    found_clue_ids: tuple[Id, ...] = Field(title="移交线索", min_length=1, max_length=100)
    catalogue: tuple[CatalogueLine, ...] = Field(
        (), title="移交材料目录", max_length=1000, json_schema_extra=of("XC-37.1b")
    )


class FormSubmission(PaperForm):
    ZH = "移交审批表送审"
    EN = "approval form sent for signature"

    remark: str = Field("", title="备注", max_length=2000)


class HandoverAppointment(PaperForm):
    ZH = "当面移交约定"
    EN = "appointment for the hand-over"

    mode: HandoverMode = Field(title="移交方式", json_schema_extra=of("XC-37.3a", HANDOVER_MODE_ZH))
    receiving_office_id: Id = Field(title="接收机构", json_schema_extra=of("XC-37.3a"))
    meet_on: date = Field(title="移交日期")
    place: str = Field(title="移交地点", min_length=1, max_length=500)


class SheetSignature(PaperForm):
    ZH = "移交材料交接单签字"
    EN = "signature on the handover sheet"

    confirmed: bool = Field(title="已当面清点确认", json_schema_extra=of("XC-37.3b"))


class HandoverSheet(PaperForm):
    ZH = "巡察组移交材料交接单"
    EN = "handover sheet of the clues' material"
    PRINTED_AS = "handover_sheet"

    handed_on: date = Field(title="移交日期")
    receiver_signed_by: IdOrEmpty = Field("", title="接收单位分管领导签字", json_schema_extra=of("XC-37.3c"))
    copies: tuple[FormHolder, ...] = Field(
        (), title="审批表留存", max_length=10, json_schema_extra=of("XC-37.3c", FORM_HOLDER_ZH)
    )


class FinalTransfer(PaperForm):
    """Filed by the hand-over for each of its clues."""

    ZH = "问题线索移交登记"
    EN = "a clue handed over"

    found_clue_id: Id = Field(title="巡察发现线索")
    form_id: Id = Field(title="移交审批表编号")
    handover_sheet_id: Id = Field(title="交接单编号")


class OtherIssueTransfer(PaperForm):
    ZH = "其他问题移交函"
    EN = "transfer of another problem"
    PRINTED_AS = "other_issue_transfer"

    round_id: Id = Field(title="巡察轮次")
    issue_id: Id = Field(title="巡察发现问题")
    department_id: Id = Field(title="职能部门")
    secretary_meeting_ref: Number = Field("", title="书记专题会议纪要文号", json_schema_extra=of("XC-38.0a"))
    concerns_leading_cadre: bool = Field(
        False, title="反映领导干部问题线索", json_schema_extra=of("XC-38.0a")
    )
    matter_transferred: str = Field(title="移交事项", min_length=1, max_length=20000)


class DepartmentAnswer(PaperForm):
    ZH = "职能部门回复"
    EN = "answer of the department"

    replied_on: date = Field(title="回复日期")
    outcome: str = Field(title="处理情况", min_length=1, max_length=20000)
