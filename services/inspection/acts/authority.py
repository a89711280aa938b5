"""A mandate covers one round (XC-1.3d): with its end nobody of a team stands to the team's items any more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from services.chassis.access import Knows, Relation, listed_ids
from services.chassis.act import Act
from services.chassis.perform import AnyAct, perform_as_service, unnamed
from services.chassis.performance import Performance
from services.inspection.acts.posts import ids_in
from services.inspection.acts.readers import OF_A_UNIT
from services.inspection.papers.rectification_summary import AuthorityEnd
from services.inspection.storage_field import MajorMatter, SpotCheckRequest
from services.inspection.storage_result import GroupHearing
from services.inspection.storage_round import Team
from services.inspection.storage_unit import Asset, Engagement, KeyTalk, Session

Ending = Performance[Any, AuthorityEnd]
CLAUSE = "XC-1.3d"


def personal_relations(knows: Knows) -> frozenset[Relation]:
    """By which of its columns somebody knows of an item as a person, not in a post."""
    rules = (*knows.ordinary, *knows.sealed, *knows.unclassed)
    return frozenset(one for rule in rules for one in rule.relations if one.attribute == "person_id")


def stand_to_it_no_more(p: Ending) -> None:
    """Who else knows of it, in a post or by name, still does; who led and wrote it stays on its papers."""
    gone, item = set(p.paper.person_ids), p.subject
    for relation in personal_relations(p.work.runtime.kinds[item.KIND].knows):
        held = getattr(item, relation.column)
        if relation.listed:
            setattr(item, relation.column, listed_ids(one for one in ids_in(held) if one not in gone))
        elif held in gone:
            setattr(item, relation.column, "")


def _on(model: type[Any]) -> AnyAct:
    return Act(
        name="end_authority",
        zh="本轮授权终止",
        en="The team's mandate has ended",
        clauses=(CLAUSE,),
        on=model,
        by=(),
        paper=AuthorityEnd,
        effect=stand_to_it_no_more,
        keeps_paper=False,
    )


ENDED: tuple[type[Any], ...] = (
    *dict.fromkeys(act.on for act in OF_A_UNIT),
    *(KeyTalk, Session, Asset, SpotCheckRequest, MajorMatter, GroupHearing),
)
ENDS = tuple(_on(model) for model in ENDED)
"""One for each kind of item that a team has; team and unit end by acts of their own."""


def end_authority(p: Performance[Any, Any], team: Team, units: Iterable[Engagement]) -> AuthorityEnd:
    """On every item that the team has, also where who closes the round may not know of it; says whose it ends."""
    sheet = AuthorityEnd(person_ids=tuple(ids_in(team.staff_ids)))
    of_units = [unit.id for unit in units]
    with unnamed(p.work):
        for act in ENDS:
            model = act.on
            mine = (
                model.team_id == team.id if hasattr(model, "team_id") else model.engagement_id.in_(of_units)
            )
            for item in p.session.scalars(select(model).where(mine).order_by(model.id).with_for_update()):
                perform_as_service(p.work, act, sheet, item)
    return sheet


ACTS: tuple[AnyAct, ...] = ENDS
