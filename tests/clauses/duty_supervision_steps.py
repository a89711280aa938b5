"""Steps of special-duty supervision of the education bureau, for its clause tests."""

from __future__ import annotations

from typing import Any

from tests.clauses.five_supervision_steps import FiveSupervisions
from tests.clauses.supervision_steps import done
from tests.world import Answer, Client

DUTIES, INTERVIEWS = "/inspection/duty-supervisions", "/inspection/formal-interviews"
LINKS = ("opinion", "rectification", "tracking", "interview", "accountability")
DAYS = ("2026-03-06", "2026-03-20", "2026-04-03", "2026-04-10", "2026-04-30")
TODAY = "2026-03-02"
Paper = dict[str, Any]
NODES: list[Paper] = [{"link": f"link_{link}", "node_on": day} for link, day in zip(LINKS, DAYS, strict=True)]
ACT_OF = {
    "opinion": "issue_duty_opinion",
    "rectification": "record_duty_rectification",
    "tracking": "track_duty_rectification",
    "interview": "record_duty_interview",
    "accountability": "record_duty_accountability",
}


class DutyWorld(FiveSupervisions):
    """The acts in short."""

    def take_up(self, *, by: Client | None = None, **changes: Any) -> Answer:
        paper = {"unit_id": "edu", "ground": "整改进展缓慢", "member_ids": ["p-clerk1"]} | changes
        return self.do(DUTIES, "take_up_duty_supervision", paper, by=by)

    def plan(self, duty: str, *, by: Client | None = None, **changes: Any) -> Answer:
        paper = {"workflow": "依次经过五个环节", "nodes": NODES} | changes
        return self.do(duty, "plan_duty_supervision", paper, by=by)

    def decide_plan(self, duty: str, **changes: Any) -> Answer:
        return self.head.decide("inspection", "duty-supervisions", duty.rpartition("/")[2], **changes)

    def planned(self, **changes: Any) -> str:
        duty = f"{DUTIES}/{done(self.take_up()).body['id']}"
        done(self.plan(duty, **changes))
        done(self.decide_plan(duty))
        return duty

    def pass_link(self, duty: str, link: str, *, by: Client | None = None, **changes: Any) -> Answer:
        papers: dict[str, Paper] = {
            "opinion": {"addressee": "示例区教育局党组", "lines": [{"no": 1, "text": "限期整改"}]},
            "rectification": {"reported_on": TODAY, "measures": "已制定清单"},
            "tracking": {"tracked_on": TODAY, "facts": "抽查三所学校", "fully_rectified": False},
            "interview": {"interview_id": "none"},
            "accountability": {"proposed_on": TODAY, "proposal_no": "WZ-1"},
        }
        return self.do(duty, ACT_OF[link], papers[link] | changes, by=by)

    def interviewed(self) -> str:
        """The id of an interview of the unit that was held."""
        plan = {"unit_id": "edu", "person_id": "p-edu-clerk", "ground": "supervision", "matter": "整改不力"}
        interview = done(self.do(INTERVIEWS, "plan_formal_interview", plan)).body["id"]
        record = {"held_on": TODAY, "content": "指出问题"}
        done(self.do(f"{INTERVIEWS}/{interview}", "record_formal_interview", record))
        return str(interview)

    def as_far_as(self, link: str, **changes: Any) -> str:
        """Supervision that passed all links up to this one, unrectified, all on 2 March."""
        duty = self.planned(**changes)
        for one in LINKS[: LINKS.index(link) + 1]:
            more: Paper = {"interview_id": self.interviewed()} if one == "interview" else {}
            done(self.pass_link(duty, one, **more))
        return duty

    def close_duty(self, duty: str, *, by: Client | None = None, **changes: Any) -> Answer:
        paper = {"outcome": "rectified", "result": "已整改到位"} | changes
        return self.do(duty, "close_duty_supervision", paper, by=by)

    def clocks(self, duty: str) -> dict[str, tuple[str, str, bool]]:
        """Of each link its day, how its clock stands, and whether it was late."""
        return {
            one["recipient"].removeprefix("link_"): (one["due_on"], one["status"], one["late"])
            for one in self.duties(duty, "GL-3.20")
        }
