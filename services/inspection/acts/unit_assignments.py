"""Who works with a unit: of staff who worked there before, a conflict declaration comes first (GL-1.29)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.refusals import RefusalCode
from services.chassis.access import Relation, anyone, holders, post
from services.chassis.act import Act, Tells
from services.chassis.performance import Performance
from services.chassis.tables import DirectoryAssignment
from services.inspection.acts.posts import persons_known
from services.inspection.acts.supervision_posts import HEAD, LEADERS, coverage_of, item_of, numbered
from services.inspection.papers.office_rules import (
    ASSIGNED,
    AssignmentConfirmation,
    AssignmentEnd,
    ConflictDeclaration,
    UnitAssignmentPaper,
)
from services.inspection.storage_office_rules import UnitAssignment

PERSON = Relation("person_id", "person_id")
Assigning = Performance[UnitAssignment, UnitAssignmentPaper]
AnyAssignment = Performance[UnitAssignment, Any]


def unit_and_person_are_the_offices(p: Assigning) -> None:
    coverage_of(p, p.paper.unit_id)
    persons_known(p, (p.paper.person_id,), "person_id")
    if p.paper.person_id not in holders(p.session, "dispatched_office", p.today, p.work.actor.office_id):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="person_id")


def not_assigned_already(p: Assigning) -> None:
    query = select(UnitAssignment.id).where(
        UnitAssignment.person_id == p.paper.person_id,
        UnitAssignment.unit_id == p.paper.unit_id,
        UnitAssignment.state != "ended",
    )
    if p.session.scalars(query).first() is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="person_id")


def worked_there(p: Assigning) -> bool:
    """By the directory, which keeps posts that have ended, or by what the head knows."""
    query = select(DirectoryAssignment.assignment_id).where(
        DirectoryAssignment.person_id == p.paper.person_id, DirectoryAssignment.unit_id == p.paper.unit_id
    )
    return p.paper.formerly_there or p.session.scalars(query).first() is not None


def proposed(p: Assigning) -> UnitAssignment:
    coverage = coverage_of(p, p.paper.unit_id)
    common = item_of(p, coverage, state="assigned", no=numbered(p, "LX", coverage.office_id))
    return UnitAssignment(**common, person_id=p.paper.person_id)


def ask_or_assign(p: Assigning) -> None:
    """Who worked there is not assigned yet."""
    if worked_there(p):
        p.subject.state = "declaration_asked"
    else:
        p.subject.assigned_on = p.today


ASSIGN = Act(
    name="assign_to_unit",
    zh="确定联系单位人员",
    en="Assign somebody to a unit",
    clauses=(ASSIGNED,),
    on=UnitAssignment,
    by=(post("dispatched_office_leader", at=None),),
    paper=UnitAssignmentPaper,
    new=proposed,
    becomes="assigned",
    guards=(unit_and_person_are_the_offices, not_assigned_already),
    effect=ask_or_assign,
    tells=(
        Tells(
            "",
            "conflict_declaration_asked",
            ASSIGNED,
            person=lambda p: p.subject.person_id,
            only_if=lambda p: p.subject.state == "declaration_asked",
        ),
    ),
)


def keep_declaration(p: Performance[UnitAssignment, ConflictDeclaration]) -> None:
    p.subject.state = "conflict_declared" if p.paper.has_conflict else "declared"


DECLARE = Act(
    name="declare_unit_conflict",
    zh="申报利益冲突",
    en="Declare a conflict, or that there is none",
    clauses=(ASSIGNED,),
    on=UnitAssignment,
    by=(anyone(PERSON),),
    paper=ConflictDeclaration,
    when=("declaration_asked",),
    effect=keep_declaration,
    tells=(Tells(HEAD, "conflict_declared", ASSIGNED, office=lambda p: p.subject.office_id),),
)


def note_assigned(p: AnyAssignment) -> None:
    p.subject.assigned_on = p.today


CONFIRM = Act(
    name="confirm_unit_assignment",
    zh="确认联系单位分工",
    en="Confirm the assignment",
    clauses=(ASSIGNED,),
    on=UnitAssignment,
    by=LEADERS,
    paper=AssignmentConfirmation,
    when=("declared",),
    otherwise=dict.fromkeys(("declaration_asked", "conflict_declared"), RefusalCode.CONFLICT_OF_INTEREST),
    becomes="assigned",
    effect=note_assigned,
)


def note_ended(p: AnyAssignment) -> None:
    p.subject.ended_on = p.today


END = Act(
    name="end_unit_assignment",
    zh="终止联系单位分工",
    en="End the assignment",
    clauses=(ASSIGNED,),
    on=UnitAssignment,
    by=LEADERS,
    paper=AssignmentEnd,
    when=("assigned", "declaration_asked", "declared", "conflict_declared"),
    becomes="ended",
    effect=note_ended,
    anytime=True,
)
ACTS: tuple[Act[Any, Any], ...] = (ASSIGN, DECLARE, CONFIRM, END)
