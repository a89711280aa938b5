"""Help with the teams of a round: who might lead and join which, why; who may not, by which rule (XC-1.1, XC-1.5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import partial
from typing import Any

from sqlalchemy import select

from contracts.refusals import Refusal, RefusalCode
from services.chassis.access import holders, listed_ids, visible
from services.chassis.http import Context, Route, signed_in
from services.chassis.resources import item
from services.chassis.runtime import Kind
from services.chassis.work import Work
from services.inspection.acts.posts import OFFICE, TAKES_PART, ids_in
from services.inspection.acts.roster import BEFORE_FIELDWORK
from services.inspection.acts.standing_to_units import (
    declared,
    heads_of_teams,
    inspected_last,
    led_in_the_round_before,
    led_last,
    member_of,
    relations_of,
)
from services.inspection.domain.grouping import Barred, Candidate, Group, propose_grouping
from services.inspection.domain.leading import Leader, propose_leaders
from services.inspection.domain.team_rules import Bar, Why
from services.inspection.storage_round import Avoidance, Cadre, Round, Team

LEADERS = ("XC-1.1c", "XC-1.1d", "XC-1.1e")
MEMBERS = ("XC-1.5a", "XC-2.3c")
Line = dict[str, Any]


def team_proposal(context: Context, work: Work, *, rounds: Kind) -> Any:
    """Leaders while they are worked out, members once there are teams; refused to all but the office, and logged.

    It tells who must avoid a unit, so each reading is an entry of the trail (XC-1.1e, XC-2.3).
    """
    of = item(context, work, rounds)
    if not any(by.holds(work.actor, of) for by in OFFICE):
        code = RefusalCode.WRONG_ROLE
        work.audit("read_team_proposal", "refused", subject=of, code=code.value, clauses=("XC-1.1e",))
        work.session.commit()
        raise Refusal(code, clauses=("XC-1.1e",))
    shown: Line = {"clauses": []}
    if of.state == "targets_proposed":
        shown = {"clauses": list(LEADERS), **_leaders(work, of)}
    elif of.state in BEFORE_FIELDWORK:
        shown = {"clauses": list(MEMBERS), **_members(work, of)}
    work.audit("read_team_proposal", "read", subject=of, clauses=tuple(shown["clauses"]))
    return shown


def _leaders(work: Work, of: Round) -> Line:
    """Units are the candidate targets; the pool is who led here before, was nominated, or is lent to the office."""
    units = ids_in(of.unit_ids)
    earlier = _visible(work, Team, Team.office_id == of.office_id, Team.round_id != of.id)
    pool = _pool(work, of, earlier)
    last = led_last(work.session, of, units)
    relations = relations_of(work.session, pool, units)
    led = Counter(team.leader_id for team in earlier)
    deputised = Counter(person for team in earlier for person in ids_in(team.deputy_ids))
    just_led = led_in_the_round_before(work.session, of)
    persons = [Leader(one, led[one], deputised[one], one in just_led) for one in pool]
    found = propose_leaders(persons, units, relations, last)
    tell = partial(_bar, known=_open_declarations(work, pool, units))
    at_units = _rounds_of_last(work, of, units)
    return {
        "leaders": [
            line
            for team_no, team in enumerate(found.lines, 1)
            for line in (
                _part(team_no, team.unit_ids, "leader", team.leader_id, team.leader_reasons),
                _part(team_no, team.unit_ids, "deputy", team.deputy_id, team.deputy_reasons),
            )
            if line["person_id"]
        ],
        "without_leader": [{"unit_id": unit} for unit in found.without],
        "may_lead": [
            {
                "person_id": one.person_id,
                "times_led": one.led,
                "times_deputy": one.deputised,
                "just_led": one.just_led,
                "unit_ids": listed_ids(found.may_lead[one.person_id]),
            }
            for one in persons
        ],
        "may_not_lead": [
            {"person_id": one.person_id, **tell(one.person_id, one.bar)}
            | (at_units.get(one.unit_id, {}) if one.bar.why is Why.LED_LAST else {})
            for one in found.barred
        ],
        "led_before": _history(pool, earlier),
    }


def _members(work: Work, of: Round) -> Line:
    teams = _visible(work, Team, Team.round_id == of.id)
    cadres = _visible(work, Cadre, Cadre.round_id == of.id, Cadre.state != "released")
    units = sorted({unit for team in teams for unit in ids_in(team.unit_ids)})
    persons = [one.person_id for one in cadres]
    heads = heads_of_teams(work.session, of.id)
    was_at = _was_at(work, of, units)
    candidates = [
        Candidate(
            member_of(one, heads),
            system=one.system_code,
            speciality=one.speciality_code,
            experienced=one.experienced,
            birth_year=one.birth_year,
            was_at=frozenset(unit for unit, there in was_at.items() if one.person_id in there),
        )
        for one in cadres
    ]
    groups = [
        Group(one.id, tuple(ids_in(one.unit_ids)), (one.leader_id, *ids_in(one.deputy_ids))) for one in teams
    ]
    found = propose_grouping(candidates, groups, relations_of(work.session, persons, units))
    tell = partial(_bar, known=_open_declarations(work, persons, units))
    place = {one.id: _of_team(one) for one in teams}
    specialities = {one.person_id: one.speciality for one in candidates}

    def barred(those: Iterable[Barred]) -> list[Line]:
        """What bars somebody from more than a unit stands there once, without a team."""
        lines = [
            {"person_id": one.person_id}
            | (place[one.team_id] if one.bar.unit_id else {})
            | tell(one.person_id, one.bar)
            for one in those
        ]
        return [line for number, line in enumerate(lines) if line not in lines[:number]]

    return {
        "proposed": [
            {
                **place[one.team_id],
                "person_id": one.person_id,
                "speciality_code": specialities[one.person_id],
                "reasons": [reason.value for reason in one.reasons],
            }
            for one in found.placed
        ],
        "may_not_join": barred(found.barred),
        "nowhere": [{"person_id": one} for one in found.nowhere],
        "must_leave": barred(found.must_leave),
        "shapes": [
            {
                **place[one.team_id],
                "size": one.size,
                "joining": one.joining,
                "specialities": list(one.specialities),
                "lacks": list(one.lacks),
                "wishes": [wish.value for wish in one.wishes],
            }
            for one in found.teams
        ],
    }


def _visible(work: Work, model: Any, *where: Any) -> Sequence[Any]:
    knows = work.runtime.kinds[model.KIND].knows
    query = select(model).where(*where, visible(model, work.actor, knows))
    return work.session.scalars(query.order_by(model.opened_on, model.no, model.id)).all()


def _pool(work: Work, of: Round, earlier: Sequence[Team]) -> list[str]:
    """Whoever of these holds a post today with which one can be of a team (`TAKES_PART`)."""
    led = {person for team in earlier for person in (team.leader_id, *ids_in(team.deputy_ids))}
    nominated = {pair.partition("/")[0] for pair in ids_in(of.nominated)}
    lent = set(holders(work.session, "seconded_cadre", work.today, of.office_id))
    serving = {
        person
        for role in TAKES_PART.roles
        for person in holders(work.session, role, work.today, of.office_id)
    }
    return sorted(lent | (led | nominated) & serving)


def _open_declarations(work: Work, persons: Collection[str], units: Collection[str]) -> set[tuple[str, str]]:
    """The applications of which the reader may know: another office's is that office's alone (XC-2.3)."""
    knows = work.runtime.kinds[Avoidance.KIND].knows
    return declared(work.session, persons, units, visible(Avoidance, work.actor, knows))


def _bar(person: str, bar: Bar, *, known: set[tuple[str, str]]) -> Line:
    hidden = bar.why is Why.DECLARED and (person, bar.unit_id) not in known
    why = Why.ON_RECORD if hidden else bar.why
    return {"unit_id": bar.unit_id, "clause": bar.clause, "code": bar.code.value, "why": why.value}


def _part(team_no: int, units: Sequence[str], part: str, person: str, reasons: Iterable[Any]) -> Line:
    return {
        "team_no": team_no,
        "unit_ids": listed_ids(units),
        "part": part,
        "person_id": person,
        "reasons": [reason.value for reason in reasons],
    }


def _of_team(team: Team) -> Line:
    return {"item": team.id, "no": team.no, "path": "teams"}


def _rounds_of_last(work: Work, of: Round, units: Iterable[str]) -> dict[str, Line]:
    """The round in which each unit was inspected last, as far as the reader may know of it."""
    last = {unit: one.round_id for unit, one in inspected_last(work.session, of, units).items()}
    rounds = {one.id: one for one in _visible(work, Round, Round.id.in_(last.values()))}
    return {
        unit: {"item": one, "no": rounds[one].no, "path": "rounds"}
        for unit, one in last.items()
        if one in rounds
    }


def _history(pool: Collection[str], earlier: Sequence[Team]) -> list[Line]:
    """The teams of earlier rounds that somebody of the pool led or deputised in, the youngest first."""
    return [
        {"person_id": person, "part": part, **_of_team(team), "unit_ids": team.unit_ids}
        for team in reversed(earlier)
        for part, those in (("leader", [team.leader_id]), ("deputy", ids_in(team.deputy_ids)))
        for person in those
        if person in pool
    ]


def _was_at(work: Work, of: Round, units: Iterable[str]) -> dict[str, set[str]]:
    """Who was on the roster of the team that inspected each unit last, as far as the reader may know of it."""
    teams = {unit: one.team_id for unit, one in inspected_last(work.session, of, units).items()}
    cadres = _visible(work, Cadre, Cadre.team_id.in_(teams.values()))
    return {unit: {one.person_id for one in cadres if one.team_id == team} for unit, team in teams.items()}


def routes(rounds: Kind) -> tuple[Route, ...]:
    return (
        Route(
            "GET",
            "/rounds/<id>/team-proposal",
            signed_in(partial(team_proposal, rounds=rounds)),
            ("组长人选和分组建议", "proposal of leaders and teams"),
            clauses=(*LEADERS, *MEMBERS),
            on_item=lambda row: isinstance(row, Round),
            readers=OFFICE,
        ),
    )
