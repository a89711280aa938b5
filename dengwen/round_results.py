"""The story of a round's results: three reports a unit, who hears them, feedback, hand-over (29 to 39)."""

from __future__ import annotations

from dengwen.round_fieldwork import minutes
from dengwen.round_stage import (
    DEPUTY_HEAD,
    DIRECTOR,
    GROUP_MEMBER,
    HEAD,
    IN_ORDER,
    OFFICE,
    SESSIONS,
    THE_TEAMS,
    Stage,
    Team,
    Unit,
    ids,
    key,
    p,
)

UNIT_REPORTS, TALK_REPORTS = "/inspection/inspection-reports", "/inspection/interview-reports"
CLUE_REPORTS, HEARINGS = "/inspection/clue-reports", "/inspection/group-hearings"
ROUND_REPORTS, ROUND_CLUES = "/inspection/round-reports", "/inspection/round-clue-reports"
KEY_ISSUES, RECEIPTS = "/inspection/key-issues", "/inspection/feedback-receipts"
CONDUCT, FORMS, REFERRALS = (
    "/inspection/conduct-assessments",
    "/inspection/transfer-forms",
    "/inspection/petition-referrals",
)
BATCHES, PETITION_REGISTER = "/intake/referrals", "/intake/petitions"
TEXT = dict.fromkeys(("views", "cases", "data", "analysis", "suggestions"), "内容")


def findings_of(s: Stage, unit: Unit) -> list[str]:
    """Ids of the problems of a unit that go into its report and are fed back."""
    number = [one.id for _, one in IN_ORDER].index(unit.id)
    return [key(s.items[f"issue {unit.id} {line}"]) for line in range(s.size.findings[number])]


def reports(s: Stage) -> None:
    """D57 to D59, D65: the three reports of each unit, deliberated, signed, submitted; the office passes them."""
    s.go_to(57)
    for team, unit in IN_ORDER:
        with s.step(
            team.leader, f"{unit.zh}:巡察报告、谈话情况报告、问题线索报告", "three reports on the unit"
        ):
            for report in _drafted(s, team, unit):
                s.do(team.leader, report, "sign_report")
                s.do(team.leader, report, "submit_report", {"to": "inspection_office"})
    s.go_to(65)
    with s.step(DIRECTOR, "审核各组报告", "the office reviews and passes the reports"):
        for _, unit in IN_ORDER:
            for kind in ("report", "talk report", "clue report"):
                s.do(DIRECTOR, s.items[f"{kind} {unit.id}"], "pass_report")


def _drafted(s: Stage, team: Team, unit: Unit) -> list[str]:
    of = {"engagement_id": key(s.unit(unit))}
    found = [{"issue_id": issue} for issue in findings_of(s, unit)]
    report = s.new(team.liaison, UNIT_REPORTS, "draft_report", of | TEXT | {"findings": found})
    session = s.new(team.leader, SESSIONS, "hold_session", minutes(s, team, "texts"))
    s.do(team.leader, report, "deliberate_report", {"session_id": key(session)})
    said = dict.fromkeys(("leadership_talks_verbatim", "problems", "shortcomings", "hopes"), "内容")
    talks = s.new(team.deputy, TALK_REPORTS, "draft_interview_report", of | said)
    entry = {"allegation": "反映的问题", "what_was_learned": "了解的情况", "classification_opinion": "key"}
    entries = [entry | {"clue_id": key(s.items[f"clue {n} {unit.id}"])} for n in (1, 2)]
    clue_report = s.new(team.leader, CLUE_REPORTS, "draft_clue_report", of | {"entries": entries})
    s.items |= {
        f"report {unit.id}": report, f"talk report {unit.id}": talks, f"clue report {unit.id}": clue_report
    }  # fmt: skip
    return [report, talks, clue_report]


