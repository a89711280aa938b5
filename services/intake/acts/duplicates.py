"""The same letter registered twice is flagged and linked, never merged and never refused (LZ-12.6).

Only ordinary petitions take part: a sealed one is in no duplicate check and in no index (ruling 9).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, select

from services.chassis.access import Actor, not_recused
from services.chassis.db import AS_STORED, beside_index
from services.chassis.papers import attachments_of, papers_of, read_paper
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED
from services.intake.domain.same_letter import telling_text
from services.intake.papers.ledger import LedgerEntry
from services.intake.papers.petition import PetitionRegisterEntry
from services.intake.storage import LetterMark, Petition

AnyPetition = Performance[Petition, Any]

_REGISTRATIONS = (PetitionRegisterEntry.__name__, LedgerEntry.__name__)


def link_to_the_same_letter(p: AnyPetition) -> None:
    """Mark a petition that has just become an ordinary one, and link it to the first of its office that is equal."""
    marks = marks_of(p)
    asked = {"marks": marks, "of_office": p.subject.office_id}
    first = p.session.scalars(_first_of(p.work.actor), asked, execution_options=AS_STORED).one_or_none()
    if first is not None:
        p.subject.duplicate_of = first.duplicate_of or first.id
        p.facts["duplicate_of"] = p.subject.duplicate_of
    p.session.add_all(LetterMark(mark=mark, petition_id=p.subject.id) for mark in marks)


@lru_cache(maxsize=1000)
def _first_of(actor: Actor) -> Select[Any]:
    """The first ordinary petition of an office with one of these marks that this actor may know of."""
    return (
        select(Petition)
        .join(LetterMark, LetterMark.petition_id == Petition.id)
        .where(
            LetterMark.mark.in_(bindparam("marks", expanding=True)),
            beside_index(Petition.office_id) == bindparam("of_office"),
            Petition.secrecy == RESTRICTED,
            not_recused(Petition, actor),
        )
        .order_by(Petition.opened_on, Petition.no)
        .limit(1)
    )


def marks_of(p: AnyPetition) -> list[bytes]:
    """Keyed fingerprints of the summary and of each scan of the original."""
    ring = p.work.runtime.ring
    entries = [x for x in papers_of(p.session, p.subject) if x.kind in _REGISTRATIONS]
    texts = [telling_text(read_paper(p.session, ring, entry)["form"]["summary"]) for entry in entries]
    contents = [text.encode() for text in texts if text]
    contents += [scan.digest for scan in attachments_of(p.session, p.subject)]
    return sorted({ring.mark("the same letter", content) for content in contents})
