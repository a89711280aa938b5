"""Faults in a round, as changes of the story that `dengwen demo round` plays: what is left out, wrong or late."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dengwen.round_stage import EDU, Stage, key

Paper = Mapping[str, Any]


@dataclass(frozen=True)
class Fault:
    """A change of the chapter in which it happens, and where the clause has it end.

    `act`: the act that it is about, `by` whom (anybody, if empty; `decide` stands for an approval). `leave_out`: it is
    not done; `change`: of its paper; `done_by`: who does it instead; `days`: by how much the chapter is late. Before it
    `first` is done, after it `then`; the story goes on to the chapter `until`. It ends in a refusal with `code` at the
    act `at`, in a `gap` or in a `late` clock.
    """

    zh: str
    chapter: str
    clause: str
    act: str = ""
    by: str = ""
    leave_out: bool = False
    change: Paper = field(default_factory=dict)
    done_by: str = ""
    days: int = 0
    first: Callable[[Stage], None] | None = None
    then: Callable[[Stage], None] | None = None
    code: str = ""
    at: str = ""
    gap: bool = False
    late: bool = False
    until: str = ""


class FaultyStage(Stage):
    """Plays the story with a fault in it; `doing`: the act that was tried last."""

    fault: Fault
    doing = ""

    def is_it(self, act: str, who: str) -> bool:
        return act == self.fault.act and self.fault.by in ("", who)

    def go_to(self, days: int) -> None:
        super().go_to(days + self.fault.days)

    def do(
        self, who: str, item: str, act: str, paper: Paper | None = None, *documents: str
    ) -> dict[str, Any]:
        self.doing = act
        if not self.is_it(act, who):
            return super().do(who, item, act, paper, *documents)
        if self.fault.leave_out:
            return {}
        given = {**(paper or {}), **self.fault.change}
        return super().do(self.fault.done_by or who, item, act, given, *documents)

    def decide(self, who: str, item: str) -> dict[str, Any]:
        self.doing = "decide"
        return {} if self.is_it("decide", who) else super().decide(who, item)


def declares_a_relative(s: Stage) -> None:
    paper = {
        "round_id": key(s.round()),
        "relation": "spouse",
        "unit_id": "edu",
        "post_or_work": "配偶在该单位任职",
    }
    Stage.do(s, "zu3", "/inspection/avoidances", "declare_avoidance", paper)


def reads_a_paper(s: Stage) -> None:
    """Who did not sign reads the round's plan for the unit."""
    paper = s.person("zu6").get(s.unit(EDU))["papers"][0]["id"]
    if isinstance(s, FaultyStage):
        s.doing = "read_paper"
    s.person("zu6").get(f"{s.unit(EDU)}/papers/{paper}")


