"""The five links of special-duty supervision and how it ends (GL-3.19)."""

from __future__ import annotations

from enum import StrEnum


class DutyLink(StrEnum):
    """In the order of the text: opinion, rectification, tracking, interview, accountability."""

    OPINION = "link_opinion"
    RECTIFICATION = "link_rectification"
    TRACKING = "link_tracking"
    INTERVIEW = "link_interview"
    ACCOUNTABILITY = "link_accountability"


LINK_ZH = {
    DutyLink.OPINION: "意见",
    DutyLink.RECTIFICATION: "整改",
    DutyLink.TRACKING: "跟踪",
    DutyLink.INTERVIEW: "约谈",
    DutyLink.ACCOUNTABILITY: "问责",
}


class DutyOutcome(StrEnum):
    """How special-duty supervision ends."""

    RECTIFIED = "rectified"
    ACCOUNTABLE = "held_accountable"


OUTCOME_ZH = {DutyOutcome.RECTIFIED: "整改到位", DutyOutcome.ACCOUNTABLE: "已启动问责"}


def nodes_in_order(nodes: dict[DutyLink, object]) -> bool:
    """Whether the days of the links do not go back, in the order of the links."""
    days = [str(nodes[link]) for link in DutyLink if link in nodes]
    return days == sorted(days)
