"""Events of clues: accountability, suggestions, unit organisations, hand-overs of inspection."""

from contracts.events.base import ARCHIVE, INSPECTION, NOTIFICATIONS, Event
from contracts.fields import ClauseId, Code, Count, Day, Id, Period, YesNo


class FirstFormApplied(Event):
    """First form used on a person."""

    TYPE = "clues.first_form_applied"
    CONSUMERS = (ARCHIVE, NOTIFICATIONS)
    CLAUSES = ("GL-1.16", "GL-1.30")

    clue_id: Id
    person_id: Id
    method_code: Code
    applied_on: Day


class AccountabilityStarted(Event):
    """Accountability inquiry opened."""

    TYPE = "clues.accountability_started"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("HS-5.6", "LZ-18.1")

    accountability_id: Id
    subject_ref: Id
    opened_on: Day


class AccountabilityProposed(Event):
    """Unit asked to open an accountability inquiry; it must answer."""

    TYPE = "clues.accountability_proposed"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("GL-1.20", "GL-3.15", "LZ-18.2")

    accountability_id: Id
    unit_id: Id
    proposed_on: Day


class AccountabilityDecided(Event):
    """Accountability decision taken."""

    TYPE = "clues.accountability_decided"
    CONSUMERS = (ARCHIVE, NOTIFICATIONS)
    CLAUSES = ("HS-3.13", "HS-3.14", "HS-3.15", "LZ-18.3")

    accountability_id: Id
    subject_ref: Id
    responsibility_kind: Code
    decided_on: Day


class AccountabilityAnnounced(Event):
    """Decision announced to one addressee."""

    TYPE = "clues.accountability_announced"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-18.4",)

    accountability_id: Id
    addressee_role: Code
    announced_on: Day


class AccountabilityExecuted(Event):
    """Execution of an accountability decision verified."""

    TYPE = "clues.accountability_executed"
    CONSUMERS = (ARCHIVE, NOTIFICATIONS)
    CLAUSES = ("LZ-18.5",)

    accountability_id: Id
    verified_on: Day


class DualAccountabilityStarted(Event):
    """Double accountability opened after failed rectification, or double investigation of own staff."""

    TYPE = "clues.dual_accountability_started"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("HS-3.12", "LZ-22.13")

    accountability_id: Id
    ground_code: Code
    tracks: tuple[Code, ...]
    opened_on: Day


class OfficeAccountabilityOpened(Event):
    """Review of a dispatched office opened; commission only."""

    TYPE = "clues.office_accountability_opened"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-22.10", "LZ-22.11")

    accountability_id: Id
    office_id: Id
    opened_on: Day


class LenienceDecided(Event):
    """Lenience granted for active disclosure."""

    TYPE = "clues.lenience_decided"
    CONSUMERS = (ARCHIVE, NOTIFICATIONS)
    CLAUSES = ("HS-4.1", "HS-4.2")

    decision_id: Id
    item_id: Id
    ground_code: Code
    decided_on: Day


class ProblemNotified(Event):
    """General problem notified to the party committee."""

    TYPE = "clues.problem_notified"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-18.7",)

    problem_id: Id
    unit_id: Id
    grade: Code
    notified_on: Day


class SuggestionIssued(Event):
    """Discipline or supervision suggestion issued, copy to the liaison office."""

    TYPE = "clues.suggestion_issued"
    CONSUMERS = (NOTIFICATIONS, ARCHIVE)
    CLAUSES = ("LZ-18.8", "LZ-18.9", "LZ-18.10")

    suggestion_no: Id
    kind: Code
    issuer: Code
    unit_id: Id
    issued_on: Day
    copied_on: Day


class SuggestionEscalated(Event):
    """Major problem passed up for a suggestion in the commission's name."""

    TYPE = "clues.suggestion_escalated"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-18.10",)

    problem_id: Id
    passed_on: Day


class HandlingProposed(Event):
    """Proposal to the unit on how to deal with an organisation or person."""

    TYPE = "clues.handling_proposed"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LL-1.9",)

    proposal_id: Id
    unit_id: Id
    proposed_on: Day


class UnitOrgOpinionRequested(Event):
    """Unit discipline organisation asked for the office's opinion; office must act."""

    TYPE = "clues.unit_org_opinion_requested"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-21.8",)

    request_id: Id
    unit_id: Id
    requested_on: Day


class UnitOrgOpinionGiven(Event):
    """Opinion returned to the unit discipline organisation."""

    TYPE = "clues.unit_org_opinion_given"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-21.8",)

    request_id: Id
    opinion_code: Code
    given_on: Day


class UnitOrgInspected(Event):
    """Unit discipline organisation checked; it must answer."""

    TYPE = "clues.unit_org_inspected"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-21.7",)

    inspection_id: Id
    unit_id: Id
    finding_count: Count


class FiguresComputed(Event):
    """Figures of a statistic computed for a period; notifications puts them in the return."""

    TYPE = "clues.figures_computed"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = (
        "GL-1.32",
        "GL-1.33",
        "GL-1.34",
        "GL-1.35",
        "GL-1.36",
        "GL-1.37",
        "GL-2.23",
        "GL-2.25",
        "GL-2.26",
        "GL-2.27",
        "GL-2.28",
        "GL-4.2",
        "GL-4.3",
        "GL-4.4",
        "GL-4.5",
        "GL-4.6",
        "GL-4.7",
    )

    clause: ClauseId
    period: Period
    office_ids: tuple[Id, ...]
    value: Count
    decimals: Count
    unit: Code
    from_on: Day | None = None
    to_on: Day | None = None
    falling: YesNo = False
    applicable: YesNo = True


class OpinionEvidenceSupplied(Event):
    """Clue ledger search for an integrity opinion returned."""

    TYPE = "clues.opinion_evidence_supplied"
    CONSUMERS = (ARCHIVE,)
    CLAUSES = ("LZ-10.5",)

    request_id: Id
    person_id: Id
    result_code: Code
    searched_on: Day


class TransferRegistered(Event):
    """Receiver entered the clue in its own register."""

    TYPE = "clues.transfer_registered"
    CONSUMERS = (INSPECTION,)
    CLAUSES = ("XC-37.3d",)

    clue_no: Id
    receiver_clue_no: Id
    registered_on: Day


class DisposalProgressed(Event):
    """Handling of a transferred clue moved on."""

    TYPE = "clues.disposal_progressed"
    CONSUMERS = (INSPECTION, NOTIFICATIONS)
    CLAUSES = ("XC-37.4d",)

    clue_no: Id
    stage: Code
    reported_on: Day


class ClueConcluded(Event):
    """Handling of a transferred clue finished."""

    TYPE = "clues.clue_concluded"
    CONSUMERS = (INSPECTION, NOTIFICATIONS, ARCHIVE)
    CLAUSES = ("XC-37.4d",)

    clue_no: Id
    result_code: Code
    concluded_on: Day


class UrgentCasePublicised(Event):
    """Result of an immediate investigation made public."""

    TYPE = "clues.urgent_case_publicised"
    CONSUMERS = (INSPECTION, NOTIFICATIONS)
    CLAUSES = ("XC-26.0d",)

    clue_no: Id
    publicised_on: Day
    channels: tuple[Code, ...]
