"""Full searches of units for risks, of typical cases for loopholes: each risk is decided on (LL-3.17, GL-1.23)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.refusals import RefusalCode
from services.chassis.act import Act, Fills, Meets, Opens, Tells, Warns
from services.chassis.perform import perform_as_service, unnamed
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED
from services.inspection.acts.posts import not_in_the_future
from services.inspection.acts.risk_points import NOTE_RISK_DROPPED
from services.inspection.acts.special_matters import LIST_FROM_SEARCH
from services.inspection.acts.supervision_posts import (
    ANY_OFFICE,
    HEAD,
    IN_OFFICE,
    coverage_of,
    covered,
    item_of,
    numbered,
)
from services.inspection.domain.risk_codes import STANDING, RiskArea, RiskOutcome, SearchGround
from services.inspection.papers.meetings import Reminder
from services.inspection.papers.risk_searches import (
    LOOPHOLES,
    SEARCHED,
    CaseClosing,
    CaseMarking,
    MatterOfSearch,
    SearchBeginning,
    SearchCall,
    SearchConclusion,
)
from services.inspection.storage_risk import RiskPoint
from services.inspection.storage_risk_search import RiskSearch

AnySearch = Performance[RiskSearch, Any]
Concluding = Performance[RiskSearch, SearchConclusion]


def opened(p: AnySearch, ground: SearchGround, state: str) -> RiskSearch:
    """Whom a complaint or a case is about, and that there is one, stays with the office: its reading is logged."""
    coverage = coverage_of(p, p.paper.unit_id)
    common = item_of(p, coverage, state=state, no=numbered(p, "QMPC", coverage.office_id), secrecy=RESTRICTED)
    return RiskSearch(**common, search_ground=ground.value, source_ref=p.paper.source_ref, called_on=p.today)


def ground_is_no_case(p: Performance[RiskSearch, SearchCall]) -> None:
    """A typical case is marked as such: its loopholes are asked for when it is closed."""
    if p.paper.search_ground is SearchGround.CASE:
        raise p.refuse(RefusalCode.OUT_OF_RANGE, field="search_ground")


CALL_FOR_SEARCH = Act(
    name="call_for_risk_search",
    zh="提出全面排查",
    en="Call for a full search",
    clauses=(SEARCHED,),
    on=RiskSearch,
    by=ANY_OFFICE,
    paper=SearchCall,
    new=lambda p: opened(p, p.paper.search_ground, "called_for"),
    becomes="called_for",
    guards=(covered, ground_is_no_case),
    opens=(Opens(SEARCHED, "search_within", "dispatched_office", lambda p: p.today),),
)


def note_begun(p: AnySearch) -> None:
    p.subject.began_on = p.today


BEGIN_SEARCH = Act(
    name="begin_risk_search",
    zh="开展全面排查",
    en="Begin the search",
    clauses=(SEARCHED,),
    on=RiskSearch,
    by=IN_OFFICE,
    paper=SearchBeginning,
    when=("called_for",),
    becomes="searching",
    effect=note_begun,
    meets=(Meets(SEARCHED),),
    fills=(Fills(SEARCHED),),
)


def note_warned(p: AnySearch) -> None:
    p.subject.warned_on = p.today


NOTE_UNSEARCHED = Act(
    name="note_risk_unsearched",
    zh="到期未开展全面排查",
    en="No search was begun in time",
    clauses=(SEARCHED,),
    on=RiskSearch,
    by=(),
    paper=Reminder,
    when=("called_for",),
    effect=note_warned,
    keeps_paper=False,
    warns=(Warns(SEARCHED, lambda _: ("",)),),
    tells=(Tells(HEAD, "risk_search_awaited", SEARCHED, office=lambda p: p.subject.office_id),),
)
MARK_CASE = Act(
    name="mark_typical_case",
    zh="确定典型个案",
    en="Mark a case as typical",
    clauses=(LOOPHOLES,),
    on=RiskSearch,
    by=ANY_OFFICE,
    paper=CaseMarking,
    new=lambda p: opened(p, SearchGround.CASE, "case_marked"),
    becomes="case_marked",
    guards=(covered,),
)
CLOSE_CASE = Act(
    name="note_typical_case_closed",
    zh="典型个案办结,查找漏洞",
    en="The typical case is closed: its loopholes are asked for",
    clauses=(LOOPHOLES,),
    on=RiskSearch,
    by=IN_OFFICE,
    paper=CaseClosing,
    when=("case_marked",),
    becomes="searching",
    guards=(not_in_the_future("case_closed_on"),),
    sets=("case_closed_on",),
    effect=note_begun,
    warns=(Warns(LOOPHOLES, lambda _: ("",)),),
    tells=(Tells(HEAD, "loopholes_asked_for", LOOPHOLES, office=lambda p: p.subject.office_id),),
)


def found_by(p: Concluding) -> dict[str, RiskPoint]:
    """The risk points that it found and that stand in the register, in the order of their ids, locked."""
    query = select(RiskPoint).where(RiskPoint.search_id == p.subject.id, RiskPoint.state.in_(STANDING))
    return {point.id: point for point in p.session.scalars(query.order_by(RiskPoint.id).with_for_update())}


def of_case(p: Concluding) -> bool:
    return p.subject.search_ground == SearchGround.CASE.value


def was_full(p: Concluding) -> None:
    """A search in full looks at each of the five areas (LL-3.16); a case has the areas that it has."""
    if not of_case(p) and set(p.paper.areas) != set(RiskArea):
        raise p.refuse(RefusalCode.MISSING_FIELD, field="areas", clauses=(SEARCHED,))


def each_risk_is_decided_on(p: Concluding) -> None:
    named, found = [line.point_id for line in p.paper.outcomes], found_by(p)
    if len(named) != len(set(named)):
        raise p.refuse(RefusalCode.DUPLICATE, field="outcomes.point_id")
    if set(named) - set(found):
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="outcomes.point_id")
    if set(found) - set(named):
        raise p.refuse(RefusalCode.MISSING_FIELD, field="outcomes")
    if not all(line.reason for line in p.paper.outcomes):
        raise p.refuse(RefusalCode.MISSING_REASON, field="outcomes.reason", clauses=(SEARCHED,))
    if not found and not p.paper.none_found:
        clause = LOOPHOLES if of_case(p) else SEARCHED
        raise p.refuse(RefusalCode.MISSING_FIELD, field="none_found", clauses=(clause,))


def not_before_it_began(p: Concluding) -> None:
    began = p.subject.began_on
    if began is not None and p.paper.concluded_on < began:
        raise p.refuse(RefusalCode.DATE_ORDER, field="concluded_on")


def carry_out(p: Concluding) -> None:
    """What is dropped leaves the register, what is listed stands on the list too, what is kept stays as it is.

    The unit reads the register and knows of no search: there it is the service that drops.
    """
    found = found_by(p)
    for line in sorted(p.paper.outcomes, key=lambda one: one.point_id):
        if line.outcome is RiskOutcome.DROPPED:
            with unnamed(p.work):
                perform_as_service(p.work, NOTE_RISK_DROPPED, Reminder(), found[line.point_id])
        elif line.outcome is RiskOutcome.LISTED:
            paper = MatterOfSearch(unit_id=p.subject.unit_id, point_id=line.point_id, reason=line.reason)
            perform_as_service(p.work, LIST_FROM_SEARCH, paper)


CONCLUDE_SEARCH = Act(
    name="conclude_risk_search",
    zh="排查办结",
    en="Conclude the search",
    clauses=(SEARCHED, LOOPHOLES),
    on=RiskSearch,
    by=IN_OFFICE,
    paper=SearchConclusion,
    when=("searching",),
    becomes="concluded",
    guards=(not_in_the_future("concluded_on"), not_before_it_began, was_full, each_risk_is_decided_on),
    sets=("concluded_on",),
    effect=carry_out,
    fills=(Fills(LOOPHOLES),),
)
ACTS: tuple[Act[Any, Any], ...] = (
    CALL_FOR_SEARCH,
    BEGIN_SEARCH,
    NOTE_UNSEARCHED,
    MARK_CASE,
    CLOSE_CASE,
    CONCLUDE_SEARCH,
)
