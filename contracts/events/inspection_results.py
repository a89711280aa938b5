"""Events of the reports and of the meetings that hear the results (steps 29 to 32)."""

from contracts.events.base import ARCHIVE, NOTIFICATIONS, Event
from contracts.fields import Code, Day, Id, IdOrEmpty


class ReportsSubmitted(Event):
    """A signed report of a team is before the office; one event a kind, a statement that there is nothing alike."""

    TYPE = "inspection.reports_submitted"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("XC-29.1b", "XC-29.3b", "XC-29.4d")

    round_id: Id
    team_id: Id
    unit_id: Id
    report_kind: Code
    report_id: Id
    submitted_on: Day


class ReportsReturned(Event):
    """The office returned reports with suggestions."""

    TYPE = "inspection.reports_returned"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("XC-30.0a",)

    round_id: Id
    team_id: Id
    report_ids: tuple[Id, ...]
    returned_on: Day


class LeadingGroupHeard(Event):
    """The leading group heard a team; `chair` chaired."""

    TYPE = "inspection.leading_group_heard"
    CONSUMERS = (NOTIFICATIONS, ARCHIVE)
    CLAUSES = ("XC-31.1a",)

    round_id: Id
    team_id: Id
    held_on: Day
    chair: Id


class LeadingGroupMinutesIssued(Event):
    """The minutes of the leading group went to the teams, to each its part."""

    TYPE = "inspection.leading_group_minutes_issued"
    CONSUMERS = (NOTIFICATIONS, ARCHIVE)
    CLAUSES = ("XC-31.4a",)

    round_id: Id
    minutes_id: Id
    issued_on: Day


class ResultsAgendaRequested(Event):
    """A place on the agendas of both bodies is asked for, until `latest_date`."""

    TYPE = "inspection.results_agenda_requested"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("XC-32.2b",)

    round_id: Id
    bodies: tuple[Code, ...]
    latest_date: Day


class SecretaryMeetingHeard(Event):
    """The secretary's meeting heard the round's clues and decided; nothing of the clues."""

    TYPE = "inspection.secretary_meeting_heard"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("XC-32.3a",)

    round_id: Id
    held_on: Day
    decision_ref: Id


class SecretarySpeechFiled(Event):
    """The secretary's remarks and the clue report were filed with the prefecture office."""

    TYPE = "inspection.secretary_speech_filed"
    CONSUMERS = (NOTIFICATIONS, ARCHIVE)
    CLAUSES = ("XC-32.3c",)

    round_id: Id
    filed_on: Day
    receipt: IdOrEmpty


class StandingCommitteeHeard(Event):
    """The standing committee heard the round; `rectification_requirements`: the paper that holds them."""

    TYPE = "inspection.standing_committee_heard"
    CONSUMERS = (NOTIFICATIONS, ARCHIVE)
    CLAUSES = ("XC-32.4a",)

    round_id: Id
    held_on: Day
    rectification_requirements: Id


class TaskListAssigned(Event):
    """Key tasks assigned to a department: its own by their numbers, `due_on` the earliest of their limits."""

    TYPE = "inspection.task_list_assigned"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("XC-32.5a",)

    round_id: Id
    department: Id
    tasks: tuple[Id, ...]
    due_on: Day
