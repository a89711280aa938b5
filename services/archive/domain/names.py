"""Names as they are compared: one spelling, cut into pairs of neighbouring characters."""

from __future__ import annotations

import re
import unicodedata

_APART = re.compile(r"[\s·•.・]+")
PAIR = 2


def spelled(name: str) -> str:
    """The name without blanks and dots, full-width letters made narrow, in lower case. Spelled twice it is the same."""
    text = ""
    while text != name:  # what one step takes away may let two marks become one
        text, name = name, _APART.sub("", unicodedata.normalize("NFKC", name)).casefold()
    return text


def pairs(name: str) -> frozenset[str]:
    """Every two neighbouring characters of the spelled name; none of a name of one character."""
    text = spelled(name)
    return frozenset(text[i : i + PAIR] for i in range(len(text) - 1))


def contains(name: str, fragment: str) -> bool:
    return spelled(fragment) in spelled(name)
