"""The ledger of the persons and matters that the secretary named: entered, tracked, pressed, struck off (32.5)."""

from __future__ import annotations

from typing import Any

from contracts.refusals import RefusalCode
from services.chassis.access import anyone
from services.chassis.act import Act, Meets, Opens, Tells
from services.chassis.perform import AnyAct
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.subject import RESTRICTED
from services.chassis.tables import DirectoryPerson
from services.inspection.acts.posts import HANDLER, OFFICE
from services.inspection.papers.results import (
    KeyIssueClosing,
    KeyIssueEntry,
    KeyIssueNaming,
    KeyIssueProgress,
)
from services.inspection.storage_named import KeyIssue

Naming = Performance[KeyIssue, KeyIssueNaming]
AnyIssue = Performance[KeyIssue, Any]


def named(p: Naming) -> KeyIssue:
    return KeyIssue(
        id=p.work.new_id(), no="", state="named", version=0, secrecy=RESTRICTED, office_id=p.paper.office_id,
        unit_id="", registrar_id="", handler_id="", liaison_office_id="", addressee_id="", opened_on=p.today,
        changed_at=p.work.now, round_id=p.paper.round_id, named_code=p.paper.kind.value,
    )  # fmt: skip


def note_person(p: Naming) -> None:
    if p.paper.person_id:
        p.add_party(p.paper.person_id)


NAME_ISSUE = Act(
    name="name_issue",
    zh="书记点人点事",
    en="The secretary named a person or matter",
    clauses=("XC-32.3b", "XC-32.5b"),
    on=KeyIssue,
    by=(),
    paper=KeyIssueNaming,
    new=named,
    becomes="named",
    effect=note_person,
    tells=(
        Tells(
            "inspection_office_director", "key_issue_named", "XC-32.5b", office=lambda p: p.subject.office_id
        ),
    ),
)


def owner_may_know(p: Performance[KeyIssue, KeyIssueEntry]) -> None:
    """Somebody of the inspection office, and not whom it is about nor their line."""
    owner = look_up(p.session, DirectoryPerson, p.paper.owner_id)
    if owner is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="owner_id")
    if owner.office_id != p.subject.office_id:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="owner_id", clauses=("XC-32.5b",))
    if owner.person_id in p.standing.reported:
        raise p.refuse(RefusalCode.CONFLICT_OF_INTEREST, field="owner_id", clauses=("XC-32.5b",))


def keep_owner(p: Performance[KeyIssue, KeyIssueEntry]) -> None:
    p.subject.handler_id = p.paper.owner_id


PROGRESS_AWAITED = Opens(
    "XC-32.5b",
    "progress_within",
    "inspection_office",
    lambda p: p.today,
    owed_person=lambda p: p.subject.handler_id,
    warn_before=(7, 1),
)
ENTER_LEDGER = Act(
    name="enter_ledger",
    zh="建立管理台账",
    en="Enter it in the ledger",
    clauses=("XC-32.5b",),
    on=KeyIssue,
    by=OFFICE,
    paper=KeyIssueEntry,
    when=("named",),
    becomes="tracked",
    guards=(owner_may_know,),
    effect=keep_owner,
    opens=(PROGRESS_AWAITED,),
    tells=(Tells("", "key_issue_to_track", "XC-32.5b", person=lambda p: p.subject.handler_id),),
)


def note_progress(p: AnyIssue) -> None:
    p.subject.progress_on = p.today


RECORD_PROGRESS = Act(
    name="record_progress",
    zh="登记进展",
    en="Record progress",
    clauses=("XC-32.5b",),
    on=KeyIssue,
    by=(anyone(HANDLER),),
    paper=KeyIssueProgress,
    when=("tracked",),
    effect=note_progress,
    meets=(Meets("XC-32.5b"),),
    opens=(PROGRESS_AWAITED,),
)


def note_closing(p: AnyIssue) -> None:
    p.subject.closed_on = p.today
    p.void("XC-32.5b")


CLOSE_ISSUE = Act(
    name="close_issue",
    zh="销号",
    en="Strike it off",
    clauses=("XC-32.5b",),
    on=KeyIssue,
    by=OFFICE,
    paper=KeyIssueClosing,
    when=("tracked",),
    becomes="closed",
    anytime=True,
    effect=note_closing,
)


ACTS: tuple[AnyAct, ...] = (NAME_ISSUE, ENTER_LEDGER, RECORD_PROGRESS, CLOSE_ISSUE)
