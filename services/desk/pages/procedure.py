"""Where an item stands in its procedure: the states it went through, the one it is in, and where acts lead from there.

Drawn from the declaration of its kind (`GET /<service>/acts`) and from its own timeline.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LAST = 6
"""So many of the states it went through are shown."""


@dataclass(frozen=True)
class Stage:
    """A state in Chinese and English, and since when the item is, or was, in it."""

    zh: str
    en: str
    at: str


@dataclass(frozen=True)
class Onward:
    """A state that comes next, and the acts that lead there."""

    zh: str
    en: str
    acts: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Procedure:
    """`more`: of the states it went through, how many are not shown. Nothing onward: it ends here."""

    passed: tuple[Stage, ...]
    now: Stage
    onward: tuple[Onward, ...]
    more: int


def procedure(item: Mapping[str, Any], declared: Mapping[str, Any], path: str) -> Procedure:
    """Of an item as its service shows it."""
    kind: Mapping[str, Any] = next((one for one in declared.get("kinds", ()) if one["path"] == path), {})
    names = {one["code"]: (str(one["zh"]), str(one["en"])) for one in kind.get("states", ())}
    passed = _passed(item["timeline"], item["state"])
    since = passed.pop()[1] if passed and passed[-1][0] == item["state"] else ""
    stages = [Stage(*names.get(code, (code, code)), at) for code, at in passed]
    onward: dict[str, list[Mapping[str, Any]]] = {}
    for act in declared.get("acts", ()):
        leads = act.get("becomes", "")
        if act["path"] == path and not act["creates"] and item["state"] in act["when"] and leads in names:
            onward.setdefault(leads, []).append(act)
    onward.pop(item["state"], None)
    return Procedure(
        tuple(stages[-LAST:]),
        Stage(item["state_zh"], item["state_en"], since),
        tuple(Onward(*names[code], tuple(acts)) for code, acts in onward.items()),
        max(0, len(stages) - LAST),
    )


def _passed(timeline: Sequence[Mapping[str, Any]], now: str) -> list[tuple[str, str]]:
    """Each change of state with its moment, a way back included; the state of today last, as far as it is told."""
    changes: list[tuple[str, str]] = []
    for line in timeline:
        to = line.get("to_state") or ""
        if to and (not changes or changes[-1][0] != to):
            changes.append((str(to), str(line["at"])))
    if changes and changes[-1][0] != now:
        changes.append((now, ""))
    return changes
