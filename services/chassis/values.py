"""The value of a clause in force: the catalogue's default, or what this installation published (ruling 14)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from contracts.clause import DatedValue, catalogue
from services.chassis.db import AS_STORED
from services.chassis.reference import recall
from services.chassis.tables import PublishedValue

_PUBLISHED = (
    select(PublishedValue)
    .where(
        PublishedValue.clause == bindparam("of_clause"),
        PublishedValue.name == bindparam("of_name"),
        PublishedValue.effective_from <= bindparam("on"),
    )
    .order_by(PublishedValue.effective_from.desc(), PublishedValue.version.desc())
    .limit(1)
)


def value_in_force(session: Session, clause: str, name: str, on: date) -> DatedValue:
    """The dated value of a clause on a day; raises the catalogue's error for an unknown one."""
    return recall(session, ("value", clause, name, on), lambda: _in_force(session, clause, name, on))


def _in_force(session: Session, clause: str, name: str, on: date) -> DatedValue:
    default = catalogue().value(clause, name, on=on)
    published = session.scalars(
        _PUBLISHED, {"of_clause": clause, "of_name": name, "on": on}, execution_options=AS_STORED
    ).one_or_none()
    if published is None:
        return default
    return default.model_copy(
        update={
            "amount": published.amount,
            "unit": published.unit,
            "effective_from": published.effective_from,
            "version": published.version,
        }
    )
