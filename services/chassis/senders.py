"""Who sent a message: what it says of itself against the broker account that it came from.

RabbitMQ vouches for the account (`user_id`), nobody for the rest. What came from another account than that of the
service it names is set aside, audited and has no effect. Where all share one account (`sender_accounts` off), and
on the broker inside the process, which has no accounts, nothing can be compared.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256

import structlog
from pydantic import ValidationError
from sqlalchemy.orm import Session

from services.chassis.bus.message import Delivery
from services.chassis.clock import real_now
from services.chassis.inbox import ControlMessage
from services.chassis.runtime import Runtime
from services.chassis.settings import SERVICES
from services.chassis.tables import Damaged
from services.chassis.work import begin

log = structlog.get_logger("dengwen.senders")

FORGED = "forged_sender"

Named = Callable[[Delivery], str]


def producer_of(event: Delivery) -> str:
    """The service that an event says it is from; the inbox holds its envelope to the same."""
    return str(event.headers.get("dw-producer", ""))


def asker_of(message: Delivery) -> str:
    """The service that a control message speaks for: a head is its producer's, a question its consumer's."""
    try:
        read = ControlMessage.model_validate_json(message.body)
    except ValidationError:
        return ""
    return str(read.producer if read.kind == "head" else read.consumer)


def proven(runtime: Runtime, deliveries: Sequence[Delivery], named: Named) -> list[Delivery]:
    """Those that came from the account of the service they name; the others are set aside, once each."""
    if not runtime.settings.sender_accounts:
        return list(deliveries)
    lawful: list[Delivery] = []
    forged: list[Delivery] = []
    for delivery in deliveries:
        # Who names nobody can do nothing in anybody's name: the inbox says what is wrong with it.
        (lawful if named(delivery) in ("", delivery.account) else forged).append(delivery)
    if forged:
        _set_aside(runtime, forged, named)
    return lawful


def _set_aside(runtime: Runtime, forged: Sequence[Delivery], named: Named) -> None:
    with begin(runtime) as work:
        for delivery in forged:
            producer, account = _known(named(delivery)), _known(delivery.account)
            log.error("sender_refused", service=runtime.name, producer=producer, reason=account)
            if _kept(work.session, delivery, producer):
                facts = {"account": account, "producer": producer}
                work.audit("receive_message", "refused", code="FORGED_SENDER", facts=facts)


def _kept(session: Session, delivery: Delivery, producer: str) -> bool:
    """Keep digest and reason; False if the same was kept before, so that a flood is one row and one entry."""
    digest = sha256(delivery.body).digest()
    if session.get(Damaged, digest) is not None:
        return False
    session.add(
        Damaged(
            digest=digest, reason=FORGED, size=len(delivery.body), producer=producer, received_at=real_now()
        )
    )
    session.flush()
    return True


def _known(name: str) -> str:
    """The name of a service, or `unknown`: a stranger's text goes into no log and no trail."""
    return name if name in SERVICES else "unknown"
