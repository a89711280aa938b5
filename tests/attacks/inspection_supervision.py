"""Daily supervision in the prepared worlds, and who gets through on its items, for the enumerations."""

from __future__ import annotations

from tests.clauses.supervision_steps import (
    CHECKS,
    FILINGS,
    LEDGERS,
    LISTS,
    MEETINGS,
    OPINIONS,
    PROBLEMS,
    QUARTERS,
    REPORTS,
    SELECTIONS,
    SupervisionWorld,
    done,
)
from tests.clauses.unit_org_steps import holder
from tests.world import World

STAFF = {"clerk1", "clerk2", "deputy1", "head1"}
LEADERS = {"deputy1", "head1"}
UNIT = {"edu-clerk", "edu-head"}
OFFICES = STAFF | {"clerk3", "head2"}
UNITS = UNIT | {"hou-head"}
CREATORS = {
    f"{LISTS}/file_importants_list": OFFICES | UNITS,
    f"{MEETINGS}/announce_meeting": OFFICES | UNITS,
    f"{OPINIONS}/issue_supervision_opinion": OFFICES,
    f"{REPORTS}/send_importants_report": LEADERS | {"head2"},
    f"{REPORTS}/report_urgent_matter": OFFICES,
    f"{LEDGERS}/provide_business_ledger": UNITS,
    f"{QUARTERS}/begin_subunit_filings": LEADERS | {"head2"},
    f"{FILINGS}/file_subunit_meetings": set[str](),  # nobody's of the example authority
    f"{SELECTIONS}/open_selection": OFFICES,
}
KNOWN = {
    LISTS: STAFF | UNIT,
    MEETINGS: STAFF | UNIT | {"jd1", "leader"},
    OPINIONS: STAFF | UNIT | {"jd1", "leader"},
    REPORTS: STAFF | {"leader"},
    LEDGERS: STAFF | UNIT,
    QUARTERS: STAFF,
    FILINGS: STAFF,
    CHECKS: STAFF,
    SELECTIONS: STAFF | {"leader"},
    PROBLEMS: STAFF | {"leader"},
}
"""Of the items that `SupervisionItems` has chosen. The report is an urgent one."""
BOTH = STAFF | UNIT
DOERS: dict[str, dict[str, set[str]]] = {
    LISTS: dict.fromkeys(("revise_importants_list", "withdraw_importants_list"), BOTH),
    MEETINGS: dict.fromkeys(
        ("schedule_meeting", "cancel_meeting", "deliver_materials", "file_minutes"), BOTH
    ),
    OPINIONS: {"answer_supervision_opinion": UNIT},
    REPORTS: {name: set[str]() for name in ("receive_importants_report", "forward_importants_report")},
    CHECKS: {},
    SELECTIONS: {"give_selection_opinion": {"head1"}},
    PROBLEMS: {},
}
"""Who does what on the chosen items; an act that is not here is the office's. Other kinds have no acts of persons."""
OF_BUSINESS = (
    "importants_list", "meeting", "supervision_opinion", "importants_report", "business_ledger", "filing_quarter",
    "subunit_filing", "filing_check", "selection", "problem",
)  # fmt: skip


class SupervisionItems(SupervisionWorld):
    """The supervision of a unit in a world that is there already. `chosen`: kind's place → id of an item."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.chosen: dict[str, str] = {}
        self.clerk, self.head, self.deputy = (world.as_(name) for name in ("clerk1", "head1", "deputy1"))
        self.unit = world.as_("edu-clerk")
        self.add_second_level()
        self.school = holder(world, "sch-clerk")

    def fill(self) -> SupervisionItems:
        """An item of each kind, on 2 March 2026, that others than the office's may still act on."""
        self._keep(LISTS, self.file_list().body)
        self._keep(MEETINGS, self.announce().body)
        self._keep(OPINIONS, self.opine(f"{MEETINGS}/{self.chosen[MEETINGS]}").body)
        urgent = {"unit_id": "edu", "discovered_at": "2026-03-02T08:00:00+08:00", "matter": "紧急事项"}
        self._keep(REPORTS, self.do(REPORTS, "report_urgent_matter", urgent).body)
        period = {"kind": "large_funds", "period_from": "2026-01-01", "period_to": "2026-02-28"}
        self._keep(LEDGERS, self.do(LEDGERS, "provide_business_ledger", period, by=self.unit).body)
        begun = self.do(QUARTERS, "begin_subunit_filings", {"unit_id": "sch"}, by=self.head)
        self._keep(QUARTERS, begun.body)
        self._keep(FILINGS, done(self.file_meetings("2026-01-01", "2026-02-28")).body)
        self._keep(CHECKS, self.only(CHECKS))
        selection = self.selection()
        self.chosen[SELECTIONS] = selection.rpartition("/")[2]
        paper = {"supervised_on": "2026-03-02", "facts": "列席动议会", "grade": "general"}
        done(self.do(selection, "supervise_stage", paper))
        self._keep(PROBLEMS, self.only(PROBLEMS))
        return self

    def _keep(self, place: str, item: dict[str, object]) -> None:
        self.chosen[place] = str(item["id"])
