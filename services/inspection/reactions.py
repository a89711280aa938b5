"""What inspection does on other services' events."""

from __future__ import annotations

from contracts.envelope import Envelope
from services.chassis.directory import everywhere
from services.chassis.inbox import Reactions
from services.chassis.work import Work


def noted(_: Work, __: object, ___: Envelope) -> None:
    """Other hand-offs to inspection are kept in its inbox until their procedures are here."""


REACTIONS = Reactions(everywhere("inspection"), otherwise=noted)
