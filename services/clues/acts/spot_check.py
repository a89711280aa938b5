"""The spot check of a year: opened, drawn, watched at its checkpoints, closed when enough is verified (LZ-13.11).

It is the head's alone. Its figures count every explanation of the office, so that whoever may not know of one of
these clues would learn of it from them; the head approved each inquiry and talk.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256
from secrets import token_hex
from typing import Any
from uuid import uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contracts.events.clues import SpotCheckQuotaShort
from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids, post
from services.chassis.act import Act, HandOn, Opens, Tells
from services.chassis.clock import ZONE
from services.chassis.duties import meet_duties
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED
from services.chassis.values import value_in_force
from services.clues.acts.explanation_check import OPEN_EXPLANATION_CHECK
from services.clues.domain.spot_check import required, sample
from services.clues.papers.spot_check import (
    DrawnExplanation,
    SampleDraw,
    SpotCheckOfOffice,
    SpotCheckOpening,
    SpotCheckProgress,
    YearClosing,
)
from services.clues.storage import Explanation, ExplanationCheck, SpotCheck, SpotCheckDraw

AnySpotCheck = Performance[SpotCheck, Any]
HEAD = (post("dispatched_office_head"),)
HEADS = "dispatched_office_head"


def by_the_head(p: Performance[SpotCheck, SpotCheckOpening]) -> SpotCheck:
    return _of_year(p, p.work.actor.office_id)


def by_the_clock(p: Performance[SpotCheck, SpotCheckOfOffice]) -> SpotCheck:
    return _of_year(p, p.paper.office_id)


def _of_year(p: AnySpotCheck, office_id: str) -> SpotCheck:
    return SpotCheck(
        id=p.work.new_id(),
        no=f"CC-{office_id}-{p.paper.year}",
        state="open",
        version=0,
        secrecy=RESTRICTED,
        office_id=office_id,
        liaison_office_id="",
        unit_id="",
        registrar_id="",
        handler_id="",
        addressee_id="",
        opened_on=p.today,
        changed_at=p.work.now,
        year=p.paper.year,
        seed="",
        drawn=0,
        received=0,
        verified=0,
        required=0,
    )


def of_a_year_that_has_begun(p: Performance[SpotCheck, SpotCheckOpening]) -> None:
    """A year that is over can still be opened, to be closed; one that has not begun cannot."""
    if p.paper.year > p.today.year:
        raise p.refuse(RefusalCode.OUT_OF_RANGE, field="year")


def once_a_year(p: Performance[SpotCheck, SpotCheckOpening]) -> None:
    if is_open_for(p.session, p.work.actor.office_id, p.paper.year):
        raise p.refuse(RefusalCode.DUPLICATE, field="year")


def is_open_for(session: Session, office_id: str, year: int) -> bool:
    """Whether the office has a spot check of that year, closed or not."""
    query = select(SpotCheck.id).where(SpotCheck.office_id == office_id, SpotCheck.year == year)
    return session.scalars(query).first() is not None


YEARS_CLOCK = Opens("LZ-13.11", "verify_within", HEADS, lambda p: date(p.subject.year, 1, 1))

OPEN_SPOT_CHECK = Act(
    name="open_spot_check",
    zh="启动年度抽查核实",
    en="Open the spot check of a year",
    clauses=("LZ-13.11",),
    on=SpotCheck,
    by=(post(HEADS, at=None),),
    paper=SpotCheckOpening,
    new=by_the_head,
    becomes="open",
    guards=(of_a_year_that_has_begun, once_a_year),
    opens=(YEARS_CLOCK,),
)
CONTINUE_SPOT_CHECK = Act(
    name="continue_spot_check",
    zh="续开年度抽查核实",
    en="Go on with the spot check in a new year",
    clauses=("LZ-13.11",),
    on=SpotCheck,
    by=(),
    paper=SpotCheckOfOffice,
    new=by_the_clock,
    becomes="open",
    opens=(YEARS_CLOCK,),
)
"""On 1 January, for every office that had one in the year before."""


def population(session: Session, item: SpotCheck) -> list[str]:
    """Ids of the explanations that the office received in the year (LZ-13.10)."""
    query = select(Explanation.id).where(
        Explanation.office_id == item.office_id,
        Explanation.received_on.between(date(item.year, 1, 1), date(item.year, 12, 31)),
    )
    return list(session.scalars(query.order_by(Explanation.id)))


def share_required(p: AnySpotCheck, received: int) -> int:
    """How many are to be verified, by the share in force on the day, or at the year's end."""
    on = min(p.today, date(p.subject.year, 12, 31))
    return required(received, int(value_in_force(p.session, "LZ-13.11", "verified_share", on).amount))


def checked(session: Session, item: SpotCheck) -> Sequence[datetime]:
    """When each of the year's explanations was verified; what was drawn alone does not count."""
    query = select(ExplanationCheck.checked_at).where(
        ExplanationCheck.spot_check_id == item.id, ExplanationCheck.checked_at.is_not(None)
    )
    return [at for at in session.scalars(query.order_by(ExplanationCheck.checked_at)) if at is not None]


def size_asked(p: Performance[SpotCheck, SampleDraw], received: int) -> int:
    return share_required(p, received) if p.paper.size is None else p.paper.size


