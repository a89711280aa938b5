"""Steps of a team's petitions, for their clause tests: team 1 at the education bureau, zu3 receives."""

from __future__ import annotations

from typing import Any

from tests.clauses.round_steps import RoundWorld, done
from tests.world import Answer, Client

PETITIONS, DELIVERIES, CLUES = (
    "/inspection/team-petitions",
    "/inspection/direct-deliveries",
    "/inspection/found-clues",
)
Paper = dict[str, Any]
LETTER: Paper = {
    "received_on": "2026-03-02",
    "channel": "letter",
    "nature": "in_scope",
    "summary": "反映采购不规范",
}
DIRECT: Paper = {"received_on": "2026-03-02", "subjects": [{"post": "four_bodies_member"}]}
SLIP: Paper = {
    "scope_category": "four_bodies_member",
    "material_type": "petition",
    "page_count": 3,
    "addressee_id": "p-xz1",
    "designated_id": "p-zu2",
}
HANDOVER: Paper = {"seal_no": "MF-001", "carrier_id": "p-xc1", "handed_on": "2026-03-02"}
RECEIPT: Paper = {"received_on": "2026-03-02", "seal_intact": True}


def id_of(address: str) -> str:
    return address.rpartition("/")[2]


def about(post: str, person: str = "", **more: Any) -> Paper:
    return {"subjects": [{"post": post, "person_id": person} | more]}


def register(w: RoundWorld, unit: str, *, by: Client | None = None, **changes: Any) -> Answer:
    paper = LETTER | {"engagement_id": id_of(unit)} | changes
    return w.do(PETITIONS, "register_petition", paper, by=by or w.member)


def petition(w: RoundWorld, unit: str, **changes: Any) -> str:
    """An entry of the ledger."""
    return f"{PETITIONS}/{done(register(w, unit, **changes)).body['id']}"


def register_direct(w: RoundWorld, unit: str, *, by: Client | None = None, **changes: Any) -> Answer:
    paper = DIRECT | {"engagement_id": id_of(unit)} | changes
    return w.do(PETITIONS, "register_direct_item", paper, by=by or w.member)


def direct(w: RoundWorld, unit: str, **changes: Any) -> str:
    """A direct item, with the leader."""
    return f"{PETITIONS}/{done(register_direct(w, unit, **changes)).body['id']}"


def fill(
    w: RoundWorld, unit: str, source: str, *, by: Client | None = None, leave_out: str = "", **changes: Any
) -> Answer:
    """A slip; `source`: the address of a direct item, or empty."""
    given: Paper = SLIP | {"engagement_id": id_of(unit)}
    if source:
        given |= {"source_no": w.item(source, w.leader)["no"]}
    paper = {key: value for key, value in (given | changes).items() if key != leave_out}
    return w.do(DELIVERIES, "fill_direct_slip", paper, by=by or w.leader)


def slip(w: RoundWorld, unit: str, source: str = "", **changes: Any) -> str:
    """A slip on a direct item that has just come, or on the one that is given."""
    return f"{DELIVERIES}/{done(fill(w, unit, source or direct(w, unit), **changes)).body['id']}"


def with_office(w: RoundWorld, item: str) -> str:
    """The slip is registered, and the sealed item on its way."""
    done(w.do(item, "register_direct_slip", {"registered_on": "2026-03-02"}, by=w.deputy))
    done(w.do(item, "hand_over_sealed", HANDOVER, by=w.leader))
    return item


def clue_of(
    w: RoundWorld, unit: str, item: str, *, by: Client | None = None, no: str = "", summary: str = "问题"
) -> Answer:
    serial = no or w.item(item, w.leader)["no"]
    paper = {
        "engagement_id": id_of(unit),
        "petition_no": serial,
        "subject_ids": ["p-edu-sec"],
        "summary": summary,
    }
    return w.do(CLUES, "open_clue_of_petition", paper, by=by or w.leader)
