"""Searching Chinese without spaces: a text is found by its pairs of neighbouring characters."""

from __future__ import annotations

import unicodedata

PAIR = 2
MOST_CHARACTERS = 4000
"""So much of a text can be found; what stands behind it cannot."""


def plain(text: str) -> str:
    """One width and case, letters and digits alone."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())


def pairs(text: str) -> set[str]:
    """The pairs of neighbouring characters of a plain text."""
    cut = text[:MOST_CHARACTERS]
    return {cut[at : at + PAIR] for at in range(len(cut) - PAIR + 1)}


def words(asked: str) -> list[str]:
    """What was asked for, word by word as it was typed with blanks between; each must be found by itself."""
    return [word for word in dict.fromkeys(plain(part) for part in asked.split()) if word]
