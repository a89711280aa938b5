"""The story of a round at its units: reports heard, talks, petitions, working papers, clues, withdrawal (11 to 28)."""

from __future__ import annotations

from typing import Any

from dengwen.round_stage import (
    CLUES,
    DEPUTY_HEAD,
    HEAD,
    IN_ORDER,
    ISSUES,
    OFFICE,
    PETITIONS,
    SESSIONS,
    TALKS,
    Paper,
    Stage,
    Team,
    Unit,
    ids,
    key,
    p,
)

MATERIALS, MIDTERMS = "/inspection/unit-materials", "/inspection/midterms"
SLIPS, DELIVERIES = "/inspection/referral-slips", "/inspection/direct-deliveries"


def reports_heard(s: Stage) -> None:
    """D18: each unit reports on its work and on two topics."""
    s.go_to(18)
    for team, unit in IN_ORDER:
        with s.step(team.leader, f"听取{unit.zh}党组织工作汇报和专题汇报", "the unit's reports are heard"):
            hearing = {"held_on": s.day, "speaker_id": p(unit.head), "attendee_ids": ids(unit.leaders)}
            s.do(team.leader, s.unit(unit), "hear_report", hearing)
            for topic in ("党风廉政建设", "选人用人"):
                paper = {"held_on": s.day, "topic": topic, "speaker_id": p(unit.head)}
                s.do(team.leader, s.unit(unit), "hear_topic", paper | {"hearer_ids": ids(team.staff)})


def petitions(s: Stage) -> None:
    """D21 to D24: what comes in by letter, call and box, each by the route that the text says."""
    s.go_to(21)
    for number, (team, unit) in enumerate(IN_ORDER):
        count = s.size.petitions[number]
        with s.step(team.liaison, f"{unit.zh}:登记信访件 {count} 件", f"{count} petitions come in"):
            found = [_received(s, team, unit, nature) for nature in _natures(count)]
        s.go_to(22)
        with s.step(
            team.liaison, f"{unit.zh}:重要信访呈批、个人诉求移交、属单位的转单位", "each goes its way"
        ):
            for item, nature in found:
                _handled(s, team, unit, item, nature)
        s.go_to(21 + number + 1)


def _natures(count: int) -> list[str]:
    """The first five of each kind; the rest in scope."""
    kinds = ["important", "personal_or_litigation", "within_unit_jurisdiction", "outside_both", "direct"]
    return [*kinds, *["in_scope"] * (count - len(kinds))]


def _received(s: Stage, team: Team, unit: Unit, nature: str) -> tuple[str, str]:
    entry: Paper = {"engagement_id": key(s.unit(unit)), "received_on": s.day}
    if nature == "direct":
        posts = {"subjects": [{"post": "four_bodies_member"}]}
        return s.new(team.liaison, PETITIONS, "register_direct_item", entry | posts), nature
    entry |= {"channel": "letter", "summary": "反映的问题(示例)"}
    if nature == "important":
        person = {"person_id": p(unit.complained_of[0]), "post": "other"}
        entry |= {"nature": "in_scope", "subjects": [person], "important": True}
    else:
        entry |= {"nature": nature}
    return s.new(team.liaison, PETITIONS, "register_petition", entry), nature


def _handled(s: Stage, team: Team, unit: Unit, item: str, nature: str) -> None:
    liaison, leader = team.liaison, team.leader
    if nature == "important":
        slip = {"summary": "反映的主要问题", "proposed_handling": "拟深入了解"}
        s.do(liaison, item, "submit_important_petition", slip)
        s.do(leader, item, "instruct_petition", {"instruction": "pursue", "text": "请认真了解"})
        _clue_of_petition(s, team, unit, item)
    elif nature == "personal_or_litigation":
        paper = {"department": "petition_bureau", "sent_on": s.day}
        s.do(liaison, item, "pass_to_department", paper, "department_receipt")
    elif nature == "within_unit_jurisdiction":
        s.do(liaison, item, "hand_petition_to_unit", {"sent_on": s.day}, "unit_receipt")
    elif nature == "outside_both":
        reasons = {"reason_out_of_scope": "民事纠纷", "reason_not_unit_jurisdiction": "由外省机关管辖"}
        slip = {"engagement_id": key(s.unit(unit)), "petition_serial": _number(s, liaison, item)} | reasons
        s.items[f"slip {unit.id}"] = s.new(liaison, SLIPS, "fill_referral_slip", slip)
    elif nature == "direct":
        s.items[f"direct {unit.id}"] = item
    else:
        s.do(liaison, item, "file_petition", {"reason": "已并入巡察了解"})


def _number(s: Stage, who: str, item: str) -> str:
    return str(s.person(who).get(item)["no"])


def _clue_of_petition(s: Stage, team: Team, unit: Unit, item: str) -> None:
    paper = {
        "engagement_id": key(s.unit(unit)), "petition_no": _number(s, team.leader, item),
        "subject_ids": [p(unit.complained_of[0])], "summary": "反映的问题",
    }  # fmt: skip
    s.items[f"clue 1 {unit.id}"] = clue = s.new(team.leader, CLUES, "open_clue_of_petition", paper)
    _clue_file(s, team, clue, "信访")


