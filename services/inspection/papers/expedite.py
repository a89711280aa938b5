"""Papers of clues that are not kept until the round is over (steps 25 and 26)."""

from __future__ import annotations

from pydantic import Field

from services.chassis.act import PaperForm
from services.inspection.domain.expedite import MATTER_OF_CLUE_ZH, ClueMatter
from services.inspection.papers.fields import of


class RectifyProposal(PaperForm):
    ZH = "立行立改处置建议"
    EN = "proposal to rectify at once"

    matter_code: ClueMatter = Field(title="问题类别", json_schema_extra=of("XC-25.0b", MATTER_OF_CLUE_ZH))
    opinion: str = Field(title="处置建议", min_length=1, max_length=20000)


class InvestigationProposal(PaperForm):
    ZH = "审查建议"
    EN = "proposal to investigate at once"
    PRINTED_AS = "investigation_proposal"

    urgency: str = Field(title="紧急情况", min_length=1, max_length=5000, json_schema_extra=of("XC-26.0a"))
    necessity: str = Field(title="必要性", min_length=1, max_length=5000, json_schema_extra=of("XC-26.0a"))


class GroupConsent(PaperForm):
    ZH = "领导小组意见"
    EN = "the leading group's consent"

    opinion: str = Field("", title="意见", max_length=5000)


class GroupRefusal(PaperForm):
    ZH = "领导小组不同意"
    EN = "the leading group refuses"

    reason: str = Field(
        title="理由",
        min_length=1,
        max_length=5000,
        json_schema_extra={"clause": "XC-25.0c", "reason": True},
    )


class LeavingNote(PaperForm):
    ZH = "线索移交登记"
    EN = "the clue has left"

    transfer_id: str = Field(title="移交记录", max_length=64)
