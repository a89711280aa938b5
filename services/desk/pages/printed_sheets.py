"""What stands on a printed sheet: a paper's fields in Chinese words, its signatories and copies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.desk.pages.words import named, printed_day, printed_words

EMPTY: tuple[object, ...] = (None, "", [], {})


@dataclass(frozen=True)
class Wording:
    """Names by id, as this reader may know them, and the Chinese titles of the form's fields, inner ones dotted."""

    persons: Mapping[str, str]
    offices: Mapping[str, tuple[str, str]]
    titles: Mapping[str, str]

    def label(self, field: str) -> str:
        leaf = field.rpartition(".")[2]
        return self.titles.get(field) or named(leaf)[0] or leaf

    def text(self, value: object, field: str) -> str:
        """A person or office by name, a day in words, a code by its name, a list with 、, a part as `title：value`."""
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, Mapping):
            inner = ((f"{field}.{key}", one) for key, one in value.items() if one not in EMPTY)
            return "；".join(f"{self.label(name)}：{self.text(one, name)}" for name, one in inner)
        if isinstance(value, Sequence) and not isinstance(value, str):
            return "、".join(self.text(one, field) for one in value)
        text = str(value)
        if text in self.persons:
            return self.persons[text]
        return self.offices[text][0] if text in self.offices else printed_words(text)

    def row(self, field: str, value: Any) -> dict[str, Any]:
        """A row of the sheet: lines of text, or a table of its own for a list of parts."""
        if not (isinstance(value, list) and all(isinstance(one, Mapping) for one in value)):
            return {"label": self.label(field), "lines": self.text(value, field).splitlines()}
        keys = list(dict.fromkeys(key for one in value for key, cell in one.items() if cell not in EMPTY))
        cells = [[self._cell(one.get(key), f"{field}.{key}") for key in keys] for one in value]
        head = [self.label(f"{field}.{key}") for key in keys]
        return {"label": self.label(field), "table": {"head": head, "rows": cells}}

    def _cell(self, value: Any, field: str) -> str:
        return "" if value in EMPTY else self.text(value, field)


def sheets(paper: Mapping[str, Any], item: Mapping[str, Any], wording: Wording) -> list[dict[str, Any]]:
    """One sheet for each copy that the text asks for, marked with its number; the shape that `paper.typ` reads.

    A field that is a paper of its own has its own sheets, before those of what is left.
    """
    printed, filled = (
        paper["printed"],
        {n: v for n, v in paper["form"].items() if v is False or v not in EMPTY},
    )
    parts = {field: one for field, one in printed.get("parts", {}).items() if field in filled}
    found = [
        sheet
        for field, one in parts.items()
        for sheet in _copies(one, {field: filled[field]}, paper, item, wording)
    ]
    rest = {field: value for field, value in filled.items() if field not in parts}
    return [*found, *(_copies(printed, rest, paper, item, wording) if rest or not found else ())]


def _copies(
    printed: Mapping[str, Any],
    filled: Mapping[str, Any],
    paper: Mapping[str, Any],
    item: Mapping[str, Any],
    wording: Wording,
) -> list[dict[str, Any]]:
    unit = wording.offices.get(str(item.get("unit_id", "")), ("××", ""))[0]
    sheet = {
        "office": wording.offices.get(item["office_id"], ("", ""))[0],
        "no": str(item["no"]),
        "title": str(printed["zh"]).replace("××", unit),
        "rows": [wording.row(field, value) for field, value in filled.items()],
        "by": wording.text(paper["by"], "by"),
        "on": printed_day(paper["at"]),
        "signatories": [str(zh) for zh in printed["signatories"]],
        "digest": paper["digest"],
    }
    copies = int(printed["copies"])
    if copies <= 1:
        return [sheet | {"copy": None}]
    return [sheet | {"copy": f"一式{copies}份，第{n}份"} for n in range(1, copies + 1)]
