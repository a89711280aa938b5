"""Checks of units, main responsibility and special checks in the prepared worlds, and who gets through on them."""

from __future__ import annotations

from tests.attacks.trying import ACCOUNTS
from tests.clauses.responsibility_steps import (
    ENGAGEMENTS,
    HEARINGS,
    KEY_MATTERS,
    RECORDS,
    REQUESTS,
    REVIEWS,
    SELF_CHECKS,
    SPECIALS,
    YEARS,
    ResponsibilityWorld,
)
from tests.clauses.test_inspection_duty_records import QUARTER, keep, submit
from tests.clauses.test_inspection_support import KEY, NEED, invite
from tests.clauses.unit_check_steps import CHECKS, LISTS, done
from tests.world import World

STAFF = {"clerk1", "clerk2", "deputy1", "head1"}
UNIT = {"edu-clerk", "edu-head"}
OFFICES = STAFF | {"clerk3", "head2"}
UNITS = UNIT | {"hou-head"}
LEADERS = {"deputy1", "head1"}
CREATORS = {
    f"{CHECKS}/record_unit_check": OFFICES,
    f"{LISTS}/register_responsibility_list": OFFICES | UNITS,
    f"{SELF_CHECKS}/submit_self_check": UNITS,
    f"{HEARINGS}/begin_year_start_hearings": LEADERS | {"head2"},
    f"{RECORDS}/keep_duty_record": OFFICES | UNITS,
    f"{REVIEWS}/review_duty_records": OFFICES,
    f"{YEARS}/open_special_supervision_year": LEADERS | {"head2"},
    f"{SPECIALS}/open_special_supervision": OFFICES,
    f"{SPECIALS}/open_matter_supervision": OFFICES,
    f"{ENGAGEMENTS}/invite_third_party": OFFICES,
    f"{REQUESTS}/request_support": OFFICES,
    f"{KEY_MATTERS}/mark_key_matter": LEADERS | {"head2"},
}
KNOWN = {
    CHECKS: STAFF | {"jd1", "leader"},
    LISTS: STAFF | UNIT | {"jd1", "leader"},
    SELF_CHECKS: STAFF | UNIT,
    HEARINGS: STAFF | UNIT,
    RECORDS: STAFF | UNIT,
    REVIEWS: STAFF | UNIT,
    YEARS: STAFF,
    SPECIALS: STAFF | {"dfs1"},
    ENGAGEMENTS: STAFF,
    REQUESTS: STAFF | {"ags1"},
    KEY_MATTERS: STAFF,
}
"""Of the items that `UnitCheckItems` has chosen; of a special check who forwards its report knows too."""
DOERS: dict[str, dict[str, set[str]]] = {
    LISTS: dict.fromkeys(
        ("revise_responsibility_list", "record_task_progress", "withdraw_responsibility_list"), STAFF | UNIT
    ),
    HEARINGS: {
        "record_year_start_hearing": STAFF | UNIT,
        "sign_year_start_hearing": {"head1", "edu-head"},
        "complete_year_start_hearing": STAFF | UNIT,
    },
    SPECIALS: {
        "add_participant": STAFF,
        "conclude_special_supervision": STAFF,
        "report_special_supervision": LEADERS,
        "forward_special_supervision": {"dfs1"},
    },
    ENGAGEMENTS: dict.fromkeys(("file_third_party_opinion", "end_third_party_engagement"), STAFF),
    REQUESTS: {"answer_support_request": {"ags1"}},
    KEY_MATTERS: {"settle_key_matter": LEADERS},
}
"""Who does what on the chosen items; the other kinds have no acts of persons."""
VIEWS = {
    "GET /supervision-record": set(ACCOUNTS),  # of units of which they may know
    "GET /responsibility-lists/<id>/coverage": KNOWN[LISTS],
}
WITH_SCANS = {ENGAGEMENTS}
OF_BUSINESS = (
    "unit_check",
    "responsibility_list",
    "self_check",
    "year_start_hearing",
    "duty_record",
    "duty_record_review",
    "special_supervision_year",
    "special_supervision",
    "third_party_engagement",
    "support_request",
    "key_matter",
)


class UnitCheckItems(ResponsibilityWorld):
    """An office's checks of a unit in a world that is there already. `chosen`: kind's place → id."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.chosen: dict[str, str] = {}
        self.clerk, self.head, self.deputy = (world.as_(name) for name in ("clerk1", "head1", "deputy1"))
        self.unit, self.party_head = world.as_("edu-clerk"), world.as_("edu-head")
        self.liaison, self.leader = world.as_("jd1"), world.as_("leader")

    def fill(self) -> UnitCheckItems:
        """An item of each kind, on 2 March 2026."""
        self._keep(LISTS, self.registered())
        self._keep(CHECKS, str(done(self.check_unit()).body["id"]))
        self._keep(SELF_CHECKS, str(done(submit(self, self.announced())).body["id"]))
        self._keep(HEARINGS, self.hearing())
        self._keep(RECORDS, str(done(keep(self, "p-edu-vice")).body["id"]))
        self._keep(REVIEWS, str(done(self.do(REVIEWS, "review_duty_records", QUARTER)).body["id"]))
        self._keep(
            KEY_MATTERS, str(done(self.do(KEY_MATTERS, "mark_key_matter", KEY, by=self.head)).body["id"])
        )
        self.fill_special()
        return self

    def fill_special(self) -> None:
        """A check that was reported, with a third party's engagement and a request for support."""
        self.third_party()
        self._keep(YEARS, self.year())
        check = self.special()
        self._keep(ENGAGEMENTS, str(done(invite(self, check)).body["id"]))
        self._keep(REQUESTS, str(done(self.do(REQUESTS, "request_support", NEED)).body["id"]))
        done(self.conclude(check))
        done(self.report(check))
        self._keep(SPECIALS, check)

    def _keep(self, place: str, address: str) -> None:
        self.chosen[place] = address.rpartition("/")[2]
