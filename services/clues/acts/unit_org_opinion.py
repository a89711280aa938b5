"""A unit's discipline organisation asks the office before it concludes a matter of its own (LZ-21.8).

Consultation, not consent: the office's opinion must be there, and does not bind.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from contracts.events.clues_accountability import UnitOrgOpinionGiven, UnitOrgOpinionRequested
from contracts.refusals import RefusalCode
from services.chassis.access import post
from services.chassis.act import Act, Document, HandOn, Tells
from services.chassis.performance import Performance
from services.chassis.reference import look_up, look_up_one
from services.chassis.subject import RESTRICTED
from services.chassis.tables import DirectoryCoverage, DirectoryPerson
from services.clues.acts.unit_org_check import AT_THE_UNIT, UNIT_ORG
from services.clues.domain.unit_org import OfficesOpinion
from services.clues.papers.unit_org import UnitCaseOpinion, UnitCaseRequest, UnitHandling
from services.clues.storage_unit_org import UnitOrgOpinion

Asking = Performance[UnitOrgOpinion, UnitCaseRequest]
Answering = Performance[UnitOrgOpinion, UnitCaseOpinion]
LEADERS = "dispatched_office_leader"
CLAUSE = ("LZ-21.8",)


def unit_is_supervised(p: Asking) -> None:
    if look_up(p.session, DirectoryCoverage, p.work.actor.unit_id) is None:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE)


def about_others_of_the_roster(p: Asking) -> None:
    """Who asks about themselves, or somebody close, would be asking about what they may not know of."""
    for person_id in p.paper.subject_ids:
        if look_up(p.session, DirectoryPerson, person_id) is None:
            raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="subject_ids")
    if p.work.actor.recused_for & set(p.paper.subject_ids):
        raise p.refuse(RefusalCode.CONFLICT_OF_INTEREST, field="subject_ids")


def asked(p: Asking) -> UnitOrgOpinion:
    actor = p.work.actor
    coverage = look_up_one(p.session, DirectoryCoverage, actor.unit_id)
    return UnitOrgOpinion(
        id=p.work.new_id(),
        no="",
        state="asked",
        version=0,
        secrecy=RESTRICTED,
        office_id=coverage.office_id,
        liaison_office_id=coverage.liaison_office_id,
        unit_id=actor.unit_id,
        registrar_id=actor.person_id,
        handler_id="",
        addressee_id="",
        opened_on=p.today,
        changed_at=p.work.now,
        matter_code=p.paper.matter_code.value,
        asked_on=p.today,
        opinion_code="",
        given_on=None,
        handled_on=None,
    )


def number_and_parties(p: Asking) -> None:
    for person_id in p.paper.subject_ids:
        p.add_party(person_id)
    item, year = p.subject, p.today.year
    number = p.work.next_number(f"unit_org_opinion/{item.office_id}/{year}")
    item.no = f"ZQ-{item.office_id}-{year}-{number:05d}"


ASK_UNIT_ORG_OPINION = Act(
    name="ask_unit_org_opinion",
    zh="征求派驻机构对处理意见的意见",
    en="Ask the office for its opinion",
    clauses=CLAUSE,
    on=UnitOrgOpinion,
    by=(post(UNIT_ORG, at=None),),
    paper=UnitCaseRequest,
    new=asked,
    becomes="asked",
    documents=(Document("unit_case_opinion", "征求意见件(扫描)", "LZ-21.8", required=False),),
    guards=(unit_is_supervised, about_others_of_the_roster),
    effect=number_and_parties,
    hands_on=(
        HandOn(
            UnitOrgOpinionRequested,
            lambda p: UnitOrgOpinionRequested(
                request_id=p.subject.id, unit_id=p.subject.unit_id, requested_on=p.today
            ),
        ),
    ),
    tells=(Tells(LEADERS, "unit_org_opinion_asked", "LZ-21.8", office=lambda p: p.subject.office_id),),
)


def given_on(p: Answering) -> date:
    return p.paper.given_on or p.today


def given_after_it_was_asked(p: Answering) -> None:
    if not p.subject.asked_on <= given_on(p) <= p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="given_on")


def other_opinions_are_explained(p: Answering) -> None:
    if p.paper.opinion_code is not OfficesOpinion.AGREED and not p.paper.opinion:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="opinion")


def note_opinion(p: Answering) -> None:
    p.subject.opinion_code, p.subject.given_on = p.paper.opinion_code.value, given_on(p)


GIVE_UNIT_ORG_OPINION = Act(
    name="give_unit_org_opinion",
    zh="答复单位处理意见",
    en="Give the office's opinion",
    clauses=CLAUSE,
    on=UnitOrgOpinion,
    by=(post(LEADERS),),
    paper=UnitCaseOpinion,
    when=("asked",),
    otherwise={"given": RefusalCode.DUPLICATE, "handled": RefusalCode.DUPLICATE},
    becomes="given",
    documents=(Document("unit_case_opinion", "签署的意见(扫描)", "LZ-21.8", required=False),),
    guards=(given_after_it_was_asked, other_opinions_are_explained),
    effect=note_opinion,
    hands_on=(
        HandOn(
            UnitOrgOpinionGiven,
            lambda p: UnitOrgOpinionGiven(
                request_id=p.subject.id, opinion_code=p.subject.opinion_code, given_on=p.subject.given_on
            ),
        ),
    ),
    tells=(Tells(UNIT_ORG, "unit_org_opinion_given", "LZ-21.8", office=lambda p: p.subject.unit_id),),
)


def handled_after_the_opinion(p: Performance[UnitOrgOpinion, UnitHandling]) -> None:
    if not (p.subject.given_on or p.today) <= p.paper.handled_on <= p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="handled_on")


def note_handling(p: Performance[UnitOrgOpinion, Any]) -> None:
    p.subject.handled_on = p.paper.handled_on


RECORD_UNIT_ORG_HANDLING = Act(
    name="record_unit_org_handling",
    zh="登记单位处理结果",
    en="Record how the unit handled it",
    clauses=CLAUSE,
    on=UnitOrgOpinion,
    by=AT_THE_UNIT,
    paper=UnitHandling,
    when=("given",),
    otherwise={"asked": RefusalCode.OPINION_OUTSTANDING, "handled": RefusalCode.DUPLICATE},
    becomes="handled",
    guards=(handled_after_the_opinion,),
    effect=note_handling,
    tells=(Tells(LEADERS, "unit_org_handled", "LZ-21.8", office=lambda p: p.subject.office_id),),
)
