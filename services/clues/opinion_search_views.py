"""The details behind the code that a search of the ledger answered with: for the head alone (LZ-10.5)."""

from __future__ import annotations

from typing import Any

from services.chassis.http import Context, Route, signed_in
from services.chassis.resources import item
from services.chassis.work import Work
from services.clues.acts.opinion_search import hits
from services.clues.storage_opinion_search import OpinionSearch


def found(context: Context, work: Work) -> Any:
    """The clues on the person as the ledger has them now; the reading is logged."""
    searched: OpinionSearch = item(context, work, work.runtime.kinds[OpinionSearch.KIND])
    clues = hits(work, searched.person_id)
    work.audit("read_hits", "read", subject=searched, clauses=("LZ-10.5",), facts={"rows": len(clues)})
    return {
        "id": searched.id,
        "clauses": ["LZ-10.5"],
        "items": [{"clue": clue.id, "no": clue.no, "state": clue.state} for clue in clues],
    }


OPINION_SEARCH_VIEWS = (
    Route(
        "GET",
        "/opinion-searches/<id>/hits",
        signed_in(found),
        ("核查所涉线索(仅主要负责人)", "the clues behind a search, for the head alone"),
        clauses=("LZ-10.5",),
        on_item=lambda _: True,
    ),
)
