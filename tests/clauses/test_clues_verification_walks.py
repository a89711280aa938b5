"""Random walks through a verification never reach what a guard forbids (lifecycles.md, 1.4).

The model below is written from the lifecycle and the clauses, not from the code: which post may take which step from
which state, in which capacity. Whatever is tried in whatever order, the product accepts exactly what the model allows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from services.chassis import tables
from services.clues.storage import Clue, Verification
from tests.clauses.verification_steps import PLACE, PLAN, REPORT, STUDY, VerificationWorld
from tests.world import Answer

WALKS = settings().max_examples // 3
OFFICE = ("clerk1", "head1", "deputy1")
KNOWING = (*OFFICE, "jd1", "leader", "ags1")
ACCOUNTS = (*KNOWING, "clerk2", "head2", "xf1", "sys")


@dataclass(frozen=True)
class Step:
    """One line of the lifecycle: who, from where, to where; `approvers` in order; `capacity`: only in that one."""

    who: tuple[str, ...]
    before: tuple[str, ...]
    after: str
    approvers: tuple[str, ...] = ()
    capacity: str = ""


LIFE = {
    "save_plan": Step(OFFICE, ("opened", "planned", "approved", "in_progress"), "planned"),
    "request_heads_approval": Step(OFFICE, ("planned",), "approved", ("head1",), "discipline"),
    "request_leaders_approval": Step(OFFICE, ("planned",), "approved", ("jd1", "leader"), "supervision"),
    "start_verification": Step(OFFICE, ("approved",), "in_progress"),
    "record_study": Step(OFFICE, ("in_progress",), "studied"),
    "submit_report": Step(OFFICE, ("studied",), "report_approved", ("head1",)),
    "submit_to_commission": Step(OFFICE, ("report_approved",), "reported", (), "supervision"),
    "receive_report": Step(("jd1",), ("reported",), "at_liaison"),
    "pass_report_on": Step(("jd1",), ("at_liaison",), "commission_approved", ("leader",)),
    "pass_answer_back": Step(("jd1",), ("at_liaison",), "studied"),
    "conclude_verification": Step(OFFICE, ("report_approved", "commission_approved"), "concluded"),
}
PAPERS: dict[str, dict[str, object]] = {
    "save_plan": PLAN,
    "record_study": dict(STUDY),
    "submit_report": REPORT,
    "pass_answer_back": {"reason": "请补充核实"},
}
DOCUMENTS = {"record_study": ("collective_study_minutes",), "submit_report": ("pv_report",)}


@dataclass
class Life:
    """What the model knows of one verification. `alone`: who both asked for and gave the latest approval of an act."""

    state: str = "opened"
    capacity: str = ""
    plans: int = 0
    pending: dict[str, tuple[str, int]] = field(default_factory=dict)
    alone: dict[str, str] = field(default_factory=dict)
    unanswered: int = 0

    def allows(self, account: str, act: str) -> bool:
        step = LIFE[act]
        if account not in step.who or self.state not in step.before or act in self.pending:
            return False
        if step.capacity and step.capacity != self.capacity:
            return False
        return self.may_end_so(account, act)

    def may_end_so(self, account: str, act: str) -> bool:
        if act == "start_verification" and self.capacity == "discipline":
            return self.alone.get("request_heads_approval") != account
        if act == "pass_answer_back":
            return self.unanswered > 0 and not self.pending
        if act == "conclude_verification":
            through = self.capacity == "discipline" or self.state == "commission_approved"
            return through and self.alone.get("submit_report") != account
        return True

    def take(self, account: str, act: str, capacity: str) -> None:
        if LIFE[act].approvers:
            self.pending[act] = (account, 0)
            return
        if act == "save_plan":
            self.capacity, self.plans, self.pending = capacity, self.plans + 1, {}
        if act == "pass_answer_back":
            self.unanswered -= 1
        self.enter(LIFE[act].after)

    def lets_decide(self, account: str, act: str) -> bool:
        return account == LIFE[act].approvers[self.pending[act][1]]

    def decide(self, account: str, act: str, *, approve: bool) -> None:
        proposer, step = self.pending.pop(act)
        if not approve:
            self.unanswered += act == "pass_report_on"
        elif step + 1 < len(LIFE[act].approvers):
            self.pending[act] = (proposer, step + 1)
        else:
            self.alone[act] = account if account == proposer else ""
            self.enter(LIFE[act].after)

    def enter(self, state: str) -> None:
        self.state = state
        self.pending = {act: how for act, how in self.pending.items() if state in LIFE[act].before}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VerificationWorld]:
    """All walks start in one world, each with a verification of its own."""
    steps = VerificationWorld(tmp_path_factory.mktemp("walks"))
    yield steps
    steps.world.close()


def stored(here: VerificationWorld, item: str) -> Verification:
    with here.world.runtimes["clues"].db.read() as session:
        return session.get_one(Verification, item)


def decide(here: VerificationWorld, item: str, account: str, act: str, *, approve: bool) -> Answer:
    with here.world.runtimes["clues"].db.read() as session:
        one = session.query(tables.Proposal).filter_by(subject_id=item, act=act, status="pending").one()
    body = {"digest": one.digest.hex(), "reason": "请修改"}
    path = f"{PLACE}/{item}/proposals/{one.id}/{'approve' if approve else 'return'}"
    return here.world.as_(account).send("POST", path, body=body)


def attempt(
    here: VerificationWorld, item: str, account: str, act: str, version: int, capacity: str
) -> Answer:
    client = here.world.as_(account)
    paper = PAPERS.get(act, {}) | ({"capacity": capacity} if act == "save_plan" else {})
    attached = here.documents(*DOCUMENTS.get(act, ()), client=client)
    return client.act(f"{PLACE}/{item}/{act}", paper, attachments=attached, version=version)


@settings(
    max_examples=WALKS, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data())
def test_no_walk_reaches_what_a_guard_forbids(here: VerificationWorld, data: st.DataObject) -> None:
    item = here.opened()
    life = Life()
    for _ in range(data.draw(st.integers(5, 30), label="steps")):
        before = stored(here, item)
        accepted = one_step(here, item, life, before.version, data)
        now = stored(here, item)
        assert (now.state, now.capacity, now.plan_version) == (life.state, life.capacity, life.plans)
        assert accepted or now.version == before.version
        assert (now.approved_on is None) is (life.state in ("opened", "planned"))
    with here.world.runtimes["clues"].db.read() as session:
        clue = session.get_one(Clue, now.clue_id)
    assert clue.state == ("filing_proposed" if life.state == "concluded" else "verification")
    event(f"ends {life.state}")


def one_step(here: VerificationWorld, item: str, life: Life, version: int, data: st.DataObject) -> bool:
    """Try something, mostly what may succeed; the answer is as the model says. Whether it was accepted."""
    fitting = [a for a, step in LIFE.items() if life.state in step.before and a != "save_plan"]
    fitting += ["save_plan"] if life.state == "opened" else []
    fitting += [f"decide {act}" for act in life.pending] * 2
    what = data.draw(st.sampled_from(fitting * 3 + list(LIFE)), label="what")
    capacity = data.draw(st.sampled_from(["discipline", "supervision"]), label="capacity")
    if what.startswith("decide "):
        act = what.removeprefix("decide ")
        account = data.draw(st.sampled_from([*LIFE[act].approvers * 3, *ACCOUNTS]), label="by")
        approve = data.draw(st.sampled_from([True, True, False]), label="approve")
        allowed = life.lets_decide(account, act)
        answer = decide(here, item, account, act, approve=approve)
        if allowed:
            life.decide(account, act, approve=approve)
    else:
        account = data.draw(st.sampled_from([*LIFE[what].who * 3, *ACCOUNTS]), label="by")
        allowed = life.allows(account, what)
        answer = attempt(here, item, account, what, version, capacity)
        if allowed:
            life.take(account, what, capacity)
    assert (answer.status < 400) is allowed, (what, account, life, answer.body)
    assert answer.status < 500
    assert (answer.status == 404) is (account not in KNOWING), (what, account, life)
    return allowed
