"""What the system administrator sees of a service: queues, witnesses, parked events, and their release.

References, codes and counts only; the administrator never sees what an event carries, and no count of items.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contracts.refusals import Refusal, RefusalCode
from services.chassis.answers import remember, replayed
from services.chassis.audit.tables import AuditHead, WitnessedHead
from services.chassis.audit.witness import Verdict, alarms, waiting
from services.chassis.http import Context, Route, signed_in
from services.chassis.inbox import release
from services.chassis.lists import reading
from services.chassis.serving import wake
from services.chassis.settings import SERVICES
from services.chassis.tables import Damaged, Inbox, Installation, Outbox
from services.chassis.work import Work

LONGEST_REASON = 500
MOST_ALARMS = 50
RELEASE = "release_parked"


def state(_: Context, work: Work) -> Any:
    """What waits and since when, what is parked or unreadable, and how the trail's heads are signed and witnessed.

    Instants by the real clock. Nothing in it counts items: an installation at rest answers the same whatever it holds.
    """
    administrator(work, "read_operations")
    session = work.session
    signed: datetime | None = session.scalars(select(func.max(AuditHead.signed_at))).one()
    return {
        "service": work.runtime.name,
        "outbox": _depth(session, Outbox.created_at, Outbox.status != "sent"),
        "inbox": _depth(session, Inbox.received_at, Inbox.status == "received"),
        "parked": _depth(session, Inbox.received_at, Inbox.status == "parked"),
        "lapsed": session.scalar(select(func.count()).select_from(Inbox).where(Inbox.status == "lapsed")),
        "damaged": session.scalar(select(func.count()).select_from(Damaged)),
        "held": session.scalars(select(Installation.restore_id)).one(),
        "signed_at": signed.isoformat() if signed else "",
        "witnessed": [_witnessed(session, name) for name in SERVICES if name != work.runtime.name],
        "alarms": [
            {"producer": row.producer, "verdict": row.verdict, "seen_at": row.seen_at.isoformat()}
            for row in alarms(session)[-MOST_ALARMS:]
        ],
    }


def _depth(session: Session, since: Any, which: Any) -> dict[str, Any]:
    count, oldest = session.execute(select(func.count(), func.min(since)).where(which)).one()
    return {"count": count, "oldest": oldest.isoformat() if oldest else ""}


def _witnessed(session: Session, producer: str) -> dict[str, Any]:
    accepted = select(func.max(WitnessedHead.seen_at)).where(
        WitnessedHead.producer == producer, WitnessedHead.verdict == Verdict.ACCEPTED
    )
    seen: datetime | None = session.scalars(accepted).one()
    heads = len(waiting(session, producer))
    return {"producer": producer, "seen_at": seen.isoformat() if seen else "", "waiting": heads}


def parked(context: Context, work: Work) -> Any:
    """Parked events, oldest first, and how many messages were set aside: unreadable, or not from whom they name."""
    administrator(work, "read_operations")
    rows = work.session.scalars(
        select(Inbox).where(Inbox.status == "parked").order_by(Inbox.received_at).limit(context.limit())
    )
    reasons = Counter(work.session.scalars(select(Damaged.reason)))
    return {
        "parked": [
            {
                "producer": row.producer,
                "epoch": row.epoch,
                "sequence": row.sequence,
                "event_id": row.event_id,
                "type": row.type,
                "reason": row.reason,
                "attempts": row.attempts,
                "received_at": row.received_at.isoformat(),
            }
            for row in rows
        ],
        "damaged": reasons.total(),
        "damaged_reasons": dict(sorted(reasons.items())),
    }


def release_parked(context: Context, work: Work) -> Any:
    """Put a parked event back on the ladder: `{"reason"}`; who and why is audited (the reason as a digest).

    Repeated with its key it is answered again. An event that failed once more is parked anew, and takes another key.
    """
    administrator(work, RELEASE)
    body = context.json()
    reason = body.get("reason", "")
    if set(body) - {"reason"}:
        raise Refusal(RefusalCode.UNKNOWN_FIELD)
    if not isinstance(reason, str) or len(reason) > LONGEST_REASON:
        raise Refusal(RefusalCode.INVALID_FIELD, field="reason")
    if not reason.strip():
        raise Refusal(RefusalCode.MISSING_REASON, field="reason")
    digest = sha256(reason.encode()).digest()
    if (answer := replayed(work, RELEASE, context.place(), context.key(), digest)) is not None:
        return answer
    row = work.session.scalars(
        select(Inbox)
        .where(Inbox.event_id == context.path["event"], Inbox.status == "parked")
        .with_for_update()
    ).first()
    if row is None:
        raise Refusal(RefusalCode.UNKNOWN_REFERENCE)
    release(work.session, row.producer, row.epoch, row.sequence)
    work.audit(
        RELEASE,
        "accepted",
        subject_kind="event",
        subject_id=row.event_id,
        digests={"reason": reason.encode()},
        facts={"producer": row.producer, "sequence": row.sequence},
    )
    answer = {"event_id": row.event_id, "status": "received"}
    remember(work, RELEASE, context.place(), context.key(), digest, ("event", row.event_id), answer)
    wake(work.runtime, "apply_inbox")
    return answer


def administrator(work: Work, asked: str) -> None:
    """Raises Refusal(WRONG_ROLE) for whoever is not the system administrator; of an act the refusal is an entry."""
    if work.actor.role == "system_administrator":
        return
    code = RefusalCode.WRONG_ROLE
    if asked != "read_operations":
        work.audit(asked, "refused", subject_kind="installation", code=code.value)
        work.session.commit()
    raise Refusal(code)


ROUTES = (
    Route(
        "GET",
        "/operations/state",
        reading(state),
        ("队列与见证", "queues and witnesses of the service"),
    ),
    Route(
        "GET",
        "/operations/parked",
        signed_in(parked),
        ("搁置的交接事件", "parked hand-offs"),
        query=("limit",),
    ),
    Route(
        "POST",
        "/operations/parked/<event>/release",
        signed_in(release_parked),
        ("放行搁置事件（须说明理由，留痕）", "release a parked hand-off, with a reason"),
        takes="application/json",
        keyed=True,
    ),
)
