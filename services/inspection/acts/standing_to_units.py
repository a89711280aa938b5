"""How persons stand to units: what the rules of team_rules rest on, as the directory and earlier rounds have it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.orm import Session

from services.chassis.access import chain_of
from services.chassis.reference import look_up
from services.chassis.tables import DirectoryPerson
from services.inspection.acts.posts import ids_in
from services.inspection.domain.codes import AvoidanceResult
from services.inspection.domain.team_rules import Member, Why
from services.inspection.storage_round import Avoidance, Cadre, Round, Team
from services.inspection.storage_unit import Engagement


def relations_of(
    session: Session, person_ids: Collection[str], unit_ids: Collection[str]
) -> dict[tuple[str, str], Why]:
    """Who works in a unit, has somebody of their line or family there, or ever declared it (XC-1.1e, XC-2.3c).

    Declared: decided or not, in whatever round, unless it was found that nothing keeps them from it.
    """
    found = dict.fromkeys(declared(session, person_ids, unit_ids), Why.DECLARED)
    units = set(unit_ids)
    for person in person_ids:
        found |= {
            (person, unit): Why.LINE_OR_FAMILY
            for unit in _work_in(session, chain_of(session, person)) & units
        }
        found |= {(person, unit): Why.WORKS_THERE for unit in _work_in(session, (person,)) & units}
    return found


def declared(
    session: Session,
    person_ids: Collection[str],
    unit_ids: Collection[str],
    which: ColumnElement[bool] | None = None,
) -> set[tuple[str, str]]:
    """`(person, unit)` of the applications to avoid that stand; `which`: of these alone."""
    query = select(Avoidance.person_id, Avoidance.unit_id).where(
        Avoidance.person_id.in_(person_ids),
        Avoidance.unit_id.in_(unit_ids),
        Avoidance.result_code != AvoidanceResult.KEPT.value,
        true() if which is None else which,
    )
    return {(row.person_id, row.unit_id) for row in session.execute(query)}


def _work_in(session: Session, person_ids: Iterable[str]) -> set[str]:
    known = (look_up(session, DirectoryPerson, one) for one in person_ids)
    return {one.unit_id for one in known if one is not None}


def inspected_last(session: Session, of: Round, unit_ids: Iterable[str]) -> dict[str, Engagement]:
    """The engagement of another round at which each unit was inspected last; none for one that never was."""
    found = {
        unit: session.scalars(
            select(Engagement)
            .where(Engagement.unit_id == unit, Engagement.round_id != of.id)
            .order_by(Engagement.opened_on.desc(), Engagement.id)
            .limit(1)
        ).first()
        for unit in unit_ids
    }
    return {unit: last for unit, last in found.items() if last is not None}


def led_last(session: Session, of: Round, unit_ids: Iterable[str]) -> dict[str, str]:
    """Who led at each unit when it was inspected last (XC-1.1d)."""
    return {unit: last.leader_id for unit, last in inspected_last(session, of, unit_ids).items()}


def led_in_the_round_before(session: Session, of: Round) -> set[str]:
    """Who led a team in the office's round before this one (XC-1.1d)."""
    earlier = or_(Round.year < of.year, and_(Round.year == of.year, Round.ordinal < of.ordinal))
    before = (
        select(Round.id)
        .where(Round.office_id == of.office_id, earlier)
        .order_by(Round.year.desc(), Round.ordinal.desc())
        .limit(1)
    )
    return set(session.scalars(select(Team.leader_id).where(Team.round_id.in_(before))))


def heads_of_teams(session: Session, round_id: str) -> dict[str, str]:
    """The team that somebody leads, or in which they are deputy, by person."""
    teams = session.scalars(select(Team).where(Team.round_id == round_id).order_by(Team.team_no))
    return {person: team.id for team in teams for person in (team.leader_id, *ids_in(team.deputy_ids))}


def member_of(cadre: Cadre, heads: dict[str, str]) -> Member:
    """A line of the roster as the rules see it; `heads` as of `heads_of_teams`."""
    return Member(
        cadre.person_id,
        fit=cadre.state == "active",
        team_id=cadre.team_id,
        leads_id=heads.get(cadre.person_id, ""),
    )