def hearings(s: Stage) -> None:
    """D66: the leading group hears each team, within ten working days of the last withdrawal."""
    s.go_to(66)
    for team in THE_TEAMS:
        with s.step(HEAD, f"领导小组听取第{team.no}组汇报", f"the leading group hears team {team.no}"):
            paper = {
                "team_id": key(s.team(team)), "held_on": s.day, "chair_id": p(HEAD),
                "attendee_ids": ids([HEAD, DEPUTY_HEAD, GROUP_MEMBER, DIRECTOR]),
                "observer_ids": ids([team.deputy, OFFICE]), "reporter_id": p(team.leader), "use_of_results": "运用意见",
            }  # fmt: skip
            s.new(OFFICE, HEARINGS, "hear_team", paper)
    with s.step(OFFICE, "各组听取完毕,印发会议纪要", "all teams are heard; the minutes are issued"):
        s.do(OFFICE, s.round(), "close_hearings")
        parts = [{"team_id": key(s.team(team)), "opinions": f"对第{team.no}组的意见"} for team in THE_TEAMS]
        s.do(OFFICE, s.round(), "issue_group_minutes", {"general_points": "总体意见", "parts": parts})
        s.do(OFFICE, s.round(), "request_agenda")


def results(s: Stage) -> None:
    """D70 to D78: the round's two reports; the secretary and the standing committee hear them within the month."""
    s.go_to(70)
    known = [s.items[f"clue {n} {unit.id}"] for _, unit in IN_ORDER for n in (1, 2)]
    with s.step(
        OFFICE, "综合情况报告、本轮问题线索报告,组长审定", "the round's two reports; the head approves"
    ):
        overview = {
            "round_id": key(s.round()),
            "overview": "总体情况",
            "problems": "主要问题",
            "suggestions": "建议",
        }
        report = s.new(OFFICE, ROUND_REPORTS, "draft_round_report", overview)
        lines = [{"clue_id": key(one), "important": True, "summary": "摘要"} for one in known]
        clues = s.new(
            DIRECTOR, ROUND_CLUES, "draft_round_clue_report", {"round_id": key(s.round()), "clues": lines}
        )
        for one in (report, clues):
            s.do(DIRECTOR, one, "finalise_report")
            s.decide(HEAD, one)
    s.items |= {"round report": report, "round clue report": clues}
    s.go_to(77)
    with s.step(
        DIRECTOR,
        "书记专题会议听取,点人点事",
        "the secretary hears the round, and names matters",
    ):
        paper = {
            "held_on": s.day,
            "attendee_ids": ids([HEAD, DEPUTY_HEAD]),
            "decision_on_use": "成果运用决定",
        }
        s.do(DIRECTOR, clues, "hold_secretary_meeting", paper)
        opinions = [{"clue_id": key(one), "opinion": "处置意见"} for one in known]
        named = [{"kind": "matter", "matter": "点名的事项"}]
        s.do(
            DIRECTOR, clues, "record_speech",
            {"remarks": "讲话内容", "disposal_opinions": opinions, "named": named},
        )  # fmt: skip
        filing = {"sent_on": s.day, "receipt_no": "SB-2"}
        s.do(DIRECTOR, clues, "file_speech", filing, "secretary_speech", "round_clue_report")
    s.go_to(78)
    with s.step(
        OFFICE, "常委会听取;点人点事建账", "the standing committee hears it; what was named has its ledger"
    ):
        s.do(
            OFFICE, report, "hold_standing_committee",
            {"held_on": s.day, "rectification_requirements": "整改要求"},
        )  # fmt: skip
        issue = s.all(DIRECTOR, KEY_ISSUES, round_id=key(s.round()))[0]["id"]
        s.items["key issue"] = f"{KEY_ISSUES}/{issue}"
        s.do(DIRECTOR, s.items["key issue"], "enter_ledger", {"owner_id": p(OFFICE), "measures": "措施"})


