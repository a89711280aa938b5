"""The countdown of a round: every dated duty of it and of what belongs to it, and those that are still to begin."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import false, or_, select, tuple_

from services.chassis.access import visible
from services.chassis.act import Act
from services.chassis.lines import duty_line
from services.chassis.tables import Duty
from services.chassis.values import value_in_force
from services.chassis.work import Work
from services.inspection.storage_round import Round, Team
from services.inspection.storage_unit import Engagement

Line = dict[str, Any]
LEADING_TO_A_ROUND = (("round_id", Round), ("team_id", Team), ("engagement_id", Engagement))
"""By which column an item belongs to a round, to one of its teams, or to a team's work at a unit."""


def countdown(work: Work, of: Round) -> dict[str, list[Line]]:
    """Of all that the reader may know of: `duties` by due day, open, met or late; `planned`, that no act began yet.

    A planned line has the clause, its value in force, who will owe it, and the act from which it will count.
    """
    items = [of, *_belonging(work, of)]
    named = {(one.KIND, one.id): _named(work, one) for one in items}
    found = work.session.scalars(
        select(Duty)
        .where(tuple_(Duty.subject_kind, Duty.subject_id).in_(list(named)))
        .order_by(Duty.due_at, Duty.id)
    ).all()
    begun = {(duty.subject_kind, duty.subject_id, duty.clause) for duty in found}
    return {
        "duties": [named[duty.subject_kind, duty.subject_id] | duty_line(work, duty) for duty in found],
        "planned": [
            named[one.KIND, one.id] | line
            for one in items
            for line in _planned(work, one)
            if (one.KIND, one.id, line["clause"]) not in begun
        ],
    }


def _belonging(work: Work, of: Round) -> Iterable[Any]:
    """What belongs to the round, one query for each kind that can."""
    above: dict[Any, Sequence[str]] = {Round: [of.id]}
    kinds = work.runtime.definition.kinds
    # Teams and units first: the others are found by them. Of any kind: an act's effect may open a clock, too.
    for kind in sorted(kinds, key=lambda kind: (kind.model is not Team, kind.model is not Engagement)):
        model = kind.model
        ways = [
            getattr(model, column).in_(above.get(leading, ()))
            for column, leading in LEADING_TO_A_ROUND
            if hasattr(model, column)
        ]
        query = select(model).where(or_(false(), *ways), visible(model, work.actor, kind.knows))
        rows = work.session.scalars(query.order_by(model.no, model.id)).all() if ways else []
        if model in (Team, Engagement):
            above[model] = [row.id for row in rows]
        yield from rows


def _planned(work: Work, row: Any) -> Iterable[Line]:
    """The clocks that acts may still begin on the item, each once."""
    seen: set[tuple[str, str]] = set()
    for act in work.runtime.definition.acts:
        if act.on is not type(row) or act.creates or not _still_to_come(act, row):
            continue
        for clock in act.opens:
            if (clock.clause, clock.value) in seen:
                continue
            seen.add((clock.clause, clock.value))
            value = value_in_force(work.session, clock.clause, clock.value, work.today)
            yield {
                "clause": clock.clause,
                "amount": value.amount,
                "unit": value.unit,
                "owed_role": clock.owed_by,
                "zh": act.zh,
                "en": act.en,
            }


def _still_to_come(act: Act[Any, Any], row: Any) -> bool:
    """Whether the item is not past the states in which the act is done; its states stand in the procedure's order."""
    order = list(row.STATES)
    at = order.index(row.state)
    return at <= max(map(order.index, act.when)) if act.when else at < len(order) - 1


def _named(work: Work, row: Any) -> Line:
    return {"item": row.id, "no": row.no, "path": work.runtime.kinds[row.KIND].path}
