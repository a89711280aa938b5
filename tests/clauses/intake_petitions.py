"""Petitions for the clause tests of intake: letters, the steps of their route, and what a refusal leaves behind."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import date
from typing import Any

from nacl.public import PrivateKey
from sqlalchemy import func, inspect, select, table

from services.chassis import tables
from tests.world import Answer, World

BASE = "/intake/petitions"

STEPS: dict[str, tuple[str, str, dict[str, object]]] = {
    "forwarded": ("clerk1", "forward_petition", {}),
    "judged": ("xf1", "judge_petition", {"level": "section", "opinion": "属监督范围"}),
    "recorded": ("clerk1", "record_petition", {"platform_no": "JB-2026-0001", "entered_on": "2026-03-02"}),
    "transfer_approved": (
        "clerk1", "propose_transfer_out", {"department_id": "xfj", "reason": "属信访局职责"},
    ),
    "transferred_out": (
        "clerk1", "transfer_out", {"department_id": "xfj", "letter_no": "ZB-2026-7", "sent_on": "2026-03-02"},
    ),
    "replied": ("clerk1", "record_reply", {"received_on": "2026-03-02", "summary": "已办结"}),
    "result_recorded": (
        "clerk1", "record_result", {"outcome_code": "handled", "platform_no": "JB-2026-0001", "result": "属实"},
    ),
    "closure_submitted": ("clerk1", "submit_closure", {"opinion": "建议审结"}),
    "closed": ("xf1", "close_petition", {"opinion": "同意审结"}),
}  # fmt: skip
"""State → who brings an out-of-scope petition there, by which act and paper."""


def letter(**changes: object) -> dict[str, object]:
    """A letter on a section-level official of the education bureau."""
    return {"received_on": "2026-03-02", "channel": "letter", "unit_id": "edu", "subject_ids": ["p-edu-sec"],
            "summary": "反映某科级干部违规问题", "class_code": "supervision_object"} | changes  # fmt: skip


def transfer(**changes: object) -> dict[str, object]:
    """A letter that the bureau received on a Thursday and passed on the next Monday."""
    return letter(channel="unit_transfer", unit_received_on="2026-03-05", transferred_on="2026-03-09",
                  received_on="2026-03-09") | changes  # fmt: skip


def register(
    world: World, paper: dict[str, object] | None = None, account: str = "clerk1", **more: Any
) -> Any:
    """Register a letter; gives the answer's body."""
    answer = world.as_(account).act(f"{BASE}/register_petition", paper or letter(), **more)
    assert answer.status == 201, answer.body
    return answer.body


def step(world: World, petition: str, state: str, account: str = "", **changes: object) -> Answer:
    """Take the step that leads to a state, with its approval or its document where it needs one."""
    who, act, paper = STEPS[state]
    client = world.as_(account or who)
    documents = []
    if state == "replied":
        documents = [{"kind": "completion_reply", "id": client.upload("intake")}]
    answer = client.act(f"{BASE}/{petition}/{act}", paper | changes, attachments=documents)
    if state == "transfer_approved" and answer.status < 400:
        answer = world.as_("head1").decide("intake", "petitions", petition)
    if state == "closed" and answer.status < 400:
        answer = world.as_("xf2").decide("intake", "petitions", petition)
    return answer


def bring(world: World, state: str, *, in_scope: bool = False, paper: dict[str, object] | None = None) -> str:
    """Register a petition and bring it to a state on its ordinary route; gives its id."""
    petition = str(register(world, paper)["id"])
    for name in STEPS:
        if state == "registered":
            break
        answer = step(world, petition, name, **judged_as(name, in_scope=in_scope))
        assert answer.status == 200, (name, answer.body)
        if name == state:
            break
    return petition


def judged_as(state: str, *, in_scope: bool) -> dict[str, Any]:
    """What a judgement says beside its standing paper; nothing for any other step."""
    return {"in_scope": in_scope} if state == "judged" else {}


def show(world: World, petition: str, account: str = "clerk1") -> Any:
    answer = world.as_(account).get(f"{BASE}/{petition}")
    assert answer.status == 200, answer.body
    return answer.body


def duty(body: Any, clause: str) -> Any:
    """The one clock of a clause, on an item or in an act's answer."""
    found = [d for d in body["duties"] if d["clause"] == clause]
    assert len(found) == 1, found
    return found[0]


def row_counts(world: World, service: str = "intake") -> dict[str, int]:
    """Rows of every table of a service's database, the audit trail's left out."""
    with world.runtimes[service].db.read() as session:
        names = inspect(session.connection()).get_table_names()
        business = [name for name in names if not name.startswith("audit")]
        return {n: session.scalar(select(func.count()).select_from(table(n))) or 0 for n in business}


@contextlib.contextmanager
def nothing_changes(world: World, entries: int = 1) -> Iterator[None]:
    """What happens inside is refused: no row of any table, but so many audit entries."""
    before, trail = row_counts(world), len(audit(world))
    yield
    assert row_counts(world) == before
    assert len(audit(world)) == trail + entries


def audit(world: World, subject: str | None = None) -> list[tuple[str, str, str, str]]:
    """(act, outcome, code, person) of the audit entries, in order; of one item if it is given."""
    from services.chassis.audit.tables import AuditEntry

    with world.runtimes["intake"].db.read() as session:
        query = select(AuditEntry).order_by(AuditEntry.recorded_at, AuditEntry.id)
        if subject is not None:
            query = query.where(AuditEntry.subject_id == subject)
        return [(e.act, e.outcome, e.code, e.actor_person) for e in session.scalars(query)]


def give_key(world: World, person: str = "p-xfhead") -> PrivateKey:
    """Publish a person's box key to intake; gives the private half, which only the person has."""
    private = PrivateKey.generate()
    with world.runtimes["intake"].db.write() as session:
        session.get_one(tables.DirectoryPerson, person).box_key = bytes(private.public_key).hex()
    return private


def add_post(world: World, person: str, role: str, office: str = "", until: date | None = None) -> None:
    """One more post for a person, known to intake."""
    with world.runtimes["intake"].db.write() as session:
        session.add(
            tables.DirectoryAssignment(
                assignment_id=f"{person}.{role}.more", person_id=person, role=role, office_id=office, unit_id="",
                valid_from=date(2020, 1, 1), valid_to=until, version=1,
            )
        )  # fmt: skip
