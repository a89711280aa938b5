"""Steps of an inspection round, for its clause tests: each leaves the round one state further.

Team 1 (zu1 leads, zu2 is deputy, zu3 a member) inspects the education bureau; team 2 (zu4, zu5) the housing bureau.
"""

from __future__ import annotations

import atexit
import json
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from contracts.refusals import RefusalCode
from services.chassis import tables
from services.chassis.audit.tables import AuditEntry
from tests.clause_proof import Sighting, sightings
from tests.world import Answer, Client, World

ROUNDS, TEAMS, CADRES = "/inspection/rounds", "/inspection/teams", "/inspection/cadres"
ENGAGEMENTS, AVOIDANCES = "/inspection/engagements", "/inspection/avoidances"
SESSIONS, ASSETS = "/inspection/sessions", "/inspection/assets"
Paper = dict[str, Any]

OPENING: Paper = {"year": 2026, "ordinal": 1, "basis": "年度计划"}
TARGETS: Paper = {
    "unit_ids": ["edu", "hou"],
    "basis_annual_plan": "2026年度巡察计划",
    "basis_leading_group_request": "领导小组会议要求",
}
TEAM_1: Paper = {"team_no": 1, "leader_id": "p-zu1", "deputy_ids": ["p-zu2"], "unit_ids": ["edu"]}
TEAM_2: Paper = {"team_no": 2, "leader_id": "p-zu4", "deputy_ids": [], "unit_ids": ["hou"]}
ALL_THREE = ["inspection_office", "discipline_commission", "organization_dept"]
NOMINATION: Paper = {"participants": ALL_THREE, "teams": [TEAM_1, TEAM_2]}
PLAN: Paper = {"teams": [TEAM_1, TEAM_2]}
WORK_PLAN: Paper = {
    "inspection_from": "2026-03-16",
    "inspection_to": "2026-05-15",
    "supervision_focus": "监督重点",
    "tasks_per_stage": "各阶段任务",
    "requirements": "工作要求",
}
DECISION: Paper = {
    "teams": [
        {"team_no": 1, "leader_id": "p-zu1", "branch_secretary_id": "p-zu1", "unit_ids": ["edu"]},
        {"team_no": 2, "leader_id": "p-zu4", "branch_secretary_id": "p-zu4", "unit_ids": ["hou"]},
    ]
}
SECONDMENT: Paper = {
    "system_code": "discipline",
    "lending_unit_id": "qw",
    "number": 2,
    "profile": "熟悉审查调查",
}
CADRE: Paper = {
    "person_id": "p-zu3",
    "system_code": "discipline",
    "channel_role": "discipline_commission",
    "lending_unit_id": "qw",
    "speciality_code": "discipline",
    "birth_year": 1990,
    "experience": "从事纪检监察工作八年",
}
LEADING_GROUP = ["p-xz1", "p-xz2", "p-xz3"]
EVERYBODY = [*LEADING_GROUP, "p-xc1", "p-xcd", "p-zu1", "p-zu2", "p-zu3", "p-zu4", "p-zu5"]
MEETING: Paper = {
    "held_on": "2026-03-02",
    "attendee_ids": EVERYBODY,
    "sections": ["dc_section", "od_section"],
    "speaker_id": "p-xz1",
    "decision_announced": True,
    "first_round": True,
}
NOTICE: Paper = {
    "main_tasks": "主要任务",
    "working_methods": "工作方式",
    "schedule": "时间安排",
    "liaison_mechanism_request": "建立工作联系机制",
    "cooperation_requests": "配合事项",
}
APPLICATION: Paper = {"relation": "spouse", "unit_id": "edu", "post_or_work": "配偶在该单位任职"}
RULES: Paper = {
    "liaison_id": "p-zu3",
    "participant_ids": ["p-zu1", "p-zu2", "p-zu3"],
    "recorder_id": "p-zu3",
}
MINUTES: Paper = {
    "held_on": "2026-03-02",
    "convenor_id": "p-zu1",
    "participant_ids": ["p-zu1", "p-zu2", "p-zu3"],
    "matters": ["deployment"],
    "opinions": "讨论情况",
    "decision": "会议决定",
    "recorder_id": "p-zu3",
}
STEPS = ("opened", "targets", "plan", "plans", "staffed", "mobilised")


