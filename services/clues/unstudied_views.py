"""What was decided without a collective study, as a minor question and with a reason, listed (LZ-22.5)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from services.chassis.access import visible
from services.chassis.http import Context, Route, signed_in
from services.chassis.work import Work
from services.clues.storage_suggestion import Suggestion

MOST = 200


def unstudied(_: Context, work: Work) -> Any:
    """The latest suggestions decided on so, of those that the actor may know of; the reason is in the paper."""
    knows = work.runtime.kinds[Suggestion.KIND].knows
    query = (
        select(Suggestion)
        .where(Suggestion.unstudied, visible(Suggestion, work.actor, knows))
        .order_by(Suggestion.opened_on.desc(), Suggestion.id)
        .limit(MOST)
    )
    rows = [
        {"suggestion": one.id, "no": one.no, "office": one.office_id, "state": one.state}
        for one in work.session.scalars(query)
    ]
    return {"count": len(rows), "clauses": ["LZ-22.5"], "items": rows}


UNSTUDIED_VIEWS = (
    Route(
        "GET",
        "/unstudied-questions",
        signed_in(unstudied),
        ("未经集体研究的较小事项", "minor questions decided without a collective study"),
        clauses=("LZ-22.5",),
    ),
)
