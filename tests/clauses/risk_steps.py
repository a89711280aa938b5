"""Steps of political ecology, integrity risks and special matters, for their clause tests.

As in `supervision_steps`: time stands at Monday 2 March 2026, 9:00; unit `edu` is office pz1's.
"""

from __future__ import annotations

from typing import Any

from tests.clauses.supervision_steps import Paper, SupervisionWorld, done, refused
from tests.world import Answer, Client

POINTS, MEASURES = "/inspection/risk-points", "/inspection/control-measures"
POINT: Paper = {"unit_id": "edu", "area": "key_post", "level": "high", "point": "采购验收由一人办理"}
MEASURE: Paper = {"measure": "验收由两人共同签字", "set_on": "2026-03-02"}


def id_of(item: str) -> str:
    return item.rpartition("/")[2]


class RiskWorld(SupervisionWorld):
    """What the office and its units do about risks, in short."""

    def register(self, *, by: Client | None = None, **changes: Any) -> Answer:
        return self.do(POINTS, "register_risk_point", POINT | changes, by=by)

    def point(self, **changes: Any) -> str:
        return f"{POINTS}/{done(self.register(**changes)).body['id']}"

    def set_measure(self, *points: str, by: Client | None = None, **changes: Any) -> Answer:
        paper = MEASURE | {"point_ids": [id_of(one) for one in points]} | changes
        return self.do(MEASURES, "set_control_measure", paper, by=by)

    def units(self, by: Client | None = None) -> dict[str, Any]:
        """The risk overview, by unit."""
        return {line["unit_id"]: line for line in self.listed("/inspection/risk-overview", by)}


__all__ = ["RiskWorld", "done", "id_of", "refused"]
