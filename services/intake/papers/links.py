"""The papers by which a clerk links two petitions, or takes a link back (LZ-12.6)."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from services.chassis.act import PaperForm
from services.intake.papers.petition import Number


class Linked(StrEnum):
    """How two petitions belong together."""

    DUPLICATE = "duplicate"
    REPEAT = "repeat"
    SUPPLEMENT = "supplement"
    RELATED = "related"


LINKED_ZH = {
    Linked.DUPLICATE: "重复件（同一信件）",
    Linked.REPEAT: "重复举报（同一反映人再次反映）",
    Linked.SUPPLEMENT: "补充材料",
    Linked.RELATED: "同一对象或同一事项",
}


class PetitionLinkEntry(PaperForm):
    ZH = "信访件关联登记"
    EN = "link of two petitions"

    other: Number = Field(title="关联信访件（编号或标识）", json_schema_extra={"clause": "LZ-12.6"})
    relation: Linked = Field(
        title="关联性质", json_schema_extra={"labels": {code.value: zh for code, zh in LINKED_ZH.items()}}
    )
    reason: str = Field(title="关联理由", min_length=1, max_length=2000, json_schema_extra={"reason": True})


class PetitionUnlinkEntry(PaperForm):
    ZH = "取消信访件关联"
    EN = "end of a link"

    other: Number = Field(title="关联信访件（编号或标识）", json_schema_extra={"clause": "LZ-12.6"})
    reason: str = Field(title="取消理由", min_length=1, max_length=2000, json_schema_extra={"reason": True})
