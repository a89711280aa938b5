"""What clues does by the clock: spot checks at their checkpoints and in the new year (LZ-13.11), quarters' ledgers."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from services.chassis.perform import perform_as_service
from services.chassis.runtime import Runtime
from services.chassis.work import Work, begin, look
from services.clues.acts.spot_check import CONTINUE_SPOT_CHECK, JUDGE_CHECKPOINT, latest_years
from services.clues.domain.spot_check import last_checkpoint
from services.clues.papers.spot_check import SpotCheckOfOffice, SpotCheckProgress
from services.clues.quarters import open_new_periods
from services.clues.storage import SpotCheck


def on_tick(runtime: Runtime) -> None:
    """Writes only where something is due: a tick that finds nothing waits for nobody."""
    open_new_periods(runtime)
    with look(runtime) as work:
        due, ended = _to_judge(work), _to_continue(work)
    for spot_check_id in due:
        with begin(runtime) as work:
            judge(work, spot_check_id)
    if ended:
        with begin(runtime) as work:
            for office_id in _to_continue(work):
                paper = SpotCheckOfOffice(office_id=office_id, year=work.today.year)
                perform_as_service(work, CONTINUE_SPOT_CHECK, paper)


def judge(work: Work, spot_check_id: str) -> None:
    """Once for each checkpoint, whichever of several processes comes first."""
    item = work.session.get_one(SpotCheck, spot_check_id, with_for_update=True)
    checkpoint = _unjudged(work, item)
    if item.state == "open" and checkpoint is not None:
        perform_as_service(work, JUDGE_CHECKPOINT, SpotCheckProgress(checkpoint_on=checkpoint), item)


def _to_judge(work: Work) -> list[str]:
    still_open = work.session.scalars(select(SpotCheck).where(SpotCheck.state == "open"))
    return [item.id for item in still_open if _unjudged(work, item) is not None]


def _unjudged(work: Work, item: SpotCheck) -> date | None:
    """The latest checkpoint that has come and was not judged; earlier ones that were missed are not made up for."""
    checkpoint = last_checkpoint(item.year, work.today)
    judged = checkpoint is None or (item.checkpoint_on is not None and item.checkpoint_on >= checkpoint)
    return None if judged else checkpoint


def _to_continue(work: Work) -> list[str]:
    """Offices whose latest spot check is of an earlier year."""
    return [office_id for office_id, year in latest_years(work.session) if year < work.today.year]
