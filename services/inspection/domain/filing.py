"""What a round's archive lacks, by the 17 categories (XC-46): a paper that is listed is there or explained."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from contracts.archive_categories import archive_categories


@dataclass(frozen=True)
class Entry:
    """A line of the catalogue: a paper of a category; `explained`: why there is none. Without a paper: of all."""

    category: int
    document: str
    explained: bool = False


def empty_categories(entries: Iterable[Entry]) -> tuple[int, ...]:
    """Numbers of the categories that hold neither an item nor a reason why there is none, in order."""
    held = {entry.category for entry in entries}
    return tuple(one.number for one in archive_categories() if one.number not in held)


def unexplained(entries: Iterable[Entry]) -> tuple[tuple[int, str], ...]:
    """Each paper that the text lists for a category and that is neither filed nor explained, in order."""
    known = {(entry.category, entry.document) for entry in entries}
    whole = {entry.category for entry in entries if entry.explained and not entry.document}
    return tuple(
        (one.number, paper)
        for one in archive_categories()
        for paper in one.papers
        if one.number not in whole and (one.number, paper) not in known
    )


def complete_categories(entries: Iterable[Entry]) -> tuple[int, ...]:
    """Numbers of the categories in which every listed paper is filed or explained, in order."""
    listed = tuple(entries)
    short = {number for number, _ in unexplained(listed)}
    return tuple(one.number for one in archive_categories() if one.number not in short)
