"""Closed lists of the hand-over of clues in person: how, who signs, who keeps a copy (step 37)."""

from __future__ import annotations

from enum import StrEnum

from services.inspection.domain.transfer import Receiver


class HandoverMode(StrEnum):
    """Only one of them is allowed; the others are what is refused (XC-37.3a)."""

    IN_PERSON = "in_person"
    POST = "post"
    REMOTE = "remote"


HANDOVER_MODE_ZH = {
    HandoverMode.IN_PERSON: "当面移交",
    HandoverMode.POST: "邮寄",
    HandoverMode.REMOTE: "网络传输",
}


class SheetParty(StrEnum):
    """Who signs the handover sheet (XC-37.3b)."""

    TEAM = "inspection_team"
    OFFICE = "inspection_office"
    CASE_SUPERVISION = "case_supervision_office"
    CADRE_SUPERVISION = "cadre_supervision_office"


SHEET_PARTY_ZH = {
    SheetParty.TEAM: "巡察组",
    SheetParty.OFFICE: "巡察办",
    SheetParty.CASE_SUPERVISION: "案件监督管理室",
    SheetParty.CADRE_SUPERVISION: "干部监督室",
}
RECEIVING_PARTY = {
    Receiver.DISCIPLINE_COMMISSION: SheetParty.CASE_SUPERVISION,
    Receiver.ORGANISATION_DEPARTMENT: SheetParty.CADRE_SUPERVISION,
}
"""Which section takes the clues over for its body (XC-37.3a)."""


class FormHolder(StrEnum):
    """Who keeps one of the three copies of the approval form (XC-37.3c)."""

    TEAM = "inspection_team"
    OFFICE = "inspection_office"
    RECEIVER = "receiving_unit"


FORM_HOLDER_ZH = {
    FormHolder.TEAM: "巡察组",
    FormHolder.OFFICE: "巡察办",
    FormHolder.RECEIVER: "接收单位",
}
