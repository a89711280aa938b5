"""Closed lists of what a team reports upward (step 27)."""

from __future__ import annotations

from enum import StrEnum


class MajorMatterKind(StrEnum):
    OBSTRUCTION = "obstruction"
    DEMOCRATIC_CENTRALISM = "democratic_centralism"
    MASSES = "masses_or_stability"
    INCIDENT = "major_incident"
    TEAM_STAFF = "team_staff"


MAJOR_ZH = {
    MajorMatterKind.OBSTRUCTION: "严重干扰阻碍巡察",
    MajorMatterKind.DEMOCRATIC_CENTRALISM: "主要负责人违反民主集中制造成严重影响",
    MajorMatterKind.MASSES: "涉及群众利益、反映强烈或影响改革发展稳定",
    MajorMatterKind.INCIDENT: "单位或巡察组发生重大事件",
    MajorMatterKind.TEAM_STAFF: "组员管理中的重要问题",
}


class UpwardChannel(StrEnum):
    """Through the office as a rule; straight to the chief leader in special cases; never past both (XC-27.0b, c)."""

    OFFICE = "inspection_office"
    DIRECT = "direct"
    LEADING_GROUP = "leading_group"


UPWARD_ZH = {
    UpwardChannel.OFFICE: "通过巡察办",
    UpwardChannel.DIRECT: "直接向领导小组主要领导",
    UpwardChannel.LEADING_GROUP: "直接送领导小组",
}
