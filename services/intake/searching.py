"""Searching petitions: over all that the reader may know of, and nothing else (ruling 9).

Each office's petitions that hold the rarest of the pairs asked for are walked, newest first, along one index; the other
pairs and whether the reader may know of it are looked up beside. A word of more than two characters is then looked for
in the text itself, since its pairs may also stand apart.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, tuple_, union
from sqlalchemy.orm import aliased

from contracts.refusals import Refusal, RefusalCode
from services.chassis.access import require_fresh_directory, visible
from services.chassis.http import Context
from services.chassis.lines import summary
from services.chassis.tables import DirectoryAssignment, DirectoryOffice, Party
from services.chassis.work import Work
from services.intake.acts.said import searched_texts
from services.intake.acts.search_index import term_marks
from services.intake.domain.search_text import PAIR, pairs, plain, words
from services.intake.storage import Petition, SearchTerm

MOST_WORDS, LONGEST = 8, 100
CHUNK, CHUNKS = 50, 8
COMMON = 500
"""Pairs are weighed up to so many petitions; beyond, all are equally common."""
ASKED = ("q", "no", "subject_id", "unit_id", "class_code", "channel", "state", "from", "to", "cursor")
FILTERS = {"unit_id": Petition.unit_id, "class_code": Petition.class_code, "channel": Petition.channel,
           "state": Petition.state}  # fmt: skip
Condition = ColumnElement[bool]


@dataclass(frozen=True)
class Place:
    """Where a page ended: day of opening and id of its last petition."""

    day: date
    id: str


def search_petitions(context: Context, work: Work) -> Any:
    """`POST /petitions/search`: `{"q", "no", "subject_id", …, "cursor"}`; a text stands in no address.

    That somebody searched is in the audit trail, for what is not.
    """
    asked = _asked(context)
    sought = words(asked["q"])
    if not (sought or asked["no"] or asked["subject_id"]):
        raise Refusal(RefusalCode.MISSING_FIELD, field="q")
    if any(len(word) < PAIR for word in sought) or len(sought) > MOST_WORDS:
        raise Refusal(RefusalCode.OUT_OF_RANGE, field="q")
    require_fresh_directory(work.session, work.runtime.settings.directory_stale_after)
    found, following = _page(work, sought, _filters(asked), _place(asked["cursor"]))
    work.audit("search_petitions", "read", subject_kind=Petition.KIND, facts={"found": len(found)})
    return {"items": [summary(row) for row in found], "next": following}


def _page(
    work: Work, sought: list[str], filters: list[Condition], after: Place | None
) -> tuple[list[Petition], str | None]:
    """A page, and where the next one begins; fewer lines than a page are no sign of the end, `None` is."""
    found: list[Petition] = []
    for _ in range(CHUNKS):
        rows = _chunk(work, sought, filters, after)
        for row in rows:
            after = Place(row.opened_on, row.id)
            if all(len(word) == PAIR for word in sought) or _says(work, row, sought):
                found.append(row)
            if len(found) == CHUNK:
                return found, _cursor(after)
        if len(rows) < CHUNK:
            return found, None
    return found, _cursor(after) if after else None


def _chunk(work: Work, sought: list[str], filters: list[Condition], after: Place | None) -> list[Petition]:
    knows = work.runtime.kinds[Petition.KIND].knows
    known = and_(Petition.secrecy != "sealed", visible(Petition, work.actor, knows), *filters)
    order = (Petition.opened_on.desc(), Petition.id.desc())
    if not sought:
        beyond = [tuple_(Petition.opened_on, Petition.id) < (after.day, after.id)] if after else []
        return list(
            work.session.scalars(select(Petition).where(known, *beyond).order_by(*order).limit(CHUNK))
        )
    walks = [_walk(work, office, sought, known, after) for office in _offices(work)]
    if not walks:
        return []
    ids = [select(walk.subquery().c.petition_id) for walk in walks]
    wanted: Any = union(*ids) if len(ids) > 1 else ids[0]
    query = select(Petition).where(Petition.id.in_(wanted)).order_by(*order).limit(CHUNK)
    return list(work.session.scalars(query))


def _walk(work: Work, office: str, sought: list[str], known: Condition, after: Place | None) -> Any:
    """The newest petitions of one office that hold all the pairs, beyond where the last page ended.

    The other pairs are looked up as values: of an EXISTS PostgreSQL makes a join, and collects before it sorts.
    """
    asked = set().union(*(pairs(word) for word in sought))
    marks = term_marks(work.runtime.ring, office, asked)
    rarest, *others = sorted(marks, key=lambda mark: _count(work, mark))
    query = select(SearchTerm.petition_id, SearchTerm.day).join(
        Petition, Petition.id == SearchTerm.petition_id
    )
    query = query.where(SearchTerm.mark == rarest, known)
    for mark in others:
        other = aliased(SearchTerm)
        beside = (
            other.mark == mark,
            other.day == SearchTerm.day,
            other.petition_id == SearchTerm.petition_id,
        )
        query = query.where(select(other.mark).where(*beside).scalar_subquery().is_not(None))
    if after is not None:
        place = (after.day.toordinal(), after.id)
        query = query.where(tuple_(SearchTerm.day, SearchTerm.petition_id) < place)
    return query.order_by(SearchTerm.day.desc(), SearchTerm.petition_id.desc()).limit(CHUNK)


def _count(work: Work, mark: int) -> int:
    def look() -> int:
        few = select(SearchTerm.day).where(SearchTerm.mark == mark).limit(COMMON).subquery()
        return work.session.scalar(select(func.count()).select_from(few)) or 0

    return work.once(("search term", mark), look)


def _offices(work: Work) -> list[str]:
    """Offices whose petitions the reader may know of: those that they hold or held a post in, or all of them.

    Who handles a petition of an office is or was in it.
    """
    if work.actor.role.startswith("petition_office"):
        kinds = DirectoryOffice.kind.in_(("dispatched_office", "petition_office"))
        return sorted(work.session.scalars(select(DirectoryOffice.office_id).where(kinds)))
    held = select(DirectoryAssignment.office_id).where(DirectoryAssignment.person_id == work.actor.person_id)
    return sorted({*work.session.scalars(held), work.actor.office_id} - {""})


def _says(work: Work, petition: Petition, sought: list[str]) -> bool:
    texts = [plain(text) for text in searched_texts(work.session, work.runtime.ring, petition)]
    return all(any(word in text for text in texts) for word in sought)


def _filters(asked: dict[str, str]) -> list[Condition]:
    conditions: list[Condition] = [column == asked[name] for name, column in FILTERS.items() if asked[name]]
    if asked["no"]:
        conditions.append(Petition.no == asked["no"])
    if asked["subject_id"]:
        about = (Party.subject_kind == Petition.KIND, Party.person_id == asked["subject_id"])
        conditions.append(Petition.id.in_(select(Party.subject_id).where(*about)))
    if asked["from"]:
        conditions.append(Petition.opened_on >= _day(asked["from"], "from"))
    if asked["to"]:
        conditions.append(Petition.opened_on <= _day(asked["to"], "to"))
    return conditions


def _asked(context: Context) -> dict[str, str]:
    body = context.json()
    if set(body) - set(ASKED):
        raise Refusal(RefusalCode.UNKNOWN_FIELD)
    for name in ASKED:
        value = body.setdefault(name, "")
        if not isinstance(value, str) or len(value) > LONGEST or "\x00" in value:
            raise Refusal(RefusalCode.INVALID_FIELD, field=name)
    return {name: body[name].strip() for name in ASKED}


def _day(text: str, field: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal(RefusalCode.INVALID_FIELD, field=field) from None


def _cursor(place: Place) -> str:
    return base64.urlsafe_b64encode(f"{place.day.isoformat()}|{place.id}".encode()).decode()


def _place(cursor: str) -> Place | None:
    if not cursor:
        return None
    try:
        day, _, petition = base64.urlsafe_b64decode(cursor.encode()).decode().partition("|")
        if "\x00" in petition:
            raise ValueError
        return Place(date.fromisoformat(day), petition)
    except ValueError:
        raise Refusal(RefusalCode.INVALID_FIELD, field="cursor") from None
