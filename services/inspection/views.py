"""What inspection shows besides its items: the composition of a round's roster (XC-1.4d)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy import select

from services.chassis.access import visible
from services.chassis.http import Context, Route, signed_in
from services.chassis.resources import item
from services.chassis.runtime import Kind
from services.chassis.work import Work
from services.inspection.storage_round import Cadre, Round, Team


def composition(context: Context, work: Work, *, rounds: Kind) -> Any:
    """The lent cadres of a round with their age in the round's year; nothing is ever refused for an age."""
    of = item(context, work, rounds)
    knows = work.runtime.kinds[Cadre.KIND].knows
    cadres: Sequence[Cadre] = work.session.scalars(
        select(Cadre)
        .where(Cadre.round_id == of.id, Cadre.state != "released", visible(Cadre, work.actor, knows))
        .order_by(Cadre.opened_on, Cadre.id)
    ).all()
    teams = {team.id: team.no for team in work.session.scalars(select(Team).where(Team.round_id == of.id))}
    lines = [
        {
            "person_id": one.person_id,
            "state": one.state,
            "channel_role": one.channel_role,
            "system_code": one.system_code,
            "speciality_code": one.speciality_code,
            "age": of.year - one.birth_year if one.birth_year else None,
            "item": one.team_id,
            "no": teams.get(one.team_id, ""),
            "path": "teams",
        }
        for one in cadres
    ]
    ages = [of.year - one.birth_year for one in cadres if one.birth_year and one.system_code == "other"]
    average = round(sum(ages) / len(ages), 1) if ages else None
    return {"items": lines, "clause": "XC-1.4d", "average_age_of_others": average}


def views(rounds: Kind) -> tuple[Route, ...]:
    return (
        Route(
            "GET",
            "/rounds/<id>/composition",
            signed_in(partial(composition, rounds=rounds)),
            ("抽调人员构成", "composition of the roster"),
            clauses=("XC-1.4d",),
            on_item=lambda row: isinstance(row, Round),
        ),
    )
