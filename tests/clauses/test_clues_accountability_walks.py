"""Random walks through a problem and an accountability never reach what a guard forbids (lifecycles.md, 1.8 and 1.9).

The models are written from the lifecycle and the clauses, not from the code. Whatever is tried in whatever order, by
whomever, the product accepts exactly what the model allows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from services.chassis import tables
from tests.clauses.accountability_steps import DECISION, FILES, PROPOSAL, AccountabilityWorld
from tests.clauses.suggestion_steps import DRAFT, PLACE
from tests.clauses.test_clues_accountability_dual import LENIENT
from tests.world import Answer

WALKS = settings().max_examples // 4
STAFF = ("clerk1", "clerk2", "head1", "deputy1")
HANDLERS = ("clerk1", "head1", "deputy1")
LESSER, GREATER = ("general", "specific"), ("outstanding", "widespread")


@dataclass(frozen=True)
class Step:
    """One line of a lifecycle: who, from where, to where; `approvers` in order; `grades`: of the problem."""

    who: tuple[str, ...]
    before: tuple[str, ...]
    after: str = ""
    approvers: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()


PROBLEMS = {
    "grade_problem": Step(
        STAFF, ("registered", "notified", "approved", "passed_up", "commission_approved"), "registered"
    ),
    "notify_problem": Step(STAFF, ("registered",), "notified", (), LESSER),
    "draft_suggestion": Step(STAFF, ("registered",), "approved", ("head1",), GREATER),
    "pass_up": Step(STAFF, ("registered",), "passed_up", ("head1",), ("major",)),
    "pass_up_directly": Step(STAFF, ()),
    "put_to_commission": Step(("jd1",), ("passed_up",), "commission_approved", ("leader",)),
    "pass_suggestion_back": Step(("jd1",), ("passed_up",), "registered"),
    "issue_suggestion": Step(STAFF, ("approved", "commission_approved"), "issued"),
    "record_answer": Step(STAFF, ("issued",), "answered"),
    "verify_answer": Step(STAFF, ("answered",), "verified"),
    "close_problem": Step(STAFF, ("notified", "verified"), "closed"),
}
ACCOUNTABILITY = {
    "request_accountability": Step(HANDLERS, ("found",), "approved", ("head1",)),
    "request_commissions_approval": Step(HANDLERS, ()),
    "set_aside_accountability": Step(HANDLERS, ("found",), "set_aside", ("head1",)),
    "open_inquiry": Step(HANDLERS, ("approved",), "inquiry"),
    "propose_to_unit": Step(HANDLERS, ("approved",), "proposed"),
    "record_unit_answer": Step(HANDLERS, ("proposed",), "unit_inquiry"),
    "decide_lenience": Step(("leader",), ("found", "approved", "inquiry", "proposed", "unit_inquiry")),
    "decide_accountability": Step(HANDLERS, ("inquiry", "unit_inquiry"), "decided"),
    "decide_dual_accountability": Step(("leader",), ()),
    "announce_decision": Step(HANDLERS, ("decided",)),
    "verify_execution": Step(HANDLERS, ("announced",), "executed"),
    "close_accountability": Step(HANDLERS, ("executed",), "closed"),
    "close_dual_accountability": Step(("leader",), ()),
}
ALONE = {
    "issue_suggestion": "draft_suggestion",
    "open_inquiry": "request_accountability",
    "propose_to_unit": "request_accountability",
}
"""What nobody does alone who both asked for the approval and gave it."""
PAPERS: dict[str, dict[str, object]] = {
    "notify_problem": {"facts": "事实", "opinion": "整改"},
    "draft_suggestion": DRAFT,
    "pass_up": DRAFT,
    "pass_up_directly": DRAFT,
    "pass_suggestion_back": {"reason": "请补充"},
    "record_answer": {"summary": "已整改"},
    "set_aside_accountability": {"reason": "情节轻微"},
    "propose_to_unit": PROPOSAL,
    "decide_lenience": LENIENT,
    "decide_accountability": DECISION,
    "decide_dual_accountability": DECISION,
    "verify_execution": {"findings": "已执行"},
}
SCANS = {
    "draft_suggestion": ("collective_study_minutes",),
    "record_answer": ("suggestion_reply",),
    "decide_accountability": ("accountability_decision",),
    "decide_dual_accountability": ("accountability_decision",),
    "verify_execution": ("accountability_announcement",),
}


@dataclass
class Life:
    """What the model knows of one item. `alone`: who both asked for and gave the latest approval of an act."""

    steps: dict[str, Step]
    state: str
    grade: str = ""
    pending: dict[str, str] = field(default_factory=dict)
    alone: dict[str, str] = field(default_factory=dict)
    unanswered: int = 0
    open: set[str] = field(default_factory=lambda: {"cadre", "cadre_party_organisation"})

    def allows(self, account: str, act: str, paper: dict[str, Any]) -> bool:
        step = self.steps[act]
        if account not in step.who or self.state not in step.before or act in self.pending:
            return False
        if step.grades and self.grade not in step.grades:
            return False
        if act == "pass_suggestion_back":
            return self.unanswered > 0 and not self.pending
        if act == "issue_suggestion" and paper["issuer"] != self.issuer:
            return False
        if act == "announce_decision":
            return paper["addressee_role"] in self.open
        one_name = self.state != "commission_approved"
        return not (one_name and self.alone.get(ALONE.get(act, "")) == account)

    @property
    def issuer(self) -> str:
        return "district_commission" if self.state == "commission_approved" else "dispatched_office"

    def take(self, account: str, act: str, paper: dict[str, Any]) -> None:
        if self.steps[act].approvers:
            self.pending[act] = account
            return
        after = self.steps[act].after
        if act == "grade_problem":
            self.grade, self.pending = paper["grade"], {}
        elif act == "pass_suggestion_back":
            self.unanswered -= 1
        elif act == "verify_answer" and not paper["rectified"]:
            after = "issued"
        elif act == "record_unit_answer" and paper["answer_code"] == "declined":
            after = "approved"
        elif act == "announce_decision":
            self.open.discard(paper["addressee_role"])
            after = "" if self.open else "announced"
        self.enter(after)

    def decide(self, account: str, act: str, *, approve: bool) -> None:
        proposer = self.pending.pop(act)
        if not approve:
            self.unanswered += act == "put_to_commission"
            return
        self.alone[act] = account if account == proposer else ""
        self.enter(self.steps[act].after)

    def enter(self, state: str) -> None:
        self.state = state or self.state
        self.pending = {a: by for a, by in self.pending.items() if self.state in self.steps[a].before}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AccountabilityWorld]:
    """All walks start in one world, each with an item of its own."""
    steps = AccountabilityWorld(tmp_path_factory.mktemp("walks"))
    yield steps
    steps.world.close()


def paper_of(act: str, life: Life, data: st.DataObject) -> dict[str, Any]:
    """What is filled in; where it matters for what may follow, drawn."""
    drawn: dict[str, tuple[str, list[Any]]] = {
        "grade_problem": ("grade", [*LESSER, *GREATER, "major", "major"]),
        "issue_suggestion": ("issuer", [life.issuer] * 3 + ["dispatched_office", "district_commission"]),
        "verify_answer": ("rectified", [True, False]),
        "record_unit_answer": ("answer_code", ["accepted", "declined"]),
        "announce_decision": ("addressee_role", [*sorted(life.open) * 2, "cadre", "subject_organisation"]),
    }
    more: dict[str, dict[str, Any]] = {
        "grade_problem": {"reason": "重新研究"},
        "issue_suggestion": {"copied_to": "jd1"},
        "verify_answer": {"findings": "经核实"},
        "announce_decision": {"subject_ref": "p-edu-sec"},
    }
    paper: dict[str, Any] = PAPERS.get(act, {}) | more.get(act, {})
    if act in drawn:
        name, choices = drawn[act]
        paper[name] = data.draw(st.sampled_from(choices), label=name)
    return paper


def walk(here: AccountabilityWorld, place: str, item: str, life: Life, data: st.DataObject) -> None:
    knowing = {*STAFF, "jd1", "leader"} if place == PLACE else {*HANDLERS, "jd1", "leader", "ags1"}
    for _ in range(data.draw(st.integers(5, 25), label="steps")):
        account, what, answer, allowed = one_step(here, place, item, life, data)
        assert (answer.status < 400) is allowed, (what, account, life, answer.body)
        assert answer.status < 500
        assert (answer.status == 404) is (account not in knowing), (what, account, life)
        assert here.leader.get(f"{place}/{item}").body["state"] == life.state, (what, account)
    event(f"ends {life.state}")


def one_step(
    here: AccountabilityWorld, place: str, item: str, life: Life, data: st.DataObject
) -> tuple[str, str, Answer, bool]:
    """Try something, mostly what may succeed: who, what, the answer, and whether the model allows it."""
    fitting = [
        a
        for a, s in life.steps.items()
        if life.state in s.before and life.grade in (s.grades or (life.grade,))
    ]
    waiting = [f"decide {act}" for act in life.pending] * 3
    what = data.draw(st.sampled_from([*(fitting + waiting) * 4, *life.steps]), label="what")
    act = what.removeprefix("decide ")
    likely = life.steps[act].approvers if what != act else life.steps[act].who
    account = data.draw(st.sampled_from([*likely * 4, *STAFF, "jd1", "leader", "xf1", "head2"]), label="by")
    if what != act:
        approve = data.draw(st.sampled_from([True, True, False]), label="approve")
        allowed = account in life.steps[act].approvers
        answer = decided(here, place, item, account, act, approve=approve)
        if allowed:
            life.decide(account, act, approve=approve)
        return account, what, answer, allowed
    paper = paper_of(act, life, data)
    allowed = life.allows(account, act, paper)
    version = here.leader.get(f"{place}/{item}").body["version"]
    client = here.world.as_(account)
    attached = here.documents(*SCANS.get(act, ()), client=client)
    answer = client.act(f"{place}/{item}/{act}", paper, attachments=attached, version=version)
    if allowed:
        life.take(account, act, paper)
    return account, what, answer, allowed


def decided(
    here: AccountabilityWorld, place: str, item: str, account: str, act: str, *, approve: bool
) -> Answer:
    with here.world.runtimes["clues"].db.read() as session:
        one = session.query(tables.Proposal).filter_by(subject_id=item, act=act, status="pending").one()
    body = {"digest": one.digest.hex(), "reason": "请修改"}
    path = f"{place}/{item}/proposals/{one.id}/{'approve' if approve else 'return'}"
    return here.world.as_(account).send("POST", path, body=body)


@settings(
    max_examples=WALKS, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data())
def test_no_walk_through_a_problem_reaches_what_a_guard_forbids(
    here: AccountabilityWorld, data: st.DataObject
) -> None:
    grade = data.draw(st.sampled_from([*LESSER, *GREATER, "major"]), label="grade")
    walk(here, PLACE, here.problem(grade), Life(PROBLEMS, "registered", grade), data)


@settings(
    max_examples=WALKS, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data())
def test_no_walk_through_an_accountability_reaches_what_a_guard_forbids(
    here: AccountabilityWorld, data: st.DataObject
) -> None:
    walk(here, FILES, here.arisen(), Life(ACCOUNTABILITY, "found"), data)


def test_the_models_know_every_act(here: AccountabilityWorld) -> None:
    acts = here.clerk.get("/clues/acts").body["acts"]
    for kind, steps, beside in (
        ("suggestion", PROBLEMS, set()),
        ("accountability", ACCOUNTABILITY, {"name_subjects"}),
    ):
        assert {a["name"] for a in acts if a["kind"] == kind and not a["creates"]} == set(steps) | beside
