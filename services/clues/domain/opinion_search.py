"""What a search of the ledger for an integrity opinion answers: a code, no more (LZ-10.5)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class SearchResult(StrEnum):
    NONE = "none"
    UNDER_REVIEW = "under_review"
    CONCLUDED = "concluded"


ENDED = ("closed", "handled")


def result_of(states: Iterable[str]) -> SearchResult:
    """By the states of the clues found: one that goes on counts more than any that ended."""
    found = list(states)
    if not found:
        return SearchResult.NONE
    ended = all(state in ENDED for state in found)
    return SearchResult.CONCLUDED if ended else SearchResult.UNDER_REVIEW
