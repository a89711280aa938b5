"""The inquiry, the office's own or proposed to the unit, one of the two; and lenience before the decision (LZ-18.2)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from contracts.events.clues_accountability import (
    AccountabilityProposed,
    AccountabilityStarted,
    DualAccountabilityStarted,
    LenienceDecided,
)
from contracts.refusals import RefusalCode
from services.chassis.access import not_recused, post, visible
from services.chassis.act import Act, Document, HandOn, Meets, Opens
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.clues.acts.accountability import (
    CASES,
    HANDLING,
    LEADER,
    REQUEST_ACCOUNTABILITY,
    AnyAccountability,
    organisations,
    proposed_event,
)
from services.clues.acts.accountability_of_office import OPEN_SUPERVISORY_SIDE
from services.clues.acts.ledger import not_by_one_alone
from services.clues.acts.unit_head import concerned, party_heads
from services.clues.domain.accountability import LenienceGround, UnitAnswer
from services.clues.domain.office_accountability import Track
from services.clues.papers.accountability import (
    AccountabilitySuggestion,
    InquiryOpening,
    LenienceAssessment,
    UnitAnswerEntry,
)
from services.clues.papers.office_accountability import SupervisorySide
from services.clues.storage_accountability import Accountability

Proposing = Performance[Accountability, AccountabilitySuggestion]
Answering = Performance[Accountability, UnitAnswerEntry]
Assessing = Performance[Accountability, LenienceAssessment]
UNAPPROVED = {"found": RefusalCode.APPROVAL_REQUIRED, "set_aside": RefusalCode.APPROVAL_REQUIRED}
DUAL_TRACKS = ("main_track", Track.SUPERVISION.value)


def subjects(p: AnyAccountability) -> list[str]:
    """Persons and organisations whom it is about; before the decision none can be left out."""
    return [*p.standing.reported, *organisations(p.subject)]


def not_opened_by_one_alone(p: AnyAccountability) -> None:
    not_by_one_alone(p, REQUEST_ACCOUNTABILITY.name)


def start(p: AnyAccountability) -> None:
    """The supervising side of a double one is examined by the commission, always: that it is says nothing."""
    item = p.subject
    item.started_on = p.today
    for subject in subjects(p):
        p.emit(AccountabilityStarted(accountability_id=item.id, subject_ref=subject, opened_on=p.today))
    if item.dual:
        p.session.flush()
        paper = SupervisorySide(accountability_id=item.id, examined_office_id=item.office_id)
        perform_as_service(p.work, OPEN_SUPERVISORY_SIDE, paper)


OPEN_INQUIRY = Act(
    name="open_inquiry",
    zh="启动问责调查",
    en="Open the office's own inquiry",
    clauses=("LZ-18.1", "HS-5.6", "HS-3.12"),
    on=Accountability,
    by=HANDLING,
    paper=InquiryOpening,
    when=("approved",),
    otherwise=UNAPPROVED | {"proposed": RefusalCode.DUPLICATE, "unit_inquiry": RefusalCode.DUPLICATE},
    becomes="inquiry",
    needs=(not_opened_by_one_alone,),
    effect=start,
    hands_on=(
        HandOn(
            DualAccountabilityStarted,
            lambda p: DualAccountabilityStarted(
                accountability_id=p.subject.id,
                ground_code=p.subject.ground_code,
                tracks=DUAL_TRACKS,
                opened_on=p.today,
            ),
            only_if=lambda p: p.subject.dual,
        ),
    ),
)


def not_dual(p: AnyAccountability) -> None:
    """Double accountability is the commission's and the office's, never left to the unit (HS-3.13, HS-3.14)."""
    if p.subject.dual:
        raise p.refuse(RefusalCode.WRONG_ROUTE, clauses=("HS-3.13", *p.act.clauses))


def no_own_inquiry_on_the_matter(p: Proposing) -> None:
    """Only an inquiry that the actor may know of refuses: the others would show themselves (ruling 9)."""
    if not p.subject.matter_ref:
        return
    knows = p.work.runtime.kinds[Accountability.KIND].knows
    others = select(Accountability.id).where(
        Accountability.matter_ref == p.subject.matter_ref,
        Accountability.state == "inquiry",
        visible(Accountability, p.work.actor, knows),
    )
    if p.session.scalars(others).first() is not None:
        raise p.refuse(RefusalCode.DUPLICATE, clauses=("LZ-18.2",))


def tell_the_unconcerned_heads(p: Proposing) -> None:
    p.subject.proposed_on = p.today
    for person_id in party_heads(p):
        if person_id not in concerned(p):
            p.tell("accountability_proposed", "LZ-18.2", to_person=person_id)


PROPOSE_TO_UNIT = Act(
    name="propose_to_unit",
    zh="建议单位启动问责",
    en="Propose to the unit that it opens the inquiry",
    clauses=("LZ-18.2", "GL-3.15"),
    on=Accountability,
    by=HANDLING,
    paper=AccountabilitySuggestion,
    when=("approved",),
    otherwise=UNAPPROVED | {"inquiry": RefusalCode.DUPLICATE},
    becomes="proposed",
    documents=(Document("accountability_suggestion", "启动问责建议(扫描)", "LZ-18.2", required=False),),
    needs=(not_dual, not_opened_by_one_alone),
    guards=(no_own_inquiry_on_the_matter,),
    effect=tell_the_unconcerned_heads,
    opens=(
        Opens(
            "LZ-18.2",
            "answer_within",
            "dispatched_office",
            lambda p: p.today,
            owed_person=lambda p: p.subject.handler_id,
        ),
    ),
    hands_on=(HandOn(AccountabilityProposed, proposed_event),),
)


def answered_on(p: Answering) -> date:
    return p.paper.answered_on or p.today


def answered_after_the_proposal(p: Answering) -> None:
    if not (p.subject.proposed_on or p.today) <= answered_on(p) <= p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="answered_on")


def note_answer(p: Answering) -> None:
    """Where the unit declines, the office may still inquire itself: one of the two, not neither."""
    item = p.subject
    item.unit_answer = p.paper.answer_code.value
    if p.paper.answer_code is UnitAnswer.ACCEPTED:
        item.started_on = answered_on(p)
    else:
        item.state = "approved"


RECORD_UNIT_ANSWER = Act(
    name="record_unit_answer",
    zh="登记单位答复",
    en="Record the unit's answer",
    clauses=("LZ-18.2",),
    on=Accountability,
    by=HANDLING,
    paper=UnitAnswerEntry,
    when=("proposed",),
    becomes="unit_inquiry",
    guards=(answered_after_the_proposal,),
    effect=note_answer,
    meets=(Meets("LZ-18.2"),),
)


def disclosed_before_it_was_found(p: Assessing) -> None:
    """The unit's ledger has it before the supervision has; the same day shows no initiative (ours, HS-4.1)."""
    if p.paper.disclosed_on >= p.subject.opened_on:
        raise p.refuse(RefusalCode.DATE_ORDER, field="disclosed_on", clauses=("HS-4.1", "HS-4.2"))


