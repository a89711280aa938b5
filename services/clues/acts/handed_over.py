"""A clue that inspection hands over enters the same ledger and is disposed of by the same rules (LZ-20.12)."""

from __future__ import annotations

from datetime import date
from typing import Any

from contracts.events.clues import ClueRegistered
from services.chassis.act import Act, HandOn, Tells
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED
from services.chassis.tables import DirectoryCoverage
from services.clues.acts.register import enter_in_ledger, registered_event
from services.clues.acts.reported import officials
from services.clues.domain.management import highest_level
from services.clues.papers.handover import FoundClue, HandedOverClue
from services.clues.storage import Clue

INSPECTION = "inspection"


def without_handler(
    p: Performance[Clue, Any], paper: HandedOverClue | FoundClue, *, source: str, source_ref: str, on: date
) -> Clue:
    """A clue that another office found: the leaders of the office act on it, as far as they are not recused."""
    coverage = p.session.get(DirectoryCoverage, paper.unit_id)
    return Clue(
        id=p.work.new_id(),
        no="",
        state="registered",
        version=0,
        secrecy=RESTRICTED,
        office_id=paper.office_id,
        liaison_office_id=coverage.liaison_office_id if coverage else "",
        unit_id=paper.unit_id,
        registrar_id="",
        handler_id="",
        addressee_id="",
        opened_on=on,
        changed_at=p.work.now,
        source=source,
        source_ref=source_ref,
        petition_id=None,
        subject_level=highest_level(officials(p.session, paper.subject_ids)),
        disposition_code="",
        letter_no="",
        outcome_code="",
    )


def from_inspection(p: Performance[Clue, HandedOverClue]) -> Clue:
    paper = p.paper
    return without_handler(p, paper, source=INSPECTION, source_ref=paper.handover_id, on=paper.handed_on)


OPEN_HANDED_OVER_CLUE = Act(
    name="open_handed_over_clue",
    zh="受理巡察移交的问题线索",
    en="Open a clue handed over by inspection",
    clauses=("LZ-20.12", "LZ-12.24"),
    on=Clue,
    by=(),
    paper=HandedOverClue,
    new=from_inspection,
    becomes="registered",
    effect=enter_in_ledger,
    hands_on=(HandOn(ClueRegistered, registered_event),),
    tells=(
        Tells("dispatched_office_head", "clue_registered", "LZ-20.12", office=lambda p: p.subject.office_id),
    ),
)
