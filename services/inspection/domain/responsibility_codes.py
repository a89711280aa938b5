"""Closed lists of the hearing at the start of a year (LZ-5.4, LZ-5.5)."""

from __future__ import annotations

from enum import StrEnum


class HearingPart(StrEnum):
    """What is heard: members on their dual duties, next-level organisations on main responsibility."""

    MEMBERS = "members"
    NEXT_LEVEL = "next_level"


class NoneHeard(StrEnum):
    """Why no next-level organisation was heard."""

    NONE = "none"


NONE_HEARD_ZH = {NoneHeard.NONE: "没有下一级党组织"}
