"""Random walks through a petition's life never reach what a guard forbids (lifecycles.md, 1.1).

The model below is written from the lifecycle, not from the code: which post may take which step from which
state. Whatever is tried in whatever order, the product accepts exactly what the model allows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from services.chassis import tables
from tests.clauses.intake_petitions import BASE, STEPS, give_key, letter, register
from tests.world import Answer, World

WALKS = settings().max_examples // 3
OFFICE = ("clerk1", "head1", "deputy1")
PETITION_OFFICE = ("xf1", "xf2", "xfhead")
ACCOUNTS = (*OFFICE, *PETITION_OFFICE, "clerk2", "head2", "sys")


@dataclass(frozen=True)
class Step:
    """One line of the lifecycle: who, from where, to where; `approver` stands for a step with approval."""

    who: tuple[str, ...]
    before: tuple[str, ...]
    after: str
    approver: tuple[str, ...] = ()


LIFE = {
    "forward_petition": Step(OFFICE, ("registered",), "forwarded"),
    "judge_petition": Step(PETITION_OFFICE, ("forwarded",), "judged"),
    "record_petition": Step(OFFICE, ("judged",), "recorded"),
    "refer_as_clue": Step(OFFICE, ("recorded",), "referred_as_clue"),
    "propose_transfer_out": Step(OFFICE, ("recorded",), "transfer_approved", ("head1",)),
    "transfer_out": Step(OFFICE, ("transfer_approved",), "transferred_out"),
    "record_reply": Step(OFFICE, ("transferred_out",), "replied"),
    "record_result": Step(OFFICE, ("replied",), "result_recorded"),
    "submit_closure": Step(OFFICE, ("result_recorded", "returned"), "closure_submitted"),
    "close_petition": Step(PETITION_OFFICE, ("closure_submitted",), "closed", PETITION_OFFICE),
    "return_petition": Step(PETITION_OFFICE, ("closure_submitted",), "returned"),
    "classify_petition": Step(("clerk1",), ("registered",), "registered"),
    "escalate_petition": Step(("clerk1",), ("registered",), "escalated"),
}
PAPERS: dict[str, dict[str, object]] = {act: paper for _, act, paper in STEPS.values()} | {
    "refer_as_clue": {"reason": "提请处置"},
    "return_petition": {"reason_code": "incomplete", "reason": "缺少材料"},
    "classify_petition": {"class_code": "supervision_object"},
    "escalate_petition": {},
}
DOCUMENTS = {"record_reply": "completion_reply", "escalate_petition": "petition_cover_letter"}


@dataclass
class Life:
    """What the model knows of one petition. `kind`: unclassed, ordinary or sealed; `subject`: whom it is on."""

    kind: str
    subject: str
    state: str = "registered"
    in_scope: bool | None = None
    pending: dict[str, str] = field(default_factory=dict)

    def known_to(self, account: str) -> bool:
        if self.kind == "ordinary":
            return account in (*OFFICE, *PETITION_OFFICE)
        return account == "clerk1" or (self.kind == "sealed" and account == "xfhead")

    def allows(self, account: str, act: str) -> bool:
        step = LIFE[act]
        if not self.known_to(account) or account not in step.who or self.state not in step.before:
            return False
        scope = {"refer_as_clue": True, "propose_transfer_out": False}
        if act in scope and self.in_scope is not scope[act]:
            return False
        kind = {"escalate_petition": "sealed", "classify_petition": "unclassed"}
        return self.kind == kind.get(act, "ordinary") and act not in self.pending

    def take(self, account: str, act: str, *, in_scope: bool) -> None:
        step = LIFE[act]
        if step.approver:
            self.pending[act] = account
            return
        if act == "classify_petition":
            self.kind = "sealed" if self.subject == "p-edu-head" else "ordinary"
        if act == "judge_petition":
            self.in_scope = in_scope
        self.enter(step.after)

    def lets_decide(self, account: str, act: str) -> bool:
        sole = act == "propose_transfer_out"
        return (
            self.known_to(account)
            and account in LIFE[act].approver
            and (sole or self.pending[act] != account)
        )

    def enter(self, state: str) -> None:
        self.state = state
        self.pending = {act: who for act, who in self.pending.items() if state in LIFE[act].before}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """All walks start in one world, each with a petition of its own."""
    world = World(tmp_path_factory.mktemp("walks"), services=("intake",))
    give_key(world)
    yield world
    world.close()


def attempt(world: World, petition: str, account: str, act: str, version: int, *, in_scope: bool) -> Answer:
    client = world.as_(account)
    paper = PAPERS[act] | ({"in_scope": in_scope} if act == "judge_petition" else {})
    given = [{"kind": DOCUMENTS[act], "id": client.upload("intake")}] if act in DOCUMENTS else None
    return client.act(f"{BASE}/{petition}/{act}", paper, attachments=given, version=version)


def decide(world: World, petition: str, account: str, act: str, *, approve: bool) -> Answer:
    with world.runtimes["intake"].db.read() as session:
        proposal = (
            session.query(tables.Proposal).filter_by(subject_id=petition, act=act, status="pending").one()
        )
    word = "approve" if approve else "return"
    body = {"digest": proposal.digest.hex(), "reason": "请修改"}
    return world.as_(account).send("POST", f"{BASE}/{petition}/proposals/{proposal.id}/{word}", body=body)


def stored(world: World, petition: str) -> Any:
    from services.intake.storage import Petition

    with world.runtimes["intake"].db.read() as session:
        return session.get_one(Petition, petition)


@settings(
    max_examples=WALKS, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data())
def test_no_walk_reaches_what_a_guard_forbids(world: World, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(["ordinary", "ordinary", "unclassed", "sealed"]), label="kind")
    subject = data.draw(st.sampled_from(["p-edu-sec", "p-edu-head"])) if kind == "unclassed" else ""
    subject = subject or ("p-edu-head" if kind == "sealed" else "p-edu-sec")
    given_class = None if kind == "unclassed" else "supervision_object"
    petition = register(world, letter(subject_ids=[subject], class_code=given_class))["id"]
    life = Life(kind, subject)
    for _ in range(data.draw(st.integers(5, 30), label="steps")):
        before = stored(world, petition)
        accepted = one_step(world, petition, life, before.version, data)
        now = stored(world, petition)
        assert now.state == life.state
        assert (now.version > before.version) is accepted
        assert now.in_scope is life.in_scope
        assert (now.secrecy == "sealed") is (life.kind == "sealed")
    event(f"ends {life.state}")


def one_step(world: World, petition: str, life: Life, version: int, data: st.DataObject) -> bool:
    """Try something, mostly what may succeed; the answer is as the model says. Whether it was accepted."""
    fitting = [a for a, step in LIFE.items() if life.state in step.before] + [
        f"decide {a}" for a in life.pending
    ]
    what = data.draw(st.sampled_from(fitting * 3 + list(LIFE)), label="what")
    if what.startswith("decide "):
        act = what.removeprefix("decide ")
        account = data.draw(st.sampled_from([*LIFE[act].approver * 2, *ACCOUNTS]), label="by")
        approve = data.draw(st.booleans(), label="approve")
        allowed = life.lets_decide(account, act)
        answer = decide(world, petition, account, act, approve=approve)
        if allowed:
            del life.pending[act]
            life.enter(LIFE[act].after if approve else life.state)
    else:
        account = data.draw(st.sampled_from([*LIFE[what].who * 2, *ACCOUNTS]), label="by")
        in_scope = data.draw(st.booleans(), label="in scope")
        allowed = life.allows(account, what)
        answer = attempt(world, petition, account, what, version, in_scope=in_scope)
        if allowed:
            life.take(account, what, in_scope=in_scope)
    assert (answer.status < 400) is allowed, (what, account, life, answer.body)
    assert answer.status < 500
    assert answer.status != 404 or not life.known_to(account), (what, account, life)
    return allowed


def test_a_review_made_before_a_petition_was_sent_back_does_not_close_it_afterwards(world: World) -> None:
    from tests.clauses.intake_petitions import bring, step

    petition = bring(world, "closure_submitted")
    world.as_("xf1").act(f"{BASE}/{petition}/close_petition", {"opinion": "同意审结"})
    with world.runtimes["intake"].db.read() as session:
        old = session.query(tables.Proposal).filter_by(subject_id=petition, status="pending").one()
    world.as_("xf2").act(f"{BASE}/{petition}/return_petition", PAPERS["return_petition"])
    step(world, petition, "closure_submitted")
    body = {"digest": old.digest.hex(), "reason": ""}
    refused = world.as_("xf2").send("POST", f"{BASE}/{petition}/proposals/{old.id}/approve", body=body)
    assert (refused.status, refused.code) == (409, "WRONG_STATE")
    assert step(world, petition, "closed").body["state"] == "closed"
