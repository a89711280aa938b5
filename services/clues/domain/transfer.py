"""Clues that an inspection transfers: by which route, to whom, and what must come with each (XC-25, XC-26, XC-37)."""

from __future__ import annotations

from enum import StrEnum


class TransferRoute(StrEnum):
    """Regular after the round; or while it goes on, to be rectified or investigated at once."""

    FINAL = "final"
    RECTIFY_NOW = "rectify_now"
    INVESTIGATE_NOW = "investigate_now"


class Receiver(StrEnum):
    """Whose register the clue enters."""

    DISCIPLINE_COMMISSION = "discipline_commission"
    ORGANISATION_DEPARTMENT = "organisation_department"


RECEIVING_POST = {
    Receiver.DISCIPLINE_COMMISSION: "case_supervision_office",
    Receiver.ORGANISATION_DEPARTMENT: "cadre_supervision_office",
}
"""The receiver's office that takes it over (XC-37.3a)."""


class Stage(StrEnum):
    """How far the receiver has come; further stages are the states of the clue that a dispatched office opened."""

    STUDIED = "studied"
    VERIFICATION = "verification"
    FILED = "case_filed"
    REVIEW = "review"
    RECTIFICATION = "rectification"


STAGE_ZH = {
    Stage.STUDIED: "研判",
    Stage.VERIFICATION: "初步核实",
    Stage.FILED: "立案审查调查",
    Stage.REVIEW: "审理",
    Stage.RECTIFICATION: "督促整改",
}


class Conclusion(StrEnum):
    """What came of it."""

    UNFOUNDED = "unfounded"
    EXPLAINED = "explained"
    EDUCATED = "educated"
    ORGANISATIONAL = "organisational_handling"
    SANCTIONED = "sanctioned"
    REFERRED = "referred_elsewhere"


CONCLUSION_ZH = {
    Conclusion.UNFOUNDED: "反映失实",
    Conclusion.EXPLAINED: "说明清楚，予以采信",
    Conclusion.EDUCATED: "批评教育或诫勉",
    Conclusion.ORGANISATIONAL: "组织处理",
    Conclusion.SANCTIONED: "给予处分",
    Conclusion.REFERRED: "移送其他机关",
}


class Channel(StrEnum):
    """Where a result is made public (XC-26.0d)."""

    WEBSITE = "website"
    PRESS = "press"
    BULLETIN = "bulletin"
    MEETING = "meeting"


CHANNEL_ZH = {
    Channel.WEBSITE: "门户网站",
    Channel.PRESS: "报刊、广播电视",
    Channel.BULLETIN: "通报",
    Channel.MEETING: "会议",
}


def missing_reference(route: str, *, form_id: str, consent_ref: str) -> str:
    """The field without which a clue of this route is not taken over; empty where nothing is missing (XC-37.3d)."""
    if route == TransferRoute.FINAL:
        return "" if form_id else "form_id"
    return "" if consent_ref else "consent_ref"
