"""The supervision file of a selection procedure: stages, the head's opinion, problems, its end (LZ-7.1 to 7.3)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.events.inspection_supervision import AppointmentOpinionGiven
from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids, post
from services.chassis.act import Act, Document, HandOn
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED
from services.inspection.acts.posts import ids_in, not_in_the_future
from services.inspection.acts.problems import find_problem
from services.inspection.acts.supervision_posts import (
    ANY_OFFICE,
    HEAD,
    IN_OFFICE,
    coverage_of,
    item_of,
    numbered,
)
from services.inspection.domain.selection_codes import HEARD_AT, STAGES, Stage, following
from services.inspection.papers.selection import (
    HeadsOpinion,
    SelectionClosing,
    SelectionOpening,
    StageEntry,
    StageSupervision,
)
from services.inspection.storage_problem import SupervisionProblem
from services.inspection.storage_selection import Selection

Opening = Performance[Selection, SelectionOpening]
AnySelection = Performance[Selection, Any]
OPEN = tuple(stage.value for stage in STAGES)


def unit_is_covered(p: Opening) -> None:
    coverage_of(p, p.paper.unit_id)


def is_a_new_procedure(p: Opening) -> None:
    same = select(Selection.id).where(
        Selection.unit_id == p.paper.unit_id, Selection.procedure_no == p.paper.procedure_no
    )
    if p.session.scalars(same).first() is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="procedure_no")


def opened(p: Opening) -> Selection:
    coverage = coverage_of(p, p.paper.unit_id)
    common = item_of(p, coverage, state="analysis", no=numbered(p, "XR", coverage.office_id))
    return Selection(
        **(common | {"secrecy": RESTRICTED}),
        procedure_no=p.paper.procedure_no,
        stages=listed_ids(OPEN),
    )


OPEN_SELECTION = Act(
    name="open_selection",
    zh="建立选人用人监督卷",
    en="Open the file of a selection procedure",
    clauses=("LZ-7.1",),
    on=Selection,
    by=ANY_OFFICE,
    paper=SelectionOpening,
    new=opened,
    becomes="analysis",
    guards=(unit_is_covered, not_in_the_future("announced_on"), is_a_new_procedure),
)


def keep_opinion(p: Performance[Selection, HeadsOpinion]) -> None:
    """Consultation, not consent: an unfavourable opinion is on record and holds nothing up."""
    heard = dict.fromkeys([*ids_in(p.subject.opinions), p.subject.state])
    p.subject.opinions = listed_ids(heard)
    p.facts |= {"stage": p.subject.state, "favourable": p.paper.favourable}


GIVE_OPINION = Act(
    name="give_selection_opinion",
    zh="提出选人用人意见",
    en="Give the head's opinion",
    clauses=("LZ-7.2",),
    on=Selection,
    by=(post(HEAD),),
    paper=HeadsOpinion,
    when=tuple(stage.value for stage in STAGES if stage in HEARD_AT),
    guards=(not_in_the_future("heard_on"),),
    effect=keep_opinion,
    hands_on=(
        HandOn(
            AppointmentOpinionGiven,
            lambda p: AppointmentOpinionGiven(
                procedure_id=p.subject.id, stage=p.subject.state, given_on=p.paper.heard_on
            ),
        ),
    ),
)


def head_was_heard(p: AnySelection) -> None:
    stage = p.subject.state
    if Stage(stage) in HEARD_AT and stage not in ids_in(p.subject.opinions):
        raise p.refuse(RefusalCode.OPINION_OUTSTANDING, clauses=("LZ-7.2",))


def to_the_next_stage(p: AnySelection) -> None:
    p.subject.state = following(p.subject.state)


ADVANCE_SELECTION = Act(
    name="advance_selection",
    zh="进入下一环节",
    en="On to the next stage",
    clauses=("LZ-7.1", "LZ-7.2"),
    on=Selection,
    by=IN_OFFICE,
    paper=StageEntry,
    when=OPEN[:-1],
    needs=(head_was_heard,),
    guards=(not_in_the_future("entered_on"),),
    effect=to_the_next_stage,
)


def keep_supervision(p: Performance[Selection, StageSupervision]) -> None:
    p.facts |= {"stage": p.subject.state}
    if p.paper.grade is not None:
        find_problem(p, "LZ-7.3", p.paper.grade, person_ids=p.standing.reported)


SUPERVISE_STAGE = Act(
    name="supervise_stage",
    zh="监督选任环节",
    en="Supervise a stage",
    clauses=("LZ-7.3", "LZ-7.1"),
    on=Selection,
    by=IN_OFFICE,
    paper=StageSupervision,
    when=OPEN,
    documents=(Document("stage_evidence", "监督佐证材料", "LZ-7.3", required=False),),
    guards=(not_in_the_future("supervised_on"),),
    effect=keep_supervision,
    anytime=True,
)


def problems_are_corrected(p: AnySelection) -> None:
    """What is open, and what is only proposed and nobody has looked at, keeps the file open."""
    left = select(SupervisionProblem.id).where(
        SupervisionProblem.source_id == p.subject.id, SupervisionProblem.state.in_(("open", "proposed"))
    )
    if p.session.scalars(left).first() is not None:
        raise p.refuse(RefusalCode.NOT_VERIFIED, clauses=("LZ-7.3",))


def note_closing(p: AnySelection) -> None:
    p.subject.closed_on, p.subject.closed_by = p.today, p.work.actor.person_id


CLOSE_SELECTION = Act(
    name="close_selection",
    zh="结束选人用人监督",
    en="Close the file",
    clauses=("LZ-7.3", "LZ-7.1"),
    on=Selection,
    by=IN_OFFICE,
    paper=SelectionClosing,
    when=("appointment",),
    becomes="closed",
    guards=(problems_are_corrected,),
    effect=note_closing,
)
ACTS: tuple[Act[Any, Any], ...] = (
    OPEN_SELECTION,
    GIVE_OPINION,
    ADVANCE_SELECTION,
    SUPERVISE_STAGE,
    CLOSE_SELECTION,
)
