"""Names of persons: encrypted at rest under the person's case key, found by pairs of characters under a keyed digest.

A name leaves this service in an answer to a signed-in reader only: never in an event, a log or an audit entry.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Sequence
from hashlib import sha256

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from services.archive.domain.names import contains, pairs
from services.archive.storage import NamePair, Person
from services.chassis import keys
from services.chassis.keys import KeyRing
from services.chassis.papers import case_key
from services.chassis.tables import CaseKey

CANDIDATES = 2000
"""How many entries of one unit a search by a single character looks through."""


def set_name(session: Session, ring: KeyRing, person: Person, name: str) -> None:
    """Encrypt the name into the row and index its pairs anew. Joins the caller's transaction."""
    key = case_key(session, ring, person.id, create=True)
    person.name = keys.encrypt(key, name.encode(), _binding(person.id))
    session.execute(delete(NamePair).where(NamePair.person_id == person.id))
    session.add_all(NamePair(pair=_keyed(ring, pair), person_id=person.id) for pair in sorted(pairs(name)))


def names_of(session: Session, ring: KeyRing, person_ids: Iterable[str]) -> dict[str, str]:
    """Names by id; unknown ids are left out, an erased name is empty."""
    rows = session.execute(
        select(Person.id, Person.name, CaseKey.wrapped)
        .outerjoin(CaseKey, CaseKey.subject_id == Person.id)
        .where(Person.id.in_(sorted(set(person_ids))))
    )
    return {person_id: _opened(ring, person_id, name, wrapped) for person_id, name, wrapped in rows}


def find(
    session: Session, ring: KeyRing, fragment: str, unit_id: str, limit: int
) -> list[tuple[Person, str]]:
    """Active persons whose name holds the fragment, with their names, in a stable order.

    By the index from two characters on; one character is enough within a unit, whose entries are looked through.
    """
    query = select(Person).where(Person.state == "active").order_by(Person.unit_id, Person.id)
    if unit_id:
        query = query.where(Person.unit_id == unit_id)
    wanted = pairs(fragment)
    if wanted:
        digests = [_keyed(ring, pair) for pair in wanted]
        holding = (
            select(NamePair.person_id)
            .where(NamePair.pair.in_(digests))
            .group_by(NamePair.person_id)
            .having(func.count() == len(digests))
        )
        query = query.where(Person.id.in_(holding))
    elif not unit_id:
        return []
    found = session.scalars(query.limit(CANDIDATES)).all()
    return _holding(session, ring, found, fragment)[:limit]


def _holding(
    session: Session, ring: KeyRing, found: Sequence[Person], fragment: str
) -> list[tuple[Person, str]]:
    names = names_of(session, ring, (person.id for person in found))
    return [(person, names[person.id]) for person in found if contains(names[person.id], fragment)]


def _opened(ring: KeyRing, person_id: str, name: bytes, wrapped: bytes | None) -> str:
    if wrapped is None:
        return ""
    key = ring.unwrap_case_key(wrapped, person_id)
    return keys.decrypt(key, name, _binding(person_id)).decode()


def _binding(person_id: str) -> str:
    return f"name:{person_id}"


def _keyed(ring: KeyRing, pair: str) -> str:
    """The pair under a key of its own, made from the service's."""
    key = hmac.digest(ring.wrap, b"dengwen archive name pairs v1", "sha256")
    return hmac.new(key, pair.encode(), sha256).hexdigest()[:32]
