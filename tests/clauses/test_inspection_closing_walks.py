"""Random walks at the end of a round: nobody closes it over what is open, and nothing of it is done afterwards.

The model is written from the machine *round* and the clauses of its last transition, not from the code.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from tests.clauses.closing_steps import ClosingSteps
from tests.clauses.result_steps import key
from tests.clauses.test_inspection_conduct import CONDUCT, SHEET
from tests.clauses.test_inspection_disclosure import VISIT
from tests.clauses.test_inspection_issue_transfers import PAPER as TO_DEPARTMENT
from tests.clauses.test_inspection_issue_transfers import TRANSFERS
from tests.world import Answer, Client

WALKS = max(settings().max_examples // 30, 2)
OFFICE = ("xc1", "xcd")
TRYING = (*OFFICE, "xc1", "xz1", "zu1", "edu-head")
DOINGS = ("order", "visit", "assess", "report", "give", "answer", "close", "close")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("closing-walks")


class Ending:
    """What the model knows of a round that has been reported on, with all else done but what is optional."""

    def __init__(self) -> None:
        self.closed, self.visit, self.assessed, self.given = False, False, "", ""

    @property
    def still_open(self) -> set[str]:
        found = {"XC-45.0a": self.visit, "XC-34.4b": self.assessed == "assessed"}
        return {clause for clause, is_open in found.items() if is_open} | (
            {"XC-38.0a"} if self.given == "transferred" else set()
        )

    def allows(self, account: str, doing: str) -> bool:
        possible = {
            "order": True,
            "visit": self.visit,
            "assess": not self.assessed,
            "report": self.assessed == "assessed",
            "give": not self.given,
            "answer": self.given == "transferred",
            "close": not self.still_open,
        }
        return account in OFFICE and not self.closed and possible[doing]

    def take(self, doing: str) -> None:
        self.visit = {"order": True, "visit": False}.get(doing, self.visit)
        self.assessed = {"assess": "assessed", "report": "reported"}.get(doing, self.assessed)
        self.given = {"give": "transferred", "answer": "answered"}.get(doing, self.given)
        self.closed = doing == "close"


class Walk:
    """A round and its model."""

    def __init__(self, folder: Path) -> None:
        self.w = ClosingSteps(folder / uuid4().hex, services=("inspection", "archive"))
        self.item, self.model = self.w.ready(), Ending()
        self.unit = self.w.unit_of(self.item)
        self.issue = self.w.issues_of(self.unit)[0]

    def _of(self, place: str) -> str:
        """The one item there is, or an address that nothing has."""
        found = self.w.office.get(place).body["items"]
        return f"{place}/{found[0]['id'] if found else 'none'}"

    def attempt(self, by: Client, doing: str) -> Answer:
        w, today = self.w, self.w.today()
        given = TO_DEPARTMENT | {"round_id": w.item(self.item)["round_id"], "issue_id": self.issue}
        tries: dict[str, tuple[str, str, Mapping[str, object]]] = {
            "order": (self.item, "order_follow_up", VISIT | {"visit_on": today}),
            "visit": (self.item, "record_follow_up", {"visited_on": today, "findings": "均已整改"}),
            "assess": (CONDUCT, "assess_conduct", SHEET | {"engagement_id": key(self.unit)}),
            "report": (self._of(CONDUCT), "report_conduct", {"result_summary": "总体情况"}),
            "give": (TRANSFERS, "transfer_issue", given),
            "answer": (
                self._of(TRANSFERS), "record_department_answer", {"outcome": "已处理", "replied_on": today},
            ),
            "close": (w.round_of(self.unit), "close_round", {}),
        }  # fmt: skip
        address, act, paper = tries[doing]
        return w.do(address, act, paper, by=by)


@settings(
    max_examples=WALKS,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(steps=st.lists(st.tuples(st.sampled_from(TRYING), st.sampled_from(DOINGS)), min_size=4, max_size=10))
def test_no_walk_closes_a_round_over_what_is_open(folder: Path, steps: list[tuple[str, str]]) -> None:
    walk = Walk(folder)
    model = walk.model
    for account, doing in steps:
        answer = walk.attempt(walk.w.world.as_(account), doing)
        allowed = model.allows(account, doing)
        assert (answer.status in (200, 201)) == allowed, (account, doing, vars(model), answer.body)
        if doing == "close" and account in OFFICE and not model.closed and not allowed:
            assert set(answer.body["clauses"]) == model.still_open
        if allowed:
            model.take(doing)
    assert (walk.w.item(walk.item)["state"] == "closed") == model.closed
    event(f"closed: {model.closed}")
    walk.w.world.close()
