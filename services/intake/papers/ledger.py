"""The paper of an imported petition: its ledger row, as `LedgerRow.as_json` of the reading side spells it."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from services.chassis.act import PaperForm
from services.intake.domain.ledger.rows import DEFAULT_ROW_LIMITS as LIMITS
from services.intake.domain.ledger.rows import LedgerRow
from services.intake.domain.ledger.values import Channel, Names

MOST_ROWS = 200
"""Rows of one batch."""

Name = Annotated[str, Field(min_length=1, max_length=LIMITS.name_chars)]


class LedgerEntry(PaperForm):
    """One row. `row` is its number in the file; `occurrence` counts equal rows without a number, from 1."""

    ZH = "台账登记"
    EN = "ledger entry"

    row: int = Field(title="台账行号", ge=1, le=2**31 - 1)
    occurrence: int = Field(0, title="同内容行序次", ge=0, le=2**31 - 1)
    ledger_no: str | None = Field(None, title="台账编号", min_length=1, max_length=LIMITS.name_chars)
    year: int = Field(title="台账年度", ge=1949, le=2200)
    received_on: date = Field(title="收件日期", ge=LIMITS.earliest, le=LIMITS.latest)
    channel: Channel | None = Field(None, title="信访方式")
    reporters: tuple[Name, ...] = Field((), title="举报人", max_length=LIMITS.names)
    reporters_and_others: bool = Field(False, title="举报人另有他人")
    anonymous: bool = Field(False, title="匿名")
    subjects: tuple[Name, ...] = Field((), title="被反映人", max_length=LIMITS.names)
    subjects_and_others: bool = Field(False, title="被反映人另有他人")
    subject_unit: str | None = Field(None, title="单位", max_length=LIMITS.text_chars)
    subject_post: str | None = Field(None, title="职务", max_length=LIMITS.text_chars)
    summary: str = Field(title="反映问题", min_length=1, max_length=LIMITS.summary_chars)
    disposition: str | None = Field(None, title="办理情况", max_length=LIMITS.text_chars)
    closed: bool = Field(False, title="已办结")
    closed_on: date | None = Field(None, title="办结日期", ge=LIMITS.earliest, le=LIMITS.latest)
    handler: str | None = Field(None, title="经办人", max_length=LIMITS.text_chars)
    remark: str | None = Field(None, title="备注", max_length=LIMITS.text_chars)

    def filed(self) -> dict[str, Any]:
        """Without the petitioners: they go to the vault."""
        return self.model_dump(mode="json", exclude={"reporters"})

    @cached_property
    def ledger_row(self) -> LedgerRow:
        """The row that this paper was made of; its key and digest are computed here again, never believed."""
        return LedgerRow(
            number=self.row,
            ledger_no=self.ledger_no,
            year=self.year,
            received_on=self.received_on,
            channel=self.channel,
            reporters=Names(self.reporters, self.reporters_and_others, self.anonymous),
            subjects=Names(self.subjects, self.subjects_and_others, anonymous=not self.subjects),
            subject_unit=self.subject_unit,
            subject_post=self.subject_post,
            summary=self.summary,
            disposition=self.disposition,
            closed=self.closed,
            closed_on=self.closed_on,
            handler=self.handler,
            remark=self.remark,
        )

    @cached_property
    def content(self) -> bytes:
        """SHA-256 of what the row says, wherever it stands."""
        return self.ledger_row.content_digest()


class LedgerFile(BaseModel):
    """Where a batch comes from: the SHA-256 of the file, and the year that the whole ledger belongs to."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    digest: str = Field(pattern=r"^[0-9a-f]{64}$")
    year: int | None = Field(None, ge=1949, le=2200)
