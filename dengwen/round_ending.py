"""The story of a round's end: rectification, archive, the report to the county committee, the close (40 to 47)."""

from __future__ import annotations

from contracts.archive_categories import archive_categories
from dengwen.round_results import findings_of
from dengwen.round_stage import (
    HEAD,
    IN_ORDER,
    OFFICE,
    TALKS,
    THE_TEAMS,
    Paper,
    Stage,
    Team,
    Unit,
    ids,
    key,
    p,
)

RECTIFICATIONS, SUMMARIES = "/inspection/rectifications", "/inspection/rectification-summaries"
FILES, ENTRIES = "/inspection/archive-files", "/inspection/catalogue-entries"
ROUND_FILES, TRANSFERRED = "/archive/round-files", "/clues/transferred-clues"
TRANSFERS = "/inspection/clue-transfers"
SECTIONS = {"dc_section": "jws1", "od_section": "zzb1"}
REPORTS = ("rectification_progress_report", "principal_implementation_report")
NOT_MADE = {
    "thematic_report", "in_depth_report", "special_check_report", "emergency_plan", "questionnaire",
    "democratic_evaluation_form", "survey_analysis", "audiovisual_material", "visit_reception_record",
    "other_issue_transfer", "work_notebook", "destruction_record",
}  # fmt: skip
"""Papers of the 17 categories of which this round has none: said so in the catalogue."""
OF_TALKS, OF_ISSUES, OF_CLUES = "inspection_interview_record", "working_paper", "transfer_catalogue"
EXPEDITED, FINAL = 12, 13
"""Categories of clues that did not wait for the round's end, and of those that did."""


def archive(s: Stage) -> None:
    """D93 to D98: every paper into its category, within ten working days of the feedback; who files signs last."""
    s.go_to(93)
    for team, unit in IN_ORDER:
        with s.step(
            team.liaison, f"{unit.zh}:十七类材料立卷归档", "the papers are filed by the 17 categories"
        ):
            s.do(team.leader, s.unit(unit), "designate_filer", {"filer_id": p(team.liaison)})
            file = s.new(team.liaison, FILES, "open_catalogue", {"engagement_id": key(s.unit(unit))})
            s.items[f"file {unit.id}"] = file
            _filed(s, team, unit, file)
            s.do(team.liaison, file, "close_catalogue")
    s.go_to(95)
    nothing = dict.fromkeys(("computer_returned", "notebook_returned", "holds_nothing"), True)
    for team in THE_TEAMS:
        with s.step(
            team.leader,
            f"第{team.no}组:设备脱密归还,签署“零持有”,移交档案",
            "nobody holds anything; handed over",
        ):
            back = {"returned_on": s.day, "wiped_on": s.day}
            s.do(team.leader, s.items[f"computer {team.no}"], "return_asset", back)
            for member in team.staff:
                if member != team.liaison:
                    s.do(member, s.team(team), "sign_zero_holding", nothing)
            for unit in team.units:
                s.do(team.liaison, s.items[f"file {unit.id}"], "hand_over_archive", {"team_signed": True})
            s.do(team.liaison, s.team(team), "sign_zero_holding", nothing)
    s.go_to(98)
    with s.step(OFFICE, "档案:对照目录验收", "the archive is checked against its catalogue, and accepted"):
        for _, unit in IN_ORDER:
            s.items[f"archived {unit.id}"] = _arrived(s, unit)
            checked = {"checked_against_catalogue": True}
            s.do(
                OFFICE,
                s.items[f"archived {unit.id}"],
                "accept_round_file",
                checked,
                "archive_handover_receipt",
            )


def _filed(s: Stage, team: Team, unit: Unit, file: str) -> None:
    for category in archive_categories():
        for paper in category.papers:
            if paper in NOT_MADE or category.number == EXPEDITED:
                reason = {"category": category.number, "document": paper, "nil_reason": "本轮未产生此类材料"}
                s.do(team.liaison, ENTRIES, "explain_absence", reason | {"archive_file_id": key(file)})
            else:
                _file(s, team, unit, file, category.number, paper)


def _file(s: Stage, team: Team, unit: Unit, file: str, category: int, paper: str) -> None:
    found = _sources(s, team, unit, paper)
    for number, source in enumerate(found, 1):
        line: Paper = {
            "archive_file_id": key(file), "category": category, "document": paper, "title": "题名", "pages": 3,
            "item_no": f"GD-{category}-{number}-{paper}"[:64], "archived_source_id": source,
        }  # fmt: skip
        s.do(team.liaison, ENTRIES, "file_paper", line)


