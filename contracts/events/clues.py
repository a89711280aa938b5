"""Events of clues: the ledger, dispositions, talk and inquiry."""

from contracts.events.base import ARCHIVE, INTAKE, NOTIFICATIONS, Event
from contracts.fields import Code, CodeOrEmpty, Count, Day, DigestOrEmpty, Id, IdOrEmpty, Period, YesNo


class ClueRegistered(Event):
    """A clue entered the central ledger."""

    TYPE = "clues.clue_registered"
    CONSUMERS = (INTAKE, NOTIFICATIONS)
    CLAUSES = ("LZ-12.17", "LZ-12.24", "LZ-20.12")

    clue_id: Id
    source: Code
    source_ref: Id
    petition_id: IdOrEmpty
    office_id: Id
    subject_level: Code
    registered_on: Day


class ClueStatusChanged(Event):
    """A clue moved to another state; at its end with outcome and the digest of its volume."""

    TYPE = "clues.clue_status_changed"
    CONSUMERS = (INTAKE, NOTIFICATIONS, ARCHIVE)
    CLAUSES = ("GL-2.10", "LZ-12.25", "LZ-12.27")

    clue_id: Id
    source: Code
    source_ref: Id
    petition_id: IdOrEmpty
    office_id: Id
    from_state: Code
    to_state: Code
    outcome_code: CodeOrEmpty
    package_digest: DigestOrEmpty
    changed_on: Day


class ClueSubmissionApproved(Event):
    """Head approved submission; starts the 3-working-day clock."""

    TYPE = "clues.clue_submission_approved"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-12.17",)

    clue_id: Id
    office_id: Id
    approved_on: Day


class ClueSubmitted(Event):
    """Clue submitted to the case supervision office; stops the clock, that office must act."""

    TYPE = "clues.clue_submitted"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-12.18", "LZ-12.22")

    clue_id: Id
    office_id: Id
    submitted_on: Day


class ClueDispositionApproved(Event):
    """Head approved a disposition; starts two 3-working-day filing clocks."""

    TYPE = "clues.clue_disposition_approved"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-12.19",)

    clue_id: Id
    office_id: Id
    disposition_code: Code
    self_initiated: YesNo
    approved_on: Day


class ClueFiledForRecord(Event):
    """Disposition filed with one recipient; stops that recipient's clock."""

    TYPE = "clues.clue_filed_for_record"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-12.20",)

    clue_id: Id
    office_id: Id
    recipient_role: Code
    filed_on: Day


class ClueReceivedFromUnit(Event):
    """Unit handed over a clue; the office must submit it."""

    TYPE = "clues.clue_received_from_unit"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("HS-1.12", "LZ-12.21")

    clue_id: Id
    unit_id: Id
    source_code: Code
    received_on: Day


class EnforcementCaseReported(Event):
    """Law-enforcement case on a leading cadre reported to both offices."""

    TYPE = "clues.enforcement_case_reported"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-12.23",)

    report_id: Id
    unit_id: Id
    known_on: Day
    reported_on: Day


class ClueDispositionInspected(Event):
    """Liaison office checked dispositions; the office must answer findings."""

    TYPE = "clues.clue_disposition_inspected"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-12.28",)

    inspection_id: Id
    office_id: Id
    period: Period
    finding_count: Count


class ClueLedgerReconciled(Event):
    """Ledger of a period reconciled; stops the periodic clock."""

    TYPE = "clues.clue_ledger_reconciled"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-12.26",)

    office_id: Id
    period: Period
    difference_count: Count


class TalkHeld(Event):
    """A talk on a clue was held."""

    TYPE = "clues.talk_held"
    CONSUMERS = (ARCHIVE, NOTIFICATIONS)
    CLAUSES = ("LZ-13.5", "LZ-13.6")

    clue_id: Id
    talk_id: Id
    held_on: Day
    speaker_role: Code


class TalkEntrusted(Event):
    """Talk entrusted to the local party head, who must act."""

    TYPE = "clues.talk_entrusted"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-13.7",)

    clue_id: Id
    talk_id: Id
    entrusted_on: Day


class InquiryLetterIssued(Event):
    """Letter issued and copied; delivery and answer clock start."""

    TYPE = "clues.inquiry_letter_issued"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-13.8", "LZ-13.9")

    clue_id: Id
    office_id: Id
    letter_no: Id
    subject_ref: Id
    copy_role: Code
    copy_person_id: Id
    copy_substituted: YesNo
    issued_on: Day


class ExplanationReceived(Event):
    """Explanation filed; stops the answer clock and enters the spot-check population."""

    TYPE = "clues.explanation_received"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-13.10",)

    clue_id: Id
    office_id: Id
    explanation_id: Id
    received_on: Day


class ExplanationSpotChecked(Event):
    """An explanation was verified by spot check."""

    TYPE = "clues.explanation_spot_checked"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-13.11", "LZ-13.12")

    explanation_id: Id
    checked_on: Day
    result_code: Code


class SpotCheckQuotaShort(Event):
    """Verified share is under 5% at a checkpoint."""

    TYPE = "clues.spot_check_quota_short"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-13.11",)

    office_id: Id
    year: Period
    received: Count
    verified: Count
    required: Count


class UnitHeadInformed(Event):
    """Talk, inquiry or verification reported to the unit's party head."""

    TYPE = "clues.unit_head_informed"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-13.4", "LZ-14.5")

    clue_id: Id
    informed_on: Day
    occasion: Code


class DispositionReported(Event):
    """Closing or handling reported to the liaison office for record."""

    TYPE = "clues.disposition_reported"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-14.8",)

    clue_id: Id
    office_id: Id
    recipient_role: Code
    proposal_code: Code
    reported_on: Day
