"""Steps of a measure's life, for its clause tests: each leaves it one state further."""

from __future__ import annotations

from typing import Any

from tests.clauses.case_steps import CASES, CaseWorld
from tests.clauses.clues_steps import CLUES, done
from tests.clauses.verification_steps import PLACE
from tests.world import Answer, Client

MEASURES, LEDGERS, RULES = "/clues/measures", "/clues/measures-ledgers", "/clues/measures-rules"
FOR_THE_DESK = ("measure_request", "collective_study_minutes")
FLAGS: dict[str, dict[str, object]] = {
    "query": {"property_data": False},
    "obtain": {"communication_data": False},
}


def asked(code: str, **changes: object) -> dict[str, object]:
    """The paper of a request."""
    paper: dict[str, object] = {
        "measure_code": code,
        "target_id": "p-edu-sec",
        "scope": "对象及内容",
        "purpose": "核实有关问题",
    }
    return paper | FLAGS.get(code, {}) | changes


class MeasureWorld(CaseWorld):
    """The acts on measures and their ledgers in short."""

    def clue_on(self, *subjects: str) -> str:
        return str(done(self.found(*(subjects or ("p-edu-sec",)))).body["id"])

    def verified(self) -> str:
        """A verification that is approved."""
        return self.brought("approval")

    def ask_for(self, clue: str, code: str, *, by: Client | None = None, **changes: object) -> Answer:
        return (by or self.clerk).act(f"{CLUES}/{clue}/request_measure", asked(code, **changes))

    def ask_in(self, verification: str, code: str, *, by: Client | None = None, **changes: object) -> Answer:
        return (by or self.clerk).act(
            f"{PLACE}/{verification}/request_measure_in_verification", asked(code, **changes)
        )

    def ask_in_case(self, case: str, code: str, *, by: Client | None = None, **changes: object) -> Answer:
        return (by or self.clerk).act(f"{CASES}/{case}/request_measure_in_case", asked(code, **changes))

    def latest(self) -> str:
        """The measure that was asked for last."""
        items = self.head.get(MEASURES, limit="200").body["items"]
        return str(max(items, key=lambda item: str(item["no"]))["id"])

    def requested(self, code: str = "query", *, clue: str = "", **changes: object) -> str:
        done(self.ask_for(clue or self.clue_on(), code, by=None, **changes))
        return self.latest()

    def requested_in(self, code: str, verification: str = "", **changes: object) -> str:
        done(self.ask_in(verification or self.verified(), code, by=None, **changes))
        return self.latest()

    def measure(self, item: str, client: Client | None = None) -> dict[str, Any]:
        answer = (client or self.clerk).get(f"{MEASURES}/{item}")
        assert answer.status == 200, answer.body
        return dict(answer.body)

    def on_measure(
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
        return client.act(f"{MEASURES}/{item}/{name}", paper or {}, attachments=attached)

    def decide_measure(self, item: str, by: Client, *, approve: bool = True, reason: str = "") -> Answer:
        return by.decide("clues", "measures", item, approve=approve, reason=reason)

    def head_approved(self, item: str) -> str:
        done(self.on_measure(item, "request_measure_approval"))
        done(self.decide_measure(item, self.head))
        return item

    def submitted(self, item: str) -> str:
        """Signed by the head, on its way to the liaison office."""
        done(self.on_measure(item, "submit_request", documents=FOR_THE_DESK))
        done(self.decide_measure(item, self.head))
        return item

    def passed_up(self, item: str) -> str:
        self.submitted(item)
        done(self.on_measure(item, "receive_request", by=self.liaison))
        done(self.on_measure(item, "pass_request_up", by=self.liaison))
        return item

    def decided_above(self, item: str, *, approved: bool = True, reason: str = "") -> Answer:
        paper: dict[str, object] = {"approved": approved, "reason": reason}
        return self.on_measure(item, "decide_request", paper, by=self.leader)

    def citys_answer(self, item: str, *, by: Client | None = None, **changes: object) -> Answer:
        paper: dict[str, object] = {
            "approved": True,
            "reply_no": "市批〔2026〕1号",
            "answered_on": "2026-03-02",
        }
        return self.on_measure(
            item,
            "enter_citys_answer",
            paper | changes,
            by=by or self.liaison,
            documents=("measure_document",),
        )

    def issue_document(self, item: str, number: str = "WS-2026-1", **changes: object) -> Answer:
        paper: dict[str, object] = {"document_no": number, "issuer_code": "dispatched_office"}
        return self.on_measure(
            item, "issue_measure_document", paper | changes, documents=("measure_document",)
        )

    def execute(self, item: str, *, documents: tuple[str, ...] = (), **changes: object) -> Answer:
        return self.on_measure(item, "execute_measure", dict(changes), documents=documents)

    def executed(self, number: str = "WS-2026-1", *, clue: str = "", code: str = "query") -> str:
        """A measure that the head approved, carried out."""
        item = self.head_approved(self.requested(code, clue=clue))
        done(self.issue_document(item, number))
        done(self.execute(item))
        return item

    # The quarter's ledger.

    def ledger(self, quarter: str = "2026-Q1", client: Client | None = None) -> dict[str, Any]:
        items = (client or self.head).get(LEDGERS, limit="200").body["items"]
        [found] = [item for item in items if item["quarter"] == quarter]
        answer = (client or self.head).get(f"{LEDGERS}/{found['id']}")
        assert answer.status == 200, answer.body
        return dict(answer.body)

    def on_ledger(
        self, name: str, paper: dict[str, object] | None = None, *, by: Client, quarter: str = "2026-Q1"
    ) -> Answer:
        return by.act(f"{LEDGERS}/{self.ledger(quarter)['id']}/{name}", paper or {})

    def file(self, quarter: str = "2026-Q1") -> Answer:
        return self.on_ledger("file_ledger", by=self.head, quarter=quarter)

    def rows(self, quarter: str = "2026-Q1", client: Client | None = None) -> list[dict[str, Any]]:
        reader = client or self.head
        answer = reader.get(f"{LEDGERS}/{self.ledger(quarter)['id']}/rows")
        assert answer.status == 200, answer.body
        return list(answer.body["items"])

    def notices(self, template: str) -> list[tuple[str, str, str]]:
        """Role, office and person of each notice that clues asked for."""
        told = [e.data for e in self.events("clues.notice_due") if e.data["template"] == template]
        return [(str(n["to_role"]), str(n["office_id"]), str(n["to_person"])) for n in told]
