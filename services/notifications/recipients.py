"""Who is told: holders of a post, or one person; never the persons reported on, nor their chain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from contracts.events.every_service import NoticeDue
from services.chassis.access import ROLE_GROUPS, holders
from services.chassis.tables import DirectoryAssignment, DirectoryOffice
from services.notifications.storage import ServiceDuty


@dataclass(frozen=True)
class Recipients:
    """`persons` are told. `anybody`: whether the directory knows anybody at all, recused ones included."""

    persons: list[str]
    anybody: bool


def of_notice(session: Session, event: NoticeDue, today: date) -> Recipients:
    """The person named, else the holders of the role at the office (or wherever the post is).

    A sealed notice goes to a named person only.
    """
    if event.to_person:
        found: Sequence[str] = [event.to_person]
    elif event.sealed or not event.to_role:
        return Recipients([], anybody=event.sealed)
    else:
        found = _holders_at(session, event.to_role, today, event.office_id or None)
    return Recipients([person for person in found if person not in event.recused], anybody=bool(found))


def of_duty(session: Session, duty: ServiceDuty, today: date) -> list[str]:
    """Who is reminded of a clock: who owes it, and the head of their office; of a sealed one only the two persons.

    Who owes it is the person named (while in post), else the holders of the owing role at the item's office.
    """
    if duty.sealed:
        return list(dict.fromkeys(filter(None, (duty.owed_person, duty.addressee_person))))
    owed = who_owes(session, duty, today)
    heads = [
        head for office in _offices(session, owed, duty, today) for head in heads_of(session, office, today)
    ]
    recused = duty.recused_persons
    return [person for person in dict.fromkeys((*owed, *heads)) if person not in recused]


def who_owes(session: Session, duty: ServiceDuty, today: date) -> Sequence[str]:
    if duty.owed_person and _posts(session, [duty.owed_person], today):
        return [duty.owed_person]
    at_office = _holders_at(session, duty.owed_role, today, duty.office_id)
    if at_office:
        return at_office
    anywhere = _posts(session, holders(session, duty.owed_role, today), today)
    group = ROLE_GROUPS.get(duty.owed_role, (duty.owed_role,))
    places = {(held.office_id, held.unit_id) for held in anywhere if held.role in group}
    # A post that several offices have (another office's business) would tell strangers.
    return holders(session, duty.owed_role, today) if len(places) == 1 else ()


def heads_of(session: Session, office_id: str, today: date) -> Sequence[str]:
    """The head of an office: the post that is named after its kind, `dispatched_office_head`."""
    office = session.get(DirectoryOffice, office_id)
    return holders(session, f"{office.kind}_head", today, office_id) if office is not None else ()


def _offices(session: Session, owed: Sequence[str], duty: ServiceDuty, today: date) -> list[str]:
    posts = [held.office_id for held in _posts(session, owed, today) if held.office_id]
    if duty.office_id in posts or not posts:
        return [duty.office_id]
    return list(dict.fromkeys(posts))


def _holders_at(session: Session, role: str, today: date, place: str | None) -> Sequence[str]:
    """Holders of a role at an office or, for units' posts, at a unit; None: anywhere."""
    found = holders(session, role, today, place)
    if found or not place:
        return found
    group = ROLE_GROUPS.get(role, (role,))
    at_unit = select(DirectoryAssignment).where(
        DirectoryAssignment.role.in_(group), DirectoryAssignment.unit_id == place, *_in_force(today)
    )
    rows = session.scalars(at_unit.order_by(DirectoryAssignment.assignment_id))
    return list(dict.fromkeys(row.person_id for row in rows))


def _posts(session: Session, persons: Sequence[str], today: date) -> list[DirectoryAssignment]:
    query = select(DirectoryAssignment).where(DirectoryAssignment.person_id.in_(persons), *_in_force(today))
    return list(session.scalars(query.order_by(DirectoryAssignment.assignment_id)))


def _in_force(today: date) -> tuple[ColumnElement[bool], ...]:
    return (
        DirectoryAssignment.valid_from <= today,
        or_(DirectoryAssignment.valid_to.is_(None), DirectoryAssignment.valid_to >= today),
    )
