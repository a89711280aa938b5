"""What becomes of a round's results by the clock: places on the agendas that nobody has asked for (XC-32.2b)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from services.chassis.clock import local_date
from services.chassis.perform import AnyAct
from services.chassis.tables import Duty
from services.chassis.values import value_in_force
from services.chassis.work import Work
from services.inspection.acts.results_agenda import NOTE_AGENDA_MISSING
from services.inspection.storage_round import Round


def agendas_to_request(work: Work) -> list[str]:
    """Rounds whose month ends within the days of the parameter, and nobody has asked or was warned."""
    query = (
        select(Round.id, Duty.due_at)
        .join(Duty, Duty.subject_id == Round.id)
        .where(
            Duty.subject_kind == Round.KIND,
            Duty.clause == "XC-32.2a",
            Duty.status == "open",
            Round.agenda_requested_on.is_(None),
            Round.agenda_warned_on.is_(None),
        )
    )
    rows = work.session.execute(query).all()
    if not rows:
        return []
    before = timedelta(
        days=int(value_in_force(work.session, "XC-32.2b", "request_before", work.today).amount)
    )
    return sorted({item for item, due_at in rows if work.today >= local_date(due_at) - before})


WATCHED: tuple[tuple[Callable[[Work], list[str]], AnyAct, Any], ...] = (
    (agendas_to_request, NOTE_AGENDA_MISSING, Round),
)
