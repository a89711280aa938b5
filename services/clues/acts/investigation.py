"""Investigating a case: group, plan, the head's approval, and the way to review (LZ-15.5, LZ-15.6, LZ-17.1)."""

from __future__ import annotations

from contracts.events.clues_cases import CaseSentForReview
from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids
from services.chassis.act import Act, Document, HandOn, Tells, approved_by
from services.chassis.performance import Performance
from services.chassis.values import value_in_force
from services.clues.acts.filing import INVESTIGATING, AnyCase
from services.clues.acts.filing_approval import REQUEST_FILING, head_files
from services.clues.acts.group import are_staff, are_unrelated, ids_in, is_related
from services.clues.acts.ledger import not_by_one_alone
from services.clues.acts.reported import head_may_decide
from services.clues.domain.case import ReviewPath
from services.clues.papers.investigation import (
    InvestigationGroup,
    InvestigationPlan,
    InvestigationReport,
    PlanApprovalRequest,
)
from services.clues.storage_case import BEFORE_FILING, UNDER_INVESTIGATION, Case

Grouping = Performance[Case, InvestigationGroup]
NOT_FILED = dict.fromkeys(BEFORE_FILING, RefusalCode.APPROVAL_REQUIRED)
INVESTIGATED_ANEW = (*UNDER_INVESTIGATION, "returned_to_investigation")
"""A case that came back may be sent again as it is, or with another group or plan, which is approved anew."""


def investigated(item: Case) -> frozenset[str]:
    """Whoever verified or investigated it, also those who left the group since: none of them reviews it."""
    return frozenset(ids_in(item.investigator_ids))


def not_grouped_by_one_alone(p: AnyCase) -> None:
    """What the commission approved went through two more hands already."""
    if head_files(p):
        not_by_one_alone(p, REQUEST_FILING.name)


def group_is_known(p: Grouping) -> None:
    are_staff(p, _named(p), "LZ-15.5")
    are_staff(p, [("safety_officer_id", p.paper.safety_officer_id)], "LZ-15.7")


def nobody_related(p: Grouping) -> None:
    are_unrelated(p, _named(p), "LZ-15.5")
    are_unrelated(p, [("safety_officer_id", p.paper.safety_officer_id)], "LZ-15.7")


def group_is_large_enough(p: Grouping) -> None:
    """At least two, the lead among them: the general rule for questioning, a parameter here."""
    least = value_in_force(p.session, "LZ-15.5", "group_at_least", p.today).amount
    if len({p.paper.lead_id, *p.paper.member_ids}) < least:
        raise p.refuse(RefusalCode.OUT_OF_RANGE, field="member_ids", clauses=("LZ-15.5",))


def _named(p: Grouping) -> list[tuple[str, str]]:
    return [("lead_id", p.paper.lead_id), *(("member_ids", member) for member in p.paper.member_ids)]


def was_filed(p: AnyCase) -> None:
    """What came back of a case on a judgement is not investigated: it goes to review again (LZ-15.10)."""
    if not p.subject.filing_no:
        raise p.refuse(RefusalCode.WRONG_STATE, clauses=("LZ-15.10", *p.act.clauses))


def keep_group(p: Grouping) -> None:
    """The plan names the group: with another group it is approved anew."""
    item, paper = p.subject, p.paper
    group = {paper.lead_id, *paper.member_ids}
    item.lead_id = paper.lead_id
    item.group_ids = listed_ids(sorted(group))
    item.investigator_ids = listed_ids(sorted(group | investigated(item)))
    item.safety_officer_id = paper.safety_officer_id
    void_approval(p)


def void_approval(p: AnyCase) -> None:
    """Whatever was approved or is waiting was for the version before (ruling 10)."""
    p.subject.plan_approved_on = None
    for proposal, _ in p.standing.proposals:
        if proposal.status == "pending":
            proposal.status = "lapsed"


SET_UP_GROUP = Act(
    name="set_up_group",
    zh="成立(调整)审查调查组",
    en="Set up or change the investigation group",
    clauses=("LZ-15.4", "LZ-15.5", "LZ-15.7"),
    on=Case,
    by=INVESTIGATING,
    paper=InvestigationGroup,
    when=INVESTIGATED_ANEW,
    otherwise=NOT_FILED,
    becomes="filed",
    needs=(was_filed, not_grouped_by_one_alone),
    guards=(group_is_known, nobody_related, group_is_large_enough),
    effect=keep_group,
)


