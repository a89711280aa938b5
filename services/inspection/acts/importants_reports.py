"""The office reports on this supervision: through its liaison office, urgent matters at once (LZ-6.11, LZ-6.12)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.events.inspection_supervision import ThreeImportantsReported, UrgentMatterReported
from contracts.refusals import RefusalCode
from services.chassis.access import LIAISON_OFFICE, Relation, listed_ids, post
from services.chassis.act import Act, Document, HandOn, Tells
from services.chassis.clock import local_date
from services.chassis.duties import meet_duties, open_duty
from services.chassis.performance import Performance
from services.chassis.reference import look_up, recall
from services.chassis.subject import RESTRICTED
from services.chassis.tables import DirectoryOffice
from services.inspection.acts.posts import not_in_the_future
from services.inspection.acts.supervision_posts import (
    ANY_OFFICE,
    coverage_of,
    item_of,
    not_after_now,
    numbered,
)
from services.inspection.domain.meeting_codes import ReportTo
from services.inspection.papers.meetings import (
    ReportForwarding,
    ReportReceipt,
    SupervisionReport,
    UrgentMatter,
)
from services.inspection.storage_meeting import ImportantsReport, Meeting

Sending = Performance[ImportantsReport, SupervisionReport]
Urgent = Performance[ImportantsReport, UrgentMatter]
COMMISSION = Relation("commission_id", "office_id")
LIAISON, LEADER = "liaison_discipline_office", "commission_leader"
AT_LIAISON = (post(LIAISON, at=LIAISON_OFFICE),)
ANY_LEADERS = (post("dispatched_office_leader", at=None),)


def goes_through_the_liaison_office(p: Sending) -> None:
    if p.paper.addressee is not ReportTo.LIAISON:
        raise p.refuse(RefusalCode.WRONG_ROUTE, field="addressee")


def _meetings(p: Sending) -> list[Meeting]:
    """The meetings that the report names, of the actor's own office and locked."""
    query = select(Meeting).where(
        Meeting.id.in_(p.paper.meeting_ids), Meeting.office_id == p.work.actor.office_id
    )
    return list(p.session.scalars(query.order_by(Meeting.id).with_for_update()))


def meetings_are_the_offices_own(p: Sending) -> None:
    if len(_meetings(p)) < len(set(p.paper.meeting_ids)):
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="meeting_ids")


class _Office:
    """A report is the office's, on all or several of its units."""

    def __init__(self, office: DirectoryOffice) -> None:
        self.unit_id, self.office_id = "", office.office_id
        self.liaison_office_id = office.liaison_office_id


def _own_office(p: Sending) -> _Office:
    office = look_up(p.session, DirectoryOffice, p.work.actor.office_id)
    if office is None or not office.liaison_office_id:
        raise p.refuse(RefusalCode.WRONG_ROUTE, field="addressee")
    return _Office(office)


def sent(p: Sending) -> ImportantsReport:
    office = _own_office(p)
    common = item_of(p, office, state="sent", no=numbered(p, "BG", office.office_id))
    return ImportantsReport(
        **(common | {"secrecy": RESTRICTED}),
        urgent=False,
        meeting_ids=listed_ids(dict.fromkeys(p.paper.meeting_ids)),
        sent_on=p.today,
    )


def meet_the_meetings_clocks(p: Sending) -> None:
    for meeting in _meetings(p):
        p.met += meet_duties(p.work, meeting, "LZ-6.11")


