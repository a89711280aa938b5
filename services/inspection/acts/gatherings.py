"""Symposia, meetings sat in on, surveys and field visits (steps 17 to 20)."""

from __future__ import annotations

from contracts.refusals import RefusalCode
from services.chassis.access import anyone, listed_ids
from services.chassis.act import Act, After, Step, Warns
from services.chassis.performance import Performance
from services.inspection.acts.posts import LEADER, TEAM, TEAM_LEADER, ids_in, not_in_the_future
from services.inspection.domain.field_codes import Collection, HandedOutBy, SurveyMethod
from services.inspection.papers.field import (
    ObservationRecord,
    ObserverAssignment,
    SurveyAnalysis,
    SurveyDesign,
    SurveyResult,
    SymposiumRecord,
    VisitPlan,
    VisitRecord,
)
from services.inspection.storage_unit import Engagement

Symposium = Performance[Engagement, SymposiumRecord]
Visiting = Performance[Engagement, VisitRecord]
AT_THE_UNIT = ("fieldwork",)


def was_announced_before(p: Symposium) -> None:
    if p.paper.announced_on >= p.paper.held_on:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, field="announced_on", clauses=("XC-17.0a",))


def chaired_and_recorded_by_the_team(p: Symposium) -> None:
    staff = ids_in(p.subject.staff_ids)
    if p.paper.chair_id not in staff:
        raise p.refuse(RefusalCode.WRONG_ROLE, field="chair_id", clauses=("XC-17.0b",))
    if not p.paper.recorder_id:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="recorder_id", clauses=("XC-17.0b",))
    if p.paper.recorder_id not in staff:
        raise p.refuse(RefusalCode.WRONG_ROLE, field="recorder_id", clauses=("XC-17.0b",))


HOLD_SYMPOSIUM = Act(
    name="hold_symposium",
    zh="登记座谈会",
    en="Record a symposium",
    clauses=("XC-17.0a", "XC-17.0b"),
    on=Engagement,
    by=TEAM,
    paper=SymposiumRecord,
    when=AT_THE_UNIT,
    anytime=True,
    guards=(not_in_the_future("held_on"), was_announced_before, chaired_and_recorded_by_the_team),
)


def are_of_the_team(p: Performance[Engagement, ObserverAssignment]) -> None:
    if set(p.paper.observer_ids) - set(ids_in(p.subject.staff_ids)):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="observer_ids", clauses=("XC-18.0a",))


def keep_observers(p: Performance[Engagement, ObserverAssignment]) -> None:
    sent = [f"{one}/{p.paper.meeting_on.isoformat()}" for one in p.paper.observer_ids]
    p.subject.observers = listed_ids(dict.fromkeys([*ids_in(p.subject.observers), *sent]))


ASSIGN_OBSERVERS = Act(
    name="assign_observers",
    zh="确定列席人员",
    en="Decide who sits in on a meeting",
    clauses=("XC-18.0a",),
    on=Engagement,
    by=TEAM_LEADER,
    paper=ObserverAssignment,
    when=AT_THE_UNIT,
    anytime=True,
    guards=(are_of_the_team,),
    effect=keep_observers,
)


def was_sent_by_the_leader(p: Performance[Engagement, ObservationRecord]) -> None:
    sent = f"{p.paper.observer_id}/{p.paper.meeting_on.isoformat()}"
    if sent not in ids_in(p.subject.observers):
        raise p.refuse(RefusalCode.APPROVAL_REQUIRED, field="observer_id", clauses=("XC-18.0a",))


def took_no_position(p: Performance[Engagement, ObservationRecord]) -> None:
    if p.paper.own_opinion:
        raise p.refuse(RefusalCode.CONTENT_RULE, field="own_opinion", clauses=("XC-18.0b",))


RECORD_OBSERVATION = Act(
    name="record_observation",
    zh="登记列席会议情况",
    en="Record a meeting sat in on",
    clauses=("XC-18.0a", "XC-18.0b"),
    on=Engagement,
    by=TEAM,
    paper=ObservationRecord,
    when=AT_THE_UNIT,
    anytime=True,
    guards=(not_in_the_future("meeting_on"), was_sent_by_the_leader, took_no_position),
)


def a_sample_has_sites(p: Performance[Engagement, SurveyDesign]) -> None:
    if p.paper.method is SurveyMethod.SAMPLE and not p.paper.sites:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="sites", clauses=("XC-19.1b",))


