"""Steps of rules that offices work by: assignments to units, docking meetings, screenings."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.chassis import tables
from tests.clauses.risk_steps import RiskWorld
from tests.clauses.supervision_steps import done
from tests.world import Answer, Client

ASSIGNMENTS, DOCKINGS = "/inspection/unit-assignments", "/inspection/docking-meetings"
SCREENINGS = "/inspection/risk-screenings"
Paper = dict[str, Any]
DOCKING: Paper = {
    "office_id": "pz1",
    "commission_office_id": "jd1",
    "unit_id": "edu",
    "period": "2026-Q1",
    "held_on": "2026-03-02",
    "analysis": "来信集中在基建领域",
}
SCREENING: Paper = {
    "unit_id": "edu",
    "screened_from": "2026-01-01",
    "screened_to": "2026-03-02",
    "summary": "已按岗位逐项排查",
}


class OfficeRules(RiskWorld):
    """The acts in short."""

    def assign(self, *, by: Client | None = None, **changes: Any) -> Answer:
        paper = {"person_id": "p-clerk1", "unit_id": "edu"} | changes
        return self.do(ASSIGNMENTS, "assign_to_unit", paper, by=by or self.head)

    def assigned(self, **changes: Any) -> str:
        return f"{ASSIGNMENTS}/{done(self.assign(**changes)).body['id']}"

    def declare(self, assignment: str, *, by: Client | None = None, conflict: bool = False) -> Answer:
        paper = {"has_conflict": conflict, "statement": "情况属实"}
        return self.do(assignment, "declare_unit_conflict", paper, by=by)

    def confirm(self, assignment: str, *, by: Client | None = None) -> Answer:
        return self.do(assignment, "confirm_unit_assignment", by=by or self.head)

    def worked_at(self, person: str, unit: str, until: date) -> None:
        """A post at a unit that ended, as the directory keeps it."""
        with self.world.runtimes["inspection"].db.write() as session:
            session.add(
                tables.DirectoryAssignment(
                    assignment_id=f"former-{person}", person_id=person, role="supervised_unit", office_id="",
                    unit_id=unit, valid_from=date(2015, 1, 1), valid_to=until, version=1,
                )
            )  # fmt: skip

    def dock(self, *, by: Client | None = None, without: str = "", **changes: Any) -> Answer:
        paper = {key: value for key, value in (DOCKING | changes).items() if key != without}
        return self.do(DOCKINGS, "record_docking_meeting", paper, by=by)

    def screen(self, *, by: Client | None = None, without: str = "", **changes: Any) -> Answer:
        paper = {key: value for key, value in (SCREENING | changes).items() if key != without}
        return self.do(SCREENINGS, "close_risk_screening", paper, by=by)
