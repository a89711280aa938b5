"""Paper of a handover (papers.yaml: transfer_catalogue, handover_sheet)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from services.chassis.act import PaperForm

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:-]{1,64}$")]


class ClueHandoverSheet(PaperForm):
    ZH = "巡察问题线索移交单"
    EN = "clue handover sheet"

    round_id: Id = Field(title="巡察轮次编号")
    clue_no: Id = Field(title="线索编号（本轮内）", json_schema_extra={"clause": "XC-37.1b"})
    unit_id: Id = Field(title="被巡察单位")
    office_id: Id = Field(
        title="接收机构", description="一单一个接收机构", json_schema_extra={"clause": "XC-37.2a"}
    )
    subject_ids: tuple[Id, ...] = Field(title="被反映人（名册编号）", min_length=1, max_length=20)
    handed_on: date = Field(title="移交日期")
    summary: str = Field(title="主要问题", min_length=1, max_length=20000)
