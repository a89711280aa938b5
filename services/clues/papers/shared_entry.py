"""Papers of the shared ledgers on a suspected breach: what is taken up, and how it stands (HS-1.12)."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from services.chassis.act import PaperForm
from services.clues.papers.clue import UNIT_SOURCE_ZH, PersonId, UnitSource, labels


class SuspectedBreach(PaperForm):
    """All of it goes to the clue; what is filed with the entry is that there is one."""

    ZH = "涉嫌违规违纪违法问题列入会商台账"
    EN = "suspected breach taken up in the shared ledgers"

    unit_id: str = Field(
        "",
        title="所在单位",
        pattern=r"^[A-Za-z0-9_.:-]{0,64}$",
        description="派驻机构填写；单位填报的留空",
    )
    source_code: UnitSource = Field(title="发现途径", json_schema_extra={"labels": labels(UNIT_SOURCE_ZH)})
    source_note: str = Field("", title="途径说明", max_length=500, description="发现途径为“其他”时必填")
    found_on: date = Field(title="发现日期")
    subject_ids: tuple[PersonId, ...] = Field(title="被反映人(名册编号)", min_length=1, max_length=20)
    facts: str = Field(title="反映的主要问题", min_length=1, max_length=20000)

    def filed(self) -> dict[str, Any]:
        return {"subject_code": "K11"}


class SharedEntryNote(PaperForm):
    """How the entry stands. Whom it is about and what is said of them has no place in a ledger that the unit reads."""

    ZH = "会商台账进展登记"
    EN = "how an entry of the shared ledgers stands"

    progress: str = Field(title="工作进展", min_length=1, max_length=2000)
    subject_ids: tuple[PersonId, ...] = Field(
        (),
        title="涉及人员(名册编号)",
        max_length=20,
        description="涉嫌违规违纪违法问题不得填写",
        json_schema_extra={"clause": "HS-1.12"},
    )
    facts: str = Field(
        "",
        title="具体问题",
        max_length=20000,
        description="涉嫌违规违纪违法问题不得填写",
        json_schema_extra={"clause": "HS-1.12"},
    )
