"""A problem found in a unit: registered, graded, and, if it is a lesser one, told to the unit (LZ-18.7, LZ-18.11)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from contracts.events.clues_accountability import ProblemNotified
from contracts.refusals import RefusalCode
from services.chassis.access import post
from services.chassis.act import Act, Document, HandOn, Meets, Opens, Tells
from services.chassis.performance import Performance
from services.chassis.reference import look_up, look_up_one
from services.chassis.subject import RESTRICTED
from services.chassis.tables import DirectoryCoverage
from services.clues.acts.unit_head import party_heads
from services.clues.domain.suggestion import OUTPUT_OF, Grade, Output
from services.clues.papers.suggestion import ProblemEntry, ProblemGrading, ProblemNotice, WantedSuggestion
from services.clues.storage_suggestion import Suggestion

AnySuggestion = Performance[Suggestion, Any]
CONSULTATION = "consultation"
"""Source of a problem on which notifications asked for a suggestion."""
STAFF = (post("dispatched_office"),)
"""Problems of a unit are the whole office's work: their rows ask for no need to know."""
HEADS = "dispatched_office_head"


def found_by_the_office(p: Performance[Suggestion, ProblemEntry]) -> Suggestion:
    actor, paper = p.work.actor, p.paper
    return _of_unit(
        p,
        paper.unit_id,
        source=paper.source.value,
        source_ref=uuid4().hex,
        grade=paper.grade.value if paper.grade else "",
        graded_on=p.today if paper.grade else None,
        registrar_id=actor.person_id,
        handler_id=actor.person_id,
        opened_on=paper.found_on,
    )


def wanted(p: Performance[Suggestion, WantedSuggestion]) -> Suggestion:
    paper = p.paper
    return _of_unit(
        p,
        paper.unit_id,
        source=CONSULTATION,
        source_ref=paper.proposal_id,
        suggestion_kind=paper.suggestion_kind.value if paper.suggestion_kind else "",
        opened_on=p.today,
    )


def _of_unit(p: AnySuggestion, unit_id: str, **columns: Any) -> Suggestion:
    coverage = look_up_one(p.session, DirectoryCoverage, unit_id)
    return Suggestion(
        **{
            "id": p.work.new_id(),
            "no": "",
            "state": "registered",
            "version": 0,
            "secrecy": RESTRICTED,
            "office_id": coverage.office_id,
            "liaison_office_id": coverage.liaison_office_id,
            "unit_id": unit_id,
            "registrar_id": "",
            "handler_id": "",
            "addressee_id": "",
            "changed_at": p.work.now,
            "grade": "",
            "previous_grade": "",
            "suggestion_kind": "",
            "recipient_id": "",
            "issuer": "",
            "suggestion_no": "",
            "reports_up": 0,
            "escalations": 0,
        }
        | columns
    )


def found_by_now(p: Performance[Suggestion, ProblemEntry]) -> None:
    if p.paper.found_on > p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="found_on")


def in_own_coverage(p: Performance[Suggestion, ProblemEntry]) -> None:
    supervised_by(p, p.work.actor.office_id, p.paper.unit_id, "unit_id")


def supervised_by(p: Performance[Any, Any], office_id: str, unit_id: str, field: str) -> None:
    """Raises UNKNOWN_REFERENCE for no unit, OUT_OF_SCOPE for one that another office supervises."""
    coverage = look_up(p.session, DirectoryCoverage, unit_id)
    if coverage is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field=field)
    if coverage.office_id != office_id:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field=field)


def number_problem(p: AnySuggestion) -> None:
    item = p.subject
    year = item.opened_on.year
    number = p.work.next_number(f"problem/{item.office_id}/{year}")
    item.no = f"WT-{item.office_id}-{year}-{number:05d}"


def is_to_be_notified(p: AnySuggestion) -> bool:
    return bool(p.subject.grade) and OUTPUT_OF[Grade(p.subject.grade)] is Output.NOTICE


NOTIFY_WITHIN = Opens(
    "LZ-18.7",
    "act_within",
    "dispatched_office",
    lambda p: p.today,
    owed_person=lambda p: p.subject.handler_id,
    only_if=is_to_be_notified,
)

