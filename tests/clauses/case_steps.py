"""Steps of a case, for its clause tests: each leaves it one state further."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tests.clauses.clues_steps import CLUES, done
from tests.clauses.verification_steps import VerificationWorld
from tests.world import Answer, Client

CASES = "/clues/cases"
VENUES = "/clues/venue-requests"
FILING: dict[str, object] = {"facts": "涉嫌违纪事实", "basis": "监督执纪工作规则"}
OPINION: dict[str, object] = {"opinion_code": "agree", "opinion": "同意立案审查"}
COURT: dict[str, object] = {
    "document_code": "judgement",
    "organ": "示例区人民法院",
    "number": "(2026)刑初1号",
    "effective_on": "2026-02-20",
    "facts": "法院认定的事实、性质和情节",
}
SANCTION: dict[str, object] = {
    "proposal_code": "party_sanction",
    "basis": "判决认定的事实、性质和情节",
    "suggestion": "建议给予党纪处分",
}
GROUP: dict[str, object] = {
    "lead_id": "p-deputy1",
    "member_ids": ["p-clerk1"],
    "safety_officer_id": "p-clerk2",
}
INVESTIGATION: dict[str, object] = {
    "facts": "需查清的问题",
    "steps": "谈话、调取",
    "measures": "谈话、查询",
    "safety": "全程安全员在场",
}
TALK: dict[str, object] = {
    "place_code": "on_site",
    "from_at": "2026-03-04T09:00:00+08:00",
    "to_at": "2026-03-04T11:00:00+08:00",
    "safety_officer_id": "p-clerk2",
}
REPORT: dict[str, object] = {
    "facts": "查明的事实",
    "opinion": "调查组意见",
    "proposal_code": "party_sanction",
}
INCIDENT: dict[str, object] = {
    "occurred_at": "2026-03-02T08:00:00+08:00",
    "kind_code": "sudden_illness",
    "facts": "谈话期间突发疾病",
}
INCIDENT_REPORT: dict[str, object] = {"facts": "事故情况", "steps": "已送医"}
VENUE: dict[str, object] = {
    "from_at": "2026-03-04T08:00:00+08:00",
    "to_at": "2026-03-04T12:00:00+08:00",
    "purpose": "审查调查谈话",
}


class CaseWorld(VerificationWorld):
    """The acts on a case in short."""

    def __init__(
        self,
        folder: Path,
        *,
        services: tuple[str, ...] = ("intake", "clues"),
        database: Callable[[str], str] | None = None,
    ) -> None:
        super().__init__(folder, services=services, database=database)
        self.ready = [str(i["id"]) for i in self.listed(self.head) if i["state"] == "filing_proposed"]

    @classmethod
    def copied(cls, template: Path, folder: Path) -> CaseWorld:
        """A world of one's own that goes on where the template stands: on a clue that is proposed for filing."""
        shutil.copytree(template, folder / "world")
        return cls(folder / "world")

    def proposed(self, capacity: str = "discipline") -> str:
        """A clue whose verification was concluded with a proposal to file a case; returns the clue's id."""
        if capacity == "discipline" and self.ready:
            return self.ready.pop()
        return str(self.at(self.brought("conclude_verification", capacity))["clue_id"])

    def opened_case(self, capacity: str = "discipline") -> str:
        clue = self.proposed(capacity)
        done(self.clerk.act(f"{CLUES}/{clue}/begin_filing"))
        return self.case_of(clue)

    def judged_case(self, *subjects: str) -> str:
        """A case of persons whom a court found guilty: its clue was disposed of, and not verified."""
        clue = str(done(self.found(*(subjects or ("p-edu-sec",)))).body["id"])
        self.disposed(clue, "verification")
        done(self.clerk.act(f"{CLUES}/{clue}/begin_on_judgement", {"reason": "已有生效判决"}))
        return self.case_of(clue)

    def case_of(self, clue: str) -> str:
        items = self.head.get(CASES).body["items"]
        return str(next(i for i in items if i["clue_id"] == clue)["id"])

    def case(self, item: str, client: Client | None = None) -> dict[str, Any]:
        answer = (client or self.clerk).get(f"{CASES}/{item}")
        assert answer.status == 200, answer.body
        return dict(answer.body)

    def do(
        self,
        item: str,
        name: str,
        paper: Mapping[str, object] | None = None,
        *,
        by: Client | None = None,
        documents: tuple[str, ...] = (),
    ) -> Answer:
        client = by or self.clerk
        attached = self.documents(*documents, client=client)
        return client.act(f"{CASES}/{item}/{name}", paper or {}, attachments=attached)

    def rule(self, item: str, by: Client, *, approve: bool = True, reason: str = "") -> Answer:
        """Decide what waits on a case."""
        return by.decide("clues", "cases", item, approve=approve, reason=reason)

    def ask(self, item: str) -> str:
        done(self.do(item, "seek_unit_opinion"))
        done(self.do(item, "seek_liaison_opinion"))
        return item

    def unit_says(self, item: str, **changes: object) -> Answer:
        return self.do(item, "record_unit_opinion", OPINION | changes, documents=("filing_opinion_unit",))

    def liaison_says(self, item: str, **changes: object) -> Answer:
        return self.do(item, "give_liaison_opinion", OPINION | changes, by=self.liaison)

    def opinions_in(self, capacity: str = "discipline") -> str:
        item = self.ask(self.opened_case(capacity))
        done(self.unit_says(item))
        done(self.liaison_says(item))
        return item

    def request_filing(self, item: str, act: str = "request_filing", **changes: object) -> Answer:
        return self.do(item, act, FILING | changes, documents=("collective_study_minutes",))

    def filed(self, item: str | None = None) -> str:
        """Filed in the discipline group's name."""
        item = item or self.opinions_in()
        done(self.request_filing(item))
        done(self.rule(item, self.head))
        return item

    def exempted(self, item: str) -> str:
        done(self.do(item, "request_exemption", {"reason": "防止泄密"}))
        done(self.rule(item, self.leader))
        return item

    def court(self, item: str, **changes: object) -> Answer:
        paper = {k: v for k, v in (COURT | changes).items() if v is not None}
        return self.do(item, "record_judgement", paper, documents=("court_document",))

    def send_on_judgement(self, item: str, **changes: object) -> Answer:
        return self.do(item, "send_on_judgement", SANCTION | changes)

    # Investigation.

    def group(self, item: str, **changes: object) -> Answer:
        return self.do(item, "set_up_group", GROUP | changes)

    def plan_case(self, item: str, **changes: object) -> Answer:
        return self.do(item, "save_investigation_plan", INVESTIGATION | changes)

    def investigating(self, item: str | None = None) -> str:
        item = item or self.filed()
        done(self.group(item))
        done(self.plan_case(item))
        done(self.do(item, "request_plan_approval"))
        done(self.rule(item, self.head))
        return item

    def schedule(self, item: str, **changes: object) -> Answer:
        return self.do(item, "schedule_talk", TALK | changes, documents=("work_contingency_plan",))

    def send_for_review(self, item: str, **changes: object) -> Answer:
        return self.do(item, "send_for_review", REPORT | changes)

    def incident(self, item: str, **changes: object) -> Answer:
        return self.do(item, "record_safety_incident", INCIDENT | changes)

    def report_incident(self, item: str, **changes: object) -> Answer:
        return self.do(item, "report_safety_incident", INCIDENT_REPORT | changes)

    # Talk venues.

    def venue_requested(self, item: str, **changes: object) -> str:
        done(self.do(item, "request_venue", VENUE | changes))
        items = self.clerk.get(VENUES).body["items"]
        return str(max(items, key=lambda one: str(one["no"]))["id"])

    def venue_act(
        self, request: str, name: str, by: Client, paper: dict[str, object] | None = None
    ) -> Answer:
        return by.act(f"{VENUES}/{request}/{name}", paper or {})

    def venue_approved(self, request: str) -> str:
        done(self.venue_act(request, "pass_venue_request_on", self.liaison))
        done(self.leader.decide("clues", "venue-requests", request))
        return request

    def arrange(self, request: str, venue: str = "zd-1") -> Answer:
        return self.venue_act(request, "arrange_venue", self.world.as_("ags1"), {"venue_code": venue})
