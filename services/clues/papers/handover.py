"""Papers of clues that inspection handed over or found: what the event says, ids and dates only."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.act import PaperForm
from services.clues.papers.clue import OfficeId, PersonId


class HandedOverClue(PaperForm):
    ZH = "巡察移交线索(接收)"
    EN = "clue handed over by inspection, as received"

    handover_id: PersonId = Field(title="移交编号")
    round_id: PersonId = Field(title="巡察轮次编号")
    subject_ids: tuple[PersonId, ...] = Field(title="被反映人(名册编号)", max_length=20)
    unit_id: OfficeId = Field(title="被巡察单位")
    office_id: OfficeId = Field(title="派驻机构")
    handed_on: date = Field(title="移交日期")


class FoundClue(PaperForm):
    """A clue that a screening of judicial cases found (GL-1.24)."""

    ZH = "改判抗诉案件排查发现线索"
    EN = "clue found by a screening of judicial cases"

    finding_id: PersonId = Field(title="排查编号")
    subject_ids: tuple[PersonId, ...] = Field(title="被反映人(名册编号)", max_length=20)
    unit_id: OfficeId = Field(title="单位")
    office_id: OfficeId = Field(title="派驻机构")
    found_on: date = Field(title="发现日期")