BRIEFING_REQUEST: Paper = {
    "unit_type": "organ",
    "addressees": [
        "discipline_commission",
        "organization_dept",
        "audit_bureau",
        "petition_bureau",
        "propaganda_dept",
    ],
    "topics": "政治生态、选人用人等情况",
}
BRIEFING: Paper = {
    "office_code": "discipline_commission",
    "received_on": "2026-03-02",
    "clue_disposal": "问题线索处置情况",
}
FORMS: Paper = {"with_form_ids": ["p-edu-head", "p-edu-vice"]}
FOCUS: Paper = {
    "lines": [{"item": "重点事项", "basis": "通报情况", "risk_point": "风险", "direction": "方向"}]
}
DIVISION: Paper = {"lines": [{"member_id": f"p-zu{n}", "duty": "职责"} for n in (1, 2, 3)]}
TEAM_PLAN: Paper = {
    "tasks": "任务",
    "methods_and_steps": "方法步骤",
    "schedule": "时间",
    "discipline_requirements": "纪律要求",
    "branch_work_plan": "支部计划",
}
MATERIAL: Paper = {
    "kind_code": "party_work",
    "passed": True,
    "problem_permille": 650,
    "measures": "整改措施",
}
MATERIALS = ("party_work", "discipline_supervision", "organisation_personnel")
SITE: Paper = {
    "office_address": "某路1号",
    "box_locations": ["办公楼一层"],
    "telephone": "000-0000",
    "email": "xc@example.invalid",
    "logistics": "食宿已安排",
}
RECEIVERS: Paper = {"designee_ids": ["p-zu3"]}
PRINCIPAL: Paper = {"held_on": "2026-03-02", "principal_id": "p-edu-head", "requirements": "传达要求"}
AT_THE_UNIT = ["p-xz3", "p-zu1", "p-zu2", "p-zu3", "p-edu-head", "p-edu-vice", "p-head1"]
UNIT_MEETING: Paper = {
    "held_on": "2026-03-02",
    "chair_id": "p-edu-head",
    "attendee_ids": AT_THE_UNIT,
    "office_speaker_id": "p-xz3",
    "statement": "表态发言",
}
UNIT_STEPS = ("notified", "requested", "briefed", "planned", "prepared", "met", "entered")


_SNAPSHOTS: dict[tuple[str, str, tuple[str, ...]], tuple[Path, str, tuple[Sighting, ...]]] = {}
"""Worlds that have come as far as a step, with the address of their round or engagement: making one takes seconds."""


PEOPLE = (
    "world", "office", "head", "deputy_head", "member_of_group", "leader", "deputy", "member", "leader_2", "member_2",
)  # fmt: skip


