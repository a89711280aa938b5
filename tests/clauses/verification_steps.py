"""Steps of a preliminary verification, for its clause tests: each leaves it one state further."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.clauses.clues_steps import CluesWorld, done
from tests.world import Answer, Client

PLACE = "/clues/verifications"
PLAN: dict[str, object] = {
    "capacity": "discipline",
    "lead_id": "p-deputy1",
    "member_ids": ["p-clerk1"],
    "facts": "需核实的问题",
    "steps": "调取资料、谈话了解",
}
STUDY = {"participant_ids": ["p-head1", "p-deputy1", "p-clerk1"], "conclusion": "集体研究意见"}
REPORT: dict[str, object] = {"facts": "核实情况", "opinion": "综合分析", "proposal_code": "file_case"}
PROPOSALS: dict[str, dict[str, object]] = {
    "file_case": {},
    "close": {"outcome_code": "unfounded"},
    "handle": {"handling_code": "reminder"},
    "refer": {},
}
TO_THE_END = (
    "save_plan",
    "approval",
    "start_verification",
    "record_study",
    "submit_report",
    "commission",
    "conclude_verification",
)


class VerificationWorld(CluesWorld):
    """The acts on a verification in short; those of the liaison office and the commission's leader, too."""

    def __init__(
        self,
        folder: Path,
        *,
        services: tuple[str, ...] = ("intake", "clues"),
        database: Callable[[str], str] | None = None,
    ) -> None:
        super().__init__(folder, services=services, database=database)
        self.liaison = self.world.as_("jd1")
        self.leader = self.world.as_("leader")

    def opened(self, *subjects: str) -> str:
        """A verification without a plan; returns its id."""
        clue = str(done(self.found(*(subjects or ("p-edu-sec",)))).body["id"])
        self.disposed(clue, "verification")
        done(self.clerk.act(f"/clues/clues/{clue}/begin_verification"))
        return self.of_clue(clue)

    def of_clue(self, clue: str) -> str:
        """The youngest verification of a clue."""
        items = self.head.get(PLACE).body["items"]
        return str(max((i for i in items if i["clue_id"] == clue), key=lambda i: str(i["no"]))["id"])

    def act(
        self,
        item: str,
        name: str,
        paper: dict[str, object] | None = None,
        *,
        by: Client | None = None,
        documents: tuple[str, ...] = (),
    ) -> Answer:
        client = by or self.clerk
        attached = self.documents(*documents, client=client)
        return client.act(f"{PLACE}/{item}/{name}", paper or {}, attachments=attached)

    def plan(self, item: str, **changes: object) -> Answer:
        return self.act(item, "save_plan", PLAN | changes)

    def decide(self, item: str, by: Client, *, approve: bool = True, reason: str = "") -> Answer:
        return by.decide("clues", "verifications", item, approve=approve, reason=reason)

    def approved(self, item: str) -> str:
        """Approved in its capacity, by whom it takes."""
        if self.at(item)["capacity"] == "discipline":
            done(self.act(item, "request_heads_approval"))
            done(self.decide(item, self.head))
        else:
            done(self.act(item, "request_leaders_approval"))
            done(self.decide(item, self.liaison))
            done(self.decide(item, self.leader))
        return item

    def study(self, item: str, **changes: object) -> Answer:
        return self.act(item, "record_study", STUDY | changes, documents=("collective_study_minutes",))

    def report_on(self, item: str, proposal: str = "file_case", **changes: object) -> Answer:
        paper = REPORT | {"proposal_code": proposal} | PROPOSALS[proposal] | changes
        return self.act(item, "submit_report", paper, documents=("pv_report",))

    def through_commission(self, item: str) -> None:
        done(self.act(item, "submit_to_commission"))
        done(self.act(item, "receive_report", by=self.liaison))
        done(self.act(item, "pass_report_on", by=self.liaison))
        done(self.decide(item, self.leader))

    def brought(self, until: str, capacity: str = "discipline", proposal: str = "file_case") -> str:
        """A verification after this step of `TO_THE_END`."""
        item = self.opened()
        for step in TO_THE_END[: TO_THE_END.index(until) + 1]:
            if step == "save_plan":
                done(self.plan(item, capacity=capacity))
            elif step == "approval":
                self.approved(item)
            elif step == "record_study":
                done(self.study(item))
            elif step == "submit_report":
                done(self.report_on(item, proposal))
                done(self.decide(item, self.head))
            elif step == "commission":
                if capacity == "supervision":
                    self.through_commission(item)
            else:
                done(self.act(item, step))
        return item

    def at(self, item: str, client: Client | None = None) -> dict[str, Any]:
        answer = (client or self.clerk).get(f"{PLACE}/{item}")
        assert answer.status == 200, answer.body
        return dict(answer.body)

    def clue_of(self, item: str) -> dict[str, Any]:
        return self.shown(str(self.at(item)["clue_id"]))
