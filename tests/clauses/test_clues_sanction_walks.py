"""Random walks from a reviewed case to its archive never reach what a guard forbids (lifecycles.md, 1.7).

The model below is written from the lifecycle and the clauses, not from the code: which post may take which step from
which state, with whose approval. Whatever is tried in whatever order, the product accepts exactly what it allows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from services.chassis import tables
from services.chassis.perform import perform_as_service
from services.chassis.work import begin
from services.clues.acts.filing import OPEN_CASE
from services.clues.domain.verification import Capacity
from services.clues.papers.filing import OpenedCase
from services.clues.storage import Clue
from services.clues.storage_case import Case
from services.clues.storage_sanction import Precheck, Sanction
from tests.clauses.case_steps import CASES
from tests.clauses.decision_steps import (
    ASKED,
    DECISION,
    EDUCATION,
    ITEM,
    ITEMS,
    PRECHECKS,
    VERIFIED,
    DecisionWorld,
)
from tests.clauses.sanction_steps import COMMUNICATION, FILE, SUGGESTION
from tests.clauses.verification_steps import PLACE
from tests.world import Answer

WALKS = settings().max_examples // 3
OFFICE = ("clerk1", "head1", "deputy1")
REVIEW_OFFICE = "sls1"
KNOWING = (*OFFICE, "jd1", "leader", "ags1")
ACCOUNTS = (*KNOWING, REVIEW_OFFICE, "dfs1", "clerk2", "head2", "xf1", "sys")
ESTABLISHED = ("completed", "proposed", "agreed", "not_agreed", "returned", "consented", "notified")
DECIDING = ("record_units_decision", "decide_sanction", "request_commissions_decision")
IN_FORCE = ("decided", "recorded", "executed")


@dataclass(frozen=True)
class Step:
    """One line of the lifecycle: the act, who takes it, from where, to where (empty: it follows)."""

    act: str
    before: tuple[str, ...]
    after: str = ""
    who: tuple[str, ...] = OFFICE
    approvers: tuple[str, ...] = ()
    paper: dict[str, object] = field(default_factory=dict)
    documents: tuple[str, ...] = ()


def _deciding(act: str, *approvers: str) -> Step:
    return Step(act, ("notified",), "decided", OFFICE, approvers, DECISION, ("sanction_decision",))


LIFE = {
    "propose": Step(
        "propose_sanction", ("completed", "not_agreed", "returned"), "proposed", paper=SUGGESTION,
        documents=("sanction_suggestion",),
    ),
    "agree": Step(
        "record_communication", ("proposed", "not_agreed"), "agreed", paper=COMMUNICATION,
        documents=("sanction_communication_record",),
    ),
    "disagree": Step(
        "record_communication", ("proposed", "not_agreed"), "not_agreed",
        paper=COMMUNICATION | {"agreed": False}, documents=("sanction_communication_record",),
    ),
    "override": Step(
        "request_override", ("not_agreed",), "agreed", OFFICE, ("jd1", "leader"), {"reason": "事实清楚"}
    ),
    "send": Step(
        "send_to_assisted_review", ("agreed", "returned"), "at_assisted_review", paper={"catalogue": FILE},
        documents=("assisted_review_request",),
    ),
    "consent": Step(
        "give_assisted_opinion", ("at_assisted_review",), "consented", (REVIEW_OFFICE,),
        paper={"result_code": "consent"}, documents=("assisted_review_opinion",),
    ),
    "return": Step(
        "give_assisted_opinion", ("at_assisted_review",), "returned", (REVIEW_OFFICE,),
        paper={"result_code": "return_with_opinion", "opinion": "再研究"}, documents=("assisted_review_opinion",),
    ),
    "notify": Step("notify_unit_of_sanction", ("consented",), "notified", documents=("sanction_suggestion",)),
    "record_units_decision": _deciding("record_units_decision"),
    "decide_sanction": _deciding("decide_sanction", "head1"),
    "request_commissions_decision": _deciding("request_commissions_decision", "jd1", "leader"),
    "file": Step("file_case_record", ("decided",), "recorded", documents=("case_record_filing",)),
    "educate": Step("record_education", IN_FORCE, paper=EDUCATION),
    "verify": Step(
        "verify_sanction_execution", ("recorded",), "executed", OFFICE, ("head1",), {"findings": "已执行"}, VERIFIED
    ),
    "dismiss": Step(
        "request_dismissal", ("completed",), "dismissed", OFFICE, ("head1",), {"basis": "事实不清"},
        ("collective_study_minutes",),
    ),
    "dismiss by commission": Step(
        "request_dismissal_by_commission", ("completed",), "dismissed", OFFICE, ("jd1", "leader"),
        {"basis": "事实不清"}, ("collective_study_minutes",),
    ),
    "archive": Step("archive_case", ("executed", "dismissed"), "archived"),
    "ask pre-check": Step(
        "request_sanction_precheck", ESTABLISHED, paper=ASKED | {"recipient_role": "case_review_office"}
    ),
} | {
    f"execute {code}": Step("record_execution", ("decided", "recorded"), paper=ITEM | {"item_code": code})
    for code in ITEMS
}  # fmt: skip
PENDING_ACT = {name: step.act for name, step in LIFE.items()}


@dataclass
class Life:
    """What the model knows of one case. `alone`: who both asked for and approved the verification."""

    capacity: str
    dismissal: bool
    eight_point: bool
    state: str = "completed"
    items: set[str] = field(default_factory=set)
    precheck: str = ""
    laid_before: bool = False
    pending: dict[str, tuple[str, int]] = field(default_factory=dict)
    alone: str = ""

    def knows(self, account: str) -> bool:
        return account in KNOWING or (account == REVIEW_OFFICE and self.laid_before)

    def allows(self, account: str, name: str) -> bool:
        step = LIFE[name]
        if account not in step.who or not self.knows(account):
            return False
        if self.state not in step.before or name in self.pending:
            return False
        checked = not self.eight_point or self.precheck == "consented"
        rules = {
            "propose": not self.dismissal,
            "send": checked,
            "verify": self.items == set(ITEMS),
            "dismiss": self.dismissal and self.capacity == "discipline",
            "dismiss by commission": self.dismissal and self.capacity == "supervision",
            "archive": self.alone != account,
            "ask pre-check": self.precheck in ("", "returned"),
        } | dict.fromkeys(DECIDING, checked)
        return rules.get(name, True)

    def take(self, account: str, name: str) -> None:
        if LIFE[name].approvers:
            self.pending[name] = (account, 0)
        else:
            self.enter(name)

    def lets_decide(self, account: str, name: str) -> bool:
        return account == LIFE[name].approvers[self.pending[name][1]]

    def decide(self, account: str, name: str, *, approve: bool) -> None:
        proposer, step = self.pending.pop(name)
        if approve and step + 1 < len(LIFE[name].approvers):
            self.pending[name] = (proposer, step + 1)
        elif approve:
            if name == "verify":
                self.alone = account if account == proposer else ""
            self.enter(name)

    def enter(self, name: str) -> None:
        before, self.state = self.state, LIFE[name].after or self.state
        self.items |= {name.removeprefix("execute ")} & set(ITEMS)
        self.laid_before |= name == "send"
        if name == "ask pre-check":
            self.precheck = "requested"
        if self.state != before:
            self.pending = {one: how for one, how in self.pending.items() if self.state in LIFE[one].before}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory, clue_to_be_filed: Path) -> Iterator[DecisionWorld]:
    """All walks start in one world, each with a case of its own."""
    steps = DecisionWorld.copied(clue_to_be_filed, tmp_path_factory.mktemp("walks"))
    yield steps
    steps.world.close()


def new_case(here: DecisionWorld, life: Life) -> str:
    """One more case of the one clue, as a finished review leaves it."""
    verification = here.head.get(PLACE).body["items"][0]
    paper = OpenedCase(
        clue_id=verification["clue_id"],
        verification_id=verification["id"],
        capacity=Capacity(life.capacity),
    )
    with begin(here.world.runtimes["clues"]) as work:
        work.session.get_one(Clue, verification["clue_id"]).state = "case_opened"
        case = perform_as_service(work, OPEN_CASE, paper).subject
        case.state, case.completed_on, case.eight_point = "completed", date(2026, 3, 2), life.eight_point
        case.conclusion_code = "dismissal" if life.dismissal else "party_sanction"
        return str(case.id)


def stored(here: DecisionWorld, item: str) -> Case:
    with here.world.runtimes["clues"].db.read() as session:
        return session.get_one(Case, item)


def sanctions(here: DecisionWorld, item: str) -> int:
    with here.world.runtimes["clues"].db.read() as session:
        return session.scalar(select(func.count(Sanction.id)).where(Sanction.case_id == item)) or 0


def attempt(here: DecisionWorld, item: str, account: str, name: str) -> Answer:
    client, step = here.world.as_(account), LIFE[name]
    attached = here.documents(*step.documents, client=client)
    version = stored(here, item).version
    return client.act(f"{CASES}/{item}/{step.act}", step.paper, attachments=attached, version=version)


def decide(here: DecisionWorld, item: str, account: str, name: str, *, approve: bool) -> Answer:
    act = PENDING_ACT[name]
    with here.world.runtimes["clues"].db.read() as session:
        one = session.query(tables.Proposal).filter_by(subject_id=item, act=act, status="pending").one()
    body = {"digest": one.digest.hex(), "reason": "请修改"}
    path = f"{CASES}/{item}/proposals/{one.id}/{'approve' if approve else 'return'}"
    return here.world.as_(account).send("POST", path, body=body)


def answer_precheck(here: DecisionWorld, item: str, account: str, *, consent: bool) -> Answer:
    with here.world.runtimes["clues"].db.read() as session:
        waiting = select(Precheck).where(Precheck.matter_ref == item, Precheck.state == "requested")
        one = session.scalars(waiting).one()
    client = here.world.as_(account)
    paper = {"result_code": "consent" if consent else "return_with_opinion", "opinion": "预审意见"}
    attached = here.documents("precheck_opinion", client=client)
    path = f"{PRECHECKS}/{one.id}/give_precheck_opinion"
    return client.act(path, paper, attachments=attached, version=one.version)


@settings(
    max_examples=WALKS,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(data=st.data())
def test_no_walk_reaches_what_a_guard_forbids(here: DecisionWorld, data: st.DataObject) -> None:
    life = Life(
        data.draw(st.sampled_from(["discipline", "supervision"]), label="capacity"),
        dismissal=data.draw(st.sampled_from([False, False, False, True]), label="dismissal"),
        eight_point=data.draw(st.booleans(), label="eight-point"),
    )
    item = new_case(here, life)
    for _ in range(data.draw(st.integers(15, 50), label="steps")):
        before = stored(here, item)
        accepted = one_step(here, item, life, data)
        now = stored(here, item)
        assert now.state == life.state
        assert accepted or now.version == before.version
        assert (sanctions(here, item) == 1) is (
            life.state in IN_FORCE or (life.state == "archived" and not life.dismissal)
        )
    event(f"ends {life.state}")


def one_step(here: DecisionWorld, item: str, life: Life, data: st.DataObject) -> bool:
    """Try something, mostly what may succeed; the answer is as the model says. Whether it was accepted."""
    again = {"educate", *(f"execute {code}" for code in life.items)}  # now and then, not mostly
    fitting = [name for name in LIFE if name not in again and any(life.allows(who, name) for who in ACCOUNTS)]
    fitting += [f"decide {name}" for name in life.pending] * 2
    fitting += ["answer pre-check"] * 2 * (life.precheck == "requested")
    what = data.draw(st.sampled_from(fitting * 4 + list(LIFE)), label="what")
    if what == "answer pre-check":
        account = data.draw(st.sampled_from([REVIEW_OFFICE] * 6 + list(ACCOUNTS)), label="by")
        consent = data.draw(st.sampled_from([True, True, False]), label="consent")
        answer, allowed = (
            answer_precheck(here, item, account, consent=consent),
            account == REVIEW_OFFICE,
        )
        if allowed:
            life.precheck = "consented" if consent else "returned"
    elif what.startswith("decide "):
        name = what.removeprefix("decide ")
        account = data.draw(st.sampled_from([*LIFE[name].approvers * 4, *ACCOUNTS]), label="by")
        approve = data.draw(st.sampled_from([True, True, False]), label="approve")
        allowed = life.lets_decide(account, name)
        answer = decide(here, item, account, name, approve=approve)
        if allowed:
            life.decide(account, name, approve=approve)
    else:
        account = data.draw(st.sampled_from([*LIFE[what].who * 4, *ACCOUNTS]), label="by")
        known, allowed = life.knows(account), life.allows(account, what)
        answer = attempt(here, item, account, what)
        if allowed:
            life.take(account, what)
        assert (answer.status == 404) is not known, (what, account, life)
    assert (answer.status < 400) is allowed, (what, account, life, answer.body)
    assert answer.status < 500
    return allowed and what != "answer pre-check"
