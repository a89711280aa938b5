"""Events of special supervision checks and of the support that an office asks for (LZ-11.2, LZ-11.5)."""

from contracts.events.base import NOTIFICATIONS, Event
from contracts.fields import Code, Day, Id


class SpecialSupervisionReported(Event):
    """A special check was reported to the commission through one channel."""

    TYPE = "inspection.special_supervision_reported"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-11.2", "GL-1.7")

    check_id: Id
    channel_role: Code
    reported_on: Day


class SupportRequested(Event):
    """Support was asked of an office of the commission, which must answer."""

    TYPE = "inspection.support_requested"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-11.5",)

    request_id: Id
    office_id: Id
    recipient_role: Code
