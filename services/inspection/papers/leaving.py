"""Papers of what leaves a round: files of clues, the office's ledger, slips of petitions (steps 37 and 39)."""

from __future__ import annotations

from pydantic import Field

from services.chassis.act import PaperForm
from services.inspection.domain.leaving_codes import REGISTER_STATE_ZH, RegisterState
from services.inspection.papers.fields import Id, IdOrEmpty, Number, of


class ClueFile(PaperForm):
    ZH = "问题线索材料卷"
    EN = "file of a clue"
    PRINTED_AS = "clue_file"

    source: str = Field("", title="线索来源", max_length=2000, json_schema_extra=of("XC-37.1a"))
    main_issue: str = Field(
        title="主要问题", min_length=1, max_length=20000, json_schema_extra=of("XC-37.1a")
    )
    what_was_learned: str = Field(
        title="巡察了解情况", min_length=1, max_length=20000, json_schema_extra=of("XC-37.1a")
    )


class LedgerLine(PaperForm):
    """Filed when a clue comes to the office's knowledge, and when it moves on."""

    ZH = "问题线索台账登记"
    EN = "line of the clue ledger"

    found_clue_id: IdOrEmpty = Field("", title="巡察发现线索")
    transfer_id: IdOrEmpty = Field("", title="移交记录")


class Reconciliation(PaperForm):
    ZH = "问题线索对账"
    EN = "reconciliation with the receiver"

    register_state: RegisterState = Field(
        title="接收单位台账情况", json_schema_extra=of("XC-37.4b", REGISTER_STATE_ZH)
    )
    remark: str = Field("", title="备注", max_length=2000)


class Settlement(PaperForm):
    ZH = "对账差异处理"
    EN = "a difference settled"

    explanation: str = Field(
        title="处理情况", min_length=1, max_length=5000, json_schema_extra=of("XC-37.4b")
    )


class StrikingOff(PaperForm):
    ZH = "问题线索销账"
    EN = "entry closed"

    remark: str = Field("", title="备注", max_length=2000)


class PetitionSlip(PaperForm):
    ZH = "巡察信访举报材料转办单"
    EN = "referral slip of a petition"
    PRINTED_AS = "petition_referral_form"

    engagement_id: Id = Field(title="巡察任务")
    petition_serial: Id = Field(title="信访台账序号")
    within_inspection_scope: bool = Field(False, title="属于巡察受理范围", json_schema_extra=of("XC-39.0a"))
    within_unit_jurisdiction: bool = Field(
        False, title="属于被巡察单位管辖", json_schema_extra=of("XC-39.0a")
    )
    reason_out_of_scope: str = Field(
        "", title="不属于巡察受理范围的理由", max_length=2000, json_schema_extra=of("XC-39.0a")
    )
    reason_not_unit_jurisdiction: str = Field(
        "", title="不属于被巡察单位管辖的理由", max_length=2000, json_schema_extra=of("XC-39.0a")
    )


class SlipDispatch(PaperForm):
    ZH = "转办单送巡察办"
    EN = "slip sent to the office"

    remark: str = Field("", title="备注", max_length=2000)


class SlipNote(PaperForm):
    """Filed by the batch in which the slip goes."""

    ZH = "转办单移交登记"
    EN = "slip passed on"

    batch_no: Number = Field(title="移交批次编号")
