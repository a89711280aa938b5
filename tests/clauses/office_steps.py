"""Steps of the supervision of dispatched offices themselves, for its clause tests.

The leading group is `dcz`; its six teams are of the organisation department, the liaison office, the discipline
commission of organs and both dispatched offices. Team 1 (with a clerk of pz1) checks pz2, team 2 (with one of pz2) pz1.
"""

from __future__ import annotations

from typing import Any

from tests.clauses.five_supervision_steps import FiveSupervisions
from tests.clauses.supervision_steps import done
from tests.clauses.unit_org_steps import holder, with_posts
from tests.world import Answer, Client, World

GROUPS, QUARTERS = "/inspection/supervision-groups", "/inspection/office-quarters"
ROUNDS, CHECKS = "/inspection/office-rounds", "/inspection/office-checks"
OPINIONS = "/inspection/office-opinions"
Paper = dict[str, Any]
POSTS = (
    ("dcz", "supervision_leading_group", "qw", ""),
    *((f"gb{n}", "cadre_office", "qw", "") for n in range(1, 5)),
    *((f"jg{n}", "organs_discipline_commission", "qw", "") for n in range(1, 3)),
)
TEAMS: list[Paper] = [
    {"no": 1, "leader_id": "p-gb1", "member_ids": ["p-clerk1"], "cleared_ids": ["p-gb1"], "office_ids": ["pz2"]},
    {"no": 2, "leader_id": "p-jd1", "member_ids": ["p-clerk3"], "cleared_ids": ["p-jd1"], "office_ids": ["pz1"]},
    {"no": 3, "leader_id": "p-gb2", "member_ids": [], "office_ids": ["pz1"]},
    {"no": 4, "leader_id": "p-gb3", "member_ids": ["p-jg1"], "office_ids": ["pz1", "pz2"]},
    {"no": 5, "leader_id": "p-jg2", "member_ids": [], "office_ids": ["pz2"]},
    {"no": 6, "leader_id": "p-gb4", "member_ids": [], "office_ids": ["pz1"]},
]  # fmt: skip
GROUP: Paper = {
    "citation": "示例〔2026〕2号",
    "head_id": "p-leader",
    "member_ids": ["p-dcz"],
    "mandate": "督查派驻机构",
}
CHECK: Paper = {
    "office_id": "pz1",
    "checked_on": "2026-03-02",
    "methods": ["ledgers_read", "site_visit", "discussion_held"],
    "findings": "台账规范",
    "result": "in_order",
}
OPINION: Paper = {"channel": "from_masses", "received_on": "2026-03-02", "opinion": "接访时间偏少"}


class OfficeWorld(FiveSupervisions):
    """The acts in short."""

    def __init__(self, *given: Any, **settings: Any) -> None:
        super().__init__(*given, **settings)
        self.add_group()

    def add_group(self) -> None:
        world: World = self.world
        with_posts(world, *POSTS)
        self.group, self.team_head = holder(world, "dcz"), world.as_("jd1")
        self.other_member = world.as_("clerk3")
        self.organiser = holder(world, "gb2")

    def set_up(self, *, by: Client | None = None, **changes: Any) -> Answer:
        return self.do(GROUPS, "set_up_supervision_group", GROUP | changes, by=by or self.leader)

    def plan_round(self, *, by: Client | None = None, teams: list[Paper] = TEAMS, **changes: Any) -> Answer:
        paper = {"quarter": "2026-Q1", "focus": "履职情况", "teams": teams} | changes
        return self.do(ROUNDS, "plan_office_round", paper, by=by or self.group)

    def round_planned(self, **changes: Any) -> str:
        """A round of a group that is set up; gives its id."""
        if not self.listed(GROUPS, self.leader):
            done(self.set_up())
        return str(done(self.plan_round(**changes)).body["id"])

    def check_office(self, round_id: str, *, by: Client | None = None, **changes: Any) -> Answer:
        paper = CHECK | {"round_id": round_id} | changes
        return self.do(CHECKS, "record_office_check", paper, by=by or self.organiser)

    def quarter(self, quarter: str = "2026-Q1") -> str:
        [item] = [one for one in self.listed(QUARTERS, self.group) if one["quarter"] == quarter]
        return f"{QUARTERS}/{item['id']}"

    def quarter_clocks(self, quarter: str = "2026-Q1") -> dict[str, tuple[str, str, bool]]:
        """Of each office the last day, how its clock stands, and whether it was late."""
        return {
            one["recipient"]: (one["due_on"], one["status"], one["late"])
            for one in self.item(self.quarter(quarter), self.group)["duties"]
        }

    def open_gaps(self, quarter: str = "2026-Q1") -> list[str]:
        """The offices that the quarter names as not checked."""
        gaps = self.item(self.quarter(quarter), self.group)["gaps"]
        return [g["about"] for g in gaps if g["clause"] == "GL-3.25" and not g["filled_at"]]

    def ledgers(self, round_id: str, by: Client, office: str = "pz1") -> Answer:
        return by.get(f"{ROUNDS}/{round_id}/ledgers", office=office)

    def ledger(self, round_id: str, by: Client, ledger: str, office: str = "pz1") -> Answer:
        return by.get(f"{ROUNDS}/{round_id}/ledger-entries", office=office, ledger=ledger)

    def opine_on(self, *, by: Client | None = None, **changes: Any) -> Answer:
        return self.do(OPINIONS, "file_office_opinion", OPINION | changes, by=by)
