"""Steps of a proposed sanction, for its clause tests: each leaves the case one state further."""

from __future__ import annotations

from tests.clauses.clues_steps import done
from tests.clauses.review_steps import ReviewWorld
from tests.world import Answer, Client

SUGGESTION: dict[str, object] = {
    "person_id": "p-edu-sec",
    "facts": "查明的违纪事实",
    "basis": "中国共产党纪律处分条例",
    "party_sanction_code": "serious_warning",
}
COMMUNICATION: dict[str, object] = {
    "participant_ids": ["p-head1", "p-edu-head"],
    "agreed": True,
    "opinion": "同意处分建议",
}
FILE = [
    "review_talk_record",
    "fact_meeting_record",
    "review_report",
    "deliberation_minutes",
    "sanction_suggestion",
    "sanction_communication_record",
]
OPINION: dict[str, object] = {"result_code": "consent"}
OF_SUGGESTION, OF_REQUEST = ("sanction_suggestion",), ("assisted_review_request",)


class SanctionWorld(ReviewWorld):
    """The acts on a proposed sanction in short."""

    def propose_sanction(self, item: str, **changes: object) -> Answer:
        paper = {key: value for key, value in (SUGGESTION | changes).items() if value is not None}
        return self.do(item, "propose_sanction", paper, documents=OF_SUGGESTION)

    def communicate(self, item: str, **changes: object) -> Answer:
        documents = ("sanction_communication_record",)
        return self.do(item, "record_communication", COMMUNICATION | changes, documents=documents)

    def send_to_review_office(self, item: str, **changes: object) -> Answer:
        paper = {"catalogue": FILE} | changes
        return self.do(item, "send_to_assisted_review", paper, documents=OF_REQUEST)

    def answer(self, item: str, client: Client | None = None, **changes: object) -> Answer:
        documents = ("assisted_review_opinion",)
        by = client or self.review_office
        return self.do(item, "give_assisted_opinion", OPINION | changes, by=by, documents=documents)

    def notify(self, item: str) -> Answer:
        return self.do(item, "notify_unit_of_sanction", documents=OF_SUGGESTION)

    def agreed(self) -> str:
        item = self.completed()
        done(self.propose_sanction(item))
        done(self.communicate(item))
        return item

    def at_assisted_review(self) -> str:
        item = self.agreed()
        done(self.send_to_review_office(item))
        return item
