"""Events of a team's way into a unit (steps 4 to 11)."""

from contracts.events.base import ARCHIVE, CLUES, INTAKE, NOTIFICATIONS, Event
from contracts.fields import Code, Day, Id, YesNo


class BriefingRequested(Event):
    """Offices are asked to brief a team on a unit."""

    TYPE = "inspection.briefing_requested"
    CONSUMERS = (NOTIFICATIONS, CLUES, INTAKE)
    CLAUSES = ("XC-4.1a",)

    round_id: Id
    team_id: Id
    unit_id: Id
    addressees: tuple[Code, ...]


class AuditAccessRequested(Event):
    """Team members are to read audit working papers, arranged by the office."""

    TYPE = "inspection.audit_access_requested"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("XC-4.2d",)

    round_id: Id
    team_id: Id
    unit_id: Id
    readers: tuple[Id, ...]


class PriorMaterialsRequested(Event):
    """The unit's file of the round before is needed for a team."""

    TYPE = "inspection.prior_materials_requested"
    CONSUMERS = (ARCHIVE,)
    CLAUSES = ("XC-4.3a",)

    round_id: Id
    team_id: Id
    unit_id: Id


class TeamPlanFiled(Event):
    """A team's work plan was filed with the office."""

    TYPE = "inspection.team_plan_filed"
    CONSUMERS = (NOTIFICATIONS, ARCHIVE)
    CLAUSES = ("XC-5.4a",)

    round_id: Id
    team_id: Id
    unit_id: Id
    filed_on: Day
    with_contingency_plan: YesNo


class EntrySummaryReported(Event):
    """The entry of all teams was reported to the leading group."""

    TYPE = "inspection.entry_summary_reported"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("XC-7.4a",)

    round_id: Id
    teams: tuple[Id, ...]
    reported_on: Day


class TeamEntered(Event):
    """The mobilisation meeting at the unit was held; fieldwork begins."""

    TYPE = "inspection.team_entered"
    CONSUMERS = (NOTIFICATIONS, ARCHIVE)
    CLAUSES = ("XC-9.1a",)

    round_id: Id
    team_id: Id
    unit_id: Id
    held_on: Day


class EntryStatementFiled(Event):
    """The principal's statement of position was filed with the office."""

    TYPE = "inspection.entry_statement_filed"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("XC-10.1b",)

    round_id: Id
    unit_id: Id
    filed_on: Day


class EntryReleaseApproved(Event):
    """A press release on the entry passed all three gates."""

    TYPE = "inspection.entry_release_approved"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("XC-10.2b",)

    round_id: Id
    unit_id: Id
    release_id: Id
    approved_by: tuple[Id, ...]


class AnnouncementApproved(Event):
    """The public announcement was checked by the leader."""

    TYPE = "inspection.announcement_approved"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("XC-10.3b",)

    round_id: Id
    unit_id: Id
    approved_on: Day
