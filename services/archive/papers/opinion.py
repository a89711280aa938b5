"""Papers of an integrity opinion (papers.yaml: opinion_request_letter, opinion_reply)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from services.chassis.act import PaperForm

PersonId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:-]{1,64}$")]


class Purpose(StrEnum):
    """What an opinion is asked for. Who issues the other kinds is decided elsewhere (LZ-10.3, LZ-10.4)."""

    TO_SECTION_CHIEF = "promotion_to_section_chief"
    OTHER = "other"


PURPOSE_ZH = {Purpose.TO_SECTION_CHIEF: "副科级干部提任正科级", Purpose.OTHER: "其他"}


class OpinionRequestLetter(PaperForm):
    ZH: ClassVar[str] = "征求党风廉政意见函"
    EN: ClassVar[str] = "request for an integrity opinion"

    person_ids: tuple[PersonId, ...] = Field(
        title="征求意见对象(名册编号)", min_length=1, max_length=50, json_schema_extra={"clause": "LZ-10.2"}
    )
    purpose_code: Purpose = Field(
        title="出具目的",
        json_schema_extra={"clause": "LZ-10.2", "labels": {k.value: v for k, v in PURPOSE_ZH.items()}},
    )
    purpose: str = Field("", title="目的说明", max_length=2000)
    basics: str = Field(
        title="基本情况", min_length=1, max_length=20000, json_schema_extra={"clause": "LZ-10.2"}
    )


class EvidenceNote(PaperForm):
    """Filed by the reaction to the search: that there was one, and when. What it found is for the head alone."""

    ZH: ClassVar[str] = "线索核查回执"
    EN: ClassVar[str] = "search of the clue ledger, made"

    person_id: PersonId = Field(title="核查对象(名册编号)")
    searched_on: date = Field(title="核查日期")


class OpinionReply(PaperForm):
    ZH: ClassVar[str] = "党风廉政意见回复"
    EN: ClassVar[str] = "integrity opinion, in reply"

    opinion: str = Field(title="回复意见", min_length=1, max_length=20000)
