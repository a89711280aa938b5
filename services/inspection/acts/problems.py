"""Problems that daily supervision finds: opened at once, or proposed by a rule and confirmed by the office."""

from __future__ import annotations

from typing import Any

from contracts.events.inspection import ProblemFound
from contracts.refusals import RefusalCode
from services.chassis.act import Act, HandOn
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.chassis.subject import NORMAL, RESTRICTED
from services.inspection.acts.posts import not_in_the_future
from services.inspection.acts.supervision_posts import IN_OFFICE, numbered
from services.inspection.domain.meeting_codes import ProblemGrade
from services.inspection.papers.problems import (
    CorrectionRecord,
    FoundProblem,
    ProblemConfirmation,
    ProblemDismissal,
)
from services.inspection.storage_problem import SupervisionProblem

FOUND_UNDER = (
    *("LZ-4.1", "LZ-4.2", "LZ-4.3", "LZ-5.3", "LZ-6.5", "LZ-6.10", "LZ-7.3", "LZ-7.5"),
    *("LL-1.19", "LL-2.21", "GL-1.4", "GL-2.24", "GL-3.9", "GL-4.1"),
)


def _found(p: Performance[SupervisionProblem, FoundProblem]) -> SupervisionProblem:
    paper = p.paper
    return SupervisionProblem(
        id=p.work.new_id(), no=numbered(p, "WT", paper.office_id), state="open", version=0,
        secrecy=RESTRICTED if paper.restricted else NORMAL, office_id=paper.office_id, liaison_office_id="",
        unit_id=paper.unit_id, registrar_id=p.work.actor.person_id, handler_id="", addressee_id="",
        opened_on=p.today, changed_at=p.work.now, source_kind=paper.source_kind, source_id=paper.source_id,
        item_no=paper.item_no, clause=paper.clause, grade_code=paper.grade, found_on=p.today,
    )  # fmt: skip


def _keep_persons(p: Performance[SupervisionProblem, FoundProblem]) -> None:
    """Who may not know of where it was found may not know of the problem either."""
    for person_id in p.paper.person_ids:
        p.add_party(person_id)


def _event(p: Performance[SupervisionProblem, Any]) -> ProblemFound:
    return ProblemFound(
        problem_id=p.subject.id,
        unit_id=p.subject.unit_id,
        clause=p.subject.clause,
        grade=p.subject.grade_code,
        found_on=p.subject.found_on,
    )


OPEN_PROBLEM = Act(
    name="open_problem",
    zh="登记监督发现的问题",
    en="A problem is opened",
    clauses=FOUND_UNDER,
    on=SupervisionProblem,
    by=(),
    paper=FoundProblem,
    new=_found,
    becomes="open",
    effect=_keep_persons,
    hands_on=(HandOn(ProblemFound, _event),),
)
PROPOSE_PROBLEM = Act(
    name="propose_problem",
    zh="提示可能存在的问题",
    en="A problem is proposed",
    clauses=("LZ-7.5", "LL-2.21"),
    on=SupervisionProblem,
    by=(),
    paper=FoundProblem,
    new=_found,
    becomes="proposed",
    effect=_keep_persons,
)
CONFIRM_PROBLEM = Act(
    name="confirm_problem",
    zh="确认问题",
    en="Confirm a proposed problem",
    clauses=("LZ-7.5", "LL-2.21", "LZ-7.3"),
    on=SupervisionProblem,
    by=IN_OFFICE,
    paper=ProblemConfirmation,
    when=("proposed",),
    becomes="open",
    hands_on=(HandOn(ProblemFound, _event),),
)
DISMISS_PROBLEM = Act(
    name="dismiss_problem",
    zh="问题不成立",
    en="Dismiss a proposed problem",
    clauses=("LZ-7.5", "LL-2.21"),
    on=SupervisionProblem,
    by=IN_OFFICE,
    paper=ProblemDismissal,
    when=("proposed",),
    becomes="dismissed",
)


def _not_before_it_was_found(p: Performance[SupervisionProblem, CorrectionRecord]) -> None:
    if p.paper.corrected_on < p.subject.found_on:
        raise p.refuse(RefusalCode.DATE_ORDER, field="corrected_on")


RECORD_CORRECTION = Act(
    name="record_correction",
    zh="核实问题整改",
    en="Confirm a correction",
    clauses=("LZ-7.3",),
    on=SupervisionProblem,
    by=IN_OFFICE,
    paper=CorrectionRecord,
    when=("open",),
    becomes="corrected",
    sets=("corrected_on",),
    guards=(not_in_the_future("corrected_on"), _not_before_it_was_found),
)


def find_problem(
    p: Performance[Any, Any],
    clause: str,
    grade: ProblemGrade,
    *,
    item_no: int = 0,
    unit_id: str = "",
    proposed: bool = False,
    person_ids: tuple[str, ...] = (),
) -> SupervisionProblem:
    """Open (or only propose) a problem that was found at the act's item; it carries the item's secrecy."""
    source = p.subject
    paper = FoundProblem(
        source_kind=source.KIND,
        source_id=source.id,
        item_no=item_no,
        clause=clause,
        grade=grade.value,
        office_id=source.office_id,
        unit_id=unit_id or source.unit_id,
        restricted=source.secrecy != NORMAL,
        person_ids=person_ids,
    )
    found: SupervisionProblem = perform_as_service(
        p.work, PROPOSE_PROBLEM if proposed else OPEN_PROBLEM, paper
    ).subject
    p.facts |= {"problem": found.id}
    return found


ACTS: tuple[Act[Any, Any], ...] = (
    OPEN_PROBLEM,
    PROPOSE_PROBLEM,
    CONFIRM_PROBLEM,
    DISMISS_PROBLEM,
    RECORD_CORRECTION,
)
