"""Events that each of the six services emits in its own name: its duties, its notices, its audit heads.

One class a service and event, made from one shape: ``DUTY_OPENED["intake"]`` is ``intake.duty_opened``.
A consumer asks ``isinstance(event, DutyOpened)``.
"""

from collections.abc import Mapping
from typing import TypeVar

from contracts.events.base import NOTIFICATIONS, SERVICES, Event
from contracts.fields import (
    ClauseId,
    Code,
    CodeOrEmpty,
    Count,
    Day,
    Digest,
    Id,
    IdOrEmpty,
    Instant,
    Signature,
    YesNo,
)

_Shape = TypeVar("_Shape", bound=Event)


class DutyOpened(Event):
    """A dated duty began to run in the service that owns it.

    ``recipient`` tells parallel duties of one clause apart. ``warn`` are the days of the reminders,
    ``warned_roles`` who gets them. ``sealed``: content-free reminders, to owed and addressee persons
    only. ``digest_only``: no reminders one by one (overdue rows of an import). ``recused`` are holders
    of posts who are never reminded: the persons reported on, and their chain.
    """

    duty_id: Id
    clause: ClauseId
    subject_ref: Id
    office_id: IdOrEmpty
    owed_role: Code
    owed_person: IdOrEmpty
    recipient: CodeOrEmpty
    opened_on: Day
    due_at: Instant
    provisional: YesNo
    warn: tuple[Day, ...]
    warned_roles: tuple[Code, ...]
    sealed: YesNo
    digest_only: YesNo
    addressee_person: IdOrEmpty
    recused: tuple[Id, ...] = ()


class DutyRescheduled(Event):
    """A provisional due date was recomputed with the published calendar (ruling 3)."""

    duty_id: Id
    due_at: Instant
    provisional: YesNo
    warn: tuple[Day, ...]


class DutyMet(Event):
    """A duty was met; lateness was decided where the duty lives."""

    duty_id: Id
    met_at: Instant
    late: YesNo


class DutyVoided(Event):
    """A duty no longer applies; its reminders stop."""

    duty_id: Id
    voided_at: Instant
    reason_code: Code


class DutyRecused(Event):
    """The directory changed who is never reminded of a running duty; ``recused`` is the whole list from now on."""

    duty_id: Id
    recused: tuple[Id, ...]


class NoticeDue(Event):
    """A notice is to be delivered with proof, to a role of an office or to one person, never to ``recused``."""

    notice_id: Id
    template: Code
    clause: ClauseId
    subject_ref: Id
    to_role: CodeOrEmpty
    to_person: IdOrEmpty
    office_id: IdOrEmpty
    sealed: YesNo
    recused: tuple[Id, ...] = ()


class AuditHeadSigned(Event):
    """A signed head of the service's audit tree, with the proof that it extends the one before."""

    size: Count
    root: Digest
    signed_at: Instant
    key_id: Id
    signature: Signature
    previous_size: Count
    proof: tuple[Digest, ...]


class EpochOpened(Event):
    """A service was put back to an older state; its streams and its audit trail go on from there.

    Of each ``closed`` epoch the service still has its stream to this consumer up to the number of the same place in
    ``last``. ``size``, ``root``: the head of its trail that it goes on from, signed as the bridge over what is lost.
    """

    epoch: Count
    closed: tuple[Count, ...]
    last: tuple[Count, ...]
    size: Count
    root: Digest
    signed_at: Instant
    key_id: Id
    signature: Signature


def _one_per_service(
    shape: type[_Shape], happened: str, *, to_others: bool = False
) -> Mapping[str, type[_Shape]]:
    def consumers(service: str) -> tuple[str, ...]:
        return tuple(other for other in SERVICES if other != service) if to_others else (NOTIFICATIONS,)

    return {
        service: type(
            f"{service.capitalize()}{shape.__name__}",
            (shape,),
            {
                "__doc__": shape.__doc__,
                "__module__": __name__,
                "TYPE": f"{service}.{happened}",
                "CONSUMERS": consumers(service),
            },
        )
        for service in SERVICES
    }


DUTY_OPENED = _one_per_service(DutyOpened, "duty_opened")
DUTY_RESCHEDULED = _one_per_service(DutyRescheduled, "duty_rescheduled")
DUTY_MET = _one_per_service(DutyMet, "duty_met")
DUTY_VOIDED = _one_per_service(DutyVoided, "duty_voided")
DUTY_RECUSED = _one_per_service(DutyRecused, "duty_recused")
NOTICE_DUE = _one_per_service(NoticeDue, "notice_due")
AUDIT_HEAD_SIGNED = _one_per_service(AuditHeadSigned, "audit_head_signed", to_others=True)
EPOCH_OPENED = _one_per_service(EpochOpened, "epoch_opened", to_others=True)
