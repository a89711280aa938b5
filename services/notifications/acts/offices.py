"""The register of offices and units, and which office covers which unit (LZ-23.1, GL-0.1, GL-3.1, GL-3.2)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.events.notifications import CoverageChanged, OfficeRegistered
from contracts.refusals import RefusalCode
from services.chassis.access import post
from services.chassis.act import Act, HandOn
from services.chassis.performance import Performance
from services.chassis.subject import NORMAL
from services.notifications.papers.office import (
    CoverageEntry,
    OfficeChange,
    OfficeKind,
    OfficeRegisterEntry,
    OfficeRemoval,
)
from services.notifications.storage import Coverage, Office, ServiceDuty

Registering = Performance[Office, OfficeRegisterEntry]
Changing = Performance[Office, OfficeChange]
Covering = Performance[Coverage, CoverageEntry]

ADMINISTRATOR = (post("system_administrator", at=None),)


def not_registered_yet(p: Registering) -> None:
    if p.session.get(Office, p.paper.office_id) is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="office_id")


def dispatched_by_a_commission(p: Registering) -> None:
    """A dispatched office is part of the commission that dispatches it (GL-0.1)."""
    if p.paper.kind is OfficeKind.DISPATCHED_OFFICE and not p.paper.parent_office_id:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="parent_office_id", clauses=("GL-0.1",))


def its_offices_are_registered(p: Performance[Office, Any]) -> None:
    for field in ("parent_office_id", "liaison_office_id"):
        _registered(p, field)


def covering_offices_are_registered(p: Covering) -> None:
    for field in ("unit_id", "office_id", "liaison_office_id"):
        _registered(p, field)


def _registered(p: Performance[Any, Any], field: str) -> None:
    office_id = getattr(p.paper, field)
    if office_id and p.session.get(Office, office_id) is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field=field)


def nothing_is_open_there(p: Performance[Office, OfficeRemoval]) -> None:
    """An office with open items is not removed until they are moved (GL-3.1).

    Sealed ones hold up no removal: to the administrator they do not exist (ruling 9); their clocks are two persons'.
    """
    known = (ServiceDuty.status == "open", ~ServiceDuty.sealed)
    owing = select(ServiceDuty.office_id).where(*known).distinct()
    if p.subject.id in p.work.once("offices that owe", lambda: set(p.session.scalars(owing))):
        raise p.refuse(RefusalCode.WRONG_STATE, clauses=("GL-3.1",))


def open_office(p: Registering) -> Office:
    paper = p.paper
    valid_from = paper.valid_from or p.today
    return Office(
        id=paper.office_id, no=paper.office_id, state="active", version=0, secrecy=NORMAL,
        office_id=paper.office_id, liaison_office_id=paper.liaison_office_id, unit_id="", registrar_id="",
        handler_id="", addressee_id="", opened_on=valid_from, changed_at=p.work.now,
        office_kind=paper.kind.value, name_zh=paper.name_zh, name_en=paper.name_en,
        parent_id=paper.parent_office_id, valid_from=valid_from,
    )  # fmt: skip


def rename(p: Changing) -> None:
    p.subject.name_zh, p.subject.name_en = p.paper.name_zh, p.paper.name_en
    p.subject.liaison_office_id = p.paper.liaison_office_id
    p.subject.parent_id = p.paper.parent_office_id


def end(p: Performance[Office, OfficeRemoval]) -> None:
    p.subject.valid_from = p.paper.removed_on


def open_or_change_coverage(p: Covering) -> Coverage:
    """A unit has one office only (GL-3.2): setting its coverage again changes the row."""
    paper = p.paper
    row = p.session.scalars(
        select(Coverage).where(Coverage.id == paper.unit_id).with_for_update()
    ).one_or_none() or Coverage(
        id=paper.unit_id, no=paper.unit_id, state="in_force", version=0, secrecy=NORMAL, unit_id=paper.unit_id,
        registrar_id="", handler_id="", addressee_id="",
    )  # fmt: skip
    row.office_id, row.liaison_office_id = paper.office_id, paper.liaison_office_id
    row.valid_from = row.opened_on = paper.valid_from or p.today
    row.changed_at = p.work.now
    return row


def registered_event(p: Performance[Office, Any]) -> OfficeRegistered:
    office = p.subject
    return OfficeRegistered(
        office_id=office.id, kind=office.office_kind, parent_office_id=office.parent_id,
        liaison_office_id=office.liaison_office_id, status=office.state, valid_from=office.valid_from,
        version=office.version,
    )  # fmt: skip


def coverage_event(p: Covering) -> CoverageChanged:
    row = p.subject
    return CoverageChanged(
        unit_id=row.id, office_id=row.office_id, liaison_office_id=row.liaison_office_id, status=row.state,
        valid_from=row.valid_from, version=row.version,
    )  # fmt: skip


REGISTER_OFFICE = Act(
    name="register_office", zh="登记机构", en="Register an office", clauses=("LZ-23.1", "GL-0.1", "GL-3.1"),
    on=Office, by=ADMINISTRATOR, paper=OfficeRegisterEntry, new=open_office,
    guards=(not_registered_yet, dispatched_by_a_commission, its_offices_are_registered),
    hands_on=(HandOn(OfficeRegistered, registered_event),),
)  # fmt: skip

CHANGE_OFFICE = Act(
    name="change_office", zh="变更机构", en="Change an office", clauses=("LZ-23.1",), on=Office,
    by=ADMINISTRATOR, paper=OfficeChange, when=("active",), guards=(its_offices_are_registered,), effect=rename,
    hands_on=(HandOn(OfficeRegistered, registered_event),),
)  # fmt: skip

REMOVE_OFFICE = Act(
    name="remove_office", zh="撤销机构", en="Remove an office", clauses=("GL-3.1",), on=Office, by=ADMINISTRATOR,
    paper=OfficeRemoval, when=("active",), becomes="removed", needs=(nothing_is_open_there,), effect=end,
    hands_on=(HandOn(OfficeRegistered, registered_event),),
)  # fmt: skip

SET_COVERAGE = Act(
    name="set_coverage", zh="确定监督单位归口", en="Set which office covers a unit", clauses=("GL-3.2",),
    on=Coverage, by=ADMINISTRATOR, paper=CoverageEntry, new=open_or_change_coverage,
    guards=(covering_offices_are_registered,), hands_on=(HandOn(CoverageChanged, coverage_event),),
)  # fmt: skip
