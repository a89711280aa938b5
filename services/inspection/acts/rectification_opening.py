"""A unit's rectification begins with the feedback: its clocks, its problems, what each later step shares (step 40)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.working_days import published_calendar
from services.chassis.access import anyone, listed_ids
from services.chassis.act import Act, Tells
from services.chassis.clock import local_date
from services.chassis.duties import duties_of, open_duty
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.chassis.subject import NORMAL
from services.chassis.values import value_in_force
from services.inspection.acts.posts import LAID_BEFORE, OFFICE, ids_in
from services.inspection.acts.supervision_posts import AT_UNIT
from services.inspection.domain.after_feedback_codes import ReportKind
from services.inspection.domain.lateness import days_late
from services.inspection.papers.after_feedback import RectificationOpening, RectifiedIssueNote
from services.inspection.storage_after_feedback import Rectification
from services.inspection.storage_field import Issue
from services.inspection.storage_unit import Engagement

AnyRectification = Performance[Rectification, Any]
UNIT_OR_OFFICE = (*AT_UNIT, *OFFICE)
"""What the unit hands in it enters itself, or the office enters it from paper."""
SECTION_OR_OFFICE = (anyone(LAID_BEFORE), *OFFICE)


def begun(p: Performance[Rectification, RectificationOpening]) -> Rectification:
    of, paper = p.session.get_one(Engagement, p.paper.engagement_id), p.paper
    return Rectification(
        id=p.work.new_id(), no="", state="feedback_delivered", version=0, secrecy=NORMAL, office_id=of.office_id,
        unit_id=of.unit_id, registrar_id="", handler_id="", liaison_office_id="", addressee_id="",
        opened_on=p.today, changed_at=p.work.now, engagement_id=of.id, round_id=of.round_id,
        feedback_on=paper.feedback_on, issue_ids=listed_ids(paper.issue_ids), issue_count=len(paper.issue_ids),
    )  # fmt: skip


def owed_by_the_unit(p: AnyRectification, clause: str, value: str, **clock: Any) -> None:
    """A clock that the unit's principal owes; `recipient` and `counted_from` tell apart those of one clause."""
    duty = open_duty(
        p.work,
        p.subject,
        clause=clause,
        value=value,
        owed_by="local_party_head",
        owed_office=p.subject.unit_id,
        **clock,
    )
    p.opened.append(duty)


def start_clocks(p: Performance[Rectification, RectificationOpening]) -> None:
    p.session.flush()
    since = p.paper.feedback_on
    owed_by_the_unit(p, "XC-40.0b", "submit_within", counted_from=since)
    for kind in ReportKind:
        owed_by_the_unit(p, "XC-42.1a", "submit_within", counted_from=since, recipient=kind.value)


BEGIN_RECTIFICATION = Act(
    name="begin_rectification",
    zh="反馈后整改",
    en="Rectification begins",
    clauses=("XC-40.0a", "XC-40.0b", "XC-42.1a"),
    on=Rectification,
    by=(),
    paper=RectificationOpening,
    new=begun,
    becomes="feedback_delivered",
    effect=start_clocks,
    tells=(Tells("local_party_head", "rectification_begun", "XC-40.0a", office=lambda p: p.subject.unit_id),),
)
NOTE_ISSUE = Act(
    name="note_rectification",
    zh="登记整改进展",
    en="How far its rectification has come",
    clauses=("XC-40.0a", "XC-40.0e", "XC-42.1a", "XC-42.2c", "XC-43.0c", "XC-44.0a", "XC-45.0a"),
    on=Issue,
    by=(),
    paper=RectifiedIssueNote,
    effect=lambda p: setattr(p.subject, "state", p.paper.state),
    keeps_paper=False,
)


def move_issues(p: AnyRectification, state: str, numbers: set[int] | None = None) -> None:
    """The problems of the list (of these numbers) follow, but for one that a department has taken over (XC-38.0a)."""
    ids = ids_in(p.subject.issue_ids)
    chosen = [one for place, one in enumerate(ids, start=1) if numbers is None or place in numbers]
    moving = (Issue.id.in_(chosen), Issue.state != "transferred_to_department")
    query = select(Issue).where(*moving).order_by(Issue.id).with_for_update()
    for issue in p.session.scalars(query).all():
        perform_as_service(p.work, NOTE_ISSUE, RectifiedIssueNote(state=state), issue)


def numbers_in(listed: str) -> set[int]:
    return {int(one) for one in ids_in(listed)}


def listed_numbers(numbers: set[int]) -> str:
    return listed_ids(str(one) for one in sorted(numbers))


def late_by(p: AnyRectification, clause: str, recipient: str = "") -> int:
    """Days after the limit of an open clock, in its own unit; 0 in time, and where it was met before."""
    wanted = (clause, recipient, "open")
    found = [
        one for one in duties_of(p.session, p.subject) if (one.clause, one.recipient, one.status) == wanted
    ]
    if not found:
        return 0
    [clock] = found
    dated = value_in_force(p.session, clause, clock.value_name, local_date(clock.opened_at))
    return days_late(local_date(clock.due_at), p.today, dated.unit, published_calendar())


ACTS: tuple[Act[Any, Any], ...] = (BEGIN_RECTIFICATION, NOTE_ISSUE)
