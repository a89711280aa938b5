"""The file of each found clue: the designee collects, orders and keeps what there is on it (XC-37.1a)."""

from __future__ import annotations

from services.chassis.access import anyone
from services.chassis.act import Act, Document, Meets
from services.chassis.performance import Performance
from services.inspection.acts.posts import LIAISON
from services.inspection.domain.leaving_codes import FileState
from services.inspection.papers.leaving import ClueFile
from services.inspection.storage_field import FoundClue

BEFORE_IT_LEAVES = tuple(state for state in FoundClue.STATES if state != "transferred")


def note_file(p: Performance[FoundClue, ClueFile]) -> None:
    """It may be begun without its source; with none no catalogue takes it."""
    p.subject.file_code = FileState.COMPLETE if p.paper.source else FileState.WITHOUT_SOURCE


COMPILE_CLUE_FILE = Act(
    name="compile_clue_file",
    zh="问题线索立卷",
    en="Compile the file of a clue",
    clauses=("XC-37.1a",),
    on=FoundClue,
    by=(anyone(LIAISON),),
    paper=ClueFile,
    when=BEFORE_IT_LEAVES,
    documents=(Document("clue_file", "问题线索材料(扫描)", "XC-37.1a", required=False),),
    effect=note_file,
    meets=(Meets("XC-37.1a"),),
    anytime=True,
)
ACTS = (COMPILE_CLUE_FILE,)
