"""What a unit's checks come to: its supervision record, and how much of a list of responsibility was checked."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import select

from contracts.refusals import Refusal, RefusalCode
from services.chassis.access import visible
from services.chassis.act import PLAUSIBLE_YEARS
from services.chassis.http import Context, Route, signed_in
from services.chassis.lines import summary
from services.chassis.rates import in_words, share_in_tenths
from services.chassis.resources import item
from services.chassis.runtime import Kind
from services.chassis.work import Work
from services.inspection.domain.unit_check_codes import POLITICAL, CadreFocus, UnitCheckType
from services.inspection.storage_unit_check import ResponsibilityList, ResponsibilityTask, UnitCheck

RECORD = ("LZ-4.1", "LZ-4.2", "LZ-4.3", "GL-1.4")


def supervision_record(context: Context, work: Work) -> Any:
    """The checks of `unit` in `year` (this year's if not asked), by type and focal point, the latest first."""
    unit_id, year = context.query("unit", longest=64), _year(context, work)
    if not unit_id:
        raise Refusal(RefusalCode.MISSING_FIELD, field="unit", clauses=RECORD)
    rows = work.session.scalars(
        select(UnitCheck)
        .where(
            UnitCheck.unit_id == unit_id,
            UnitCheck.checked_on.between(date(year, 1, 1), date(year, 12, 31)),
            visible(UnitCheck, work.actor, work.runtime.kinds[UnitCheck.KIND].knows),
        )
        .order_by(UnitCheck.checked_on.desc(), UnitCheck.id)
    ).all()
    types = Counter(row.check_type for row in rows)
    focal = Counter(row.focus_code for row in rows if row.focus_code)
    return {
        "unit_id": unit_id,
        "year": year,
        "clauses": list(RECORD),
        "political_total": sum(types[one.value] for one in POLITICAL),
        "by_type": {one.value: types[one.value] for one in UnitCheckType},
        "by_focus": {one.value: focal[one.value] for one in CadreFocus},
        "items": [summary(row) for row in rows],
    }


def _year(context: Context, work: Work) -> int:
    given = context.query("year", str(work.today.year), longest=4)
    if not (given.isascii() and given.isdigit() and int(given) in PLAUSIBLE_YEARS):
        raise Refusal(RefusalCode.OUT_OF_RANGE, field="year", clauses=RECORD)
    return int(given)


def task_coverage(context: Context, work: Work, *, lists: Kind) -> Any:
    """Each task of the version in force with its owner, how far it is and what its last check found (LZ-5.3)."""
    of = item(context, work, lists)
    query = select(ResponsibilityTask).where(ResponsibilityTask.list_id == of.id)
    tasks = work.session.scalars(query.order_by(ResponsibilityTask.no)).all()
    unchecked = [task.no for task in tasks if task.checked_on is None]
    lines = [
        {
            "task_no": task.no,
            "owner_id": task.owner_id,
            "status": task.status_code,
            "checked_on": task.checked_on.isoformat() if task.checked_on else None,
            "result_code": task.result_code,
        }
        for task in tasks
    ]
    return {
        "clause": "LZ-5.3",
        "task_count": len(tasks),
        "checked_count": len(tasks) - len(unchecked),
        "checked_percent": in_words(share_in_tenths(len(tasks) - len(unchecked), len(tasks))),
        "unchecked": unchecked,
        "items": lines,
    }


def routes(lists: Kind) -> tuple[Route, ...]:
    return (
        Route(
            "GET",
            "/supervision-record",
            signed_in(supervision_record),
            ("单位监督记录", "a unit's supervision record"),
            clauses=RECORD,
        ),
        Route(
            "GET",
            "/responsibility-lists/<id>/coverage",
            signed_in(partial(task_coverage, lists=lists)),
            ("清单任务检查情况", "how much of a list was checked"),
            clauses=("LZ-5.3",),
            on_item=lambda row: isinstance(row, ResponsibilityList),
        ),
    )
