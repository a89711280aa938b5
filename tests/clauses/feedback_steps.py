"""Steps from the heard results to the delivered feedback (steps 33 and 34): each leaves the unit one state further."""

from __future__ import annotations

from typing import Any

from tests.clauses.result_steps import ISSUES, Paper, ResultWorld, key
from tests.clauses.round_steps import BRIEFING_REQUEST, done
from tests.world import Answer, Client

RECEIPTS = "/inspection/feedback-receipts"
TEXTS = ("feedback_principal", "feedback_leadership", "feedback_problem_list")
PARAGRAPH: Paper = {"text": "反馈内容"}
GUEST: Paper = {"guest_id": "p-xz3"}
PLAN: Paper = {
    "meet_at": "2026-03-03T09:00:00+08:00",
    "place": "会议室",
    "participant_ids": ["p-xz3", "p-zu1", "p-edu-head"],
    "agreed_with_id": "p-edu-head",
}
HOLDERS = ["inspection_office", "inspection_team", "inspected_party_org"]
TO_PRINCIPAL: Paper = {
    "held_on": "2026-03-02",
    "chair_id": "p-xz3",
    "attendee_ids": ["p-xz3", "p-zu1", "p-zu2", "p-zu3", "p-edu-head"],
    "secretary_digest": "讲话精神要点",
    "statement": "表态",
}
GENERAL: Paper = {
    "held_on": "2026-03-02",
    "chair_id": "p-edu-head",
    "attendee_ids": ["p-xz3", "p-zu1", "p-zu2", "p-zu3", "p-edu-head", "p-edu-vice"],
    "text_read": "leadership_opinion",
    "speaker_id": "p-xz3",
    "statement": "表态发言",
}
FEEDBACK_STEPS = ("results", "drafts", "passed", "agreed", "served", "told", "delivered")


class FeedbackWorld(ResultWorld):
    """A unit whose results are heard, with the acts of steps 33 and 34 in short.

    `unit_type`: of the inspected unit; to be set before anything is done.
    """

    unit_type = "organ"

    def _open(self) -> None:
        super()._open()
        self.principal = self.world.as_("edu-head")

    def requested(self, unit: str, **changes: object) -> str:
        """Of an enterprise the department in charge is asked too."""
        asked = [*BRIEFING_REQUEST["addressees"], "competent_department"]
        of_kind = {} if self.unit_type == "organ" else {"unit_type": self.unit_type, "addressees": asked}
        return super().requested(unit, **(of_kind | changes))

    def enter(self, unit: str, **changes: object) -> Answer:
        """At an enterprise or institution the department in charge attends too."""
        of_department = {} if self.unit_type == "organ" else {"authority_id": "p-head1"}
        return super().enter(unit, **(of_department | changes))

    def problems(self, unit: str) -> list[Paper]:
        return [{"issue_id": issue, "problem": "问题"} for issue in self.issues_of(unit, self.member)]

    def draft_feedback(
        self, unit: str, *, by: Client | None = None, texts: tuple[str, ...] = TEXTS, **changes: Any
    ) -> Answer:
        paper = {"to_principal": [PARAGRAPH], "to_leadership": [PARAGRAPH], "problems": self.problems(unit)}
        return self.do(unit, "submit_feedback_drafts", paper | changes, by=by or self.leader, documents=texts)

    def receipt(self, unit: str, **changes: Any) -> Answer:
        paper = {"engagement_id": key(unit), "principal_id": "p-edu-head"} | changes
        return self.do(RECEIPTS, "draw_up_receipt", paper, by=self.leader)

    def sign_receipt(self, receipt: str, by: Client) -> Answer:
        return self.do(receipt, "sign_receipt", {"three_texts_handed": True}, by=by)

    def serve(self, receipt: str, holders: list[str] | None = None) -> Answer:
        return self.do(receipt, "serve_feedback", {"holders": holders or HOLDERS}, by=self.leader)

    def tell_principal(self, unit: str, **changes: Any) -> Answer:
        return self.do(unit, "feed_back_to_principal", TO_PRINCIPAL | changes, by=self.leader)

    def tell_leadership(self, unit: str, **changes: Any) -> Answer:
        return self.do(unit, "feed_back_to_leadership", GENERAL | changes, by=self.leader)

    def fed_back_issue(self, unit: str) -> str:
        return f"{ISSUES}/{self.issues_of(unit, self.member)[0]}"

    # One state further each.

    def results(self, unit: str) -> None:
        """Both bodies have heard the round."""

    def drafts(self, unit: str) -> None:
        done(self.draft_feedback(unit))

    def passed(self, unit: str) -> None:
        done(self.do(unit, "review_feedback_drafts"))
        done(self.do(unit, "pass_feedback_drafts", by=self.deputy_head))

    def agreed(self, unit: str) -> None:
        done(self.do(unit, "arrange_feedback_guest", GUEST))
        done(self.do(unit, "agree_feedback_plan", PLAN, by=self.leader))

    def served(self, unit: str) -> None:
        receipt = f"{RECEIPTS}/{done(self.receipt(unit)).body['id']}"
        done(self.sign_receipt(receipt, self.principal))
        done(self.sign_receipt(receipt, self.leader))
        done(self.serve(receipt))

    def told(self, unit: str) -> None:
        done(self.tell_principal(unit))

    def delivered(self, unit: str) -> None:
        done(self.tell_leadership(unit))

    def feedback_at(self, step: str) -> str:
        """The engagement of team 1, alone in its round, that has come as far as `step` of FEEDBACK_STEPS."""
        return self._from_snapshot(f"feedback {self.unit_type} {step}", lambda: self._feedback_at(step))

    def _feedback_at(self, step: str) -> str:
        unit = self._result_at("reported")
        for name in FEEDBACK_STEPS[: FEEDBACK_STEPS.index(step) + 1]:
            getattr(self, name)(unit)
        return unit
