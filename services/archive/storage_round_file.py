"""What archive keeps of inspection rounds: the files that teams handed over, and which teams hold nothing any more."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Date, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from services.archive.storage import ArchiveBase
from services.chassis.db import CODE, ID
from services.chassis.subject import SubjectColumns


class RoundFile(SubjectColumns, ArchiveBase):
    """The archive of one unit of a round (巡察档案), as it was handed over (XC-47.0b).

    `source_ref`: the file as inspection keeps it. `complete_nos`: numbers of the categories that are complete by its
    catalogue, `missing_nos` those for which it was returned; each between commas. No title stands here, nor how many
    papers there are.
    """

    __tablename__ = "round_file"
    KIND: ClassVar[str] = "round_file"
    ZH: ClassVar[str] = "巡察档案"
    EN: ClassVar[str] = "file of an inspection round"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "handed_over": ("已移交,待验收", "handed over"),
        "returned": ("已退回补正", "returned"),
        "accepted": ("已验收归档", "accepted"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "round_id",
        "team_id",
        "source_ref",
        "complete_nos",
        "missing_nos",
        "handed_over_on",
        "late_days",
        "accepted_on",
        "residue_destroyed_on",
    )

    round_id: Mapped[str] = mapped_column(ID)
    team_id: Mapped[str] = mapped_column(ID)
    source_ref: Mapped[str] = mapped_column(ID, unique=True)
    complete_nos: Mapped[str] = mapped_column(Text, default="")
    missing_nos: Mapped[str] = mapped_column(Text, default="")
    handed_over_on: Mapped[date] = mapped_column(Date)
    late_days: Mapped[int] = mapped_column(Integer, default=0)
    accepted_on: Mapped[date | None] = mapped_column(Date)
    residue_destroyed_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("round_file_by_office", "office_id", "state", "opened_on", "id"),
        Index("round_file_by_date", "opened_on", "id"),
    )


class TeamHoldsNothing(ArchiveBase):
    """A team of which everybody has signed that they hold nothing any more (XC-28.3d)."""

    __tablename__ = "team_holds_nothing"
    team_id: Mapped[str] = mapped_column(CODE, primary_key=True)
    completed_on: Mapped[date] = mapped_column(Date)


class TeamUnit(ArchiveBase):
    """A unit that a team is authorised to inspect: to no other team is its earlier file released (XC-4.3b)."""

    __tablename__ = "team_unit"
    team_id: Mapped[str] = mapped_column(CODE, primary_key=True)
    unit_id: Mapped[str] = mapped_column(CODE, primary_key=True)