def rectification_is_verified(p: Assessing) -> None:
    if p.paper.ground_code is not LenienceGround.OWN_PROBLEM:
        return
    verified_on = p.paper.rectification_verified_on
    if verified_on is None:
        raise p.refuse(RefusalCode.NOT_VERIFIED, field="rectification_verified_on", clauses=("HS-4.1",))
    if not p.paper.disclosed_on <= verified_on <= p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="rectification_verified_on", clauses=("HS-4.1",))


def cadres_case_is_concluded(p: Assessing) -> None:
    """The cadre was dealt with: clue, verification or case has come to its end (HS-4.2)."""
    if p.paper.ground_code is not LenienceGround.CADRE_CASE:
        return
    for model, ended in CASES:
        query = select(model).where(model.id == p.paper.case_ref, not_recused(model, p.work.actor))
        case = p.session.scalars(query).first()
        if case is not None and case.unit_id == p.subject.unit_id:
            if case.state not in ended:
                raise p.refuse(RefusalCode.WRONG_STATE, field="case_ref", clauses=("HS-4.2",))
            return
    raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="case_ref", clauses=("HS-4.2",))


def note_lenience(p: Assessing) -> None:
    p.subject.lenience = p.paper.conclusion_code.value
    p.subject.lenience_ground = p.paper.ground_code.value


DECIDE_LENIENCE = Act(
    name="decide_lenience",
    zh="研判从轻减轻免予",
    en="Decide on lenience",
    clauses=("HS-4.1", "HS-4.2"),
    on=Accountability,
    by=(post(LEADER, at=None),),
    paper=LenienceAssessment,
    when=("found", "approved", "inquiry", "proposed", "unit_inquiry"),
    guards=(disclosed_before_it_was_found, rectification_is_verified, cadres_case_is_concluded),
    effect=note_lenience,
    hands_on=(
        HandOn(
            LenienceDecided,
            lambda p: LenienceDecided(
                decision_id=p.filed.id if p.filed else p.subject.id,
                item_id=p.subject.id,
                ground_code=p.subject.lenience_ground,
                decided_on=p.today,
            ),
        ),
    ),
    anytime=True,
)
