"""Closed lists of the supervision of dispatched offices themselves (GL-3.21 to GL-3.25, LZ-22.14)."""

from __future__ import annotations

from enum import StrEnum

BODIES = ("cadre_office", "liaison_discipline_office", "dispatched_office", "organs_discipline_commission")
"""The four bodies that the teams come from: organisation department, discipline offices, dispatched offices, organs."""

DOCKING_SIDES = (
    "liaison_discipline_office",
    "case_supervision_office",
    "case_review_office",
    "petition_office",
    "party_conduct_office",
    "cadre_office",
)
"""Offices of the commission that meet with dispatched ones (GL-3.8): their kinds, and the posts in them."""


class CheckMethod(StrEnum):
    """How a team looks into an office (GL-3.24)."""

    LEDGERS = "ledgers_read"
    SITE = "site_visit"
    DISCUSSION = "discussion_held"
    INQUIRY = "questions_asked"


METHOD_ZH = {
    CheckMethod.LEDGERS: "查阅台账",
    CheckMethod.SITE: "实地调研",
    CheckMethod.DISCUSSION: "座谈",
    CheckMethod.INQUIRY: "询问了解",
}


class OfficeResult(StrEnum):
    """What a team found at an office."""

    GOOD = "in_order"
    IMPROVE = "to_improve"
    PROBLEM = "problem_found"


RESULT_ZH = {
    OfficeResult.GOOD: "规范",
    OfficeResult.IMPROVE: "有待改进",
    OfficeResult.PROBLEM: "发现问题",
}


class OpinionChannel(StrEnum):
    """The five kinds of supervision that an office accepts (LZ-22.14)."""

    ABOVE = "from_above"
    PARTY = "within_party"
    UNIT = "from_unit"
    SOCIETY = "from_society"
    MASSES = "from_masses"


CHANNEL_ZH = {
    OpinionChannel.ABOVE: "上级监督",
    OpinionChannel.PARTY: "党内监督",
    OpinionChannel.UNIT: "驻在单位监督",
    OpinionChannel.SOCIETY: "社会监督",
    OpinionChannel.MASSES: "群众监督",
}
