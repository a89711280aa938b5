"""The leadership of a unit and each of its members keep a record of their duties; the office reviews it (LZ-5.6)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids
from services.chassis.act import Act, Tells
from services.chassis.performance import Performance
from services.inspection.acts.posts import leadership_of, not_in_the_future
from services.inspection.acts.supervision_posts import (
    ANY_OFFICE,
    ANY_UNIT,
    coverage_of,
    covered,
    item_of,
    numbered,
    unit_named,
)
from services.inspection.papers.responsibility import DutyEntry, DutyRecordsReview
from services.inspection.storage_responsibility import DutyRecord, DutyRecordReview

Keeping = Performance[DutyRecord, DutyEntry]
Reviewing = Performance[DutyRecordReview, DutyRecordsReview]


def is_of_the_leadership(p: Keeping) -> None:
    if p.paper.person_id and p.paper.person_id not in leadership_of(p, unit_named(p)):
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="person_id")


def kept(p: Keeping) -> DutyRecord:
    coverage = coverage_of(p, unit_named(p))
    common = item_of(p, coverage, state="kept", no=numbered(p, "LZJS", coverage.office_id))
    return DutyRecord(**common, person_id=p.paper.person_id, performed_on=p.paper.performed_on)


KEEP_DUTY_RECORD = Act(
    name="keep_duty_record",
    zh="履责记实",
    en="Keep a record of duty performance",
    clauses=("LZ-5.6",),
    on=DutyRecord,
    by=(*ANY_OFFICE, *ANY_UNIT),
    paper=DutyEntry,
    new=kept,
    becomes="kept",
    guards=(covered, not_in_the_future("performed_on"), is_of_the_leadership),
)


def period_is_in_order(p: Reviewing) -> None:
    if not p.paper.period_from <= p.paper.period_to <= p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="period_to")


def reviewed(p: Reviewing) -> DutyRecordReview:
    """Counts members, not entries; entries of the leadership as a whole are nobody's."""
    paper, coverage = p.paper, coverage_of(p, p.paper.unit_id)
    team = leadership_of(p, paper.unit_id)
    entries = select(DutyRecord.person_id).where(
        DutyRecord.unit_id == paper.unit_id,
        DutyRecord.performed_on.between(paper.period_from, paper.period_to),
    )
    missing = team - set(p.session.scalars(entries))
    return DutyRecordReview(
        **item_of(p, coverage, state="reviewed", no=numbered(p, "JSJC", coverage.office_id)),
        period_from=paper.period_from,
        period_to=paper.period_to,
        team_count=len(team),
        kept_count=len(team) - len(missing),
        missing_ids=listed_ids(sorted(missing)),
    )


REVIEW_DUTY_RECORDS = Act(
    name="review_duty_records",
    zh="检查督促履责记实",
    en="Review a unit's duty records",
    clauses=("LZ-5.6",),
    on=DutyRecordReview,
    by=ANY_OFFICE,
    paper=DutyRecordsReview,
    new=reviewed,
    becomes="reviewed",
    guards=(covered, period_is_in_order),
    tells=(
        Tells(
            "local_party_head",
            "duty_records_missing",
            "LZ-5.6",
            office=lambda p: p.subject.unit_id,
            only_if=lambda p: bool(p.subject.missing_ids),
        ),
    ),
)
ACTS: tuple[Act[Any, Any], ...] = (KEEP_DUTY_RECORD, REVIEW_DUTY_RECORDS)
