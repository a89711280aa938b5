"""The register of measures as it is read: a quarter's rows; and that nothing in it is deleted (LZ-16.13)."""

from __future__ import annotations

from typing import Any

from contracts.refusals import Refusal, RefusalCode
from services.chassis.http import Context, Route, signed_in
from services.chassis.resources import item
from services.chassis.work import Work
from services.clues.acts.measures_ledger import row_of, rows_of
from services.clues.storage_measure import Measure, MeasuresLedger


def never_deleted(context: Context, work: Work) -> Any:
    """An entry of the register is never deleted; who may not know of it learns nothing by asking."""
    measure = item(context, work, work.runtime.kinds[Measure.KIND])
    work.audit("delete", "refused", subject=measure, code=RefusalCode.IMMUTABLE.value, clauses=("LZ-16.13",))
    work.session.commit()
    raise Refusal(RefusalCode.IMMUTABLE, clauses=("LZ-16.13",))


def ledger_rows(context: Context, work: Work) -> Any:
    """The measures executed in the ledger's quarter, as the register has them now; only what the actor may know of."""
    ledger: MeasuresLedger = item(context, work, work.runtime.kinds[MeasuresLedger.KIND])
    rows = [row_of(measure) for measure in rows_of(work, ledger)]
    work.audit("read_ledger", "read", subject=ledger, facts={"rows": len(rows)})
    return {
        "quarter": ledger.quarter,
        "office": ledger.office_id,
        "count": len(rows),
        "clauses": ["LZ-16.13"],
        "items": rows,
    }


MEASURE_VIEWS = (
    Route(
        "DELETE",
        "/measures/<id>",
        signed_in(never_deleted),
        ("措施台账不得删除", "the register of measures deletes nothing"),
        clauses=("LZ-16.13",),
    ),
    Route(
        "GET",
        "/measures-ledgers/<id>/rows",
        signed_in(ledger_rows),
        ("季度措施台账", "the measures of a quarter"),
        clauses=("LZ-16.13",),
        on_item=lambda _: True,
    ),
)
