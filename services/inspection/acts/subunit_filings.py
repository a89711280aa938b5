"""Second-level units file the meetings that they held, each quarter, nil returns included (LZ-6.9)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.events.inspection_supervision import SubunitFilingReceived
from contracts.refusals import RefusalCode
from services.chassis.access import post
from services.chassis.act import Act, Document, Fills, HandOn, Meets, Tells, Warns
from services.chassis.duties import open_duty
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.tables import DirectoryOffice
from services.inspection.acts.filing_checks import check_of_quarter
from services.inspection.acts.supervision_posts import HEAD, coverage_of, item_of, numbered, supervisor_of
from services.inspection.domain.quarters import first_day_of, quarter_of, quarters_in
from services.inspection.papers.filings import (
    FilingsBeginning,
    QuarterFiled,
    QuarterOfUnit,
    SubunitFilingForm,
)
from services.inspection.papers.meetings import Reminder
from services.inspection.storage_meeting import FilingQuarter, SubunitFiling

AnyQuarter = Performance[FilingQuarter, Any]
Filing = Performance[SubunitFiling, SubunitFilingForm]
SUBUNIT = "subordinate_unit"


def unit_is_second_level(p: Performance[FilingQuarter, FilingsBeginning]) -> None:
    coverage_of(p, p.paper.unit_id)
    unit = look_up(p.session, DirectoryOffice, p.paper.unit_id)
    if unit is None or unit.kind != SUBUNIT:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="unit_id")


def filings_not_begun(p: Performance[FilingQuarter, FilingsBeginning]) -> None:
    query = select(FilingQuarter.id).where(FilingQuarter.unit_id == p.paper.unit_id)
    if p.session.scalars(query).first() is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="unit_id")


def of_quarter(p: AnyQuarter) -> FilingQuarter:
    coverage = supervisor_of(p, p.paper.unit_id)
    quarter = getattr(p.paper, "quarter", "") or quarter_of(p.today)
    common = item_of(p, coverage, state="awaited", no=f"BB-{coverage.unit_id}-{quarter}")
    return FilingQuarter(**common, quarter=quarter)


def start_the_units_clock(p: AnyQuarter) -> None:
    p.session.flush()
    p.opened.append(
        open_duty(
            p.work,
            p.subject,
            clause="LZ-6.9",
            value="file_within",
            owed_by=SUBUNIT,
            owed_office=p.subject.unit_id,
            counted_from=first_day_of(p.subject.quarter),
            warn_before=(10, 3),
        )
    )


BEGIN_FILINGS = Act(
    name="begin_subunit_filings",
    zh="启动二级单位报备",
    en="Begin the filings of a second-level unit",
    clauses=("LZ-6.9",),
    on=FilingQuarter,
    by=(post("dispatched_office_leader", at=None),),
    paper=FilingsBeginning,
    new=of_quarter,
    becomes="awaited",
    guards=(unit_is_second_level, filings_not_begun),
    effect=start_the_units_clock,
)
CONTINUE_FILINGS = Act(
    name="continue_subunit_filings",
    zh="二级单位报备(续)",
    en="The next quarter of a second-level unit",
    clauses=("LZ-6.9",),
    on=FilingQuarter,
    by=(),
    paper=QuarterOfUnit,
    new=of_quarter,
    becomes="awaited",
    effect=start_the_units_clock,
)


def _note_filed(p: AnyQuarter) -> None:
    p.subject.filed_on = p.today


NOTE_QUARTER_FILED = Act(
    name="note_quarter_filed",
    zh="本季度已报备",
    en="The quarter was filed",
    clauses=("LZ-6.9",),
    on=FilingQuarter,
    by=(),
    paper=QuarterFiled,
    when=("awaited",),
    becomes="filed",
    effect=_note_filed,
    meets=(Meets("LZ-6.9"),),
    fills=(Fills("LZ-6.9"),),
)


def _note_reminded(p: AnyQuarter) -> None:
    p.subject.reminded_on = p.today


NOTE_QUARTER_AWAITED = Act(
    name="note_quarter_awaited",
    zh="季度报备到期未报",
    en="The quarter ends and nothing is filed",
    clauses=("LZ-6.9",),
    on=FilingQuarter,
    by=(),
    paper=Reminder,
    when=("awaited",),
    effect=_note_reminded,
    keeps_paper=False,
    warns=(Warns("LZ-6.9", lambda _: ("",)),),
    tells=(
        Tells(SUBUNIT, "subunit_filing_awaited", "LZ-6.9", office=lambda p: p.subject.unit_id),
        Tells(HEAD, "subunit_filing_awaited", "LZ-6.9", office=lambda p: p.subject.office_id),
    ),
)
"""On the quarter's last day, to both sides; it is a warning, and no breach."""


