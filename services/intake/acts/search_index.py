"""The keyed index by which petitions are found (ruling 9: none of a sealed or unclassed one)."""

from __future__ import annotations

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from services.chassis.db import insert_or_ignore, table_of
from services.chassis.keys import KeyRing, hmac_sha256
from services.intake.acts.said import searched_texts
from services.intake.domain.search_text import pairs, plain
from services.intake.storage import Petition, SearchTerm

_INTO_TERMS = insert(table_of(SearchTerm))


def term_marks(ring: KeyRing, office_id: str, found: set[str]) -> set[int]:
    """64 keyed bits of each pair, other ones in each office: what two offices' texts share cannot be compared."""
    key = ring.mark("search term", office_id.encode())
    return {int.from_bytes(hmac_sha256(key, one.encode())[:8], "big", signed=True) for one in found}


def index_petition(session: Session, ring: KeyRing, petition: Petition) -> None:
    """Enter an ordinary petition; its register entry is filed already."""
    marks = _marks_of(session, ring, petition, petition.office_id)
    if marks:
        day = petition.opened_on.toordinal()
        rows = [{"mark": mark, "day": day, "petition_id": petition.id} for mark in sorted(marks)]
        session.connection().execute(_INTO_TERMS, rows)


def enter_what_is_missing(session: Session, ring: KeyRing, petition: Petition) -> bool:
    """As `index_petition`, for one that may be entered already; whether anything was missing."""
    marks, day = _marks_of(session, ring, petition, petition.office_id), petition.opened_on.toordinal()
    known = set(
        session.scalars(
            select(SearchTerm.mark).where(
                SearchTerm.mark.in_(marks), SearchTerm.day == day, SearchTerm.petition_id == petition.id
            )
        )
    )
    for mark in sorted(marks - known):
        row = {"mark": mark, "day": day, "petition_id": petition.id}
        session.execute(insert_or_ignore(session, SearchTerm).values(**row))
    return marks > known


def index_elsewhere(session: Session, ring: KeyRing, petition: Petition, former_office: str) -> None:
    """A petition went to another office: it is found there from now on."""
    marks, day = _marks_of(session, ring, petition, former_office), petition.opened_on.toordinal()
    for mark in sorted(marks):
        entry = (SearchTerm.mark == mark, SearchTerm.day == day, SearchTerm.petition_id == petition.id)
        session.execute(delete(SearchTerm).where(*entry))
    index_petition(session, ring, petition)


def _marks_of(session: Session, ring: KeyRing, petition: Petition, office_id: str) -> set[int]:
    texts = searched_texts(session, ring, petition)
    found: set[str] = set().union(*(pairs(plain(text)) for text in texts)) if texts else set()
    return term_marks(ring, office_id, found)
