"""A joint team's members, its five steps, its conclusion and its report (GL-1.6, GL-1.7)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.events.inspection_special_supervision import SpecialSupervisionReported
from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids
from services.chassis.act import Act, Document, HandOn, Warns
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.tables import DirectoryAssignment, DirectoryOffice, DirectoryPerson
from services.inspection.acts.joint_supervisions import OF_LEAD, OF_TEAM
from services.inspection.acts.posts import ids_in, not_in_the_future, persons_known
from services.inspection.domain.joint_codes import EMBEDDED, WITHIN_THE_BODY, JointStep
from services.inspection.papers.joint import (
    EMBED,
    METHOD,
    JointChecker,
    JointConclusion,
    JointReport,
    StepRecord,
)
from services.inspection.storage_joint import JointSupervision

AnyJoint = Performance[JointSupervision, Any]
Adding = Performance[JointSupervision, JointChecker]
Recording = Performance[JointSupervision, StepRecord]


def is_of_a_body_of_the_team(p: Adding) -> None:
    persons_known(p, (p.paper.person_id,), "person_id")
    if p.paper.body_id not in ids_in(p.subject.body_ids):
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="body_id", clauses=(EMBED,))
    if p.paper.person_id in ids_in(p.subject.checker_ids):
        raise p.refuse(RefusalCode.DUPLICATE, field="person_id")


def is_of_the_body_under_check(p: Adding) -> bool:
    """By where the directory has the person, by a post there, or as staff of what sits inside that body."""
    units = set(ids_in(p.subject.unit_ids))
    person = look_up(p.session, DirectoryPerson, p.paper.person_id)
    posts = select(DirectoryAssignment.unit_id).where(DirectoryAssignment.person_id == p.paper.person_id)
    there = {person.unit_id if person else "", *p.session.scalars(posts)}
    return bool(there & units)


def _sits_within(p: Adding) -> bool:
    body = look_up(p.session, DirectoryOffice, p.paper.body_id)
    return body is not None and body.kind == WITHIN_THE_BODY


def checks_nobody_of_their_own(p: Adding) -> None:
    """The text itself names the organs discipline commission: that one is let in with a reason, and flagged."""
    if is_of_the_body_under_check(p) and not (_sits_within(p) and p.paper.exemption_reason):
        raise p.refuse(RefusalCode.CONFLICT_OF_INTEREST, field="person_id", clauses=(EMBED,))


def add_checker(p: Adding) -> None:
    item = p.subject
    item.checker_ids = listed_ids([*ids_in(item.checker_ids), p.paper.person_id])
    if is_of_the_body_under_check(p):
        item.exempt_ids = listed_ids([*ids_in(item.exempt_ids), p.paper.person_id])


ADD_CHECKER = Act(
    name="add_joint_checker",
    zh="增加检查人员",
    en="Add a member to the team",
    clauses=(EMBED,),
    on=JointSupervision,
    by=OF_LEAD,
    paper=JointChecker,
    when=("opened",),
    guards=(is_of_a_body_of_the_team, checks_nobody_of_their_own),
    effect=add_checker,
    warns=(Warns(EMBED, lambda p: ids_in(p.subject.exempt_ids)),),
    anytime=True,
)


def says_what_or_why_not(p: Recording) -> None:
    if p.paper.applies and not p.paper.content:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="content")
    if not p.paper.applies and not p.paper.not_applicable_reason:
        raise p.refuse(RefusalCode.MISSING_REASON, field="not_applicable_reason")


def keep_step(p: Recording) -> None:
    """Again if need be: the latest record counts."""
    p.subject.taken_steps = listed_ids(dict.fromkeys([*ids_in(p.subject.taken_steps), p.paper.step.value]))


RECORD_STEP = Act(
    name="record_joint_step",
    zh="登记五步工作法步骤",
    en="Record a step of the method",
    clauses=(METHOD,),
    on=JointSupervision,
    by=OF_TEAM,
    paper=StepRecord,
    when=("opened",),
    guards=(says_what_or_why_not, not_in_the_future("taken_on")),
    effect=keep_step,
)


def all_steps_are_taken(p: AnyJoint) -> None:
    """Of an embedded supervision; others use the method as far as they need it."""
    if p.subject.joint_type == EMBEDDED and len(ids_in(p.subject.taken_steps)) < len(JointStep):
        raise p.refuse(RefusalCode.MISSING_FIELD, field="steps")


def not_before_it_began(p: Performance[JointSupervision, JointConclusion]) -> None:
    if p.paper.concluded_on < p.subject.opened_on:
        raise p.refuse(RefusalCode.DATE_ORDER, field="concluded_on")


CONCLUDE_JOINT = Act(
    name="conclude_joint_supervision",
    zh="结束联合监督",
    en="Conclude a joint supervision",
    clauses=(METHOD,),
    on=JointSupervision,
    by=OF_LEAD,
    paper=JointConclusion,
    when=("opened",),
    becomes="concluded",
    guards=(not_in_the_future("concluded_on"), not_before_it_began, all_steps_are_taken),
    sets=("concluded_on",),
)


def note_reported(p: AnyJoint) -> None:
    p.subject.reported_on = p.today


def _reported(p: AnyJoint) -> SpecialSupervisionReported:
    lead = look_up(p.session, DirectoryOffice, p.subject.office_id)
    return SpecialSupervisionReported(
        check_id=p.subject.id, channel_role=lead.kind if lead else "district_commission", reported_on=p.today
    )


REPORT_JOINT = Act(
    name="report_joint_supervision",
    zh="报告联合监督",
    en="Report a joint supervision",
    clauses=(METHOD,),
    on=JointSupervision,
    by=OF_LEAD,
    paper=JointReport,
    when=("concluded",),
    becomes="reported",
    documents=(Document("special_supervision_report", "联合监督报告(盖章扫描)", METHOD, required=False),),
    effect=note_reported,
    hands_on=(HandOn(SpecialSupervisionReported, _reported),),
)
ACTS: tuple[Act[Any, Any], ...] = (ADD_CHECKER, RECORD_STEP, CONCLUDE_JOINT, REPORT_JOINT)
