"""Loading the roster at set-up: the acts that the archivist and the administrator perform, as the service itself."""

from __future__ import annotations

from datetime import date

from services.archive.acts.posts import ASSIGN_POST
from services.archive.acts.roster import REGISTER_PERSON
from services.archive.papers.roster import LoadedPostAssignment, LoadedRosterEntry
from services.archive.storage import Assignment, Person
from services.chassis.perform import perform_as_service
from services.chassis.work import Work

SINCE = date(2020, 1, 1)
"""From when on a loaded entry counts, unless told otherwise: before any item on record."""


def load_person(
    work: Work, person_id: str, name: str, *, level: str, managing_authority: str, office_id: str = "",
    unit_id: str = "", superior_id: str = "", relatives: tuple[str, ...] = (), leadership_member: bool = False,
    party_head: bool = False, post_title: str = "", valid_from: date = SINCE,
) -> bool:  # fmt: skip
    """Enter a person unless the roster has them; returns whether it did. What people keep is never overwritten."""
    if work.session.get(Person, person_id) is not None:
        return False
    paper = LoadedRosterEntry(
        person_id=person_id, name=name, level=level, managing_authority=managing_authority, unit_id=unit_id,
        office_id=office_id, superior_id=superior_id, relatives=relatives, leadership_member=leadership_member,
        party_head=party_head, post_title=post_title, valid_from=valid_from,
    )  # fmt: skip
    perform_as_service(work, REGISTER_PERSON, paper)
    return True


def load_assignment(
    work: Work, assignment_id: str, person_id: str, role: str, *, office_id: str = "", unit_id: str = "",
    valid_from: date = SINCE,
) -> bool:  # fmt: skip
    """Give a post to a person of the roster unless it was given; returns whether it did. Raises Refusal."""
    if work.session.get(Assignment, assignment_id) is not None:
        return False
    paper = LoadedPostAssignment(
        assignment_id=assignment_id, person_id=person_id, role=role, office_id=office_id, unit_id=unit_id,
        valid_from=valid_from,
    )  # fmt: skip
    perform_as_service(work, ASSIGN_POST, paper)
    return True
