"""Random walks through a measure never reach what a guard forbids (lifecycles.md, 1.6).

The model below is written from the lifecycle and the clauses, not from the code: which post may take which step from
which state, for whose approval. Whatever is tried in whatever order, the product accepts exactly what the model allows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from services.chassis import tables
from services.clues.storage_measure import Measure
from tests.clauses.measure_steps import FOR_THE_DESK, MEASURES, MeasureWorld
from tests.world import Answer

WALKS = settings().max_examples // 3
OFFICE = ("clerk1", "head1", "deputy1")
KNOWING = (*OFFICE, "jd1", "leader", "ags1")
ACCOUNTS = (*KNOWING, "clerk2", "head2", "xf1", "sys")
ASKED: dict[str, tuple[str, dict[str, object]]] = {
    "head": ("query", {}),
    "district": ("exit_restriction", {}),
    "city": ("obtain", {"communication_data": True}),
}
"""A measure for each level of approval (LZ-16.6, LZ-16.10, LZ-16.7)."""
ROLES = {"head": "dispatched_office_head", "district": "commission_leader", "city": "city_commission"}


@dataclass(frozen=True)
class Step:
    """One line of the lifecycle: who, from where, to where; `approver`: the head; `levels`: only for these."""

    who: tuple[str, ...]
    before: tuple[str, ...]
    after: str
    approver: str = ""
    levels: tuple[str, ...] = ("head", "district", "city")


LIFE = {
    "request_measure_approval": Step(OFFICE, ("requested",), "approved", "head1", ("head",)),
    "submit_request": Step(OFFICE, ("requested",), "submitted", "head1", ("district", "city")),
    "receive_request": Step(("jd1",), ("submitted",), "received"),
    "pass_request_up": Step(("jd1",), ("received",), "passed_up"),
    "decide_request": Step(("leader",), ("passed_up",), "approved", levels=("district",)),
    "enter_citys_answer": Step(("jd1",), ("passed_up",), "approved", levels=("city",)),
    "issue_measure_document": Step(OFFICE, ("approved",), "document_issued"),
    "execute_measure": Step(OFFICE, ("document_issued",), "executed"),
    "end_measure": Step(OFFICE, ("executed",), "ended"),
    "withdraw_measure": Step(
        OFFICE,
        ("requested", "submitted", "received", "passed_up", "approved", "document_issued"),
        "withdrawn",
    ),
}
ANSWERS = ("decide_request", "enter_citys_answer")
DOCUMENTS = {
    "submit_request": FOR_THE_DESK,
    "enter_citys_answer": ("measure_document",),
    "issue_measure_document": ("measure_document",),
}


@dataclass
class Life:
    """What the model knows of one measure. `alone`: who both asked for and gave the head's approval."""

    level: str
    state: str = "requested"
    pending: dict[str, str] = field(default_factory=dict)
    alone: str = ""

    def allows(self, account: str, act: str) -> bool:
        step = LIFE[act]
        if account not in step.who or self.state not in step.before or act in self.pending:
            return False
        if self.level not in step.levels:
            return False
        return act != "execute_measure" or self.alone != account

    def take(self, account: str, act: str, *, approved: bool) -> None:
        if LIFE[act].approver:
            self.pending[act] = account
        else:
            self.enter("refused" if act in ANSWERS and not approved else LIFE[act].after)

    def decide(self, account: str, act: str, *, approve: bool) -> None:
        proposer = self.pending.pop(act)
        if approve:
            if act == "request_measure_approval" and proposer == account:
                self.alone = account
            self.enter(LIFE[act].after)

    def enter(self, state: str) -> None:
        self.state = state
        self.pending = {act: by for act, by in self.pending.items() if state in LIFE[act].before}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[MeasureWorld, str]]:
    """All walks start in one world, under one verification, each with a measure of its own."""
    steps = MeasureWorld(tmp_path_factory.mktemp("walks"))
    yield steps, steps.verified()
    steps.world.close()


