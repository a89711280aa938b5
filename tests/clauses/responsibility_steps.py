"""Steps of main responsibility and special checks, for their clause tests; the world is that of unit checks."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from services.chassis.audit.tables import AuditEntry
from services.chassis.tables import DirectoryPerson
from tests.clauses.supervision_steps import Paper, done, refused
from tests.clauses.unit_check_steps import UnitCheckWorld
from tests.clauses.unit_org_steps import holder, with_posts
from tests.world import Answer, Client

SELF_CHECKS, HEARINGS = "/inspection/self-checks", "/inspection/year-start-hearings"
RECORDS, REVIEWS = "/inspection/duty-records", "/inspection/duty-record-reviews"
YEARS, SPECIALS = "/inspection/special-supervision-years", "/inspection/special-supervisions"
ENGAGEMENTS, REQUESTS = "/inspection/third-party-engagements", "/inspection/support-requests"
KEY_MATTERS = "/inspection/key-matters"
HEARING: Paper = {
    "held_on": "2026-03-02",
    "members": [{"person_id": "p-edu-vice", "report": "履行一岗双责情况"}],
    "next_level": [{"organisation": "示例区第一小学党支部", "report": "履行主体责任情况"}],
}
PLAN: Paper = {
    "ground": "industry",
    "problem": "校服采购中的廉洁风险",
    "unit_ids": ["edu"],
    "department_ids": ["edu-finance"],
    "member_ids": ["p-clerk1"],
    "planned_to": "2026-06-30",
}
REPORT: Paper = {"channel": "party_conduct_office", "findings": "检查情况", "proposals": "意见建议"}
CONCLUSION: Paper = {"concluded_on": "2026-03-02", "findings": "检查发现"}


class ResponsibilityWorld(UnitCheckWorld):
    """Main responsibility and special checks in short."""

    @property
    def party_conduct(self) -> Client:
        return self.world.as_("dfs1")

    def cover_like_edu(self, unit: str) -> None:
        """A unit more of the office, with its head, a clerk and one more member of the leadership."""
        self.cover(unit, "supervised_unit")
        head, clerk, vice = (f"{unit}-{post}" for post in ("head", "clerk", "vice"))
        with_posts(self.world, (head, "local_party_head", "", unit), (clerk, "supervised_unit", "", unit))
        with_posts(self.world, (vice, "unit_party_member", "", unit))
        for runtime in self.world.runtimes.values():
            with runtime.db.write() as session:
                session.get_one(DirectoryPerson, f"p-{vice}").leadership_member = True

    def of_unit(self, account: str, unit: str) -> Client:
        """The account, or for one of the education bureau that of the same post at the unit."""
        if account.startswith("edu-"):
            return holder(self.world, account.replace("edu", unit))
        return self.world.as_(account)

    def begin_hearings(self, *, by: Client | None = None, **changes: Any) -> Answer:
        paper = {"unit_id": "edu", "next_level_count": 1} | changes
        return self.do(HEARINGS, "begin_year_start_hearings", paper, by=by or self.head)

    def hearing(self, **changes: Any) -> str:
        """Awaited, at the education bureau."""
        return f"{HEARINGS}/{done(self.begin_hearings(**changes)).body['id']}"

    def record_hearing(self, of: str, *, by: Client | None = None, **changes: Any) -> Answer:
        return self.do(of, "record_year_start_hearing", HEARING | changes, by=by)

    def sign(self, of: str, *signers: Client) -> None:
        for signer in signers:
            done(self.do(of, "sign_year_start_hearing", by=signer))

    def complete(self, of: str) -> Answer:
        return self.do(of, "complete_year_start_hearing")

    def open_special(self, *, by: Client | None = None, **changes: Any) -> Answer:
        paper = {key: value for key, value in (PLAN | changes).items() if value is not None}
        return self.do(SPECIALS, "open_special_supervision", paper, by=by)

    def special(self, state: str = "opened", **changes: Any) -> str:
        """A check that has come as far as `state`."""
        item = f"{SPECIALS}/{done(self.open_special(**changes)).body['id']}"
        if state in ("concluded", "reported"):
            done(self.conclude(item))
        if state == "reported":
            done(self.report(item))
        return item

    def conclude(self, item: str, **changes: Any) -> Answer:
        return self.do(item, "conclude_special_supervision", CONCLUSION | changes)

    def report(self, item: str, *, by: Client | None = None, **changes: Any) -> Answer:
        return self.do(item, "report_special_supervision", REPORT | changes, by=by or self.head)

    def year(self, year: int = 2026) -> str:
        answer = done(self.do(YEARS, "open_special_supervision_year", {"year": year}, by=self.head))
        return f"{YEARS}/{answer.body['id']}"

    def third_party(self, account: str = "zj") -> Client:
        """Somebody of an accounting firm, who can sign in."""
        with_posts(self.world, (account, "third_party", "", ""))
        return holder(self.world, account)

    def staff_of(self, account: str, department: str) -> Client:
        """Somebody of a department of the education bureau."""
        with_posts(self.world, (account, "unit_department", "", department))
        for runtime in self.world.runtimes.values():
            with runtime.db.write() as session:
                session.get_one(DirectoryPerson, f"p-{account}").unit_id = "edu"
        return holder(self.world, account)

    def registered_clue(self) -> str:
        """A clue of the office's own finding."""
        entry = {
            "source": "own_finding", "found_on": "2026-03-02", "unit_id": "edu", "subject_ids": ["p-edu-sec"],
            "facts": "日常监督中发现的问题",
        }  # fmt: skip
        return str(done(self.clerk.act("/clues/clues/register_clue", entry)).body["id"])

    def refusals_on(self, address: str) -> list[str]:
        """The codes in the audit trail of readings of an item that were refused."""
        service, item = address.split("/")[1], address.rpartition("/")[2]
        with self.world.runtimes[service].db.read() as session:
            query = select(AuditEntry.code).where(
                AuditEntry.subject_id == item, AuditEntry.outcome == "refused"
            )
            return list(session.scalars(query))


__all__ = ["ResponsibilityWorld", "done", "refused"]
