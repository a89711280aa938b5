"""Other problems go to the departments that they belong to, as the secretary's meeting asked (XC-38.0a)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import or_, select

from contracts.events.inspection_leaving import IssueTransferred
from contracts.refusals import RefusalCode
from services.chassis.access import visible
from services.chassis.act import Act, Document, HandOn
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.subject import RESTRICTED
from services.chassis.tables import DirectoryOffice
from services.inspection.acts.posts import ANY_OFFICE, OFFICE, not_in_the_future, round_of
from services.inspection.papers.expedite import LeavingNote
from services.inspection.papers.handing import DepartmentAnswer, OtherIssueTransfer
from services.inspection.storage_field import Issue
from services.inspection.storage_handing import IssueTransfer
from services.inspection.storage_leaving import LedgerEntry
from services.inspection.storage_unit import Engagement

Transferring = Performance[IssueTransfer, OtherIssueTransfer]


def is_no_clue(p: Transferring) -> None:
    """What is on a leading cadre goes the way of step 37, whatever it is called here."""
    knows, named = p.work.runtime.kinds[LedgerEntry.KIND].knows, p.paper.issue_id
    query = select(LedgerEntry.id).where(
        or_(LedgerEntry.id == named, LedgerEntry.entry_key == named),
        visible(LedgerEntry, p.work.actor, knows),
    )
    if p.paper.concerns_leading_cadre or p.session.scalars(query).first() is not None:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="issue_id", clauses=("XC-38.0a", "XC-37.3b"))


def of_the_round(p: Transferring) -> Issue:
    """Raises Refusal(UNKNOWN_REFERENCE) for a problem that no team of the round has found."""
    query = (
        select(Issue)
        .join(Engagement, Engagement.id == Issue.engagement_id)
        .where(Issue.id == p.paper.issue_id, Engagement.round_id == round_of(p, p.paper.round_id).id)
    )
    issue = p.session.scalars(query).one_or_none()
    if issue is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="issue_id")
    return issue


def is_of_the_round(p: Transferring) -> None:
    of_the_round(p)


def the_meeting_asked_for_it(p: Transferring) -> None:
    if not p.paper.secretary_meeting_ref:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, field="secretary_meeting_ref", clauses=("XC-38.0a",))
    if round_of(p, p.paper.round_id).secretary_heard_on is None:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, field="round_id", clauses=("XC-38.0a",))


def to_a_department(p: Transferring) -> None:
    if look_up(p.session, DirectoryOffice, p.paper.department_id) is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="department_id")
    of_it = select(IssueTransfer.id).where(
        IssueTransfer.issue_id == p.paper.issue_id, IssueTransfer.department_id == p.paper.department_id
    )
    if p.session.scalars(of_it).first() is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="issue_id")


def transferred(p: Transferring) -> IssueTransfer:
    issue = of_the_round(p)
    return IssueTransfer(
        id=p.work.new_id(), no="", state="transferred", version=0, secrecy=RESTRICTED, office_id=issue.office_id,
        unit_id=issue.unit_id, registrar_id=p.work.actor.person_id, handler_id="", liaison_office_id="",
        addressee_id="", opened_on=p.today, changed_at=p.work.now, round_id=p.paper.round_id, issue_id=issue.id,
        department_id=p.paper.department_id, handed_on=p.today,
    )  # fmt: skip


def number_and_note(p: Transferring) -> None:
    """What is fed back to the unit besides stays on its list."""
    year = p.today.year
    p.subject.no = f"XCQT-{year}-{p.work.next_number(f'issue_transfer/{year}'):05d}"
    issue = p.session.get_one(Issue, p.subject.issue_id, with_for_update=True)
    if issue.state == "reported":
        perform_as_service(p.work, NOTE_ISSUE_TRANSFERRED, LeavingNote(transfer_id=p.subject.id), issue)


TRANSFER_ISSUE = Act(
    name="transfer_issue",
    zh="移交其他问题",
    en="Hand another problem to a department",
    clauses=("XC-38.0a",),
    on=IssueTransfer,
    by=ANY_OFFICE,
    paper=OtherIssueTransfer,
    new=transferred,
    becomes="transferred",
    documents=(Document("other_issue_transfer", "其他问题移交函(扫描)", "XC-38.0a", required=False),),
    guards=(is_no_clue, the_meeting_asked_for_it, is_of_the_round, to_a_department),
    effect=number_and_note,
    hands_on=(
        HandOn(
            IssueTransferred,
            lambda p: IssueTransferred(
                issue_id=p.subject.issue_id,
                department=p.subject.department_id,
                transferred_on=p.subject.handed_on,
            ),
        ),
    ),
)


def note_answer(p: Performance[IssueTransfer, DepartmentAnswer]) -> None:
    p.subject.replied_on = p.paper.replied_on
    issue = p.session.get_one(Issue, p.subject.issue_id, with_for_update=True)
    if issue.state == "transferred_to_department":
        perform_as_service(p.work, NOTE_ISSUE_ANSWERED, LeavingNote(transfer_id=p.subject.id), issue)


RECORD_DEPARTMENT_ANSWER = Act(
    name="record_department_answer",
    zh="登记职能部门回复",
    en="Record the department's answer",
    clauses=("XC-38.0a",),
    on=IssueTransfer,
    by=OFFICE,
    paper=DepartmentAnswer,
    when=("transferred",),
    becomes="answered",
    guards=(not_in_the_future("replied_on"),),
    effect=note_answer,
)
NOTE_ISSUE_TRANSFERRED = Act(
    name="note_issue_transferred",
    zh="问题移交职能部门",
    en="The problem went to a department",
    clauses=("XC-38.0a",),
    on=Issue,
    by=(),
    paper=LeavingNote,
    when=("reported",),
    becomes="transferred_to_department",
)
NOTE_ISSUE_ANSWERED = Act(
    name="note_issue_answered",
    zh="职能部门已回复",
    en="The department has answered",
    clauses=("XC-38.0a",),
    on=Issue,
    by=(),
    paper=LeavingNote,
    when=("transferred_to_department",),
    becomes="closed",
)
ACTS: tuple[Act[Any, Any], ...] = (
    TRANSFER_ISSUE,
    RECORD_DEPARTMENT_ANSWER,
    NOTE_ISSUE_TRANSFERRED,
    NOTE_ISSUE_ANSWERED,
)
