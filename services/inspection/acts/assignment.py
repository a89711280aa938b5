"""Which team inspects which unit: candidates, the plan, its review and approval (XC-1.1c to XC-1.1g)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.events.inspection_rounds import AssignmentPlanApproved
from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids
from services.chassis.act import Act, After, HandOn, Warns, approved_by
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.chassis.subject import NORMAL
from services.chassis.tables import Approval, Proposal
from services.inspection.acts.posts import OFFICE, ids_in, persons_known
from services.inspection.acts.standing_to_units import led_in_the_round_before, led_last, relations_of
from services.inspection.domain.assignment import TeamLine, is_named_twice, leaders, pairs
from services.inspection.domain.codes import Participant
from services.inspection.domain.team_rules import Bar, comes_back, may_not_deputise
from services.inspection.papers.round import AssignmentPlan, LeaderCandidates, TeamFormation
from services.inspection.storage_round import Round, Team

Nominating = Performance[Round, LeaderCandidates]
Planning = Performance[Round, AssignmentPlan]
Lines = Performance[Round, Any]


def all_three_took_part(p: Nominating) -> None:
    if set(p.paper.participants) != set(Participant):
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, field="participants", clauses=("XC-1.1c",))


def teams_are_whole(p: Lines) -> None:
    for line in p.paper.teams:
        for field in ("leader_id", "unit_ids"):
            if not getattr(line, field):
                raise p.refuse(RefusalCode.MISSING_FIELD, field=f"teams.{field}", clauses=("XC-1.1f",))
    if not p.paper.teams:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="teams", clauses=("XC-1.1f",))
    if field := is_named_twice(p.paper.teams):
        raise p.refuse(RefusalCode.DUPLICATE, field=f"teams.{field}", clauses=("XC-1.1f", "XC-5.3b"))


def units_are_candidates(p: Lines) -> None:
    targets = set(ids_in(p.subject.unit_ids))
    if any(unit not in targets for line in p.paper.teams for unit in line.unit_ids):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="teams.unit_ids", clauses=("XC-1.1f",))


def leaders_known(p: Lines) -> None:
    for line in p.paper.teams:
        persons_known(p, leaders(line), "teams.leader_id")


def no_leader_comes_back_to_a_unit(p: Lines) -> None:
    """Three not fixed (XC-1.1d)."""
    for line in p.paper.teams:
        last = led_last(p.session, p.subject, line.unit_ids)
        keep_out(p, comes_back(last, line.leader_id, line.unit_ids), "teams.leader_id")


def led_the_round_before(p: Lines) -> list[str]:
    """Leaders of the round before this one who lead again: a gap (ours)."""
    led = led_in_the_round_before(p.session, p.subject)
    return sorted(led & {line.leader_id for line in p.paper.teams})


def keep_out(p: Performance[Any, Any], bar: Bar | None, field: str) -> None:
    """Refuses by the rule that bars somebody; what the rule rests on is not in the refusal."""
    if bar is not None:
        raise p.refuse(bar.code, field=field, clauses=(bar.clause,))


def nobody_must_avoid(p: Lines) -> None:
    for line in p.paper.teams:
        relations = relations_of(p.session, leaders(line), line.unit_ids)
        for person in leaders(line):
            keep_out(p, may_not_deputise(relations, person, line.unit_ids), "teams")


LINES_HOLD = (
    teams_are_whole,
    units_are_candidates,
    leaders_known,
    nobody_must_avoid,
    no_leader_comes_back_to_a_unit,
)


def keep_nominations(p: Nominating) -> None:
    p.subject.nominated = listed_ids(pairs(p.paper.teams))
    p.subject.nominated_on = p.today
    p.facts |= {"recusal_check": "passed", "teams": len(p.paper.teams)}


NOMINATE_LEADERS = Act(
    name="nominate_leaders",
    zh="提出组长、副组长建议人选",
    en="Propose leaders and deputies",
    clauses=("XC-1.1c", "XC-1.1d", "XC-1.1e"),
    on=Round,
    by=OFFICE,
    paper=LeaderCandidates,
    when=("targets_proposed",),
    guards=(all_three_took_part, *LINES_HOLD),
    effect=keep_nominations,
    warns=(Warns("XC-1.1d", led_the_round_before),),
)


def were_nominated(p: Planning) -> None:
    nominated = set(ids_in(p.subject.nominated))
    if not set(pairs(p.paper.teams)) <= nominated:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="teams.leader_id", clauses=("XC-1.1c",))


def form_teams(p: Planning) -> None:
    """A team for each line; its mandate comes with the decision and its announcement."""
    p.subject.plan_version += 1
    p.known["teams"] = [_form(p, line) for line in sorted(p.paper.teams, key=lambda one: one.team_no)]


def _form(p: Planning, line: TeamLine) -> str:
    paper = TeamFormation(
        round_id=p.subject.id,
        team_no=line.team_no,
        leader_id=line.leader_id,
        deputy_ids=line.deputy_ids,
        unit_ids=line.unit_ids,
    )
    team: Team = perform_as_service(p.work, FORM_TEAM, paper).subject
    return team.id


def formed(p: Performance[Team, TeamFormation]) -> Team:
    paper, of = p.paper, p.session.get_one(Round, p.paper.round_id)
    return Team(
        id=p.work.new_id(), no=f"{of.no}-{paper.team_no:02d}", state="approved", version=0, secrecy=NORMAL,
        office_id=of.office_id, registrar_id=of.registrar_id, handler_id=paper.leader_id, unit_id="",
        liaison_office_id="", addressee_id="", opened_on=p.today, changed_at=p.work.now, round_id=of.id,
        team_no=paper.team_no, leader_id=paper.leader_id, deputy_ids=listed_ids(paper.deputy_ids),
        staff_ids=listed_ids(dict.fromkeys(leaders(paper))), unit_ids=listed_ids(paper.unit_ids),
    )  # fmt: skip


FORM_TEAM = Act(
    name="form_team",
    zh="组建巡察组",
    en="A team is formed by the approved plan",
    clauses=("XC-1.1g",),
    on=Team,
    by=(),
    paper=TeamFormation,
    new=formed,
    becomes="approved",
)


def approvers(p: Planning) -> list[str]:
    """Who decided on the plan's steps, in order."""
    query = (
        select(Approval.person_id)
        .join(Proposal, Proposal.id == Approval.proposal_id)
        .where(
            Proposal.subject_id == p.subject.id,
            Proposal.paper_id == (p.filed.id if p.filed else ""),
        )
        .order_by(Approval.step)
    )
    return list(p.session.scalars(query))


