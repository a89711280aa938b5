"""Steps from a team's last days at its unit to the hearing of the round's results (steps 28 to 32).

A round of team 1 alone, at the education bureau, with one finding and one clue on the way; `both_at` has team 2 too.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from tests.clauses.round_steps import (
    CADRES,
    ENGAGEMENTS,
    FOCUS,
    MATERIAL,
    MATERIALS,
    NOMINATION,
    NOTICE,
    PRINCIPAL,
    RULES,
    SITE,
    TARGETS,
    TEAM_1,
    TEAM_2,
    TEAM_PLAN,
    UNIT_MEETING,
    UNIT_STEPS,
    WORK_PLAN,
    RoundWorld,
    done,
)
from tests.world import Answer, Client

Paper = dict[str, Any]
REPORTS = {
    "inspection": "/inspection/inspection-reports",
    "interview": "/inspection/interview-reports",
    "clue": "/inspection/clue-reports",
}
CLUES, ISSUES, INTERVIEWS = "/inspection/found-clues", "/inspection/issues", "/inspection/interviews"
HEARINGS, ROUND_REPORTS = "/inspection/group-hearings", "/inspection/round-reports"
ROUND_CLUES, KEY_ISSUES = "/inspection/round-clue-reports", "/inspection/key-issues"
RESULT_STEPS = (
    "withdrawn", "submitted", "reviewed", "heard", "drafted", "finalised", "secretary", "reported",
)  # fmt: skip

INTERVIEW_PLAN: Paper = {
    "interviews": [
        {"category": "leadership_member", "planned_on": "2026-03-03", "place": "谈话室", "person_id": person}
        for person in ("p-edu-head", "p-edu-vice")
    ],
    "safety_requirements": "安全要求",
}
INTERVIEW: Paper = {
    "interviewee_id": "p-edu-vice",
    "held_on": "2026-03-02",
    "place": "谈话室",
    "interviewer_ids": ["p-zu2", "p-zu3"],
    "recorder_id": "p-zu3",
    "outline": "tailored",
    "preparation_note": "已了解简历和分工",
    "content": "谈话内容",
}
WORKING_PAPER: Paper = {
    "summary": "问题摘要",
    "source": "查阅资料",
    "steps_and_methods": "主要步骤和方式方法",
    "facts": "基本事实",
    "supporting_material": ["会议记录第3页"],
}
CHECK: Paper = {
    "checker_id": "p-zu2",
    "checked_on": "2026-03-02",
    "papers_checked": True,
    "destruction_checked": True,
    "devices_checked": True,
}
TEXT: Paper = {
    "views": "总体观点",
    "cases": "事例",
    "data": "数据",
    "analysis": "分析",
    "suggestions": "意见建议",
}
INTERVIEW_TEXT: Paper = {
    "leadership_talks_verbatim": "班子成员原话",
    "problems": "反映的问题",
    "shortcomings": "不足",
    "hopes": "希望",
}
NIL_INTERVIEWS: Paper = {"nil_statement": True}
ENTRY: Paper = {
    "allegation": "反映的问题",
    "what_was_learned": "巡察了解的情况",
    "classification_opinion": "key",
}
TO_OFFICE = {"to": "inspection_office"}
HEARING: Paper = {
    "held_on": "2026-03-02",
    "chair_id": "p-xz1",
    "attendee_ids": ["p-xz1", "p-xz2", "p-xz3", "p-xcd"],
    "observer_ids": ["p-zu2", "p-xc1"],
    "reporter_id": "p-zu1",
    "use_of_results": "成果运用意见",
}
COMPREHENSIVE: Paper = {"overview": "总体情况", "problems": "主要问题", "suggestions": "意见建议"}
SECRETARY: Paper = {
    "held_on": "2026-03-02",
    "attendee_ids": ["p-xz1", "p-xz2"],
    "decision_on_use": "成果运用决定",
}
NAMED: Paper = {"kind": "matter", "matter": "点名的事项"}
REQUIREMENTS: Paper = {"held_on": "2026-03-02", "rectification_requirements": "整改要求"}


def key(item: str) -> str:
    return item.rpartition("/")[2]


class ResultWorld(RoundWorld):
    """A round that has come to its results, with the acts of steps 29 to 32 in short.

    `second_member`: who is in team 2 beside its leader, zu4.
    """

    second_member = "p-zu5"

    def _open(self) -> None:
        super()._open()
        self.director = self.world.as_("xcd")

    def day(self, on: date) -> None:
        self.world.on(on.year, on.month, on.day)

    # A round, with team 1 alone or both teams at their units.

    def _round_of(self, teams: Sequence[Paper], **opening: object) -> str:
        item = self.opened(**opening)
        units = [unit for team in teams for unit in team["unit_ids"]]
        done(self.reply(item, "discipline_commission"))
        done(self.reply(item, "organization_dept", unit_ids=[], nil_return=True))
        done(self.do(item, "propose_targets", TARGETS | {"unit_ids": units}))
        done(self.do(item, "nominate_leaders", NOMINATION | {"teams": teams}))
        done(self.do(item, "submit_assignment_plan", {"teams": teams}))
        done(self.decide(item, self.deputy_head))
        done(self.decide(item, self.head))
        return self._plans_of(item, teams)

    def _plans_of(self, item: str, teams: Sequence[Paper]) -> str:
        """Plans, cadres and the mobilisation meeting."""
        lines = [
            {name: team[name] for name in ("team_no", "leader_id", "unit_ids")}
            | {"branch_secretary_id": team["leader_id"]}
            for team in teams
        ]
        done(self.do(item, "submit_work_plan", WORK_PLAN))
        done(self.decide(item, self.deputy_head))
        done(self.do(item, "submit_authorisation", {"teams": lines}))
        done(self.decide(item, self.head))
        for team in teams:
            person = "p-zu3" if team["leader_id"] == "p-zu1" else self.second_member
            cadre = done(self.lend(item, person_id=person)).body["id"]
            done(self.join(f"{CADRES}/{cadre}", self.team(item, team["team_no"])))
        done(self.do(item, "finalise_grouping"))
        return self.mobilised(item)

    def _entered(self, item: str) -> str:
        unit = self.notified(item)
        for name in UNIT_STEPS[1:]:
            getattr(self, name)(unit)
        return unit

    def _second_entered(self, item: str, number: int = 2) -> str:
        """Team 2, of a leader and one member, at the housing bureau."""
        leader, member, team = self.leader_2, self.member_2, self.team(item, number)
        one, both = self.second_member, ["p-zu4", self.second_member]
        people = {"liaison_id": one, "participant_ids": both, "recorder_id": one}
        done(self.do(team, "constitute_meeting", RULES | people, by=leader))
        for by in (leader, member):
            done(self.do(team, "sign_pledge", {"pledged": True}, by=by))
        unit = f"{ENGAGEMENTS}/{done(self.take_up(team, 'hou')).body['id']}"
        done(self.do(unit, "issue_notice", NOTICE))
        self.requested(unit)
        done(self.brief(unit))
        forms = {"with_form_ids": ["p-hou-head"]}
        done(self.do(unit, "record_appointment_forms", forms, documents=("appointment_approval_forms",)))
        done(self.do(unit, "record_audit_reports", {"nil_return": True}))
        done(self.do(unit, "provide_prior_materials", {"first_inspection": True}))
        done(self.do(unit, "close_briefing"))
        done(self.do(unit, "close_focus_list", FOCUS, by=leader))
        lines = [{"member_id": person, "duty": "职责"} for person in both]
        done(self.do(team, "divide_work", {"lines": lines}, by=leader))
        done(self.do(unit, "file_team_plan", TEAM_PLAN, by=leader))
        for kind in MATERIALS:
            done(self.do(unit, "check_material", MATERIAL | {"kind_code": kind}, by=member))
        done(self.do(unit, "set_up_site", SITE, by=member))
        done(self.do(unit, "designate_receivers", {"designee_ids": [one]}, by=leader))
        done(self.do(unit, "prepare_entry", by=leader))
        done(self.do(unit, "meet_principal", PRINCIPAL | {"principal_id": "p-hou-head"}, by=leader))
        done(self.do(unit, "finalise_speech", {"text": "讲话稿"}, by=leader))
        there = ["p-xz3", *both, "p-hou-head", "p-head2"]
        meeting = UNIT_MEETING | {"chair_id": "p-hou-head", "attendee_ids": there}
        done(self.do(unit, "hold_unit_meeting", meeting, by=leader))
        return unit

    # What the team finds, and its withdrawal.

    def finding(self, unit: str, **changes: object) -> str:
        """A finding with its signed working paper in keeping."""
        paper = {"engagement_id": key(unit), "title": "发现的问题"} | changes
        item = f"{ISSUES}/{done(self.do(ISSUES, 'record_issue', paper, by=self.member)).body['id']}"
        done(self.do(item, "draft_working_paper", WORKING_PAPER, by=self.member))
        done(self.decide(item, self.deputy))
        done(self.decide(item, self.leader))
        done(self.do(item, "keep_working_paper", {"custodian_id": "p-zu3"}, by=self.member))
        return item

    def interviewed(self, unit: str, **changes: object) -> str:
        done(self.do(unit, "plan_interviews", INTERVIEW_PLAN, by=self.leader))
        paper = INTERVIEW | {"engagement_id": key(unit)} | changes
        item = (
            f"{INTERVIEWS}/{done(self.do(INTERVIEWS, 'record_interview', paper, by=self.deputy)).body['id']}"
        )
        done(self.do(item, "submit_record", {"problems": "问题汇总"}, by=self.leader))
        done(self.do(item, "read_record", by=self.leader))
        return item

    def clue(self, talk: str, *persons: str, classed: str = "key") -> str:
        """A clue tagged in an interview and classed by the affairs meeting."""
        tag = {"subject_ids": list(persons or ("p-edu-sec",)), "summary": "反映的问题"}
        before = {one["id"] for one in self.leader.get(CLUES, limit="200").body["items"]}
        done(self.do(talk, "tag_clue", tag, by=self.member))
        found = self.leader.get(CLUES, limit="200").body["items"]
        clue = f"{CLUES}/{next(one['id'] for one in found if one['id'] not in before)}"
        if classed:
            team = f"/inspection/teams/{self.item(talk, self.member)['team_id']}"
            session = done(self.session(team, matters=["clue_classes"])).body["id"]
            paper = {"class_code": classed, "session_id": session}
            done(self.do(clue, "classify_clue", paper, by=self.member))
        return clue

    def leave(self, unit: str, on: str = "2026-03-02") -> Answer:
        done(self.do(unit, "close_fieldwork", by=self.leader))
        done(self.do(unit, "check_security", CHECK, by=self.deputy))
        return self.do(unit, "withdraw", {"withdrawn_on": on}, by=self.leader)

    def leave_second(self, unit: str, on: str = "2026-03-02") -> Answer:
        done(self.do(unit, "close_fieldwork", by=self.leader_2))
        check = CHECK | {"checker_id": self.second_member}
        done(self.do(unit, "check_security", check, by=self.member_2))
        return self.do(unit, "withdraw", {"withdrawn_on": on}, by=self.leader_2)

    # The three reports of a unit.

    def draft(self, unit: str, kind: str, by: Client, **text: object) -> Answer:
        name = {
            "inspection": "draft_report",
            "interview": "draft_interview_report",
            "clue": "draft_clue_report",
        }
        return self.do(REPORTS[kind], name[kind], {"engagement_id": key(unit)} | text, by=by)

    def report(self, unit: str, kind: str = "inspection", by: Client | None = None) -> str:
        """The report of a kind on a unit."""
        listed = (by or self.leader).get(REPORTS[kind], limit="200").body["items"]
        return f"{REPORTS[kind]}/{next(one['id'] for one in listed if one['engagement_id'] == key(unit))}"

    def issues_of(self, unit: str, by: Client | None = None) -> list[str]:
        listed = (by or self.leader).get(ISSUES, limit="200").body["items"]
        return [one["id"] for one in listed if one["engagement_id"] == key(unit)]

    def clues_of(self, unit: str, by: Client | None = None) -> list[str]:
        listed = (by or self.leader).get(CLUES, limit="200").body["items"]
        return sorted(one["id"] for one in listed if one["engagement_id"] == key(unit))

    def deliberate(self, report: str, by: Client | None = None, **changes: object) -> Answer:
        leader = by or self.leader
        team = f"/inspection/teams/{self.item(report, leader)['team_id']}"
        session = done(self.session(team, by=leader, matters=["texts"], **changes)).body["id"]
        return self.do(report, "deliberate_report", {"session_id": session}, by=leader)

    def sign(self, report: str, by: Client | None = None) -> Answer:
        return self.do(report, "sign_report", by=by or self.leader)

    def submit(self, report: str, by: Client | None = None, **changes: object) -> Answer:
        return self.do(report, "submit_report", TO_OFFICE | changes, by=by or self.leader)

    def inspection_report(self, unit: str, **text: object) -> str:
        """Drafted by a member with all findings of the unit."""
        findings = [{"issue_id": issue} for issue in self.issues_of(unit)]
        answer = self.draft(unit, "inspection", self.member, **(TEXT | {"findings": findings} | text))
        return f"{REPORTS['inspection']}/{done(answer).body['id']}"

    def interview_report(self, unit: str, by: Client | None = None, **text: object) -> str:
        answer = self.draft(unit, "interview", by or self.deputy, **(INTERVIEW_TEXT | text))
        return f"{REPORTS['interview']}/{done(answer).body['id']}"

    def clue_report(self, unit: str, **text: object) -> str:
        entries = [ENTRY | {"clue_id": clue} for clue in self.clues_of(unit)]
        answer = self.draft(unit, "clue", self.leader, **({"entries": entries} | text))
        return f"{REPORTS['clue']}/{done(answer).body['id']}"

    def all_submitted(self, unit: str) -> str:
        report = self.inspection_report(unit)
        done(self.deliberate(report))
        for one in (report, self.interview_report(unit), self.clue_report(unit)):
            done(self.sign(one))
            done(self.submit(one))
        return unit

    def all_submitted_with_nothing(self, unit: str) -> str:
        """Of team 1 that found nothing and talked to nobody."""
        report = self.inspection_report(unit)
        done(self.deliberate(report))
        talks = done(self.draft(unit, "interview", self.leader, **NIL_INTERVIEWS)).body["id"]
        for one in (report, f"{REPORTS['interview']}/{talks}", self.clue_report(unit)):
            done(self.sign(one))
            done(self.submit(one))
        return unit

    def second_submitted(self, unit: str) -> str:
        """Of team 2, that found nothing and talked to nobody."""
        by = self.leader_2
        texts: tuple[tuple[str, Paper], ...] = (
            ("inspection", TEXT),
            ("interview", NIL_INTERVIEWS),
            ("clue", {}),
        )
        for kind, text in texts:
            report = f"{REPORTS[kind]}/{done(self.draft(unit, kind, by, **text)).body['id']}"
            if kind == "inspection":
                people = {"convenor_id": "p-zu4", "participant_ids": ["p-zu4", self.second_member]}
                done(self.deliberate(report, by, recorder_id=self.second_member, **people))
            done(self.sign(report, by))
            done(self.submit(report, by))
        return unit

    def all_passed(self, unit: str) -> str:
        for kind in REPORTS:
            done(self.do(self.report(unit, kind, self.director), "pass_report", by=self.director))
        return unit

    # The leading group, and the round's two reports.

    def hear(self, unit: str, **changes: object) -> Answer:
        team = self.item(unit)["team_id"]
        return self.do(HEARINGS, "hear_team", HEARING | {"team_id": team} | changes)

    def minutes(self, item: str, *teams: str) -> Answer:
        parts = [{"team_id": key(team), "opinions": f"对第{n}组的意见"} for n, team in enumerate(teams, 1)]
        return self.do(item, "issue_group_minutes", {"general_points": "总体意见", "parts": parts})

    def draft_comprehensive(self, item: str) -> Answer:
        return self.do(ROUND_REPORTS, "draft_round_report", COMPREHENSIVE | {"round_id": key(item)})

    def draft_round_clues(self, item: str, by: Client | None = None, **changes: object) -> Answer:
        director = by or self.director
        found = director.get(CLUES, limit="200").body["items"]
        lines = [{"clue_id": one["id"], "important": True, "summary": "摘要"} for one in found]
        paper = {"round_id": key(item), "clues": lines} | changes
        return self.do(ROUND_CLUES, "draft_round_clue_report", paper, by=director)

    def of_round(self, place: str, item: str, by: Client | None = None) -> str:
        listed = (by or self.director).get(place, limit="200").body["items"]
        return f"{place}/{next(one['id'] for one in listed if one['round_id'] == key(item))}"

    def finalise(self, report: str, by: Client | None = None) -> Answer:
        done(self.do(report, "finalise_report", by=self.director))
        return self.decide(report, by or self.head)

    def secretary_hears(self, report: str, **changes: object) -> Answer:
        return self.do(report, "hold_secretary_meeting", SECRETARY | changes, by=self.director)

    def speak(self, report: str, **changes: object) -> Answer:
        found = self.director.get(CLUES, limit="200").body["items"]
        opinions = [{"clue_id": one["id"], "opinion": "处置意见"} for one in found]
        paper = {"remarks": "讲话内容", "disposal_opinions": opinions, "named": [NAMED]} | changes
        return self.do(report, "record_speech", paper, by=self.director)

    def committee_hears(self, report: str, **changes: object) -> Answer:
        return self.do(report, "hold_standing_committee", REQUIREMENTS | changes)

    # One state further each.

    def withdrawn(self, unit: str) -> None:
        done(self.leave(unit))

    def submitted(self, unit: str) -> None:
        self.all_submitted(unit)

    def reviewed(self, unit: str) -> None:
        self.all_passed(unit)

    def heard(self, unit: str) -> None:
        done(self.hear(unit))
        done(self.do(self.round_of(unit), "close_hearings"))

    def drafted(self, unit: str) -> None:
        item = self.round_of(unit)
        done(self.minutes(item, self.team_at(unit)))
        done(self.draft_comprehensive(item))
        done(self.draft_round_clues(item))

    def finalised(self, unit: str) -> None:
        item = self.round_of(unit)
        done(self.finalise(self.of_round(ROUND_REPORTS, item)))
        done(self.finalise(self.of_round(ROUND_CLUES, item)))

    def secretary(self, unit: str) -> None:
        report = self.of_round(ROUND_CLUES, self.round_of(unit))
        done(self.secretary_hears(report))
        done(self.speak(report))

    def reported(self, unit: str) -> None:
        done(self.committee_hears(self.of_round(ROUND_REPORTS, self.round_of(unit))))

    def in_fieldwork(self) -> str:
        """Team 1, alone in its round, at the bureau with a finding, an interview and a clue."""
        return self._from_snapshot("results fieldwork", self._in_fieldwork)

    def _in_fieldwork(self) -> str:
        unit = self._entered(self._round_of([TEAM_1]))
        self.finding(unit)
        self.clue(self.interviewed(unit))
        return unit

    def result_at(self, step: str) -> str:
        """The engagement of team 1, alone in its round, that has come as far as `step` of RESULT_STEPS."""
        return self._from_snapshot(f"results {step}", lambda: self._result_at(step))

    def _result_at(self, step: str) -> str:
        unit = self._in_fieldwork()
        for name in RESULT_STEPS[: RESULT_STEPS.index(step) + 1]:
            getattr(self, name)(unit)
        return unit

    def both_at(self, step: str) -> tuple[str, str]:
        """The engagements of both teams, come as far as `step`: in_fieldwork, withdrawn, submitted or reviewed."""
        place = self._from_snapshot(f"both {step}", lambda: " ".join(self._both_at(step)))
        first, _, second = place.partition(" ")
        return first, second

    def _both_at(self, step: str) -> tuple[str, str]:
        item = self._round_of([TEAM_1, TEAM_2])
        first, second = self._entered(item), self._second_entered(item)
        self.finding(first)
        self.clue(self.interviewed(first))
        if step in ("withdrawn", "submitted", "reviewed"):
            done(self.leave(first))
            done(self.leave_second(second))
        if step in ("submitted", "reviewed"):
            self.all_submitted(first)
            self.second_submitted(second)
        if step == "reviewed":
            self.all_passed(first)
            self.all_passed(second)
        return first, second
