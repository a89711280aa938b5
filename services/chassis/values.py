"""The value of a clause in force: the catalogue's default, or what this installation published (ruling 14)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Integer, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from contracts.clause import DatedValue, catalogue
from services.chassis.db import AS_STORED, CODE, ChassisBase


class PublishedValue(ChassisBase):
    """A value that this installation set by an act in `archive`, as it arrived here."""

    __tablename__ = "published_value"
    clause: Mapped[str] = mapped_column(CODE, primary_key=True)
    name: Mapped[str] = mapped_column(CODE, primary_key=True)
    effective_from: Mapped[date] = mapped_column(Date, primary_key=True)
    amount: Mapped[int] = mapped_column(Integer)
    unit: Mapped[str] = mapped_column(CODE)
    version: Mapped[str] = mapped_column(CODE)


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
