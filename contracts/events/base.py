"""The base of every event and the registry of known events.

An event carries references, codes, dates and numbers: never a name, a text or a scan. The types of
``contracts.fields`` and tuples of them are all there is, and a test holds every event class to that.
"""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict

INTAKE = "intake"
CLUES = "clues"
INSPECTION = "inspection"
NOTIFICATIONS = "notifications"
ARCHIVE = "archive"
DESK = "desk"
SERVICES = (INTAKE, CLUES, INSPECTION, NOTIFICATIONS, ARCHIVE, DESK)


class UnknownEventType(LookupError):
    """No event of this type is contracted; park the message, and deploy the release that knows it."""


class UnknownEventVersion(LookupError):
    """The type is known, this major version is not; park the message until this service is upgraded."""


class Event(BaseModel):
    """One hand-off between services. Subclasses are the contract: one class per type and major version.

    TYPE is ``<owner>.<what_happened>``, CONSUMERS the services it is delivered to (the owner itself
    where it keeps the same projection), CLAUSES the catalogue rows that name the hand-off.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    TYPE: ClassVar[str] = ""
    VERSION: ClassVar[int] = 1
    CONSUMERS: ClassVar[tuple[str, ...]] = ()
    CLAUSES: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def wire_type(cls) -> str:
        """The type as it stands in the envelope, e.g. ``intake.petition_received.v1``."""
        return f"{cls.TYPE}.v{cls.VERSION}"

    @classmethod
    def owner(cls) -> str:
        """The service that emits it."""
        return cls.TYPE.partition(".")[0]

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: object) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        if cls.TYPE:
            _register(cls)


_REGISTRY: dict[str, dict[int, type[Event]]] = {}


def _register(cls: type[Event]) -> None:
    versions = _REGISTRY.setdefault(cls.TYPE, {})
    if cls.VERSION in versions:
        raise TypeError(f"{cls.wire_type()} is declared twice; give the new shape a new VERSION")
    if cls.owner() not in SERVICES or not cls.CONSUMERS or not set(cls.CONSUMERS) <= set(SERVICES):
        raise TypeError(f"{cls.wire_type()} needs an owner and consumers among {SERVICES}")
    versions[cls.VERSION] = cls


def event_class(event_type: str, version: int) -> type[Event]:
    """The class for a type without suffix and a major version; raises UnknownEventType or -Version."""
    versions = _REGISTRY.get(event_type)
    if versions is None:
        raise UnknownEventType(event_type)
    if version not in versions:
        raise UnknownEventVersion(f"{event_type}.v{version}")
    return versions[version]


def event_classes() -> tuple[type[Event], ...]:
    """Every event class, by type and version."""
    return tuple(_REGISTRY[name][number] for name in sorted(_REGISTRY) for number in sorted(_REGISTRY[name]))
