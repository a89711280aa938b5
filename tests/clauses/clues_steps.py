"""Steps of a clue's life, for the clause tests of clues: each leaves the clue one state further."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from contracts.envelope import Envelope, parse
from contracts.events.archive import InterpretationPublished, PersonChanged
from contracts.events.base import Event
from services.chassis import inbox, tables
from services.chassis.audit.tables import AuditEntry
from services.chassis.bus.message import Delivery
from services.chassis.clock import real_now
from tests.clause_proof import saw
from tests.world import Answer, Client, World

CLUES = "/clues/clues"
TALK = ("collective_study_minutes", "talk_plan", "work_contingency_plan")
BASIS = {"basis": "监督执纪工作规则及集体研究意见"}
LETTER = {"questions": "请就有关问题作出说明", "copy_person_id": "p-edu-head"}
PETITION = {
    "received_on": "2026-03-02",
    "channel": "letter",
    "unit_id": "edu",
    "subject_ids": ["p-edu-sec"],
    "summary": "反映某科级干部违规问题",
    "class_code": "supervision_object",
}


class CluesWorld:
    """Intake and clues, with the acts of both in short."""

    def __init__(
        self,
        folder: Path,
        *,
        services: tuple[str, ...] = ("intake", "clues"),
        database: Callable[[str], str] | None = None,
    ) -> None:
        self.world = World(folder, services=services, database=database)
        self.clerk = self.world.as_("clerk1")
        self.head = self.world.as_("head1")
        self.deputy = self.world.as_("deputy1")

    # From a petition, through intake and the event.

    def recorded(self, changes: Mapping[str, object] | None = None, *, in_scope: bool = True) -> str:
        """A petition that was judged and entered in the platform. Returns its id."""
        petition = str(
            done(self.clerk.act("/intake/petitions/register_petition", PETITION | dict(changes or {}))).body[
                "id"
            ]
        )
        item = f"/intake/petitions/{petition}"
        opinion = {"in_scope": in_scope, "level": "office", "opinion": "经研判"}
        done(self.clerk.act(f"{item}/forward_petition"))
        done(self.world.as_("xf1").act(f"{item}/judge_petition", opinion))
        done(self.clerk.act(f"{item}/record_petition", {"platform_no": "PT-1", "entered_on": "2026-03-02"}))
        return petition

    def petition(self, **changes: object) -> str:
        """A petition that was referred as a clue; the event is still in intake's outbox."""
        petition = self.recorded(changes)
        done(self.clerk.act(f"/intake/petitions/{petition}/refer_as_clue", {"reason": "属业务范围"}))
        return petition

    def clue(self, **changes: object) -> str:
        """A registered clue that came from a petition."""
        petition = self.petition(**changes)
        self.world.pump()
        [line] = [x for x in self.listed(self.clerk) if x["petition_id"] == petition]
        return str(line["id"])

    # Registered by the office itself.

    def found(
        self, *subjects: str, changes: Mapping[str, object] | None = None, client: Client | None = None
    ) -> Answer:
        entry: dict[str, object] = {
            "source": "own_finding",
            "found_on": "2026-03-02",
            "unit_id": "edu",
            "subject_ids": list(subjects),
            "facts": "日常监督中发现的问题",
        }
        return (client or self.clerk).act(f"{CLUES}/register_clue", entry | dict(changes or {}))

    # Onward.

    def documents(self, *kinds: str, client: Client | None = None) -> list[dict[str, str]]:
        uploader = client or self.clerk
        return [{"kind": kind, "id": uploader.upload("clues")} for kind in kinds]

    def propose(
        self,
        clue: str,
        code: str = "inquiry",
        *,
        by: Client | None = None,
        documents: tuple[str, ...] | None = None,
    ) -> Answer:
        kinds = ("collective_study_minutes",) if documents is None else documents
        client = by or self.clerk
        return client.act(
            f"{CLUES}/{clue}/propose_disposition",
            {"disposition_code": code} | BASIS,
            attachments=self.documents(*kinds, client=client),
        )

    def approve(self, clue: str, *, by: Client | None = None) -> Answer:
        return (by or self.head).decide("clues", "clues", clue)

    def disposed(self, clue: str, code: str = "inquiry") -> str:
        done(self.propose(clue, code, documents=TALK if code == "talk" else None))
        done(self.approve(clue))
        return clue

    def issue(self, clue: str, **changes: object) -> Answer:
        return self.clerk.act(f"{CLUES}/{clue}/issue_inquiry_letter", LETTER | changes)

    def talk(self, clue: str, **changes: object) -> Answer:
        record = {"speaker_id": "p-deputy1", "content": "就有关问题谈话"}
        return self.clerk.act(f"{CLUES}/{clue}/record_talk", record | changes)

    def explain(self, clue: str, **changes: object) -> Answer:
        return self.clerk.act(
            f"{CLUES}/{clue}/record_explanation", changes, attachments=self.documents("explanation")
        )

    def explained(self, clue: str) -> str:
        self.disposed(clue)
        done(self.issue(clue))
        done(self.explain(clue))
        return clue

    def propose_closing(self, clue: str, *, by: Client | None = None) -> Answer:
        paper = {"outcome_code": "explained"} | BASIS
        return (by or self.clerk).act(f"{CLUES}/{clue}/propose_closing", paper)

    def close_proposed(self, clue: str) -> str:
        done(self.propose_closing(clue))
        done(self.approve(clue))
        return clue

    def report(self, clue: str, **changes: object) -> Answer:
        return self.clerk.act(
            f"{CLUES}/{clue}/report_disposition", changes, attachments=self.documents("disposition_report")
        )

    def close(self, clue: str, *, by: Client | None = None) -> Answer:
        return (by or self.clerk).act(f"{CLUES}/{clue}/close_clue")

    def closed(self, clue: str) -> str:
        self.close_proposed(self.explained(clue))
        done(self.report(clue))
        done(self.close(clue))
        return clue

    # Looking.

    def listed(self, client: Client) -> list[dict[str, Any]]:
        answer = client.get(CLUES)
        assert answer.status == 200, answer.body
        return list(answer.body["items"])

    def shown(self, clue: str, client: Client | None = None) -> dict[str, Any]:
        answer = (client or self.clerk).get(f"{CLUES}/{clue}")
        assert answer.status == 200, answer.body
        return dict(answer.body)

    def offered(self, clue: str, client: Client | None = None) -> set[str]:
        """The acts that the item page offers."""
        return {act["name"] for act in self.shown(clue, client)["acts"]}

    def events(self, name: str, service: str = "clues") -> list[Envelope]:
        """The events of one type that a service handed on, as they stand in its outbox, each once."""
        query = select(tables.Outbox).where(tables.Outbox.type == f"{name}.v1").order_by(tables.Outbox.id)
        with self.world.runtimes[service].db.read() as session:
            rows = {row.event_id: row.body for row in session.scalars(query)}
        found = [parse(body) for body in rows.values()]
        for envelope in found:
            saw("event", envelope.dwclauses.split(","), name)
        return found

    def audited(self, clue: str, outcome: str, service: str = "clues") -> list[AuditEntry]:
        query = select(AuditEntry).where(AuditEntry.subject_id == clue, AuditEntry.outcome == outcome)
        with self.world.runtimes[service].db.read() as session:
            return list(session.scalars(query.order_by(AuditEntry.recorded_at, AuditEntry.id)))

    def hear(self, event: Event, number: int = 1) -> None:
        """Let clues take in an event of another service, as the `number`th of that stream."""
        envelope = Envelope(
            id=uuid4().hex,
            type=event.wire_type(),
            source=f"/{event.owner()}",
            time=real_now(),
            subject=f"{event.owner()}/{number}",
            data=event.model_dump(mode="json"),
            dwversion=1,
            dwtime="simulated",
        )
        headers = {"dw-producer": event.owner(), "dw-epoch": 1, "dw-sequence": number, "dw-previous": 0}
        self.deliver(Delivery(envelope.to_json(), headers, envelope.id, redelivered=False))

    def person_is(self, person_id: str, number: int = 1, **changes: object) -> None:
        """The roster says something else of a person from now on."""
        now: dict[str, object] = {
            "person_id": person_id,
            "level": "section_chief",
            "managing_authority": "unit",
            "unit_id": "edu",
            "office_id": "",
            "post_code": "post",
            "post_rank": 1,
            "superior_person_id": "",
            "relatives": (),
            "leadership_member": False,
            "party_head": False,
            "valid_from": date(2020, 1, 1),
            "status": "active",
            "version": number + 1,
        }
        self.hear(PersonChanged.model_validate(now | changes), number)

    def value_is(self, clause: str, name: str, amount: int, number: int = 1) -> None:
        """The installation set another value of a clause."""
        self.hear(
            InterpretationPublished(
                interpretation_id=f"i-{number}",
                clause=clause,
                name=name,
                amount=amount,
                unit="count",
                bound="at_least",
                effective_from=date(2026, 1, 1),
                version=1,
            ),
            number,
        )

    def referral(self, petition: str) -> Delivery:
        """The referral as it crosses the bus, to be delivered as often as a test likes."""
        with self.world.runtimes["intake"].db.read() as session:
            row = session.scalars(
                select(tables.Outbox).where(
                    tables.Outbox.type == "intake.petition_referred_as_clue.v1",
                    tables.Outbox.subject == f"petition/{petition}",
                    tables.Outbox.consumer == "clues",
                )
            ).one()
        headers = {"dw-producer": "intake", "dw-epoch": 1, "dw-sequence": row.sequence or 1, "dw-previous": 0}
        return Delivery(row.body, headers, row.event_id, redelivered=False)

    def deliver(self, *deliveries: Delivery) -> None:
        clues = self.world.runtimes["clues"]
        inbox.store(clues, deliveries)
        while inbox.apply_due(clues):
            pass


def done(answer: Answer) -> Answer:
    """The answer, which must be an acceptance."""
    assert answer.status < 400, answer.body
    return answer


def refused(answer: Answer, code: str, clause: str) -> None:
    """The answer must be this refusal and name the clause."""
    assert answer.code == code, answer.body
    assert clause in answer.body["clauses"], answer.body