FAULTS = (
    Fault(
        "建议单位未征询齐",
        "targets",
        "XC-1.1a",
        act="record_suggestions",
        leave_out=True,
        code="PRECONDITION_NOT_MET",
        at="propose_targets",
    ),
    Fault(
        "常务副组长未审核,组长先行审定",
        "plan",
        "XC-1.1g",
        act="decide",
        by="xz2",
        leave_out=True,
        code="APPROVAL_ORDER",
        at="decide",
    ),
    Fault(
        "纪检系统干部经组织部抽调",
        "cadres",
        "XC-1.4b",
        act="register_cadre",
        change={"channel_role": "organization_dept"},
        code="WRONG_ROUTE",
        at="register_cadre",
    ),
    Fault(
        "未经县委批准即动员部署",
        "mobilisation",
        "XC-2.1a",
        act="record_committee_approval",
        leave_out=True,
        code="APPROVAL_REQUIRED",
        at="schedule_mobilisation",
    ),
    Fault(
        "一名组员未签保密承诺书",
        "teams",
        "XC-3.3b",
        act="sign_pledge",
        by="zu6",
        leave_out=True,
        then=reads_a_paper,
        code="MISSING_SIGNATURE",
        at="read_paper",
    ),
    Fault(
        "组员申请回避后仍参与",
        "preparation",
        "",
        first=declares_a_relative,
        code="UNKNOWN_REFERENCE",
        at="record_public_information",
    ),
    Fault(
        "组内分工遗漏组员",
        "preparation",
        "XC-5.3a",
        act="divide_work",
        by="zu1",
        change={"lines": [{"member_id": "p-zu1", "duty": "全面工作"}]},
        code="MISSING_FIELD",
        at="file_team_plan",
    ),
    Fault(
        "汇报材料问题不足六成",
        "preparation",
        "XC-7.2b",
        act="check_material",
        change={"problem_permille": 500},
        code="CONTENT_RULE",
        at="check_material",
    ),
    Fault(
        "动员会无领导小组成员或巡察办负责人",
        "entry",
        "XC-9.1a",
        act="hold_unit_meeting",
        change={"attendee_ids": ["p-zu1", "p-edu-head"]},
        code="ATTENDANCE_INCOMPLETE",
        at="hold_unit_meeting",
    ),
    Fault(
        "未制定信访突发事件预案",
        "preparation",
        "XC-13.3a",
        act="plan_for_incidents",
        leave_out=True,
        gap=True,
        until="entry",
    ),
    Fault(
        "未定方案即谈话",
        "talks",
        "XC-12.1a",
        act="plan_interviews",
        leave_out=True,
        code="PRECONDITION_NOT_MET",
        at="record_interview",
    ),
    Fault(
        "未经批准一人谈话",
        "talks",
        "XC-12.3b",
        act="record_interview",
        change={"interviewer_ids": ["p-zu2"]},
        code="TWO_PERSON_RULE",
        at="record_interview",
    ),
    Fault(
        "径送件由他人拆阅",
        "direct_delivery",
        "XC-13.2d",
        act="sign_for_direct_item",
        done_by="zu1",
        code="WRONG_ROLE",
        at="sign_for_direct_item",
    ),
    Fault(
        "底稿未经副组长复核",
        "findings",
        "XC-23.0c",
        act="decide",
        by="zu2",
        leave_out=True,
        code="APPROVAL_ORDER",
        at="decide",
    ),
    Fault(
        "借阅资料未清退即撤离",
        "withdrawal",
        "XC-16.3b",
        act="return_material",
        leave_out=True,
        code="ITEMS_OUTSTANDING",
        at="withdraw",
    ),
    Fault(
        "巡察报告未经组务会审议即签批",
        "reports",
        "XC-29.1b",
        act="deliberate_report",
        leave_out=True,
        code="APPROVAL_ORDER",
        at="sign_report",
    ),
    Fault("领导小组逾期听取汇报且未说明原因", "hearings", "XC-31.1a", days=14, late=True, gap=True),
    Fault("逾期报送反馈意见", "feedback_drafts", "XC-33.1c", days=14, late=True),
    Fault(
        "反馈时主要负责人缺席",
        "feedback",
        "XC-34.2a",
        act="feed_back_to_principal",
        change={"attendee_ids": ["p-xz3", "p-zu1"]},
        code="ATTENDANCE_INCOMPLETE",
        at="feed_back_to_principal",
    ),
    Fault(
        "先向领导班子反馈",
        "feedback",
        "XC-34.3a",
        act="feed_back_to_principal",
        leave_out=True,
        gap=True,
        code="PRECONDITION_NOT_MET",
        at="copy_feedback",
    ),
    Fault(
        "线索移交缺一方签字",
        "clues_handed_over",
        "XC-37.3b",
        act="sign_handover_sheet",
        by="ags1",
        leave_out=True,
        code="MISSING_SIGNATURE",
        at="complete_handover",
    ),
    Fault("逾期报送整改方案", "rectification_plans", "XC-40.0b", days=14, late=True),
    Fault(
        "整改方案份数不足",
        "rectification_plans",
        "XC-40.0f",
        act="submit_rectification_plan",
        change={"copies": 2},
        code="COPY_COUNT",
        at="submit_rectification_plan",
    ),
    Fault(
        "有人未签“零持有”即移交档案",
        "archive",
        "XC-28.3d",
        act="sign_zero_holding",
        by="zu2",
        leave_out=True,
        code="MISSING_SIGNATURE",
        at="hand_over_archive",
    ),
)
"""More than the twenty that issue 6 asks for; each clause's own boundary days are in its tests."""