REGISTER_PROBLEM = Act(
    name="register_problem",
    zh="登记问题",
    en="Register a problem found in supervision",
    clauses=("LZ-18.11",),
    on=Suggestion,
    by=(post("dispatched_office", at=None),),
    paper=ProblemEntry,
    new=found_by_the_office,
    becomes="registered",
    guards=(found_by_now, in_own_coverage),
    effect=number_problem,
    opens=(NOTIFY_WITHIN,),
)
OPEN_WANTED_SUGGESTION = Act(
    name="open_wanted_suggestion",
    zh="受理提请提出的建议",
    en="Take up a suggestion that was proposed",
    clauses=("LZ-18.8", "LZ-18.11"),
    on=Suggestion,
    by=(),
    paper=WantedSuggestion,
    new=wanted,
    becomes="registered",
    effect=number_problem,
    tells=(
        Tells(
            "dispatched_office_leader", "suggestion_wanted", "LZ-18.11", office=lambda p: p.subject.office_id
        ),
    ),
)
"""Whether a suggestion is issued, and in whose name, the office decides by the problem's grade."""


def why_regraded(p: Performance[Suggestion, ProblemGrading]) -> None:
    if p.subject.grade and not p.paper.reason:
        raise p.refuse(RefusalCode.MISSING_REASON, field="reason")


def keep_grade(p: Performance[Suggestion, ProblemGrading]) -> None:
    """What was approved or is waiting was for the grade before; the old grade and the reason stay in the file."""
    item = p.subject
    item.previous_grade, item.grade = item.grade, p.paper.grade.value
    item.graded_on = p.today
    p.facts |= {"grade": item.grade, "previous_grade": item.previous_grade}
    for proposal, _ in p.standing.proposals:
        if proposal.status == "pending":
            proposal.status = "lapsed"
    p.void("LZ-18.7")


GRADE_PROBLEM = Act(
    name="grade_problem",
    zh="问题定级(重新定级)",
    en="Grade the problem, or grade it anew",
    clauses=("LZ-18.11",),
    on=Suggestion,
    by=STAFF,
    paper=ProblemGrading,
    when=("registered", "notified", "approved", "passed_up", "commission_approved"),
    becomes="registered",
    guards=(why_regraded,),
    effect=keep_grade,
    opens=(NOTIFY_WITHIN,),
)


def is_graded(p: AnySuggestion) -> None:
    """Nothing goes out on a problem before it is graded (LZ-18.11)."""
    if not p.subject.grade:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="grade", clauses=("LZ-18.11", *p.act.clauses))


def graded_for(output: Output, otherwise: RefusalCode, p: AnySuggestion) -> None:
    if OUTPUT_OF[Grade(p.subject.grade)] is not output:
        raise p.refuse(otherwise, field="grade")


def graded_for_a_notice(p: AnySuggestion) -> None:
    graded_for(Output.NOTICE, RefusalCode.OUT_OF_RANGE, p)


def tell_the_unit(p: AnySuggestion, template: str, clause: str) -> None:
    """The head of the unit's party organisation is told that there is something; the paper goes its own way."""
    for person_id in party_heads(p):
        p.tell(template, clause, to_person=person_id)


NOTIFY_PROBLEM = Act(
    name="notify_problem",
    zh="向党组(党委)通报问题",
    en="Inform the party committee of the problem",
    clauses=("LZ-18.7", "LZ-18.11"),
    on=Suggestion,
    by=STAFF,
    paper=ProblemNotice,
    when=("registered",),
    becomes="notified",
    documents=(Document("problem_notice", "问题通报(扫描)", "LZ-18.7", required=False),),
    needs=(is_graded, graded_for_a_notice),
    effect=lambda p: tell_the_unit(p, "problem_notified", "LZ-18.7"),
    meets=(Meets("LZ-18.7"),),
    hands_on=(
        HandOn(
            ProblemNotified,
            lambda p: ProblemNotified(
                problem_id=p.subject.id,
                unit_id=p.subject.unit_id,
                grade=p.subject.grade,
                notified_on=p.today,
            ),
        ),
    ),
)
