"""A year's records of the five supervisions, counted by type, form, special task and unit (GL-3.12, GL-2.24)."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from sqlalchemy import select

from contracts.refusals import Refusal, RefusalCode
from services.chassis.access import visible
from services.chassis.act import PLAUSIBLE_YEARS
from services.chassis.http import Context, Route, signed_in
from services.chassis.work import Work
from services.inspection.domain.five_supervision_codes import SupervisionForm, SupervisionType
from services.inspection.storage_five_supervisions import SupervisionRecord

CLAUSES = ("GL-3.12", "GL-2.24", "LZ-22.2")


def overview(context: Context, work: Work) -> Any:
    """`year` as asked (this year's if not), by the day of the supervision; of the records that the reader may read.

    A record that went on as another type counts under both types, and once among forms, tasks and units.
    """
    year = _year(context, work)
    knows = work.runtime.kinds[SupervisionRecord.KIND].knows
    rows = work.session.scalars(
        select(SupervisionRecord).where(
            SupervisionRecord.supervised_on.between(date(year, 1, 1), date(year, 12, 31)),
            visible(SupervisionRecord, work.actor, knows),
        )
    ).all()
    types = Counter(row.type_code for row in rows)
    made = [row for row in rows if not row.origin_id]
    forms = Counter(row.form_code for row in made)
    tasks = Counter(row.task_code for row in made if row.task_code)
    units = sorted({row.unit_id for row in made})
    return {
        "year": year,
        "clauses": list(CLAUSES),
        "by_type": {one.value: types[one.value] for one in SupervisionType},
        "by_form": {one.value: forms[one.value] for one in SupervisionForm},
        "by_task": dict(sorted(tasks.items())),
        "by_unit": [
            {"unit_id": unit_id, "count": sum(row.unit_id == unit_id for row in made)} for unit_id in units
        ],
    }


def _year(context: Context, work: Work) -> int:
    given = context.query("year", str(work.today.year), longest=4)
    if not (given.isascii() and given.isdigit() and int(given) in PLAUSIBLE_YEARS):
        raise Refusal(RefusalCode.OUT_OF_RANGE, field="year", clauses=CLAUSES)
    return int(given)


ROUTES = (
    Route(
        "GET",
        "/supervision-overview",
        signed_in(overview),
        ("五项监督一览", "the year's five supervisions"),
        clauses=CLAUSES,
    ),
)
