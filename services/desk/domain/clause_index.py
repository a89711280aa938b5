"""The texts by their chapters, and what somebody types found in them. Pure: the shipped catalogue, no values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from contracts.clause import Clause, Instrument, catalogue

MOST_FOUND = 200
_PARAGRAPH = re.compile(r"第\d+款.*$")


@dataclass(frozen=True)
class Chapter:
    """An article, a step or a section of a text: its number in the clauses' ids, its heading, its clauses in order."""

    number: str
    heading: str
    clauses: tuple[Clause, ...]


@cache
def chapters(prefix: str) -> tuple[Chapter, ...]:
    """The chapters of a text in its order; empty for an unknown one."""
    found: dict[str, list[Clause]] = {}
    for clause in catalogue().clauses.values():
        text, _, rest = clause.id.partition("-")
        if text == prefix:
            found.setdefault(rest.partition(".")[0], []).append(clause)
    return tuple(Chapter(number, _heading(clauses), tuple(clauses)) for number, clauses in found.items())


def texts() -> Sequence[Instrument]:
    return catalogue().contents.instruments


def beside(clause_id: str) -> tuple[Clause | None, Clause | None]:
    """The clauses before and after this one in its text."""
    order = [clause for chapter in chapters(clause_id.partition("-")[0]) for clause in chapter.clauses]
    at = next(n for n, clause in enumerate(order) if clause.id == clause_id)
    return (order[at - 1] if at else None), (order[at + 1] if at + 1 < len(order) else None)


def search(words: str) -> list[Clause]:
    """Clauses in whose id, heading, place or text each of the words stands, in any case; in the order of the texts."""
    wanted = words.casefold().split()
    if not wanted:
        return []
    return [clause for clause in catalogue().clauses.values() if _has(clause, wanted)]


def _has(clause: Clause, wanted: Iterable[str]) -> bool:
    text = _said(clause.id)
    return all(word in text for word in wanted)


@cache
def _said(clause_id: str) -> str:
    clause = catalogue().clause(clause_id)
    papers = [
        catalogue().contents.papers[code].zh for code in clause.papers if code in catalogue().contents.papers
    ]
    said = (clause.id, clause.zh, clause.title, clause.citation, clause.article, clause.trigger, clause.action,
            clause.notes or "", *clause.checks, *papers)  # fmt: skip
    return "\n".join(said).casefold()


def _heading(clauses: Sequence[Clause]) -> str:
    """What the articles of a chapter have in common, without their paragraphs."""
    articles = [_PARAGRAPH.sub("", clause.article) for clause in clauses]
    alike = takewhile(lambda signs: len(set(signs)) == 1, zip(*articles, strict=False))
    return "".join(signs[0] for signs in alike).rstrip("(（、第") or clauses[0].article
