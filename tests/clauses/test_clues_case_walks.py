"""Random walks through a case never reach what a guard forbids (lifecycles.md, 1.5).

The model below is written from the lifecycle and the clauses, not from the code: which post may take which step from
which state, in which capacity. Whatever is tried in whatever order, the product accepts exactly what the model allows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from services.chassis import tables
from services.chassis.perform import perform_as_service
from services.chassis.work import begin
from services.clues.acts.filing import OPEN_CASE
from services.clues.domain.verification import Capacity
from services.clues.papers.filing import OpenedCase
from services.clues.storage_case import Case
from tests.clauses.case_steps import (
    CASES,
    COURT,
    FILING,
    GROUP,
    INVESTIGATION,
    OPINION,
    REPORT,
    SANCTION,
    CaseWorld,
)
from tests.clauses.verification_steps import PLACE
from tests.world import Answer

WALKS = settings().max_examples // 2
OFFICE = ("clerk1", "head1", "deputy1")
KNOWING = (*OFFICE, "jd1", "leader", "ags1")
ACCOUNTS = (*KNOWING, "clerk2", "head2", "xf1", "sys")
BEFORE = ("opened", "opinions_sought", "opinions_in")
MINUTES = ("collective_study_minutes",)


@dataclass(frozen=True)
class Step:
    """One line of the lifecycle: who, from where, to where (empty: it follows); `approvers` in order."""

    who: tuple[str, ...]
    before: tuple[str, ...]
    after: str = ""
    approvers: tuple[str, ...] = ()
    paper: dict[str, object] = field(default_factory=dict)
    documents: tuple[str, ...] = ()


LIFE = {
    "seek_unit_opinion": Step(OFFICE, BEFORE),
    "record_unit_opinion": Step(OFFICE, BEFORE[1:], paper=OPINION, documents=("filing_opinion_unit",)),
    "seek_liaison_opinion": Step(OFFICE, BEFORE),
    "give_liaison_opinion": Step(("jd1",), BEFORE[1:], paper=OPINION),
    "request_exemption": Step(OFFICE, BEFORE, approvers=("leader",), paper={"reason": "防止泄密"}),
    "request_filing": Step(OFFICE, BEFORE, "filed", ("head1",), FILING | {"reason": "另有事实"}, MINUTES),
    "request_commission_filing": Step(
        OFFICE, BEFORE, "filed", ("jd1", "leader"), FILING | {"reason": "另有事实"}, MINUTES
    ),
    "record_judgement": Step(OFFICE, BEFORE, paper=COURT, documents=("court_document",)),
    "send_on_judgement": Step(OFFICE, BEFORE, "sent_for_review", paper=SANCTION),
    "set_up_group": Step(OFFICE, ("filed", "investigating"), "filed", paper=GROUP),
    "save_investigation_plan": Step(OFFICE, ("filed", "investigating"), "filed", paper=INVESTIGATION),
    "request_plan_approval": Step(OFFICE, ("filed",), "investigating", ("head1",)),
    "send_for_review": Step(OFFICE, ("investigating",), "sent_for_review", paper=REPORT),
}
VOIDING = ("set_up_group", "save_investigation_plan")


@dataclass
class Life:
    """What the model knows of one case. `done`: acts that took effect; `alone`: who both asked for and approved one."""

    capacity: str
    state: str = "opened"
    done: set[str] = field(default_factory=set)
    plans: int = 0
    pending: dict[str, tuple[str, int]] = field(default_factory=dict)
    alone: dict[str, str] = field(default_factory=dict)

    def opinions_are_in(self) -> bool:
        unit = bool({"record_unit_opinion", "request_exemption"} & self.done)
        return unit and "give_liaison_opinion" in self.done

    def allows(self, account: str, act: str) -> bool:
        step = LIFE[act]
        if account not in step.who or self.state not in step.before or act in self.pending:
            return False
        asked, exempted = f"seek_{act.split('_')[1]}_opinion" in self.done, "request_exemption" in self.done
        by_head = self.capacity == "discipline"
        return {
            "seek_unit_opinion": act not in self.done and not exempted,
            "seek_liaison_opinion": act not in self.done,
            "record_unit_opinion": asked and act not in self.done,
            "give_liaison_opinion": asked and act not in self.done,
            "request_exemption": not exempted,
            "request_filing": self.opinions_are_in() and by_head,
            "request_commission_filing": self.opinions_are_in() and not by_head,
            "send_on_judgement": "record_judgement" in self.done,
            "set_up_group": not by_head or self.alone.get("request_filing") != account,
            "request_plan_approval": {"set_up_group", "save_investigation_plan"} <= self.done,
            "send_for_review": self.alone.get("request_plan_approval") != account,
        }.get(act, True)

    def take(self, account: str, act: str) -> None:
        if LIFE[act].approvers:
            self.pending[act] = (account, 0)
            return
        self.plans += act == "save_investigation_plan"
        if act in VOIDING:
            self.pending = {}
        self.enter(act)

    def lets_decide(self, account: str, act: str) -> bool:
        return account == LIFE[act].approvers[self.pending[act][1]]

    def decide(self, account: str, act: str, *, approve: bool) -> None:
        proposer, step = self.pending.pop(act)
        if approve and step + 1 < len(LIFE[act].approvers):
            self.pending[act] = (proposer, step + 1)
        elif approve:
            self.alone[act] = account if account == proposer else ""
            self.enter(act)

    def enter(self, act: str) -> None:
        self.done.add(act)
        self.state = LIFE[act].after or self.before_filing()
        self.pending = {one: how for one, how in self.pending.items() if self.state in LIFE[one].before}

    def before_filing(self) -> str:
        if self.opinions_are_in():
            return "opinions_in"
        return "opinions_sought" if {"seek_unit_opinion", "seek_liaison_opinion"} & self.done else "opened"


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory, clue_to_be_filed: Path) -> Iterator[CaseWorld]:
    """All walks start in one world, each with a case of its own."""
    steps = CaseWorld.copied(clue_to_be_filed, tmp_path_factory.mktemp("walks"))
    yield steps
    steps.world.close()


def new_case(here: CaseWorld, capacity: str) -> str:
    """One more case of the one clue, opened as the clue's act opens it."""
    verification = here.head.get(PLACE).body["items"][0]
    paper = OpenedCase(
        clue_id=verification["clue_id"], verification_id=verification["id"], capacity=Capacity(capacity)
    )
    with begin(here.world.runtimes["clues"]) as work:
        return str(perform_as_service(work, OPEN_CASE, paper).subject.id)


