"""The sanctions of a case as they are read: each decision, how the person was educated, how the execution stands."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from services.chassis.http import Context, Route, signed_in
from services.chassis.resources import item
from services.chassis.work import Work
from services.clues.domain.execution import still_open
from services.clues.storage_case import Case
from services.clues.storage_sanction import Sanction, SanctionEducation, SanctionExecution


def sanctions(context: Context, work: Work) -> Any:
    """The decisions on the case's persons (LZ-17.17), with education records (LZ-17.19) and execution (LZ-17.20)."""
    case: Case = item(context, work, work.runtime.kinds[Case.KIND])
    query = select(Sanction).where(Sanction.case_id == case.id).order_by(Sanction.person_id)
    rows = [_shown(work, sanction) for sanction in work.session.scalars(query)]
    work.audit("read_sanctions", "read", subject=case, facts={"sanctions": len(rows)})
    return {"case": case.id, "clauses": ["LZ-17.17", "LZ-17.19", "LZ-17.20"], "items": rows}


def _shown(work: Work, sanction: Sanction) -> dict[str, Any]:
    educated = select(SanctionEducation.held_on).where(SanctionEducation.sanction_id == sanction.id)
    executed = select(SanctionExecution).where(SanctionExecution.sanction_id == sanction.id)
    items = list(work.session.scalars(executed.order_by(SanctionExecution.item_code)))
    return {
        "sanction": sanction.id,
        "person_id": sanction.person_id,
        "decision_no": sanction.decision_no,
        "party_sanction_code": sanction.party_sanction_code,
        "government_sanction_code": sanction.government_sanction_code,
        "form_code": sanction.form_code,
        "decided_by": sanction.decided_by,
        "decided_on": sanction.decided_on.isoformat(),
        "educated_on": [
            day.isoformat() for day in work.session.scalars(educated.order_by(SanctionEducation.held_on))
        ],
        "executed": [
            {
                "item_code": one.item_code,
                "result_code": one.result_code,
                "done_on": one.done_on.isoformat() if one.done_on else None,
            }
            for one in items
        ],
        "open_items": sorted(still_open(one.item_code for one in items)),
    }


SANCTION_VIEWS = (
    Route(
        "GET",
        "/cases/<id>/sanctions",
        signed_in(sanctions),
        ("处分决定及执行情况", "the sanctions of a case and their execution"),
        clauses=("LZ-17.17", "LZ-17.19", "LZ-17.20"),
    ),
)
