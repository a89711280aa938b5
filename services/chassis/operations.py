"""What the system administrator sees of a service's hand-offs: parked events, and their release.

References and codes only; the administrator never sees what an event carries.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import select

from contracts.refusals import Refusal, RefusalCode
from services.chassis.http import Context, Route, signed_in
from services.chassis.inbox import release
from services.chassis.serving import wake
from services.chassis.tables import Damaged, Inbox
from services.chassis.work import Work

LONGEST_REASON = 500


def parked(context: Context, work: Work) -> Any:
    """Parked events, oldest first, and how many messages were set aside: unreadable, or not from whom they name."""
    _administrator(work)
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
    """Put a parked event back on the ladder: `{"reason"}`; who and why is audited (the reason as a digest)."""
    _administrator(work)
    body = context.json()
    reason = body.get("reason", "")
    if set(body) - {"reason"}:
        raise Refusal(RefusalCode.UNKNOWN_FIELD)
    if not isinstance(reason, str) or len(reason) > LONGEST_REASON:
        raise Refusal(RefusalCode.INVALID_FIELD, field="reason")
    if not reason.strip():
        raise Refusal(RefusalCode.MISSING_REASON, field="reason")
    row = work.session.scalars(
        select(Inbox)
        .where(Inbox.event_id == context.path["event"], Inbox.status == "parked")
        .with_for_update()
    ).first()
    if row is None:
        raise Refusal(RefusalCode.UNKNOWN_REFERENCE)
    release(work.session, row.producer, row.epoch, row.sequence)
    work.audit(
        "release_parked",
        "accepted",
        subject_kind="event",
        subject_id=row.event_id,
        digests={"reason": reason.encode()},
        facts={"producer": row.producer, "sequence": row.sequence},
    )
    wake(work.runtime, "apply_inbox")
    return {"event_id": row.event_id, "status": "received"}


def _administrator(work: Work) -> None:
    if work.actor.role != "system_administrator":
        raise Refusal(RefusalCode.WRONG_ROLE)


ROUTES = (
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
    ),
)
