"""A unit lists what it received; the office compares the list with its register (LL-2.8, LZ-12.5)."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from sqlalchemy import select

from contracts.refusals import RefusalCode
from services.chassis.access import post, visible
from services.chassis.act import Act
from services.chassis.duties import duties_of, meet_duties, open_duty
from services.chassis.papers import papers_of, read_paper
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED
from services.chassis.tables import DirectoryCoverage
from services.intake.domain.unlisted import not_transferred
from services.intake.papers.unit_report import Received, Reconciliation, UnitPetitionReport
from services.intake.storage import Petition, UnitReport

Reporting = Performance[UnitReport, UnitPetitionReport]
Reconciling = Performance[UnitReport, Reconciliation]
CLAUSE = ("LL-2.8",)


def supervised(p: Reporting) -> None:
    if p.session.get(DirectoryCoverage, p.work.actor.unit_id) is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE)


def period_in_order(p: Reporting) -> None:
    paper = p.paper
    if not paper.period_from <= paper.period_to <= p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="period_to")
    for number, entry in enumerate(paper.entries):
        if not paper.period_from <= entry.received_on <= paper.period_to:
            raise p.refuse(RefusalCode.DATE_ORDER, field=f"entries.{number}.received_on")


def names_nobody_in_the_open(p: Reporting) -> None:
    """Who petitioned stands in no open notice."""
    for number, entry in enumerate(p.paper.entries):
        if p.paper.open_notice and entry.petitioner:
            raise p.refuse(RefusalCode.ACCESS_DENIED, field=f"entries.{number}.petitioner")


def open_report(p: Reporting) -> UnitReport:
    actor, paper = p.work.actor, p.paper
    coverage = p.session.get_one(DirectoryCoverage, actor.unit_id)
    return UnitReport(
        id=uuid4().hex, no="", state="reported", version=0, secrecy=RESTRICTED, office_id=coverage.office_id,
        liaison_office_id=coverage.liaison_office_id, unit_id=actor.unit_id, registrar_id=actor.person_id,
        handler_id="", addressee_id="", opened_on=p.today, changed_at=p.work.now, period_from=paper.period_from,
        period_to=paper.period_to, listed=len(paper.entries), missing=0,
    )  # fmt: skip


def compare(p: Reconciling) -> None:
    """Each petition listed and not transferred is a gap, and its two days run from the unit's receipt (LZ-12.5).

    Compared is what the actor may know of: what is hidden from them was not transferred as far as they can see.
    """
    missing = {
        f"{day.isoformat()}.{which}": day for day, which in not_transferred(_listed(p), _transferred(p))
    }
    open_ones = {d.recipient for d in duties_of(p.session, p.subject) if d.status == "open"}
    for gap in sorted(open_ones - set(missing)):
        p.met += meet_duties(p.work, p.subject, "LZ-12.5", gap)
    for gap in sorted(set(missing) - open_ones):
        p.opened.append(
            open_duty(
                p.work, p.subject, clause="LZ-12.5", value="transfer_within", owed_by="supervised_unit",
                owed_office=p.subject.unit_id, counted_from=missing[gap], recipient=gap,
            )
        )  # fmt: skip
    p.subject.missing = len(missing)
    p.subject.state = "gaps_found" if missing else "reconciled"


def _listed(p: Reconciling) -> list[date]:
    """Days on which the unit says that it received a petition."""
    papers = [x for x in papers_of(p.session, p.subject) if x.kind == UnitPetitionReport.__name__]
    forms = [read_paper(p.session, p.work.runtime.ring, paper)["form"] for paper in papers]
    reports = [UnitPetitionReport.model_validate(form) for form in forms]
    return [e.received_on for report in reports for e in report.entries if e.kind is Received.PETITION]


def _transferred(p: Reconciling) -> list[date]:
    """Days of receipt by the unit of the petitions that it transferred."""
    report, knows = p.subject, p.work.runtime.kinds[Petition.KIND].knows
    days = p.session.scalars(
        select(Petition.unit_received_on).where(
            Petition.office_id == report.office_id,
            Petition.unit_id == report.unit_id,
            Petition.unit_received_on.between(report.period_from, report.period_to),
            Petition.transferred_on.is_not(None),
            visible(Petition, p.work.actor, knows),
        )
    )
    return [day for day in days if day is not None]


REPORT_RECEIVED = Act(
    name="report_received",
    zh="通报收到的信访件和问题线索",
    en="List the petitions and clues received",
    clauses=CLAUSE,
    on=UnitReport,
    by=(post("supervised_unit", at=None),),
    paper=UnitPetitionReport,
    new=open_report,
    becomes="reported",
    guards=(supervised, period_in_order, names_nobody_in_the_open),
)

RECONCILE_REPORT = Act(
    name="reconcile_report",
    zh="与登记簿核对",
    en="Compare the list with the register",
    clauses=(*CLAUSE, "LZ-12.5"),
    on=UnitReport,
    by=(post("dispatched_office_leader"),),
    paper=Reconciliation,
    when=("reported", "gaps_found"),
    effect=compare,
)
"""By a leader of the office, who knows of all its ordinary petitions. Again, as often as gaps are left."""
