"""What can be put right at once is demanded of the unit at once, with a limit (XC-25.0a)."""

from __future__ import annotations

from typing import Any

from contracts.events.inspection_team_work import ImmediateRectificationDemanded
from contracts.refusals import RefusalCode
from contracts.working_days import published_calendar
from services.chassis.act import Act, Document, HandOn, Meets, Tells
from services.chassis.duties import open_duty
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.inspection.acts.field_items import item_at, numbered
from services.inspection.acts.posts import TAKES_PART, TEAM_HEADS
from services.inspection.acts.preparation import engagement_of
from services.inspection.acts.supervision_posts import AT_UNIT
from services.inspection.domain.demand_codes import RectificationOutcome, warned_before
from services.inspection.papers.demand import DemandNote, HandlingProposal, OutcomeNote, RectificationResult
from services.inspection.storage_demand import RectificationDemand
from services.inspection.storage_field import Issue

Demanding = Performance[RectificationDemand, HandlingProposal]
OF_UNIT, OF_TEAM = "unit", "team"


def is_in_fieldwork(p: Demanding) -> None:
    if engagement_of(p).state != "fieldwork":
        raise p.refuse(RefusalCode.WRONG_STATE, field="engagement_id", clauses=("XC-25.0a",))


def can_be_put_right_at_once(p: Demanding) -> None:
    """Strong complaint, plain breach, quick remedy: all three of them."""
    for field in ("strong_complaint", "plain_breach", "quick_remedy"):
        if not getattr(p.paper, field):
            raise p.refuse(RefusalCode.OUT_OF_SCOPE, field=field, clauses=("XC-25.0a",))


def issue_of(p: Demanding) -> Issue:
    """A finding of this engagement without a signed paper; it is locked."""
    found = p.session.get(Issue, p.paper.issue_id, with_for_update=True)
    if found is None or found.engagement_id != p.paper.engagement_id:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="issue_id", clauses=("XC-25.0a",))
    return found


def the_limit_is_to_come(p: Demanding) -> None:
    issue_of(p)
    if p.paper.due_on < p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="due_on", clauses=("XC-25.0a",))


def issued(p: Demanding) -> RectificationDemand:
    of = engagement_of(p)
    return RectificationDemand(
        **item_at(p, of, state="issued", handler_id=of.leader_id, no=numbered(p, of.team_id, "LG")),
        deputy_ids=of.deputy_ids,
        staff_ids=of.staff_ids,
        issue_id=p.paper.issue_id,
        due_on=p.paper.due_on,
    )


def start_limit(p: Demanding) -> None:
    """Owed by the unit's principal and, so that they hear when nothing came, watched by the team's leader."""
    p.session.flush()
    perform_as_service(p.work, NOTE_DEMAND, DemandNote(demand_id=p.subject.id), issue_of(p))
    warn = warned_before(p.today, p.paper.due_on, published_calendar())
    for recipient, role, office, person in (
        (OF_UNIT, "local_party_head", p.subject.unit_id, ""),
        (OF_TEAM, "inspection_team", p.subject.office_id, p.subject.leader_id),
    ):
        duty = open_duty(
            p.work,
            p.subject,
            clause="XC-25.0a",
            value="rectify_by",
            owed_by=role,
            owed_office=office,
            owed_person=person,
            recipient=recipient,
            counted_from=p.paper.due_on,
            warn_before=warn,
        )
        p.opened.append(duty)


DEMAND_RECTIFICATION = Act(
    name="demand_rectification",
    zh="提出立行立改处置建议",
    en="Demand immediate rectification",
    clauses=("XC-25.0a",),
    on=RectificationDemand,
    by=(TAKES_PART,),
    paper=HandlingProposal,
    new=issued,
    becomes="issued",
    documents=(
        Document("immediate_rectification_proposal", "处置建议(盖章扫描)", "XC-25.0a", required=False),
    ),
    guards=(is_in_fieldwork, can_be_put_right_at_once, the_limit_is_to_come),
    effect=start_limit,
    hands_on=(
        HandOn(
            ImmediateRectificationDemanded,
            lambda p: ImmediateRectificationDemanded(
                proposal_id=p.subject.id,
                unit_id=p.subject.unit_id,
                issue_id=p.subject.issue_id,
                due_on=p.subject.due_on,
            ),
        ),
    ),
    tells=(
        Tells("local_party_head", "rectification_demanded", "XC-25.0a", office=lambda p: p.subject.unit_id),
    ),
)
NOTE_DEMAND = Act(
    name="note_demand",
    zh="已提出立行立改",
    en="Immediate rectification was demanded",
    clauses=("XC-25.0a",),
    on=Issue,
    by=(),
    paper=DemandNote,
    meets=(Meets("XC-25.0a"),),
)


def note_report(p: Performance[RectificationDemand, RectificationResult]) -> None:
    p.subject.reported_on = p.today


REPORT_RESULT = Act(
    name="report_rectification_result",
    zh="报送立行立改结果",
    en="Report the result",
    clauses=("XC-25.0a",),
    on=RectificationDemand,
    by=AT_UNIT,
    paper=RectificationResult,
    when=("issued",),
    becomes="reported",
    effect=note_report,
    meets=(Meets("XC-25.0a"),),
    tells=(Tells("", "rectification_reported", "XC-25.0a", person=lambda p: p.subject.leader_id),),
)


def without_a_result_not_rectified(p: Performance[RectificationDemand, OutcomeNote]) -> None:
    if p.subject.state == "issued" and p.paper.outcome is not RectificationOutcome.NOT:
        raise p.refuse(RefusalCode.MISSING_DOCUMENT, field="outcome", clauses=("XC-25.0a",))


def keep_outcome(p: Performance[RectificationDemand, OutcomeNote]) -> None:
    """Closed without a result: the clocks stand as they ran, open ones are void."""
    p.subject.outcome_code = p.paper.outcome.value
    p.void("XC-25.0a")


SETTLE_RECTIFICATION = Act(
    name="settle_rectification",
    zh="认定立行立改结果",
    en="Settle how it ended",
    clauses=("XC-25.0a",),
    on=RectificationDemand,
    by=TEAM_HEADS,
    paper=OutcomeNote,
    when=("reported", "issued"),
    becomes="closed",
    guards=(without_a_result_not_rectified,),
    effect=keep_outcome,
)
ACTS: tuple[Act[Any, Any], ...] = (DEMAND_RECTIFICATION, NOTE_DEMAND, REPORT_RESULT, SETTLE_RECTIFICATION)
