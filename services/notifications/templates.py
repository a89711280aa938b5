"""What a notice says: what is to be done, under which clause, until when. Never a name, a class or a summary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from contracts.clause import UnknownClause, catalogue

SEALED = "sealed_item_waits"
OTHER = "item_waits"


@dataclass(frozen=True)
class NoticeText:
    """Title and body, Chinese first, English beside it."""

    title_zh: str
    title_en: str
    body_zh: str
    body_en: str


@cache
def templates() -> Mapping[str, Mapping[str, str]]:
    """Template code → `{zh, en}`, from `templates.yaml`."""
    text = (Path(__file__).parent / "templates.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Mapping[str, str]] = yaml.safe_load(text)
    return loaded


def text_of(template: str, *, clause: str, reference: str, due_on: date | None, sealed: bool) -> NoticeText:
    """The words of a notice. A sealed one says only that an item waits; an unknown template says so too."""
    known = templates()
    if sealed:
        words = known[SEALED]
        return NoticeText(words["zh"], words["en"], words["zh"], words["en"])
    words = known.get(template, known[OTHER])
    zh, en = [words["zh"]], [words["en"]]
    if due_on is not None:
        zh.append(f"期限：{due_on.year}年{due_on.month}月{due_on.day}日。")
        en.append(f"Due on {due_on.isoformat()}.")
    zh.append(f"依据：{_citation(clause)}（{clause}）。编号：{reference}。")
    en.append(f"Clause {clause}. Reference {reference}.")
    return NoticeText(words["zh"], words["en"], "".join(zh), " ".join(en))


def _citation(clause: str) -> str:
    try:
        return catalogue().clause(clause).citation
    except UnknownClause:
        return "条款"