def draws_something(p: Performance[SpotCheck, SampleDraw]) -> None:
    """No draw is taken back or repeated until it pleases: a later one only adds, by the same seed (LZ-13.12)."""
    received = len(population(p.session, p.subject))
    size = size_asked(p, received)
    if size > received or size < share_required(p, received):
        raise p.refuse(RefusalCode.OUT_OF_RANGE, field="size", clauses=("LZ-13.11",))
    if size <= p.subject.drawn:
        raise p.refuse(RefusalCode.DUPLICATE, field="size")


def draw(p: Performance[SpotCheck, SampleDraw]) -> None:
    """The seed is made at the first draw and never again; population and size of every draw are kept.

    The trail has the population's digest: who edits the kept draw afterwards is found out by whoever compares.
    """
    item, drawn_from = p.subject, population(p.session, p.subject)
    item.seed = item.seed or token_hex(16)
    size = size_asked(p, len(drawn_from))
    p.session.add(
        SpotCheckDraw(
            id=uuid4().hex,
            spot_check_id=item.id,
            drawn_at=p.work.now,
            population=listed_ids(drawn_from),
            size=size,
        )
    )
    query = select(ExplanationCheck.explanation_id).where(ExplanationCheck.spot_check_id == item.id)
    before = set(p.session.scalars(query))
    count(p)
    added = [one for one in sample(item.seed, drawn_from, size) if one not in before]
    item.drawn = len(before) + len(added)
    p.facts |= {"seed": item.seed, "population": len(drawn_from), "size": size, "added": len(added)}
    p.facts["drawn_from"] = sha256(listed_ids(drawn_from).encode()).hexdigest()
    p.session.flush()
    for explanation_id in added:
        paper = DrawnExplanation(spot_check_id=item.id, explanation_id=explanation_id)
        perform_as_service(p.work, OPEN_EXPLANATION_CHECK, paper)


DRAW_SAMPLE = Act(
    name="draw_sample",
    zh="抽取样本",
    en="Draw the sample",
    clauses=("LZ-13.12", "LZ-13.11"),
    on=SpotCheck,
    by=HEAD,
    paper=SampleDraw,
    when=("open",),
    guards=(draws_something,),
    effect=draw,
)


def count(p: AnySpotCheck) -> None:
    """The figures as they stand."""
    item = p.subject
    item.received = len(population(p.session, item))
    item.verified = len(checked(p.session, item))
    item.required = share_required(p, item.received)


def note_checkpoint(p: Performance[SpotCheck, SpotCheckProgress]) -> None:
    count(p)
    p.subject.checkpoint_on = p.paper.checkpoint_on


def is_short(p: AnySpotCheck) -> bool:
    return p.subject.verified < p.subject.required


JUDGE_CHECKPOINT = Act(
    name="judge_checkpoint",
    zh="抽查进度检查",
    en="Judge the progress at a checkpoint",
    clauses=("LZ-13.11",),
    on=SpotCheck,
    by=(),
    paper=SpotCheckProgress,
    when=("open",),
    effect=note_checkpoint,
    hands_on=(
        HandOn(
            SpotCheckQuotaShort,
            lambda p: SpotCheckQuotaShort(
                office_id=p.subject.office_id,
                year=str(p.subject.year),
                received=p.subject.received,
                verified=p.subject.verified,
                required=p.subject.required,
            ),
            only_if=is_short,
        ),
    ),
    tells=(
        Tells(HEADS, "spot_check_short", "LZ-13.11", office=lambda p: p.subject.office_id, only_if=is_short),
    ),
)


def year_is_over(p: AnySpotCheck) -> None:
    """Until the last day an explanation may come in that makes the share larger."""
    if p.today <= date(p.subject.year, 12, 31):
        raise p.refuse(RefusalCode.PERIOD_OPEN)


def enough_is_verified(p: AnySpotCheck) -> None:
    received = len(population(p.session, p.subject))
    if len(checked(p.session, p.subject)) < share_required(p, received):
        raise p.refuse(RefusalCode.COVERAGE_SHORT)


def close_with_its_figures(p: AnySpotCheck) -> None:
    """The clock is met when the last check that was needed was made: later than the year's end, it is late."""
    count(p)
    item = p.subject
    at = datetime(item.year, 12, 31, 23, 59, 59, tzinfo=ZONE)
    if item.required:
        at = checked(p.session, item)[item.required - 1]
    p.met += meet_duties(p.work, item, "LZ-13.11", at=at)
    p.facts |= {"received": item.received, "verified": item.verified, "required": item.required}


CLOSE_YEAR = Act(
    name="close_year",
    zh="年度抽查核实结项",
    en="Close the year",
    clauses=("LZ-13.11",),
    on=SpotCheck,
    by=HEAD,
    paper=YearClosing,
    when=("open",),
    becomes="closed",
    needs=(year_is_over,),
    guards=(enough_is_verified,),
    effect=close_with_its_figures,
)


def latest_years(session: Session) -> list[tuple[str, int]]:
    """Each office that has a spot check, with the latest year of one."""
    rows = session.execute(
        select(SpotCheck.office_id, func.max(SpotCheck.year)).group_by(SpotCheck.office_id)
    )
    return [(office_id, year) for office_id, year in rows]
