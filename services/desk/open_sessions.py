"""A person's own open sessions: where one is signed in, and ending what one does not need or does not know."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.refusals import Refusal, RefusalCode
from services.chassis.access import Claims, load_actor
from services.chassis.runtime import Runtime
from services.chassis.work import begin
from services.desk.acts.accounts import end_sessions
from services.desk.domain.session_life import lives
from services.desk.private_keys import OPENED
from services.desk.storage import DeskSession


def open_sessions(session: Session, account_id: str, now: datetime) -> list[DeskSession]:
    """The account's sessions that may still be used, the one used last first."""
    query = select(DeskSession).where(DeskSession.account_id == account_id, DeskSession.ended_at.is_(None))
    rows = session.scalars(query.order_by(DeskSession.seen_at.desc(), DeskSession.id))
    return [row for row in rows if lives(row.started_at, row.seen_at, now)]


def end_one(runtime: Runtime, claims: Claims, session_id: str) -> None:
    """End a session of one's own; raises Refusal(UNKNOWN_REFERENCE) for any other, whether there is one or not."""
    if _end(runtime, claims, only=session_id) == 0:
        raise Refusal(RefusalCode.UNKNOWN_REFERENCE)


def end_others(runtime: Runtime, claims: Claims) -> int:
    """End all of one's own sessions but this one; returns how many there were."""
    return _end(runtime, claims, but=claims.session_id)


def _end(runtime: Runtime, claims: Claims, only: str = "", but: str = "") -> int:
    with begin(runtime) as work:
        work.actor = load_actor(work.session, claims, work.today)
        ended = end_sessions(work, claims.account_id, only=only, but=but)
        for session_id in ended:
            work.audit(
                "end_session",
                "accepted",
                subject_kind="account",
                subject_id=claims.account_id,
                facts={"session": session_id},
            )
    for session_id in ended:
        OPENED.forget(session_id)
    return len(ended)
