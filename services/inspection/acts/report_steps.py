"""What a team's three reports have in common: signed, submitted to the office, reviewed by it (29.1 to 30.0)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from contracts.events.inspection_results import ReportsReturned, ReportsSubmitted
from contracts.refusals import RefusalCode
from services.chassis.access import By, anyone, listed_ids
from services.chassis.act import Act, HandOn, Tells
from services.chassis.perform import AnyAct
from services.chassis.performance import Performance
from services.inspection.acts.posts import LEADER
from services.inspection.acts.preparation import engagement_of
from services.inspection.acts.stages import unit_goes_on
from services.inspection.domain.result_codes import ReportRoute
from services.inspection.papers.reports import (
    LeaderSignature,
    ReviewOpinion,
    ReviewPassed,
    Submission,
)
from services.inspection.storage_report import ClueReport, InterviewReport, UnitReport
from services.inspection.storage_unit import Engagement

AnyReport = Performance[Any, Any]
Guards = tuple[Callable[[Any], None], ...]
Effect = Callable[[Any], None]
REPORTS: tuple[type[Any], ...] = (UnitReport, InterviewReport, ClueReport)
UNSIGNED = ("drafted", "deliberated", "revised")


def is_withdrawn(p: AnyReport) -> None:
    if engagement_of(p).state != "withdrawn":
        raise p.refuse(RefusalCode.WRONG_STATE, field="engagement_id")


def only_one(model: type[Any]) -> Callable[[AnyReport], None]:
    """A guard: a unit has one report of the kind; what changes is a new version of it."""

    def guard(p: AnyReport) -> None:
        same = select(model.id).where(model.engagement_id == p.paper.engagement_id)
        if p.session.scalars(same).first() is not None:
            raise p.refuse(RefusalCode.DUPLICATE, field="engagement_id")

    return guard


def of_the_unit(p: AnyReport) -> dict[str, Any]:
    """Columns of a report that is being opened."""
    of = engagement_of(p)
    return {
        "id": p.work.new_id(), "no": "", "state": "drafted", "version": 0, "office_id": of.office_id,
        "liaison_office_id": "", "registrar_id": "", "addressee_id": "", "opened_on": p.today,
        "changed_at": p.work.now, "engagement_id": of.id, "round_id": of.round_id, "team_id": of.team_id,
        "leader_id": of.leader_id, "author_id": p.work.actor.person_id,
    }  # fmt: skip


def is_its_leader(p: AnyReport) -> None:
    """Nobody signs for the leader, no deputy either (XC-5.3b)."""
    if p.work.actor.person_id != p.subject.leader_id:
        raise p.refuse(RefusalCode.WRONG_APPROVER)


def each_suggestion_is_answered(p: AnyReport) -> None:
    """The paper is one of `Answers`."""
    said = {line.no for line in p.paper.answers if line.adopted or line.answer}
    if set(range(1, p.subject.suggestions + 1)) - said:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="answers", clauses=("XC-30.0b",))


def unit_of(p: AnyReport) -> Engagement:
    return p.session.get_one(Engagement, p.subject.engagement_id, with_for_update=True)


def _states(p: AnyReport) -> dict[type[Any], str]:
    """The state of each report of the unit that is before the office; a report of one's own may not be stored yet."""
    p.session.flush()
    found = {
        model: p.session.scalars(
            select(model.state).where(
                model.engagement_id == p.subject.engagement_id, model.submitted_on.is_not(None)
            )
        ).first()
        for model in REPORTS
    }
    return {model: state for model, state in found.items() if state is not None}


def signing(
    model: type[Any],
    by: tuple[By, ...],
    clauses: tuple[str, ...],
    *,
    when: tuple[str, ...] = ("drafted", "revised"),
    otherwise: dict[str, RefusalCode] | None = None,
    guards: Guards = (),
    **more: Any,
) -> AnyAct:
    return Act(
        name="sign_report",
        zh="组长签批",
        en="Sign the report",
        clauses=(*clauses, "XC-5.3b"),
        on=model,
        by=by,
        paper=LeaderSignature,
        when=when,
        otherwise=otherwise or {},
        becomes="signed",
        needs=(is_its_leader,),
        guards=guards,
        **more,
    )


