"""Nothing ends while a measure goes on that somebody has to lift: frozen, sealed, detained, kept from leaving."""

from __future__ import annotations

from sqlalchemy import select

from contracts.refusals import RefusalCode
from services.clues.acts.reported import AnyItem
from services.clues.domain.measures import GOES_ON_UNTIL_LIFTED
from services.clues.storage_measure import Measure


def nothing_is_in_force(p: AnyItem) -> None:
    """Raises Refusal(PRECONDITION_NOT_MET) while such a measure of the clue has no end (LZ-16.13)."""
    clue_id = getattr(p.subject, "clue_id", "") or p.subject.id
    lasting = select(Measure.id).where(
        Measure.clue_id == clue_id,
        Measure.state == "executed",
        Measure.measure_code.in_([code.value for code in GOES_ON_UNTIL_LIFTED]),
    )
    if p.session.scalars(lasting.limit(1)).first() is not None:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, clauses=("LZ-16.13",))
