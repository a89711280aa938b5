"""A disposition talk with a principal leader counts as a measure: a higher commission approves it (LZ-16.8)."""

from __future__ import annotations

from sqlalchemy import select

from services.clues.acts.reported import AnyClue
from services.clues.domain.measures import APPROVER_ROLE, Level, MeasureCode
from services.clues.storage_measure import Measure

MAY_BE_CARRIED_OUT = ("approved", "document_issued", "executed")


def talk_is_approved_above(p: AnyClue, person_id: str) -> bool:
    """Whether the register has a talk with this person, on this clue, approved above the head."""
    query = select(Measure.id).where(
        Measure.clue_id == p.subject.id,
        Measure.target_id == person_id,
        Measure.measure_code == MeasureCode.TALK,
        Measure.state.in_(MAY_BE_CARRIED_OUT),
        Measure.approver_role != APPROVER_ROLE[Level.HEAD],
    )
    return p.session.scalars(query.limit(1)).first() is not None
