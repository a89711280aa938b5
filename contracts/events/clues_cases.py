"""Events of clues: verification, filing, measures, internal review, sanctions."""

from contracts.events.base import ARCHIVE, NOTIFICATIONS, Event
from contracts.fields import Code, Count, Day, Id, Period, YesNo


class PreliminaryVerificationApproved(Event):
    """Verification approved by the right level."""

    TYPE = "clues.preliminary_verification_approved"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-14.3", "LZ-14.4")

    verification_id: Id
    clue_id: Id
    capacity: Code
    approver_role: Code
    approved_on: Day


class PreliminaryVerificationReported(Event):
    """Supervisory-capacity report on its way through the liaison office; commission must act."""

    TYPE = "clues.preliminary_verification_reported"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-14.9",)

    verification_id: Id
    reported_on: Day


class PreliminaryVerificationConcluded(Event):
    """Verification concluded with a proposal."""

    TYPE = "clues.preliminary_verification_concluded"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-14.7", "LZ-14.10")

    verification_id: Id
    proposal_code: Code
    concluded_on: Day


class FilingOpinionSought(Event):
    """Opinion asked of unit party head or liaison office, who must answer."""

    TYPE = "clues.filing_opinion_sought"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-15.1", "LZ-15.3")

    clue_id: Id
    asked_role: Code
    asked_on: Day


class FilingOpinionGiven(Event):
    """Opinion before filing received."""

    TYPE = "clues.filing_opinion_given"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-15.3",)

    clue_id: Id
    given_role: Code
    opinion_code: Code
    given_on: Day


class CaseFiled(Event):
    """Case filed."""

    TYPE = "clues.case_filed"
    CONSUMERS = (NOTIFICATIONS, ARCHIVE)
    CLAUSES = ("LZ-15.4",)

    case_id: Id
    clue_id: Id
    capacity: Code
    filed_on: Day


class UnitInformedOfFiling(Event):
    """Unit's party head informed after filing."""

    TYPE = "clues.unit_informed_of_filing"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-15.2",)

    case_id: Id
    informed_on: Day


class SafetyIncidentReported(Event):
    """Safety incident reported to both offices."""

    TYPE = "clues.safety_incident_reported"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-15.8",)

    case_id: Id
    incident_on: Day
    reported_on: Day
    recipient_role: Code


class TalkVenueRequested(Event):
    """Venue applied for through the liaison office."""

    TYPE = "clues.talk_venue_requested"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-15.9",)

    request_id: Id
    case_id: Id
    from_on: Day
    to_on: Day


class TalkVenueApproved(Event):
    """Venue approved; case supervision office must arrange."""

    TYPE = "clues.talk_venue_approved"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("GL-2.21", "LZ-15.9")

    request_id: Id
    approved_on: Day


class ApprovalRequestReceived(Event):
    """One-desk request received by the liaison office, which must obtain approval."""

    TYPE = "clues.approval_request_received"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-20.7",)

    request_id: Id
    kind: Code
    office_id: Id
    received_on: Day


class ApprovalRequestAnswered(Event):
    """Result of a one-desk request returned to the office."""

    TYPE = "clues.approval_request_answered"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-20.7",)

    request_id: Id
    result_code: Code
    answered_on: Day


class MeasureEscalated(Event):
    """Measure request passed on to district or city commission."""

    TYPE = "clues.measure_escalated"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-16.7", "LZ-16.8", "LZ-16.10")

    measure_id: Id
    level: Code
    kind: Code
    passed_on: Day


class MeasureApproved(Event):
    """Measure approved by the right level."""

    TYPE = "clues.measure_approved"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-16.4", "LZ-16.6", "LZ-16.7", "LZ-16.8", "LZ-16.10")

    measure_id: Id
    kind: Code
    approver_role: Code
    approved_on: Day


class MeasureExecuted(Event):
    """Measure carried out or handed to an organ."""

    TYPE = "clues.measure_executed"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-16.5", "LZ-16.11", "LZ-16.13")

    measure_id: Id
    document_no: Id
    executed_on: Day


