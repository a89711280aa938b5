"""Who takes part in the daily supervision of a unit, and what items of it begin with."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from contracts.refusals import RefusalCode
from services.chassis.access import OWN_UNIT, post
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.subject import NORMAL
from services.chassis.tables import DirectoryCoverage

AnyItem = Performance[Any, Any]
HEAD = "dispatched_office_head"
IN_OFFICE = (post("dispatched_office"),)
ANY_OFFICE = (post("dispatched_office", at=None),)
LEADERS = (post("dispatched_office_leader"),)
UNIT_ROLES = ("supervised_unit", "local_party_head")
AT_UNIT = (post(*UNIT_ROLES, at=OWN_UNIT),)
ANY_UNIT = (post(*UNIT_ROLES, at=None),)


def coverage_of(p: AnyItem, unit_id: str, field: str = "unit_id") -> DirectoryCoverage:
    """Which office supervises the unit, and it has to be the actor's own, or the unit itself.

    Raises Refusal(MISSING_FIELD) for no unit, OUT_OF_SCOPE for one that is another office's, or nobody's.
    """
    actor = p.work.actor
    if not unit_id:
        raise p.refuse(RefusalCode.MISSING_FIELD, field=field)
    coverage = look_up(p.session, DirectoryCoverage, unit_id)
    mine = coverage is not None and (actor.unit_id == unit_id or coverage.office_id == actor.office_id)
    if coverage is None or not mine:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field=field)
    return coverage


def supervisor_of(p: AnyItem, unit_id: str) -> DirectoryCoverage:
    """As `coverage_of`, where the service itself acts; raises Refusal(OUT_OF_SCOPE) for a unit without an office."""
    coverage = look_up(p.session, DirectoryCoverage, unit_id)
    if coverage is None:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="unit_id")
    return coverage


def unit_named(p: AnyItem) -> str:
    """The unit that the paper is on: who sits in a unit speaks for it."""
    return p.paper.unit_id or p.work.actor.unit_id


def covered(p: AnyItem) -> None:
    """A guard of acts that open an item of a unit."""
    coverage_of(p, unit_named(p))


class Covered(Protocol):
    """A unit with its office and that office's liaison office: its coverage, or an item on it."""

    unit_id: Any
    office_id: Any
    liaison_office_id: Any


def item_of(p: AnyItem, coverage: Covered, **columns: Any) -> dict[str, Any]:
    """The columns that every item of a unit's supervision begins with."""
    return {
        "id": p.work.new_id(),
        "no": "",
        "version": 0,
        "secrecy": NORMAL,
        "office_id": coverage.office_id,
        "liaison_office_id": coverage.liaison_office_id,
        "unit_id": coverage.unit_id,
        "registrar_id": p.work.actor.person_id,
        "handler_id": "",
        "addressee_id": "",
        "opened_on": p.today,
        "changed_at": p.work.now,
    } | columns


def numbered(p: AnyItem, prefix: str, office_id: str) -> str:
    """The next number of an office's series of the year, such as `HY-pz1-2026-007`."""
    year = p.today.year
    return f"{prefix}-{office_id}-{year}-{p.work.next_number(f'{prefix}/{office_id}/{year}'):03d}"


def not_after_now(p: AnyItem, at: datetime, field: str) -> None:
    if at > p.work.now:
        raise p.refuse(RefusalCode.DATE_ORDER, field=field)