def _sources(s: Stage, team: Team, unit: Unit, paper: str) -> list[str]:
    """Ids of the items of which a paper of this kind is filed, one for each; "" for one of the unit as such."""
    if paper == OF_TALKS:
        return [one["id"] for one in s.all(team.liaison, TALKS, engagement_id=key(s.unit(unit)))]
    if paper == OF_ISSUES:
        return findings_of(s, unit)
    if paper == OF_CLUES:
        return [key(s.items[f"clue {n} {unit.id}"]) for n in (1, 2)]
    return [""]


def _arrived(s: Stage, unit: Unit) -> str:
    ref = key(s.items[f"file {unit.id}"])

    def there() -> str:
        return next((one["id"] for one in s.all(OFFICE, ROUND_FILES, source_ref=ref)), "")

    return f"{ROUND_FILES}/{s.wait(there, 'the archive of a unit')}"


def rectification_plans(s: Stage) -> None:
    """D96 to D102: plan and its three lists within ten working days; two sections answer, the office replies once."""
    s.go_to(98)
    for _, unit in IN_ORDER:
        found = s.all(OFFICE, RECTIFICATIONS, engagement_id=key(s.unit(unit)))
        s.items[f"rectification {unit.id}"] = item = f"{RECTIFICATIONS}/{found[0]['id']}"
        with s.step(
            unit.head,
            f"{unit.zh}报送整改方案和问题、任务、责任清单",
            "plan and three lists",
        ):
            paper = {"copies": 3, "problems": _lists(s, unit)}
            s.do(unit.head, item, "submit_rectification_plan", paper, "inspection_rectification_plan")
    s.go_to(100)
    with s.step(OFFICE, "征求两家科室意见,审核单报巡察办", "two sections are asked; their forms come back"):
        for _, unit in IN_ORDER:
            _reviewed(s, unit, "plan", {"opinion": "同意"})
    s.go_to(102)
    with s.step(OFFICE, "一次性反馈审核意见,认可整改方案", "the office replies with one voice"):
        for _, unit in IN_ORDER:
            reply = {"consolidated_opinions": "综合审核意见"}
            s.do(OFFICE, s.items[f"rectification {unit.id}"], "accept_rectification_plan", reply)
    named_matter(s)


def named_matter(s: Stage) -> None:
    """What the secretary named has its progress noted within each month (XC-32.5b)."""
    with s.step(OFFICE, "点人点事按月登记进展", "the progress of what was named is noted each month"):
        s.do(OFFICE, s.items["key issue"], "record_progress", {"progress": "进展"})


def _lists(s: Stage, unit: Unit) -> list[Paper]:
    line = {"problem": "问题", "task": "整改任务", "measure": "整改措施", "responsible_unit": "办公室"}
    who = {"time_limit": s.on(42), "responsible_leader_id": p(unit.leaders[-1])}
    return [line | who | {"issue_no": number + 1} for number in range(len(findings_of(s, unit)))]


def _reviewed(s: Stage, unit: Unit, what: str, opinions: Paper) -> None:
    item = s.items[f"rectification {unit.id}"]
    s.do(OFFICE, item, f"ask_{what}_review", {"sections": list(SECTIONS)})
    for section, account in SECTIONS.items():
        form = {"reviewing_section": section, "reviewed_on": s.day} | opinions
        s.do(account, item, f"return_{what}_review_form", form)


def life_meetings(s: Stage) -> None:
    """D120: materials reviewed, the leadership's meeting held and reported."""
    s.go_to(120)
    named_matter(s)
    for _, unit in IN_ORDER:
        with s.step(unit.head, f"{unit.zh}专题民主生活会", "the leadership's democratic life meeting"):
            item = s.items[f"rectification {unit.id}"]
            speeches = [{"member_id": p(one), "self_criticism": "发言要点"} for one in unit.leaders]
            materials = {"self_examination": "对照检查要点", "speeches": speeches}
            s.do(unit.head, item, "hand_in_life_meeting_materials", materials)
            three = dict.fromkeys(("duty_included", "work_included", "self_included"), True)
            s.do(OFFICE, item, "review_life_meeting_materials", three)
            s.do(unit.head, item, "hold_life_meeting", {"held_on": s.day})
            report = {
                "attendee_ids": ids(unit.leaders),
                "invited": ["discipline_commission", "organization_dept"],
            }
            s.do(unit.head, item, "report_life_meeting", report | {"criticism": "批评和自我批评情况"})


