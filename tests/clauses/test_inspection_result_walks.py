"""Random walks of a unit's reports and of a round's two never reach what a guard forbids (inspection-machines.yaml).

The model is written from the machine and the clauses, not from the code.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from tests.clauses.result_steps import (
    ENTRY,
    INTERVIEW_TEXT,
    REPORTS,
    ROUND_CLUES,
    ROUND_REPORTS,
    TEXT,
    TO_OFFICE,
    Paper,
    ResultWorld,
)
from tests.world import Answer

WALKS = max(settings().max_examples // 10, 3)
NO_HURRY = settings(
    max_examples=WALKS,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
TEAM, OFFICE = ("zu1", "zu2", "zu3"), ("xc1", "xcd")
ACCOUNTS = (*TEAM, "zu4", *OFFICE, "xz1", "xz2", "edu-head")
KINDS = tuple(REPORTS)
ACTS = ("draft", "deliberate", "sign", "submit", "return", "revise", "pass")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("walks")


@dataclass
class Reports:
    """What the model knows of a unit's reports: each one's state, author, and whether it ever was submitted."""

    state: dict[str, str] = field(default_factory=lambda: dict.fromkeys(KINDS, ""))
    author: dict[str, str] = field(default_factory=dict)
    submitted: set[str] = field(default_factory=set)

    def next(self, account: str, kind: str, act: str) -> str:
        """Where the machine leads; empty for nowhere."""
        state = self.state[kind]
        writers = TEAM if kind == "inspection" else ("zu1", self.author.get(kind, ""))
        reviewers = ("xcd",) if kind == "clue" else OFFICE
        first = "deliberated" if kind == "inspection" else "drafted"
        before = ("returned",) if kind == "inspection" else ("drafted", "returned")
        all_in = self.submitted == set(KINDS)
        reached = {
            "draft": (account in TEAM and not state, "drafted"),
            "deliberate": (kind == "inspection" and account in TEAM and state == "drafted", "deliberated"),
            "sign": (account == "zu1" and state in (first, "revised"), "signed"),
            "submit": (account == "zu1" and state == "signed", "submitted"),
            "return": (account in reviewers and state == "submitted" and all_in, "returned"),
            "revise": (account in writers and state in before, "revised"),
            "pass": (account in reviewers and state == "submitted" and all_in, "reviewed"),
        }
        return reached[act][1] if reached[act][0] else ""

    @property
    def unit(self) -> str:
        if set(self.state.values()) == {"reviewed"}:
            return "reports_reviewed"
        return "reports_submitted" if self.submitted == set(KINDS) else "withdrawn"


class Walk:
    """A unit that its team has left, and the model of its reports."""

    def __init__(self, folder: Path) -> None:
        self.w = ResultWorld(folder / uuid4().hex)
        self.unit = self.w.result_at("withdrawn")
        held = self.w.session(self.w.team_at(self.unit), matters=["texts"])
        self.session, self.model = held.body["id"], Reports()
        findings = [{"issue_id": issue} for issue in self.w.issues_of(self.unit)]
        entries = [ENTRY | {"clue_id": clue} for clue in self.w.clues_of(self.unit)]
        self.texts: dict[str, Paper] = {
            "inspection": TEXT | {"findings": findings},
            "interview": INTERVIEW_TEXT,
            "clue": {"entries": entries},
        }
        self.place: dict[str, str] = {}

    def attempt(self, account: str, kind: str, act: str) -> Answer:
        client = self.w.world.as_(account)
        if act == "draft":
            return self.w.draft(self.unit, kind, client, **self.texts[kind])
        item = self.place.get(kind, f"{REPORTS[kind]}/none")
        revised = self.texts[kind] | {"answers": [{"no": 1, "adopted": True}]}
        papers: dict[str, Paper] = {
            "deliberate": {"session_id": self.session},
            "submit": dict(TO_OFFICE),
            "return": {"suggestions": ["补充"]},
            "revise": revised,
        }
        version = int(self.w.leader.get(item).body.get("version", 0))
        return client.act(f"{item}/{act}_report", papers.get(act, {}), version=version)

    def step(self, account: str, kind: str, act: str) -> None:
        model = self.model
        reached = model.next(account, kind, act)
        answer = self.attempt(account, kind, act)
        assert (answer.status in (200, 201)) == bool(reached), (account, kind, act, model, answer.body)
        assert answer.status < 500
        if not reached:
            return
        model.state[kind] = reached
        if act == "draft":
            model.author[kind] = account
            self.place[kind] = f"{REPORTS[kind]}/{answer.body['id']}"
        if act == "submit":
            model.submitted.add(kind)
        assert self.w.item(self.place[kind], self.w.leader)["state"] == reached
        assert self.w.item(self.unit)["state"] == model.unit


@NO_HURRY
@given(data=st.data())
def test_no_walk_of_a_units_reports_reaches_what_a_guard_forbids(folder: Path, data: st.DataObject) -> None:
    walk = Walk(folder)
    tries = [(account, kind, act) for account in ACCOUNTS for kind in KINDS for act in ACTS]
    try:
        for _ in range(data.draw(st.integers(8, 30), label="steps")):
            fitting = [one for one in tries if walk.model.next(*one)]
            likely = fitting * (len(tries) // max(len(fitting), 1))
            walk.step(*data.draw(st.sampled_from(likely + tries), label="step"))
        event(walk.model.unit)
    finally:
        walk.w.world.close()


MEETINGS = {
    "clues/finalise": (ROUND_CLUES, "drafted", "finalised", ("xcd",)),
    "clues/hear": (ROUND_CLUES, "finalised", "heard", ("xcd",)),
    "clues/speak": (ROUND_CLUES, "heard", "decided", ("xcd",)),
    "whole/finalise": (ROUND_REPORTS, "drafted", "finalised", OFFICE),
    "whole/hear": (ROUND_REPORTS, "finalised", "heard", OFFICE),
}
"""Step: the report's place, its state before and after, who takes it. What the head finalises, the head decides."""


