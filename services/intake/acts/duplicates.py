"""The same letter registered twice is flagged and linked, never merged and never refused (LZ-12.6).

Equal letters are linked at once; near-equal ones and others on the same persons are shown as candidates, and linked
by a clerk's act. Only ordinary petitions take part: a sealed one is in no duplicate check and in no index (ruling 9).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, insert, select
from sqlalchemy.orm import Session

from services.chassis.access import Shape, in_general, not_recused
from services.chassis.db import AS_STORED, beside_index, table_of
from services.chassis.keys import KeyRing, hmac_sha256
from services.chassis.papers import attachments_of
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED
from services.intake.acts.said import summaries_of
from services.intake.domain.near_text import bands
from services.intake.domain.same_letter import telling_text
from services.intake.storage import LetterMark, Petition

AnyPetition = Performance[Petition, Any]
_INTO_MARKS = insert(table_of(LetterMark))


def link_to_the_same_letter(p: AnyPetition) -> None:
    """Mark a petition that has just become an ordinary one, and link it to the first of its office that is equal."""
    ring = p.work.runtime.ring
    marks = marks_of(p.session, ring, p.subject)
    actor = p.work.actor
    asked = actor.values | {"marks": marks, "of_office": p.subject.office_id}
    first = p.session.scalars(_first_of(actor.shape), asked, execution_options=AS_STORED).one_or_none()
    if first is not None:
        p.subject.duplicate_of = first.duplicate_of or first.id
        p.facts["duplicate_of"] = p.subject.duplicate_of
    every = sorted({*marks, *near_marks_of(p.session, ring, p.subject)})
    if every:
        rows = [{"mark": mark, "petition_id": p.subject.id} for mark in every]
        p.session.connection().execute(_INTO_MARKS, rows)


@lru_cache(maxsize=64)
def _first_of(shape: Shape) -> Select[Any]:
    """The first ordinary petition of an office with one of these marks that an actor of this shape may know of."""
    return (
        select(Petition)
        .join(LetterMark, LetterMark.petition_id == Petition.id)
        .where(
            LetterMark.mark.in_(bindparam("marks", expanding=True)),
            beside_index(Petition.office_id) == bindparam("of_office"),
            Petition.secrecy == RESTRICTED,
            not_recused(Petition, in_general(shape)),
        )
        .order_by(Petition.opened_on, Petition.no)
        .limit(1)
    )


def marks_of(session: Session, ring: KeyRing, petition: Petition) -> list[bytes]:
    """Keyed fingerprints of the summary and of each scan of the original: equal ones are of the same letter."""
    contents = [text.encode() for text in _texts(session, ring, petition)]
    contents += [scan.digest for scan in attachments_of(session, petition)]
    return _marked(ring, "the same letter", contents)


def near_marks_of(session: Session, ring: KeyRing, petition: Petition) -> list[bytes]:
    """Keyed fingerprints by which near-equal summaries are found; one in common is a candidate, no proof."""
    key = ring.mark("runs of a letter", b"")

    def number(run: bytes) -> int:
        return int.from_bytes(hmac_sha256(key, run)[:8], "big")

    found = [band for text in _texts(session, ring, petition) for band in bands(text, number)]
    return _marked(ring, "nearly the same letter", found)


def _texts(session: Session, ring: KeyRing, petition: Petition) -> list[str]:
    texts = (telling_text(summary) for summary in summaries_of(session, ring, petition))
    return [text for text in texts if text]


def _marked(ring: KeyRing, purpose: str, contents: Iterable[bytes]) -> list[bytes]:
    return sorted({ring.mark(purpose, content) for content in contents})
