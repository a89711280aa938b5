"""What inspection keeps of a unit's archive (巡察档案): the file that a team's filer makes up, and its catalogue."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Date, Index, Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import CODE, ID
from services.chassis.subject import SubjectColumns
from services.inspection.storage import InspectionBase


class ArchiveFile(SubjectColumns, InspectionBase):
    """The archive of one unit of a round (巡察归档案卷), made up by the filer, who is its handler (XC-46, XC-47).

    `complete_nos`: numbers of the categories that were complete when the catalogue was last closed; `missing_nos`:
    those for which it was last returned; each between commas. `late_days`: working days after the limit, 0 in time.
    """

    __tablename__ = "archive_file"
    KIND: ClassVar[str] = "archive_file"
    ZH: ClassVar[str] = "巡察归档案卷"
    EN: ClassVar[str] = "archive file of a unit"
    HAS_GAPS: ClassVar[bool] = True
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "open": ("立卷中", "being made up"),
        "closed": ("目录已封", "catalogue closed"),
        "handed_over": ("已移交,待验收", "handed over"),
        "returned": ("已退回补正", "returned"),
        "accepted": ("已验收归档", "accepted"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "round_id",
        "team_id",
        "engagement_id",
        "complete_nos",
        "missing_nos",
        "handed_over_on",
        "late_days",
        "file_no",
        "accepted_on",
        "residue_destroyed_on",
    )

    engagement_id: Mapped[str] = mapped_column(ID)
    round_id: Mapped[str] = mapped_column(ID, index=True)
    team_id: Mapped[str] = mapped_column(ID)
    leader_id: Mapped[str] = mapped_column(ID)
    staff_ids: Mapped[str] = mapped_column(Text)
    complete_nos: Mapped[str] = mapped_column(Text, default="")
    missing_nos: Mapped[str] = mapped_column(Text, default="")
    handed_over_on: Mapped[date | None] = mapped_column(Date)
    late_days: Mapped[int] = mapped_column(Integer, default=0)
    file_no: Mapped[str] = mapped_column(CODE, default="")
    accepted_on: Mapped[date | None] = mapped_column(Date)
    residue_destroyed_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        UniqueConstraint("engagement_id", name="archive_file_of_engagement"),
        Index("archive_file_by_office", "office_id", "state", "opened_on", "id"),
        Index("archive_file_by_filer", "handler_id", "state", "opened_on", "id"),
        Index("archive_file_by_leader", "leader_id", "state", "opened_on", "id"),
        Index("archive_file_by_state", "state", "opened_on", "id"),
        Index("archive_file_by_date", "opened_on", "id"),
    )


class CatalogueEntry(SubjectColumns, InspectionBase):
    """A line of the archive's catalogue (归档目录): a paper that is filed, or why there is none (XC-46.1 to XC-46.17).

    Its secrecy is its category's: what is sealed is there for the filer, the team's leader and the office's director
    alone. `document`: the paper's code; empty where the reason is the whole category's. `included`: papers that belong
    to it, each between commas.
    """

    __tablename__ = "catalogue_entry"
    KIND: ClassVar[str] = "catalogue_entry"
    ZH: ClassVar[str] = "归档目录条目"
    EN: ClassVar[str] = "line of the archive's catalogue"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "filed": ("已入卷", "filed"),
        "explained": ("无此材料,已说明", "none, explained"),
        "struck": ("已撤出", "struck out"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "engagement_id",
        "archive_file_id",
        "category",
        "document",
        "pages",
        "level_code",
        "included",
    )

    engagement_id: Mapped[str] = mapped_column(ID)
    archive_file_id: Mapped[str] = mapped_column(ID)
    team_id: Mapped[str] = mapped_column(ID)
    leader_id: Mapped[str] = mapped_column(ID)
    staff_ids: Mapped[str] = mapped_column(Text)
    category: Mapped[int] = mapped_column(Integer)
    document: Mapped[str] = mapped_column(CODE, default="")
    pages: Mapped[int] = mapped_column(Integer, default=0)
    level_code: Mapped[str] = mapped_column(CODE, default="")
    archived_source_id: Mapped[str] = mapped_column(ID, default="")
    included: Mapped[str] = mapped_column(Text, default="")
    __table_args__ = (
        Index("catalogue_entry_of_file", "archive_file_id", "state"),
        Index("catalogue_entry_by_filer", "handler_id", "state", "opened_on", "id"),
        Index("catalogue_entry_by_office", "office_id", "state", "opened_on", "id"),
        Index("catalogue_entry_by_leader", "leader_id", "state", "opened_on", "id"),
        Index("catalogue_entry_by_date", "opened_on", "id"),
    )
