"""The persons a clue is about, and who may decide on it because of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.refusals import RefusalCode
from services.chassis.access import chain_of, holders
from services.chassis.performance import Performance
from services.chassis.tables import DirectoryPerson, Party
from services.clues.domain.management import Official, Route, route_of
from services.clues.storage import Clue

AnyClue = Performance[Clue, Any]
AnyItem = Performance[Any, Any]
"""A clue or its verification: they have the same parties, office and handler."""


def parties(p: AnyClue) -> list[str]:
    """Ids of the persons reported, in a stable order; with what the act itself added."""
    query = select(Party.person_id).where(Party.subject_kind == Clue.KIND, Party.subject_id == p.subject.id)
    return list(p.session.scalars(query.order_by(Party.person_id)))


def officials(session: Session, person_ids: Iterable[str]) -> list[Official]:
    """What the roster says of them; whom it does not know is left out."""
    rows = [session.get(DirectoryPerson, person_id) for person_id in person_ids]
    return [
        Official(row.level, row.managing_authority, bool(row.leadership_member), bool(row.party_head))
        for row in rows
        if row is not None
    ]


def route(p: AnyClue) -> Route:
    return route_of(officials(p.session, p.standing.reported))


def own_matter(p: AnyClue) -> None:
    """Clues on officials not managed by the unit go to the case supervision office (LZ-12.18)."""
    if route(p) is not Route.DISPOSE:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, clauses=("LZ-12.18", *p.act.clauses))


def head_is_free(p: AnyItem) -> bool:
    """Whether a head of the office may decide: none of the persons reported, not in their line, no relative."""
    reported, office = set(p.standing.reported), p.subject.office_id
    lines = p.work.once(("lines of the heads", office), lambda: _lines_of_heads(p, office))
    return any(not reported & line for line in lines)


def _lines_of_heads(p: AnyItem, office: str) -> list[frozenset[str]]:
    """Each head of the office together with their superior, subordinates and relatives."""
    heads = holders(p.session, "dispatched_office_head", p.today, office)
    return [chain_of(p.session, head) | {head} for head in heads]


def head_may_decide(p: AnyItem) -> None:
    """Where the head is concerned nothing is laid before them: straight to the case supervision office (LZ-12.17)."""
    if not head_is_free(p):
        raise p.refuse(RefusalCode.CONFLICT_OF_INTEREST, clauses=("LZ-12.17", *p.act.clauses))
