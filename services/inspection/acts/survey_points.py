"""Important points of the surveys go into the inspection report or the clue report (XC-19.3a)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from services.chassis.act import Act, Fills, Warns
from services.chassis.papers import papers_of, read_paper
from services.chassis.perform import AnyAct, perform_as_service
from services.chassis.performance import Performance
from services.inspection.papers.reports import StageNote
from services.inspection.storage_report import ClueReport, UnitReport
from services.inspection.storage_unit import Engagement

CLAUSE = "XC-19.3a"
TEXTS = ("draft_report", "redraft_report", "draft_clue_report", "revise_report")
"""Acts that leave the text of a report; the last one is the report's."""
AnyReport = Performance[Any, Any]


def _forms(p: AnyReport, item: Any, acts: tuple[str, ...]) -> list[dict[str, Any]]:
    filed = [one for one in papers_of(p.session, item) if one.act in acts]
    return [read_paper(p.session, p.work.runtime.ring, one)["form"] for one in filed]


def important_points(p: AnyReport) -> set[str]:
    """Numbers that the analyses of the unit's surveys mark as important."""
    of = p.session.get_one(Engagement, p.subject.engagement_id)
    return {no for form in _forms(p, of, ("analyse_survey",)) for no in form["important_points"]}


def _of_unit(p: AnyReport, model: Any) -> Any:
    return p.session.scalars(
        select(model).where(model.engagement_id == p.subject.engagement_id)
    ).one_or_none()


def cited(p: AnyReport) -> set[str]:
    """By either report, as it stands."""
    reports = [one for one in (_of_unit(p, UnitReport), _of_unit(p, ClueReport)) if one is not None]
    latest = [forms[-1] for one in reports if (forms := _forms(p, one, TEXTS))]
    return {no for form in latest for no in form.get("cited_points", ())}


def in_neither_report(p: AnyReport) -> set[str]:
    """Once both are submitted; where it is noted nobody reads who may not know what the clue report cites."""
    report = _of_unit(p, UnitReport)
    if report is None or report.submitted_on is None:
        return set()
    return important_points(p) - cited(p)


NOTED: dict[str, Any] = {
    "warns": (Warns(CLAUSE, in_neither_report),),
    "fills": (Fills(CLAUSE, lambda p: sorted(cited(p))),),
}
"""What an act on a clue report declares that looks whether every point stands in a report."""
NOTE_POINTS: AnyAct = Act(
    name="note_survey_points",
    zh="测评问卷重要问题的运用",
    en="Whether the surveys' points are in a report",
    clauses=(CLAUSE,),
    on=ClueReport,
    by=(),
    paper=StageNote,
    keeps_paper=False,
    **NOTED,
)


def note_points(p: Performance[UnitReport, Any]) -> None:
    """The clue report may have come first."""
    p.session.flush()
    report = _of_unit(p, ClueReport)
    if report is not None and report.submitted_on is not None:
        perform_as_service(p.work, NOTE_POINTS, StageNote(stage="submitted"), report)


ACTS: tuple[AnyAct, ...] = (NOTE_POINTS,)
