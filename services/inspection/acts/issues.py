"""Findings and their working papers: written, re-checked, signed, kept; the fieldwork closes (step 23)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.refusals import RefusalCode
from services.chassis.access import anyone
from services.chassis.act import Act, Meets, Opens, Step
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED
from services.inspection.acts.posts import AUTHOR, DEPUTY, LEADER, TAKES_PART, TEAM_LEADER, ids_in
from services.inspection.acts.preparation import engagement_of
from services.inspection.papers.field import CustodyNote, FieldworkClosing, IssueEntry, WorkingPaper
from services.inspection.storage_field import Incident, Issue
from services.inspection.storage_unit import Engagement

Entering = Performance[Issue, IssueEntry]
Drafting = Performance[Issue, WorkingPaper]


def is_in_fieldwork(p: Entering) -> None:
    if engagement_of(p).state != "fieldwork":
        raise p.refuse(RefusalCode.WRONG_STATE, field="engagement_id")


def found(p: Entering) -> Issue:
    of, paper = engagement_of(p), p.paper
    return Issue(
        id=p.work.new_id(), no="", state="found", version=0, secrecy=RESTRICTED, office_id=of.office_id,
        unit_id=of.unit_id, registrar_id=p.work.actor.person_id, handler_id=p.work.actor.person_id,
        liaison_office_id="", addressee_id="", opened_on=p.today, changed_at=p.work.now, engagement_id=of.id,
        team_id=of.team_id, leader_id=of.leader_id, deputy_ids=of.deputy_ids, staff_ids=of.staff_ids,
        important=paper.important, sensitive=paper.sensitive, author_id=p.work.actor.person_id,
    )  # fmt: skip


RECORD_ISSUE = Act(
    name="record_issue",
    zh="登记发现问题",
    en="Enter a finding",
    clauses=("XC-23.0a",),
    on=Issue,
    by=(TAKES_PART,),
    paper=IssueEntry,
    new=found,
    becomes="found",
    guards=(is_in_fieldwork,),
    opens=(
        Opens(
            "XC-23.0a",
            "act_within",
            "team_member",
            lambda p: p.today,
            owed_person=lambda p: p.subject.author_id,
            only_if=lambda p: p.paper.important,
        ),
        Opens(
            "XC-25.0a",
            "act_within",
            "inspection_team",
            lambda p: p.today,
            owed_person=lambda p: p.subject.leader_id,
            only_if=lambda p: p.paper.rectify_now,
        ),
    ),
)


def has_supporting_material(p: Drafting) -> None:
    if not p.paper.supporting_material:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="supporting_material", clauses=("XC-23.0a",))


def is_rechecked_by_another(p: Drafting) -> None:
    """A deputy who wrote it re-checks nothing: there has to be another one."""
    if not set(ids_in(p.subject.deputy_ids)) - {p.subject.author_id}:
        raise p.refuse(RefusalCode.WRONG_APPROVER, clauses=("XC-23.0c",))


def note_signature(p: Drafting) -> None:
    p.subject.paper_version += 1
    p.subject.signed_on = p.today


DRAFT_PAPER = Act(
    name="draft_working_paper",
    zh="制作工作底稿",
    en="Write the working paper",
    clauses=("XC-23.0a", "XC-23.0b", "XC-23.0c"),
    on=Issue,
    by=(anyone(AUTHOR),),
    paper=WorkingPaper,
    when=("found",),
    becomes="paper_signed",
    approvals=(
        Step(anyone(DEPUTY), "副组长复核", "XC-23.0c"),
        Step(anyone(LEADER), "组长审签", "XC-23.0c"),
    ),
    guards=(has_supporting_material, is_rechecked_by_another),
    effect=note_signature,
    meets=(Meets("XC-23.0a"),),
)
REOPEN_PAPER = Act(
    name="reopen_working_paper",
    zh="重新制作底稿",
    en="Begin a new version of the working paper",
    clauses=("XC-23.0c",),
    on=Issue,
    by=(anyone(AUTHOR),),
    paper=FieldworkClosing,
    when=("paper_signed",),
    becomes="found",
    anytime=True,
    effect=lambda p: setattr(p.subject, "custodian_id", ""),
)


def custodian_is_of_the_team(p: Performance[Issue, CustodyNote]) -> None:
    if p.paper.custodian_id not in ids_in(p.subject.staff_ids):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="custodian_id", clauses=("XC-23.0d",))


def keep_custodian(p: Performance[Issue, CustodyNote]) -> None:
    p.subject.custodian_id = p.paper.custodian_id


KEEP_PAPER = Act(
    name="keep_working_paper",
    zh="交专人保管",
    en="Hand the signed paper to its custodian",
    clauses=("XC-23.0d",),
    on=Issue,
    by=(anyone(AUTHOR), anyone(LEADER)),
    paper=CustodyNote,
    when=("paper_signed",),
    guards=(custodian_is_of_the_team,),
    effect=keep_custodian,
)


def papers_are_kept(p: Performance[Engagement, Any]) -> None:
    loose = select(Issue.id).where(
        Issue.engagement_id == p.subject.id, Issue.state == "paper_signed", Issue.custodian_id == ""
    )
    if p.session.scalars(loose.limit(1)).first() is not None:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="custodian_id", clauses=("XC-23.0d",))


def important_issues_have_papers(p: Performance[Engagement, Any]) -> None:
    bare = select(Issue.id).where(
        Issue.engagement_id == p.subject.id, Issue.state == "found", Issue.important.is_(True)
    )
    if p.session.scalars(bare.limit(1)).first() is not None:
        raise p.refuse(RefusalCode.MISSING_DOCUMENT, clauses=("XC-23.0a",))


def incidents_are_reported(p: Performance[Engagement, Any]) -> None:
    """To the office each of them, as a major matter those that are."""
    open_one = select(Incident.id).where(Incident.engagement_id == p.subject.id, Incident.state == "occurred")
    if p.session.scalars(open_one.limit(1)).first() is not None:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, clauses=("XC-13.3b",))
    unreported = select(Incident.id).where(
        Incident.engagement_id == p.subject.id, Incident.major.is_(True), Incident.matter_id == ""
    )
    if p.session.scalars(unreported.limit(1)).first() is not None:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, clauses=("XC-27.0a",))


CLOSE_FIELDWORK = Act(
    name="close_fieldwork",
    zh="结束巡察了解",
    en="Close the fieldwork",
    clauses=("XC-23.0a", "XC-23.0d", "XC-13.3b", "XC-27.0a"),
    on=Engagement,
    by=TEAM_LEADER,
    paper=FieldworkClosing,
    when=("fieldwork",),
    becomes="withdrawal_prepared",
    guards=(papers_are_kept, important_issues_have_papers, incidents_are_reported),
)
ACTS = (RECORD_ISSUE, DRAFT_PAPER, REOPEN_PAPER, KEEP_PAPER, CLOSE_FIELDWORK)
