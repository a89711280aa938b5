"""What clues keeps so that its figures can be counted, and the figures that were published."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Date, Index, Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import CODE, ID
from services.chassis.subject import SubjectColumns
from services.clues.storage import CluesBase


class DispositionApproval(CluesBase):
    """An approved disposition of a clue (GL-1.36). A clue may have several: the clue itself names its last one."""

    __tablename__ = "disposition_approval"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    clue_id: Mapped[str] = mapped_column(ID, index=True)
    office_id: Mapped[str] = mapped_column(ID)
    disposition_code: Mapped[str] = mapped_column(CODE)
    approved_on: Mapped[date] = mapped_column(Date)
    __table_args__ = (Index("disposition_approval_by_office", "office_id", "approved_on"),)


class FirstForm(CluesBase):
    """The first form (第一种形态) as applied to one person in the matter of one clue (GL-1.16, GL-1.30)."""

    __tablename__ = "first_form"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    clue_id: Mapped[str] = mapped_column(ID)
    office_id: Mapped[str] = mapped_column(ID)
    person_id: Mapped[str] = mapped_column(ID)
    method_code: Mapped[str] = mapped_column(CODE)
    applied_on: Mapped[date] = mapped_column(Date)
    __table_args__ = (
        UniqueConstraint("clue_id", "person_id", name="first_form_of_person"),
        Index("first_form_by_office", "office_id", "applied_on"),
    )


class ProsecutionTransfer(CluesBase):
    """A person of a case who was transferred to the procuratorate (移送检察机关, GL-1.35)."""

    __tablename__ = "prosecution_transfer"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    case_id: Mapped[str] = mapped_column(ID)
    clue_id: Mapped[str] = mapped_column(ID)
    office_id: Mapped[str] = mapped_column(ID)
    person_id: Mapped[str] = mapped_column(ID)
    transferred_on: Mapped[date] = mapped_column(Date)
    __table_args__ = (
        UniqueConstraint("case_id", "person_id", name="prosecution_transfer_of_person"),
        Index("prosecution_transfer_by_office", "office_id", "transferred_on"),
        Index("prosecution_transfer_of_matter", "clue_id", "person_id"),
    )


class Reversal(CluesBase):
    """A sanction that was revoked, or a person whom a court acquitted: what was decided counts no more (GL-2.28)."""

    __tablename__ = "sanction_reversal"
    case_id: Mapped[str] = mapped_column(ID, primary_key=True)
    person_id: Mapped[str] = mapped_column(ID, primary_key=True)
    ground_code: Mapped[str] = mapped_column(CODE)
    reversed_on: Mapped[date] = mapped_column(Date)


class PublishedFigure(SubjectColumns, CluesBase):
    """A figure as it was computed and reported (统计报表): it stays, whatever is corrected later.

    `clause` names the figure; `offices` are listed ids; `value` is as it was told (`141`, `260.0`, empty: not
    applicable); `counted`, `counted_before`: its first measure in the period and a year earlier.
    """

    __tablename__ = "published_figure"
    KIND: ClassVar[str] = "published_figure"
    ZH: ClassVar[str] = "统计报表"
    EN: ClassVar[str] = "published figure"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {"published": ("已报出", "published")}
    SHOWN: ClassVar[tuple[str, ...]] = ("clause", "from_on", "to_on", "reform_on", "unit", "value")

    clause: Mapped[str] = mapped_column(CODE)
    from_on: Mapped[date] = mapped_column(Date)
    to_on: Mapped[date] = mapped_column(Date)
    reform_on: Mapped[date | None] = mapped_column(Date)
    offices: Mapped[str] = mapped_column(Text)
    unit: Mapped[str] = mapped_column(CODE)
    value: Mapped[str] = mapped_column(CODE)
    counted: Mapped[int] = mapped_column(Integer)
    counted_before: Mapped[int | None] = mapped_column(Integer)
    __table_args__ = (
        Index("published_figure_by_registrar", "registrar_id", "state", "opened_on", "id"),
        Index("published_figure_by_date", "opened_on", "id"),
    )


class PublishedEntry(CluesBase):
    """One row that a published figure counted; `span`: in the period, or a year earlier."""

    __tablename__ = "published_entry"
    published_id: Mapped[str] = mapped_column(ID, primary_key=True)
    span: Mapped[str] = mapped_column(CODE, primary_key=True)
    source: Mapped[str] = mapped_column(CODE, primary_key=True)
    entry: Mapped[str] = mapped_column(Text, primary_key=True)