def clues_handed_over(s: Stage) -> None:
    """D89 to D91: a form for each unit's clues, three signatures, in person, four confirm; they arrive in `clues`."""
    s.go_to(89)
    for team, unit in IN_ORDER:
        with s.step(
            team.liaison, f"{unit.zh}:移交审批表,组长、主任、领导小组签批", "the form, signed by three"
        ):
            s.items[f"form {unit.id}"] = _form(s, team, unit)
    s.go_to(91)
    for team, unit in IN_ORDER:
        with s.step(OFFICE, f"{unit.zh}:问题线索当面移交,四方签字", "handed over in person; four sign"):
            _handed(s, team, s.items[f"form {unit.id}"])
    with s.step(OFFICE, "转办单汇总移交信访室", "the slips go to the petition office in one batch"):
        _referred(s)


def _form(s: Stage, team: Team, unit: Unit) -> str:
    found = [key(s.items[f"clue {n} {unit.id}"]) for n in (1, 2)]
    catalogue = [{"found_clue_id": clue, "item": "谈话记录", "pages": 3} for clue in found]
    paper = {"engagement_id": key(s.unit(unit)), "receivers": ["discipline_commission"]}
    form = s.new(
        team.liaison, FORMS, "fill_transfer_form", paper | {"found_clue_ids": found, "catalogue": catalogue}
    )
    s.do(team.liaison, form, "submit_transfer_form")
    for who in (team.leader, DIRECTOR, DEPUTY_HEAD):
        s.decide(who, form)
    return form


def _handed(s: Stage, team: Team, form: str) -> None:
    place = {"mode": "in_person", "receiving_office_id": "ags", "meet_on": s.day, "place": "会议室"}
    s.do(OFFICE, form, "arrange_handover", place)
    for who in (team.liaison, DIRECTOR, "ags1", "gbk1"):
        s.do(who, form, "sign_handover_sheet", {"confirmed": True})
    sheet = {"handed_on": s.day, "receiver_signed_by": "p-leader"}
    copies = ["inspection_team", "inspection_office", "receiving_unit"]
    s.do(OFFICE, form, "complete_handover", sheet | {"copies": copies})


def _referred(s: Stage) -> None:
    slips = [s.items[f"slip {unit.id}"] for _, unit in IN_ORDER]
    serials = [str(s.person(OFFICE).get(slip)["petition_serial"]) for slip in slips]
    batch = {
        "round_id": key(s.round()),
        "petition_serials": serials,
        "referral_form_ids": [key(one) for one in slips],
    }
    s.items["referral"] = s.new(
        OFFICE, REFERRALS, "refer_petitions", batch | {"referred_on": s.day}, "petition_referral_form"
    )


def petitions_taken_in(s: Stage) -> None:
    """D91: the petition office registers each petition of the batch, and receipts it."""
    number = s.person(OFFICE).get(s.items["referral"])["no"]

    def announced() -> str:
        return next((one["id"] for one in s.all("xf1", BATCHES, batch_ref=number)), "")

    batch = f"{BATCHES}/{s.wait(announced, 'the batch')}"
    with s.step(
        "xf1", "信访室逐件登记移交件,签收回执", "the petition office registers each, and receipts the batch"
    ):
        for _, unit in IN_ORDER:
            serial = s.person(OFFICE).get(s.items[f"slip {unit.id}"])["petition_serial"]
            entry = {"batch_id": key(batch), "serial": serial, "received_on": s.day, "unit_id": unit.id}
            what = {"summary": "民事纠纷(示例)", "class_code": "out_of_scope"}
            s.new("xf1", PETITION_REGISTER, "register_referred", entry | what)
        s.do("xf1", batch, "receipt_referral", {"received_on": s.day})
    s.wait(lambda: s.person(OFFICE).get(s.items["referral"])["state"] == "receipted", "the receipt")


CHAPTERS = (reports, hearings, results)
AFTER_FEEDBACK = (clues_handed_over, petitions_taken_in)
