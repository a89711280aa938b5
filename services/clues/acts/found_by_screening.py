"""A sign that a screening of judicial cases found enters the ledger as a clue (GL-1.24)."""

from __future__ import annotations

from contracts.events.clues import ClueRegistered
from services.chassis.act import Act, HandOn, Tells
from services.chassis.performance import Performance
from services.clues.acts.handed_over import without_handler
from services.clues.acts.register import enter_in_ledger, registered_event
from services.clues.papers.handover import FoundClue
from services.clues.storage import Clue

SCREENING = "judicial_screening"


def from_screening(p: Performance[Clue, FoundClue]) -> Clue:
    paper = p.paper
    return without_handler(p, paper, source=SCREENING, source_ref=paper.finding_id, on=paper.found_on)


OPEN_FOUND_CLUE = Act(
    name="open_found_clue",
    zh="受理排查发现的问题线索",
    en="Open a clue that a screening found",
    clauses=("GL-1.24", "LZ-12.24"),
    on=Clue,
    by=(),
    paper=FoundClue,
    new=from_screening,
    becomes="registered",
    effect=enter_in_ledger,
    hands_on=(HandOn(ClueRegistered, registered_event),),
    tells=(
        Tells("dispatched_office_head", "clue_of_screening", "GL-1.24", office=lambda p: p.subject.office_id),
    ),
)
