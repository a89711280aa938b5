"""A sign that a screening of judicial cases found enters the ledger as a clue (GL-1.24)."""

from __future__ import annotations

from contracts.events.clues import ClueRegistered
from services.chassis.act import Act, HandOn, Tells
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED
from services.chassis.tables import DirectoryCoverage
from services.clues.acts.register import enter_in_ledger, registered_event
from services.clues.acts.reported import officials
from services.clues.domain.management import highest_level
from services.clues.papers.handover import FoundClue
from services.clues.storage import Clue

SCREENING = "judicial_screening"


def from_screening(p: Performance[Clue, FoundClue]) -> Clue:
    """As one that inspection hands over it comes without a handler: the leaders of the office act on it."""
    paper = p.paper
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
        opened_on=paper.found_on,
        changed_at=p.work.now,
        source=SCREENING,
        source_ref=paper.finding_id,
        petition_id=None,
        subject_level=highest_level(officials(p.session, paper.subject_ids)),
        disposition_code="",
        letter_no="",
        outcome_code="",
    )


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
