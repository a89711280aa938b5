"""What a petition says, read from its register entry for marks and searches; it is stored nowhere else."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from services.chassis.keys import KeyRing
from services.chassis.papers import papers_of, read_paper
from services.intake.papers.from_unit import TransferredEntry
from services.intake.papers.ledger import LedgerEntry
from services.intake.papers.petition import PetitionRegisterEntry
from services.intake.papers.referral import ReferredEntry
from services.intake.storage import Petition

REGISTRATIONS = tuple(
    form.__name__ for form in (PetitionRegisterEntry, LedgerEntry, TransferredEntry, ReferredEntry)
)
SEARCHED = ("summary", "subject_names", "subjects", "subject_unit")
"""Fields of a register entry that a search looks in: never who petitions, nor the roster's names."""


def summaries_of(session: Session, ring: KeyRing, petition: Petition) -> list[str]:
    return [str(form["summary"]) for form in _forms(session, ring, petition)]


def searched_texts(session: Session, ring: KeyRing, petition: Petition) -> list[str]:
    """Each text of the register entry that can be found, as it was typed."""
    found: list[str] = []
    for form in _forms(session, ring, petition):
        for name in SEARCHED:
            value = form.get(name) or ()
            found += [value] if isinstance(value, str) else value
    return found


def _forms(session: Session, ring: KeyRing, petition: Petition) -> list[dict[str, Any]]:
    entries = [paper for paper in papers_of(session, petition) if paper.kind in REGISTRATIONS]
    return [read_paper(session, ring, entry)["form"] for entry in entries]
