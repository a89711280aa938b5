"""Events of integrity talks, interviews and assessments (LZ-8, LL-3.10 to LL-3.13, GL-1.17, GL-1.26, HS-4.8)."""

from contracts.events.base import ARCHIVE, NOTIFICATIONS, Event
from contracts.fields import Code, Count, Day, Id


class IntegrityTalkHeld(Event):
    """An integrity talk was held with a person; of a collective talk one event for each who was there."""

    TYPE = "inspection.integrity_talk_held"
    CONSUMERS = (ARCHIVE, NOTIFICATIONS)
    CLAUSES = ("LZ-8.1", "LZ-8.3", "LZ-8.5", "LL-3.10", "LL-3.11", "LL-3.12", "LL-3.13")

    talk_id: Id
    person_id: Id
    talk_type: Code
    speaker_role: Code
    held_on: Day


class TalkCoverageClosed(Event):
    """A year's coverage was closed; `roster`, `covered`, `exceptions`: numbers of persons."""

    TYPE = "inspection.talk_coverage_closed"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-8.4",)

    office_id: Id
    year: Code
    roster: Count
    covered: Count
    exceptions: Count


class InterviewApproved(Event):
    """The commission approved an interview."""

    TYPE = "inspection.interview_approved"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-8.2",)

    interview_id: Id
    approved_on: Day


class InterviewHeld(Event):
    """An interview was held."""

    TYPE = "inspection.interview_held"
    CONSUMERS = (ARCHIVE, NOTIFICATIONS)
    CLAUSES = ("LZ-8.2", "GL-1.17", "GL-1.26")

    interview_id: Id
    person_id: Id
    held_on: Day


class KeyFewAssessed(Event):
    """A member of the key few was assessed; how, stays in inspection."""

    TYPE = "inspection.key_few_assessed"
    CONSUMERS = (ARCHIVE, NOTIFICATIONS)
    CLAUSES = ("HS-4.8",)

    assessment_id: Id
    person_id: Id
    assessed_on: Day
