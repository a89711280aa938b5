"""Events of an inspection round, from its plan to the notice to its units (steps 1 and 2)."""

from contracts.events.base import ARCHIVE, NOTIFICATIONS, Event
from contracts.fields import Code, Count, Day, Id, IdOrEmpty, Version


class TargetsConsultationRequested(Event):
    """The office asks which units to inspect."""

    TYPE = "inspection.targets_consultation_requested"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("XC-1.1a",)

    round_id: Id
    addressees: tuple[Code, ...]
    asked_on: Day


class AssignmentPlanApproved(Event):
    """Which team inspects which unit was approved."""

    TYPE = "inspection.assignment_plan_approved"
    CONSUMERS = (NOTIFICATIONS, ARCHIVE)
    CLAUSES = ("XC-1.1g",)

    round_id: Id
    plan_version: Version
    teams: tuple[Id, ...]
    reviewed_by: Id
    approved_by: Id
    approved_on: Day


class RoundPlanApproved(Event):
    """The round's work plan was approved."""

    TYPE = "inspection.round_plan_approved"
    CONSUMERS = (NOTIFICATIONS, ARCHIVE)
    CLAUSES = ("XC-1.2b",)

    round_id: Id
    plan_version: Version
    approved_by: Id
    approved_on: Day


class RoundPlanFiled(Event):
    """The round's work plan was filed with the prefecture office."""

    TYPE = "inspection.round_plan_filed"
    CONSUMERS = (NOTIFICATIONS, ARCHIVE)
    CLAUSES = ("XC-1.2c",)

    round_id: Id
    plan_version: Version
    filed_on: Day


class SecondmentRequested(Event):
    """Cadres are asked for; `channel`: by whom they are lent. The profile stays in the letter."""

    TYPE = "inspection.secondment_requested"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("XC-1.4a",)

    round_id: Id
    system: Code
    channel: Code
    lending_unit_id: Id
    number: Count


class SecondmentReplacementRequested(Event):
    """A cadre does not qualify or has to step aside; no detail."""

    TYPE = "inspection.secondment_replacement_requested"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("XC-1.4e", "XC-2.3c")

    round_id: Id
    cadre_id: Id
    reason_code: Code


class MobilisationHeld(Event):
    """The county mobilisation meeting took place."""

    TYPE = "inspection.mobilisation_held"
    CONSUMERS = (NOTIFICATIONS, ARCHIVE)
    CLAUSES = ("XC-2.1b",)

    round_id: Id
    held_on: Day
    speaker: Id


class TeamAuthorised(Event):
    """A leader's authorisation was announced; the team exists for this round."""

    TYPE = "inspection.team_authorised"
    CONSUMERS = (NOTIFICATIONS, ARCHIVE)
    CLAUSES = ("XC-1.3c",)

    round_id: Id
    team_id: Id
    leader_id: Id
    units: tuple[Id, ...]
    announced_on: Day


class NoticeIssued(Event):
    """The notice of inspection was issued to a unit, in copy to its team."""

    TYPE = "inspection.notice_issued"
    CONSUMERS = (NOTIFICATIONS, ARCHIVE)
    CLAUSES = ("XC-2.2a",)

    round_id: Id
    team_id: Id
    unit_id: Id
    issued_on: Day


class RecusalDeclared(Event):
    """A cadre declared an avoidance matter; which one stays in inspection."""

    TYPE = "inspection.recusal_declared"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("XC-2.3a",)

    round_id: Id
    cadre_id: Id
    declared_on: Day


class RecusalDecided(Event):
    """The office moved, replaced or kept the cadre."""

    TYPE = "inspection.recusal_decided"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("XC-2.3c",)

    round_id: Id
    cadre_id: Id
    old_team: IdOrEmpty
    new_team: IdOrEmpty
    decided_on: Day
