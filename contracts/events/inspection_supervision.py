"""Events of daily supervision: a unit's important matters and its selection procedures (LZ-6, LZ-7, LL-1, LL-2)."""

from contracts.events.base import ARCHIVE, NOTIFICATIONS, Event
from contracts.fields import Code, Count, Day, Id, Period, YesNo


class MeetingMaterialsReceived(Event):
    """Agenda and papers of a meeting were received from the unit."""

    TYPE = "inspection.meeting_materials_received"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-6.6", "LL-2.3")

    meeting_id: Id
    unit_id: Id
    received_on: Day
    late: YesNo


class MeetingAttended(Event):
    """The office attended: the expected meeting is done. `item_count`: important matters supervised (GL-1.9)."""

    TYPE = "inspection.meeting_attended"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-6.3", "LL-1.14", "LL-1.15", "LL-1.16", "LL-1.17", "LL-1.18", "LL-1.19", "LL-1.20")

    meeting_id: Id
    capacity: Code
    item_count: Count
    attended_on: Day


class MeetingAbsenceRecorded(Event):
    """The office was absent; the reason itself stays in inspection."""

    TYPE = "inspection.meeting_absence_recorded"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-6.7",)

    meeting_id: Id
    reason_code: Code
    meeting_on: Day


class MinutesFiled(Event):
    """The unit filed the minutes."""

    TYPE = "inspection.minutes_filed"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-6.8", "LL-2.18")

    meeting_id: Id
    filed_on: Day


class SubunitFilingReceived(Event):
    """A second-level unit filed its meetings; `period`: the quarter in which its period ends."""

    TYPE = "inspection.subunit_filing_received"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-6.9",)

    unit_id: Id
    period: Period
    filed_on: Day
    nil: YesNo


class SupervisionOpinionIssued(Event):
    """A supervision opinion was issued to the unit, which has to answer."""

    TYPE = "inspection.supervision_opinion_issued"
    CONSUMERS = (NOTIFICATIONS, ARCHIVE)
    CLAUSES = ("LZ-6.4",)

    opinion_no: Id
    unit_id: Id
    line_count: Count
    issued_on: Day


class ThreeImportantsReported(Event):
    """A report on the supervision of important matters went to the liaison office."""

    TYPE = "inspection.three_importants_reported"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-6.11",)

    report_id: Id
    office_id: Id
    sent_on: Day


class UrgentMatterReported(Event):
    """An urgent matter was reported directly to the commission."""

    TYPE = "inspection.urgent_matter_reported"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-6.12",)

    report_id: Id
    discovered_on: Day
    reported_on: Day


class AppointmentOpinionGiven(Event):
    """The head's opinion on a selection procedure was given to the unit; what it says stays in inspection."""

    TYPE = "inspection.appointment_opinion_given"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-7.2",)

    procedure_id: Id
    stage: Code
    given_on: Day


class AppointmentMaterialsReceived(Event):
    """The personnel department communicated a plan or list."""

    TYPE = "inspection.appointment_materials_received"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-7.5",)

    procedure_id: Id
    document_kind: Code
    received_on: Day
    late: YesNo
