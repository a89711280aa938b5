"""Words of the pages: two languages side by side, and Chinese labels of codes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from markupsafe import Markup, escape

from contracts.clause import catalogue
from services.chassis.clock import ZONE

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
WEEKDAYS = "一二三四五六日"


_LISTED = re.compile(r",([a-z0-9_]+,)+")
"""Several codes, each between commas, as items keep them."""


class Language:
    """Renders texts with the chosen language first and the other one small beside it."""

    def __init__(self, code: str) -> None:
        self.code = "en" if code == "en" else "zh"

    def both(self, zh: object, en: object = "") -> Markup:
        """For headings, labels and cells. What has no English is shown as it is."""
        texts = [("zh", str(zh or "")), ("en", str(en or ""))]
        if self.code == "en":
            texts.reverse()
        shown = [(lang, text) for lang, text in texts if text]
        if not shown:
            return Markup("")
        lang, first = shown[0]
        html = Markup('<span lang="{}">{}</span>').format(lang, first)
        for lang, text in shown[1:]:
            html += Markup(' <span class="beside" lang="{}">{}</span>').format(lang, text)
        return html

    def plain(self, zh: str, en: str = "") -> str:
        """For buttons, options and titles, where no markup can stand."""
        texts = [zh, en] if self.code == "zh" else [en, zh]
        return " ".join(text for text in texts if text)

    def label(self, code: object, of: str = "") -> Markup:
        """A code by its name in both languages; a code without a name shows itself."""
        zh, en = named(str(code), of)
        return self.both(zh, en) if zh else escape(str(code))


def named(code: str, of: str = "") -> tuple[str, str]:
    """Names (Chinese, English) of a code, `of` an enumeration; empty for one that nobody named.

    Roles and papers are named by the texts' vocabulary.
    """
    for key in (f"{of}.{code}", code):
        if key in _codes():
            zh, en = _codes()[key]
            return zh, en
    known = catalogue().contents
    term = known.roles.get(code) or known.papers.get(code)
    return (term.zh, term.en) if term else ("", "")


def title_en(form: str, name: str) -> str:
    """The English title of a form's field, by the form's class and the last part of the field's name."""
    leaf = name.rpartition(".")[2]
    return _titles().get(f"{form}.{leaf}") or _titles().get(leaf, "")


def hint_en(zh: str) -> str:
    """The English of a field's hint."""
    return _hints().get(zh, "")


def readable(language: Language, value: object) -> Markup:
    """A value of a form: a date or an instant in words, a code by its name (each of a list), other text as it is."""
    text = str(value)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return escape(day(text))
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*", text):
        return escape(moment(text))
    if _LISTED.fullmatch(text):
        return Markup("、").join(language.label(code) for code in text.strip(",").split(","))
    return language.label(text)


def printed_words(text: str) -> str:
    """As `readable`, in Chinese alone and without weekdays: what stands on paper."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return printed_day(text)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*", text):
        return f"{printed_day(text)} {moment(text)[-5:]}"
    if _LISTED.fullmatch(text):
        return "、".join(named(code)[0] or code for code in text.strip(",").split(","))
    return named(text)[0] or text


def printed_day(value: object) -> str:
    """`2026年3月5日` from an ISO date or instant; anything else as it is."""
    return day(value).partition("（")[0]


def day(value: object) -> str:
    """`2026年3月5日（四）` from an ISO date or instant; anything else as it is."""
    try:
        parsed = _date(str(value))
    except ValueError:
        return str(value or "")
    return f"{parsed.year}年{parsed.month}月{parsed.day}日（{WEEKDAYS[parsed.weekday()]}）"


def moment(value: object) -> str:
    """`2026年3月5日 14:20` in Asia/Shanghai from an ISO instant; anything else as it is."""
    try:
        parsed = datetime.fromisoformat(str(value)).astimezone(ZONE)
    except ValueError:
        return str(value or "")
    return f"{parsed.year}年{parsed.month}月{parsed.day}日 {parsed:%H:%M}"


def day_of_year(value: object) -> str:
    """`3月5日` from an ISO date; anything else as it is."""
    return printed_day(value).partition("年")[2] or str(value or "")


def _date(text: str) -> date:
    if len(text) > 10:
        return datetime.fromisoformat(text).astimezone(ZONE).date()
    return date.fromisoformat(text)


def read_words() -> Iterator[None]:
    """All that the pages name anything by, one file's kind at a time; it is kept."""
    for words in (_codes, _titles, _hints):
        words()
        yield


@cache
def _titles() -> Mapping[str, str]:
    return {str(name): str(title) for name, title in _read("titles").items()}


@cache
def _hints() -> Mapping[str, str]:
    return {str(zh): str(en) for zh, en in _read("hints").items()}


@cache
def _codes() -> Mapping[str, tuple[str, str]]:
    return {code: (names[0], names[1]) for code, names in _read("codes").items()}


def _read(kind: str) -> dict[str, Any]:
    """`<kind>.yaml` and what procedures of their own add to it, `<kind>_<procedure>.yaml`; no word twice."""
    found: dict[str, Any] = {}
    for file in sorted(Path(__file__).parent.glob(f"{kind}*.yaml")):
        words = yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - both loaders are safe
        if twice := words.keys() & found.keys():
            raise ValueError(f"{file.name} repeats {sorted(twice)}")
        found |= words
    return found
