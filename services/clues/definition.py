"""What clues is: its kinds, acts, reactions and views in one place."""

from __future__ import annotations

from services.chassis.access import HANDLER, LIAISON_OFFICE, Knows, anyone, post
from services.chassis.runtime import Kind, ServiceDefinition
from services.clues.acts import (
    closing,
    disposition,
    explanation,
    handed_over,
    inquiry,
    register,
    submission,
    talk,
)
from services.clues.reactions import REACTIONS
from services.clues.storage import Clue, CluesBase
from services.clues.views import VIEWS

KNOWS_CLUE = Knows(
    ordinary=(
        post("dispatched_office_leader"),
        anyone(HANDLER),
        post("liaison_discipline_office", at=LIAISON_OFFICE),
        post("case_supervision_office", at=None),
    )
)
"""Need to know of a clue, as LZ-12.17 to LZ-12.27 list it."""

CLUES = ServiceDefinition(
    name="clues",
    zh="线索处置",
    en="Clues",
    base=CluesBase,
    kinds=(Kind(Clue, KNOWS_CLUE, "clues"),),
    acts=(
        register.OPEN_REFERRED_CLUE,
        handed_over.OPEN_HANDED_OVER_CLUE,
        register.REGISTER_CLUE,
        register.HAND_OVER_CLUE,
        disposition.PROPOSE_DISPOSITION,
        disposition.FILE_FOR_RECORD,
        submission.PROPOSE_SUBMISSION,
        submission.SUBMIT_CLUE,
        submission.SUBMIT_UNIT_CLUE,
        inquiry.ISSUE_INQUIRY_LETTER,
        talk.RECORD_TALK,
        explanation.RECORD_EXPLANATION,
        closing.PROPOSE_CLOSING,
        closing.REPORT_DISPOSITION,
        closing.CLOSE_CLUE,
    ),
    reactions=REACTIONS,
    views=VIEWS,
)
