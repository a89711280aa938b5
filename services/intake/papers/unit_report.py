"""The paper of a unit's periodic list, and of its reconciliation with the register (LL-2.8)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from services.chassis.act import PaperForm


class Received(StrEnum):
    """What a unit received."""

    PETITION = "petition"
    CLUE = "clue"


class ReportedReceipt(BaseModel):
    """One petition or clue that the unit received."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    kind: Received = Field(
        Received.PETITION,
        title="类别",
        json_schema_extra={"labels": {"petition": "信访件", "clue": "问题线索"}},
    )
    received_on: date = Field(title="单位收件日期")
    petitioner: str = Field("", title="反映人（公开通报中不得填写）", max_length=100)


class UnitPetitionReport(PaperForm):
    ZH = "单位信访情况通报表"
    EN = "unit's list of petitions received"

    period_from: date = Field(title="通报期起")
    period_to: date = Field(title="通报期止")
    open_notice: bool = Field(True, title="公开通报")
    entries: tuple[ReportedReceipt, ...] = Field((), title="收到的信访件和问题线索", max_length=200)
    remark: str = Field("", title="备注", max_length=2000)


class Reconciliation(PaperForm):
    ZH = "通报核对记录"
    EN = "record of the reconciliation"

    remark: str = Field("", title="备注", max_length=2000)
