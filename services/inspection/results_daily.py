"""What happens in a round by the clock: meetings that do not sit (XC-3.1b), agendas nobody asked for (XC-32.2b)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import exists, select

from services.chassis.clock import local_date
from services.chassis.perform import AnyAct
from services.chassis.tables import Duty, Gap
from services.chassis.values import value_in_force
from services.chassis.work import Work
from services.inspection.acts.results_agenda import NOTE_AGENDA_MISSING
from services.inspection.acts.sessions import NOTE_SESSIONS, sessions_lacking
from services.inspection.storage_round import Round, Team


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


def sessions_to_note(work: Work) -> list[str]:
    """Teams at their units whose affairs meeting has not sat for longer than the interval, not noted yet (XC-3.1b)."""
    noted = exists().where(
        Gap.subject_kind == Team.KIND,
        Gap.subject_id == Team.id,
        Gap.clause == "XC-3.1b",
        Gap.filled_at.is_(None),
    )
    teams = work.session.scalars(select(Team).where(Team.state == "on_site", ~noted))
    return sorted(team.id for team in teams if sessions_lacking(work.session, team, work.today))


WATCHED: tuple[tuple[Callable[[Work], list[str]], AnyAct, Any], ...] = (
    (agendas_to_request, NOTE_AGENDA_MISSING, Round),
    (sessions_to_note, NOTE_SESSIONS, Team),
)