class QueryAssistanceRequested(Event):
    """Help with a query asked of IT office or case supervision office."""

    TYPE = "clues.query_assistance_requested"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("GL-2.22", "LZ-16.9")

    measure_id: Id
    recipient_role: Code
    requested_on: Day


class MeasuresLedgerFiled(Event):
    """Quarter's measure ledger filed; stops the quarterly clock."""

    TYPE = "clues.measures_ledger_filed"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-16.14",)

    office_id: Id
    quarter: Period
    row_count: Count
    filed_on: Day
    supplementary: YesNo


class MeasureUseChecked(Event):
    """Liaison office checked the use of measures; office must answer."""

    TYPE = "clues.measure_use_checked"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-16.15",)

    office_id: Id
    quarter: Period
    finding_count: Count


class MeasureUseReported(Event):
    """Liaison office informed case supervision of the check."""

    TYPE = "clues.measure_use_reported"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-16.16",)

    office_id: Id
    quarter: Period
    reported_on: Day


class PrecheckRequested(Event):
    """Pre-check asked of party conduct or case review office."""

    TYPE = "clues.precheck_requested"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-19.5", "LZ-19.6")

    precheck_id: Id
    kind: Code
    recipient_role: Code
    requested_on: Day


class PrecheckDecided(Event):
    """Pre-check opinion given."""

    TYPE = "clues.precheck_decided"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-19.5", "LZ-19.6")

    precheck_id: Id
    result_code: Code
    decided_on: Day


class CaseSentForReview(Event):
    """Case handed to internal review."""

    TYPE = "clues.case_sent_for_review"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-15.10", "LZ-15.11", "LZ-17.1")

    case_id: Id
    path: Code
    sent_on: Day


class ReviewStarted(Event):
    """Case accepted for review; starts the 30-day clock."""

    TYPE = "clues.review_started"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-17.2", "LZ-17.3", "LZ-17.5")

    case_id: Id
    round: Count
    accepted_on: Day
    lead_reviewer_id: Id


class InternalReviewCompleted(Event):
    """Internal review completed; stops the 30-day clock."""

    TYPE = "clues.internal_review_completed"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-17.4", "LZ-17.9", "LZ-17.10", "LZ-17.11")

    case_id: Id
    round: Count
    completed_on: Day
    result_code: Code


class SanctionProposed(Event):
    """Sanction proposal ready; the party committee must be consulted."""

    TYPE = "clues.sanction_proposed"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-17.12",)

    case_id: Id
    proposed_on: Day


class SanctionAgreed(Event):
    """Agreement (or not) with the party committee."""

    TYPE = "clues.sanction_agreed"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-17.13",)

    case_id: Id
    agreed: YesNo
    result_on: Day


class AssistedReviewRequested(Event):
    """Case transferred to the case review office, which must act."""

    TYPE = "clues.assisted_review_requested"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-17.14",)

    case_id: Id
    round: Count
    requested_on: Day


class AssistedReviewDecided(Event):
    """Case review office consented or returned."""

    TYPE = "clues.assisted_review_decided"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-17.15",)

    case_id: Id
    round: Count
    result_code: Code
    decided_on: Day


class SanctionNotified(Event):
    """Party committee informed of the proposal; it must decide."""

    TYPE = "clues.sanction_notified"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-17.16",)

    case_id: Id
    notified_on: Day


class SanctionDecided(Event):
    """Sanction decision taken."""

    TYPE = "clues.sanction_decided"
    CONSUMERS = (ARCHIVE, NOTIFICATIONS)
    CLAUSES = ("LZ-17.17",)

    case_id: Id
    person_id: Id
    sanction_code: Code
    form_code: Code
    decided_by: Code
    decided_on: Day


class SanctionCaseRecorded(Event):
    """Sanction case filed for record."""

    TYPE = "clues.sanction_case_recorded"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-17.18",)

    case_id: Id
    filed_on: Day


class SanctionExecuted(Event):
    """Execution of the sanction verified."""

    TYPE = "clues.sanction_executed"
    CONSUMERS = (ARCHIVE, NOTIFICATIONS)
    CLAUSES = ("LZ-17.20",)

    case_id: Id
    verified_on: Day
