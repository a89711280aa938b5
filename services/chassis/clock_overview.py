"""Open clocks at a glance: how many are late, due within the week or later, by office and clause, and which they are.

Counted are the clocks of items that the reader may know of, so that a hidden item is missing from every number. Only
open clocks are looked at: what they cost does not grow with what is done. The statements are made once for all actors
of a shape, as a worklist's are.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, bindparam, case, func, select, tuple_, union_all

from contracts.refusals import Refusal, RefusalCode
from services.chassis.access import Actor, Shape, in_general, visible
from services.chassis.clock import ZONE
from services.chassis.db import UtcDateTime
from services.chassis.http import Context
from services.chassis.lines import duty_line
from services.chassis.runtime import Kind, ServiceDefinition
from services.chassis.tables import Duty
from services.chassis.work import Work

WEEK = timedelta(days=7)
BEGINS: Any = bindparam("clock_begins", type_=UtcDateTime())
ENDS: Any = bindparam("clock_ends", type_=UtcDateTime())
OFFICE: Any = bindparam("clock_office", type_=String())
CLAUSE: Any = bindparam("clock_clause", type_=String())


class When(StrEnum):
    """`LATE`: the last day is over. `WEEK`: it is today or one of the six days after. `LATER`: after that."""

    LATE = "late"
    WEEK = "week"
    LATER = "later"


FALLS: dict[When, ColumnElement[bool]] = {
    When.LATE: Duty.due_at < BEGINS,
    When.WEEK: and_(Duty.due_at >= BEGINS, Duty.due_at < ENDS),
    When.LATER: Duty.due_at >= ENDS,
}


def clock_counts(_: Context, work: Work) -> Any:
    """`{today, until, lines: [{office, clause, late, week, later}]}`; `until` is the last day of the week."""
    asked = _counts(work.runtime.definition, work.actor.shape)
    rows = work.session.execute(asked, _values(work))
    lines = [
        {"office": row.office, "clause": row.clause} | {when.value: int(getattr(row, when)) for when in When}
        for row in rows
    ]
    until = work.today + WEEK - timedelta(days=1)
    return {"today": work.today.isoformat(), "until": until.isoformat(), "lines": lines}


def clocks_behind(context: Context, work: Work) -> Any:
    """The clocks behind one number, the earliest due first: `{items: [{kind, path, id, no, …, clock}], next}`."""
    when, limit = _when(context.query("when")), context.limit()
    named = {"clock_office": context.query("office"), "clock_clause": context.query("clause")}
    beyond = _beyond(context.query("cursor"))
    found: list[tuple[Duty, Any, Kind]] = []
    for kind, asked in _behind(work.runtime.definition, work.actor.shape, when):
        narrowed = asked if beyond is None else asked.where(tuple_(Duty.due_at, Duty.id) > beyond)
        rows = work.session.execute(narrowed.limit(limit + 1), _values(work) | named)
        found += [(duty, row, kind) for duty, row in rows]
    found.sort(key=lambda one: (one[0].due_at, one[0].id))
    page = found[:limit]
    following = f"{page[-1][0].due_at.isoformat()}|{page[-1][0].id}" if len(found) > limit else None
    return {"items": [_line(work, *one) for one in page], "next": following}


def _line(work: Work, duty: Duty, row: Any, kind: Kind) -> dict[str, Any]:
    return {
        "kind": row.KIND, "kind_zh": row.ZH, "kind_en": row.EN, "path": kind.path, "id": row.id, "no": row.no or "",
        "clock": duty_line(work, duty),
    }  # fmt: skip


@lru_cache(maxsize=64)
def _counts(definition: ServiceDefinition, shape: Shape) -> Select[Any]:
    anybody = in_general(shape)
    sums = [func.sum(case((FALLS[when], 1), else_=0)).label(when) for when in When]
    grouped = (Duty.office_id.label("office"), Duty.clause.label("clause"))
    parts = [
        _open_clocks(kind, anybody, *grouped, *sums).group_by(Duty.office_id, Duty.clause)
        for kind in definition.kinds
    ]
    every = union_all(*parts).subquery()
    key = (every.c.office, every.c.clause)
    return select(*key, *(func.sum(every.c[when]).label(when) for when in When)).group_by(*key).order_by(*key)


@lru_cache(maxsize=256)
def _behind(definition: ServiceDefinition, shape: Shape, when: When) -> tuple[tuple[Kind, Select[Any]], ...]:
    anybody = in_general(shape)
    named = (Duty.office_id == OFFICE, Duty.clause == CLAUSE, FALLS[when])
    return tuple(
        (kind, _open_clocks(kind, anybody, Duty, kind.model).where(*named).order_by(Duty.due_at, Duty.id))
        for kind in definition.kinds
    )


def _open_clocks(kind: Kind, actor: Actor, *columns: Any) -> Select[Any]:
    """Of the kind's items that the actor may know of."""
    model = kind.model
    open_ones = and_(Duty.subject_kind == model.KIND, Duty.status == "open")
    joined = select(*columns).join_from(Duty, model, model.id == Duty.subject_id)
    return joined.where(open_ones, visible(model, actor, kind.knows))


def _values(work: Work) -> dict[str, Any]:
    begins, ends = _midnight(work.today), _midnight(work.today + WEEK)
    return work.actor.values | {"clock_begins": begins, "clock_ends": ends}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZONE)


def _when(given: str) -> When:
    try:
        return When(given)
    except ValueError:
        raise Refusal(RefusalCode.INVALID_FIELD, field="when") from None


def _beyond(cursor: str) -> tuple[datetime, str] | None:
    if not cursor:
        return None
    try:
        moment, _, duty = cursor.partition("|")
        due_at = datetime.fromisoformat(moment)
    except ValueError:
        raise Refusal(RefusalCode.INVALID_FIELD, field="cursor") from None
    if due_at.tzinfo is None:
        raise Refusal(RefusalCode.INVALID_FIELD, field="cursor")
    return due_at, duty
