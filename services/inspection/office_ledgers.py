"""An office's ledgers as a team of a round reads them: counts, and entries of those that it may read (GL-3.24)."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Any

from sqlalchemy import select

from contracts.refusals import Refusal, RefusalCode
from services.chassis.access import not_recused
from services.chassis.http import Context, Route, signed_in
from services.chassis.resources import item
from services.chassis.runtime import Kind
from services.chassis.subject import NORMAL
from services.chassis.work import Work
from services.inspection.acts.office_checks import METHODS, team_at
from services.inspection.acts.office_rounds import CROSS
from services.inspection.acts.posts import ids_in
from services.inspection.storage_duty_supervision import DutySupervision
from services.inspection.storage_five_supervisions import SupervisionRecord
from services.inspection.storage_office import OfficeRound, OfficeTeam
from services.inspection.storage_problem import SupervisionProblem
from services.inspection.storage_talk import FormalInterview

LEDGERS: dict[str, Any] = {
    model.KIND: model for model in (SupervisionRecord, SupervisionProblem, DutySupervision, FormalInterview)
}


def _team(work: Work, row: OfficeRound, office_id: str) -> OfficeTeam:
    """The reader's team at that office; raises Refusal(OUT_OF_SCOPE) for who is of none, of a running round."""
    team = team_at(work.session, row.id, work.actor.person_id, office_id)
    own = office_id == work.actor.office_id
    if team is None or own or row.state != "planned":
        code = RefusalCode.CONFLICT_OF_INTEREST if own else RefusalCode.OUT_OF_SCOPE
        _refuse(work, row, code, CROSS)
        raise Refusal(code, field="office", clauses=(CROSS,))
    return team


def _refuse(work: Work, row: OfficeRound, code: RefusalCode, clause: str) -> None:
    work.audit("read_ledger", "refused", subject=row, code=code.value, clauses=(clause,))
    work.session.commit()


def _entries(work: Work, model: Any, office_id: str) -> list[Any]:
    """Of the office, without what the reader is recused from."""
    query = select(model).where(model.office_id == office_id, not_recused(model, work.actor))
    return list(work.session.scalars(query.order_by(model.opened_on, model.id)))


def counts(context: Context, work: Work, *, rounds: Kind) -> Any:
    """How many entries each ledger of `office` has, by state, and how many of them hold something of a clue."""
    row, office_id = item(context, work, rounds), context.query("office", longest=64)
    _team(work, row, office_id)
    lines = []
    for name, model in LEDGERS.items():
        found = _entries(work, model, office_id)
        states = Counter(entry.state for entry in found)
        held = sum(entry.secrecy != NORMAL for entry in found)
        lines.append({"ledger": name, "zh": model.ZH, "count": len(found), "states": dict(sorted(states.items())),
                      "with_clue_content": held})  # fmt: skip
    work.audit("read_ledger", "read", subject=row, facts={"office": office_id, "entries": False})
    return {"office": office_id, "clauses": [METHODS], "ledgers": lines}


def entries(context: Context, work: Work, *, rounds: Kind) -> Any:
    """Number, state and day of each entry of `ledger`; refused of one with clues to who is not cleared for them."""
    row, office_id = item(context, work, rounds), context.query("office", longest=64)
    team, model = _team(work, row, office_id), LEDGERS.get(context.query("ledger", longest=64))
    if model is None:
        raise Refusal(RefusalCode.UNKNOWN_REFERENCE, field="ledger", clauses=(METHODS,))
    found = _entries(work, model, office_id)
    cleared = work.actor.person_id in ids_in(team.cleared_ids)
    if not cleared and any(entry.secrecy != NORMAL for entry in found):
        _refuse(work, row, RefusalCode.ACCESS_DENIED, METHODS)
        raise Refusal(RefusalCode.ACCESS_DENIED, field="ledger", clauses=(METHODS,))
    work.audit("read_ledger", "read", subject=row, facts={"office": office_id, "entries": True})
    lines = [{"no": one.no, "state": one.state, "opened_on": one.opened_on.isoformat()} for one in found]
    return {"office": office_id, "clauses": [METHODS], "ledger": model.KIND, "entries": lines}


def routes(rounds: Kind) -> tuple[Route, ...]:
    return (
        Route(
            "GET",
            "/office-rounds/<id>/ledgers",
            signed_in(partial(counts, rounds=rounds)),
            ("被督查机构台账(件数)", "the office's ledgers, counted"),
            clauses=(METHODS, CROSS),
            query=("office",),
        ),
        Route(
            "GET",
            "/office-rounds/<id>/ledger-entries",
            signed_in(partial(entries, rounds=rounds)),
            ("被督查机构台账(条目)", "entries of a ledger of the office"),
            clauses=(METHODS, CROSS),
            query=("office", "ledger"),
        ),
    )
