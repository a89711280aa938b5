"""Other offices brief the team on the unit (step 4)."""

from __future__ import annotations

from typing import Any

from contracts.events.inspection_entry import (
    AuditAccessRequested,
    BriefingRequested,
    PriorMaterialsRequested,
)
from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids
from services.chassis.act import Act, After, Document, HandOn
from services.chassis.papers import papers_of, read_paper
from services.chassis.performance import Performance
from services.inspection.acts.posts import (
    OFFICE,
    TEAM,
    TEAM_HEADS,
    ids_in,
    leadership_of,
    not_in_the_future,
)
from services.inspection.domain.entry_codes import ALWAYS_ASKED, ASKS_ITS_AUTHORITY, Briefer
from services.inspection.papers.entry import (
    AppointmentForms,
    AuditAccess,
    AuditReading,
    AuditReports,
    BriefingClosing,
    BriefingMaterial,
    BriefingRequest,
    PriorMaterials,
    PriorMaterialsNote,
)
from services.inspection.storage_unit import Engagement

AnyEngagement = Performance[Engagement, Any]
Requesting = Performance[Engagement, BriefingRequest]
Briefing = Performance[Engagement, BriefingMaterial]


def by_the_office(p: AnyEngagement) -> None:
    """Others are asked by the office, never by a team itself."""
    if not OFFICE[0].has_role(p.work.actor):
        raise p.refuse(RefusalCode.WRONG_ROUTE)


def asks_the_five(p: Requesting) -> None:
    if set(ALWAYS_ASKED) - set(p.paper.addressees):
        raise p.refuse(RefusalCode.MISSING_FIELD, field="addressees", clauses=("XC-4.1a",))


def note_request(p: Requesting) -> None:
    p.subject.unit_type = p.paper.unit_type.value


REQUEST_BRIEFING = Act(
    name="request_briefing",
    zh="商请通报情况",
    en="Ask the offices for a briefing",
    clauses=("XC-4.1a", "XC-4.1c"),
    on=Engagement,
    by=(*OFFICE, *TEAM_HEADS),
    paper=BriefingRequest,
    when=("notified",),
    needs=(by_the_office,),
    guards=(asks_the_five,),
    effect=note_request,
    hands_on=(
        HandOn(
            BriefingRequested,
            lambda p: BriefingRequested(
                round_id=p.subject.round_id,
                team_id=p.subject.team_id,
                unit_id=p.subject.unit_id,
                addressees=tuple(one.value for one in p.paper.addressees),
            ),
        ),
    ),
)


def keep_points(p: Briefing) -> None:
    p.subject.raised = listed_ids(dict.fromkeys([*ids_in(p.subject.raised), *p.paper.points]))
    p.facts |= {"from": p.paper.office_code.value, "points": len(p.paper.points)}


RECORD_BRIEFING = Act(
    name="record_briefing",
    zh="登记通报材料",
    en="File a briefing",
    clauses=("XC-4.1b",),
    on=Engagement,
    by=OFFICE,
    paper=BriefingMaterial,
    when=("notified",),
    documents=(Document("briefing_material", "书面通报材料(扫描)", "XC-4.1b"),),
    after=(After("request_briefing", "XC-4.1a"),),
    guards=(not_in_the_future("received_on"),),
    effect=keep_points,
)


def a_form_for_each(p: Performance[Engagement, AppointmentForms]) -> None:
    if leadership_of(p, p.subject.unit_id) - set(p.paper.with_form_ids):
        raise p.refuse(RefusalCode.MISSING_DOCUMENT, field="with_form_ids", clauses=("XC-4.2b",))


RECORD_APPOINTMENT_FORMS = Act(
    name="record_appointment_forms",
    zh="登记任免审批表",
    en="File the appointment forms",
    clauses=("XC-4.2b",),
    on=Engagement,
    by=OFFICE,
    paper=AppointmentForms,
    when=("notified",),
    documents=(Document("appointment_approval_forms", "任免审批表(扫描)", "XC-4.2b"),),
    after=(After("request_briefing", "XC-4.1a"),),
    guards=(a_form_for_each,),
)


def reports_or_none(p: Performance[Engagement, AuditReports]) -> None:
    if bool(p.paper.reports) == p.paper.nil_return:
        raise p.refuse(RefusalCode.MISSING_DOCUMENT, field="reports", clauses=("XC-4.2c",))


RECORD_AUDIT_REPORTS = Act(
    name="record_audit_reports",
    zh="登记审计报告",
    en="File the audit reports, or that there are none",
    clauses=("XC-4.2c",),
    on=Engagement,
    by=OFFICE,
    paper=AuditReports,
    when=("notified",),
    after=(After("request_briefing", "XC-4.1a"),),
    guards=(reports_or_none,),
)


def readers_are_of_the_team(p: Performance[Engagement, AuditAccess]) -> None:
    if not set(p.paper.reader_ids) <= set(ids_in(p.subject.staff_ids)):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="reader_ids")


