"""Steps of the work with units, for its clause tests; with somebody of two units' discipline organisations."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from dengwen.example import example_authority
from services.chassis import tables
from services.chassis.access import Claims
from tests.clauses.clues_steps import CluesWorld, done
from tests.world import Answer, Client, World

CASES, CHECKS, OPINIONS = "/clues/enforcement-cases", "/clues/unit-org-checks", "/clues/unit-org-opinions"
ORG = "unit_discipline_org"
LEARNED: dict[str, object] = {
    "unit_id": "edu",
    "subject_ids": ["p-edu-vice"],
    "authority": "示例区公安分局",
    "known_on": "2026-03-02",
    "facts": "因涉嫌危险驾驶被立案",
}
CHECK: dict[str, object] = {
    "unit_id": "edu",
    "lever": "check",
    "topics": ["petitions", "clues"],
    "held_on": "2026-03-02",
    "content": "抽查台账，发现登记不全",
    "finding_count": 2,
}
ASKED: dict[str, object] = {
    "matter_code": "own_case",
    "subject_ids": ["p-edu-clerk"],
    "matter": "自办案件基本情况",
    "proposal": "拟给予批评教育",
}
BOTH = ["liaison_discipline_office", "case_supervision_office"]


def with_posts(world: World, *posts: tuple[str, str, str, str]) -> None:
    """Put persons with a post into every directory: account, role, office, unit (either may be empty)."""
    for runtime in world.runtimes.values():
        with runtime.db.write() as session:
            for account, role, office, unit in posts:
                if session.get(tables.DirectoryAccount, account) is None:
                    session.add_all(_rows(account, role, office, unit))


def _rows(account: str, role: str, office: str, unit: str) -> list[object]:
    person = f"p-{account}"
    return [
        tables.DirectoryPerson(
            person_id=person,
            level="staff",
            managing_authority="unit",
            unit_id=unit,
            office_id=office,
            superior_id="",
            relatives="",
            leadership_member=False,
            party_head=False,
            version=1,
            box_key="",
        ),
        tables.DirectoryAssignment(
            assignment_id=f"post-{account}",
            person_id=person,
            role=role,
            office_id=office,
            unit_id=unit,
            valid_from=date(2020, 1, 1),
            valid_to=None,
            version=1,
        ),
        tables.DirectoryAccount(account_id=account, person_id=person, status="active", version=1),
    ]


def holder(world: World, account: str) -> Client:
    """As `World.as_`, for somebody of `with_posts`, who may be in the example authority by now."""
    if any(post.account == account for post in example_authority().posts):
        return world.as_(account)
    return Client(world, Claims(account, f"p-{account}", f"session-{account}", f"post-{account}"))


class UnitOrgWorld(CluesWorld):
    """The acts with units in short."""

    def __init__(self, folder: Path, *, services: tuple[str, ...] = ("clues",)) -> None:
        super().__init__(folder, services=services)
        with_posts(self.world, ("edu-org", ORG, "", "edu"), ("hou-org", ORG, "", "hou"))
        self.org, self.other_org = (holder(self.world, one) for one in ("edu-org", "hou-org"))
        self.liaison, self.supervision = self.world.as_("jd1"), self.world.as_("ags1")

    def learned(self, *, by: Client | None = None, **changes: object) -> Answer:
        return (by or self.clerk).act(f"{CASES}/register_enforcement_case", LEARNED | changes)

    def told(self, account: str = "edu-clerk", **changes: object) -> Answer:
        paper = {key: value for key, value in LEARNED.items() if key != "unit_id"} | changes
        return self.world.as_(account).act(f"{CASES}/tell_of_enforcement_case", paper)

    def report_case(self, item: str, *, by: Client | None = None, to: list[str] | None = None) -> Answer:
        paper: dict[str, object] = {"recipient_roles": BOTH if to is None else to}
        return (by or self.clerk).act(f"{CASES}/{item}/report_enforcement_case", paper)

    def check(self, *, by: Client | None = None, **changes: object) -> Answer:
        return (by or self.clerk).act(f"{CHECKS}/record_unit_org_check", CHECK | changes)

    def ask(self, *, by: Client | None = None, **changes: object) -> Answer:
        return (by or self.org).act(f"{OPINIONS}/ask_unit_org_opinion", ASKED | changes)

    def asked(self) -> str:
        return str(done(self.ask()).body["id"])

    def give(self, item: str, *, by: Client | None = None, **changes: object) -> Answer:
        paper = {"opinion_code": "agreed"} | changes
        return (by or self.head).act(f"{OPINIONS}/{item}/give_unit_org_opinion", paper)

    def handle(self, item: str, *, by: Client | None = None, **changes: object) -> Answer:
        paper = {"handled_on": "2026-03-02", "handling": "给予批评教育"} | changes
        return (by or self.org).act(f"{OPINIONS}/{item}/record_unit_org_handling", paper)

    def told_of(self, template: str) -> list[tuple[str, str, str]]:
        """Role, office and person of each notice that clues asked for."""
        told = [e.data for e in self.events("clues.notice_due") if e.data["template"] == template]
        return [(str(n["to_role"]), str(n["office_id"]), str(n["to_person"])) for n in told]
