"""Steps of integrity talks, for their clause tests.

The dispatched office pz1 (head1, deputy1, clerk1) supervises the education bureau: p-edu-head and p-edu-vice are its
leadership, managed by the district; p-edu-sec leads a department; p-edu-clerk is staff. Time stands at 2 March 2026.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select

from services.chassis import tables
from tests.clauses.round_steps import done
from tests.world import Answer, Client, World

TALKS, YEARS = "/inspection/integrity-talks", "/inspection/talk-years"
POST_TALKS, INTERVIEWS = "/inspection/post-talks", "/inspection/formal-interviews"
ASSESSMENTS = "/inspection/key-few-assessments"
Paper = dict[str, Any]

PLAN: Paper = {
    "talk_type": "key_post",
    "unit_id": "edu",
    "person_id": "p-edu-sec",
    "speaker_id": "p-head1",
    "planned_on": "2026-03-02",
}
MEMBER: Paper = {"talk_type": "leadership_member", "person_id": "p-edu-vice"}
DISTRICT: Paper = {"talk_type": "district_managed", "person_id": "p-edu-vice"}
COLLECTIVE: Paper = {"talk_type": "collective", "person_id": ""}
TALK: Paper = {
    "held_on": "2026-03-02",
    "topic": "落实主体责任",
    "integrity_work": "党风廉政建设工作",
    "self_discipline": "个人廉洁自律",
    "risk_reminder": "岗位廉政风险提醒",
}
BESIDE = ("archive", "notifications", "desk", "intake")
"""Who has to be there when facts go to the integrity file, and posts come from the roster."""
ALL_THREE = ("p-edu-head", "p-edu-vice", "p-edu-sec")


def blank(field: str) -> Paper:
    """A field that is there and says nothing."""
    return {field: " "}


class TalkWorld:
    """Inspection, with what a test needs beside it, and the acts of talks in short."""

    def __init__(self, folder: Path, *services: str) -> None:
        self.world = World(folder / "world", services=("inspection", *services))
        self.head, self.deputy = self.world.as_("head1"), self.world.as_("deputy1")
        self.clerk, self.liaison = self.world.as_("clerk1"), self.world.as_("jd1")
        self.leader = self.world.as_("leader")

    def do(
        self,
        item: str,
        name: str,
        paper: Paper | None = None,
        *,
        by: Client | None = None,
        documents: Sequence[str] = (),
    ) -> Answer:
        client = by or self.head
        attached = [{"kind": kind, "id": client.upload("inspection")} for kind in documents]
        return client.act(f"{item}/{name}", paper or {}, attachments=attached)

    def plan(self, *, by: Client | None = None, **changes: Any) -> Answer:
        return self.do(TALKS, "plan_talk", PLAN | changes, by=by)

    def planned(self, **changes: Any) -> str:
        return f"{TALKS}/{done(self.plan(**changes)).body['id']}"

    def hold(self, item: str, *, by: Client | None = None, **changes: Any) -> Answer:
        return self.do(item, "hold_talk", TALK | changes, by=by)

    def talk(self, on: str = "2026-03-02", *, record: Paper | None = None, **plan: Any) -> str:
        """A talk that was held on a day."""
        item = self.planned(**plan)
        said: Paper = {"held_on": on} | (record or {})
        done(self.hold(item, **said))
        return item

    def year(self, year: int = 2026) -> str:
        return f"{YEARS}/{done(self.do(YEARS, 'open_talk_year', {'year': year})).body['id']}"

    def item(self, address: str, by: Client | None = None) -> Any:
        answer = (by or self.head).get(address)
        assert answer.status == 200, answer.body
        return answer.body

    def clocks(self, address: str, clause: str) -> dict[str, str]:
        """Status by recipient; `late` for what was met late."""
        found = {}
        for duty in self.item(address)["duties"]:
            if duty["clause"] == clause:
                found[duty["recipient"]] = "late" if duty["late"] else duty["status"]
        return found

    def events(self, name: str) -> list[Paper]:
        """The data of the events of a type, one a fact, in order."""
        with self.world.runtimes["inspection"].db.read() as session:
            query = select(tables.Outbox.event_id, tables.Outbox.body).where(
                tables.Outbox.type == f"inspection.{name}.v1"
            )
            found = {row.event_id: row.body for row in session.execute(query.order_by(tables.Outbox.id))}
        return [json.loads(body)["data"] for body in found.values()]

    def notices(self) -> list[str]:
        return [event["template"] for event in self.events("notice_due")]

    def official(self, person: str, *, level: str = "section_staff", by: str = "unit") -> str:
        """Somebody more of the education bureau."""
        with self.world.runtimes["inspection"].db.write() as session:
            session.add(
                tables.DirectoryPerson(
                    person_id=person, level=level, managing_authority=by, unit_id="edu", office_id="",
                    superior_id="", relatives="", leadership_member=False, party_head=False, box_key="", version=1,
                )
            )  # fmt: skip
        return person

    def day(self, year: int, month: int, day: int, hour: int = 9) -> None:
        """Time moves, and the clock does what it does."""
        self.world.on(year, month, day, hour)
        self.world.tick()