def plan_event(p: Planning) -> AssignmentPlanApproved:
    reviewed_by, approved = approvers(p)[:2]
    return AssignmentPlanApproved(
        round_id=p.subject.id,
        plan_version=p.subject.plan_version,
        teams=tuple(p.known["teams"]),
        reviewed_by=reviewed_by,
        approved_by=approved,
        approved_on=p.today,
    )


SUBMIT_ASSIGNMENT_PLAN = Act(
    name="submit_assignment_plan",
    zh="报批任务分工方案",
    en="Submit the assignment plan",
    clauses=("XC-1.1f", "XC-1.1g", "XC-1.1d", "XC-1.1e"),
    on=Round,
    by=OFFICE,
    paper=AssignmentPlan,
    when=("targets_proposed",),
    becomes="assignment_plan_approved",
    approvals=(
        approved_by("standing_deputy_head", "领导小组常务副组长审核", "XC-1.1g", at=None),
        approved_by("leading_group_head", "领导小组组长审批", "XC-1.1g", at=None),
    ),
    after=(After("nominate_leaders", "XC-1.1c"),),
    guards=(*LINES_HOLD, were_nominated),
    effect=form_teams,
    warns=(Warns("XC-1.1d", led_the_round_before),),
    hands_on=(HandOn(AssignmentPlanApproved, plan_event),),
)
ACTS = (NOMINATE_LEADERS, SUBMIT_ASSIGNMENT_PLAN, FORM_TEAM)
