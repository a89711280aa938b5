"""Steps of what inspection passes on, for its clause tests: inspection, clues and intake on one example authority."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from contracts.envelope import Envelope
from tests.clauses.clues_steps import CLUES, CluesWorld, done
from tests.clauses.unit_org_steps import holder, with_posts
from tests.world import Answer, Client

LEDGER, REGISTER = "/inspection/clue-transfers", "/clues/transferred-clues"
BY_ROUTE: dict[str, dict[str, object]] = {
    "final": {"form_id": "SP-1", "handover_sheet_id": "JJ-1"},
    "rectify_now": {"consent_ref": "LD-1"},
    "investigate_now": {"consent_ref": "LD-2"},
}
SCANS = {
    "final": ("transfer_approval_form", "handover_sheet"),
    "rectify_now": ("immediate_rectification_proposal",),
    "investigate_now": ("investigation_proposal",),
}


class TransferWorld(CluesWorld):
    """The acts on transferred clues in short, on both sides; with a cadre supervision office."""

    def __init__(
        self,
        folder: Path,
        *,
        services: tuple[str, ...] = ("inspection", "clues", "intake"),
        database: Callable[[str], str] | None = None,
    ) -> None:
        super().__init__(folder, services=services, database=database)
        with_posts(self.world, ("gbk1", "cadre_supervision_office", "gbk", ""))
        self.inspection, self.supervision = self.world.as_("xc1"), self.world.as_("ags1")
        self.cadres = holder(self.world, "gbk1")

    def send(
        self,
        route: str = "final",
        *,
        by: Client | None = None,
        scans: tuple[str, ...] | None = None,
        **changes: object,
    ) -> Answer:
        """Transfer a clue; nothing is carried to its receiver yet."""
        client = by or self.inspection
        sheet: dict[str, object] = {
            "round_id": "2026-1",
            "found_no": "7",
            "batch_id": "B-1",
            "route": route,
            "receiver": "discipline_commission",
            "unit_id": "edu",
            "subject_ids": ["p-edu-sec"],
            "transferred_on": "2026-03-02",
            "summary": "巡察发现的问题",
        }
        kinds = SCANS[route] if scans is None else scans
        attached = [{"kind": kind, "id": client.upload("inspection")} for kind in kinds]
        return client.act(f"{LEDGER}/transfer_clue", sheet | BY_ROUTE[route] | changes, attachments=attached)

    def transferred(self, route: str = "final", **changes: object) -> dict[str, Any]:
        """An entry of the receiver's register."""
        no = done(self.send(route, by=None, scans=None, **changes)).body["no"]
        self.world.pump()
        assert self.world.parked() == []
        return self.entry(no)

    def entry(self, clue_no: str, client: Client | None = None) -> dict[str, Any]:
        reader = client or (self.supervision if self.of(clue_no, self.supervision) else self.cadres)
        [line] = self.of(clue_no, reader)
        return dict(reader.get(f"{REGISTER}/{line['id']}").body)

    def of(self, clue_no: str, reader: Client) -> list[dict[str, Any]]:
        items = reader.get(REGISTER, limit="200").body["items"]
        return [line for line in items if line["clue_no"] == clue_no]

    def sent(self, clue_no: str) -> dict[str, Any]:
        """The entry of inspection's own ledger."""
        items = self.inspection.get(LEDGER, limit="200").body["items"]
        [line] = [one for one in items if one["no"] == clue_no]
        return dict(self.inspection.get(f"{LEDGER}/{line['id']}").body)

    def on_entry(self, item: str, name: str, *, by: Client | None = None, **paper: object) -> Answer:
        return (by or self.supervision).act(f"{REGISTER}/{item}/{name}", paper)

    def progress(self, item: str, stage: str = "verification", *, by: Client | None = None) -> Answer:
        return self.on_entry(item, "report_transfer_progress", by=by, stage=stage)

    def conclude(self, item: str, *, by: Client | None = None) -> Answer:
        return self.on_entry(
            item, "conclude_transferred_clue", by=by, result_code="sanctioned", result="办理情况"
        )

    def publicise(self, item: str, **changes: object) -> Answer:
        paper: dict[str, object] = {"publicised_on": "2026-03-02", "channels": ["website"]}
        return self.on_entry(item, "publicise_case", by=None, **(paper | changes))

    def assign(self, item: str, office_id: str = "pz1") -> Answer:
        return self.on_entry(item, "assign_transferred_clue", office_id=office_id)

    def its_clue(self, entry: dict[str, Any]) -> str:
        """The clue of the dispatched office that the entry was assigned to."""
        return str(self.entry(entry["clue_no"])["clue_id"])

    def closed_by_the_head(self, clue: str) -> None:
        """It came without a handler: the head proposes, sole approver as the head is, and the deputy carries out."""
        done(self.propose(clue, by=self.head))
        done(self.approve(clue))
        paper = {"questions": "请就有关问题作出说明", "copy_person_id": "p-edu-head"}
        done(self.deputy.act(f"{CLUES}/{clue}/issue_inquiry_letter", paper))
        attached = self.documents("explanation", client=self.deputy)
        done(self.deputy.act(f"{CLUES}/{clue}/record_explanation", {}, attachments=attached))
        done(self.propose_closing(clue, by=self.head))
        done(self.approve(clue))
        attached = self.documents("disposition_report", client=self.deputy)
        done(self.deputy.act(f"{CLUES}/{clue}/report_disposition", {}, attachments=attached))
        done(self.close(clue, by=self.deputy))

    def told(self, name: str, service: str = "clues") -> list[dict[str, Any]]:
        envelopes: list[Envelope] = self.events(name, service)
        return [dict(envelope.data) for envelope in envelopes]