def _clue_file(s: Stage, team: Team, clue: str, source: str) -> None:
    """One file for each clue, by the liaison."""
    file = {"source": source, "main_issue": "主要问题", "what_was_learned": "了解情况"}
    s.do(team.liaison, clue, "compile_clue_file", file)


def direct_delivery(s: Stage) -> None:
    """D25: what is on a leader of the county goes sealed to the head of the leading group, and leaves a blind line."""
    s.go_to(25)
    for team, unit in IN_ORDER:
        with s.step(
            team.leader,
            "径送件:填单、登记、密封送达,仅组长本人拆阅",
            "sealed to one addressee",
        ):
            slip = {
                "engagement_id": key(s.unit(unit)), "scope_category": "four_bodies_member",
                "material_type": "petition", "source_no": _number(s, team.leader, s.items[f"direct {unit.id}"]),
                "page_count": 3, "addressee_id": p(HEAD), "designated_id": p(team.deputy),
            }  # fmt: skip
            item = s.new(team.leader, DELIVERIES, "fill_direct_slip", slip)
            s.do(team.deputy, item, "register_direct_slip", {"registered_on": s.day})
            seal = {"seal_no": f"MF-{unit.id}", "carrier_id": p(OFFICE), "handed_on": s.day}
            s.do(team.leader, item, "hand_over_sealed", seal)
            s.do(HEAD, item, "sign_for_direct_item", {"received_on": s.day, "seal_intact": True})
            s.items[f"delivery {unit.id}"] = item


def talks(s: Stage) -> None:
    """D28 to D42: a plan for each unit, two persons at each talk, its record before the leader in time."""
    s.go_to(28)
    for number, (team, unit) in enumerate(IN_ORDER):
        count = s.size.interviews[number]
        with s.step(team.leader, f"{unit.zh}:谈话方案", "the interview plan"):
            s.do(team.leader, s.unit(unit), "plan_interviews", _talk_plan(s, unit, count))
        with s.step(team.deputy, f"{unit.zh}:个别谈话 {count} 次,两人谈话、专人记录", f"{count} interviews"):
            held = [_talk(s, team, unit, number) for number in range(count)]
        s.items[f"talk {unit.id}"] = held[-1]
        s.go_to(29 + number)
        with s.step(
            team.leader, f"{unit.zh}:谈话记录整理、组长审阅", "records are tidied and read by the leader"
        ):
            for talk in held:
                s.do(team.deputy, talk, "submit_record", {"problems": "反映的问题"})
                s.do(team.leader, talk, "read_record")


def _talk_plan(s: Stage, unit: Unit, count: int) -> Paper:
    lines = [
        {
            "category": category,
            "planned_on": s.on(1),
            "place": "谈话室",
            "person_id": p(_interviewee(unit, n)),
        }
        for n in range(max(count, len(unit.leaders)))
        for category in ["leadership_member" if _interviewee(unit, n) in unit.leaders else "informed_person"]
    ]
    return {"interviews": lines, "safety_requirements": "安全要求"}


def _interviewee(unit: Unit, number: int) -> str:
    return unit.people[number % len(unit.people)]


def _talk(s: Stage, team: Team, unit: Unit, number: int) -> str:
    record: dict[str, Any] = {
        "engagement_id": key(s.unit(unit)), "interviewee_id": p(_interviewee(unit, number)), "held_on": s.day,
        "place": "谈话室", "interviewer_ids": ids([team.deputy, team.liaison]), "recorder_id": p(team.liaison),
        "outline": "tailored", "preparation_note": "已了解简历和分工", "content": "谈话内容",
    }  # fmt: skip
    return s.new(team.deputy, TALKS, "record_interview", record)


def material(s: Stage) -> None:
    """D35: the unit's material is borrowed against signature; a symposium is held; the mid-term report is heard."""
    s.go_to(36)
    for team, unit in IN_ORDER:
        item, liaison = s.unit(unit), team.liaison
        with s.step(liaison, f"{unit.zh}:调阅资料、座谈会", "material is borrowed, a symposium held"):
            asked = {"issued_on": s.day, "due_on": s.on(2), "from_on": f"{s.today().year - 2}-01-01"}
            s.do(
                liaison, item, "issue_catalogue", asked | {"lines": [{"item_no": "ML-1", "name": "会议记录"}]}
            )
            receipt = {"engagement_id": key(item), "item_no": "ML-1", "custodian_id": p(liaison)}
            signed = {"team_signed": True, "unit_signed": True}
            s.items[f"material {unit.id}"] = s.new(liaison, MATERIALS, "receive_material", receipt | signed)
            symposium = {
                "topic": "座谈主题", "announced_on": s.on(-1), "held_on": s.day, "chair_id": p(team.deputy),
                "recorder_id": p(liaison), "participant_ids": ids(unit.leaders), "content": "座谈内容",
            }  # fmt: skip
            s.do(liaison, item, "hold_symposium", symposium)
    with s.step(DEPUTY_HEAD, "领导小组听取中期汇报", "the mid-term report is heard"):
        for _, unit in IN_ORDER:
            paper = {"engagement_id": key(s.unit(unit)), "held_on": s.day, "hearer_id": p(DEPUTY_HEAD)}
            told = {"problems": "突出问题", "clues": "线索情况", "next_requirements": "下一步要求"}
            s.new(DEPUTY_HEAD, MIDTERMS, "hear_midterm", paper | told)


