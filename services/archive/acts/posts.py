"""Who holds which post (任职), and no longer: one administrator proposes, the security administrator approves."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from sqlalchemy import select

from contracts.clause import catalogue
from contracts.events.archive import AssignmentChanged
from contracts.refusals import RefusalCode
from services.archive.acts.roster import SYSTEM_ADMINISTRATOR
from services.archive.domain.posts import can_be_held_together
from services.archive.papers.roster import LoadedPostAssignment, PostAssignment, PostEnd
from services.archive.storage import Assignment, Person
from services.chassis.access import ROLE_GROUPS, SYSTEM
from services.chassis.act import Act, HandOn, approved_by
from services.chassis.performance import Performance
from services.chassis.subject import NORMAL
from services.chassis.tables import DirectoryOffice

Assigning = Performance[Assignment, PostAssignment]
AnyAssignment = Performance[Assignment, Any]


def known_posts() -> frozenset[str]:
    """Posts that a person can hold: the catalogue's roles without the groups, the members of the groups, our own."""
    members = {role for group in ROLE_GROUPS.values() for role in group}
    return frozenset(({*catalogue().contents.roles} - {*ROLE_GROUPS}) | members | {"archivist"})


def is_a_post(p: Assigning) -> None:
    if p.paper.role not in known_posts():
        raise p.refuse(RefusalCode.OUT_OF_RANGE, field="role")
    if bool(p.paper.unit_id) == bool(p.paper.office_id):
        raise p.refuse(RefusalCode.CONTENT_RULE, field="office_id")
    if p.paper.valid_to is not None and p.paper.valid_to < p.paper.valid_from:
        raise p.refuse(RefusalCode.DATE_ORDER, field="valid_to")


def person_and_place_exist(p: Assigning) -> None:
    person = p.session.get(Person, p.paper.person_id)
    if person is None or person.state != "active":
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="person_id")
    place = p.paper.office_id or p.paper.unit_id
    if p.work.actor is not SYSTEM and p.session.get(DirectoryOffice, place) is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="office_id" if p.paper.office_id else "unit_id")


def not_to_oneself(p: Assigning) -> None:
    """Neither who proposes nor who approves a post gives it to themselves."""
    if p.paper.person_id == p.work.actor.person_id:
        raise p.refuse(RefusalCode.CONFLICT_OF_INTEREST, field="person_id")


def not_held_already(p: Assigning) -> None:
    if p.session.scalars(select(Assignment.id).where(Assignment.held_key == held_key(p.paper))).first():
        raise p.refuse(RefusalCode.DUPLICATE, field="role")


def separate_from_other_posts(p: Assigning) -> None:
    """The three administrators hold no other post, and nobody is two of them."""
    held = p.session.scalars(
        select(Assignment.role).where(
            Assignment.person_id == p.paper.person_id, Assignment.held_key.is_not(None)
        )
    )
    if not can_be_held_together(p.paper.role, held):
        raise p.refuse(RefusalCode.CONFLICT_OF_INTEREST, field="role")


def held_key(paper: PostAssignment) -> str:
    """One person holds one role at one place once at a time."""
    return f"{paper.person_id}/{paper.role}/{paper.office_id or paper.unit_id}"


def open_assignment(p: Assigning) -> Assignment:
    paper = p.paper
    given = paper.assignment_id if isinstance(paper, LoadedPostAssignment) else uuid4().hex
    return Assignment(
        id=given, no="", state="proposed", version=0, secrecy=NORMAL, office_id=paper.office_id,
        liaison_office_id="", unit_id=paper.unit_id, registrar_id=p.work.actor.person_id, handler_id="",
        addressee_id="", opened_on=p.today, changed_at=p.work.now, person_id=paper.person_id, role=paper.role,
        valid_from=paper.valid_from, valid_to=paper.valid_to, held_key=None,
    )  # fmt: skip


def hold(p: Assigning) -> None:
    p.subject.held_key = held_key(p.paper)


def ends_after_it_began(p: Performance[Assignment, PostEnd]) -> None:
    if p.paper.ends_on < p.subject.valid_from:
        raise p.refuse(RefusalCode.DATE_ORDER, field="ends_on")


def end(p: Performance[Assignment, PostEnd]) -> None:
    p.subject.valid_to, p.subject.held_key = p.paper.ends_on, None


def changed_event(p: AnyAssignment) -> AssignmentChanged:
    post = p.subject
    return AssignmentChanged(
        assignment_id=post.id, person_id=post.person_id, role=post.role, office_id=post.office_id,
        unit_id=post.unit_id, valid_from=post.valid_from, valid_to=post.valid_to, status=post.state,
        version=post.version,
    )  # fmt: skip


HANDED_ON = (HandOn(AssignmentChanged, changed_event),)

ASSIGN_POST = Act(
    name="assign_post", zh="登记任职", en="Assign a post", clauses=(), on=Assignment, by=(SYSTEM_ADMINISTRATOR,),
    paper=PostAssignment, new=open_assignment, becomes="held",
    guards=(is_a_post, person_and_place_exist, not_to_oneself, not_held_already, separate_from_other_posts),
    approvals=(approved_by("security_administrator", "安全保密管理员审批", "LZ-22.15", at=None),), effect=hold,
    hands_on=HANDED_ON,
)  # fmt: skip

END_POST = Act(
    name="end_post", zh="登记免职", en="End a post", clauses=(), on=Assignment, by=(SYSTEM_ADMINISTRATOR,),
    paper=PostEnd, when=("held",), becomes="ended", guards=(ends_after_it_began,),
    approvals=(approved_by("security_administrator", "安全保密管理员审批", "LZ-22.15", at=None),), effect=end,
    hands_on=HANDED_ON,
)  # fmt: skip
