"""Offices that are overdue again and again: a signal to the commission, never a finding (LZ-22.10)."""

from __future__ import annotations

from datetime import datetime, time

from sqlalchemy import or_, select

from services.chassis.clock import ZONE, local_date
from services.chassis.perform import perform_as_service
from services.chassis.tables import DirectoryOffice, Duty
from services.chassis.values import value_in_force
from services.chassis.work import Work
from services.clues.acts.accountability_of_office import SIGNAL_OVERDUE
from services.clues.domain.office_accountability import OVERDUE, quarter_of, quarter_start
from services.clues.papers.office_accountability import OverdueSignal
from services.clues.storage_accountability import OfficeAccountability


def signal_if_repeated(work: Work, duty_id: str) -> None:
    """Once a quarter and office, when as many of its duties here fell overdue as the value in force says."""
    duty = work.session.get(Duty, duty_id)
    office = work.session.get(DirectoryOffice, duty.office_id) if duty is not None else None
    if office is None or office.kind != "dispatched_office":
        return
    quarter = quarter_of(work.today)
    ref = f"{office.office_id}:{quarter}"
    known = select(OfficeAccountability.id).where(
        OfficeAccountability.ground_code == OVERDUE, OfficeAccountability.source_ref == ref
    )
    if work.session.scalars(known).first() is not None:
        return
    threshold = int(value_in_force(work.session, "LZ-22.10", "overdue_signal_at", work.today).amount)
    overdue = overdue_this_quarter(work, office.office_id)
    if overdue >= threshold:
        paper = OverdueSignal(
            examined_office_id=office.office_id, quarter=quarter, overdue=overdue, threshold=threshold
        )
        perform_as_service(work, SIGNAL_OVERDUE, paper)


def overdue_this_quarter(work: Work, office_id: str) -> int:
    """Duties of the office that ended in this quarter and were not met in time; those that only warn do not count."""
    since = datetime.combine(quarter_start(work.today), time(), ZONE)
    query = select(Duty).where(
        Duty.office_id == office_id,
        Duty.status.in_(("open", "met")),
        Duty.due_at >= since,
        Duty.due_at < work.now,
        or_(Duty.status == "open", Duty.late),
    )
    return sum(_binds(work, duty) for duty in work.session.scalars(query))


def _binds(work: Work, duty: Duty) -> bool:
    opened_on = local_date(duty.opened_at)
    return value_in_force(work.session, duty.clause, duty.value_name, opened_on).effect != "warning"
