"""A small bar chart as SVG, drawn here: no script, no style of its own; every bar is a link to what is behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

WIDE, GAP, HIGH, ABOVE, BELOW = 26, 8, 90, 16, 18
SMALL = 3
"""Height of a bar whose count is not told."""

_SVG = Markup(
    '<svg class="chart" xmlns="http://www.w3.org/2000/svg" role="group" aria-labelledby="{id}-t {id}-d"'
    ' viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
    '<title id="{id}-t">{title}</title><desc id="{id}-d">{description}</desc>{bars}'
    '<line x1="0" y1="{floor}" x2="{width}" y2="{floor}" class="axis"/></svg>'
)
_BAR = Markup(
    '<a href="{link}" aria-label="{name}"><rect x="{x}" y="{y}" width="{wide}" height="{high}" class="{kind}"/>'
    '<text x="{middle}" y="{over}" text-anchor="middle">{value}</text></a>'
)
_LABEL = Markup('<text x="{middle}" y="{under}" text-anchor="middle" class="soft">{label}</text>')


@dataclass(frozen=True)
class Bar:
    """`count`: None where it is not told. `label` stands below it, `name` is read out, `link` is what is behind it."""

    label: str
    name: str
    count: int | None
    link: str


def bar_chart(chart_id: str, title: str, description: str, bars: Sequence[Bar], *, most: int) -> Markup:
    """`most`: the count of a full bar, the same for charts that are compared."""
    floor = ABOVE + HIGH
    drawn = Markup().join(_drawn(bar, number, most, floor) for number, bar in enumerate(bars))
    return _SVG.format(
        id=chart_id, title=title, description=description, bars=drawn, floor=floor,
        width=GAP + len(bars) * (WIDE + GAP), height=floor + BELOW,
    )  # fmt: skip


def _drawn(bar: Bar, number: int, most: int, floor: int) -> Markup:
    x = GAP + number * (WIDE + GAP)
    middle = x + WIDE // 2
    high = SMALL if bar.count is None else round(HIGH * bar.count / most) if most else 0
    if bar.count:
        high = max(high, 1)
    label = _LABEL.format(middle=middle, under=floor + BELOW - 4, label=bar.label)
    if bar.count == 0:  # nothing is behind it
        return label
    value = "*" if bar.count is None else bar.count
    kind = "untold" if bar.count is None else "told"
    place = {
        "x": x,
        "y": floor - high,
        "wide": WIDE,
        "high": high,
        "middle": middle,
        "over": floor - high - 3,
    }
    return _BAR.format(link=bar.link, name=bar.name, kind=kind, value=value, **place) + label
