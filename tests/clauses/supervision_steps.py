"""Steps of the daily supervision of units, for its clause tests.

The education bureau (`edu`) is covered by office pz1, the housing bureau (`hou`) by pz2; `sch` is a second-level unit
of pz1.
Time stands at Monday 2 March 2026, 9:00; meetings are held on Wednesday 4 March at 10:00.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select

from services.chassis import tables
from services.chassis.audit.tables import AuditEntry
from tests.clauses.round_steps import done, refused
from tests.clauses.unit_org_steps import holder, with_posts
from tests.world import Answer, Client, World

LISTS, MEETINGS = "/inspection/importants-lists", "/inspection/meetings"
OPINIONS, REPORTS = "/inspection/supervision-opinions", "/inspection/importants-reports"
LEDGERS, QUARTERS = "/inspection/business-ledgers", "/inspection/filing-quarters"
FILINGS, CHECKS = "/inspection/subunit-filings", "/inspection/filing-checks"
SELECTIONS, PROBLEMS = "/inspection/selections", "/inspection/problems"
Paper = dict[str, Any]

BOUNDARIES: list[Paper] = [
    {"kind": "matters", "criteria": "影响全局的决策"},
    {"kind": "project", "amount": 2_000_000},
    {"kind": "funds", "amount": 500_000},
    {"kind": "funds", "area_no": 2, "area": "基建", "amount": 800_000},
]
LIST: Paper = {
    "effective_on": "2026-01-01",
    "matters": "重大决策、重要任免、重大项目、大额资金",
    "decision_mechanism": "集体讨论决定",
    "supervision_mechanism": "派驻机构全程监督",
    "boundaries": BOUNDARIES,
}
ITEMS: list[Paper] = [
    {"no": 1, "kind": "decision", "subject": "年度工作要点"},
    {"no": 2, "kind": "appointment", "subject": "干部任免"},
    {"no": 3, "kind": "project", "amount": 3_000_000, "subject": "校舍项目"},
    {"no": 4, "kind": "funds", "amount": 500_000, "subject": "专项资金"},
]
NOTICE: Paper = {
    "kind": "party_committee",
    "opens_at": "2026-03-04T10:00:00+08:00",
    "place": "会议室",
    "items": ITEMS,
}
DAY = "2026-03-04"
AGENDA: Paper = {"agenda_on": DAY}
ATTENDANCE: Paper = {"attendee_id": "p-clerk1", "capacity": "observer"}
ABSENCE: Paper = {"absence_reason": "与上级会议冲突"}
OPINION: Paper = {
    "item_no": 3,
    "addressee": "示例区教育局党组",
    "lines": [{"no": 1, "text": "补充风险评估"}, {"no": 2, "text": "公开招标"}],
}
CHECK: Paper = {"item_no": 3, "checked_on": "2026-03-05", "facts": "已按决定执行", "deviates": False}
SELECTION: Paper = {
    "unit_id": "edu",
    "procedure_no": "XR-2026-1",
    "posts": "某科科长",
    "announced_on": "2026-03-02",
}
HEARD: Paper = {"heard_on": "2026-03-02", "favourable": True, "opinion": "同意"}
STAGES = ("analysis", "motion", "plan", "candidates", "appointment")


def decided(*numbers: int) -> list[Paper]:
    return [{"item_no": number, "decision": "同意"} for number in numbers]


class SupervisionWorld:
    """Inspection alone unless told otherwise, with the acts of daily supervision in short."""

    def __init__(self, folder: Path, *, services: tuple[str, ...] = ("inspection",)) -> None:
        self.world = World(folder, services=services)
        self.head, self.deputy = self.world.as_("head1"), self.world.as_("deputy1")
        self.clerk, self.stranger = self.world.as_("clerk1"), self.world.as_("clerk3")
        self.unit, self.party_head = self.world.as_("edu-clerk"), self.world.as_("edu-head")
        self.liaison, self.leader = self.world.as_("jd1"), self.world.as_("leader")
        self.add_second_level()
        self.school = holder(self.world, "sch-clerk")

    def add_second_level(self) -> None:
        """A school of the education system, with somebody who files for it."""
        for runtime in self.world.runtimes.values():
            with runtime.db.write() as session:
                if session.get(tables.DirectoryOffice, "sch") is None:
                    session.add(
                        tables.DirectoryOffice(
                            office_id="sch", kind="subordinate_unit", liaison_office_id="", status="active",
                            version=1,
                        )
                    )  # fmt: skip
                    session.add(
                        tables.DirectoryCoverage(
                            unit_id="sch", office_id="pz1", liaison_office_id="jd1", version=1
                        )
                    )
        with_posts(self.world, ("sch-clerk", "subordinate_unit", "", "sch"))

    def do(
        self,
        item: str,
        name: str,
        paper: Mapping[str, object] | None = None,
        *,
        by: Client | None = None,
        documents: Sequence[str] = (),
    ) -> Answer:
        client = by or self.clerk
        return client.act(f"{item}/{name}", paper or {}, attachments=self.documents(client, documents))

    def documents(self, client: Client, kinds: Sequence[str]) -> list[dict[str, str]]:
        return [{"kind": kind, "id": client.upload("inspection")} for kind in kinds]

    def item(self, address: str, by: Client | None = None) -> Any:
        answer = (by or self.clerk).get(address)
        assert answer.status == 200, answer.body
        return answer.body

    def cover(self, unit: str, kind: str = "comprehensive_unit", office: str = "pz1") -> None:
        """A unit more, supervised by an office."""
        for runtime in self.world.runtimes.values():
            with runtime.db.write() as session:
                session.add(
                    tables.DirectoryOffice(
                        office_id=unit, kind=kind, liaison_office_id="", status="active", version=1
                    )
                )
                session.add(
                    tables.DirectoryCoverage(
                        unit_id=unit, office_id=office, liaison_office_id="jd1", version=1
                    )
                )

    # Important matters and meetings.

    def file_list(self, *, by: Client | None = None, **changes: Any) -> Answer:
        return self.do(LISTS, "file_importants_list", LIST | changes, by=by or self.unit)

    def announce(self, *, by: Client | None = None, **changes: Any) -> Answer:
        return self.do(MEETINGS, "announce_meeting", NOTICE | changes, by=by or self.unit)

    def announced(self, **changes: Any) -> str:
        return f"{MEETINGS}/{done(self.announce(**changes)).body['id']}"

    def deliver(self, meeting: str, *, by: Client | None = None, **changes: Any) -> Answer:
        documents = ("meeting_agenda",)
        return self.do(
            meeting, "deliver_materials", AGENDA | changes, by=by or self.unit, documents=documents
        )

    def attend(self, meeting: str, *, by: Client | None = None, **changes: Any) -> Answer:
        return self.do(meeting, "record_attendance", ATTENDANCE | changes, by=by)

    def attended(self, **changes: Any) -> str:
        """A meeting of Wednesday 4 March that the office attended; it is Thursday."""
        meeting = self.announced(**changes)
        self.world.on(2026, 3, 5)
        done(self.attend(meeting))
        return meeting

    def absent(self, **changes: Any) -> str:
        meeting = self.announced(**changes)
        self.world.on(2026, 3, 4, 12)
        done(self.do(meeting, "record_absence", ABSENCE))
        return meeting

    def minutes(self, meeting: str, *, by: Client | None = None, **changes: Any) -> Answer:
        paper = {"filed_on": DAY, "decisions": decided(3)} | changes
        return self.do(meeting, "file_minutes", paper, by=by or self.unit, documents=("meeting_minutes",))

    def decide(self, meeting: str, *numbers: int) -> Answer:
        return self.do(meeting, "record_decision", {"decided_on": DAY, "decisions": decided(*numbers)})

    def check(self, meeting: str, **changes: Any) -> Answer:
        return self.do(meeting, "check_implementation", CHECK | changes)

    def opine(self, meeting: str, *, by: Client | None = None, **changes: Any) -> Answer:
        paper = OPINION | {"meeting_id": meeting.rpartition("/")[2]} | changes
        return self.do(OPINIONS, "issue_supervision_opinion", paper, by=by)

    # Filings and selection procedures.

    def file_meetings(self, first: str, last: str, **changes: Any) -> Answer:
        paper: Paper = {"period_from": first, "period_to": last, "nil": True} | changes
        return self.do(FILINGS, "file_subunit_meetings", paper, by=self.school)

    def only(self, place: str, by: Client | None = None) -> Any:
        """The one item of a kind."""
        [item] = self.listed(place, by)
        return item

    def listed(self, place: str, by: Client | None = None) -> list[Any]:
        answer = (by or self.clerk).get(place)
        assert answer.status == 200, answer.body
        return list(answer.body["items"])

    def selection(self, stage: str = "analysis", **changes: Any) -> str:
        """A procedure that has come as far as `stage`, the head heard where that is asked for."""
        item = f"{SELECTIONS}/{done(self.do(SELECTIONS, 'open_selection', SELECTION | changes)).body['id']}"
        for number in range(STAGES.index(stage)):
            if number < 2:
                done(self.do(item, "give_selection_opinion", HEARD, by=self.head))
            done(self.advance(item))
        return item

    def advance(self, item: str, *, by: Client | None = None) -> Answer:
        return self.do(item, "advance_selection", {"entered_on": "2026-03-02"}, by=by)

    # What is seen from outside.

    def duties(self, item: str, clause: str, by: Client | None = None) -> list[Any]:
        return [one for one in self.item(item, by)["duties"] if one["clause"] == clause]

    def gaps(self, item: str, clause: str) -> int:
        """How many open gaps of a clause the item has."""
        return sum(g["clause"] == clause and not g["filled_at"] for g in self.item(item)["gaps"])

    def events(self, name: str) -> list[Paper]:
        with self.world.runtimes["inspection"].db.read() as session:
            query = select(tables.Outbox.event_id, tables.Outbox.body).where(
                tables.Outbox.type == f"inspection.{name}.v1"
            )
            found = {row.event_id: row.body for row in session.execute(query.order_by(tables.Outbox.id))}
        return [json.loads(body)["data"] for body in found.values()]

    def figure(self, clause: str) -> Any:
        """The value of a figure for the office and the year, as its head gets it."""
        asked = {"from": "2026-01-01", "to": "2026-12-31", "offices": "pz1"}
        answer = self.head.get(f"/inspection/figures/{clause}", **asked)
        assert answer.status == 200, answer.body
        return answer.body["value"]

    def told(self, template: str) -> list[tuple[str, str]]:
        """(role, office) of the notices that were asked for."""
        return [
            (n["to_role"], n["office_id"]) for n in self.events("notice_due") if n["template"] == template
        ]

    def audited(self, act: str) -> list[Any]:
        """The bodies of the accepted entries of an act."""
        with self.world.runtimes["inspection"].db.read() as session:
            entries = session.scalars(select(AuditEntry).where(AuditEntry.act == act))
            return [json.loads(e.body) for e in entries if e.outcome == "accepted"]


__all__ = ["SupervisionWorld", "done", "refused"]
