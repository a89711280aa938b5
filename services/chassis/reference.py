"""The directory and the published values as this process has them in memory.

They change a few times a day, and every act asks them. The installation's row counts their changes
(`reference_edition`), in the transaction that makes one; each unit of work reads that count with the time, and what was
found under it holds for as long as the count stands. So there is nothing to send around and nothing to expire: a
process that did not make the change sees it exactly when it can see the changed rows.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import event, update
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import ORMExecuteState, Session

from services.chassis.db import UnitSession
from services.chassis.tables import (
    DirectoryAccount,
    DirectoryAssignment,
    DirectoryCoverage,
    DirectoryOffice,
    DirectoryPerson,
    Installation,
    PublishedValue,
    RevokedSession,
)

REFERENCE: tuple[type[Any], ...] = (
    DirectoryPerson,
    DirectoryAssignment,
    DirectoryOffice,
    DirectoryCoverage,
    DirectoryAccount,
    RevokedSession,
    PublishedValue,
)
MOST_ANSWERS = 50_000
_MEMORY, _CHANGED = "dengwen.reference", "dengwen.reference_changed"
_NO_ANSWER = object()
T = TypeVar("T")
Answers = dict[Hashable, Any]


@dataclass
class ReferenceMemory:
    """The answers of one edition; an older edition is never asked again, a newer one begins empty."""

    _edition: tuple[str, int] = ("", -1)
    _answers: Answers = field(default_factory=dict)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def at(self, installation: str, edition: int) -> Answers | None:
        """The answers of this edition; None for one that is over (a transaction that began before the change)."""
        with self._turn:
            if self._edition != (installation, edition):
                if self._edition[0] == installation and edition < self._edition[1]:
                    return None
                self._edition, self._answers = (installation, edition), {}
            return self._answers


def remember_in(session: Session, answers: Answers | None) -> None:
    """Let this unit of work ask the memory; it saw the installation's row at its beginning."""
    if answers is not None:
        session.info[_MEMORY] = answers


def recall(session: Session, question: Hashable, look: Callable[[], T]) -> T:
    """What `look` finds in the reference tables: from memory where it was found before and nothing has changed since.

    `question` says all that the answer depends on. The answer is shared: nobody changes it.
    """
    answers: Answers | None = session.info.get(_MEMORY)
    if answers is None or _changes(session):
        return look()
    found = answers.get(question, _NO_ANSWER)
    if found is _NO_ANSWER:
        found = look()
        if len(answers) >= MOST_ANSWERS:
            answers.clear()
        answers[question] = found
    answer: T = found
    return answer


def look_up(session: Session, model: type[T], key: str) -> T | None:
    """A row of a reference table by its key, for reading; None where there is none."""

    def look() -> T | None:
        row = session.get(model, key)
        if row is not None and session.info.get(_MEMORY) is not None and not session.is_modified(row):
            session.expunge(row)
        return row

    return recall(session, (model, key), look)


def look_up_one(session: Session, model: type[T], key: str) -> T:
    """As `look_up`; raises NoResultFound where there is none."""
    row = look_up(session, model, key)
    if row is None:
        raise NoResultFound
    return row


def _changes(session: Session) -> bool:
    """Whether this unit of work itself changes what the memory holds: then it asks the database, and stores first."""
    if any(isinstance(row, REFERENCE) for row in _pending(session)):
        session.flush()
    return bool(session.info.get(_CHANGED))


def _pending(session: Session) -> list[Any]:
    return [*session.new, *session.dirty, *session.deleted]


@event.listens_for(UnitSession, "before_flush")
def _count_rows(session: Session, _context: Any, _instances: Any) -> None:
    if any(isinstance(row, REFERENCE) for row in _pending(session)):
        _count(session)


@event.listens_for(UnitSession, "do_orm_execute")
def _count_statements(state: ORMExecuteState) -> None:
    if state.is_select or state.bind_mapper is None:
        return
    if state.bind_mapper.class_ in REFERENCE:
        _count(state.session)


def _count(session: Session) -> None:
    """One more change, in this transaction: whoever sees it also sees what was changed."""
    session.info[_CHANGED] = True
    session.connection().execute(
        update(Installation).values(reference_edition=Installation.reference_edition + 1)
    )
