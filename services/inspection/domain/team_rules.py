"""Who may not be of which team, and by which rule: the acts and the proposal ask the same (XC-1.1, XC-1.5, XC-2.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from contracts.refusals import RefusalCode


class Why(StrEnum):
    """What a rule rests on. `ON_RECORD`: a relation of which the reader may know no more than that there is one."""

    WORKS_THERE = "works_there"
    LINE_OR_FAMILY = "line_or_family"
    DECLARED = "declared"
    ON_RECORD = "on_record"
    LED_LAST = "led_last"
    UNFIT = "unfit"
    IN_A_TEAM = "in_a_team"
    LEADS_A_TEAM = "leads_a_team"


Relations = Mapping[tuple[str, str], Why]
"""Of a person to a unit, by `(person, unit)`: only where there is one."""
LedLast = Mapping[str, str]
"""Who led at a unit when it was inspected last, by unit."""


@dataclass(frozen=True, order=True)
class Bar:
    """What keeps a person out: the refusal that the act gives, its clause, what it rests on, and at which unit."""

    code: RefusalCode
    clause: str
    why: Why
    unit_id: str = ""


@dataclass(frozen=True)
class Member:
    """A cadre of the roster. `team_id`: the team that they are in; `leads_id`: of which they are leader or deputy."""

    person_id: str
    fit: bool = True
    team_id: str = ""
    leads_id: str = ""


UNFIT = Bar(RefusalCode.PRECONDITION_NOT_MET, "XC-1.5a", Why.UNFIT)


def must_avoid(relations: Relations, person_id: str, unit_ids: Iterable[str], clause: str) -> Bar | None:
    """The first unit to which the person has a relation, or None; `clause`: by which the asking act refuses."""
    for unit in unit_ids:
        if (why := relations.get((person_id, unit))) is not None:
            return Bar(RefusalCode.CONFLICT_OF_INTEREST, clause, why, unit)
    return None


def comes_back(led_last: LedLast, person_id: str, unit_ids: Iterable[str]) -> Bar | None:
    """Three not fixed: who led the team that inspected a unit last does not lead there again (reading of XC-1.1d)."""
    for unit in unit_ids:
        if led_last.get(unit) == person_id:
            return Bar(RefusalCode.THREE_NOT_FIXED, "XC-1.1d", Why.LED_LAST, unit)
    return None


def may_not_lead(
    relations: Relations, led_last: LedLast, person_id: str, unit_ids: Iterable[str]
) -> Bar | None:
    """Why somebody is not nominated leader for these units (XC-1.1d, XC-1.1e), in the order of the act's refusals."""
    units = tuple(unit_ids)
    return may_not_deputise(relations, person_id, units) or comes_back(led_last, person_id, units)


def may_not_deputise(relations: Relations, person_id: str, unit_ids: Iterable[str]) -> Bar | None:
    """Why somebody is not nominated deputy for these units (XC-1.1e)."""
    return must_avoid(relations, person_id, unit_ids, "XC-1.1e")


def may_not_join(relations: Relations, member: Member, team_id: str, unit_ids: Iterable[str]) -> Bar | None:
    """Why a cadre is not put into a team (XC-1.5a, XC-2.3c), in the order in which the act refuses."""
    if not member.fit:
        return UNFIT
    if member.team_id:
        return Bar(RefusalCode.DUPLICATE, "XC-1.5a", Why.IN_A_TEAM)
    if member.leads_id not in ("", team_id):
        return Bar(RefusalCode.DUPLICATE, "XC-1.5a", Why.LEADS_A_TEAM)
    return must_avoid(relations, member.person_id, unit_ids, "XC-2.3c")
