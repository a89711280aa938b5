"""What is different between two versions of a paper, field by field; of long texts, which characters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

LONG_ENOUGH = 12
"""Characters from which a text is compared within; shorter ones, codes and dates are shown before and after."""
LONGEST = 4_000
"""Beyond it a comparison within would take too long for a page."""
_WRITTEN = re.compile(r"[\u4e00-\u9fff\s]")


@dataclass(frozen=True)
class Part:
    """A run of characters: in both versions, gone from the newer one, or new in it."""

    kind: Literal["same", "gone", "new"]
    text: str


@dataclass(frozen=True)
class Change:
    """A field that differs. `parts` where it is a text that was compared within; None for what it was or is not."""

    name: str
    before: Any
    after: Any
    parts: tuple[Part, ...] = ()


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """The fields that differ, in the newer paper's order; empty texts and lists are as none."""
    names = dict.fromkeys((*after, *before))
    pairs = ((name, before.get(name) or None, after.get(name) or None) for name in names)
    return tuple(Change(name, old, new, _parts(old, new)) for name, old, new in pairs if old != new)


def _parts(old: Any, new: Any) -> tuple[Part, ...]:
    if not (isinstance(old, str) and isinstance(new, str)):
        return ()
    lengths, written = (len(old), len(new)), _WRITTEN.search(old) and _WRITTEN.search(new)
    if not written or max(lengths) < LONG_ENOUGH or max(lengths) > LONGEST:
        return ()
    found: list[Part] = []
    for _, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if old[a:b] == new[c:d]:
            found.append(Part("same", old[a:b]))
            continue
        found += [Part("gone", old[a:b])] if b > a else []
        found += [Part("new", new[c:d])] if d > c else []
    return tuple(found)
