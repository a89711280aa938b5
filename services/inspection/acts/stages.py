"""Teams and rounds follow their units: as far as the least advanced (machines *team* and *round*)."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from services.chassis.act import Act, Opens
from services.chassis.perform import AnyAct, perform_as_service
from services.chassis.performance import Performance
from services.chassis.work import Work
from services.inspection.acts.posts import ids_in
from services.inspection.domain.result_codes import Body
from services.inspection.domain.stages import ROUND_STAGES, TEAM_STAGES, reached
from services.inspection.papers.reports import StageNote
from services.inspection.storage_after_feedback import Rectification
from services.inspection.storage_field import Issue
from services.inspection.storage_round import Round, Team
from services.inspection.storage_unit import Engagement

Noting = Performance[Any, StageNote]
DIRECTOR = "inspection_office_director"


def _enter(p: Noting) -> None:
    p.subject.state = p.paper.stage


def _team_enters(p: Noting) -> None:
    _enter(p)
    if p.paper.stage == "withdrawn":
        p.subject.withdrawn_on = p.paper.day


def _on(model: type[Any], clauses: tuple[str, ...], effect: Any = _enter, opens: Any = ()) -> AnyAct:
    return Act(
        name="note_stage",
        zh="阶段变化",
        en="The stage changes",
        clauses=clauses,
        on=model,
        by=(),
        paper=StageNote,
        effect=effect,
        opens=opens,
        keeps_paper=False,
    )


NOTE_UNIT = _on(Engagement, ("XC-29.1b", "XC-30.0b", "XC-31.1b", "XC-32.4a"))
NOTE_ISSUE = _on(Issue, ("XC-29.1a",))
NOTE_ROUND = _on(Round, ("XC-29.1b", "XC-30.0b", "XC-32.1c", "XC-32.4a", "XC-40.0b"))
NOTE_TEAM = _on(
    Team,
    ("XC-31.1a", "XC-29.1b", "XC-30.0b", "XC-31.1b"),
    _team_enters,
    (
        Opens(
            "XC-31.1a",
            "hear_within",
            DIRECTOR,
            lambda p: p.paper.day,
            only_if=lambda p: p.paper.stage == "withdrawn",
        ),
    ),
)


def note_first_withdrawal(p: Noting) -> None:
    """Both bodies' month is counted from the earliest team's; one that is recorded later may have been earlier."""
    if (before := p.subject.withdrawn_on) is None or p.paper.day < before:
        p.void("XC-32.2a")
        p.subject.withdrawn_on = p.paper.day
        p.known["earliest"] = True


def _is_the_earliest(p: Noting) -> bool:
    return "earliest" in p.known


NOTE_TEAM_WITHDRAWN = Act(
    name="note_team_withdrawn",
    zh="一个巡察组已撤离",
    en="A team has withdrawn",
    clauses=("XC-32.2a",),
    on=Round,
    by=(),
    paper=StageNote,
    effect=note_first_withdrawal,
    opens=tuple(
        Opens(
            "XC-32.2a",
            "hear_within",
            DIRECTOR,
            lambda p: p.paper.day,
            to=body.value,
            only_if=_is_the_earliest,
            warn_before=(10, 3),
        )
        for body in Body
    ),
    keeps_paper=False,
)


def enter_stage(work: Work, act: AnyAct, item: Any, stage: str, day: date | None = None) -> None:
    """The item, locked, is at a stage from now on, unless it is there or further already."""
    order = list(type(item).STATES)
    if order.index(stage) > order.index(item.state):
        perform_as_service(work, act, StageNote(stage=stage, day=day), item)


def unit_goes_on(work: Work, unit: Engagement, stage: str) -> None:
    """A unit comes to a stage, and with it perhaps its team and round."""
    enter_stage(work, NOTE_UNIT, unit, stage)
    team_and_round_follow(work, unit)


def team_and_round_follow(work: Work, unit: Engagement) -> None:
    """After a unit went on; units that no team has taken up yet hold both back."""
    work.session.flush()
    team = work.session.get_one(Team, unit.team_id, with_for_update=True)
    units = work.session.scalars(select(Engagement).where(Engagement.team_id == team.id)).all()
    if {one.unit_id for one in units} != set(ids_in(team.unit_ids)):
        return
    stage = reached(list(Engagement.STATES), [one.state for one in units], TEAM_STAGES)
    if not stage:
        return
    if team.withdrawn_on is None:
        left = max(one.withdrawn_on for one in units if one.withdrawn_on)
        enter_stage(work, NOTE_TEAM, team, "withdrawn", left)
        of = work.session.get_one(Round, team.round_id, with_for_update=True)
        perform_as_service(work, NOTE_TEAM_WITHDRAWN, StageNote(stage="withdrawn", day=left), of)
    enter_stage(work, NOTE_TEAM, team, stage)
    _round_follows(work, team.round_id)


def _round_follows(work: Work, round_id: str) -> None:
    work.session.flush()
    states = work.session.scalars(select(Team.state).where(Team.round_id == round_id)).all()
    stage = reached(list(Team.STATES), states, ROUND_STAGES)
    if stage:
        of = work.session.get_one(Round, round_id, with_for_update=True)
        enter_stage(work, NOTE_ROUND, of, stage)
        rectification_begins(work, round_id)


def rectification_begins(work: Work, round_id: str) -> None:
    """The round is being put right from the first plan on, but not before all its units have their feedback."""
    work.session.flush()
    planned = select(Rectification.id).where(
        Rectification.round_id == round_id, Rectification.plan_on.is_not(None)
    )
    of = work.session.get_one(Round, round_id, with_for_update=True)
    if of.state == "feedback_delivered" and work.session.scalars(planned.limit(1)).first() is not None:
        enter_stage(work, NOTE_ROUND, of, "rectifying")


ACTS: tuple[AnyAct, ...] = (NOTE_UNIT, NOTE_ISSUE, NOTE_ROUND, NOTE_TEAM, NOTE_TEAM_WITHDRAWN)
