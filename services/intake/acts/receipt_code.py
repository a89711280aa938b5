"""A petition that came online has a receipt code from its registration on; only its keyed fingerprint is kept."""

from __future__ import annotations

from typing import Any

from services.chassis.keys import KeyRing
from services.chassis.performance import Performance
from services.intake.domain.receipt import as_typed, code_of
from services.intake.domain.ways_in import Channel
from services.intake.storage import Petition, ReceiptCode


def code_for(ring: KeyRing, petition_id: str) -> str:
    return code_of(ring.mark("receipt code", petition_id.encode()))


def receipt_mark(ring: KeyRing, code: str) -> bytes:
    return ring.mark("receipt", as_typed(code).encode())


def give_code(p: Performance[Petition, Any]) -> None:
    """For online petitions: others have no way to be told it."""
    if p.subject.channel == Channel.ONLINE:
        ring = p.work.runtime.ring
        mark = receipt_mark(ring, code_for(ring, p.subject.id))
        p.session.add(ReceiptCode(mark=mark, petition_id=p.subject.id))