def stored(steps: MeasureWorld, item: str) -> Measure:
    with steps.world.runtimes["clues"].db.read() as session:
        return session.get_one(Measure, item)


def decide(steps: MeasureWorld, item: str, account: str, act: str, *, approve: bool) -> Answer:
    with steps.world.runtimes["clues"].db.read() as session:
        one = session.query(tables.Proposal).filter_by(subject_id=item, act=act, status="pending").one()
    body = {"digest": one.digest.hex(), "reason": "请修改"}
    path = f"{MEASURES}/{item}/proposals/{one.id}/{'approve' if approve else 'return'}"
    return steps.world.as_(account).send("POST", path, body=body)


def paper_of(act: str, item: str, level: str, *, approved: bool) -> dict[str, object]:
    papers: dict[str, dict[str, object]] = {
        "decide_request": {"approved": approved, "reason": "理由"},
        "enter_citys_answer": {
            "approved": approved, "reason": "理由", "reply_no": "1", "answered_on": "2026-03-02"
        },
        "issue_measure_document": {
            "document_no": f"D-{item}",
            "issuer_code": "dispatched_office" if level == "head" else "district_commission",
        },
        "end_measure": {"result": "已取得"},
        "withdraw_measure": {"reason": "不再需要"},
    }  # fmt: skip
    return papers.get(act, {})


@settings(
    max_examples=WALKS, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data())
def test_no_walk_reaches_what_a_guard_forbids(here: tuple[MeasureWorld, str], data: st.DataObject) -> None:
    steps, verification = here
    life = Life(data.draw(st.sampled_from(sorted(ASKED)), label="level"))
    code, flags = ASKED[life.level]
    item = steps.requested_in(code, verification, **flags)
    for _ in range(data.draw(st.integers(5, 25), label="steps")):
        before = stored(steps, item)
        accepted = one_step(steps, item, life, before.version, data)
        now = stored(steps, item)
        assert now.state == life.state
        assert accepted or now.version == before.version
        if now.state in ("approved", "document_issued", "executed", "ended"):
            assert (now.approver_role, now.approved_on is None) == (ROLES[life.level], False)
        assert (now.executed_on is None) is (now.state not in ("executed", "ended"))
        assert (now.document_no == "") is (now.issued_on is None)
    event(f"{life.level} ends {life.state}")


def one_step(steps: MeasureWorld, item: str, life: Life, version: int, data: st.DataObject) -> bool:
    """Try something, mostly what may succeed; the answer is as the model says. Whether it was accepted."""
    fitting = [a for a, s in LIFE.items() if life.state in s.before and a != "withdraw_measure"]
    fitting += [f"decide {act}" for act in life.pending] * 2
    what = data.draw(st.sampled_from(fitting * 4 + list(LIFE)), label="what")
    approved = data.draw(st.sampled_from([True, True, False]), label="approved")
    if what.startswith("decide "):
        act = what.removeprefix("decide ")
        account = data.draw(st.sampled_from(["head1"] * 3 + list(ACCOUNTS)), label="by")
        allowed = account == LIFE[act].approver
        answer = decide(steps, item, account, act, approve=approved)
        if allowed:
            life.decide(account, act, approve=approved)
    else:
        account = data.draw(st.sampled_from([*LIFE[what].who * 3, *ACCOUNTS]), label="by")
        allowed = life.allows(account, what)
        client = steps.world.as_(account)
        attached = steps.documents(*DOCUMENTS.get(what, ()), client=client)
        paper = paper_of(what, item, life.level, approved=approved)
        answer = client.act(f"{MEASURES}/{item}/{what}", paper, attachments=attached, version=version)
        if allowed:
            life.take(account, what, approved=approved)
    assert (answer.status < 400) is allowed, (what, account, life, answer.body)
    assert answer.status < 500
    assert (answer.status == 404) is (account not in KNOWING), (what, account, life)
    return allowed
