"""Steps of a decided sanction, of pre-checks and of a case's end: each leaves the case one state further."""

from __future__ import annotations

from typing import Any

from tests.clauses.clues_steps import CLUES, done
from tests.clauses.sanction_steps import SanctionWorld
from tests.world import Answer, Client

PRECHECKS = "/clues/prechecks"
DECISION: dict[str, object] = {
    "person_id": "p-edu-sec",
    "decision_no": "示教党〔2026〕3号",
    "party_sanction_code": "serious_warning",
    "form_code": "second_form",
}
ITEMS = ("announcement", "personnel_file", "pay", "post")
ITEM: dict[str, object] = {"person_id": "p-edu-sec", "result_code": "done"}
EDUCATION: dict[str, object] = {
    "person_id": "p-edu-sec",
    "participant_ids": ["p-deputy1", "p-edu-head"],
    "content": "回访教育",
}
VERIFIED = ("sanction_execution_record", "collective_study_minutes")
ASKED: dict[str, object] = {"facts": "查明的事实", "proposal": "拟作出的处理"}
MINUTES = ("collective_study_minutes",)


class DecisionWorld(SanctionWorld):
    """The acts on a decided sanction, on pre-checks and at a case's end in short."""

    def notified(self) -> str:
        item = self.at_assisted_review()
        done(self.answer(item))
        done(self.notify(item))
        return item

    def decide_by_unit(self, item: str, **changes: object) -> Answer:
        return self.decision(item, "record_units_decision", **changes)

    def decision(self, item: str, act: str, **changes: object) -> Answer:
        paper = {key: value for key, value in (DECISION | changes).items() if value is not None}
        return self.do(item, act, paper, documents=("sanction_decision",))

    def decided(self) -> str:
        item = self.notified()
        done(self.decide_by_unit(item))
        return item

    def file_record(self, item: str, **changes: object) -> Answer:
        return self.do(item, "file_case_record", changes, documents=("case_record_filing",))

    def on_record(self) -> str:
        item = self.decided()
        done(self.file_record(item))
        return item

    def carry_out(self, item: str, code: str, **changes: object) -> Answer:
        return self.do(item, "record_execution", ITEM | {"item_code": code} | changes)

    def educate(self, item: str, **changes: object) -> Answer:
        return self.do(item, "record_education", EDUCATION | changes)

    def carried_out(self, item: str) -> None:
        for code in ITEMS:
            done(self.carry_out(item, code))

    def verify_execution(self, item: str, documents: tuple[str, ...] = VERIFIED) -> Answer:
        paper = {"findings": "处分决定已执行到位"}
        return self.do(item, "verify_sanction_execution", paper, documents=documents)

    def executed(self) -> str:
        item = self.on_record()
        self.carried_out(item)
        done(self.verify_execution(item))
        done(self.rule(item, self.head))
        return item

    def archive(self, item: str) -> Answer:
        return self.do(item, "archive_case")

    def sanctions(self, item: str) -> list[dict[str, Any]]:
        answer = done(self.clerk.get(f"/clues/cases/{item}/sanctions"))
        return list(answer.body["items"])

    def clue_of_case(self, item: str) -> dict[str, Any]:
        return self.shown(str(self.case(item)["clue_id"]))

    # A case that ends otherwise.

    def dismiss(
        self, item: str, act: str = "request_dismissal", documents: tuple[str, ...] = MINUTES
    ) -> Answer:
        return self.do(item, act, {"basis": "事实不清"}, documents=documents)

    def drop(self, item: str, act: str = "request_not_filing", **changes: object) -> Answer:
        return self.do(item, act, {"reason": "情节轻微，不需立案"} | changes, documents=MINUTES)

    def report_clue(self, clue: str) -> Answer:
        return self.report(clue)

    def handle(self, clue: str) -> Answer:
        return self.clerk.act(f"{CLUES}/{clue}/handle_clue")

    # Pre-checks.

    def ask_precheck(self, place: str, item: str, act: str, **changes: object) -> Answer:
        attached = self.documents("precheck_request")
        return self.clerk.act(f"{place}/{item}/{act}", ASKED | changes, attachments=attached)

    def ask_on_case(self, item: str, office: str = "case_review_office") -> Answer:
        return self.ask_precheck("/clues/cases", item, "request_sanction_precheck", recipient_role=office)

    def ask_on_verification(self, item: str, office: str = "party_conduct_office") -> Answer:
        return self.ask_precheck(
            "/clues/verifications", item, "request_handling_precheck", recipient_role=office
        )

    def precheck(self) -> str:
        """The pre-check that was asked for last."""
        items = self.head.get(PRECHECKS).body["items"]
        return str(max(items, key=lambda one: str(one["no"]))["id"])

    def opine(self, item: str, by: Client, **changes: object) -> Answer:
        attached = self.documents("precheck_opinion", client=by)
        paper = {"result_code": "consent"} | changes
        return by.act(f"{PRECHECKS}/{item}/give_precheck_opinion", paper, attachments=attached)
