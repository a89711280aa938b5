"""A story played at the API of an installation, told line by line: what `dengwen demo` prints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from dengwen.client import Installation, Late, Person, Refused
from services.chassis.clock import ZONE

SCAN = b"%PDF-1.4\n% an invented scan\ntrailer<</Root 1 0 R>>\n%%EOF\n"

START = date(2026, 3, 2)


@dataclass(frozen=True)
class Line:
    """One thing that happened: for the printed story."""

    day: str
    who: str
    zh: str
    en: str
    clauses: tuple[str, ...] = ()
    clocks: tuple[str, ...] = ()
    refused: str = ""


@dataclass
class Telling:
    """What stories share. `say` is told each line; `items` remembers what was made."""

    at: Installation
    say: Callable[[Line], None]
    wait_seconds: float = 60.0
    items: dict[str, str] = field(default_factory=dict)
    day: str = ""

    def __post_init__(self) -> None:
        self._persons: dict[str, Person] = {}

    def person(self, account: str) -> Person:
        if account not in self._persons:
            self._persons[account] = self.at.person(account)
        return self._persons[account]

    def told(self, who: str, zh: str, en: str, clauses: tuple[str, ...] = ()) -> None:
        self.say(Line(self.day, who, zh, en, clauses))

    def must_refuse(self, ask: Callable[[], Any], account: str, zh: str, en: str, code: str) -> None:
        """Ask for what has to be refused with `code`, and tell of it; raises AssertionError if it is not."""
        try:
            ask()
        except Refused as refusal:
            if refusal.code != code:
                raise
            self.say(Line(self.day, account, zh, en, tuple(refusal.clauses), refused=code))
            return
        raise AssertionError(f"{account} was not refused: {code} was expected")

    def today(self) -> date:
        return date.fromisoformat(self.day)

    def go_to(self, days: int) -> None:
        """Move simulated time to `days` calendar days after the story's first day, 9:00; wait until all have it."""
        if not hasattr(self, "first"):
            self.first = max(self._now().date(), START)
        target = datetime.combine(date.fromordinal(self.first.toordinal() + days), time(9), ZONE)
        self.day = target.date().isoformat()
        if self._now() < target:
            self.person("sys").act("/desk/time_advances/advance_time", {"now": target.isoformat()})
        self.wait(
            lambda: all(
                body.get("now") and datetime.fromisoformat(body["now"]) >= target
                for body in self.at.ready().values()
            ),
            "the new time",
        )

    def _now(self) -> datetime:
        now = self.wait(lambda: self.at.ready()["desk"].get("now"), "the desk")
        return datetime.fromisoformat(now).astimezone(ZONE)

    def wait(self, what: Callable[[], Any], name: str) -> Any:
        try:
            return self.at.wait(what, self.wait_seconds)
        except Late:
            raise Late(f"{name} did not come within {self.wait_seconds:.0f} s") from None