def unit_is_supervised(p: Filing) -> None:
    coverage_of(p, p.work.actor.unit_id)


def period_is_in_order(p: Filing) -> None:
    if not p.paper.period_from <= p.paper.period_to <= p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="period_to")
    for meeting in p.paper.meetings:
        if not p.paper.period_from <= meeting.held_on <= p.paper.period_to:
            raise p.refuse(RefusalCode.DATE_ORDER, field="meetings.held_on")


def says_something(p: Filing) -> None:
    """Meetings, or that there were none."""
    if p.paper.nil and p.paper.meetings:
        raise p.refuse(RefusalCode.OUT_OF_RANGE, field="nil")
    if not p.paper.nil and not p.paper.meetings:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="meetings")


def period_was_not_filed(p: Filing) -> None:
    overlapping = select(SubunitFiling.id).where(
        SubunitFiling.unit_id == p.work.actor.unit_id,
        SubunitFiling.period_from <= p.paper.period_to,
        SubunitFiling.period_to >= p.paper.period_from,
    )
    if p.session.scalars(overlapping).first() is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="period_from")


def filed(p: Filing) -> SubunitFiling:
    coverage = coverage_of(p, p.work.actor.unit_id)
    return SubunitFiling(
        **item_of(p, coverage, state="filed", no=numbered(p, "EJ", coverage.office_id)),
        period_from=p.paper.period_from,
        period_to=p.paper.period_to,
        nil=p.paper.nil,
        meeting_count=len(p.paper.meetings),
        item_count=sum(len(one.items) for one in p.paper.meetings),
    )


def settle_quarters(p: Filing) -> None:
    """The quarters into which the period reaches are filed; the office's spot check of the last one waits."""
    p.session.flush()
    item = p.subject
    awaited = select(FilingQuarter).where(
        FilingQuarter.unit_id == item.unit_id,
        FilingQuarter.state == "awaited",
        FilingQuarter.quarter.in_(quarters_in(item.period_from, item.period_to)),
    )
    for quarter in p.session.scalars(awaited.order_by(FilingQuarter.quarter).with_for_update()).all():
        perform_as_service(p.work, NOTE_QUARTER_FILED, QuarterFiled(filing_id=item.id), quarter)
    check_of_quarter(p, item.office_id, quarter_of(item.period_to))


FILE_MEETINGS = Act(
    name="file_subunit_meetings",
    zh="报备已召开的会议",
    en="File the meetings held",
    clauses=("LZ-6.9",),
    on=SubunitFiling,
    by=(post(SUBUNIT, at=None),),
    paper=SubunitFilingForm,
    new=filed,
    becomes="filed",
    documents=(Document("subunit_filing", "二级单位报备表(盖章扫描)", "LZ-6.9", required=False),),
    guards=(unit_is_supervised, period_is_in_order, says_something, period_was_not_filed),
    effect=settle_quarters,
    hands_on=(
        HandOn(
            SubunitFilingReceived,
            lambda p: SubunitFilingReceived(
                unit_id=p.subject.unit_id,
                period=quarter_of(p.subject.period_to),
                filed_on=p.today,
                nil=p.subject.nil,
            ),
        ),
    ),
)
ACTS: tuple[Act[Any, Any], ...] = (
    BEGIN_FILINGS,
    CONTINUE_FILINGS,
    NOTE_QUARTER_FILED,
    NOTE_QUARTER_AWAITED,
    FILE_MEETINGS,
)
