"""Steps of rectification after a feedback, for its clause tests (XC-40 to XC-45)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from services.chassis import tables
from services.chassis.clock import ZONE
from services.notifications.storage import Notice
from tests.clauses.feedback_steps import FeedbackWorld
from tests.clauses.result_steps import key
from tests.clauses.round_steps import done
from tests.clauses.unit_org_steps import holder, with_posts
from tests.world import Answer, Client

RECTIFICATIONS = "/inspection/rectifications"
SUMMARIES, PROPOSALS = "/inspection/rectification-summaries", "/inspection/accountability-proposals"
BOTH = ("dc_section", "od_section")
PLANNED: dict[str, Any] = {
    "problem": "反馈的问题",
    "task": "整改任务",
    "measure": "整改措施",
    "time_limit": "2026-04-20",
    "responsible_leader_id": "p-edu-vice",
    "responsible_unit": "办公室",
}
REPLY = {"consolidated_opinions": "综合审核意见"}
SPEECHES = [{"member_id": who, "self_criticism": "发言要点"} for who in ("p-edu-head", "p-edu-vice")]
MATERIALS: dict[str, Any] = {"self_examination": "对照检查要点", "speeches": SPEECHES}
ALL_IN = dict.fromkeys(("duty_included", "work_included", "self_included"), True)
MEETING_REPORT: dict[str, Any] = {
    "attendee_ids": ["p-edu-head", "p-edu-vice"],
    "invited": ["discipline_commission", "organization_dept"],
    "criticism": "批评和自我批评情况",
}
PROGRESS, PRINCIPAL = "rectification_progress_report", "principal_implementation_report"
NOTICE: dict[str, Any] = {
    "manner": ["party_document", "website"],
    "content": ["rectification_progress"],
    "disclose_by": "2026-03-31",
}


def lines(*leave_out: tuple[int, str], count: int = 2) -> list[dict[str, Any]]:
    """A line for each number, without the fields named."""
    return [
        {"issue_no": number}
        | {field: value for field, value in PLANNED.items() if (number, field) not in leave_out}
        for number in range(1, count + 1)
    ]


class RectificationSteps(FeedbackWorld):
    """A round in which the education bureau has been given two problems to put right."""

    def _open(self) -> None:
        super()._open()
        with_posts(self.world, ("dc1", "dc_section", "ags", ""), ("od1", "od_section", "qw", ""))
        with_posts(self.world, ("cc1", "county_committee", "qw", ""))
        self.dc, self.od, self.committee = (holder(self.world, one) for one in ("dc1", "od1", "cc1"))
        self.clerk = self.world.as_("edu-clerk")

    def _in_fieldwork(self) -> str:
        unit = super()._in_fieldwork()
        self.finding(unit)
        return unit

    def fed_back(self) -> str:
        return self._from_snapshot("fed back", lambda: self._of_unit(self._feedback_at("delivered")))

    def fed_back_on(self, year: int, month: int, day: int) -> str:
        unit = self.feedback_at("told")
        self.world.on(year, month, day)
        done(self.tell_leadership(unit, held_on=self.today()))
        return self._of_unit(unit)

    def _of_unit(self, unit: str) -> str:
        items = self.office.get(RECTIFICATIONS).body["items"]
        return f"{RECTIFICATIONS}/{next(one['id'] for one in items if one['engagement_id'] == key(unit))}"

    def submit_plan(
        self, item: str, *, by: Client | None = None, scan: bool = True, **changes: object
    ) -> Answer:
        paper = {"copies": 3, "problems": lines()} | changes
        documents = ("inspection_rectification_plan",) if scan else ()
        return self.do(item, "submit_rectification_plan", paper, by=by or self.clerk, documents=documents)

    def planned_by_unit(self) -> str:
        return self._from_snapshot("plan received", lambda: self._plan(self.fed_back()))

    def _plan(self, item: str) -> str:
        done(self.submit_plan(item))
        return item

    def ask(self, item: str, on: str = "plan", sections: tuple[str, ...] = BOTH) -> Answer:
        return self.do(item, f"ask_{on}_review", {"sections": sections})

    def form(self, item: str, section: str, on: str = "plan", **changes: object) -> Answer:
        """The section's own form, from the section."""
        opinions = (
            {"opinion": "同意"}
            if on == "plan"
            else {"opinion_on_progress": "同意", "opinion_on_principal": "同意"}
        )
        paper = opinions | {"reviewing_section": section, "reviewed_on": self.today()} | changes
        by = self.dc if section == "dc_section" else self.od
        return self.do(item, f"return_{on}_review_form", paper, by=by)

    def with_both_forms(self, item: str, on: str = "plan") -> str:
        done(self.ask(item, on))
        for section in BOTH:
            done(self.form(item, section, on))
        return item

    def today(self) -> str:
        with self.world.runtimes["inspection"].db.read() as session:
            now = session.scalars(select(tables.Installation.now)).one()
        assert now is not None
        return now.astimezone(ZONE).date().isoformat()

    def rectifying(self) -> str:
        return self._from_snapshot("rectifying", self._rectifying)

    def _rectifying(self) -> str:
        item = self.with_both_forms(self.planned_by_unit())
        done(self.do(item, "accept_rectification_plan", REPLY))
        return item

    def submit_report(self, item: str, kind: str, **changes: object) -> Answer:
        paper = {"report_kind": kind, "copies": 3} | changes
        by = self.principal if kind == PRINCIPAL else self.clerk
        return self.do(item, "submit_rectification_report", paper, by=by, documents=("rectification_report",))

    def both_reports(self, item: str) -> str:
        for kind in (PROGRESS, PRINCIPAL):
            done(self.submit_report(item, kind))
        return item

    def hold_meeting(self, item: str) -> str:
        done(self.do(item, "hand_in_life_meeting_materials", MATERIALS, by=self.clerk))
        done(self.do(item, "review_life_meeting_materials", ALL_IN))
        done(self.do(item, "hold_life_meeting", {"held_on": self.today()}, by=self.clerk))
        done(self.report_meeting(item))
        return item

    def report_meeting(self, item: str, **changes: object) -> Answer:
        return self.do(item, "report_life_meeting", MEETING_REPORT | changes, by=self.clerk)

    def accepted(self) -> str:
        return self._from_snapshot("reports accepted", self._accepted)

    def _accepted(self) -> str:
        item = self.with_both_forms(self.both_reports(self.hold_meeting(self.rectifying())), "report")
        done(self.do(item, "accept_rectification_reports", REPLY))
        return item

    def notify(self, item: str, **changes: object) -> Answer:
        return self.do(item, "issue_disclosure_notice", NOTICE | changes)

    def check_risk(self, item: str, *, by: Client | None = None, checked: bool = True) -> Answer:
        paper = {"text": "公开稿", "risk_checked": checked}
        return self.do(item, "check_disclosure_risk", paper, by=by or self.principal)

    def disclose(self, item: str, circle: str) -> Answer:
        paper = {"circle": circle, "disclosed_on": self.today()}
        return self.do(item, "record_disclosure", paper, by=self.clerk, documents=("disclosure_draft",))

    def disclosed(self) -> str:
        return self._from_snapshot("disclosed", self._disclosed)

    def _disclosed(self) -> str:
        item = self.accepted()
        done(self.notify(item))
        done(self.check_risk(item))
        for circle in ("inner_party", "public"):
            done(self.disclose(item, circle))
        done(self.do(item, "close_disclosure", by=self.clerk))
        return item

    def issue_states(self, item: str) -> list[str]:
        """Of the two problems, as the team sees them."""
        unit = self.item(item)["engagement_id"]
        found = self.leader.get("/inspection/issues", limit="200").body["items"]
        return [str(one["state"]) for one in found if one["engagement_id"] == unit]

    def clocks(self, item: str, clause: str) -> dict[str, tuple[str, str, bool]]:
        """By recipient: due day, status, whether late."""
        return {
            duty["recipient"]: (duty["due_on"], duty["status"], duty["late"])
            for duty in self.item(item)["duties"]
            if duty["clause"] == clause
        }

    def told_of(self, template: str, item: str) -> set[str]:
        of_item = (Notice.template == template, Notice.subject_ref == item.rpartition("/")[2])
        with self.world.runtimes["notifications"].db.read() as session:
            return set(session.scalars(select(Notice.addressee_id).where(*of_item)))
