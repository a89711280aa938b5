"""A unit provides its business ledgers; what is large and no meeting discussed is a proposed problem (LL-2.21)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, tuple_

from contracts.refusals import RefusalCode
from services.chassis.act import Act, Document
from services.chassis.performance import Performance
from services.inspection.acts.importants_list import boundaries_of
from services.inspection.acts.problems import find_problem
from services.inspection.acts.supervision_posts import ANY_UNIT, coverage_of, item_of, numbered
from services.inspection.domain.boundaries import unlisted
from services.inspection.domain.meeting_codes import MEASURED_AS, ProblemGrade
from services.inspection.papers.filings import BusinessLedgerPack
from services.inspection.storage_meeting import AgendaItem, BusinessLedgerFiling, Meeting

Providing = Performance[BusinessLedgerFiling, BusinessLedgerPack]


def unit_is_supervised(p: Providing) -> None:
    coverage_of(p, p.work.actor.unit_id)


def period_is_in_order(p: Providing) -> None:
    if not p.paper.period_from <= p.paper.period_to <= p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="period_to")


def entries_are_numbered(p: Providing) -> None:
    if len({entry.entry_no for entry in p.paper.entries}) < len(p.paper.entries):
        raise p.refuse(RefusalCode.DUPLICATE, field="entries.entry_no")


def items_are_of_the_unit(p: Providing) -> None:
    """An entry names an item of one of the unit's own meetings, or none."""
    named = {(entry.meeting_id, entry.item_no) for entry in p.paper.entries if entry.meeting_id}
    if not named:
        return
    query = (
        select(AgendaItem.meeting_id, AgendaItem.no)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(
            Meeting.unit_id == p.work.actor.unit_id,
            tuple_(AgendaItem.meeting_id, AgendaItem.no).in_(sorted(named)),
        )
    )
    if {(meeting, number) for meeting, number in p.session.execute(query)} != named:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="entries.meeting_id")


def provided(p: Providing) -> BusinessLedgerFiling:
    coverage = coverage_of(p, p.work.actor.unit_id)
    return BusinessLedgerFiling(
        **item_of(p, coverage, state="filed", no=numbered(p, "TZ", coverage.office_id)),
        kind_code=p.paper.kind.value,
        period_from=p.paper.period_from,
        period_to=p.paper.period_to,
        entry_count=len(p.paper.entries),
    )


def hold_against_the_boundaries(p: Providing) -> None:
    """One problem is proposed for the ledger, whatever the number of its entries; the unit is shown nothing of it."""
    kind = MEASURED_AS.get(p.paper.kind)
    if kind is None:
        return
    entries = {one.entry_no: (one.amount, one.area_no, bool(one.meeting_id)) for one in p.paper.entries}
    p.session.flush()
    found = unlisted(entries, kind, boundaries_of(p.session, p.subject.unit_id))
    if found:
        find_problem(p, "LL-2.21", ProblemGrade.GENERAL, proposed=True)


PROVIDE_LEDGER = Act(
    name="provide_business_ledger",
    zh="提供业务台账",
    en="Provide a business ledger",
    clauses=("LL-2.21", "LZ-6.2"),
    on=BusinessLedgerFiling,
    by=ANY_UNIT,
    paper=BusinessLedgerPack,
    new=provided,
    becomes="filed",
    documents=(Document("business_ledger", "业务台账(附件)", "LL-2.21", required=False),),
    guards=(unit_is_supervised, period_is_in_order, entries_are_numbered, items_are_of_the_unit),
    effect=hold_against_the_boundaries,
)
ACTS: tuple[Act[Any, Any], ...] = (PROVIDE_LEDGER,)
