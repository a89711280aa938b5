"""What if a clock's value were another one: its past and running clocks counted again, by the code that counted them.

It computes and stores nothing (`lists.reading`). Only clocks of items that the reader may know of are looked at, so
neither lines nor counts tell of any other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import Integer, Select, bindparam, select

from contracts.clause import DatedValue, UnknownClause, UnknownValue, catalogue
from contracts.refusals import Refusal, RefusalCode
from contracts.working_days import LONGEST, UNITS, Due, Unit, due, published_calendar
from services.chassis.access import Anybody, Shape, in_general, visible, ways_to_know
from services.chassis.clock import ZONE, local_date
from services.chassis.http import Context
from services.chassis.runtime import Kind, ServiceDefinition
from services.chassis.tables import Duty
from services.chassis.values import value_in_force
from services.chassis.work import Work


@dataclass(frozen=True)
class Change:
    """A value as somebody imagines it: for clocks that were opened from `begin` on, up to the end of `end`."""

    clause: str
    name: str
    amount: int
    unit: Unit
    begin: date
    end: date

    def due(self, counted_from: date) -> Due:
        return due(counted_from, self.amount, self.unit, published_calendar())


def what_if(context: Context, work: Work) -> Any:
    """`clause`, `name`, `amount`, `unit`, `from`, `to` (today, if left out): which due dates would be others.

    A page looks at `limit` clocks. `unmoved`: as many would stay; `left_out`: those counted back from an event
    or by an older calendar, of which nothing can be said.
    """
    change, limit = _change(context, work), context.limit()
    after = context.query("cursor", longest=64)
    rows = _clocks(work, change, after, limit)
    rows.sort(key=lambda row: row[0].id)
    page = rows[:limit]
    replayed = [(duty, item, kind, _replayed(work, duty, change)) for duty, item, kind in page]
    moved = [one for one in replayed if one[3] is not None and one[3].due_on != local_date(one[0].due_at)]
    left_out = sum(again is None for *_, again in replayed)
    return {
        "items": [_line(work, duty, item, kind, cast(Due, again)) for duty, item, kind, again in moved],
        "unmoved": len(page) - len(moved) - left_out,
        "left_out": left_out,
        "next": page[-1][0].id if len(rows) > limit else None,
    }


def _change(context: Context, work: Work) -> Change:
    """Raises Refusal(MISSING_FIELD | INVALID_FIELD | OUT_OF_RANGE | DATE_ORDER) at the field."""
    clause, name, unit = (_text(context, field) for field in ("clause", "name", "unit"))
    shipped = _shipped(clause, name)
    if unit not in UNITS or shipped.unit not in UNITS:
        raise Refusal(RefusalCode.OUT_OF_RANGE, field="unit")
    amount = _text(context, "amount")
    if not (amount.isascii() and amount.isdigit() and int(amount[:6]) <= LONGEST and len(amount) <= 4):
        raise Refusal(RefusalCode.OUT_OF_RANGE, field="amount")
    begin, end = _day(context, "from", None), _day(context, "to", work.today)
    if begin > end:
        raise Refusal(RefusalCode.DATE_ORDER, field="to")
    change = Change(clause, name, int(amount), unit, begin, end)
    try:
        change.due(begin)
    except ValueError:  # no period has the number 0
        raise Refusal(RefusalCode.OUT_OF_RANGE, field="amount") from None
    return change


def _shipped(clause: str, name: str) -> DatedValue:
    try:
        found = [value for value in catalogue().values(clause) if value.name == name]
    except UnknownClause:
        raise Refusal(RefusalCode.OUT_OF_RANGE, field="clause") from None
    if not found:
        raise Refusal(RefusalCode.OUT_OF_RANGE, field="name")
    return found[0]


def _text(context: Context, name: str) -> str:
    text = context.query(name, longest=64)
    if not text:
        raise Refusal(RefusalCode.MISSING_FIELD, field=name)
    return text


def _day(context: Context, name: str, default: date | None) -> date:
    text = context.query(name, longest=10)
    if not text and default is not None:
        return default
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Refusal(RefusalCode.INVALID_FIELD, field=name) from None
    if not 1900 <= day.year <= 2200:
        raise Refusal(RefusalCode.OUT_OF_RANGE, field=name)
    return day


def _clocks(work: Work, change: Change, after: str, limit: int) -> list[tuple[Duty, Any, Kind]]:
    """The clocks of this value on items that the actor may know of, of each kind the first ones by their ids."""
    asked = {
        "of_clause": change.clause,
        "of_name": change.name,
        "opened_from": datetime.combine(change.begin, time(), ZONE),
        "opened_before": datetime.combine(change.end, time(), ZONE) + timedelta(days=1),
        "after": after,
        "page": limit + 1,
    }
    parameters = work.actor.values | asked
    return [
        (duty, item, kind)
        for kind, query in _searches(work.runtime.definition, work.actor.shape)
        for duty, item in work.session.execute(query, parameters)
    ]


@lru_cache(maxsize=64)
def _searches(definition: ServiceDefinition, shape: Shape) -> tuple[tuple[Kind, Select[Any]], ...]:
    """One of each kind that such an actor can know something of; making one costs ten times what running it does."""
    anybody = in_general(shape)
    return tuple(
        (kind, _search(kind, anybody))
        for kind in definition.kinds
        if ways_to_know(kind.model, anybody, kind.knows)
    )


def _search(kind: Kind, anybody: Anybody) -> Select[Any]:
    model = kind.model
    return (
        select(Duty, model)
        .join(model, model.id == Duty.subject_id)
        .where(
            Duty.subject_kind == model.KIND,
            Duty.clause == bindparam("of_clause"),
            Duty.value_name == bindparam("of_name"),
            Duty.status != "voided",
            Duty.opened_at >= bindparam("opened_from"),
            Duty.opened_at < bindparam("opened_before"),
            Duty.id > bindparam("after"),
            visible(model, anybody, kind.knows),
        )
        .order_by(Duty.id)
        .limit(bindparam("page", type_=Integer()))
    )


def _replayed(work: Work, duty: Duty, change: Change) -> Due | None:
    """The clock with the imagined value; None where its own value, counted again, does not give its due date."""
    try:
        own = value_in_force(work.session, duty.clause, duty.value_name, local_date(duty.opened_at))
        before = due(duty.counted_from, int(own.amount), cast(Unit, own.unit), published_calendar())
        return change.due(duty.counted_from) if before.due_at == duty.due_at else None
    except (UnknownValue, ValueError):
        return None


def _line(work: Work, duty: Duty, item: Any, kind: Kind, again: Due) -> dict[str, Any]:
    due_on, done_at = local_date(duty.due_at), duty.met_at or work.now
    warns = value_in_force(work.session, duty.clause, duty.value_name, local_date(duty.opened_at)).effect
    return {
        "service": work.runtime.name, "path": kind.path, "id": item.id, "no": item.no,
        "kind_zh": kind.model.ZH, "kind_en": kind.model.EN, "status": duty.status,
        "counted_from": duty.counted_from.isoformat(), "opened_on": local_date(duty.opened_at).isoformat(),
        "due_on": due_on.isoformat(), "new_due_on": again.due_on.isoformat(),
        "days": (again.due_on - due_on).days, "provisional": again.provisional,
        "late": warns != "warning" and done_at > duty.due_at,
        "would_be_late": warns != "warning" and done_at > again.due_at,
    }  # fmt: skip
