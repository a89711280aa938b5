"""Who gets through on a unit's rectification, on the report on it and on what it proposes: written down by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.clauses.rectification_steps import PROPOSALS, RECTIFICATIONS, SUMMARIES
from tests.clauses.round_steps import done

if TYPE_CHECKING:
    from tests.attacks.inspection_feedback import FeedbackItems

OFFICE, LEADING_GROUP = {"xc1", "xcd"}, {"xz1", "xz2", "xz3"}
UNIT, PRINCIPAL = {"edu-head", "edu-clerk"}, {"edu-head"}
CREATORS = {
    f"{SUMMARIES}/draft_rectification_summary": OFFICE,
    f"{PROPOSALS}/propose_accountability": LEADING_GROUP,
}
KNOWN = {
    RECTIFICATIONS: OFFICE | LEADING_GROUP | UNIT,
    SUMMARIES: OFFICE | LEADING_GROUP,
    PROPOSALS: LEADING_GROUP,
}
"""Before the sections are asked, and before the report is sent to the county committee."""
HANDED_IN = (
    "submit_rectification_plan", "return_plan_review_form", "hand_in_life_meeting_materials", "hold_life_meeting",
    "report_life_meeting", "submit_rectification_report", "report_problem_solved", "return_report_review_form",
    "record_disclosure", "close_disclosure",
)  # fmt: skip
"""By the unit, or by the office from paper; review forms by sections that nobody of the example authority is in."""
FORMS = ("return_plan_review_form", "return_report_review_form")
DOERS: dict[str, dict[str, set[str]]] = {
    RECTIFICATIONS: dict.fromkeys(HANDED_IN, OFFICE | UNIT)
    | dict.fromkeys(FORMS, OFFICE)
    | {"check_disclosure_risk": PRINCIPAL},
    SUMMARIES: {"issue_rectification_summary": LEADING_GROUP},
}


def fill(items: FeedbackItems) -> None:
    """What the delivered feedback began, a report on it, and a proposal."""
    [begun] = items.office.get(RECTIFICATIONS).body["items"]
    items.chosen[RECTIFICATIONS] = begun["id"]
    of_round = {"round_id": begun["round_id"]}
    result = {"unit_id": "edu", "issues_rectified": 0, "failed_duty": "perfunctory"}
    report = {"units": [result], "clues_total": 0, "clues_closed": 0, "text": "报告"}
    drafted = items.do(SUMMARIES, "draft_rectification_summary", of_round | report)
    items.chosen[SUMMARIES] = done(drafted).body["id"]
    proposal = {"unit_id": "edu", "failed_duty": "perfunctory", "evidence": "依据"}
    put_down = items.do(PROPOSALS, "propose_accountability", of_round | proposal, by=items.head)
    items.chosen[PROPOSALS] = done(put_down).body["id"]
