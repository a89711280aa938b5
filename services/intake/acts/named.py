"""Clocks towards a petitioner who gave a name: taken up, and how it ended (LZ-12.6, LZ-12.16).

The five texts set no days for either; the defaults are those of the national rule on reports and complaints, as values.
"""

from __future__ import annotations

from typing import Any

from services.chassis.act import Opens
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED
from services.intake.papers.petitioner import Naming
from services.intake.storage import Petition


def is_named(p: Performance[Petition, Any]) -> bool:
    """Signed, and ordinary: a sealed petition's sender is known to its addressee alone."""
    petition = p.subject
    return petition.naming == Naming.NAMED and petition.secrecy == RESTRICTED and not petition.imported


ACKNOWLEDGE_CLOCK = Opens(
    "LZ-12.6",
    "acknowledge_within",
    "dispatched_office",
    lambda p: p.subject.received_on,
    owed_person=lambda p: p.subject.handler_id,
    only_if=is_named,
)
OUTCOME_CLOCK = Opens(
    "LZ-12.16",
    "tell_outcome_within",
    "dispatched_office",
    lambda p: p.today,
    owed_person=lambda p: p.subject.handler_id,
    only_if=is_named,
)