def keep_plan(p: Performance[Case, InvestigationPlan]) -> None:
    p.subject.plan_version += 1
    void_approval(p)
    p.facts |= {"plan_version": p.subject.plan_version}


SAVE_INVESTIGATION_PLAN = Act(
    name="save_investigation_plan",
    zh="拟定(修改)审查调查方案",
    en="Draw up or change the investigation plan",
    clauses=("LZ-15.6", "LZ-15.7"),
    on=Case,
    by=INVESTIGATING,
    paper=InvestigationPlan,
    when=INVESTIGATED_ANEW,
    otherwise=NOT_FILED,
    becomes="filed",
    needs=(was_filed,),
    documents=(Document("investigation_plan", "审查调查方案(扫描)", "LZ-15.6", required=False),),
    effect=keep_plan,
)


def group_is_set_up(p: AnyCase) -> None:
    if not p.subject.group_ids:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="lead_id", clauses=("LZ-15.5",))


def plan_is_drawn_up(p: AnyCase) -> None:
    if not p.subject.plan_version:
        raise p.refuse(
            RefusalCode.MISSING_DOCUMENT, field="attachments.investigation_plan", clauses=("LZ-15.6",)
        )


def group_is_still_free(p: AnyCase) -> None:
    named = [*ids_in(p.subject.group_ids), p.subject.safety_officer_id]
    if any(is_related(p, person_id) for person_id in named):
        raise p.refuse(RefusalCode.CONFLICT_OF_INTEREST, clauses=("LZ-15.5",))


def approve_plan(p: AnyCase) -> None:
    p.subject.plan_approved_on = p.today
    p.facts |= {"plan_version": p.subject.plan_version}


REQUEST_PLAN_APPROVAL = Act(
    name="request_plan_approval",
    zh="呈批审查调查方案",
    en="Request approval of the plan",
    clauses=("LZ-15.5", "LZ-15.6", "LZ-15.7"),
    on=Case,
    by=INVESTIGATING,
    paper=PlanApprovalRequest,
    when=("filed",),
    otherwise=NOT_FILED,
    becomes="investigating",
    needs=(group_is_set_up, plan_is_drawn_up, head_may_decide),
    guards=(group_is_still_free,),
    approvals=(approved_by("dispatched_office_head", "派驻机构主要负责人审批", "LZ-15.6", sole=True),),
    effect=approve_plan,
    tells=(Tells("", "investigation_plan_approved", "LZ-15.6", person=lambda p: p.subject.lead_id),),
)


def not_sent_by_one_alone(p: AnyCase) -> None:
    not_by_one_alone(p, REQUEST_PLAN_APPROVAL.name)


def note_sent(p: Performance[Case, InvestigationReport]) -> None:
    """A case that came back from review rests on what it was sent on first; what was suspected once is looked at."""
    p.subject.path_code = p.subject.path_code or ReviewPath.INVESTIGATION.value
    p.subject.proposal_code = p.paper.proposal_code.value
    p.subject.sent_on = p.today
    p.subject.eight_point = p.subject.eight_point or p.paper.eight_point


SEND_FOR_REVIEW = Act(
    name="send_for_review",
    zh="移送审理",
    en="Send the case for review",
    clauses=("LZ-17.1",),
    on=Case,
    by=INVESTIGATING,
    paper=InvestigationReport,
    when=("investigating", "returned_to_investigation"),
    otherwise={"filed": RefusalCode.APPROVAL_REQUIRED},
    becomes="sent_for_review",
    documents=(Document("sanction_suggestion", "处分建议(盖章扫描)", "LZ-17.1", required=False),),
    needs=(not_sent_by_one_alone,),
    effect=note_sent,
    hands_on=(
        HandOn(
            CaseSentForReview,
            lambda p: CaseSentForReview(case_id=p.subject.id, path=p.subject.path_code, sent_on=p.today),
        ),
    ),
    tells=(
        Tells(
            "dispatched_office_head", "case_sent_for_review", "LZ-17.1", office=lambda p: p.subject.office_id
        ),
    ),
)
"""Whatever is proposed, a dismissal as well, goes through review: there is no other way out of an investigation."""
