"""The events between services: the contract. Importing this package knows every event class."""

from pydantic import ValidationError
from pydantic_core import to_json

from contracts.envelope import Damage, DamagedMessage, Envelope
from contracts.events import (
    archive,
    archive_rounds,
    clues,
    clues_accountability,
    clues_cases,
    desk,
    every_service,
    inspection,
    inspection_after_feedback,
    inspection_archive,
    inspection_checks_asked,
    inspection_ecology,
    inspection_entry,
    inspection_feedback,
    inspection_fieldwork,
    inspection_leaving,
    inspection_petitions,
    inspection_rectification,
    inspection_responsibility,
    inspection_results,
    inspection_rounds,
    inspection_special_supervision,
    inspection_supervising,
    inspection_supervision,
    inspection_talks,
    inspection_team_work,
    intake,
    notifications,
)
from contracts.events.base import (
    SERVICES,
    Event,
    UnknownEventType,
    UnknownEventVersion,
    event_class,
    event_classes,
)

__all__ = [
    "SERVICES",
    "Event",
    "UnknownEventType",
    "UnknownEventVersion",
    "archive",
    "archive_rounds",
    "clues",
    "clues_accountability",
    "clues_cases",
    "desk",
    "event_class",
    "event_classes",
    "event_in",
    "every_service",
    "inspection",
    "inspection_after_feedback",
    "inspection_archive",
    "inspection_checks_asked",
    "inspection_ecology",
    "inspection_entry",
    "inspection_feedback",
    "inspection_fieldwork",
    "inspection_leaving",
    "inspection_petitions",
    "inspection_rectification",
    "inspection_responsibility",
    "inspection_results",
    "inspection_rounds",
    "inspection_special_supervision",
    "inspection_supervising",
    "inspection_supervision",
    "inspection_talks",
    "inspection_team_work",
    "intake",
    "notifications",
]


def event_in(envelope: Envelope) -> Event:
    """The event an envelope carries.

    Raises UnknownEventType, UnknownEventVersion, or DamagedMessage when the data or the source does not
    fit the type; the error repeats nothing of the message.
    """
    cls = event_class(envelope.event_type, envelope.event_version)
    if envelope.source != f"/{cls.owner()}":
        raise DamagedMessage(Damage.WRONG_SHAPE)
    try:
        return cls.model_validate_json(to_json(envelope.data))
    except ValidationError:
        raise DamagedMessage(Damage.WRONG_SHAPE) from None
