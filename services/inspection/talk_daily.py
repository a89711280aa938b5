"""What becomes of the year's talks by the clock: checkpoints, the roster at the year's end, the next year (LZ-8.4)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from services.chassis.perform import perform_as_service
from services.chassis.runtime import Runtime
from services.chassis.work import Work, begin, look
from services.inspection.acts.talk_years import (
    CONTINUE_TALK_YEAR,
    FIX_TALK_ROSTER,
    JUDGE_TALK_CHECKPOINT,
    latest_years,
)
from services.inspection.domain.talk_coverage import last_checkpoint
from services.inspection.papers.talks import TalkNote, TalkYearOfOffice
from services.inspection.storage_talk import TalkYear


def on_tick(runtime: Runtime) -> None:
    """Writes only where something is due: a tick that finds nothing waits for nobody."""
    with look(runtime) as work:
        still_open = work.session.scalars(select(TalkYear).where(TalkYear.state == "open"))
        due = [item.id for item in still_open if _is_due(work, item)]
        behind = _behind(work)
    for item_id in due:
        with begin(runtime) as work:
            _bring_on(work, item_id)
    for office_id in behind:
        with begin(runtime) as work:
            _catch_up(work, office_id)


def _is_due(work: Work, item: TalkYear) -> bool:
    return work.today.year > item.year or _unjudged(work, item) is not None


def _bring_on(work: Work, item_id: str) -> None:
    """Once, whichever of several processes comes first."""
    item = work.session.get_one(TalkYear, item_id, with_for_update=True)
    if item.state != "open":
        return
    if work.today.year > item.year:
        perform_as_service(work, FIX_TALK_ROSTER, TalkNote(noted_on=work.today), item)
    elif (checkpoint := _unjudged(work, item)) is not None:
        perform_as_service(work, JUDGE_TALK_CHECKPOINT, TalkNote(noted_on=checkpoint), item)


def _unjudged(work: Work, item: TalkYear) -> date | None:
    """The latest checkpoint that has come and was not looked at; earlier ones that were missed are not made up for."""
    checkpoint = last_checkpoint(item.year, work.today)
    judged = checkpoint is None or (item.checkpoint_on is not None and item.checkpoint_on >= checkpoint)
    return None if judged else checkpoint


def _behind(work: Work) -> list[str]:
    """Offices whose latest year is over."""
    return [office_id for office_id, year in latest_years(work) if year < work.today.year]


def _catch_up(work: Work, office_id: str) -> None:
    """Each year once; of several processes the others fail on the unique year."""
    latest = dict(latest_years(work))[office_id]
    for year in range(latest + 1, work.today.year + 1):
        perform_as_service(work, CONTINUE_TALK_YEAR, TalkYearOfOffice(office_id=office_id, year=year))
        work.session.flush()
