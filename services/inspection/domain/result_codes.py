"""Closed lists of reports and of the meetings that hear the results (steps 29 to 32)."""

from __future__ import annotations

from enum import StrEnum


class ReportRoute(StrEnum):
    """A team's reports go to the office, which takes them to the leading group (XC-29.1b)."""

    OFFICE = "inspection_office"
    LEADING_GROUP = "leading_group"


ROUTE_ZH = {ReportRoute.OFFICE: "巡察办", ReportRoute.LEADING_GROUP: "直接送领导小组"}


class ClueEntryKind(StrEnum):
    """Work shortcomings are no clues and must not be in the clue report (XC-29.4c)."""

    CLUE = "clue"
    WORK_SHORTCOMING = "work_shortcoming"


ENTRY_ZH = {ClueEntryKind.CLUE: "问题线索", ClueEntryKind.WORK_SHORTCOMING: "工作缺点和不足"}


class Body(StrEnum):
    """The two bodies that hear a round, each its own report (XC-32.1d)."""

    SECRETARY = "secretary_meeting"
    COMMITTEE = "standing_committee"


BODY_ZH = {Body.SECRETARY: "书记专题会", Body.COMMITTEE: "县委常委会"}


class Named(StrEnum):
    """What the secretary named (XC-32.3b, XC-32.5b)."""

    PERSON = "person"
    MATTER = "matter"


NAMED_ZH = {Named.PERSON: "点人", Named.MATTER: "点事"}
