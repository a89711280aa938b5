"""Moving the simulated clock: forward only, in a simulated installation only; every service hears of it."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy import select

from contracts.events.desk import TimeAdvanced
from contracts.refusals import RefusalCode
from services.chassis.act import Act, HandOn
from services.chassis.performance import Performance
from services.chassis.subject import NORMAL
from services.chassis.tables import Installation
from services.desk.acts.accounts import ADMINISTRATOR
from services.desk.papers.time import TimeStep
from services.desk.storage import TimeAdvance


def time_may_move(p: Performance[TimeAdvance, TimeStep]) -> None:
    """Two steps at once wait for one another here; the second is judged by the time that the first has set."""
    installation = p.session.scalars(select(Installation).with_for_update()).one()
    if installation.time_mode != "simulated":
        raise p.refuse(RefusalCode.REAL_TIME_ONLY)
    if installation.now is not None and p.paper.now <= installation.now:
        raise p.refuse(RefusalCode.TIME_RUNS_FORWARD, field="now")


def new_step(p: Performance[TimeAdvance, TimeStep]) -> TimeAdvance:
    return TimeAdvance(
        id=uuid4().hex,
        no="",
        state="done",
        version=0,
        secrecy=NORMAL,
        office_id="",
        liaison_office_id="",
        unit_id="",
        registrar_id=p.work.actor.person_id,
        handler_id="",
        addressee_id="",
        opened_on=p.today,
        changed_at=p.work.now,
        moved_to=p.paper.now,
    )


def move_own_clock(p: Performance[TimeAdvance, TimeStep]) -> None:
    """The desk's own clock moves in the same transaction, so that the next step is compared with it."""
    p.session.scalars(select(Installation)).one().now = p.paper.now


ADVANCE_TIME = Act(
    name="advance_time",
    zh="推进时间",
    en="Advance simulated time",
    clauses=(),
    on=TimeAdvance,
    by=ADMINISTRATOR,
    paper=TimeStep,
    new=new_step,
    guards=(time_may_move,),
    effect=move_own_clock,
    hands_on=(HandOn(TimeAdvanced, lambda p: TimeAdvanced(now=p.paper.now)),),
)
