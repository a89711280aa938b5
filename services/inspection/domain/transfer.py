"""By which route a clue leaves the inspection, to whom, and what must come with it (XC-25, XC-26, XC-37)."""

from __future__ import annotations

from enum import StrEnum


class TransferRoute(StrEnum):
    """Regular after the round; or while it goes on, to be rectified or investigated at once."""

    FINAL = "final"
    RECTIFY_NOW = "rectify_now"
    INVESTIGATE_NOW = "investigate_now"


TRANSFER_ROUTE_ZH = {
    TransferRoute.FINAL: "巡察结束后移交",
    TransferRoute.RECTIFY_NOW: "立行立改",
    TransferRoute.INVESTIGATE_NOW: "立查立处",
}


class Receiver(StrEnum):
    """Who takes the clue over."""

    DISCIPLINE_COMMISSION = "discipline_commission"
    ORGANISATION_DEPARTMENT = "organisation_department"


RECEIVER_ZH = {
    Receiver.DISCIPLINE_COMMISSION: "纪委监委",
    Receiver.ORGANISATION_DEPARTMENT: "组织部",
}

REFERENCES = {
    TransferRoute.FINAL: ("form_id", "handover_sheet_id"),
    TransferRoute.RECTIFY_NOW: ("consent_ref",),
    TransferRoute.INVESTIGATE_NOW: ("consent_ref",),
}
"""Without these no clue of the route is transferred."""

DOCUMENTS = {
    TransferRoute.FINAL: ("transfer_approval_form", "handover_sheet"),
    TransferRoute.RECTIFY_NOW: ("immediate_rectification_proposal",),
    TransferRoute.INVESTIGATE_NOW: ("investigation_proposal",),
}
CLAUSE_OF = {
    TransferRoute.FINAL: "XC-37.3b",
    TransferRoute.RECTIFY_NOW: "XC-25.0d",
    TransferRoute.INVESTIGATE_NOW: "XC-26.0c",
}
"""The row that sends the event on each route."""
