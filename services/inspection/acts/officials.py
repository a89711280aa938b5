"""Who somebody of a supervised unit is, for talks: by the directory and the key posts that are named."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.clock import ZONE
from services.chassis.reference import look_up
from services.chassis.tables import DirectoryCoverage, DirectoryPerson
from services.inspection.acts.posts import ids_in
from services.inspection.domain.talk_codes import Official
from services.inspection.storage_talk import PostTalk, TalkYear


def unit_of(session: Session, person_id: str) -> str:
    """The unit where the directory has somebody; empty for staff of offices and strangers."""
    known = look_up(session, DirectoryPerson, person_id)
    return known.unit_id if known else ""


def officials_of(session: Session, office_id: str, year: int) -> dict[str, Official]:
    """Everybody of the units that an office supervises, by their ids; key posts as known of that year."""
    units = select(DirectoryCoverage.unit_id).where(DirectoryCoverage.office_id == office_id)
    rows = session.scalars(select(DirectoryPerson).where(DirectoryPerson.unit_id.in_(units)))
    keys = _key_posts(session, office_id, year)
    return {row.person_id: _official(row, key_post=row.person_id in keys) for row in rows}


def official(session: Session, person_id: str, today: date) -> Official:
    """Raises NoResultFound for somebody who is not in the directory."""
    row = session.get_one(DirectoryPerson, person_id)
    cover = look_up(session, DirectoryCoverage, row.unit_id) if row.unit_id else None
    keys = _key_posts(session, cover.office_id, today.year) if cover else set()
    return _official(row, key_post=person_id in keys)


def _official(row: DirectoryPerson, *, key_post: bool) -> Official:
    return Official(row.level, row.managing_authority, row.leadership_member, key_post)


def _key_posts(session: Session, office_id: str, year: int) -> set[str]:
    """Whom the office named, and who was moved to a key post since (archive.post_changed)."""
    named = select(TalkYear.key_post_ids).where(TalkYear.office_id == office_id, TalkYear.year == year)
    moved = select(PostTalk.person_id).where(PostTalk.office_id == office_id)
    found = {one for listed in session.scalars(named) for one in ids_in(listed)}
    return found | set(session.scalars(moved))


def units_of(session: Session, office_id: str) -> list[str]:
    """The units that an office supervises, in order."""
    query = select(DirectoryCoverage.unit_id).where(DirectoryCoverage.office_id == office_id)
    return sorted(session.scalars(query))


def noon_of(day: date, now: datetime) -> datetime:
    """When something was done of which only the day is known, and never after now."""
    return min(datetime.combine(day, time(12), ZONE), now)


def of_roster(officials: dict[str, Official]) -> list[str]:
    return sorted(one for one, who in officials.items() if who.of_the_roster)


def members(officials: dict[str, Official]) -> list[str]:
    return sorted(one for one, who in officials.items() if who.leadership_member)


def without(all_ids: Iterable[str], some: Iterable[str]) -> list[str]:
    left = set(some)
    return [one for one in all_ids if one not in left]
