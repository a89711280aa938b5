"""What somebody wants of a register: which columns, and filters to come back to. Each sees and changes their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, delete, func, select
from sqlalchemy.orm import Session

from contracts.refusals import Refusal, RefusalCode
from services.chassis.clock import real_now
from services.chassis.db import insert_or_ignore
from services.chassis.keys import decrypt, encrypt
from services.chassis.runtime import Runtime
from services.desk.storage import RegisterColumns, SavedFilter

LONGEST_NAME = 40
MOST_FILTERS = 20
"""Of one person in one register."""


@dataclass(frozen=True)
class Place:
    """A register, and whose choices of it."""

    account_id: str
    service: str
    path: str


@dataclass(frozen=True)
class KeptFilter:
    """`asked`: the filter as the register's address has it."""

    id: str
    name: str
    asked: dict[str, str]


def columns_wanted(runtime: Runtime, place: Place) -> tuple[str, ...]:
    """The columns chosen; none if nobody chose."""
    with runtime.db.read() as session:
        row = session.get(RegisterColumns, (place.account_id, place.service, place.path))
        return tuple(row.columns.split(",")) if row else ()


def want_columns(runtime: Runtime, place: Place, columns: Iterable[str]) -> None:
    """Keep the choice; none: the usual ones again. Said twice it is the same."""
    wanted = ",".join(columns)
    with runtime.db.write() as session:
        key = (place.account_id, place.service, place.path)
        session.execute(insert_or_ignore(session, RegisterColumns).values((*key, wanted)))
        row = session.get_one(RegisterColumns, key)
        if wanted:
            row.columns = wanted
        else:
            session.delete(row)


def filters_kept(runtime: Runtime, place: Place) -> list[KeptFilter]:
    """The filters kept of a register, the oldest first."""
    with runtime.db.read() as session:
        query = select(SavedFilter).where(_of(place)).order_by(SavedFilter.made_at, SavedFilter.id)
        return [_opened(runtime, row) for row in session.scalars(query)]


def keep_filter(runtime: Runtime, place: Place, key: str, name: str, asked: dict[str, str]) -> None:
    """Keep a filter under a name of its owner's own; `key` again keeps nothing more.

    Raises Refusal(MISSING_FIELD | INVALID_FIELD | OUT_OF_RANGE): no name, too long a one, too many filters.
    """
    if not name:
        raise Refusal(RefusalCode.MISSING_FIELD, field="name")
    if len(name) > LONGEST_NAME or "\x00" in name:
        raise Refusal(RefusalCode.INVALID_FIELD, field="name")
    with runtime.db.write() as session:
        if (
            session.get(SavedFilter, (place.account_id, key)) is None
            and _count(session, place) >= MOST_FILTERS
        ):
            raise Refusal(
                RefusalCode.OUT_OF_RANGE,
                detail_zh=f"每类台账最多保存{MOST_FILTERS}个筛选，请先删去不用的。",
                detail_en=f"A register keeps {MOST_FILTERS} filters at most; remove one first.",
            )
        row = {
            "account_id": place.account_id,
            "id": key,
            "service": place.service,
            "path": place.path,
            "name": encrypt(_key(runtime, place.account_id), name.encode(), key),
            "made_at": real_now(),
        }
        session.execute(insert_or_ignore(session, SavedFilter).values(row | asked))


def remove_filter(runtime: Runtime, account_id: str, filter_id: str) -> None:
    """Of one's own; another's, and one that is gone, are nothing to remove."""
    with runtime.db.write() as session:
        mine = (SavedFilter.account_id == account_id, SavedFilter.id == filter_id)
        session.execute(delete(SavedFilter).where(*mine))


def _of(place: Place) -> ColumnElement[bool]:
    of_account, of_service = SavedFilter.account_id == place.account_id, SavedFilter.service == place.service
    return and_(of_account, of_service, SavedFilter.path == place.path)


def _count(session: Session, place: Place) -> int:
    return session.scalar(select(func.count()).select_from(SavedFilter).where(_of(place))) or 0


def _opened(runtime: Runtime, row: SavedFilter) -> KeptFilter:
    name = decrypt(_key(runtime, row.account_id), row.name, row.id).decode()
    asked = {"state": row.state, "opened_from": row.opened_from, "opened_to": row.opened_to}
    return KeptFilter(row.id, name, {part: value for part, value in asked.items() if value})


def _key(runtime: Runtime, account_id: str) -> bytes:
    return runtime.ring.mark("names of filters", account_id.encode())
