"""What clues shows beside its items: the spot-check population, packages to the archive; and what it refuses."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from contracts.refusals import Refusal, RefusalCode
from services.chassis.access import visible
from services.chassis.http import Context, Route, signed_in
from services.chassis.package_views import package_route
from services.chassis.resources import item
from services.chassis.work import Work
from services.clues.domain.spot_check import sample
from services.clues.figure_views import FIGURE_VIEWS
from services.clues.measure_views import MEASURE_VIEWS
from services.clues.opinion_search_views import OPINION_SEARCH_VIEWS
from services.clues.sanction_views import SANCTION_VIEWS
from services.clues.storage import Clue, Explanation, ExplanationCheck, SpotCheck, SpotCheckDraw
from services.clues.unstudied_views import UNSTUDIED_VIEWS


def never_deleted(context: Context, work: Work) -> Any:
    """An entry of the ledger is never deleted (LZ-12.24); who may not know of it learns nothing by asking."""
    clue = item(context, work, work.runtime.kinds[Clue.KIND])
    work.audit("delete", "refused", subject=clue, code=RefusalCode.IMMUTABLE.value, clauses=("LZ-12.24",))
    work.session.commit()
    raise Refusal(RefusalCode.IMMUTABLE, clauses=("LZ-12.24",))


def spot_check_population(context: Context, work: Work) -> Any:
    """The explanations received in `year` on clues that the actor may know of, by date of receipt (LZ-13.10)."""
    text = context.query("year", str(work.today.year), longest=4)
    if not (text.isascii() and text.isdigit() and len(text) == 4 and text != "0000"):
        raise Refusal(RefusalCode.INVALID_FIELD, field="year")
    year = int(text)
    known = select(Clue.id).where(visible(Clue, work.actor, work.runtime.kinds[Clue.KIND].knows))
    rows = work.session.scalars(
        select(Explanation)
        .where(
            Explanation.clue_id.in_(known),
            Explanation.received_on.between(date(year, 1, 1), date(year, 12, 31)),
        )
        .order_by(Explanation.received_on, Explanation.id)
    ).all()
    return {
        "year": year,
        "count": len(rows),
        "clauses": ["LZ-13.10"],
        "items": [
            {"explanation": row.id, "clue": row.clue_id, "received_on": row.received_on.isoformat()}
            for row in rows
        ],
    }


def draws(context: Context, work: Work) -> Any:
    """The draws of a year's spot check, each repeated from its stored seed, population and size (LZ-13.12)."""
    spot_check: SpotCheck = item(context, work, work.runtime.kinds[SpotCheck.KIND])
    found = work.session.scalars(
        select(SpotCheckDraw)
        .where(SpotCheckDraw.spot_check_id == spot_check.id)
        .order_by(SpotCheckDraw.drawn_at, SpotCheckDraw.size)
    ).all()
    drawn = select(ExplanationCheck.explanation_id).where(ExplanationCheck.spot_check_id == spot_check.id)
    return {
        "year": spot_check.year,
        "seed": spot_check.seed,
        "method": "sha256(seed:explanation), ascending",
        "clauses": ["LZ-13.12"],
        "drawn": sorted(work.session.scalars(drawn)),
        "draws": [_repeated(spot_check.seed, one) for one in found],
    }


def _repeated(seed: str, one: SpotCheckDraw) -> dict[str, Any]:
    population = [explanation for explanation in one.population.split(",") if explanation]
    return {
        "drawn_at": one.drawn_at.isoformat(),
        "population": population,
        "size": one.size,
        "sample": sample(seed, population, one.size),
    }


VIEWS = (
    Route(
        "DELETE",
        "/clues/<id>",
        signed_in(never_deleted),
        ("台账不得删除", "the ledger deletes nothing"),
        clauses=("LZ-12.24",),
    ),
    Route(
        "GET",
        "/spot-check-population",
        signed_in(spot_check_population),
        ("说明材料抽查范围", "the explanations of a year, for its spot check"),
        clauses=("LZ-13.10",),
    ),
    Route(
        "GET",
        "/spot-checks/<id>/draws",
        signed_in(draws),
        ("抽取记录(可复核)", "the draws of a spot check, repeated from their seed"),
        clauses=("LZ-13.12",),
    ),
    *MEASURE_VIEWS,
    *FIGURE_VIEWS,
    *OPINION_SEARCH_VIEWS,
    *SANCTION_VIEWS,
    *UNSTUDIED_VIEWS,
    package_route(),
)
