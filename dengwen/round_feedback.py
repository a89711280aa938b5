"""The story of a round's feedback: drafts, receipt, the two meetings, copies (steps 33 to 36)."""

from __future__ import annotations

from dengwen.round_results import findings_of
from dengwen.round_stage import (
    DEPUTY_HEAD,
    GROUP_MEMBER,
    IN_ORDER,
    OFFICE,
    Paper,
    Stage,
    Team,
    Unit,
    ids,
    key,
    p,
)

RECEIPTS, CONDUCT = "/inspection/feedback-receipts", "/inspection/conduct-assessments"
DRAFTS = ("feedback_principal", "feedback_leadership", "feedback_problem_list")
COMMITTEE_SEES = [
    "county_leaders",
    "discipline_commission",
    "dispatched_discipline_group",
    "organization_dept",
]


def feedback_drafts(s: Stage) -> None:
    """D80 to D84: two opinions and the numbered list for each unit, passed; who attends, and when."""
    s.go_to(80)
    for team, unit in IN_ORDER:
        with s.step(
            team.leader, f"{unit.zh}:反馈意见和问题清单送审、审定", "the feedback is drafted and passed"
        ):
            problems = [{"issue_id": issue, "problem": "问题"} for issue in findings_of(s, unit)]
            one = [{"text": "反馈内容"}]
            paper: Paper = {"to_principal": one, "to_leadership": one, "problems": problems}
            s.do(team.leader, s.unit(unit), "submit_feedback_drafts", paper, *DRAFTS)
            s.do(OFFICE, s.unit(unit), "file_feedback_speech", {"text": "通稿"})
            s.do(OFFICE, s.unit(unit), "review_feedback_drafts")
            s.do(DEPUTY_HEAD, s.unit(unit), "pass_feedback_drafts")
    s.go_to(84)
    for team, unit in IN_ORDER:
        with s.step(
            team.leader, f"{unit.zh}:商定反馈方案,制作签收单", "the feedback is planned, the receipt signed"
        ):
            s.do(OFFICE, s.unit(unit), "arrange_feedback_guest", {"guest_id": p(GROUP_MEMBER)})
            who = {
                "participant_ids": ids([GROUP_MEMBER, team.leader, unit.head]),
                "agreed_with_id": p(unit.head),
            }
            s.do(
                team.leader, s.unit(unit), "agree_feedback_plan",
                who | {"meet_at": s.at_nine(2), "place": "会议室"},
            )  # fmt: skip
            of = {"engagement_id": key(s.unit(unit)), "principal_id": p(unit.head)}
            receipt = s.new(team.leader, RECEIPTS, "draw_up_receipt", of)
            for signer in (unit.head, team.leader):
                s.do(signer, receipt, "sign_receipt", {"three_texts_handed": True})
            holders = ["inspection_office", "inspection_team", "inspected_party_org"]
            s.do(team.leader, receipt, "serve_feedback", {"holders": holders})


def feedback(s: Stage) -> None:
    """D86: first the principal, then the whole leadership; D88: copies to whom the text names."""
    s.go_to(86)
    for team, unit in IN_ORDER:
        with s.step(
            team.leader, f"向{unit.zh}反馈:先主要负责人,后领导班子", "the feedback is given, in this order"
        ):
            _fed_back(s, team, unit)
    s.go_to(88)
    for team, unit in IN_ORDER:
        with s.step(
            OFFICE, f"{unit.zh}:反馈意见抄送、党内文件、作风测评", "copies, circular, assessment of conduct"
        ):
            _copied(s, team, unit)


def _fed_back(s: Stage, team: Team, unit: Unit) -> None:
    item, core = s.unit(unit), [GROUP_MEMBER, team.leader, team.deputy, team.liaison, unit.head]
    first = {"held_on": s.day, "chair_id": p(GROUP_MEMBER), "attendee_ids": ids(core)}
    s.do(
        team.leader, item, "feed_back_to_principal",
        first | {"secretary_digest": "讲话精神要点", "statement": "表态"},
    )  # fmt: skip
    there = ids([GROUP_MEMBER, *team.staff, *unit.leaders])
    general = {"held_on": s.day, "chair_id": p(unit.head), "attendee_ids": there}
    said = {"text_read": "leadership_opinion", "speaker_id": p(GROUP_MEMBER), "statement": "表态发言"}
    s.do(team.leader, item, "feed_back_to_leadership", general | said)


def _copied(s: Stage, team: Team, unit: Unit) -> None:
    item = s.unit(unit)
    sent = {"sent_on": s.day, "copied": "leadership_opinion", "recipients": COMMITTEE_SEES}
    s.do(OFFICE, item, "copy_feedback", sent)
    for recipient in COMMITTEE_SEES:
        s.do(OFFICE, item, "record_copy_receipt", {"recipient": recipient, "received_on": s.day})
    s.do(OFFICE, item, "close_feedback_copying")
    circular = {"issued_on": s.day, "circular_no": "示例〔2026〕1号"}
    texts = {"circulated": ["leadership_opinion", "feedback_speech", "statement_of_position"]}
    s.do(team.liaison, item, "record_party_circular", circular | texts)
    sheet = {
        "engagement_id": key(item),
        "assessed_on": s.day,
        "answers": [{"score": 95, "comment": "作风良好"}],
    }
    conduct = s.new(OFFICE, CONDUCT, "assess_conduct", sheet)
    s.do(OFFICE, conduct, "report_conduct", {"result_summary": "总体情况"})


CHAPTERS = (feedback_drafts, feedback)