DESIGN_SURVEY = Act(
    name="design_survey",
    zh="设计测评表和问卷",
    en="Design a survey",
    clauses=("XC-19.1a", "XC-19.1b"),
    on=Engagement,
    by=TEAM,
    paper=SurveyDesign,
    when=AT_THE_UNIT,
    anytime=True,
    guards=(a_sample_has_sites,),
)


def came_back_as_it_must(p: Performance[Engagement, SurveyResult]) -> None:
    """Collected on the spot, or by the unit and sealed; never more than were given out."""
    by_unit = p.paper.handed_out_by is HandedOutBy.UNIT
    allowed = Collection.SEALED if by_unit else Collection.ON_THE_SPOT
    if p.paper.collection is not allowed:
        raise p.refuse(RefusalCode.CONTENT_RULE, field="collection", clauses=("XC-19.2a",))
    if p.paper.returned > p.paper.issued:
        raise p.refuse(RefusalCode.CONTENT_RULE, field="returned", clauses=("XC-19.2a",))


def note_tally(p: Performance[Engagement, SurveyResult]) -> None:
    p.facts |= {"issued": p.paper.issued, "returned": p.paper.returned}


COLLECT_SURVEY = Act(
    name="collect_survey",
    zh="登记测评和问卷回收",
    en="Record the forms that came back",
    clauses=("XC-19.1a", "XC-19.2a"),
    on=Engagement,
    by=TEAM,
    paper=SurveyResult,
    when=AT_THE_UNIT,
    anytime=True,
    after=(After("design_survey", "XC-19.1a"),),
    guards=(not_in_the_future("held_on"), came_back_as_it_must),
    effect=note_tally,
)
ANALYSE_SURVEY = Act(
    name="analyse_survey",
    zh="分析测评和问卷",
    en="Analyse a survey",
    clauses=("XC-19.3a",),
    on=Engagement,
    by=TEAM,
    paper=SurveyAnalysis,
    when=AT_THE_UNIT,
    anytime=True,
    after=(After("collect_survey", "XC-19.3a"),),
)
PLAN_VISITS = Act(
    name="plan_visits",
    zh="报批走访调研方案",
    en="Have the plan of field visits approved",
    clauses=("XC-20.1a",),
    on=Engagement,
    by=TEAM,
    paper=VisitPlan,
    when=AT_THE_UNIT,
    anytime=True,
    approvals=(Step(anyone(LEADER), "巡察组组长批准", "XC-20.1a", sole=True),),
)


def by_two(p: Visiting) -> None:
    visitors = set(p.paper.visitor_ids)
    if visitors - set(ids_in(p.subject.staff_ids)):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="visitor_ids", clauses=("XC-20.2b",))
    if len(visitors) == 1 and not p.paper.single_reason:
        raise p.refuse(RefusalCode.TWO_PERSON_RULE, field="visitor_ids", clauses=("XC-20.2b",))


def important_was_reported(p: Visiting) -> None:
    if p.paper.important and p.paper.reported_on is None:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, field="reported_on", clauses=("XC-20.2a",))


def the_unit_learned_nothing(p: Visiting) -> None:
    if p.paper.names_clue:
        raise p.refuse(RefusalCode.CONTENT_RULE, field="names_clue", clauses=("XC-20.2a",))


RECORD_VISIT = Act(
    name="record_visit",
    zh="登记走访调研",
    en="Record a field visit",
    clauses=("XC-20.1a", "XC-20.2a", "XC-20.2b"),
    on=Engagement,
    by=TEAM,
    paper=VisitRecord,
    when=AT_THE_UNIT,
    anytime=True,
    after=(After("plan_visits", "XC-20.1a", RefusalCode.APPROVAL_REQUIRED),),
    guards=(not_in_the_future("held_on"), by_two, important_was_reported, the_unit_learned_nothing),
    warns=(Warns("XC-20.2b", lambda p: ("",) if len(set(p.paper.visitor_ids)) == 1 else ()),),
)
ACTS = (
    HOLD_SYMPOSIUM,
    ASSIGN_OBSERVERS,
    RECORD_OBSERVATION,
    DESIGN_SURVEY,
    COLLECT_SURVEY,
    ANALYSE_SURVEY,
    PLAN_VISITS,
    RECORD_VISIT,
)
