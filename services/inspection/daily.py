"""What inspection does by the clock: warnings where nothing is on record, the next quarter of second-level units."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from typing import Any

from sqlalchemy import Select, func, select

from services.chassis.clock import ZONE
from services.chassis.perform import AnyAct, perform_as_service
from services.chassis.runtime import Runtime
from services.chassis.tables import DirectoryCoverage, Duty
from services.chassis.work import Work, begin, look
from services.inspection import (
    duty_daily,
    ecology_daily,
    joint_daily,
    office_daily,
    rectifying,
    responsibility_daily,
    results_daily,
    risk_daily,
    talk_daily,
)
from services.inspection.acts.attendance import NOTE_UNRECORDED
from services.inspection.acts.decisions import NOTE_MINUTES_OUTSTANDING
from services.inspection.acts.filing_checks import NOTE_UNCHECKED
from services.inspection.acts.subunit_filings import CONTINUE_FILINGS, NOTE_QUARTER_AWAITED
from services.inspection.domain.quarters import following, last_day_of, quarter_of
from services.inspection.papers.filings import QuarterOfUnit
from services.inspection.papers.meetings import Reminder
from services.inspection.storage_meeting import FilingCheck, FilingQuarter, Meeting


def unrecorded(work: Work) -> list[str]:
    """Meetings of days that are over, with neither attendance nor absence (LZ-6.7)."""
    midnight = datetime.combine(work.today, time(), ZONE)
    return _ids(
        work,
        select(Meeting.id).where(
            Meeting.state == "announced", Meeting.opens_at < midnight, Meeting.unrecorded_on.is_(None)
        ),
    )


def minutes_outstanding(work: Work) -> list[str]:
    """Meetings whose minutes the unit has not filed when their clock ended (LZ-6.8)."""
    return _ids(
        work,
        select(Meeting.id)
        .join(Duty, Duty.subject_id == Meeting.id)
        .where(
            Duty.subject_kind == Meeting.KIND,
            Duty.clause == "LZ-6.8",
            Duty.status == "open",
            Duty.due_at < work.now,
            Meeting.minutes_asked_on.is_(None),
        ),
    )


def quarters_awaited(work: Work) -> list[str]:
    """Second-level units with nothing on file on their quarter's last day (LZ-6.9)."""
    rows = work.session.execute(
        select(FilingQuarter.id, FilingQuarter.quarter).where(
            FilingQuarter.state == "awaited", FilingQuarter.reminded_on.is_(None)
        )
    )
    return [item for item, quarter in rows if work.today >= last_day_of(quarter)]


def filings_unchecked(work: Work) -> list[str]:
    """Quarters that ended with filings and without a check (LZ-6.10)."""
    rows = work.session.execute(
        select(FilingCheck.id, FilingCheck.quarter).where(
            FilingCheck.state != "checked", FilingCheck.warned_on.is_(None)
        )
    )
    return [item for item, quarter in rows if work.today > last_day_of(quarter)]


WATCHED: tuple[tuple[Callable[[Work], list[str]], AnyAct, Any], ...] = (
    (unrecorded, NOTE_UNRECORDED, Meeting),
    (minutes_outstanding, NOTE_MINUTES_OUTSTANDING, Meeting),
    (quarters_awaited, NOTE_QUARTER_AWAITED, FilingQuarter),
    (filings_unchecked, NOTE_UNCHECKED, FilingCheck),
    *results_daily.WATCHED,
    *risk_daily.WATCHED,
    *joint_daily.WATCHED,
    *rectifying.WATCHED,
    *duty_daily.WATCHED,
    *office_daily.WATCHED,
)


def on_tick(runtime: Runtime) -> None:
    """Writes only where something is due: a tick that finds nothing waits for nobody."""
    talk_daily.on_tick(runtime)
    office_daily.on_tick(runtime)
    responsibility_daily.on_tick(runtime)
    ecology_daily.on_tick(runtime)
    joint_daily.on_tick(runtime)
    with look(runtime) as work:
        due = [(found, act, model, item) for found, act, model in WATCHED for item in found(work)]
        behind = [unit_id for unit_id, _ in _behind(work)]
    for found, act, model, item in due:
        with begin(runtime) as work:
            row = work.session.get_one(model, item, with_for_update=True)
            if item in found(work):  # nobody came first
                perform_as_service(work, act, Reminder(), row)
    for unit_id in behind:
        with begin(runtime) as work:
            _catch_up(work, unit_id)


def _catch_up(work: Work, unit_id: str) -> None:
    """Each quarter once, also those that passed while nothing ran; of several processes one alone comes through."""
    for latest in (quarter for unit, quarter in _behind(work) if unit == unit_id):
        quarter = latest
        while quarter < quarter_of(work.today):
            quarter = following(quarter)
            perform_as_service(work, CONTINUE_FILINGS, QuarterOfUnit(unit_id=unit_id, quarter=quarter))
            work.session.flush()


def _behind(work: Work) -> list[tuple[str, str]]:
    """Second-level units, still supervised, whose latest quarter is over, with that quarter."""
    rows = work.session.execute(
        select(FilingQuarter.unit_id, func.max(FilingQuarter.quarter))
        .join(DirectoryCoverage, DirectoryCoverage.unit_id == FilingQuarter.unit_id)
        .group_by(FilingQuarter.unit_id)
    )
    return [(unit_id, latest) for unit_id, latest in rows if latest < quarter_of(work.today)]


def _ids(work: Work, query: Select[Any]) -> list[str]:
    return list(work.session.scalars(query))
