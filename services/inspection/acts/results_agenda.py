"""Places on the agendas of both bodies are asked for in time; nobody asked: the director is warned (XC-32.2b)."""

from __future__ import annotations

from typing import Any

from contracts.events.inspection_results import ResultsAgendaRequested
from contracts.refusals import RefusalCode
from services.chassis.act import Act, HandOn, Meets, Tells
from services.chassis.clock import local_date
from services.chassis.perform import AnyAct
from services.chassis.performance import Performance
from services.chassis.tables import Duty
from services.inspection.acts.posts import OFFICE
from services.inspection.acts.stages import DIRECTOR
from services.inspection.papers.meetings import Reminder
from services.inspection.papers.results import AgendaRequest
from services.inspection.storage_round import Round

AnyRound = Performance[Round, Any]


def awaited(p: AnyRound) -> list[Duty]:
    """The open clocks of the bodies that have not heard the round yet, the earliest due first."""
    return [duty for duty in p.standing.open_clocks if duty.clause == "XC-32.2a"]


def a_body_is_still_to_hear(p: AnyRound) -> None:
    if not awaited(p):
        raise p.refuse(RefusalCode.WRONG_STATE)


def requested(p: AnyRound) -> ResultsAgendaRequested:
    duties = awaited(p)
    return ResultsAgendaRequested(
        round_id=p.subject.id,
        bodies=tuple(sorted(duty.recipient for duty in duties)),
        latest_date=min(local_date(duty.due_at) for duty in duties),
    )


def note_request(p: AnyRound) -> None:
    p.subject.agenda_requested_on = p.today


REQUEST_AGENDA = Act(
    name="request_agenda",
    zh="商请县委办安排议题",
    en="Ask for places on both agendas",
    clauses=("XC-32.2b",),
    on=Round,
    by=OFFICE,
    paper=AgendaRequest,
    needs=(a_body_is_still_to_hear,),
    anytime=True,
    effect=note_request,
    meets=(Meets("XC-32.2b"),),
    hands_on=(HandOn(ResultsAgendaRequested, requested),),
)


def note_warning(p: AnyRound) -> None:
    p.subject.agenda_warned_on = p.today


NOTE_AGENDA_MISSING = Act(
    name="note_agenda_missing",
    zh="尚未商请安排议题",
    en="No place on the agendas was asked for",
    clauses=("XC-32.2b",),
    on=Round,
    by=(),
    paper=Reminder,
    effect=note_warning,
    keeps_paper=False,
    tells=(Tells(DIRECTOR, "agenda_to_request", "XC-32.2b", office=lambda p: p.subject.office_id),),
)
ACTS: tuple[AnyAct, ...] = (REQUEST_AGENDA, NOTE_AGENDA_MISSING)
