"""What inspection keeps of the five supervisions (五项监督) and of the documents that they rest on (GL-3)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Date, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import CODE, ID
from services.chassis.subject import SubjectColumns
from services.inspection.storage import InspectionBase


class StandingDocument(SubjectColumns, InspectionBase):
    """A document of the authority (制度文件) that says what a row of the texts means here; its text is the paper's.

    `provision_codes`: codes of its provisions between commas: duties, special tasks, numbers of rules. In force from
    `effective_on` until a later one of the same row, or until it is repealed.
    """

    __tablename__ = "standing_document"
    KIND: ClassVar[str] = "standing_document"
    ZH: ClassVar[str] = "现行制度文件"
    EN: ClassVar[str] = "document in force"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "proposed": ("待批准", "to be approved"),
        "in_force": ("已公布", "published"),
        "repealed": ("已废止", "repealed"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("clause", "effective_on", "provision_codes", "published_on")

    clause: Mapped[str] = mapped_column(CODE)
    effective_on: Mapped[date] = mapped_column(Date)
    provision_codes: Mapped[str] = mapped_column(Text, default="")
    published_on: Mapped[date | None] = mapped_column(Date)
    published_key: Mapped[str | None] = mapped_column(CODE)
    __table_args__ = (
        UniqueConstraint("published_key", name="standing_document_of_a_day"),
        Index("standing_document_by_clause", "clause", "state", "effective_on"),
        Index("standing_document_by_office", "office_id", "state", "opened_on", "id"),
        Index("standing_document_by_date", "opened_on", "id"),
    )


class SupervisionRecord(SubjectColumns, InspectionBase):
    """A record of one of the five supervisions of a unit (五项监督记录).

    `maker_id`: the office that made it; `office_id` is always the unit's. `open_office_id`, `open_maker_id`: the same
    while everybody there may read it, empty of a clue, which is for `reader_ids` (LZ-22.3). `origin_id`, `follow_id`:
    the record that it came from, and the one that it became (GL-3.18). `ground_kind`, `ground_id`: from what data a
    special supervision was chosen. `stream_codes`: the sources of an integrity analysis.
    """

    __tablename__ = "supervision_record"
    KIND: ClassVar[str] = "supervision_record"
    ZH: ClassVar[str] = "五项监督记录"
    EN: ClassVar[str] = "record of one of the five supervisions"
    HAS_GAPS: ClassVar[bool] = True
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "open": ("办理中", "open"),
        "converted": ("已转为其他监督", "became another supervision"),
        "closed": ("已办结", "closed"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "type_code",
        "form_code",
        "supervised_on",
        "finding_code",
        "task_code",
        "duty_code",
        "ground_kind",
        "ground_id",
        "stream_codes",
        "origin_id",
        "follow_id",
        "outcome_code",
        "closed_on",
    )

    maker_id: Mapped[str] = mapped_column(ID)
    open_office_id: Mapped[str] = mapped_column(ID, default="")
    open_maker_id: Mapped[str] = mapped_column(ID, default="")
    reader_ids: Mapped[str] = mapped_column(Text, default="")
    type_code: Mapped[str] = mapped_column(CODE)
    form_code: Mapped[str] = mapped_column(CODE)
    supervised_on: Mapped[date] = mapped_column(Date)
    finding_code: Mapped[str] = mapped_column(CODE)
    task_code: Mapped[str] = mapped_column(CODE, default="")
    duty_code: Mapped[str] = mapped_column(CODE, default="")
    ground_kind: Mapped[str] = mapped_column(CODE, default="")
    ground_id: Mapped[str] = mapped_column(ID, default="")
    stream_codes: Mapped[str] = mapped_column(Text, default="")
    origin_id: Mapped[str] = mapped_column(ID, default="")
    follow_id: Mapped[str] = mapped_column(ID, default="")
    outcome_code: Mapped[str] = mapped_column(CODE, default="")
    closed_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("supervision_record_by_office", "open_office_id", "state", "opened_on", "id"),
        Index("supervision_record_by_maker", "open_maker_id", "state", "opened_on", "id"),
        Index("supervision_record_by_unit", "unit_id", "supervised_on"),
        Index("supervision_record_by_date", "opened_on", "id"),
    )
