"""A unit's own list of its important matters, with the boundaries that it draws (LZ-6.1, LZ-6.2)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.refusals import RefusalCode
from services.chassis.act import Act
from services.chassis.performance import Performance
from services.inspection.acts.supervision_posts import (
    ANY_OFFICE,
    ANY_UNIT,
    AT_UNIT,
    IN_OFFICE,
    coverage_of,
    covered,
    item_of,
    unit_named,
)
from services.inspection.domain.boundaries import Boundary, read, written
from services.inspection.domain.meeting_codes import BoundaryKind
from services.inspection.papers.meetings import ListOfImportants, ListWithdrawal
from services.inspection.storage_meeting import ImportantsList

Listing = Performance[ImportantsList, ListOfImportants]


def list_in_force(session: Session, unit_id: str) -> ImportantsList | None:
    query = select(ImportantsList).where(
        ImportantsList.unit_id == unit_id, ImportantsList.state == "in_force"
    )
    return session.scalars(query).first()


def boundaries_of(session: Session, unit_id: str) -> list[Boundary]:
    """The amounts in force for the unit; none without a list."""
    found = list_in_force(session, unit_id)
    return read(found.boundaries) if found is not None else []


def boundaries_are_drawn(p: Listing) -> None:
    """Projects and funds by an amount, matters by criteria; each area once of a kind."""
    drawn: set[tuple[str, int]] = set()
    for line in p.paper.boundaries:
        if line.kind is BoundaryKind.MATTERS:
            if not line.criteria:
                raise p.refuse(
                    RefusalCode.MISSING_FIELD, field="boundaries.criteria", clauses=("LZ-6.2", "LZ-6.1")
                )
        elif line.amount is None or line.amount < 0:
            raise p.refuse(RefusalCode.OUT_OF_RANGE, field="boundaries.amount", clauses=("LZ-6.2",))
        if (line.kind.value, line.area_no) in drawn:
            raise p.refuse(RefusalCode.DUPLICATE, field="boundaries.area_no", clauses=("LZ-6.2",))
        drawn.add((line.kind.value, line.area_no))


def all_kinds_have_a_boundary(p: Listing) -> None:
    if {line.kind for line in p.paper.boundaries} != set(BoundaryKind):
        raise p.refuse(RefusalCode.MISSING_FIELD, field="boundaries.kind", clauses=("LZ-6.2",))


def is_the_first(p: Listing) -> None:
    """Later versions are revisions of the list in force."""
    if list_in_force(p.session, unit_named(p)) is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="unit_id")


def _written(p: Listing) -> str:
    lines = [line for line in p.paper.boundaries if line.kind is not BoundaryKind.MATTERS]
    return written(Boundary(line.kind.value, line.area_no, line.amount or 0) for line in lines)


def listed(p: Listing) -> ImportantsList:
    coverage = coverage_of(p, unit_named(p))
    common = item_of(p, coverage, state="in_force", no=f"QD-{coverage.unit_id}-{p.paper.effective_on.year}")
    return ImportantsList(**common, version_no=1, effective_on=p.paper.effective_on, boundaries=_written(p))


FILE_LIST = Act(
    name="file_importants_list",
    zh="报送三重一大事项清单",
    en="File the list of important matters",
    clauses=("LZ-6.1", "LZ-6.2"),
    on=ImportantsList,
    by=(*ANY_OFFICE, *ANY_UNIT),
    paper=ListOfImportants,
    new=listed,
    becomes="in_force",
    guards=(covered, boundaries_are_drawn, all_kinds_have_a_boundary, is_the_first),
)


def is_on_the_same_unit(p: Listing) -> None:
    if p.paper.unit_id and p.paper.unit_id != p.subject.unit_id:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="unit_id")


def next_version(p: Listing) -> None:
    p.subject.version_no += 1
    p.subject.effective_on = p.paper.effective_on
    p.subject.boundaries = _written(p)


REVISE_LIST = Act(
    name="revise_importants_list",
    zh="修订三重一大事项清单",
    en="Revise the list of important matters",
    clauses=("LZ-6.1", "LZ-6.2"),
    on=ImportantsList,
    by=(*IN_OFFICE, *AT_UNIT),
    paper=ListOfImportants,
    when=("in_force",),
    guards=(is_on_the_same_unit, boundaries_are_drawn, all_kinds_have_a_boundary),
    effect=next_version,
    anytime=True,
)
WITHDRAW_LIST = Act(
    name="withdraw_importants_list",
    zh="停用三重一大事项清单",
    en="Take the list out of force",
    clauses=("LZ-6.1",),
    on=ImportantsList,
    by=(*IN_OFFICE, *AT_UNIT),
    paper=ListWithdrawal,
    when=("in_force",),
    becomes="withdrawn",
    anytime=True,
)
"""The structure of the unit changes: until there is a new list, announcing a meeting warns of it (LZ-6.1)."""

ACTS: tuple[Act[Any, Any], ...] = (FILE_LIST, REVISE_LIST, WITHDRAW_LIST)
