"""Where a team and a round stand: as far as the least advanced of their units (inspection-machines.yaml)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

TEAM_STAGES = (
    "withdrawn",
    "reports_submitted",
    "reports_reviewed",
    "leading_group_heard",
    "feedback_delivered",
)
"""What a team reaches when all its units have."""
ROUND_STAGES = ("withdrawn", "reports_submitted", "reports_reviewed", "feedback_delivered")
"""What a round reaches when all its teams have; from the hearings on its own acts move it."""


def reached(order: Sequence[str], states: Iterable[str], stages: Iterable[str]) -> str:
    """The furthest of `stages` that all `states` have come to, by their `order`; empty for none."""
    ranks = [order.index(state) for state in states]
    if not ranks:
        return ""
    passed = [stage for stage in stages if order.index(stage) <= min(ranks)]
    return max(passed, key=order.index, default="")