def rectification_reports(s: Stage) -> None:
    """D140, D142: both reports within two months, reviewed and accepted together."""
    s.go_to(140)
    for _, unit in IN_ORDER:
        item, numbers = s.items[f"rectification {unit.id}"], range(1, len(findings_of(s, unit)) + 1)
        with s.step(unit.head, f"{unit.zh}报送整改“双报告”", "the unit's two reports"):
            for kind in REPORTS:
                done = list(numbers) if kind == REPORTS[0] else []
                paper = {"report_kind": kind, "copies": 3, "rectified_nos": done}
                s.do(unit.head, item, "submit_rectification_report", paper, "rectification_report")
    s.go_to(142)
    with s.step(OFFICE, "两家科室审核“双报告”,巡察办认可", "both sections review them; the office accepts"):
        for _, unit in IN_ORDER:
            _reviewed(
                s, unit, "report", dict.fromkeys(("opinion_on_progress", "opinion_on_principal"), "同意")
            )
            reply = {"consolidated_opinions": "综合审核意见"}
            s.do(OFFICE, s.items[f"rectification {unit.id}"], "accept_rectification_reports", reply)


def disclosure(s: Stage) -> None:
    """D144 to D150: made public inside the Party and outside, each with its proof."""
    s.go_to(144)
    with s.step(OFFICE, "印发整改情况公开的通知", "the notice to disclose"):
        for _, unit in IN_ORDER:
            notice = {"manner": ["party_document", "website"], "content": ["rectification_progress"]}
            item = s.items[f"rectification {unit.id}"]
            s.do(OFFICE, item, "issue_disclosure_notice", notice | {"disclose_by": s.on(14)})
    s.go_to(149)
    named_matter(s)
    for _, unit in IN_ORDER:
        with s.step(
            unit.head, f"{unit.zh}:风险把关,党内和社会公开", "checked for risk, disclosed in two circles"
        ):
            item = s.items[f"rectification {unit.id}"]
            s.do(unit.head, item, "check_disclosure_risk", {"text": "公开稿", "risk_checked": True})
            for circle in ("inner_party", "public"):
                proof = {"circle": circle, "disclosed_on": s.day}
                s.do(unit.head, item, "record_disclosure", proof, "disclosure_draft")
            s.do(unit.head, item, "close_disclosure")


def summary(s: Stage) -> None:
    """D155: the clues as their receiver answers; after the two months the report to the county committee."""
    s.go_to(151)
    s.wait(lambda: len(arrived_clues(s)) == 2 * len(IN_ORDER), "the clues")
    with s.step("ags1", "案管室反馈线索办理情况", "the receiver answers for the clues"):
        concluded = arrived_clues(s)[:2]
        for entry in concluded:
            item = f"{TRANSFERRED}/{entry['id']}"
            s.do("ags1", item, "report_transfer_progress", {"stage": "verification"})
            result = {"result_code": "sanctioned", "result": "办理情况"}
            s.do("ags1", item, "conclude_transferred_clue", result)
    s.wait(lambda: _concluded(s) == len(concluded), "the receiver's answers")
    s.go_to(155)
    with s.step(OFFICE, "整改和线索办理情况报县(区)委", "the report to the county committee"):
        units = [{"unit_id": unit.id, "issues_rectified": len(findings_of(s, unit))} for _, unit in IN_ORDER]
        figures = {"clues_total": 2 * len(IN_ORDER), "clues_closed": len(concluded), "text": "报告正文"}
        s.items["summary"] = s.new(
            OFFICE, SUMMARIES, "draft_rectification_summary",
            {"round_id": key(s.round()), "units": units} | figures,
        )  # fmt: skip
        s.do(HEAD, s.items["summary"], "issue_rectification_summary")


def arrived_clues(s: Stage) -> list[Paper]:
    """The entries of this round in the receiver's register: by the numbers of the office's own ledger."""
    numbers = {one["no"] for one in _transfers(s)}
    return [one for one in s.all("ags1", TRANSFERRED) if one["clue_no"] in numbers]


def _transfers(s: Stage) -> list[Paper]:
    return s.all(OFFICE, TRANSFERS, round_id=key(s.round()))


def _concluded(s: Stage) -> int:
    return sum(1 for one in _transfers(s) if one["state"] == "concluded")


CHAPTERS = (
    archive, rectification_plans, life_meetings, rectification_reports, disclosure, summary,
)  # fmt: skip
