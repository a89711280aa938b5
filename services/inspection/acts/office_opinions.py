"""An office accepts supervision from five sides: each opinion is answered, and what came of it is traced (LZ-22.14)."""

from __future__ import annotations

from typing import Any

from contracts.events.inspection_supervising import OfficeSupervised
from contracts.refusals import RefusalCode
from services.chassis.access import LIAISON_OFFICE, post
from services.chassis.act import Act, Document, HandOn, Tells
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.subject import NORMAL
from services.chassis.tables import DirectoryCoverage, DirectoryOffice
from services.inspection.acts.posts import not_in_the_future
from services.inspection.acts.supervision_posts import HEAD, UNIT_ROLES, numbered
from services.inspection.domain.office_codes import OpinionChannel
from services.inspection.papers.offices import OfficeOpinionAnswer, OfficeOpinionPaper, OfficeOpinionTrace
from services.inspection.storage_office import OfficeOpinion

CLAUSE = "LZ-22.14"
LIAISON = "liaison_discipline_office"
Filing = Performance[OfficeOpinion, OfficeOpinionPaper]
AnyOpinion = Performance[OfficeOpinion, Any]


def office_meant(p: Filing) -> DirectoryOffice:
    """The unit's supervising office, the actor's own, or one of which the actor's is the liaison office.

    Raises Refusal(MISSING_FIELD) where a liaison office names none, OUT_OF_SCOPE for any other office.
    """
    actor, named = p.work.actor, p.paper.office_id
    if actor.unit_id:
        coverage = look_up(p.session, DirectoryCoverage, actor.unit_id)
        own = coverage.office_id if coverage else ""
    else:
        own = "" if actor.role == LIAISON else actor.office_id
    if not named and not own:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="office_id")
    office = look_up(p.session, DirectoryOffice, named or own)
    mine = office is not None and (office.office_id == own or _is_liaison_of(p, office))
    if office is None or not mine:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="office_id")
    return office


def _is_liaison_of(p: Filing, office: DirectoryOffice) -> bool:
    actor = p.work.actor
    return actor.role == LIAISON and office.liaison_office_id == actor.office_id


def office_is_there(p: Filing) -> None:
    office_meant(p)


def a_unit_speaks_for_itself(p: Filing) -> None:
    if p.work.actor.unit_id and p.paper.channel is not OpinionChannel.UNIT:
        raise p.refuse(RefusalCode.OUT_OF_RANGE, field="channel", clauses=(CLAUSE,))


def received(p: Filing) -> OfficeOpinion:
    office, actor = office_meant(p), p.work.actor
    return OfficeOpinion(
        id=p.work.new_id(), no=numbered(p, "YJX", office.office_id), state="received", version=0, secrecy=NORMAL,
        office_id=office.office_id, liaison_office_id=office.liaison_office_id, unit_id=actor.unit_id,
        registrar_id=actor.person_id, handler_id="", addressee_id="", opened_on=p.today, changed_at=p.work.now,
        channel_code=p.paper.channel.value, received_on=p.paper.received_on,
    )  # fmt: skip


FILE_OPINION = Act(
    name="file_office_opinion",
    zh="登记对派驻机构的意见",
    en="File an opinion on an office",
    clauses=(CLAUSE,),
    on=OfficeOpinion,
    by=(post("dispatched_office", LIAISON, *UNIT_ROLES, at=None),),
    paper=OfficeOpinionPaper,
    new=received,
    becomes="received",
    documents=(Document("office_opinion", "意见原件(扫描)", CLAUSE, required=False),),
    guards=(office_is_there, a_unit_speaks_for_itself, not_in_the_future("received_on")),
    tells=(Tells(HEAD, "office_opinion_received", CLAUSE, office=lambda p: p.subject.office_id),),
)


def note_answer(p: Performance[OfficeOpinion, OfficeOpinionAnswer]) -> None:
    p.subject.answered_on = p.today


ANSWER_OPINION = Act(
    name="answer_office_opinion",
    zh="答复意见",
    en="Answer the opinion",
    clauses=(CLAUSE,),
    on=OfficeOpinion,
    by=(post("dispatched_office_leader"),),
    paper=OfficeOpinionAnswer,
    when=("received",),
    becomes="answered",
    sets=("accepted",),
    effect=note_answer,
    hands_on=(
        HandOn(
            OfficeSupervised,
            lambda p: OfficeSupervised(
                round_id=p.subject.id,
                office_id=p.subject.office_id,
                result_code="opinion_accepted" if p.subject.accepted else "opinion_answered",
                checked_on=p.today,
            ),
        ),
    ),
)


def not_before_the_answer(p: Performance[OfficeOpinion, OfficeOpinionTrace]) -> None:
    if p.subject.answered_on is not None and p.paper.traced_on < p.subject.answered_on:
        raise p.refuse(RefusalCode.DATE_ORDER, field="traced_on", clauses=(CLAUSE,))


TRACE_OPINION = Act(
    name="trace_office_opinion",
    zh="回访意见办理情况",
    en="Trace what came of it",
    clauses=(CLAUSE,),
    on=OfficeOpinion,
    by=(post(LIAISON, at=LIAISON_OFFICE),),
    paper=OfficeOpinionTrace,
    when=("answered",),
    becomes="traced",
    sets=("traced_on", "carried_out"),
    guards=(not_in_the_future("traced_on"), not_before_the_answer),
)
ACTS: tuple[Act[Any, Any], ...] = (FILE_OPINION, ANSWER_OPINION, TRACE_OPINION)
