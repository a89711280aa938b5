"""Safety of an investigation: talks are prepared, incidents are reported to both offices (LZ-15.7, LZ-15.8)."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from sqlalchemy import select

from contracts.events.clues_cases import SafetyIncidentReported
from contracts.refusals import RefusalCode
from services.chassis.access import anyone
from services.chassis.act import Act, Document, Meets, Opens, Tells
from services.chassis.clock import local_date
from services.chassis.performance import Performance
from services.clues.acts.filing import IN_INVESTIGATION, INVESTIGATING, AnyCase
from services.clues.acts.group import are_staff, are_unrelated
from services.clues.domain.case import TalkPlace
from services.clues.papers.clue import Recipient
from services.clues.papers.investigation import CaseTalkPlan, SafetyIncidentEntry, SafetyIncidentReport
from services.clues.storage_case import Case, CaseTalk, SafetyIncident, VenueRequest

Scheduling = Performance[Case, CaseTalkPlan]
Recording = Performance[Case, SafetyIncidentEntry]
Reporting = Performance[Case, SafetyIncidentReport]

IN_THE_GROUP = (*INVESTIGATING, anyone(IN_INVESTIGATION))
BOTH_OFFICES = (Recipient.LIAISON, Recipient.CASE_SUPERVISION)


def lies_ahead(p: AnyCase, from_at: datetime, to_at: datetime) -> None:
    """Raises Refusal(DATE_ORDER) for a period that is over, empty or begun."""
    if to_at <= from_at:
        raise p.refuse(RefusalCode.DATE_ORDER, field="to_at")
    if from_at < p.work.now:
        raise p.refuse(RefusalCode.DATE_ORDER, field="from_at")


def is_scheduled_ahead(p: Scheduling) -> None:
    lies_ahead(p, p.paper.from_at, p.paper.to_at)


def is_with_a_person_reported(p: Scheduling) -> None:
    reported = p.standing.reported
    if not p.paper.subject_id and len(reported) != 1:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="subject_id")
    if p.paper.subject_id and p.paper.subject_id not in reported:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="subject_id")


def has_a_safety_officer(p: Scheduling) -> None:
    named = [("safety_officer_id", p.paper.safety_officer_id)]
    are_staff(p, named, "LZ-15.7")
    are_unrelated(p, named, "LZ-15.7")


def shared_venue_is_arranged(p: Scheduling) -> None:
    if p.paper.place_code is not TalkPlace.WALK_IN_VENUE:
        return
    arranged = select(VenueRequest.id).where(
        VenueRequest.case_id == p.subject.id,
        VenueRequest.state == "arranged",
        VenueRequest.from_at <= p.paper.from_at,
        VenueRequest.to_at >= p.paper.to_at,
    )
    if p.session.scalars(arranged).first() is None:
        raise p.refuse(RefusalCode.APPROVAL_REQUIRED, field="place_code", clauses=("LZ-15.9",))


def schedule(p: Scheduling) -> None:
    talk = CaseTalk(
        id=uuid4().hex,
        case_id=p.subject.id,
        subject_id=p.paper.subject_id or p.standing.reported[0],
        place_code=p.paper.place_code.value,
        from_at=p.paper.from_at,
        to_at=p.paper.to_at,
        safety_officer_id=p.paper.safety_officer_id,
    )
    p.session.add(talk)
    p.facts |= {"talk": talk.id}


SCHEDULE_TALK = Act(
    name="schedule_talk",
    zh="安排审查调查谈话",
    en="Schedule a talk of the investigation",
    clauses=("LZ-15.6", "LZ-15.7"),
    on=Case,
    by=IN_THE_GROUP,
    paper=CaseTalkPlan,
    when=("investigating", "returned_to_investigation"),
    otherwise={"filed": RefusalCode.APPROVAL_REQUIRED},
    documents=(Document("work_contingency_plan", "工作预案(扫描)", "LZ-15.7"),),
    guards=(is_scheduled_ahead, is_with_a_person_reported, has_a_safety_officer, shared_venue_is_arranged),
    effect=schedule,
    anytime=True,
)
"""A talk after filing is a measure: without an approved plan there is none (LZ-15.6)."""


def happened_by_now(p: Recording) -> None:
    if p.paper.occurred_at > p.work.now:
        raise p.refuse(RefusalCode.DATE_ORDER, field="occurred_at", clauses=("LZ-15.8",))


def note_incident(p: Recording) -> None:
    incident = SafetyIncident(
        id=uuid4().hex, case_id=p.subject.id, occurred_at=p.paper.occurred_at, reported_at=None
    )
    p.session.add(incident)
    p.facts |= {"incident": incident.id, "incident_kind": p.paper.kind_code.value}


def _to_report(recipient: Recipient) -> Opens:
    return Opens(
        "LZ-15.8",
        "report_within",
        "dispatched_office",
        lambda p: local_date(p.paper.occurred_at),
        owed_person=lambda p: p.subject.handler_id,
        to=recipient.value,
    )


RECORD_SAFETY_INCIDENT = Act(
    name="record_safety_incident",
    zh="登记安全事故",
    en="Record a safety incident",
    clauses=("LZ-15.8",),
    on=Case,
    by=IN_THE_GROUP,
    paper=SafetyIncidentEntry,
    guards=(happened_by_now,),
    effect=note_incident,
    opens=tuple(_to_report(recipient) for recipient in BOTH_OFFICES),
    tells=(
        Tells(
            "dispatched_office_head",
            "safety_incident_recorded",
            "LZ-15.8",
            office=lambda p: p.subject.office_id,
        ),
    ),
    anytime=True,
)


def to_both_offices(p: Reporting) -> None:
    if set(p.paper.recipient_roles) != set(BOTH_OFFICES):
        raise p.refuse(RefusalCode.WRONG_ROUTE, field="recipient_roles")


def report_incidents(p: Reporting) -> None:
    """One report covers what was recorded and not reported yet; each incident is handed on to each office."""
    for incident in _unreported(p):
        incident.reported_at = p.work.now
        for recipient in BOTH_OFFICES:
            p.emit(
                SafetyIncidentReported(
                    case_id=p.subject.id,
                    incident_on=local_date(incident.occurred_at),
                    reported_on=p.today,
                    recipient_role=recipient.value,
                )
            )


def _unreported(p: AnyCase) -> list[SafetyIncident]:
    query = select(SafetyIncident).where(
        SafetyIncident.case_id == p.subject.id, SafetyIncident.reported_at.is_(None)
    )
    return list(p.session.scalars(query.order_by(SafetyIncident.occurred_at, SafetyIncident.id)))


REPORT_SAFETY_INCIDENT = Act(
    name="report_safety_incident",
    zh="报告安全事故",
    en="Report a safety incident to both offices",
    clauses=("LZ-15.8",),
    on=Case,
    by=INVESTIGATING,
    paper=SafetyIncidentReport,
    while_open="LZ-15.8",
    documents=(
        Document("safety_incident_report", "审查调查安全事故报告(盖章扫描)", "LZ-15.8", required=False),
    ),
    guards=(to_both_offices,),
    effect=report_incidents,
    meets=(Meets("LZ-15.8"),),
    tells=(
        Tells(
            Recipient.LIAISON.value,
            "safety_incident_reported",
            "LZ-15.8",
            office=lambda p: p.subject.liaison_office_id,
        ),
        Tells(Recipient.CASE_SUPERVISION.value, "safety_incident_reported", "LZ-15.8"),
    ),
)
"""The first word goes by telephone; the stamped report may follow."""
