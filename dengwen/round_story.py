"""A whole inspection round, from the plan to the archive, played at the API of a running installation.

Three units, two teams; `dengwen demo round` prints it, the journey tests check what it returns. Simulated dates: day
numbers (`D16`) in the chapters count from the first Monday of the story.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dengwen import (
    round_closing,
    round_ending,
    round_entry,
    round_feedback,
    round_fieldwork,
    round_opening,
    round_results,
)
from dengwen.round_ending import ROUND_FILES, arrived_clues
from dengwen.round_fieldwork import SLIPS
from dengwen.round_stage import IN_ORDER, ISSUES, OFFICE, PETITIONS, TALKS, THE_TEAMS, Stage, key

CHAPTERS: tuple[Callable[[Stage], None], ...] = (
    *round_opening.CHAPTERS,
    *round_entry.CHAPTERS,
    *round_fieldwork.CHAPTERS,
    *round_results.CHAPTERS,
    *round_feedback.CHAPTERS,
    *round_results.AFTER_FEEDBACK,
    *round_ending.CHAPTERS,
    *round_closing.CHAPTERS,
)


@dataclass(frozen=True)
class Figure:
    """What a register says at the end, and what the story put into it."""

    zh: str
    en: str
    found: int
    expected: int

    @property
    def right(self) -> bool:
        return self.found == self.expected


def play(s: Stage) -> list[Figure]:
    """The whole story; it can be played again on the same installation, later in its time. Raises Refused, Late."""
    for chapter in CHAPTERS:
        chapter(s)
    return figures(s)


def figures(s: Stage) -> list[Figure]:
    """What the registers of four services hold of the round, counted anew, against what was played."""
    size, units = s.size, len(IN_ORDER)
    petitions, talks, issues = (s.counted[register] for register in (PETITIONS, TALKS, ISSUES))
    sheet = s.person(OFFICE).get(f"{s.round()}/compliance")
    # A clue is reconciled each quarter for as long as it is handled, also after the round: that clock stays open.
    late = sum(
        one["late"] or (one["status"] == "open" and one["clause"] != "XC-37.4b") for one in sheet["duties"]
    )
    archived = [
        one for one in s.all(OFFICE, ROUND_FILES, round_id=key(s.round())) if one["state"] == "accepted"
    ]
    return [
        Figure("信访件", "petitions in the teams' ledgers", petitions, sum(size.petitions)),
        Figure("个别谈话", "interviews", talks, sum(size.interviews)),
        Figure("工作底稿", "working papers", issues, sum(size.working_papers)),
        Figure("反馈问题", "problems fed back", s.counted["fed back"], sum(size.findings)),
        Figure("线索台账收到的线索", "clues that arrived in `clues`", len(arrived_clues(s)), 2 * units),
        Figure("转信访室的信访件", "petitions passed to the petition office", _referred(s), units),
        Figure("验收的巡察档案", "archive files accepted", len(archived), units),
        Figure("合规缺口", "gaps of the round", len(sheet["gaps"]) + len(sheet["open"]), 0),
        Figure("逾期或未结时限", "clocks late or open", late, 0),
    ]


def _referred(s: Stage) -> int:
    return sum(1 for one in s.all(OFFICE, SLIPS, round_id=key(s.round())) if one["state"] == "referred")


__all__ = ["CHAPTERS", "THE_TEAMS", "Figure", "figures", "play"]