def findings(s: Stage) -> None:
    """D42: each finding rests on a working paper: its maker, the deputy's review, the leader's signature, a keeper."""
    s.go_to(42)
    for number, (team, unit) in enumerate(IN_ORDER):
        count = s.size.working_papers[number]
        with s.step(
            team.liaison, f"{unit.zh}:工作底稿 {count} 份,副组长复核、组长审签", f"{count} working papers"
        ):
            for line in range(count):
                s.items[f"issue {unit.id} {line}"] = _finding(s, team, unit, line)


def _finding(s: Stage, team: Team, unit: Unit, line: int) -> str:
    entry = {"engagement_id": key(s.unit(unit)), "title": f"发现的问题{line + 1}(示例)"}
    issue = s.new(team.liaison, ISSUES, "record_issue", entry)
    paper = dict.fromkeys(("summary", "source", "steps_and_methods", "facts"), "内容")
    s.do(team.liaison, issue, "draft_working_paper", paper | {"supporting_material": ["会议记录第3页"]})
    s.decide(team.deputy, issue)
    s.decide(team.leader, issue)
    s.do(team.liaison, issue, "keep_working_paper", {"custodian_id": p(team.liaison)})
    return issue


def clues(s: Stage) -> None:
    """D44: a second clue of each unit comes of a talk; the affairs meeting classes both; each has its file."""
    s.go_to(44)
    for team, unit in IN_ORDER:
        with s.step(
            team.liaison,
            f"{unit.zh}:谈话发现线索,组务会分类,一线索一档",
            "clues classed and filed",
        ):
            talk = s.items[f"talk {unit.id}"]
            known = {one["id"] for one in s.all(team.leader, CLUES)}
            s.do(
                team.liaison,
                talk,
                "tag_clue",
                {"subject_ids": [p(unit.complained_of[1])], "summary": "反映的问题"},
            )
            new = [one["id"] for one in s.all(team.leader, CLUES) if one["id"] not in known]
            s.items[f"clue 2 {unit.id}"] = f"{CLUES}/{new[0]}"
            session = s.new(team.leader, SESSIONS, "hold_session", minutes(s, team, "clue_classes"))
            for n in (1, 2):
                paper = {"class_code": "key", "session_id": key(session)}
                s.do(team.liaison, s.items[f"clue {n} {unit.id}"], "classify_clue", paper)
            _clue_file(s, team, s.items[f"clue 2 {unit.id}"], "个别谈话")


def minutes(s: Stage, team: Team, matter: str) -> Paper:
    """Of a team's affairs meeting."""
    return {
        "team_id": key(s.team(team)), "held_on": s.day, "convenor_id": p(team.leader),
        "participant_ids": ids([team.leader, team.deputy, team.liaison]), "matters": [matter],
        "opinions": "讨论情况", "decision": "会议决定", "recorder_id": p(team.liaison),
    }  # fmt: skip


def withdrawal(s: Stage) -> None:
    """D53 to D56: everything goes back, nothing is left, the check is done by another; then the teams leave."""
    s.go_to(53)
    for team, unit in IN_ORDER:
        with s.step(
            team.liaison, f"{unit.zh}:清退资料、撤点前沟通、保密检查", "all is returned; the security check"
        ):
            _cleared(s, team, unit)
    s.go_to(56)
    for team, unit in IN_ORDER:
        with s.step(team.leader, f"第{team.no}组撤离{unit.zh}", f"team {team.no} withdraws"):
            s.do(team.leader, s.unit(unit), "withdraw", {"withdrawn_on": s.day})
    with s.step(OFFICE, "转办单送巡察办", "referral slips go to the office"):
        for team, unit in IN_ORDER:
            s.do(team.liaison, s.items[f"slip {unit.id}"], "send_referral_slip", {}, "petition_material")


def _cleared(s: Stage, team: Team, unit: Unit) -> None:
    item, signed = s.unit(unit), {"team_signed": True, "unit_signed": True}
    s.do(team.liaison, s.items[f"material {unit.id}"], "return_material", {"returned_on": s.day} | signed)
    talk = {"held_on": s.day, "principal_id": p(unit.head), "content": "沟通情况"}
    s.do(team.leader, item, "talk_before_withdrawal", talk)
    s.do(team.leader, item, "close_fieldwork")
    checked = dict.fromkeys(("papers_checked", "destruction_checked", "devices_checked"), True)
    s.do(team.deputy, item, "check_security", {"checker_id": p(team.deputy), "checked_on": s.day} | checked)


CHAPTERS = (
    reports_heard, petitions, direct_delivery, talks, material, findings, clues, withdrawal,
)  # fmt: skip
