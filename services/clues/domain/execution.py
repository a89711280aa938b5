"""Sanctions decided on: who decided, what their execution consists of, what is still open (LZ-17.17, LZ-17.20)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class DecidingBody(StrEnum):
    """Who takes the decision, each by its authority; which cases are whose is left to other rules (LZ-17.17)."""

    UNIT = "unit_party_committee"
    OFFICE = "dispatched_office"
    COMMISSION = "district_commission"


class ExecutionItem(StrEnum):
    """What carrying out a sanction consists of. The text says execution; the items are usual practice (LZ-17.20)."""

    ANNOUNCEMENT = "announcement"
    PERSONNEL_FILE = "personnel_file"
    PAY = "pay"
    POST = "post"


EXECUTION_ITEM_ZH = {
    ExecutionItem.ANNOUNCEMENT: "宣布处分决定",
    ExecutionItem.PERSONNEL_FILE: "归入人事档案",
    ExecutionItem.PAY: "工资待遇调整",
    ExecutionItem.POST: "职务、级别调整",
}


class ItemResult(StrEnum):
    """How an item stands; a light sanction touches neither pay nor post."""

    DONE = "done"
    NOT_APPLICABLE = "not_applicable"


ITEM_RESULT_ZH = {ItemResult.DONE: "已执行", ItemResult.NOT_APPLICABLE: "不涉及"}


def still_open(recorded: Iterable[str]) -> frozenset[ExecutionItem]:
    """Items of one sanction of which nothing was recorded yet."""
    return frozenset(ExecutionItem) - frozenset(recorded)


class CaseEnd(StrEnum):
    """How a clue ends whose case came to its end."""

    SANCTIONED = "sanctioned"
    DISMISSED = "case_dismissed"


CASE_END_ZH = {CaseEnd.SANCTIONED: "已给予处分", CaseEnd.DISMISSED: "撤销案件"}
