"""What is printed: every figure beside the one that it is measured against, from the same run."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """`ours` against `theirs` in `unit`; the ratio is ours/theirs. `theirs` 0: there is nothing to compare with."""

    name: str
    ours: float
    theirs: float
    unit: str
    against: str = ""

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs if self.theirs else 0.0

    def line(self) -> str:
        right = f"{self.theirs:>10.1f}   x{self.ratio:<7.3f} {self.against}" if self.theirs else ""
        return f"  {self.name:<58} {self.ours:>10.1f} {right} [{self.unit}]"


@dataclass
class Report:
    """Figures and tables of one run, printed as they come and kept as JSON."""

    figures: list[Figure] = field(default_factory=list)
    tables: dict[str, list[str]] = field(default_factory=dict)

    def say(self, text: str) -> None:
        print(text, flush=True)  # noqa: T201 - a command line's output

    def section(self, title: str) -> None:
        self.say(f"\n== {title}")

    def add(self, figure: Figure) -> Figure:
        self.figures.append(figure)
        self.say(figure.line())
        return figure

    def table(self, title: str, lines: Sequence[str]) -> None:
        self.tables[title] = list(lines)
        self.say(f"  -- {title}")
        for line in lines:
            self.say(f"     {line}")

    def keep(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        found = {
            "figures": [asdict(f) | {"ratio": round(f.ratio, 4)} for f in self.figures],
            "tables": self.tables,
        }
        path.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` (0..1) of the values do not exceed. Raises ValueError without any."""
    if not values:
        raise ValueError("nothing was measured")
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, max(0, round(share * len(ranked) + 0.5) - 1))]
