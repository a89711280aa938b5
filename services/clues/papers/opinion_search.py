"""Papers of a search of the clue ledger for an integrity opinion (LZ-10.5)."""

from __future__ import annotations

from pydantic import Field

from services.chassis.act import PaperForm
from services.clues.papers.clue import OfficeId, PersonId


class OpinionSearchWanted(PaperForm):
    """Filed by the reaction to archive's event: ids only."""

    ZH = "线索核查(接收)"
    EN = "search wanted, as received"

    request_id: PersonId = Field(title="征求意见编号")
    person_id: PersonId = Field(title="核查对象(名册编号)")
    office_id: OfficeId = Field(title="派驻机构")
    unit_id: OfficeId = Field(title="所在单位")


class OpinionSearchRecord(PaperForm):
    ZH = "线索核查结果"
    EN = "opinion evidence"
    PRINTED_AS = "opinion_evidence"

    remark: str = Field("", title="备注", max_length=2000)
