"""Questioning persons with knowledge: plan, own list of who knows, consent and access for the detained (step 15)."""

from __future__ import annotations

from typing import Any

from contracts.events.inspection_petitions import DetaineeInquiryApproved
from contracts.refusals import RefusalCode
from services.chassis.access import Relation, anyone, listed_ids, post
from services.chassis.act import Act, HandOn, Step, Tells
from services.chassis.performance import Performance
from services.inspection.acts.field_items import item_at
from services.inspection.acts.petition_outcomes import OUT
from services.inspection.acts.posts import LAID_BEFORE, TAKES_PART, TEAM_LEADER, ids_in, not_in_the_future
from services.inspection.acts.preparation import engagement_of
from services.inspection.domain.questioning_codes import Custody
from services.inspection.papers.questioning import (
    AccessArrangement,
    ConsentRequest,
    InquiryPlan,
    QuestioningRecord,
    QuestioningStart,
)
from services.inspection.storage_petition import TeamPetition
from services.inspection.storage_questioning import Questioning

Planning = Performance[Questioning, InquiryPlan]
AnyQuestioning = Performance[Questioning, Any]
KNOWING = Relation("known_ids", "person_id", listed=True)
CONSENTING = ("leading_group_head", "standing_deputy_head")
"""Who signs for the leading group (readings.yaml, A01)."""
ARRANGING = "commission_leader"


def is_in_fieldwork(p: Planning) -> None:
    if engagement_of(p).state != "fieldwork":
        raise p.refuse(RefusalCode.WRONG_STATE, field="engagement_id", clauses=("XC-15.1a",))


def who_may_know_is_of_the_team(p: Planning) -> None:
    of = engagement_of(p)
    if set(p.paper.known_ids) - set(ids_in(of.staff_ids)):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="known_ids", clauses=("XC-15.1b",))
    if p.work.actor.person_id not in (of.leader_id, *p.paper.known_ids):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="known_ids", clauses=("XC-15.1b",))


def petition_may_be_looked_into(p: Planning) -> None:
    """Of what the team only receives no questioning comes (XC-13.1d)."""
    if not p.paper.petition_id:
        return
    petition = p.session.get(TeamPetition, p.paper.petition_id)
    if petition is None or petition.engagement_id != p.paper.engagement_id:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, field="petition_id", clauses=("XC-13.1b",))
    if petition.route_code in OUT:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="petition_id", clauses=("XC-13.1d",))


def planned(p: Planning) -> Questioning:
    """Its unit is blank: nothing but the list of its own says who knows of it."""
    of, paper = engagement_of(p), p.paper
    free = paper.custody_status is Custody.FREE
    return Questioning(
        **item_at(p, of, state="planned", unit_id="", handler_id=of.leader_id),
        known_ids=listed_ids(dict.fromkeys([of.leader_id, *paper.known_ids])),
        before_roles="" if free else listed_ids(CONSENTING),
        custody_code=paper.custody_status.value,
    )


PLAN_QUESTIONING = Act(
    name="plan_questioning",
    zh="拟定询问方案",
    en="Plan to question a person with knowledge",
    clauses=("XC-15.1a", "XC-15.1b"),
    on=Questioning,
    by=(TAKES_PART,),
    paper=InquiryPlan,
    new=planned,
    becomes="planned",
    guards=(is_in_fieldwork, who_may_know_is_of_the_team, petition_may_be_looked_into),
)


def is_about_somebody_detained(p: AnyQuestioning) -> None:
    if p.subject.custody_code == Custody.FREE.value:
        raise p.refuse(RefusalCode.WRONG_STATE, clauses=("XC-15.2a",))


def note_consent(p: Performance[Questioning, ConsentRequest]) -> None:
    p.subject.consented_on = p.today
    p.subject.before_roles = listed_ids([*CONSENTING, ARRANGING])


ASK_CONSENT = Act(
    name="ask_consent",
    zh="报领导小组同意",
    en="Ask the leading group's consent",
    clauses=("XC-15.2a", "XC-15.2b"),
    on=Questioning,
    by=TEAM_LEADER,
    paper=ConsentRequest,
    when=("planned",),
    becomes="consented",
    needs=(is_about_somebody_detained,),
    approvals=(Step(post(*CONSENTING, at=LAID_BEFORE), "领导小组组长或常务副组长同意", "XC-15.2a"),),
    effect=note_consent,
    hands_on=(
        HandOn(
            DetaineeInquiryApproved,
            lambda p: DetaineeInquiryApproved(inquiry_id=p.subject.id, consent_on=p.today),
        ),
    ),
    tells=(Tells(ARRANGING, "detainee_access_to_arrange", "XC-15.2b"),),
)


def note_arrangement(p: Performance[Questioning, AccessArrangement]) -> None:
    p.subject.arranged_on = p.paper.arranged_on


ARRANGE_ACCESS = Act(
    name="arrange_access",
    zh="协调询问事宜",
    en="Arrange access to the detained person",
    clauses=("XC-15.2b",),
    on=Questioning,
    by=(post(ARRANGING, at=LAID_BEFORE),),
    paper=AccessArrangement,
    when=("consented", "opened"),
    once=True,
    guards=(not_in_the_future("arranged_on"),),
    effect=note_arrangement,
    tells=(Tells("", "detainee_access_arranged", "XC-15.2b", person=lambda p: p.subject.leader_id),),
)


def detained_with_consent_only(p: AnyQuestioning) -> None:
    if p.subject.custody_code != Custody.FREE.value and p.subject.consented_on is None:
        raise p.refuse(RefusalCode.APPROVAL_REQUIRED, clauses=("XC-15.2a",))


OPEN_QUESTIONING = Act(
    name="open_questioning",
    zh="启动询问",
    en="Open the questioning",
    clauses=("XC-15.1a", "XC-15.2a"),
    on=Questioning,
    by=TEAM_LEADER,
    paper=QuestioningStart,
    when=("planned", "consented"),
    becomes="opened",
    needs=(detained_with_consent_only,),
)


def detained_through_the_commission_only(p: AnyQuestioning) -> None:
    if p.subject.custody_code != Custody.FREE.value and p.subject.arranged_on is None:
        raise p.refuse(RefusalCode.WRONG_ROUTE, clauses=("XC-15.2b",))


def note_day(p: Performance[Questioning, QuestioningRecord]) -> None:
    p.subject.held_on = p.paper.held_on


RECORD_QUESTIONING = Act(
    name="record_questioning",
    zh="登记询问情况",
    en="Record the questioning",
    clauses=("XC-15.1a", "XC-15.2b"),
    on=Questioning,
    by=(anyone(KNOWING),),
    paper=QuestioningRecord,
    when=("opened",),
    becomes="held",
    needs=(detained_through_the_commission_only,),
    guards=(not_in_the_future("held_on"),),
    effect=note_day,
)
ACTS: tuple[Act[Any, Any], ...] = (
    PLAN_QUESTIONING,
    ASK_CONSENT,
    ARRANGE_ACCESS,
    OPEN_QUESTIONING,
    RECORD_QUESTIONING,
)