def file_case(here: CaseWorld, item: str, life: Life) -> None:
    """The straight way to a case that is filed, as a walk might have gone it."""
    for act in ("seek_unit_opinion", "seek_liaison_opinion", "record_unit_opinion", "give_liaison_opinion"):
        account = LIFE[act].who[0]
        assert attempt(here, item, account, act, stored(here, item).version).status == 200
        life.take(account, act)
    filing = "request_filing" if life.capacity == "discipline" else "request_commission_filing"
    assert attempt(here, item, "clerk1", filing, stored(here, item).version).status == 200
    life.take("clerk1", filing)
    for approver in LIFE[filing].approvers:
        assert decide(here, item, approver, filing, approve=True).status == 200
        life.decide(approver, filing, approve=True)


def stored(here: CaseWorld, item: str) -> Case:
    with here.world.runtimes["clues"].db.read() as session:
        return session.get_one(Case, item)


def decide(here: CaseWorld, item: str, account: str, act: str, *, approve: bool) -> Answer:
    with here.world.runtimes["clues"].db.read() as session:
        one = session.query(tables.Proposal).filter_by(subject_id=item, act=act, status="pending").one()
    body = {"digest": one.digest.hex(), "reason": "请修改"}
    path = f"{CASES}/{item}/proposals/{one.id}/{'approve' if approve else 'return'}"
    return here.world.as_(account).send("POST", path, body=body)


def attempt(here: CaseWorld, item: str, account: str, act: str, version: int) -> Answer:
    client = here.world.as_(account)
    attached = here.documents(*LIFE[act].documents, client=client)
    return client.act(f"{CASES}/{item}/{act}", LIFE[act].paper, attachments=attached, version=version)


@settings(
    max_examples=WALKS,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(data=st.data())
def test_no_walk_reaches_what_a_guard_forbids(here: CaseWorld, data: st.DataObject) -> None:
    capacity = data.draw(st.sampled_from(["discipline", "supervision"]), label="capacity")
    item = new_case(here, capacity)
    life = Life(capacity)
    if data.draw(st.booleans(), label="filed already"):
        file_case(here, item, life)
    for _ in range(data.draw(st.integers(10, 40), label="steps")):
        before = stored(here, item)
        accepted = one_step(here, item, life, before.version, data)
        now = stored(here, item)
        assert (now.state, now.plan_version) == (life.state, life.plans)
        assert accepted or now.version == before.version
        assert bool(now.filing_no) is filed(life)
        assert (now.plan_approved_on is not None) is (life.state == "investigating" or reviewed(life))
    event(f"ends {life.state}")


def filed(life: Life) -> bool:
    return bool({"request_filing", "request_commission_filing"} & life.done)


def reviewed(life: Life) -> bool:
    """Sent for review after its own investigation."""
    return life.state == "sent_for_review" and filed(life)


def one_step(here: CaseWorld, item: str, life: Life, version: int, data: st.DataObject) -> bool:
    """Try something, mostly what may succeed; the answer is as the model says. Whether it was accepted."""
    again = {"send_on_judgement", *(act for act in VOIDING if act in life.done)}  # now and then, not mostly
    fitting = [act for act in LIFE if act not in again and any(life.allows(who, act) for who in ACCOUNTS)]
    fitting += [f"decide {act}" for act in life.pending] * 2
    what = data.draw(st.sampled_from(fitting * 3 + list(LIFE)), label="what")
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
        answer = attempt(here, item, account, what, version)
        if allowed:
            life.take(account, what)
    assert (answer.status < 400) is allowed, (what, account, life, answer.body)
    assert answer.status < 500
    assert (answer.status == 404) is (account not in KNOWING), (what, account, life)
    return allowed
