"""What is printed and kept: every figure beside the one that it is measured against, from the same run."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

BEGIN, END = "<!-- bench: {} -->", "<!-- bench end -->"


@dataclass(frozen=True)
class Figure:
    """`ours` against `theirs` in `unit`; the ratio is ours/theirs. `theirs` 0: there is nothing to compare with.

    `least`, `most`: what the ratio has to be, where something is asked.
    """

    name: str
    ours: float
    theirs: float
    unit: str
    against: str = ""
    least: float | None = None
    most: float | None = None

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs if self.theirs else 0.0

    @property
    def verdict(self) -> str:
        if self.least is not None:
            return f"{'met' if self.ratio >= self.least else 'MISSED'}: at least {self.least}"
        if self.most is not None:
            return f"{'met' if self.ratio <= self.most else 'MISSED'}: at most {self.most}"
        return ""

    def line(self) -> str:
        right = f"{self.theirs:>10.1f}   x{self.ratio:<7.3f} {self.against}" if self.theirs else ""
        verdict = f"  {self.verdict}" if self.verdict else ""
        return f"  {self.name:<58} {self.ours:>10.1f} {right} [{self.unit}]{verdict}"

    def row(self) -> str:
        theirs, ratio = (_short(self.theirs), f"{self.ratio:.2f}") if self.theirs else ("", "")
        unit = self.unit.replace("|", "/")
        return f"| {self.name} | {_short(self.ours)} {unit} | {theirs} | {self.against} | {ratio} | {self.verdict} |"


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 1 else f"{value:.3f}"


@dataclass
class Section:
    """One section's figures, tables and remarks in the order in which they came."""

    titles: list[str] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    tables: dict[str, list[str]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    when: str = ""
    how: str = ""

    def markdown(self) -> str:
        lines = [f"*{self.how}, {self.when}.*", ""]
        if self.figures:
            lines += ["| | ours | theirs | against | ratio | asked |", "|---|---|---|---|---|---|"]
            lines += [figure.row() for figure in self.figures] + [""]
        for remark in self.remarks:
            lines += [remark, ""]
        for title, rows in self.tables.items():
            lines += [f"{title[0].upper()}{title[1:]}:", "```text", *rows, "```", ""]
        return "\n".join(lines).rstrip()


@dataclass
class Report:
    """Figures of one run by section, printed as they come; kept as JSON and between the markers of a document."""

    kind: str = "Full run"
    sections: dict[str, Section] = field(default_factory=dict)
    current: str = "other"

    def say(self, text: str) -> None:
        print(text, flush=True)  # noqa: T201 - a command line's output

    def begin(self, name: str) -> None:
        """What is added from now on belongs to this section."""
        self.current = name
        load = f"load {os.getloadavg()[0]:.1f} at its start"
        day = f"{datetime.now(UTC):%Y-%m-%d}"
        self.sections[name] = Section(when=day, how=f"{self.kind}, {os.cpu_count()} cores, {load}")

    def _here(self) -> Section:
        return self.sections.setdefault(self.current, Section())

    def section(self, title: str) -> None:
        self._here().titles.append(title)
        self.say(f"\n== {title}")

    def add(self, figure: Figure) -> Figure:
        self._here().figures.append(figure)
        self.say(figure.line())
        return figure

    def remark(self, text: str) -> None:
        """A sentence that belongs to the figures, such as why there are none."""
        self._here().remarks.append(text)
        self.say(f"  {text}")

    def table(self, title: str, lines: Sequence[str]) -> None:
        self._here().tables[title] = list(lines)
        self.say(f"  -- {title}")
        for line in lines:
            self.say(f"     {line}")

    def keep(self, path: Path) -> None:
        """Write this run's sections; those of earlier runs that were not measured now stay."""
        path.parent.mkdir(parents=True, exist_ok=True)
        known = json.loads(path.read_text(encoding="utf-8")).get("sections", {}) if path.exists() else {}
        for name, section in self.sections.items():
            figures = [
                asdict(f) | {"ratio": round(f.ratio, 4), "verdict": f.verdict} for f in section.figures
            ]
            known[name] = asdict(section) | {"figures": figures}
        path.write_text(json.dumps({"sections": known}, ensure_ascii=False, indent=1), encoding="utf-8")

    def publish(self, document: Path) -> list[str]:
        """Put each section between its markers; what stands around stays. Returns the sections without markers."""
        text = document.read_text(encoding="utf-8")
        homeless = []
        for name, section in self.sections.items():
            begin = BEGIN.format(name)
            pattern = re.compile(re.escape(begin) + r".*?" + re.escape(END), re.DOTALL)
            if not pattern.search(text):
                homeless.append(name)
                continue
            made = f"{begin}\n{section.markdown()}\n{END}"
            text = pattern.sub(lambda _, made=made: made, text)  # type: ignore[misc]
        document.write_text(text, encoding="utf-8")
        return homeless


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` (0..1) of the values do not exceed. Raises ValueError without any."""
    if not values:
        raise ValueError("nothing was measured")
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, max(0, round(share * len(ranked) + 0.5) - 1))]
