"""The case supervision office helps with an approved query, directly, and its answer is tracked (GL-2.22).

The route is the installation's: where `direct_help` is 0 all help goes through the liaison office (LZ-16.9).
"""

from __future__ import annotations

from contracts.events.clues_cases import QueryAssistanceRequested
from contracts.refusals import RefusalCode
from services.chassis.access import post
from services.chassis.act import Act, Document, HandOn, Tells
from services.chassis.values import value_in_force
from services.clues.acts.measure_execution import (
    NOT_APPROVED,
    WITH_AN_APPROVED_QUERY,
    approved_by_whom_it_takes,
    is_a_query,
)
from services.clues.acts.measure_request import REQUESTING, AnyMeasure
from services.clues.papers.query_assistance import QueryAssistanceAnswer, QueryAssistanceRequest
from services.clues.storage_measure import Measure

CASE_SUPERVISION = "case_supervision_office"
CLAUSE = ("GL-2.22",)
UNAPPROVED = dict.fromkeys(NOT_APPROVED, RefusalCode.APPROVAL_REQUIRED)


def route_is_direct(p: AnyMeasure) -> None:
    if not value_in_force(p.session, "GL-2.22", "direct_help", p.today).amount:
        raise p.refuse(RefusalCode.WRONG_ROUTE, clauses=("GL-2.22", "LZ-16.9"))


def is_waiting(p: AnyMeasure) -> bool:
    return p.subject.assistance_asked_on is not None and p.subject.assistance_answered_on is None


def none_is_waiting(p: AnyMeasure) -> None:
    if is_waiting(p):
        raise p.refuse(RefusalCode.DUPLICATE)


def one_is_waiting(p: AnyMeasure) -> None:
    if not is_waiting(p):
        answered = p.subject.assistance_answered_on is not None
        raise p.refuse(RefusalCode.DUPLICATE if answered else RefusalCode.PRECONDITION_NOT_MET)


def note_request(p: AnyMeasure) -> None:
    p.subject.assistance_asked_on, p.subject.assistance_answered_on = p.today, None


REQUEST_QUERY_ASSISTANCE = Act(
    name="request_query_assistance",
    zh="请案管室协助查询",
    en="Ask the case supervision office for help with a query",
    clauses=CLAUSE,
    on=Measure,
    by=REQUESTING,
    paper=QueryAssistanceRequest,
    when=WITH_AN_APPROVED_QUERY,
    otherwise=UNAPPROVED,
    needs=(is_a_query, approved_by_whom_it_takes, route_is_direct, none_is_waiting),
    effect=note_request,
    hands_on=(
        HandOn(
            QueryAssistanceRequested,
            lambda p: QueryAssistanceRequested(
                measure_id=p.subject.id, recipient_role=CASE_SUPERVISION, requested_on=p.today
            ),
        ),
    ),
    tells=(Tells(CASE_SUPERVISION, "query_assistance_asked", "GL-2.22"),),
    anytime=True,
)


def note_answer(p: AnyMeasure) -> None:
    p.subject.assistance_answered_on = p.today


ANSWER_QUERY_ASSISTANCE = Act(
    name="answer_query_assistance",
    zh="答复协助查询",
    en="Answer the request for help with a query",
    clauses=CLAUSE,
    on=Measure,
    by=(post(CASE_SUPERVISION, at=None),),
    paper=QueryAssistanceAnswer,
    when=(*WITH_AN_APPROVED_QUERY, "ended", "withdrawn"),
    needs=(one_is_waiting,),
    documents=(Document("measure_document", "查询结果(扫描)", "GL-2.22", required=False),),
    effect=note_answer,
    tells=(Tells("", "query_assistance_answered", "GL-2.22", person=lambda p: p.subject.requester_id),),
)
