"""Integrity talks and interviews in the prepared worlds, and who gets through on them, for the enumerations."""

from __future__ import annotations

from services.chassis.work import begin
from services.inspection.acts.post_talks import post_changed
from services.inspection.papers.talks import PostTalkDue
from tests.clauses.round_steps import done
from tests.clauses.talk_steps import ASSESSMENTS, INTERVIEWS, POST_TALKS, TALKS, YEARS, TalkWorld
from tests.clauses.test_inspection_formal_interviews import ASSESSMENT, PLAN, REQUEST
from tests.world import World

STAFF = {"clerk1", "clerk2", "deputy1", "head1"}
LEADERS = {"deputy1", "head1"}
OTHER_OFFICE = {"clerk3", "head2"}
CREATORS = {
    f"{TALKS}/plan_talk": STAFF | OTHER_OFFICE,
    f"{YEARS}/open_talk_year": LEADERS | {"head2"},
    f"{INTERVIEWS}/plan_formal_interview": STAFF | OTHER_OFFICE | {"jd1"},
    f"{ASSESSMENTS}/assess_key_few": (STAFF | OTHER_OFFICE) - {"deputy1"},
}
KNOWN = {
    TALKS: STAFF | {"jd1"},
    YEARS: LEADERS | {"jd1"},
    POST_TALKS: STAFF | {"jd1"},
    INTERVIEWS: STAFF | {"jd1", "leader"},
    ASSESSMENTS: (STAFF - {"deputy1"}) | {"leader"},
}
"""Never the unit (edu-head, edu-clerk), whom they are about, nor another office."""
DECIDERS = {INTERVIEWS: {"leader"}}
DOERS: dict[str, dict[str, set[str]]] = {
    TALKS: dict.fromkeys(("hold_talk", "file_talk", "call_off_talk"), STAFF),
    YEARS: dict.fromkeys(("name_key_posts", "close_talk_year"), LEADERS),
    INTERVIEWS: dict.fromkeys(("request_interview_approval", "record_formal_interview"), STAFF | {"jd1"}),
}
"""Who does what on the chosen items; the other kinds have no acts of persons."""
OF_BUSINESS = ("integrity_talk", "talk_year", "post_talk", "formal_interview", "key_few_assessment")


class TalkItems(TalkWorld):
    """Talks in a world that is there already. `chosen`: kind's place → id of an item."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.chosen: dict[str, str] = {}
        self.head, self.deputy = world.as_("head1"), world.as_("deputy1")
        self.clerk, self.liaison, self.leader = world.as_("clerk1"), world.as_("jd1"), world.as_("leader")

    def fill(self) -> TalkItems:
        """An item of each kind, on 2 March 2026."""
        self._keep(TALKS, self.planned())
        self._keep(YEARS, self.year())
        with begin(self.world.runtimes["inspection"]) as work:
            due = PostTalkDue(person_id="p-edu-sec", new_post="finance_chief", adjusted_on=work.today)
            post_changed(work, due)
        [owed] = self.head.get(POST_TALKS).body["items"]
        self._keep(POST_TALKS, f"{POST_TALKS}/{owed['id']}")
        asked = f"{INTERVIEWS}/{done(self.do(INTERVIEWS, 'plan_formal_interview', PLAN)).body['id']}"
        self._keep(INTERVIEWS, asked)
        self._keep(ASSESSMENTS, done(self.do(ASSESSMENTS, "assess_key_few", ASSESSMENT)).body["id"])
        return self

    def ask_approval(self) -> None:
        """The interview waits for the commission."""
        done(self.do(f"{INTERVIEWS}/{self.chosen[INTERVIEWS]}", "request_interview_approval", REQUEST))

    def _keep(self, place: str, address: str) -> None:
        self.chosen[place] = address.rpartition("/")[2]
