"""Steps of an office's checks of its units, for their clause tests; the world is that of daily supervision."""

from __future__ import annotations

from typing import Any

from tests.clauses.supervision_steps import PROBLEMS, Paper, SupervisionWorld, done, refused
from tests.world import Answer, Client

CHECKS, LISTS = "/inspection/unit-checks", "/inspection/responsibility-lists"
CHECK: Paper = {
    "unit_id": "edu",
    "check_type": "political_compliance",
    "basis": "党章、党内法规和宪法法律",
    "finding": "总体落实到位",
    "checked_on": "2026-03-02",
}
OWNERS = ("p-edu-head", "p-edu-vice", "p-edu-sec")


def tasks(count: int) -> list[Paper]:
    return [
        {"no": number, "task": f"第{number}项任务", "owner_id": OWNERS[number % len(OWNERS)]}
        for number in range(1, count + 1)
    ]


class UnitCheckWorld(SupervisionWorld):
    """Inspection alone unless told otherwise, with checks and lists in short."""

    def check_unit(self, by: Client | None = None, /, **changes: Any) -> Answer:
        return self.do(CHECKS, "record_unit_check", CHECK | changes, by=by)

    def register(self, count: int = 3, *, by: Client | None = None, **changes: Any) -> Answer:
        paper = {"scope": "committee", "effective_on": "2026-01-01", "tasks": tasks(count)}
        return self.do(LISTS, "register_responsibility_list", paper | changes, by=by or self.unit)

    def registered(self, count: int = 3, **changes: Any) -> str:
        return f"{LISTS}/{done(self.register(count, **changes)).body['id']}"

    def check_task(self, of: str, number: int, **changes: Any) -> Answer:
        task = {"list_id": of.rpartition("/")[2], "task_no": number, "result": "done"}
        return self.check_unit(**({"check_type": "responsibility_task"} | task | changes))

    def record(self, unit: str = "edu", *, by: Client | None = None, **asked: str) -> Any:
        """The unit's supervision record."""
        answer = (by or self.head).get("/inspection/supervision-record", unit=unit, **asked)
        assert answer.status == 200, answer.body
        return answer.body


__all__ = ["PROBLEMS", "UnitCheckWorld", "done", "refused"]
