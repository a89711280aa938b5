"""Accountability of a dispatched office and its staff: grounds and tracks (LZ-22.10, LZ-22.11, LZ-22.13, LZ-22.16)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum


class OfficeGround(StrEnum):
    """What the commission may open a file on; `OPENED_BY_RULE` besides."""

    OVERSIGHT = "serious_oversight"
    LATE_REPORT = "late_report"
    HIDDEN_REPORT = "hidden_report"
    SUPPRESSED_CASE = "suppressed_case"
    LAX = "lax_enforcement"
    OTHER = "other_dereliction"
    STAFF_BREACH = "staff_breach"
    ABUSE = "abuse_of_power"


OFFICE_GROUND_ZH = {
    OfficeGround.OVERSIGHT: "严重失察",
    OfficeGround.LATE_REPORT: "迟报",
    OfficeGround.HIDDEN_REPORT: "瞒报",
    OfficeGround.SUPPRESSED_CASE: "压案不查",
    OfficeGround.LAX: "执纪执法不严",
    OfficeGround.OTHER: "其他失职失责",
    OfficeGround.STAFF_BREACH: "本机构干部涉嫌违纪违法(一案双查)",
    OfficeGround.ABUSE: "滥用职权、玩忽职守造成严重后果(终身问责)",
}

OVERDUE, SYSTEMIC, DUAL = "repeated_overdue", "systemic_corruption", "failed_rectification"
OPENED_BY_RULE = (OVERDUE, SYSTEMIC, DUAL)
"""Grounds of files that open by rule: a signal, the commission's mark on a unit, a double accountability."""

OF_PERSONS = frozenset({OfficeGround.STAFF_BREACH, OfficeGround.ABUSE})


class Track(StrEnum):
    """What is examined, each to a conclusion of its own."""

    OFFICE = "office_track"
    DIRECT = "direct_track"
    LEADERSHIP = "leadership_track"
    SUPERVISION = "supervision_track"


TRACK_ZH = {
    Track.OFFICE: "派驻机构责任",
    Track.DIRECT: "直接责任",
    Track.LEADERSHIP: "领导责任",
    Track.SUPERVISION: "监督责任",
}


def tracks_of(ground: str) -> tuple[Track, ...]:
    """Against staff there are always two: who did it, and who led them (LZ-22.13)."""
    if ground == OfficeGround.STAFF_BREACH:
        return (Track.DIRECT, Track.LEADERSHIP)
    if ground == OfficeGround.ABUSE:
        return (Track.DIRECT,)
    return (Track.SUPERVISION,) if ground == DUAL else (Track.OFFICE,)


class TrackResult(StrEnum):
    HELD = "held_accountable"
    NOT_HELD = "not_held_accountable"


TRACK_RESULT_ZH = {TrackResult.HELD: "予以问责", TrackResult.NOT_HELD: "不予问责"}


def quarter_of(day: date) -> str:
    return f"{day.year}-Q{(day.month + 2) // 3}"


def quarter_start(day: date) -> date:
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