class RoundWorld:
    """Inspection alone, with the acts of a round in short."""

    def __init__(self, folder: Path, *, services: tuple[str, ...] = ("inspection",)) -> None:
        self.folder, self.services, self.untouched = folder / "world", services, True

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """The world and its people are made when first asked for: a copy of a snapshot needs none before it."""
            if name not in PEOPLE:
                raise AttributeError(name)
            self._open()
            return self.__dict__[name]

    def _open(self) -> None:
        self.world = World(self.folder, services=self.services)
        self.office = self.world.as_("xc1")
        self.head, self.deputy_head = self.world.as_("xz1"), self.world.as_("xz2")
        self.member_of_group = self.world.as_("xz3")
        self.leader, self.deputy, self.member = (self.world.as_(f"zu{n}") for n in (1, 2, 3))
        self.leader_2, self.member_2 = self.world.as_("zu4"), self.world.as_("zu5")

    def _from_snapshot(self, step: str, make: Callable[[], str]) -> str:
        """What `make` makes of a world in which nothing has happened yet: made once, and copied from then on."""
        key = (type(self).__qualname__, step, self.services)
        if not self.untouched:
            return make()
        seen = sightings()
        if key not in _SNAPSHOTS:
            before = len(seen)
            place = make()
            self.world.close()
            kept = Path(tempfile.mkdtemp(prefix="dengwen-rounds-"))
            atexit.register(shutil.rmtree, kept, ignore_errors=True)
            shutil.copytree(self.folder, kept / "world")
            _SNAPSHOTS[key] = (kept / "world", place, tuple(seen[before:]))
        else:
            if "world" in self.__dict__:
                self.world.close()
                shutil.rmtree(self.folder)
            shutil.copytree(_SNAPSHOTS[key][0], self.folder)
            seen.extend(_SNAPSHOTS[key][2])
        self.untouched = False
        self._open()
        return _SNAPSHOTS[key][1]

    def documents(self, client: Client, kinds: Sequence[str]) -> list[dict[str, str]]:
        return [{"kind": kind, "id": client.upload("inspection")} for kind in kinds]

    def do(
        self,
        item: str,
        name: str,
        paper: Mapping[str, object] | None = None,
        *,
        by: Client | None = None,
        documents: Sequence[str] = (),
    ) -> Answer:
        """An act on an item by its address (`/inspection/rounds/<id>`), or one that opens an item."""
        client = by or self.office
        self.untouched = False
        return client.act(f"{item}/{name}", paper or {}, attachments=self.documents(client, documents))

    def decide(self, item: str, by: Client, *, approve: bool = True, reason: str = "") -> Answer:
        _, service, path, item_id = item.split("/")
        return by.decide(service, path, item_id, approve=approve, reason=reason)

    def item(self, address: str, by: Client | None = None) -> Any:
        answer = (by or self.office).get(address)
        assert answer.status == 200, answer.body
        return answer.body

    # A round, one state further each.

    def opened(self, **changes: object) -> str:
        return f"{ROUNDS}/{done(self.do(ROUNDS, 'open_round', OPENING | changes)).body['id']}"

    def reply(self, item: str, office: str, **changes: object) -> Answer:
        paper = {"suggesting_office": office, "received_on": "2026-03-02", "unit_ids": ["edu"]}
        return self.do(item, "record_suggestions", paper | changes)

    def targets(self, item: str) -> str:
        done(self.reply(item, "discipline_commission"))
        done(self.reply(item, "organization_dept", unit_ids=[], nil_return=True))
        done(self.do(item, "propose_targets", TARGETS))
        return item

    def nominate(self, item: str, **changes: object) -> Answer:
        return self.do(item, "nominate_leaders", NOMINATION | changes)

    def plan(self, item: str) -> str:
        done(self.nominate(item))
        done(self.do(item, "submit_assignment_plan", PLAN))
        done(self.decide(item, self.deputy_head))
        done(self.decide(item, self.head))
        return item

    def plans(self, item: str) -> str:
        done(self.do(item, "submit_work_plan", WORK_PLAN))
        done(self.decide(item, self.deputy_head))
        done(self.do(item, "submit_authorisation", DECISION))
        done(self.decide(item, self.head))
        return item

    def lend(self, item: str, **changes: object) -> Answer:
        return self.do(CADRES, "register_cadre", CADRE | {"round_id": item.rpartition("/")[2]} | changes)

    def staffed(self, item: str) -> str:
        for number, person in ((1, "p-zu3"), (2, "p-zu5")):
            cadre = done(self.lend(item, person_id=person)).body["id"]
            done(self.join(f"{CADRES}/{cadre}", self.team(item, number)))
        done(self.do(item, "finalise_grouping"))
        return item

    def join(self, cadre: str, team: str) -> Answer:
        return self.do(cadre, "assign_cadre", {"team_id": team.rpartition("/")[2]})

    def scheduled(self, item: str) -> str:
        approval = {"approval_no": "县委〔2026〕1号", "approved_on": "2026-03-02"}
        done(self.do(item, "record_committee_approval", approval, documents=("committee_approval",)))
        schedule = {"planned_on": "2026-03-02", "decision_on_agenda": True}
        done(self.do(item, "schedule_mobilisation", schedule))
        return item

    def meet(self, item: str, **changes: object) -> Answer:
        return self.do(item, "hold_mobilisation", MEETING | changes)

    def mobilised(self, item: str) -> str:
        done(self.meet(self.scheduled(item)))
        return item

    def at(self, step: str, **opening: object) -> str:
        """A round that has come as far as `step`."""
        if opening:
            return self._at(step, **opening)
        return self._from_snapshot(step, lambda: self._at(step))

    def _at(self, step: str, **opening: object) -> str:
        item = self.opened(**opening)
        for name in STEPS[1 : STEPS.index(step) + 1]:
            getattr(self, name)(item)
        return item

    # Its teams.

    def team(self, item: str, number: int) -> str:
        teams = self.office.get(TEAMS).body["items"]
        of_round = item.rpartition("/")[2]
        return next(
            f"{TEAMS}/{t['id']}" for t in teams if (t["round_id"], t["team_no"]) == (of_round, number)
        )

    def take_up(self, team: str, unit: str = "edu", *, by: Client | None = None) -> Answer:
        paper = {"team_id": team.rpartition("/")[2], "unit_id": unit}
        return self.do(ENGAGEMENTS, "open_engagement", paper, by=by)

    def constituted(self, item: str) -> str:
        """Team 1 of a mobilised round, with its affairs meeting."""
        team = self.team(item, 1)
        done(self.do(team, "constitute_meeting", RULES, by=self.leader))
        return team

    def session(self, team: str, *, by: Client | None = None, **changes: object) -> Answer:
        paper = MINUTES | {"team_id": team.rpartition("/")[2]} | changes
        return self.do(SESSIONS, "hold_session", paper, by=by or self.leader)

    def declare(self, item: str, *, by: Client | None = None, **changes: object) -> Answer:
        paper = APPLICATION | {"round_id": item.rpartition("/")[2]} | changes
        return self.do(AVOIDANCES, "declare_avoidance", paper, by=by or self.member)

    # Team 1 at the education bureau.

    def notified(self, item: str) -> str:
        """Team 1, constituted, with its engagement at the bureau; its people have signed their pledges."""
        team = self.constituted(item)
        for one in (self.leader, self.deputy, self.member):
            done(self.do(team, "sign_pledge", {"pledged": True}, by=one))
        engagement = f"{ENGAGEMENTS}/{done(self.take_up(team)).body['id']}"
        done(self.do(engagement, "issue_notice", NOTICE))
        return engagement

    def requested(self, unit: str, **changes: object) -> str:
        done(self.do(unit, "request_briefing", BRIEFING_REQUEST | changes))
        return unit

    def brief(self, unit: str, **changes: object) -> Answer:
        return self.do(unit, "record_briefing", BRIEFING | changes, documents=("briefing_material",))

    def briefed(self, unit: str) -> str:
        done(self.brief(unit))
        forms = ("appointment_approval_forms",)
        done(self.do(unit, "record_appointment_forms", FORMS, documents=forms))
        done(self.do(unit, "record_audit_reports", {"nil_return": True}))
        done(self.do(unit, "provide_prior_materials", {"first_inspection": True}))
        done(self.do(unit, "close_briefing"))
        return unit

    def round_of(self, unit: str) -> str:
        return f"{ROUNDS}/{self.item(unit)['round_id']}"

    def team_at(self, unit: str) -> str:
        return f"{TEAMS}/{self.item(unit)['team_id']}"

    def planned(self, unit: str) -> str:
        done(self.do(unit, "close_focus_list", FOCUS, by=self.leader))
        done(self.do(self.team_at(unit), "divide_work", DIVISION, by=self.leader))
        done(self.do(unit, "file_team_plan", TEAM_PLAN, by=self.leader))
        return unit

    def check(self, unit: str, **changes: object) -> Answer:
        return self.do(unit, "check_material", MATERIAL | changes, by=self.member)

    def prepared(self, unit: str) -> str:
        for kind in MATERIALS:
            done(self.check(unit, kind_code=kind))
        done(self.do(unit, "set_up_site", SITE, by=self.member))
        done(self.do(unit, "designate_receivers", RECEIVERS, by=self.leader))
        done(self.do(unit, "prepare_entry", by=self.leader))
        return unit

    def met(self, unit: str) -> str:
        done(self.do(unit, "meet_principal", PRINCIPAL, by=self.leader))
        return unit

    def enter(self, unit: str, **changes: object) -> Answer:
        return self.do(unit, "hold_unit_meeting", UNIT_MEETING | changes, by=self.leader)

    def entered(self, unit: str) -> str:
        done(self.do(unit, "finalise_speech", {"text": "讲话稿"}, by=self.leader))
        done(self.enter(unit))
        return unit

    def unit_at(self, step: str) -> str:
        """The engagement of team 1 that has come as far as `step`; the round is mobilised."""
        return self._from_snapshot(f"unit {step}", lambda: self._unit_at(step))

    def _unit_at(self, step: str) -> str:
        unit = self.notified(self._at("mobilised"))
        for name in UNIT_STEPS[1 : UNIT_STEPS.index(step) + 1]:
            getattr(self, name)(unit)
        return unit

    # What is seen from outside.

    def events(self, name: str) -> list[Paper]:
        """The data of the events of a type, one a fact, in order."""
        with self.world.runtimes["inspection"].db.read() as session:
            query = select(tables.Outbox.event_id, tables.Outbox.body).where(
                tables.Outbox.type == f"inspection.{name}.v1"
            )
            found = {row.event_id: row.body for row in session.execute(query.order_by(tables.Outbox.id))}
        return [json.loads(body)["data"] for body in found.values()]

    def gaps(self, item: str, clause: str) -> set[str]:
        """What the open gaps of a clause are about."""
        return {g["about"] for g in self.item(item)["gaps"] if g["clause"] == clause and not g["filled_at"]}

    def audited(self, code: str) -> list[tuple[str, str, str]]:
        """(act, person, subject) of the refusals with a code."""
        with self.world.runtimes["inspection"].db.read() as session:
            entries = session.scalars(select(AuditEntry).where(AuditEntry.code == code))
            return [(e.act, e.actor_person, e.subject_id) for e in entries]


def done(answer: Answer) -> Answer:
    assert answer.status in (200, 201), answer.body
    return answer


def refused(answer: Answer, code: str, *clauses: str, field: str | None = None) -> None:
    """The refusal's code with its status, its clauses and field."""
    assert (answer.status, answer.code) == (RefusalCode(code).status, code), answer.body
    assert set(clauses) <= set(answer.body.get("clauses", [])), answer.body
    if field is not None:
        assert answer.body.get("field") == field, answer.body