SEND_REPORT = Act(
    name="send_importants_report",
    zh="报告三重一大监督情况",
    en="Report on the supervision of important matters",
    clauses=("LZ-6.11",),
    on=ImportantsReport,
    by=ANY_LEADERS,
    paper=SupervisionReport,
    new=sent,
    becomes="sent",
    documents=(Document("three_importants_report", "监督情况报告(盖章扫描)", "LZ-6.11", required=False),),
    guards=(goes_through_the_liaison_office, meetings_are_the_offices_own),
    effect=meet_the_meetings_clocks,
    hands_on=(
        HandOn(
            ThreeImportantsReported,
            lambda p: ThreeImportantsReported(
                report_id=p.subject.id, office_id=p.subject.office_id, sent_on=p.subject.sent_on
            ),
        ),
    ),
    tells=(
        Tells(LIAISON, "importants_report_sent", "LZ-6.11", office=lambda p: p.subject.liaison_office_id),
    ),
)
RECEIVE_REPORT = Act(
    name="receive_importants_report",
    zh="签收监督情况报告",
    en="Acknowledge the report",
    clauses=("LZ-6.11",),
    on=ImportantsReport,
    by=AT_LIAISON,
    paper=ReportReceipt,
    when=("sent",),
    becomes="received",
    guards=(not_in_the_future("received_on"),),
    sets=("received_on",),
)


def commission_of(p: Performance[Any, Any]) -> str:
    """The commission's own office; there is one (ruling 5)."""
    query = select(DirectoryOffice.office_id).where(DirectoryOffice.kind == "district_commission")
    found = recall(p.session, "district commission", lambda: p.session.scalars(query).first())
    return found or ""


def put_before_the_commission(p: Performance[ImportantsReport, Any]) -> None:
    p.subject.commission_id = commission_of(p)


FORWARD_REPORT = Act(
    name="forward_importants_report",
    zh="监督情况报告报委",
    en="Forward the report to the commission",
    clauses=("LZ-6.11",),
    on=ImportantsReport,
    by=AT_LIAISON,
    paper=ReportForwarding,
    when=("received",),
    otherwise={"sent": RefusalCode.PRECONDITION_NOT_MET},
    becomes="forwarded",
    guards=(not_in_the_future("forwarded_on"),),
    sets=("forwarded_on",),
    effect=put_before_the_commission,
    tells=(Tells(LEADER, "importants_report_forwarded", "LZ-6.11"),),
)


def unit_is_the_offices_own(p: Urgent) -> None:
    coverage_of(p, p.paper.unit_id)
    not_after_now(p, p.paper.discovered_at, "discovered_at")


def reported_at_once(p: Urgent) -> ImportantsReport:
    """The liaison office is not on its way, and so does not know of it."""
    coverage = coverage_of(p, p.paper.unit_id)
    common = item_of(p, coverage, state="reported_directly", no=numbered(p, "JB", coverage.office_id))
    return ImportantsReport(
        **(common | {"secrecy": RESTRICTED, "liaison_office_id": ""}),
        urgent=True,
        commission_id=commission_of(p),
        discovered_at=p.paper.discovered_at,
        sent_on=p.today,
    )


def judge_by_the_day_of_discovery(p: Urgent) -> None:
    """The clock runs from the discovery, and the report itself meets it: late from the next day on."""
    p.session.flush()
    p.opened.append(
        open_duty(
            p.work,
            p.subject,
            clause="LZ-6.12",
            value="report_within",
            owed_by="dispatched_office",
            counted_from=local_date(p.paper.discovered_at),
        )
    )
    p.session.flush()
    p.met += meet_duties(p.work, p.subject, "LZ-6.12")


REPORT_URGENT_MATTER = Act(
    name="report_urgent_matter",
    zh="直接报告重要紧急事项",
    en="Report an urgent matter at once",
    clauses=("LZ-6.12",),
    on=ImportantsReport,
    by=ANY_OFFICE,
    paper=UrgentMatter,
    new=reported_at_once,
    becomes="reported_directly",
    documents=(Document("urgent_report", "重要紧急事项报告(扫描)", "LZ-6.12", required=False),),
    guards=(unit_is_the_offices_own,),
    effect=judge_by_the_day_of_discovery,
    hands_on=(
        HandOn(
            UrgentMatterReported,
            lambda p: UrgentMatterReported(
                report_id=p.subject.id,
                discovered_on=local_date(p.paper.discovered_at),
                reported_on=p.subject.sent_on,
            ),
        ),
    ),
    tells=(Tells(LEADER, "urgent_matter_reported", "LZ-6.12"),),
)
ACTS: tuple[Act[Any, Any], ...] = (SEND_REPORT, RECEIVE_REPORT, FORWARD_REPORT, REPORT_URGENT_MATTER)