def to_the_office(p: Performance[Any, Submission]) -> None:
    if p.paper.to is not ReportRoute.OFFICE:
        raise p.refuse(RefusalCode.WRONG_ROUTE, field="to", clauses=("XC-29.1b",))


def submitting(
    model: type[Any],
    kind: str,
    clauses: tuple[str, ...],
    before: tuple[str, ...],
    *,
    guards: Guards = (),
    then: Effect = lambda _: None,
    **more: Any,
) -> AnyAct:
    """`before`: roles that may know of it from now on."""

    def lay_before(p: AnyReport) -> None:
        p.subject.submitted_on = p.today
        p.subject.before_roles = listed_ids(before)
        then(p)
        if set(_states(p)) == set(REPORTS) and (unit := unit_of(p)).state == "withdrawn":
            unit_goes_on(p.work, unit, "reports_submitted")

    return Act(
        name="submit_report",
        zh="报送巡察办",
        en="Submit the report to the office",
        clauses=clauses,
        on=model,
        by=(anyone(LEADER),),
        paper=Submission,
        when=("signed",),
        otherwise={one: RefusalCode.MISSING_SIGNATURE for one in UNSIGNED if one in model.STATES},
        becomes="submitted",
        guards=(to_the_office, *guards),
        effect=lay_before,
        hands_on=(
            HandOn(
                ReportsSubmitted,
                lambda p: ReportsSubmitted(
                    round_id=p.subject.round_id,
                    team_id=p.subject.team_id,
                    unit_id=unit_of(p).unit_id,
                    report_kind=kind,
                    report_id=p.subject.id,
                    submitted_on=p.today,
                ),
            ),
        ),
        tells=(
            Tells(
                "inspection_office_director",
                "report_to_review",
                clauses[0],
                office=lambda p: p.subject.office_id,
            ),
        ),
        **more,
    )


def all_are_in(p: AnyReport) -> None:
    if set(_states(p)) != set(REPORTS):
        raise p.refuse(RefusalCode.MISSING_DOCUMENT, clauses=("XC-30.0a",))


def count_suggestions(p: Performance[Any, ReviewOpinion]) -> None:
    p.subject.suggestions = len(p.paper.suggestions)


def returning(model: type[Any], by: tuple[By, ...]) -> AnyAct:
    return Act(
        name="return_report",
        zh="提出修改建议",
        en="Return the report with suggestions",
        clauses=("XC-30.0a",),
        on=model,
        by=by,
        paper=ReviewOpinion,
        when=("submitted",),
        becomes="returned",
        guards=(all_are_in,),
        effect=count_suggestions,
        hands_on=(
            HandOn(
                ReportsReturned,
                lambda p: ReportsReturned(
                    round_id=p.subject.round_id,
                    team_id=p.subject.team_id,
                    report_ids=(p.subject.id,),
                    returned_on=p.today,
                ),
            ),
        ),
        tells=(Tells("", "report_returned", "XC-30.0a", person=lambda p: p.subject.leader_id),),
    )


def go_on_when_all_are_reviewed(p: AnyReport) -> None:
    states = _states(p)
    if set(states) == set(REPORTS) and set(states.values()) == {"reviewed"}:
        unit_goes_on(p.work, unit_of(p), "reports_reviewed")


def passing(model: type[Any], by: tuple[By, ...]) -> AnyAct:
    return Act(
        name="pass_report",
        zh="审核通过",
        en="Pass the report",
        clauses=("XC-30.0a",),
        on=model,
        by=by,
        paper=ReviewPassed,
        when=("submitted",),
        becomes="reviewed",
        guards=(all_are_in,),
        effect=go_on_when_all_are_reviewed,
    )
