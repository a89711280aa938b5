"""The story of a round's entry: briefings, preparation, the meeting at the unit, what is made known (steps 4 to 10)."""

from __future__ import annotations

from dengwen.round_stage import GROUP_MEMBER, OFFICE, THE_TEAMS, Stage, Team, Unit, ids, key, p

BRIEFERS = [
    "discipline_commission",
    "organization_dept",
    "audit_bureau",
    "petition_bureau",
    "propaganda_dept",
]
MATERIALS = ("party_work", "discipline_supervision", "organisation_personnel")
MADE_KNOWN = ["leader_speech", "office_speech_entry", "statement_of_position"]
CHANNELS = {"office_address": "示例路1号", "email": "xc@dengwen.example"}


def briefings(s: Stage) -> None:
    """D9 to D11: the functional departments tell what they know of the units."""
    with s.step(OFFICE, "商请有关部门通报情况", "departments are asked for what they know"):
        for team in THE_TEAMS:
            for unit in team.units:
                paper = {"unit_type": "organ", "addressees": BRIEFERS, "topics": "政治生态、选人用人等情况"}
                s.do(OFFICE, s.unit(unit), "request_briefing", paper)
    s.go_to(11)
    for team in THE_TEAMS:
        for unit in team.units:
            with s.step(OFFICE, f"{unit.zh}:通报材料、任免审批表、审计报告", "briefings on the unit come in"):
                _briefed(s, unit)


def _briefed(s: Stage, unit: Unit) -> None:
    item = s.unit(unit)
    parts = {
        "discipline_commission": {"clue_disposal": "线索处置", "political_ecology": "政治生态"},
        "organization_dept": {"personnel_selection": "选人用人"},
        "audit_bureau": {"main_responsibility": "审计情况"},
        "petition_bureau": {"petitions": "信访情况"},
        "propaganda_dept": {"ideology_work": "意识形态"},
    }  # fmt: skip
    for body in BRIEFERS:
        paper = {"office_code": body, "received_on": s.day} | parts[body]
        s.do(OFFICE, item, "record_briefing", paper, "briefing_material")
    forms = {"with_form_ids": ids(unit.leaders)}
    s.do(OFFICE, item, "record_appointment_forms", forms, "appointment_approval_forms")
    s.do(OFFICE, item, "record_audit_reports", {"nil_return": True})
    s.do(OFFICE, item, "provide_prior_materials", {"first_inspection": True})
    s.do(OFFICE, item, "close_briefing")


def preparation(s: Stage) -> None:
    """D14: focus list, division of work, team plan, material, site, receivers: ready to enter."""
    s.go_to(14)
    for team in THE_TEAMS:
        for unit in team.units:
            with s.step(
                team.leader, f"第{team.no}组对{unit.zh}:监督重点、工作方案、进驻准备", "ready to enter"
            ):
                _prepared(s, team, unit)


def _prepared(s: Stage, team: Team, unit: Unit) -> None:
    item, leader, liaison = s.unit(unit), team.leader, team.liaison
    talk = {"engagement_id": key(item), "held_on": s.day, "counterpart_id": "p-leader"}
    talk_paper = talk | {"deputy_ids": [p(team.deputy)], "issues_to_watch": "需关注的问题"}
    s.new(leader, "/inspection/key-talks", "record_key_talk", talk_paper)
    public = {"source": "媒体", "published_on": s.on(-7), "summary": "舆情信息"}
    s.do(liaison, item, "record_public_information", public)
    line = {"item": "重点事项", "basis": "通报情况", "risk_point": "风险", "direction": "方向"}
    s.do(leader, item, "close_focus_list", {"lines": [line]})
    duties = [{"member_id": p(one), "duty": "职责"} for one in team.staff]
    s.do(leader, s.team(team), "divide_work", {"lines": duties})
    s.do(leader, item, "plan_for_incidents", {"text": "信访突发事件处置预案"})
    filed = ("tasks", "methods_and_steps", "schedule", "discipline_requirements", "branch_work_plan")
    s.do(leader, item, "file_team_plan", dict.fromkeys(filed, "内容"))
    s.do(OFFICE, item, "acknowledge_plan")
    s.do(OFFICE, item, "provide_speech_template", {"text": "通稿"})
    s.do(OFFICE, item, "provide_office_speech", {"text": "通稿"})
    lines = [{"item": "驻地", "area": "logistics", "done": True}]
    s.do(leader, item, "deliver_checklist", {"delivered_on": s.day, "lines": lines})
    for kind in MATERIALS:
        paper = {"kind_code": kind, "passed": True, "problem_permille": 650, "measures": "整改措施"}
        s.do(liaison, item, "check_material", paper)
    site = {"box_locations": ["办公楼一层"], "telephone": "000-0000", "logistics": "食宿已安排"}
    s.do(liaison, item, "set_up_site", site | CHANNELS)
    s.do(leader, item, "designate_receivers", {"designee_ids": ids(team.members)})
    s.do(leader, item, "prepare_entry")


def entry(s: Stage) -> None:
    """D16 and D17: the principal is met, the unit's meeting held; made known inside and outside."""
    s.go_to(16)
    for team in THE_TEAMS:
        for unit in team.units:
            with s.step(team.leader, f"第{team.no}组进驻{unit.zh}:见面沟通、动员会", "enters the unit"):
                _entered(s, team, unit)
    s.go_to(17)
    with s.step(
        OFFICE,
        "汇总上报进驻情况;党内通报、表态发言报备",
        "the entry is reported and made known",
    ):
        for team in THE_TEAMS:
            for unit in team.units:
                s.do(team.liaison, s.unit(unit), "prove_circulation", {"texts": MADE_KNOWN, "manner": "会议"})
                s.do(
                    team.liaison, s.unit(unit), "file_statement", {"filed_on": s.day}, "statement_of_position"
                )
        s.do(OFFICE, s.round(), "report_entry", {"reported_on": s.day, "summary": "三个单位均已进驻"})
    with s.step("zu1", "发布巡察公告", "the inspection is announced"):
        for team in THE_TEAMS:
            for unit in team.units:
                _announced(s, team, unit)


def _entered(s: Stage, team: Team, unit: Unit) -> None:
    item, leader = s.unit(unit), team.leader
    met = {"held_on": s.day, "principal_id": p(unit.head), "requirements": "传达要求"}
    s.do(leader, item, "meet_principal", met)
    s.do(leader, item, "finalise_speech", {"text": "讲话稿"})
    there = ids([GROUP_MEMBER, *team.staff, *unit.leaders, unit.office_head])
    meeting = {"held_on": s.day, "chair_id": p(unit.head), "attendee_ids": there}
    said = {"office_speaker_id": p(GROUP_MEMBER), "statement": "表态发言"}
    s.do(leader, item, "hold_unit_meeting", meeting | said)


def _announced(s: Stage, team: Team, unit: Unit) -> None:
    item = s.unit(unit)
    paper = {"scope": "监督范围", "content": "监督内容", "schedule": "时间安排", "contact": "000-0000"}
    s.do(team.liaison, item, "announce", paper | CHANNELS)
    s.decide(team.leader, item)
    s.do(team.leader, item, "publish_announcement", {"published_on": s.day, "media": "区融媒体中心"})


CHAPTERS = (briefings, preparation, entry)
