"""What a service has sent and received, told to the desk alone: digests of blocks of numbers, then the numbers of one.

References only, and to no person: how many events a stream carried says something of items that the asker may not
know of. The desk tells the system administrator what differs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import groupby
from typing import Any

from sqlalchemy import Select, func, literal, select, tuple_, union_all
from sqlalchemy.orm import Session

from contracts.refusals import Refusal, RefusalCode
from services.chassis.http import Context, Route
from services.chassis.reconciling import epoch_of, unsent_to
from services.chassis.settings import SERVICES
from services.chassis.tables import Inbox, Installation, KnownAgain, Outbox

BLOCK = 1_000
"""Numbers a block: those of one epoch with the same `sequence // BLOCK`."""
MOST_ROWS = 50_000
"""Rows that one answer digests; a quarter of a second."""

Place = tuple[str, int, int]
"""Peer, epoch, block."""


def sent(context: Context) -> Any:
    """Blocks of what the outbox numbered, by consumer. With `peer`, `epoch` and `block`: that block's numbers."""
    context.from_service("desk")
    with context.runtime.db.read() as session:
        if (place := _one_block(context)) is not None:
            return {"numbers": [[r.sequence, r.event_id] for r in session.execute(_in(_numbered(), place))]}
        told = _blocks(session, _numbered(), context)
        if not context.query("cursor"):
            held = session.scalars(select(Installation.restore_id)).one()
            told |= {"epoch": epoch_of(session), "unsent": unsent_to(session), "held": held}
        return told


def received(context: Context) -> Any:
    """Blocks of what the inbox has, by producer, with the states that it is in; `again`: known under two numbers."""
    context.from_service("desk")
    with context.runtime.db.read() as session:
        if (place := _one_block(context)) is not None:
            rows = session.execute(_in(_kept(), place))
            return {"numbers": [[r.sequence, r.event_id, r.status] for r in rows]}
        told = _blocks(session, _kept(), context)
        return told if context.query("cursor") else told | {"statuses": _statuses(session)}


def _numbered() -> Any:
    return select(
        Outbox.consumer.label("peer"), Outbox.epoch, Outbox.sequence, Outbox.event_id, literal("").label("status")
    ).where(Outbox.sequence.is_not(None))  # fmt: skip


def _kept() -> Select[Any]:
    """The inbox, and the numbers under which what it has came again (status `again`)."""
    both = union_all(
        select(Inbox.producer.label("peer"), Inbox.epoch, Inbox.sequence, Inbox.event_id, Inbox.status),
        select(
            KnownAgain.producer, KnownAgain.epoch, KnownAgain.sequence, KnownAgain.event_id,
            literal("again").label("status"),
        ),
    ).subquery()  # fmt: skip
    return select(both)


def _columns(query: Select[Any]) -> tuple[Any, Any, Any]:
    peer, epoch, sequence, *_ = query.selected_columns
    return peer, epoch, sequence


def _in(query: Select[Any], place: Place) -> Select[Any]:
    peer, epoch, sequence = _columns(query)
    whose, of_epoch, block = place
    within = sequence.between(block * BLOCK, block * BLOCK + BLOCK - 1)
    return query.where(peer == whose, epoch == of_epoch, within).order_by(sequence)


def _blocks(session: Session, query: Select[Any], context: Context) -> dict[str, Any]:
    """`{blocks: [{peer, epoch, block, count, digest}], next}` in the order of peers and numbers; blocks are whole."""
    peer, epoch, sequence = _columns(query)
    if cursor := context.query("cursor"):
        whose, of_epoch, block = _place(cursor.split("|"), "cursor")
        query = query.where(tuple_(peer, epoch, sequence) >= (whose, of_epoch, block * BLOCK))
    rows = session.execute(query.order_by(peer, epoch, sequence).limit(MOST_ROWS + 1)).all()
    found = list(_digested(rows))
    following = None
    if len(rows) > MOST_ROWS:  # the last one may be cut off: it is the first of the next answer
        last = found.pop()
        following = f"{last['peer']}|{last['epoch']}|{last['block']}"
    return {"blocks": found, "next": following}


def _digested(rows: Iterable[Any]) -> Iterator[dict[str, Any]]:
    for (peer, epoch, block), several in groupby(rows, lambda r: (r.peer, r.epoch, r.sequence // BLOCK)):
        digest, count = sha256(), 0
        for row in several:
            digest.update(f"{row.sequence}:{row.event_id}\n".encode())
            count += 1
        yield {"peer": peer, "epoch": epoch, "block": block, "count": count, "digest": digest.hexdigest()}


def _statuses(session: Session) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    states = select(Inbox.producer, Inbox.status, func.count()).group_by(Inbox.producer, Inbox.status)
    for producer, status, count in session.execute(states):
        found[producer][status] = count
    known = select(KnownAgain.producer, func.count()).group_by(KnownAgain.producer)
    for producer, count in session.execute(known):
        found[producer]["again"] = count
    return found


def _one_block(context: Context) -> Place | None:
    peer = context.query("peer")
    return _place([peer, context.query("epoch"), context.query("block")], "block") if peer else None


def _place(parts: list[str], field: str) -> Place:
    try:
        peer, epoch, block = parts
        place = peer, int(epoch), int(block)
    except ValueError:
        raise Refusal(RefusalCode.INVALID_FIELD, field=field) from None
    if peer not in SERVICES or not (0 <= place[1] < 2**31 and 0 <= place[2] < 2**50):
        raise Refusal(RefusalCode.INVALID_FIELD, field=field)
    return place


ASKED = ("peer", "epoch", "block", "cursor")
ROUTES = (
    Route("GET", "/operations/sent", sent, ("已发出的编号（供工作台核对）", "numbers sent, for the desk"), query=ASKED),
    Route(
        "GET", "/operations/received", received, ("已收到的编号（供工作台核对）", "numbers received, for the desk"),
        query=ASKED,
    ),
)  # fmt: skip
