"""Steps of a problem and its suggestion, for their clause tests: each leaves it one state further."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.clauses.clues_steps import CluesWorld, done
from tests.world import Answer, Client

PLACE = "/clues/suggestions"
PROBLEM: dict[str, object] = {
    "source": "daily_supervision",
    "unit_id": "edu",
    "found_on": "2026-03-02",
    "facts": "日常监督中发现的问题",
}
DRAFT: dict[str, object] = {
    "suggestion_kind": "discipline_suggestion",
    "facts": "问题事实",
    "suggestions": "建议健全制度",
}
ISSUE = {"issuer": "dispatched_office", "copied_to": "jd1"}


class SuggestionWorld(CluesWorld):
    """The acts on a problem in short, with those of the liaison office and the commission's leader."""

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

    def problem(self, grade: str = "", **changes: object) -> str:
        paper = PROBLEM | ({"grade": grade} if grade else {}) | changes
        return str(done(self.clerk.act(f"{PLACE}/register_problem", paper)).body["id"])

    def on(
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

    def draft(self, item: str, **changes: object) -> Answer:
        return self.on(item, "draft_suggestion", DRAFT | changes, documents=("collective_study_minutes",))

    def decide(self, item: str, by: Client, *, approve: bool = True, reason: str = "") -> Answer:
        return by.decide("clues", "suggestions", item, approve=approve, reason=reason)

    def approved(self, grade: str = "outstanding", **changes: object) -> str:
        """A suggestion that the head approved, in the office's name."""
        item = self.problem(grade)
        done(self.draft(item, **changes))
        done(self.decide(item, self.head))
        return item

    def passed_up(self) -> str:
        item = self.problem("major")
        done(self.on(item, "pass_up", DRAFT))
        done(self.decide(item, self.head))
        return item

    def of_the_commission(self) -> str:
        """A suggestion on a major problem that the commission approved."""
        item = self.passed_up()
        done(self.on(item, "put_to_commission", by=self.liaison))
        done(self.decide(item, self.leader))
        return item

    def send_out(self, item: str, by: Client | None = None, **changes: object) -> Answer:
        return self.on(item, "issue_suggestion", ISSUE | changes, by=by)

    def issued(self) -> str:
        item = self.approved()
        done(self.send_out(item))
        return item

    def answer(self, item: str, **changes: object) -> Answer:
        paper: dict[str, object] = {"summary": "已整改"}
        return self.on(item, "record_answer", paper | changes, documents=("suggestion_reply",))

    def verify(self, item: str, *, rectified: bool = True) -> Answer:
        return self.on(item, "verify_answer", {"rectified": rectified, "findings": "经核实"})

    def at(self, item: str, client: Client | None = None) -> dict[str, Any]:
        answer = (client or self.clerk).get(f"{PLACE}/{item}")
        assert answer.status == 200, answer.body
        return dict(answer.body)
