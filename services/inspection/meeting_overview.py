"""A year's meetings of each supervised unit, and which of those that every year has nobody recorded (LL-1.17)."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from contracts.refusals import Refusal, RefusalCode
from services.chassis.access import visible
from services.chassis.act import PLAUSIBLE_YEARS
from services.chassis.clock import ZONE
from services.chassis.http import Context, Route, signed_in
from services.chassis.tables import DirectoryCoverage
from services.chassis.work import Work
from services.inspection import figures
from services.inspection.domain.meeting_codes import YEARLY
from services.inspection.storage_meeting import Meeting

RECORDED = ("attended", "absent", "decided", "followed_up")


def overview(context: Context, work: Work) -> Any:
    """`year` as asked (this year's if not). Of the units of the reader's office, or the reader's own unit."""
    year = _year(context, work)
    held: dict[str, Counter[str]] = {unit_id: Counter() for unit_id in _units(work)}
    first, last = datetime(year, 1, 1, tzinfo=ZONE), datetime(year + 1, 1, 1, tzinfo=ZONE)
    rows = work.session.execute(
        select(Meeting.unit_id, Meeting.kind_code).where(
            Meeting.opens_at >= first,
            Meeting.opens_at < last,
            Meeting.state.in_(RECORDED),
            Meeting.unit_id.in_(list(held)),
            visible(Meeting, work.actor, work.runtime.kinds[Meeting.KIND].knows),
        )
    )
    for unit_id, kind in rows:
        held[unit_id][kind] += 1
    lines = [
        {
            "unit_id": unit_id,
            "recorded": dict(sorted(kinds.items())),
            "missing": [one.value for one in YEARLY if not kinds[one.value]],
        }
        for unit_id, kinds in sorted(held.items())
    ]
    return {"year": year, "clauses": ["LL-1.17", "LL-1.18", "LL-1.19"], "items": lines}


def _year(context: Context, work: Work) -> int:
    given = context.query("year", str(work.today.year), longest=4)
    if not (given.isascii() and given.isdigit() and int(given) in PLAUSIBLE_YEARS):
        raise Refusal(RefusalCode.OUT_OF_RANGE, field="year", clauses=("LL-1.17",))
    return int(given)


def _units(work: Work) -> list[str]:
    actor = work.actor
    mine = or_(
        (DirectoryCoverage.office_id == actor.office_id) & (actor.office_id != ""),
        (DirectoryCoverage.unit_id == actor.unit_id) & (actor.unit_id != ""),
    )
    return list(work.session.scalars(select(DirectoryCoverage.unit_id).where(mine)))


ROUTES = (
    *figures.ROUTES,
    Route(
        "GET",
        "/meeting-overview",
        signed_in(overview),
        ("年度会议一览", "the year's meetings of each unit"),
        clauses=("LL-1.17",),
    ),
)
