"""The body that was checked standardises and improves its work by what the team proposed (GL-1.8)."""

from __future__ import annotations

from typing import Any

from contracts.events.inspection_rectification import RectificationAssessed
from contracts.refusals import RefusalCode
from services.chassis.access import post
from services.chassis.act import Act, Document, Fills, HandOn, Meets, Opens, Tells, Warns
from services.chassis.performance import Performance
from services.inspection.acts.joint_supervisions import OF_LEAD
from services.inspection.acts.posts import ids_in, not_in_the_future
from services.inspection.acts.special_supervision_years import OfficeItself
from services.inspection.acts.supervision_posts import AT_UNIT, item_of, numbered
from services.inspection.domain.joint_codes import BODIES
from services.inspection.domain.rectification_codes import CheckResult
from services.inspection.papers.joint import (
    IMPROVED,
    ImprovementAnswer,
    ImprovementClosing,
    ImprovementProposal,
)
from services.inspection.papers.meetings import Reminder
from services.inspection.storage_joint import Improvement, JointSupervision

AnyImprovement = Performance[Improvement, Any]
Proposing = Performance[Improvement, ImprovementProposal]
UNIT = "supervised_unit"


def supervision_is_concluded(p: Proposing) -> None:
    """One that the actor's office leads; nobody else knows of it here."""
    of = p.session.get(JointSupervision, p.paper.supervision_id)
    if of is None or of.office_id != p.work.actor.office_id:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="supervision_id")
    if of.state == "opened":
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, field="supervision_id")
    if p.paper.unit_id not in ids_in(of.unit_ids):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="unit_id")


def proposed(p: Proposing) -> Improvement:
    office = OfficeItself(p, p.work.actor.office_id)
    office.unit_id = p.paper.unit_id
    return Improvement(
        **item_of(p, office, state="proposed", no=numbered(p, "GFTS", office.office_id)),
        supervision_id=p.paper.supervision_id,
        proposed_on=p.today,
    )


PROPOSE = Act(
    name="propose_improvement",
    zh="提出规范提升建议",
    en="Propose an improvement",
    clauses=(IMPROVED,),
    on=Improvement,
    by=(post(*BODIES, at=None),),
    paper=ImprovementProposal,
    new=proposed,
    becomes="proposed",
    guards=(supervision_is_concluded,),
    opens=(Opens(IMPROVED, "answer_within", UNIT, lambda p: p.today),),
    tells=(Tells(UNIT, "improvement_proposed", IMPROVED, office=lambda p: p.subject.unit_id),),
)


def note_answered(p: AnyImprovement) -> None:
    p.subject.answered_on = p.today


ANSWER = Act(
    name="answer_improvement",
    zh="答复规范提升建议",
    en="Answer the proposal",
    clauses=(IMPROVED,),
    on=Improvement,
    by=AT_UNIT,
    paper=ImprovementAnswer,
    when=("proposed",),
    becomes="answered",
    effect=note_answered,
    meets=(Meets(IMPROVED),),
    fills=(Fills(IMPROVED),),
)


def note_warned(p: AnyImprovement) -> None:
    p.subject.warned_on = p.today


NOTE_UNANSWERED = Act(
    name="note_improvement_unanswered",
    zh="规范提升建议到期未答复",
    en="The proposal was not answered in time",
    clauses=(IMPROVED,),
    on=Improvement,
    by=(),
    paper=Reminder,
    when=("proposed",),
    effect=note_warned,
    keeps_paper=False,
    warns=(Warns(IMPROVED, lambda _: ("",)),),
    tells=(Tells(UNIT, "improvement_unanswered", IMPROVED, office=lambda p: p.subject.unit_id),),
)
CLOSE = Act(
    name="close_improvement",
    zh="规范提升办结",
    en="Close an improvement",
    clauses=(IMPROVED,),
    on=Improvement,
    by=OF_LEAD,
    paper=ImprovementClosing,
    when=("answered",),
    becomes="closed",
    documents=(Document("improvement_proof", "规范提升佐证材料", IMPROVED),),
    guards=(not_in_the_future("closed_on"),),
    sets=("closed_on",),
    hands_on=(
        HandOn(
            RectificationAssessed,
            lambda p: RectificationAssessed(
                item_id=p.subject.id, result_code=CheckResult.VERIFIED.value, assessed_on=p.paper.closed_on
            ),
        ),
    ),
)
ACTS: tuple[Act[Any, Any], ...] = (PROPOSE, ANSWER, NOTE_UNANSWERED, CLOSE)
