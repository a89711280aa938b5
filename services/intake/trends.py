"""Petitions over time: by channel and by class, on the day of receipt."""

from __future__ import annotations

from services.chassis.figures import Source, Unit
from services.chassis.trends import Line, Trend, TrendBook
from services.intake.domain.petition_class import ZH as CLASS_ZH
from services.intake.domain.petition_class import PetitionClass
from services.intake.domain.ways_in import CHANNEL_ZH, INSPECTION, Channel
from services.intake.storage import Petition

READERS = frozenset(
    {
        "dispatched_office_head", "liaison_discipline_office", "case_supervision_office", "petition_office_head",
        "commission_leader",
    }
)  # fmt: skip
"""Heads of offices, and the district commission: who asks for figures. Each counts what they may know of."""
RULE = (
    "按收件日期计件，重复件、由台账导入的件计入；未分类的件不计",
    "by the day of receipt; repeated and imported ones count, unclassed ones do not",
)
_CHANNEL_EN = {
    Channel.LETTER: "letter",
    Channel.VISIT: "visit",
    Channel.CALL: "call",
    Channel.ONLINE: "online",
    Channel.UNIT_TRANSFER: "passed on by a unit",
    Channel.SUPERIOR: "assigned from above",
}
_CLASS_EN = {
    PetitionClass.UNIT_TEAM: "leadership of supervised units",
    PetitionClass.DISTRICT_MANAGED: "other district-managed cadres",
    PetitionClass.OFFICE_HEAD: "head of the dispatched office",
    PetitionClass.SUPERVISION_OBJECT: "other persons supervised",
    PetitionClass.OUT_OF_SCOPE: "out of scope",
}
RECEIVED = Source(
    code="received",
    zh="收到的信访件",
    en="petitions received",
    model=Petition,
    item_id=Petition.id,
    entry=Petition.id,
    counted=Petition.id,
    happened_on=Petition.received_on,
    only=(Petition.class_code != "",),
)
_DECLARED = (
    Trend(
        "petitions-by-channel", "信访件（按来源方式）", "petitions by channel", Unit.PETITIONS,
        (Line(RECEIVED, Petition.channel),),
        {code.value: (CHANNEL_ZH[code], _CHANNEL_EN[code]) for code in Channel}
        | {INSPECTION: ("巡察移交", "referred by inspection")},
        *RULE,
    ),
    Trend(
        "petitions-by-class", "信访件（按分类）", "petitions by class", Unit.PETITIONS,
        (Line(RECEIVED, Petition.class_code),),
        {code.value: (CLASS_ZH[code], _CLASS_EN[code]) for code in PetitionClass},
        *RULE,
    ),
)  # fmt: skip
TRENDS = TrendBook({trend.code: trend for trend in _DECLARED}, READERS)
