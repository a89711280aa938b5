"""The round's work plan and the decision that authorises the leaders (XC-1.2, XC-1.3a, XC-1.3b)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.events.inspection_rounds import RoundPlanApproved, RoundPlanFiled
from contracts.refusals import RefusalCode
from services.chassis.act import Act, Document, HandOn, Meets, Opens, Step, Tells
from services.chassis.performance import Performance
from services.inspection.acts.posts import HEAD_OR_STANDING_DEPUTY, OFFICE, ids_in, not_in_the_future
from services.inspection.papers.round import AuthorisationDecision, PrefectureFiling, RoundWorkPlan
from services.inspection.storage_round import Round, Team

AnyRound = Performance[Round, Any]
Planning = Performance[Round, RoundWorkPlan]
Deciding = Performance[Round, AuthorisationDecision]
BEFORE_THE_PLAN = dict.fromkeys(("opened", "targets_proposed"), RefusalCode.PRECONDITION_NOT_MET)


def not_approved_yet(column: str) -> Any:
    """A need: what the column dates is not approved yet."""

    def need(p: AnyRound) -> None:
        if getattr(p.subject, column) is not None:
            raise p.refuse(RefusalCode.DUPLICATE)

    return need


def ends_after_it_begins(p: Planning) -> None:
    if p.paper.inspection_to <= p.paper.inspection_from:
        raise p.refuse(RefusalCode.DATE_ORDER, field="inspection_to")


def go_on_when_both_are_approved(p: AnyRound) -> None:
    if p.subject.work_plan_approved_on and p.subject.decision_approved_on:
        p.subject.state = "plans_approved"


def note_work_plan(p: Planning) -> None:
    p.subject.work_plan_approved_on = p.today
    go_on_when_both_are_approved(p)


SUBMIT_WORK_PLAN = Act(
    name="submit_work_plan",
    zh="报批巡察工作方案",
    en="Submit the round's work plan",
    clauses=("XC-1.2a", "XC-1.2b"),
    on=Round,
    by=OFFICE,
    paper=RoundWorkPlan,
    when=("assignment_plan_approved",),
    otherwise=BEFORE_THE_PLAN,
    approvals=(Step(HEAD_OR_STANDING_DEPUTY, "领导小组组长或常务副组长审批", "XC-1.2b"),),
    needs=(not_approved_yet("work_plan_approved_on"),),
    guards=(ends_after_it_begins,),
    effect=note_work_plan,
    opens=(Opens("XC-1.2c", "act_within", "inspection_office_director", lambda p: p.today),),
    hands_on=(
        HandOn(
            RoundPlanApproved,
            lambda p: RoundPlanApproved(
                round_id=p.subject.id,
                plan_version=p.subject.plan_version,
                approved_by=p.approver,
                approved_on=p.today,
            ),
        ),
    ),
    tells=(
        Tells("inspection_office", "round_plan_to_file", "XC-1.2c", office=lambda p: p.subject.office_id),
    ),
)


def plan_is_approved(p: AnyRound) -> None:
    if p.subject.work_plan_approved_on is None:
        raise p.refuse(RefusalCode.APPROVAL_REQUIRED, clauses=("XC-1.2c", "XC-1.2b"))


FILE_ROUND_PLAN = Act(
    name="file_round_plan",
    zh="工作方案报备",
    en="File the work plan with the prefecture office",
    clauses=("XC-1.2c",),
    on=Round,
    by=OFFICE,
    paper=PrefectureFiling,
    when=("opened", "targets_proposed", "assignment_plan_approved", "plans_approved", "staffed", "mobilised"),
    documents=(Document("prefecture_filing", "报备回执(扫描)", "XC-1.2c"),),
    needs=(plan_is_approved,),
    once=True,
    guards=(not_in_the_future("sent_on"),),
    meets=(Meets("XC-1.2c"),),
    hands_on=(
        HandOn(
            RoundPlanFiled,
            lambda p: RoundPlanFiled(
                round_id=p.subject.id, plan_version=p.subject.plan_version, filed_on=p.paper.sent_on
            ),
        ),
    ),
)


def leads_its_branch(p: Deciding) -> None:
    if any(line.branch_secretary_id != line.leader_id for line in p.paper.teams):
        raise p.refuse(RefusalCode.CONTENT_RULE, field="teams.branch_secretary_id", clauses=("XC-1.3a",))


def says_what_the_plan_says(p: Deciding) -> None:
    teams = p.session.scalars(select(Team).where(Team.round_id == p.subject.id))
    planned = {(team.team_no, team.leader_id, frozenset(ids_in(team.unit_ids))) for team in teams}
    if planned != {(line.team_no, line.leader_id, frozenset(line.unit_ids)) for line in p.paper.teams}:
        raise p.refuse(RefusalCode.CONTENT_RULE, field="teams", clauses=("XC-1.3a",))


def note_decision(p: Deciding) -> None:
    p.subject.decision_approved_on = p.today
    go_on_when_both_are_approved(p)


SUBMIT_DECISION = Act(
    name="submit_authorisation",
    zh="报批授权任职及任务分工决定",
    en="Submit the authorisation decision",
    clauses=("XC-1.3a", "XC-1.3b"),
    on=Round,
    by=OFFICE,
    paper=AuthorisationDecision,
    when=("assignment_plan_approved",),
    otherwise=BEFORE_THE_PLAN,
    approvals=(Step(HEAD_OR_STANDING_DEPUTY, "领导小组组长或常务副组长审批", "XC-1.3b"),),
    needs=(not_approved_yet("decision_approved_on"),),
    guards=(leads_its_branch, says_what_the_plan_says),
    effect=note_decision,
)
ACTS = (SUBMIT_WORK_PLAN, FILE_ROUND_PLAN, SUBMIT_DECISION)
