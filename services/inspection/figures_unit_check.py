"""The figure of main responsibility: lists drawn up for units (GL-1.11)."""

from __future__ import annotations

from services.chassis.figures import Counting, Figure, Measure, Source, Unit
from services.inspection.storage_unit_check import ResponsibilityList

LISTS = Source(
    code="responsibility_lists",
    zh="主体责任清单",
    en="lists of main responsibility",
    model=ResponsibilityList,
    item_id=ResponsibilityList.id,
    entry=ResponsibilityList.id,
    counted=ResponsibilityList.id,
    happened_on=ResponsibilityList.drawn_up_on,
    only=(ResponsibilityList.state != "withdrawn",),
)
DECLARED = (
    Figure("GL-1.11", "梳理主体责任清单（个）", "lists of main responsibility drawn up", (LISTS,),
           (Measure(Unit.LISTS, Counting.DISTINCT),), "为单位登记的主体责任清单",
           "以清单计，不以任务计；按首个版本的施行日期，后续版本不再计；已停用的不计"),
)  # fmt: skip
