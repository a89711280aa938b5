"""The press release of the feedback: approved above, completed by the unit, cleared, published (XC-33.2, XC-35.2)."""

from __future__ import annotations

from typing import Any

from contracts.events.inspection_feedback import FeedbackReleaseApproved
from contracts.refusals import RefusalCode
from services.chassis.access import OWN_UNIT, anyone, post
from services.chassis.act import Act, HandOn, Step, Tells
from services.chassis.performance import Performance
from services.chassis.standing import Standing
from services.chassis.subject import NORMAL
from services.inspection.acts.field_items import item_at
from services.inspection.acts.posts import LEADER, OFFICE, TAKES_PART, TEAM, not_in_the_future
from services.inspection.acts.preparation import engagement_of
from services.inspection.acts.publicity import gates_passed
from services.inspection.domain.feedback_codes import Opinion
from services.inspection.papers.disclosure import (
    FeedbackReleaseClearance,
    FeedbackReleaseDraft,
    ReleaseGiven,
    ReleaseSubmission,
    UnitStatement,
)
from services.inspection.storage_unit import Engagement, Release

AnyRelease = Performance[Release, Any]
Drafting = Performance[Release, FeedbackReleaseDraft]
Clearing = Performance[Release, FeedbackReleaseClearance]
LEADING_GROUP_LEADER = post("leading_group_head", "standing_deputy_head", "leading_group_deputy", at=None)
PRINCIPAL = post("local_party_head", at=OWN_UNIT)
CONFIRMED = ("no_secret", "no_harm_to_reviews", "no_disclosure_breach", "no_hype", "no_mass_petition")


def opinions_are_drafted(p: Drafting) -> None:
    if "submit_feedback_drafts" not in Standing(p.session, engagement_of(p)).done:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, field="engagement_id", clauses=("XC-33.2a",))


def rests_on_the_leadership_opinion(p: Drafting) -> None:
    if p.paper.based_on is not Opinion.LEADERSHIP:
        raise p.refuse(RefusalCode.CONTENT_RULE, field="based_on", clauses=("XC-33.2a",))


def drafted(p: Drafting) -> Release:
    """The unit has no part in it until it is given to it: it is of no unit before."""
    of = engagement_of(p)
    common = item_at(p, of, state="template_drafted", secrecy=NORMAL, unit_id="")
    del common["team_id"]
    return Release(**common, round_id=of.round_id, occasion_code="feedback", staff_ids=of.staff_ids)


DRAFT_FEEDBACK_RELEASE = Act(
    name="draft_feedback_release",
    zh="起草反馈新闻稿",
    en="Draft the press release of the feedback",
    clauses=("XC-33.2a",),
    on=Release,
    by=(TAKES_PART,),
    paper=FeedbackReleaseDraft,
    new=drafted,
    becomes="template_drafted",
    guards=(opinions_are_drafted, rests_on_the_leadership_opinion),
)
APPROVE_TEMPLATE = Act(
    name="submit_feedback_release",
    zh="反馈新闻稿报批",
    en="Send the release of the feedback for approval",
    clauses=("XC-33.2b",),
    on=Release,
    by=TEAM,
    paper=ReleaseSubmission,
    when=("template_drafted",),
    becomes="template_approved",
    approvals=(
        Step(OFFICE[0], "巡察办审核", "XC-33.2b"),
        Step(LEADING_GROUP_LEADER, "领导小组有关领导审批", "XC-33.2b"),
    ),
)


def hand_to_the_unit(p: AnyRelease) -> None:
    p.subject.unit_id = p.session.get_one(Engagement, p.subject.engagement_id).unit_id


GIVE_TO_UNIT = Act(
    name="give_feedback_release",
    zh="反馈新闻稿交被巡察单位",
    en="Give the release to the unit",
    clauses=("XC-33.2b",),
    on=Release,
    by=(*TEAM, *OFFICE),
    paper=ReleaseGiven,
    when=("template_approved",),
    otherwise={"template_drafted": RefusalCode.APPROVAL_REQUIRED},
    becomes="with_unit",
    guards=(not_in_the_future("given_on"),),
    effect=hand_to_the_unit,
    tells=(
        Tells("local_party_head", "feedback_release_given", "XC-35.2a", office=lambda p: p.subject.unit_id),
    ),
)
ADD_STATEMENT = Act(
    name="add_unit_statement",
    zh="补充表态内容",
    en="Add the principal's statement",
    clauses=("XC-35.2a",),
    on=Release,
    by=(PRINCIPAL,),
    paper=UnitStatement,
    when=("with_unit",),
    becomes="completed_by_unit",
    tells=(Tells("", "feedback_release_completed", "XC-35.2a", person=lambda p: p.subject.leader_id),),
)


def five_points_are_confirmed(p: Clearing) -> None:
    for field in CONFIRMED:
        if not getattr(p.paper, field):
            raise p.refuse(RefusalCode.MISSING_FIELD, field=field, clauses=("XC-35.2b",))


def nothing_runs_against_the_unit(p: Clearing) -> None:
    """Or it was decided that the release may go out all the same."""
    if p.paper.under_investigation and not p.paper.release_decision_no:
        raise p.refuse(RefusalCode.CONTENT_RULE, field="release_decision_no", clauses=("XC-35.2b",))


def note_clearance(p: Clearing) -> None:
    p.subject.cleared_on = p.today


CLEAR_FEEDBACK_RELEASE = Act(
    name="clear_feedback_release",
    zh="反馈新闻稿审核把关",
    en="Send the release of the feedback through its three gates",
    clauses=("XC-35.2a", "XC-35.2b"),
    on=Release,
    by=TEAM,
    paper=FeedbackReleaseClearance,
    when=("completed_by_unit",),
    becomes="cleared",
    approvals=(
        Step(PRINCIPAL, "被巡察党组织主要负责人风险把关", "XC-35.2a"),
        Step(anyone(LEADER), "巡察组组长内容把关", "XC-35.2a"),
        Step(OFFICE[0], "巡察办宣传把关", "XC-35.2a"),
    ),
    guards=(five_points_are_confirmed, nothing_runs_against_the_unit),
    effect=note_clearance,
    hands_on=(
        HandOn(
            FeedbackReleaseApproved,
            lambda p: FeedbackReleaseApproved(
                round_id=p.subject.round_id,
                unit_id=p.subject.unit_id,
                text_ref=p.subject.id,
                approvals=gates_passed(p),
            ),
        ),
    ),
)
ACTS: tuple[Act[Any, Any], ...] = (
    DRAFT_FEEDBACK_RELEASE,
    APPROVE_TEMPLATE,
    GIVE_TO_UNIT,
    ADD_STATEMENT,
    CLEAR_FEEDBACK_RELEASE,
)
