"""A round whose results are heard, and who gets through on its items: written down by hand.

It is the third of the prepared worlds: zu4 leads its one team at the housing bureau, with zu3.
"""

from __future__ import annotations

from services.chassis.perform import perform_as_service
from services.chassis.work import begin
from services.inspection.acts.key_issues import NAME_ISSUE
from services.inspection.domain.result_codes import Named
from services.inspection.papers.results import KeyIssueNaming
from tests.clauses.result_steps import (
    HEARINGS,
    KEY_ISSUES,
    REPORTS,
    ROUND_CLUES,
    ROUND_REPORTS,
    ResultWorld,
    key,
)
from tests.clauses.round_steps import TEAM_2, done
from tests.world import World

OFFICE, LEADING_GROUP = {"xc1", "xcd"}, {"xz1", "xz2", "xz3"}
HEADS_OF_GROUP = {"xz1", "xz2"}
OF_THE_TEAM, LEADER, DIRECTOR = {"zu4", "zu3"}, {"zu4"}, {"xcd"}
OPENERS = OFFICE | {"zu1", "zu2", "zu3", "zu4", "zu5"}
INSPECTION_REPORTS, INTERVIEW_REPORTS, CLUE_REPORTS = REPORTS.values()
CREATORS = {
    f"{INSPECTION_REPORTS}/draft_report": OPENERS,
    f"{INTERVIEW_REPORTS}/draft_interview_report": OPENERS,
    f"{CLUE_REPORTS}/draft_clue_report": OPENERS,
    f"{HEARINGS}/hear_team": OFFICE,
    f"{ROUND_REPORTS}/draft_round_report": OFFICE,
    f"{ROUND_CLUES}/draft_round_clue_report": DIRECTOR,
}
KNOWN = {
    INSPECTION_REPORTS: OFFICE | LEADING_GROUP | OF_THE_TEAM,
    INTERVIEW_REPORTS: OFFICE | LEADING_GROUP | LEADER,
    CLUE_REPORTS: DIRECTOR | HEADS_OF_GROUP | LEADER,
    HEARINGS: OFFICE | LEADING_GROUP | OF_THE_TEAM,
    ROUND_REPORTS: OFFICE | LEADING_GROUP,
    ROUND_CLUES: DIRECTOR | HEADS_OF_GROUP,
    KEY_ISSUES: OFFICE | HEADS_OF_GROUP,
}
DECIDERS = {ROUND_REPORTS: {"xz1"}, ROUND_CLUES: {"xz1"}}
OF_WRITERS = dict.fromkeys(("sign_report", "submit_report", "revise_report"), LEADER)
DOERS: dict[str, dict[str, set[str]]] = {
    INSPECTION_REPORTS: dict.fromkeys(
        ("redraft_report", "annex_thematic_report", "deliberate_report", "sign_report", "revise_report"),
        OF_THE_TEAM,
    )
    | {"submit_report": LEADER},
    INTERVIEW_REPORTS: OF_WRITERS,
    CLUE_REPORTS: OF_WRITERS | dict.fromkeys(("return_report", "pass_report"), DIRECTOR),
    HEARINGS: {},
    ROUND_REPORTS: {},
    ROUND_CLUES: dict.fromkeys(
        ("finalise_report", "put_on_agenda", "hold_secretary_meeting", "record_speech", "file_speech"),
        DIRECTOR,
    ),
    KEY_ISSUES: {"record_progress": {"xc1"}},
}
"""An act that is not here is the office's."""


class ResultItems(ResultWorld):
    """Such a round in a world that is there already. `chosen`: kind's place → id of an item."""

    second_member = "p-zu3"

    def __init__(self, world: World) -> None:
        self.world, self.services, self.untouched = world, tuple(world.runtimes), False
        self.chosen: dict[str, str] = {}
        self.office, self.director = world.as_("xc1"), world.as_("xcd")
        self.head, self.deputy_head = world.as_("xz1"), world.as_("xz2")
        self.leader_2, self.member_2 = world.as_("zu4"), world.as_("zu3")

    def fill(self) -> ResultItems:
        """Both round reports wait for the head; what the secretary named is in the ledger of xc1."""
        item = self._round_of([TEAM_2 | {"team_no": 1}], ordinal=3)
        unit = self._second_entered(item, 1)
        done(self.leave_second(unit))
        self.second_submitted(unit)
        self.all_passed(unit)
        done(self.hear(unit, reporter_id="p-zu4", observer_ids=[]))
        done(self.do(item, "close_hearings"))
        done(self.draft_comprehensive(item))
        done(self.draft_round_clues(item, clues=[]))
        for kind, place in REPORTS.items():
            self.chosen[place] = key(self.report(unit, kind, self.leader_2))
        for place in (HEARINGS, ROUND_REPORTS, ROUND_CLUES):
            self.chosen[place] = key(self.of_round(place, item))
        for place in (ROUND_REPORTS, ROUND_CLUES):
            done(self.do(f"{place}/{self.chosen[place]}", "finalise_report", by=self.director))
        self._name(item)
        return self

    def _name(self, item: str) -> None:
        with begin(self.world.runtimes["inspection"]) as work:
            naming = KeyIssueNaming(round_id=key(item), office_id="xcb", kind=Named.MATTER, matter="事项")
            self.chosen[KEY_ISSUES] = perform_as_service(work, NAME_ISSUE, naming).subject.id
        entry = {"owner_id": "p-xc1", "measures": "办理措施"}
        done(self.do(f"{KEY_ISSUES}/{self.chosen[KEY_ISSUES]}", "enter_ledger", entry))
