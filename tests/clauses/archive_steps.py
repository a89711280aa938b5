"""Steps of filing and handing over a unit's archive, for its clause tests (XC-46, XC-47)."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select

from contracts.archive_categories import archive_categories
from services.chassis import tables
from tests.clauses.round_steps import RoundWorld, done
from tests.world import Answer, Client

FILES, ENTRIES = "/inspection/archive-files", "/inspection/catalogue-entries"
ROUND_FILES = "/archive/round-files"
PAPER: dict[str, Any] = {"item_no": "GD-1", "title": "题名", "pages": 3}
RESIDUE: dict[str, Any] = {
    "item_no": "CG-1",
    "level_code": "secret",
    "destroyed_by_id": "p-zu3",
    "witness_id": "p-zu2",
    "destroyed_on": "2026-03-02",
}
LIST: dict[str, Any] = {"items": [RESIDUE], "rule": "涉密载体销毁规定", "list_signed": True}
NOTHING = dict.fromkeys(("computer_returned", "notebook_returned", "holds_nothing"), True)
LISTED = {one.number: one.papers for one in archive_categories()}


def id_of(item: str) -> str:
    return item.rpartition("/")[2]


class ArchiveSteps(RoundWorld):
    """A round with its archive: p-zu3 files what team 1 has of the education bureau."""

    def unit_to_file(self) -> str:
        return self._from_snapshot("unit to file", self._unit_to_file)

    def _unit_to_file(self) -> str:
        unit = self._unit_at("entered")
        done(self.do(unit, "designate_filer", {"filer_id": "p-zu3"}, by=self.leader))
        return unit

    def file_being_made_up(self) -> str:
        """A file in which every paper of every category is filed."""
        return self._from_snapshot("file with everything", lambda: self.filled(self._opened_file()))

    def _opened_file(self) -> str:
        return f"{FILES}/{done(self.open_catalogue(self._unit_to_file())).body['id']}"

    def open_catalogue(self, unit: str, *, by: Client | None = None) -> Answer:
        return self.do(FILES, "open_catalogue", {"engagement_id": id_of(unit)}, by=by or self.member)

    def filled(self, file: str, *, but: int = 0) -> str:
        for number, papers in LISTED.items():
            for paper in papers if number != but else ():
                done(self.file(file, number, paper, item_no=f"GD-{number}-{paper}"[:64]))
        return file

    def file(
        self, file: str, category: int, document: str, *, by: Client | None = None, **changes: object
    ) -> Answer:
        paper = PAPER | {"archive_file_id": id_of(file), "category": category, "document": document}
        return self.do(ENTRIES, "file_paper", paper | changes, by=by or self.member)

    def explain(self, file: str, category: int, **changes: object) -> Answer:
        paper = {"archive_file_id": id_of(file), "category": category, "nil_reason": "本轮未产生此类材料"}
        return self.do(ENTRIES, "explain_absence", paper | changes, by=self.member)

    def entries(self, category: int, by: Client | None = None) -> list[str]:
        """Addresses of what stands in a category, of what the reader may know of."""
        items = (by or self.member).get(ENTRIES, limit="200").body["items"]
        found = [one for one in items if one["category"] == category and one["state"] != "struck"]
        return [f"{ENTRIES}/{one['id']}" for one in found]

    def strike(self, entry: str) -> Answer:
        return self.do(entry, "strike_entry", {"reason": "误录"}, by=self.member)

    def emptied(self, file: str, category: int) -> str:
        for entry in self.entries(category):
            done(self.strike(entry))
        return file

    def close(self, file: str) -> Answer:
        return self.do(file, "close_catalogue", by=self.member)

    def hand_over(self, file: str, **changes: object) -> Answer:
        """With the statements of the others, unless there are any."""
        self.others_sign(file)
        return self.do(file, "hand_over_archive", {"team_signed": True} | changes, by=self.member)

    def handed_over(self, file: str) -> str:
        """Closed, handed over, and as archive has it: the address there."""
        done(self.close(file))
        done(self.hand_over(file))
        self.world.pump()
        return self.round_file(file)

    def round_file(self, file: str) -> str:
        items = self.office.get(ROUND_FILES).body["items"]
        return f"{ROUND_FILES}/{next(one['id'] for one in items if one['source_ref'] == id_of(file))}"

    def leave_for_good(self, file: str) -> None:
        """The team has left its unit, and everybody has signed that they hold nothing."""
        self.others_sign(file)
        unit = f"/inspection/engagements/{self.item(file)['engagement_id']}"
        done(self.do(self.team_at(unit), "sign_zero_holding", NOTHING, by=self.member))
        self.world.pump()

    def others_sign(self, file: str) -> None:
        """The team leaves its unit, unless it has left, and all but the filer sign."""
        unit = f"/inspection/engagements/{self.item(file)['engagement_id']}"
        if self.item(unit)["state"] == "fieldwork":
            self.leave_unit(file)
            for one in (self.leader, self.deputy):
                done(self.do(self.team_at(unit), "sign_zero_holding", NOTHING, by=one))

    def leave_unit(self, file: str) -> None:
        """The team leaves the unit of a file."""
        unit = f"/inspection/engagements/{self.item(file)['engagement_id']}"
        checked: dict[str, Any] = {"checker_id": "p-zu2", "checked_on": "2026-03-02"}
        done(self.do(unit, "close_fieldwork", by=self.leader))
        parts = dict.fromkeys(("papers_checked", "destruction_checked", "devices_checked"), True)
        done(self.do(unit, "check_security", checked | parts, by=self.deputy))
        done(self.do(unit, "withdraw", {"withdrawn_on": "2026-03-02"}, by=self.leader))

    def accept(self, round_file: str, *, receipt: bool = True, **changes: object) -> Answer:
        given = [{"kind": "archive_handover_receipt", "id": self.office.upload("archive")}] if receipt else []
        paper = {"checked_against_catalogue": True} | changes
        return self.office.act(f"{round_file}/accept_round_file", paper, attachments=given)

    def accepted(self, file: str) -> str:
        """The address of the accepted file in archive."""
        kept = self.handed_over(file)
        self.leave_for_good(file)
        done(self.accept(kept))
        self.world.pump()
        return kept

    def events_of(self, service: str, name: str) -> list[dict[str, Any]]:
        with self.world.runtimes[service].db.read() as session:
            query = select(tables.Outbox.event_id, tables.Outbox.body).where(
                tables.Outbox.type == f"{service}.{name}.v1"
            )
            found = {row.event_id: row.body for row in session.execute(query.order_by(tables.Outbox.id))}
        return [json.loads(body)["data"] for body in found.values()]
