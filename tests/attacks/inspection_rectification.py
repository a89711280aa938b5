"""Who gets through on the support of an inspection and on the rectification after it: written down by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.clauses.round_steps import done

if TYPE_CHECKING:
    from tests.attacks.inspection_rounds import RoundItems

STAFF, LEADERS = {"clerk1", "clerk2", "deputy1", "head1"}, {"deputy1", "head1"}
UNIT, INSPECTION = {"edu-clerk", "edu-head"}, {"xc1", "xcd"}
CHECKERS = STAFF | INSPECTION | {"jd1", "leader"}
LISTS, PLANS = "/inspection/feedback-lists", "/inspection/rectification-plans"
ITEMS, SUPPORTS = "/inspection/rectification-items", "/inspection/inspection-supports"
CREATORS = {
    f"{LISTS}/register_feedback_list": STAFF | INSPECTION | {"clerk3", "head2"},
    f"{PLANS}/file_rectification_plan": UNIT | {"hou-head"},
}
KNOWN = {
    LISTS: CHECKERS | UNIT,
    PLANS: CHECKERS | UNIT,
    ITEMS: CHECKERS | UNIT,
    SUPPORTS: CHECKERS,
}
"""The note in support of the inspection is not given yet: no team knows of it, and the unit never does."""
DOERS: dict[str, dict[str, set[str]]] = {
    PLANS: {"revise_rectification_plan": UNIT},
    ITEMS: {
        "report_item_rectified": UNIT,
        "check_rectification_item": CHECKERS,
        "close_rectification_item": STAFF,
    },
    SUPPORTS: {"provide_inspection_support": LEADERS},
}
WITH_SCANS = {PLANS}
OF_BUSINESS = ("feedback_list", "rectification_plan", "rectification_item", "inspection_support")


def fill(items: RoundItems, unit: str) -> None:
    """One problem was fed back, and is in the unit's plan; of the inspection no note is there yet."""
    clerk, bureau = items.world.as_("clerk1"), items.world.as_("edu-clerk")
    feedback = {
        "unit_id": "edu",
        "round_id": items.round_of(unit).rpartition("/")[2],
        "feedback_on": "2026-03-02",
        "items": [{"no": 1, "problem": "反馈问题"}],
    }
    of = done(items.do(LISTS, "register_feedback_list", feedback, by=clerk)).body["id"]
    line = {"item_no": 1, "measures": "完善制度", "owner_id": "p-edu-vice", "due_on": "2026-04-30"}
    plan = {"feedback_id": of, "lines": [line]}
    documents = ("rectification_plan",)
    filed = items.do(PLANS, "file_rectification_plan", plan, by=bureau, documents=documents)
    items.chosen |= {LISTS: of, PLANS: done(filed).body["id"]}
    for place in (ITEMS, SUPPORTS):
        [one] = clerk.get(place).body["items"]
        items.chosen[place] = one["id"]
