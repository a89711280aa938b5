"""What archive does when a team asks for the unit's file of an earlier round (XC-4.3b)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from contracts.envelope import Envelope
from contracts.events.archive_rounds import PriorMaterialsProvided
from contracts.events.base import Event
from contracts.events.inspection_entry import PriorMaterialsRequested
from contracts.events.inspection_rounds import TeamAuthorised
from contracts.refusals import RefusalCode
from services.archive.acts.prior_materials import RELEASE_PRIOR, RELEASED
from services.archive.papers.round_file import PriorRelease
from services.archive.storage_round_file import RoundFile, TeamUnit
from services.chassis.perform import perform_as_service
from services.chassis.work import Work

CLAUSES = ("XC-4.3b",)


def authorised(work: Work, event: TeamAuthorised, _: Envelope) -> None:
    for unit in event.units:
        work.session.merge(TeamUnit(team_id=event.team_id, unit_id=unit))


def requested(work: Work, event: PriorMaterialsRequested, _: Envelope) -> None:
    """Of the last file that was accepted in another round; to the team that is authorised for the unit alone."""
    if work.session.get(TeamUnit, (event.team_id, event.unit_id)) is None:
        work.audit("release_prior_materials", "refused", subject_kind="team", subject_id=event.team_id,
                   code=RefusalCode.ACCESS_DENIED.value, clauses=CLAUSES)  # fmt: skip
        return
    query = select(RoundFile).where(
        RoundFile.unit_id == event.unit_id,
        RoundFile.round_id != event.round_id,
        RoundFile.state == "accepted",
    )
    latest = query.order_by(RoundFile.accepted_on.desc(), RoundFile.id.desc()).limit(1)
    file = work.session.scalars(latest.with_for_update()).first()
    if file is None:
        none = PriorMaterialsProvided(round_id=event.round_id, team_id=event.team_id, unit_id=event.unit_id,
                                      items=(), first_inspection=True)  # fmt: skip
        work.emit(none, f"team/{event.team_id}", 0, CLAUSES)
        work.audit("release_prior_materials", "accepted", subject_kind="team", subject_id=event.team_id,
                   clauses=CLAUSES, facts={"first_inspection": True})  # fmt: skip
        return
    paper = PriorRelease(round_id=event.round_id, team_id=event.team_id,
                         released=tuple(f"{file.no}:{one}" for one in RELEASED))  # fmt: skip
    perform_as_service(work, RELEASE_PRIOR, paper, file)


REACTIONS: dict[type[Event], Callable[[Work, Any, Envelope], None]] = {
    TeamAuthorised: authorised,
    PriorMaterialsRequested: requested,
}
