"""Random walks through a round, a team and its unit never reach what a guard forbids (inspection-machines.yaml).

The model below is written from the machines and the clauses, not from the code: which post may take which step, and
what has to be there first. Whatever is tried in whatever order, the product accepts exactly what the model allows.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from services.chassis import tables
from services.inspection.storage_round import Round, Team
from services.inspection.storage_unit import Engagement
from tests.clauses.round_steps import (
    BRIEFING,
    BRIEFING_REQUEST,
    CADRES,
    DECISION,
    DIVISION,
    ENGAGEMENTS,
    FOCUS,
    FORMS,
    MATERIAL,
    MATERIALS,
    MEETING,
    NOMINATION,
    NOTICE,
    PLAN,
    PRINCIPAL,
    RECEIVERS,
    RULES,
    SITE,
    TARGETS,
    TEAM_PLAN,
    TEAMS,
    UNIT_MEETING,
    WORK_PLAN,
    RoundWorld,
)
from tests.world import Answer

WALKS = max(settings().max_examples // 4, 3)
OFFICE, GROUP, HEADS = ("xc1", "xcd"), ("xz1", "xz2"), ("zu1", "zu2")
TEAM = (*HEADS, "zu3")
ACCOUNTS = (*OFFICE, *GROUP, "xz3", *TEAM, "zu4", "head1", "edu-head", "sys")
BEFORE_THE_MEETING = ("assignment_plan_approved", "plans_approved", "staffed")
BEFORE_FIELDWORK = (*BEFORE_THE_MEETING, "mobilised", "fieldwork")
BEFORE_ENTRY = ("notified", "briefed", "entry_prepared", "principal_met")
WITH_MANDATE = ("authorised", "constituted", "on_site")
Paper = dict[str, object]


@dataclass
class Life:
    """What the model knows. States are empty for what is not there yet; `done`: acts that took effect."""

    round: str = "opened"
    team: str = ""
    unit: str = ""
    done: set[str] = field(default_factory=set)
    pending: dict[str, int] = field(default_factory=dict)

    def has(self, *acts: str) -> bool:
        return set(acts) <= self.done


Condition = Callable[[Life], bool]


@dataclass(frozen=True)
class Step:
    """One line of a machine. `on`: what it moves; `before`: its states; `after`: empty where it stays.

    `first`: acts that come first; `when`: what else holds; `approvers`: who decides, step by step.
    """

    on: str
    who: tuple[str, ...]
    before: tuple[str, ...]
    after: str = ""
    first: tuple[str, ...] = ()
    when: Condition = lambda _: True
    once: bool = False
    approvers: tuple[tuple[str, ...], ...] = ()
    paper: Paper = field(default_factory=dict)
    documents: tuple[str, ...] = ()
    act: str = ""


def reply(office: str) -> Paper:
    return {"suggesting_office": office, "received_on": "2026-03-02", "unit_ids": ["edu"]}


IN_MODEL = {
    "reply_of_commission": Step(
        "round", OFFICE, ("opened",), paper=reply("discipline_commission"), act="record_suggestions"
    ),
    "reply_of_department": Step(
        "round", OFFICE, ("opened",), paper=reply("organization_dept"), act="record_suggestions"
    ),
    "propose_targets": Step(
        "round", OFFICE, ("opened",), "targets_proposed", ("reply_of_commission", "reply_of_department"),
        paper=TARGETS,
    ),
    "nominate_leaders": Step("round", OFFICE, ("targets_proposed",), paper=NOMINATION),
    "submit_assignment_plan": Step(
        "round", OFFICE, ("targets_proposed",), "assignment_plan_approved", ("nominate_leaders",),
        approvers=(("xz2",), ("xz1",)), paper=PLAN,
    ),
    "submit_work_plan": Step(
        "round", OFFICE, ("assignment_plan_approved",), once=True, approvers=(GROUP,), paper=WORK_PLAN
    ),
    "submit_authorisation": Step(
        "round", OFFICE, ("assignment_plan_approved",), once=True, approvers=(GROUP,), paper=DECISION
    ),
    "file_round_plan": Step(
        "round", OFFICE, (*BEFORE_THE_MEETING, "mobilised"), first=("submit_work_plan",), once=True,
        paper={"sent_on": "2026-03-02", "receipt_no": "回执1"}, documents=("prefecture_filing",),
    ),
    "finalise_grouping": Step(
        "round", OFFICE, ("plans_approved",), "staffed",
        when=lambda life: not life.has("register_cadre") or life.has("assign_cadre"),
    ),
    "record_committee_approval": Step(
        "round", OFFICE, BEFORE_THE_MEETING, once=True,
        paper={"approval_no": "县委1号", "approved_on": "2026-03-02"}, documents=("committee_approval",),
    ),
    "schedule_mobilisation": Step(
        "round", OFFICE, BEFORE_THE_MEETING, first=("record_committee_approval", "submit_authorisation"),
        paper={"planned_on": "2026-03-02", "decision_on_agenda": True},
    ),
    "hold_mobilisation": Step(
        "round", OFFICE, ("staffed",), "mobilised", ("schedule_mobilisation",), paper=MEETING
    ),
    "constitute_meeting": Step(
        "team", HEADS, ("authorised",), "constituted", ("assign_cadre",), paper=RULES
    ),
    "found_branch": Step(
        "team", HEADS, WITH_MANDATE, once=True, paper={"founded_on": "2026-03-02", "secretary_id": "p-zu1"}
    ),
    "divide_work": Step(
        "team", ("zu1",), ("constituted",), paper=DIVISION, when=lambda life: life.has("assign_cadre")
    ),
    "issue_notice": Step("unit", OFFICE, ("assigned",), "notified", paper=NOTICE),
    "request_briefing": Step("unit", OFFICE, ("notified",), paper=BRIEFING_REQUEST),
    "record_briefing": Step(
        "unit", OFFICE, ("notified",), first=("request_briefing",), paper=BRIEFING,
        documents=("briefing_material",),
    ),
    "record_appointment_forms": Step(
        "unit", OFFICE, ("notified",), first=("request_briefing",), paper=FORMS,
        documents=("appointment_approval_forms",),
    ),
    "record_audit_reports": Step(
        "unit", OFFICE, ("notified",), first=("request_briefing",), paper={"nil_return": True}
    ),
    "provide_prior_materials": Step("unit", OFFICE, ("notified",), paper={"first_inspection": True}),
    "close_briefing": Step(
        "unit", OFFICE, ("notified",), "briefed",
        ("request_briefing", "record_briefing", "record_appointment_forms", "record_audit_reports",
         "provide_prior_materials"),
    ),
    "close_focus_list": Step("unit", HEADS, ("briefed",), paper=FOCUS),
    "file_team_plan": Step(
        "unit", ("zu1",), ("briefed",), first=("close_focus_list", "divide_work", "constitute_meeting"),
        paper=TEAM_PLAN,
    ),
    "set_up_site": Step("unit", (*TEAM, *OFFICE), (*BEFORE_ENTRY, "fieldwork"), paper=SITE),
    **{
        f"check_{kind}": Step(
            "unit", TEAM, (*BEFORE_ENTRY, "fieldwork"), paper=MATERIAL | {"kind_code": kind},
            act="check_material",
        )
        for kind in MATERIALS
    },
    "prepare_entry": Step(
        "unit", ("zu1",), ("briefed",), "entry_prepared",
        ("file_team_plan", "set_up_site", *(f"check_{kind}" for kind in MATERIALS)),
    ),
    "designate_receivers": Step("unit", ("zu1",), (*BEFORE_ENTRY, "fieldwork"), paper=RECEIVERS),
    "meet_principal": Step("unit", HEADS, ("entry_prepared",), "principal_met", paper=PRINCIPAL),
    "finalise_speech": Step("unit", HEADS, BEFORE_ENTRY, paper={"text": "讲话稿"}),
    "hold_unit_meeting": Step(
        "unit", HEADS, ("principal_met",), "fieldwork", ("finalise_speech", "designate_receivers"),
        paper=UNIT_MEETING,
    ),
}  # fmt: skip
OPENING = {
    "register_cadre": Step("round", OFFICE, BEFORE_FIELDWORK, once=True),
    "assign_cadre": Step("round", OFFICE, BEFORE_FIELDWORK, once=True, first=("register_cadre",)),
    "open_engagement": Step("team", (*OFFICE, "zu1"), WITH_MANDATE, once=True),
}
"""What opens an item, or moves one that the walk does not follow; tried where the model has what they are about."""
LIVES = IN_MODEL | OPENING
KNOWN = {
    "round": (*OFFICE, *GROUP, "xz3"),
    "team": (*OFFICE, *GROUP, "xz3", *TEAM),
    "unit": (*OFFICE, *GROUP, "xz3", *TEAM),
}


def allows(life: Life, account: str, name: str) -> bool:
    step = LIVES[name]
    if account not in step.who or getattr(life, step.on) not in step.before or name in life.pending:
        return False
    if account == "zu3" and not life.has("assign_cadre"):
        return False
    return life.has(*step.first) and step.when(life) and not (step.once and life.has(name))


def take(life: Life, name: str) -> None:
    if LIVES[name].approvers:
        life.pending[name] = 0
    else:
        enter(life, name)


def decide(life: Life, name: str, *, approve: bool) -> None:
    number = life.pending.pop(name)
    if approve and number + 1 < len(LIVES[name].approvers):
        life.pending[name] = number + 1
    elif approve:
        enter(life, name)


def enter(life: Life, name: str) -> None:
    """Take the step, and what follows from it on the other two."""
    step = LIVES[name]
    life.done.add(name)
    if step.after:
        setattr(life, step.on, step.after)
    if name == "submit_assignment_plan":
        life.team = "approved"
    elif life.round == "assignment_plan_approved" and life.has("submit_work_plan", "submit_authorisation"):
        life.round = "plans_approved"
    elif name == "hold_mobilisation":
        life.team = "authorised"
    elif name == "open_engagement":
        life.unit = "assigned"
    elif name == "hold_unit_meeting":
        life.round = "fieldwork"
        life.team = "on_site" if life.team == "constituted" else life.team
    life.pending = {one: number for one, number in life.pending.items() if life.round in LIVES[one].before}


@dataclass
class Walk:
    """One round in a world of its own, with the model of it."""

    w: RoundWorld
    place: str
    life: Life = field(default_factory=Life)

    def address(self, on: str) -> str:
        """Of the round, of team 1 or of its unit; of what is not there, one that nobody has."""
        if on == "round":
            return self.place
        with self.w.world.runtimes["inspection"].db.read() as session:
            of = self.place.rpartition("/")[2]
            team = session.scalars(select(Team.id).where(Team.round_id == of, Team.team_no == 1)).first()
            unit = session.scalars(select(Engagement.id).where(Engagement.round_id == of)).first()
        return f"{TEAMS}/{team or 'none'}" if on == "team" else f"{ENGAGEMENTS}/{unit or 'none'}"

    def states(self) -> tuple[str, str, str]:
        with self.w.world.runtimes["inspection"].db.read() as session:
            found = [
                session.get(model, self.address(on).rpartition("/")[2])
                for model, on in ((Round, "round"), (Team, "team"), (Engagement, "unit"))
            ]
        return tuple(row.state if row is not None else "" for row in found)  # type: ignore[attr-defined,return-value]

    def attempt(self, account: str, name: str) -> Answer:
        client = self.w.world.as_(account)
        if name == "register_cadre":
            return self.w.do(CADRES, name, self._cadre(), by=client)
        if name == "assign_cadre":
            team = {"team_id": self.address("team").rpartition("/")[2]}
            return client.act(f"{self._listed()}/{name}", team, version=self._version(self._listed()))
        if name == "open_engagement":
            return self.w.take_up(self.address("team"), by=client)
        step = LIVES[name]
        item = self.address(step.on)
        attached = self.w.documents(client, step.documents)
        act = f"{item}/{step.act or name}"
        return client.act(act, step.paper, attachments=attached, version=self._version(item))

    def decide(self, account: str, name: str, *, approve: bool) -> Answer:
        with self.w.world.runtimes["inspection"].db.read() as session:
            asked = select(tables.Proposal).filter_by(act=name, status="pending")
            one = session.scalars(asked).one()
            body = {"digest": one.digest.hex(), "reason": "请修改"}
            path = f"{self.place}/proposals/{one.id}/{'approve' if approve else 'return'}"
        return self.w.world.as_(account).send("POST", path, body=body)

    def _cadre(self) -> Paper:
        of: Paper = {"round_id": self.place.rpartition("/")[2], "person_id": "p-zu3"}
        roles: Paper = {"system_code": "discipline", "channel_role": "discipline_commission"}
        return of | roles | {"lending_unit_id": "qw"}

    def _listed(self) -> str:
        items = self.w.office.get(CADRES).body["items"]
        return f"{CADRES}/{items[0]['id'] if items else 'none'}"

    def _version(self, item: str) -> int:
        """What is stored: a stranger would not be told."""
        answer = self.w.office.get(item)
        return int(answer.body["version"]) if answer.status == 200 else 0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("walks")


@settings(
    max_examples=WALKS,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(data=st.data())
def test_no_walk_through_a_round_reaches_what_a_guard_forbids(folder: Path, data: st.DataObject) -> None:
    begun = data.draw(
        st.sampled_from(["opened", "mobilised", "notified", "briefed", "prepared"]), label="begun"
    )
    walk = started(folder, begun)
    try:
        for _ in range(data.draw(st.integers(10, 35), label="steps")):
            one_step(walk, data)
            assert walk.states() == (walk.life.round, walk.life.team, walk.life.unit)
        event(f"begun {begun}, ends {walk.life.round}/{walk.life.team}/{walk.life.unit}")
    finally:
        walk.w.world.close()


UP_TO = {
    "mobilised": ("reply_of_commission", "reply_of_department", "propose_targets", "nominate_leaders",
                  "submit_assignment_plan", "submit_work_plan", "submit_authorisation", "register_cadre",
                  "assign_cadre", "finalise_grouping", "record_committee_approval", "schedule_mobilisation",
                  "hold_mobilisation"),
    "notified": ("constitute_meeting", "open_engagement", "issue_notice"),
    "briefed": ("request_briefing", "record_briefing", "record_appointment_forms", "record_audit_reports",
                "provide_prior_materials", "close_briefing"),
    "prepared": ("close_focus_list", "divide_work", "file_team_plan", *(f"check_{kind}" for kind in MATERIALS),
                 "set_up_site", "designate_receivers", "prepare_entry"),
}  # fmt: skip
"""The straight way of the steps, which the model goes along."""


def started(folder: Path, begun: str) -> Walk:
    w = RoundWorld(folder / uuid4().hex)
    if begun == "opened":
        return Walk(w, w.at("opened"))
    unit = w.unit_at(begun) if begun != "mobilised" else ""
    walk = Walk(w, w.round_of(unit) if unit else w.at("mobilised"))
    for stage, names in UP_TO.items():
        for name in names:
            take(walk.life, name)
            for _ in LIVES[name].approvers:
                decide(walk.life, name, approve=True)
        if stage == begun:
            break
    assert walk.states() == (walk.life.round, walk.life.team, walk.life.unit)
    return walk


def one_step(walk: Walk, data: st.DataObject) -> None:
    """Try something, mostly what may succeed; the answer is as the model says."""
    life = walk.life
    fresh = [name for name in LIVES if name not in life.done]
    fitting = [name for name in fresh if any(allows(life, who, name) for who in ACCOUNTS)]
    fitting += [f"decide {name}" for name in life.pending] * 2
    what = data.draw(st.sampled_from(fitting * 4 + list(LIVES)), label="what")
    if what.startswith("decide "):
        name = what.removeprefix("decide ")
        fit = LIVES[name].approvers[life.pending[name]]
        account = data.draw(st.sampled_from([*fit * 4, *ACCOUNTS]), label="by")
        approve = data.draw(st.sampled_from([True, True, True, False]), label="approve")
        allowed = account in fit
        answer = walk.decide(account, name, approve=approve)
        if allowed:
            decide(life, name, approve=approve)
    else:
        account = data.draw(st.sampled_from([*LIVES[what].who * 3, *ACCOUNTS]), label="by")
        allowed = allows(life, account, what)
        answer = walk.attempt(account, what)
        if allowed:
            take(life, what)
    assert (answer.status < 400) is allowed, (what, account, life, answer.body)
    assert answer.status < 500
    if what in IN_MODEL:
        on = LIVES[what].on
        knows = account in KNOWN[on] and (account != "zu3" or life.has("assign_cadre"))
        assert (answer.status == 404) is not (knows and bool(getattr(life, on))), (what, account, answer.body)


@pytest.mark.parametrize("seen", ["together", "one after the other"])
def test_two_clerks_who_record_the_meeting_at_once_authorise_the_teams_once(
    tmp_path: Path, seen: str
) -> None:
    w = RoundWorld(tmp_path)
    item = w.scheduled(w.at("staffed"))
    version = w.item(item)["version"]
    clerks = [w.world.as_(account) for account in OFFICE]
    with ThreadPoolExecutor(2) as at_once:
        answers = list(
            at_once.map(
                lambda clerk: clerk.act(f"{item}/hold_mobilisation", MEETING, version=version), clerks
            )
        )
    assert sorted(answer.code for answer in answers) == ["", "STALE_VERSION"]
    if seen == "one after the other":
        again = clerks[1].act(f"{item}/hold_mobilisation", MEETING)
        assert again.code == "WRONG_STATE"
    assert len(w.events("mobilisation_held")) == 1
    assert sorted(event["leader_id"] for event in w.events("team_authorised")) == ["p-zu1", "p-zu4"]


def test_two_clerks_who_take_up_the_same_unit_at_once_open_it_once(tmp_path: Path) -> None:
    w = RoundWorld(tmp_path)
    team = w.team(w.at("mobilised"), 1)
    clerks = [w.world.as_(account) for account in (*OFFICE, "zu1")]
    with ThreadPoolExecutor(3) as at_once:
        answers = list(at_once.map(lambda clerk: w.take_up(team, by=clerk), clerks))
    assert sorted(answer.code for answer in answers) == ["", "DUPLICATE", "DUPLICATE"]
    assert len(w.office.get(ENGAGEMENTS).body["items"]) == 1
