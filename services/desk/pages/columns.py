"""Columns of registers: which there are, which are shown unless somebody chose, and how a value is written out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from services.chassis.clock import ZONE
from services.desk.pages.items import people_in
from services.desk.pages.words import named

EVERY_ITEM = ("no", "state", "secrecy", "office_id", "unit_id", "handler_id", "opened_on", "changed_at")
"""Columns of every register; what a kind shows besides stands in its service's declaration."""
USUAL = ("no", "state", "office_id", "unit_id")
MORE_AT_FIRST = 2
"""How many of a kind's own columns are shown unless somebody chose."""
Written = str | int | float | date | datetime
"""What stands in a cell of a workbook."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}\S*")
Names = Mapping[str, str]
Offices = Mapping[str, tuple[str, str]]


def columns_of(kind: Mapping[str, Any]) -> tuple[str, ...]:
    """All columns of a register, by what its service declares of the kind (`kinds` in `GET /<service>/acts`)."""
    return tuple(dict.fromkeys((*EVERY_ITEM, *kind["columns"])))


def usual_columns(kind: Mapping[str, Any]) -> tuple[str, ...]:
    """Number, state, office, unit, whose it is, the first of the kind's own columns, and when it was opened."""
    own = [name for name in kind["columns"] if not name.endswith("_id")]
    person = "person_id" if "person_id" in kind["columns"] else "handler_id"
    return (*USUAL, person, *own[:MORE_AT_FIRST], "opened_on")


def chosen_columns(kind: Mapping[str, Any], asked: Iterable[str]) -> tuple[str, ...]:
    """Those asked for that there are, in the register's order; the usual ones if that leaves none."""
    wanted = set(asked)
    return tuple(name for name in columns_of(kind) if name in wanted) or usual_columns(kind)


def people_of(items: Iterable[Mapping[str, Any]], columns: Iterable[str]) -> list[str]:
    """The persons that stand in these columns."""
    shown = set(columns)
    found = [people_in({name: item.get(name) for name in shown}) for item in items]
    return list(dict.fromkeys(one for ids in found for listed in ids for one in listed.split(",") if one))


def title_of(column: str) -> str:
    """The Chinese head of a column; one that nobody named heads itself."""
    return named(column, "Register")[0] or column


def written(column: str, item: Mapping[str, Any], names: Names, offices: Offices) -> Written:
    """A value as it stands in a cell: days as days, codes and ids by their names, several with 、 between."""
    value = item.get(column)
    if column == "state":
        return str(item["state_zh"])
    if column == "no":
        return str(value or item["id"][:12])
    return _written(value, names, offices)


def _written(value: Any, names: Names, offices: Offices) -> Written:
    if value is None or isinstance(value, dict):
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return value
    if isinstance(value, str):
        return _day_or_moment(value) or _text(value, names, offices)
    return _listed(value, names, offices) if isinstance(value, list) else ""


def _day_or_moment(text: str) -> date | datetime | None:
    """A moment is told in Asia/Shanghai, which a workbook has no way to say."""
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
        if _MOMENT.fullmatch(text):
            return datetime.fromisoformat(text).astimezone(ZONE).replace(tzinfo=None, microsecond=0)
    except ValueError:
        return None
    return None


def _text(text: str, names: Names, offices: Offices) -> str:
    if text.startswith(","):
        return _listed(text.strip(",").split(","), names, offices)
    if text in names:
        return names[text]
    return offices[text][0] if text in offices else named(text)[0] or text


def _listed(values: Sequence[Any], names: Names, offices: Offices) -> str:
    return "、".join(_text(str(one), names, offices) for one in values)
