"""How a clue may be disposed of, and how it may end: the code lists (LZ-12.19, LZ-14.8)."""

from __future__ import annotations

from enum import StrEnum


class Disposition(StrEnum):
    """Ways of disposition (处置方式). The text names all but `suspended`, which the national rules have."""

    TALK = "talk"
    INQUIRY = "inquiry"
    VERIFICATION = "verification"
    SUSPENDED = "suspended"
    CLOSING = "closing"


DISPOSITION_ZH = {
    Disposition.TALK: "谈话",
    Disposition.INQUIRY: "函询",
    Disposition.VERIFICATION: "初步核实",
    Disposition.SUSPENDED: "暂存待查",
    Disposition.CLOSING: "予以了结",
}

CLOSED_WITHOUT_INQUIRY = frozenset({Disposition.SUSPENDED, Disposition.CLOSING})
"""Dispositions after which closing may be proposed without an explanation."""


class Outcome(StrEnum):
    """How a clue ends when it is closed (了结)."""

    EXPLAINED = "explained"
    UNFOUNDED = "unfounded"
    NOT_VERIFIABLE = "not_verifiable"
    MINOR = "minor"


OUTCOME_ZH = {
    Outcome.EXPLAINED: "说明清楚,予以采信",
    Outcome.UNFOUNDED: "反映失实",
    Outcome.NOT_VERIFIABLE: "不具可查性",
    Outcome.MINOR: "情节轻微,教育提醒",
}
