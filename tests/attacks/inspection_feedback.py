"""A unit that was fed back to, and who gets through on its items: written down by hand.

It is the fourth of the prepared worlds: zu2 leads its one team at the education bureau, with zu1 and zu3.
"""

from __future__ import annotations

from tests.attacks import inspection_after_feedback
from tests.clauses.feedback_steps import RECEIPTS, FeedbackWorld
from tests.clauses.result_steps import ROUND_CLUES, ROUND_REPORTS, key
from tests.clauses.round_steps import TEAM_1, done
from tests.clauses.test_inspection_clue_files import FILE
from tests.clauses.test_inspection_conduct import CONDUCT, SHEET
from tests.clauses.test_inspection_issue_transfers import PAPER, TRANSFERS
from tests.clauses.test_inspection_transfer_forms import FORMS
from tests.world import Answer, Client, World

OFFICE, LEADING_GROUP = {"xc1", "xcd"}, {"xz1", "xz2", "xz3"}
OF_TEAM, HEADS, PRINCIPAL = {"zu1", "zu2", "zu3"}, {"zu1", "zu2"}, {"edu-head"}
OPENERS = OFFICE | {"zu1", "zu2", "zu3", "zu4", "zu5"}
CREATORS = {
    f"{RECEIPTS}/draw_up_receipt": OPENERS,
    f"{CONDUCT}/assess_conduct": OPENERS,
    "/inspection/releases/draft_feedback_release": OPENERS,
    f"{FORMS}/fill_transfer_form": OPENERS,
    f"{TRANSFERS}/transfer_issue": OFFICE,
}
KNOWN = {
    RECEIPTS: OFFICE | LEADING_GROUP | OF_TEAM | PRINCIPAL,
    CONDUCT: OFFICE | LEADING_GROUP,
    FORMS: OFFICE | {"zu2", "zu3", "xz1", "xz2"},
    TRANSFERS: OFFICE,
}
DECIDERS = {FORMS: {"zu2", "xcd", "xz1", "xz2"}}
VIEWS = {"GET /transfer-forms/<id>/papers/<paper>": KNOWN[FORMS] - {"xc1"}}
"""Of the office only the director reads what is in a form."""
DOERS: dict[str, dict[str, set[str]]] = {
    RECEIPTS: {"sign_receipt": {"zu2"} | PRINCIPAL, "serve_feedback": OF_TEAM},
    CONDUCT: {},
    FORMS: {"submit_transfer_form": {"zu2", "zu3"}, "sign_handover_sheet": OFFICE | {"zu2", "zu3"}},
    TRANSFERS: {},
}
ON_ENGAGEMENTS = (
    dict.fromkeys(("submit_feedback_drafts", "agree_feedback_plan", "record_party_circular"), OF_TEAM)
    | dict.fromkeys(("feed_back_to_principal", "feed_back_to_leadership"), HEADS)
    | {"pass_feedback_drafts": LEADING_GROUP}
)
ON_RELEASES = dict.fromkeys(("submit_feedback_release", "clear_feedback_release"), OF_TEAM) | {
    "give_feedback_release": OFFICE | OF_TEAM,
    "add_unit_statement": PRINCIPAL,
}
"""Acts of the feedback on items that other tables have chosen; one that is not here is the office's."""


class FeedbackItems(FeedbackWorld):
    """Such a round in a world that is there already. `chosen`: kind's place → id of an item."""

    second_member = "p-zu3"

    def __init__(self, world: World) -> None:
        self.world, self.services, self.untouched = world, tuple(world.runtimes), False
        self.chosen: dict[str, str] = {}
        self.office, self.director = world.as_("xc1"), world.as_("xcd")
        self.head, self.deputy_head = world.as_("xz1"), world.as_("xz2")
        self.leader, self.deputy, self.member = (world.as_(f"zu{n}") for n in (2, 1, 3))
        self.principal = world.as_("edu-head")

    def fill(self) -> FeedbackItems:
        """The receipt is signed for, the assessment is not reported yet; a form waits for its first signature."""
        team = TEAM_1 | {"leader_id": "p-zu2", "deputy_ids": ["p-zu1"]}
        unit = self._entered(self._round_of([team], ordinal=4))
        self.finding(unit)
        clue = self.clue(self.interviewed(unit, interviewer_ids=["p-zu1", "p-zu3"]))
        done(self.do(clue, "compile_clue_file", FILE, by=self.member))
        done(self.leave(unit))
        self._reported(unit, key(clue))
        for step in ("drafts", "passed", "agreed", "served", "told", "delivered"):
            getattr(self, step)(unit)
        [receipt] = self.leader.get(RECEIPTS).body["items"]
        self.chosen[RECEIPTS] = receipt["id"]
        sheet = SHEET | {"engagement_id": key(unit)}
        self.chosen[CONDUCT] = done(self.do(CONDUCT, "assess_conduct", sheet)).body["id"]
        self._hand_over(unit, key(clue))
        inspection_after_feedback.fill(self)
        return self

    def session(self, team: str, *, by: Client | None = None, **changes: object) -> Answer:
        return super().session(team, by=by, **({"convenor_id": "p-zu2"} | changes))

    def _hand_over(self, unit: str, clue: str) -> None:
        form = {"engagement_id": key(unit), "receivers": ["discipline_commission"], "found_clue_ids": [clue]}
        item = done(self.do(FORMS, "fill_transfer_form", form, by=self.member)).body["id"]
        done(self.do(f"{FORMS}/{item}", "submit_transfer_form", by=self.member))
        [issue] = self.issues_of(unit, self.member)
        sent = PAPER | {"round_id": key(self.round_of(unit)), "issue_id": issue}
        self.chosen[FORMS] = item
        self.chosen[TRANSFERS] = done(self.do(TRANSFERS, "transfer_issue", sent)).body["id"]

    def _reported(self, unit: str, clue: str) -> None:
        self.submitted(unit)
        self.all_passed(unit)
        item = self.round_of(unit)
        done(self.hear(unit, reporter_id="p-zu2", observer_ids=[]))
        done(self.do(item, "close_hearings"))
        done(self.minutes(item, self.team_at(unit)))
        done(self.draft_comprehensive(item))
        line = {"clue_id": clue, "important": True, "summary": "摘要"}
        done(self.draft_round_clues(item, clues=[line]))
        reports, clues = self.of_round(ROUND_REPORTS, item), self.of_round(ROUND_CLUES, item)
        done(self.finalise(reports))
        done(self.finalise(clues))
        done(self.secretary_hears(clues))
        done(self.speak(clues, disposal_opinions=[{"clue_id": clue, "opinion": "处置意见"}]))
        done(self.committee_hears(reports))