WHILE_WORKING = ("notified", "briefed", "entry_prepared", "principal_met", "fieldwork")
ARRANGE_AUDIT_READING = Act(
    name="arrange_audit_reading",
    zh="安排查阅审计底稿",
    en="Arrange to read audit papers",
    clauses=("XC-4.2d",),
    on=Engagement,
    by=(*OFFICE, *TEAM_HEADS),
    paper=AuditAccess,
    when=WHILE_WORKING,
    anytime=True,
    needs=(by_the_office,),
    guards=(readers_are_of_the_team,),
    hands_on=(
        HandOn(
            AuditAccessRequested,
            lambda p: AuditAccessRequested(
                round_id=p.subject.round_id,
                team_id=p.subject.team_id,
                unit_id=p.subject.unit_id,
                readers=p.paper.reader_ids,
            ),
        ),
    ),
)


def note_reader(p: Performance[Engagement, AuditReading]) -> None:
    p.facts |= {"reader": p.paper.reader_id, "read_on": p.paper.read_on.isoformat()}


RECORD_AUDIT_READING = Act(
    name="record_audit_reading",
    zh="登记查阅审计底稿",
    en="Record that audit papers were read",
    clauses=("XC-4.2d",),
    on=Engagement,
    by=TEAM,
    paper=AuditReading,
    when=WHILE_WORKING,
    anytime=True,
    after=(After("arrange_audit_reading", "XC-4.2d", RefusalCode.WRONG_ROUTE),),
    guards=(not_in_the_future("read_on"),),
    effect=note_reader,
)

PRIOR = (
    Document("inspection_report", "上一轮巡察报告(扫描)", "XC-4.3a", required=False),
    Document("feedback_opinion", "上一轮反馈意见(扫描)", "XC-4.3a", required=False),
    Document("rectification_report", "上一轮整改情况报告(扫描)", "XC-4.3a", required=False),
)


def all_three_or_the_first(p: Performance[Engagement, PriorMaterials]) -> None:
    if p.paper.first_inspection:
        return
    for document in PRIOR:
        if not p.attached.get(document.kind):
            raise p.refuse(
                RefusalCode.MISSING_DOCUMENT,
                field=f"attachments.{document.kind}",
                clauses=("XC-4.3a",),
            )


PROVIDE_PRIOR_MATERIALS = Act(
    name="provide_prior_materials",
    zh="提供上一轮巡察材料",
    en="Give the team the last round's material",
    clauses=("XC-4.3a",),
    on=Engagement,
    by=OFFICE,
    paper=PriorMaterials,
    when=("notified",),
    documents=PRIOR,
    guards=(all_three_or_the_first,),
    hands_on=(
        HandOn(
            PriorMaterialsRequested,
            lambda p: PriorMaterialsRequested(
                round_id=p.subject.round_id, team_id=p.subject.team_id, unit_id=p.subject.unit_id
            ),
        ),
    ),
)


NOTE_PRIOR_PROVIDED = Act(
    name="note_prior_materials",
    zh="登记档案室提供材料",
    en="Note what the archive has of an earlier round",
    clauses=("XC-4.3b",),
    on=Engagement,
    by=(),
    paper=PriorMaterialsNote,
)


def authority_was_asked(p: Performance[Engagement, BriefingClosing]) -> None:
    """Schools and enterprises: the authority in charge has briefed the team, too."""
    if p.subject.unit_type in ASKS_ITS_AUTHORITY and Briefer.AUTHORITY.value not in _asked(p):
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, clauses=("XC-4.1c",))


def _asked(p: AnyEngagement) -> set[str]:
    """Whom the office's letters asked, by the papers on file."""
    found: set[str] = set()
    for paper in papers_of(p.session, p.subject):
        if paper.act == "request_briefing":
            found |= set(read_paper(p.session, p.work.runtime.ring, paper)["form"]["addressees"])
    return found


CLOSE_BRIEFING = Act(
    name="close_briefing",
    zh="完成情况通报",
    en="Close the briefings",
    clauses=("XC-4.1c", "XC-4.2b", "XC-4.2c", "XC-4.3a"),
    on=Engagement,
    by=OFFICE,
    paper=BriefingClosing,
    when=("notified",),
    becomes="briefed",
    after=(
        After("request_briefing", "XC-4.1a"),
        After("record_briefing", "XC-4.1b"),
        After("record_appointment_forms", "XC-4.2b", RefusalCode.MISSING_DOCUMENT),
        After("record_audit_reports", "XC-4.2c", RefusalCode.MISSING_DOCUMENT),
        After("provide_prior_materials", "XC-4.3a"),
    ),
    guards=(authority_was_asked,),
)
ACTS = (
    REQUEST_BRIEFING,
    RECORD_BRIEFING,
    RECORD_APPOINTMENT_FORMS,
    RECORD_AUDIT_REPORTS,
    ARRANGE_AUDIT_READING,
    RECORD_AUDIT_READING,
    PROVIDE_PRIOR_MATERIALS,
    NOTE_PRIOR_PROVIDED,
    CLOSE_BRIEFING,
)
