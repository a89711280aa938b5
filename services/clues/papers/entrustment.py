"""Paper of an entrusted talk (LZ-13.7)."""

from __future__ import annotations

from pydantic import Field

from services.chassis.act import PaperForm
from services.clues.papers.clue import PersonId


class EntrustmentApproval(PaperForm):
    ZH = "委托谈话审批"
    EN = "entrustment approval"
    PRINTED_AS = "entrustment_approval"

    entrusted_id: PersonId = Field(
        title="受委托人(所在单位党组织主要负责人)", json_schema_extra={"clause": "LZ-13.7"}
    )
    reason: str = Field(title="委托理由", min_length=1, max_length=2000, json_schema_extra={"reason": True})
