"""Setting up: offices, coverage and mail addresses are loaded by the acts of the service, as often as you like."""

from __future__ import annotations

from sqlalchemy import select

from services.chassis.perform import perform_as_service
from services.chassis.work import Work
from services.notifications.acts.offices import CHANGE_OFFICE, REGISTER_OFFICE, SET_COVERAGE
from services.notifications.papers.office import CoverageEntry, OfficeChange, OfficeKind, OfficeRegisterEntry
from services.notifications.storage import Coverage, MailAddress, Office


def load_office(
    work: Work, *, office_id: str, kind: str, name_zh: str, name_en: str = "", liaison_office_id: str = "",
    parent_office_id: str = "",
) -> bool:  # fmt: skip
    """Register an office, or bring it to what is given; returns whether anything changed.

    A dispatched office without a parent belongs to the one district commission that is registered.
    Raises ValueError for an unknown kind, Refusal for what the act refuses.
    """
    office_kind = OfficeKind(kind)
    if office_kind is OfficeKind.DISPATCHED_OFFICE and not parent_office_id:
        parent_office_id = _commission(work)
    office = work.session.get(Office, office_id)
    if office is None:
        entry = OfficeRegisterEntry(
            office_id=office_id, kind=office_kind, name_zh=name_zh, name_en=name_en,
            liaison_office_id=liaison_office_id, parent_office_id=parent_office_id,
        )  # fmt: skip
        perform_as_service(work, REGISTER_OFFICE, entry)
        return True
    wanted = (name_zh, name_en, liaison_office_id, parent_office_id)
    if wanted == (office.name_zh, office.name_en, office.liaison_office_id, office.parent_id):
        return False
    change = OfficeChange(
        name_zh=name_zh,
        name_en=name_en,
        liaison_office_id=liaison_office_id,
        parent_office_id=parent_office_id,
    )
    perform_as_service(work, CHANGE_OFFICE, change, office)
    return True


def load_coverage(work: Work, *, unit_id: str, office_id: str, liaison_office_id: str) -> bool:
    """Say which office covers a unit; returns whether anything changed. Raises Refusal for unknown offices."""
    row = work.session.get(Coverage, unit_id)
    if row is not None and (row.office_id, row.liaison_office_id) == (office_id, liaison_office_id):
        return False
    entry = CoverageEntry(unit_id=unit_id, office_id=office_id, liaison_office_id=liaison_office_id)
    perform_as_service(work, SET_COVERAGE, entry)
    return True


def load_address(work: Work, *, account_id: str, person_id: str, address: str) -> bool:
    """Keep (or, empty, forget) the mail address of an account; returns whether anything changed.

    Addresses are kept in this service only: in no event, no log, no audit entry.
    """
    row = work.session.get(MailAddress, account_id)
    if (row.address if row else "") == address and (row is None or row.person_id == person_id):
        return False
    if row is not None and not address:
        work.session.delete(row)
    else:
        work.session.merge(MailAddress(account_id=account_id, person_id=person_id, address=address))
    work.audit("load_address", "system", subject_kind="account", subject_id=account_id)
    return True


def _commission(work: Work) -> str:
    found = work.session.scalars(
        select(Office.id).where(Office.office_kind == OfficeKind.DISTRICT_COMMISSION.value)
    ).all()
    return found[0] if len(found) == 1 else ""