@NO_HURRY
@given(steps=st.lists(st.tuples(st.sampled_from((*OFFICE, "xz1", "zu1")), st.sampled_from(sorted(MEETINGS))),
                      min_size=5, max_size=14))  # fmt: skip
def test_the_bodies_hear_in_any_order_and_each_what_was_finalised(
    folder: Path, steps: list[tuple[str, str]]
) -> None:
    w = ResultWorld(folder / uuid4().hex)
    item = w.round_of(w.result_at("drafted"))
    states = dict.fromkeys((ROUND_CLUES, ROUND_REPORTS), "drafted")
    try:
        for account, step in steps:
            place, before, after, who = MEETINGS[step]
            allowed = account in who and states[place] == before
            assert (taken(w, item, account, step) in (200, 201)) == allowed, (account, step, states)
            states[place] = after if allowed else states[place]
            assert w.item(item)["state"] == of_the_round(states)
        event(of_the_round(states))
    finally:
        w.world.close()


def of_the_round(states: dict[str, str]) -> str:
    if states == {ROUND_CLUES: "decided", ROUND_REPORTS: "heard"}:
        return "results_reported"
    return "leading_group_heard" if "drafted" in states.values() else "results_finalised"


def taken(w: ResultWorld, item: str, account: str, step: str) -> int:
    """The status of the answer; of what the head finalises, of both."""
    report = w.of_round(MEETINGS[step][0], item)
    by = w.world.as_(account)
    found = [one["id"] for one in w.director.get("/inspection/found-clues").body["items"]]
    opinions = [{"clue_id": one, "opinion": "处置意见"} for one in found]
    acts: dict[str, tuple[str, Paper]] = {
        "clues/hear": (
            "hold_secretary_meeting",
            {"held_on": "2026-03-02", "attendee_ids": ["p-xz1"], "decision_on_use": "决定"},
        ),
        "clues/speak": ("record_speech", {"remarks": "讲话", "disposal_opinions": opinions}),
        "whole/hear": (
            "hold_standing_committee",
            {"held_on": "2026-03-02", "rectification_requirements": "整改要求"},
        ),
    }
    act, paper = acts.get(step, ("finalise_report", {}))
    version = int(w.director.get(report).body["version"])
    answer = by.act(f"{report}/{act}", paper, version=version)
    if act == "finalise_report" and answer.status == 200:
        answer = w.decide(report, w.head)
    return answer.status
