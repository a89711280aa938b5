"""Who acts in a round, and how they stand to its items."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.refusals import RefusalCode
from services.chassis.access import Relation, anyone, post
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.tables import DirectoryOffice, DirectoryPerson
from services.inspection.storage_round import Round, Team

AnyItem = Performance[Any, Any]
STAFF = Relation("staff_ids", "person_id", listed=True)
LEADER = Relation("leader_id", "person_id")
DEPUTY = Relation("deputy_ids", "person_id", listed=True)
LIAISON = Relation("liaison_id", "person_id")
HANDLER = Relation("handler_id", "person_id")
LAID_BEFORE = Relation("before_roles", "role", listed=True)
AUTHOR = Relation("author_id", "person_id")
READER = Relation("reader_ids", "person_id", listed=True)
RECORDER = Relation("recorder_id", "person_id")

OFFICE = (post("inspection_office"),)
ANY_OFFICE = (post("inspection_office", at=None),)
LEADING_GROUP = post("leading_group", at=None)
HEAD_OR_STANDING_DEPUTY = post("leading_group_head", "standing_deputy_head", at=None)
TAKES_PART = post("inspection_office", "seconded_cadre", at=None)
"""Who can be of a team at all: its leaders and members are lent to it or are the inspection body's own.

How they stand to the team the guards ask: an item that is opened stands in no relation to anybody yet.
"""
TEAM_LEADER = (anyone(LEADER),)
TEAM_HEADS = (anyone(LEADER), anyone(DEPUTY))
TEAM = (anyone(STAFF),)


def ids_in(listed: str) -> list[str]:
    """The ids that a `listed` column holds."""
    return [one for one in listed.split(",") if one]


def round_of(p: AnyItem, round_id: str, field: str = "round_id") -> Round:
    """Raises Refusal(UNKNOWN_REFERENCE) for a round that is not there, Refusal(WRONG_STATE) for one that is closed."""
    found = p.session.get(Round, round_id)
    if found is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field=field)
    if found.state == "closed":
        raise p.refuse(RefusalCode.WRONG_STATE, field=field, clauses=("XC-1.3d",))
    return found


def team_of(p: AnyItem, team_id: str, field: str = "team_id") -> Team:
    """Locked; raises Refusal(UNKNOWN_REFERENCE) for a team that is not there."""
    query = select(Team).where(Team.id == team_id).with_for_update()
    found = p.session.scalars(query).one_or_none()
    if found is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field=field)
    return found


def not_in_the_future(field: str) -> Any:
    """A guard: the paper's date is no later than today."""

    def guard(p: AnyItem) -> None:
        if getattr(p.paper, field) > p.today:
            raise p.refuse(RefusalCode.DATE_ORDER, field=field)

    return guard


def persons_known(p: AnyItem, person_ids: tuple[str, ...], field: str) -> None:
    for person_id in person_ids:
        if look_up(p.session, DirectoryPerson, person_id) is None:
            raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field=field)


def leadership_of(p: AnyItem, unit_id: str) -> set[str]:
    """The members of a unit's leadership team, by the directory."""
    query = select(DirectoryPerson.person_id).where(
        DirectoryPerson.unit_id == unit_id, DirectoryPerson.leadership_member.is_(True)
    )
    return set(p.session.scalars(query))


def is_principal(p: AnyItem, person_id: str, unit_id: str) -> bool:
    """Whether somebody is the principal of the unit's Party organisation, by the directory."""
    known = look_up(p.session, DirectoryPerson, person_id)
    return known is not None and known.unit_id == unit_id and known.party_head


def units_known(p: AnyItem, unit_ids: tuple[str, ...], field: str = "unit_ids") -> None:
    """A round inspects supervised units, never an office of the commission."""
    for unit_id in unit_ids:
        unit = look_up(p.session, DirectoryOffice, unit_id)
        if unit is None or not unit.kind.endswith("unit"):
            raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field=field)
