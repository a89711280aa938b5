"""How a round's results are heard: leading group, secretary's meeting, standing committee (steps 31, 32)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Date, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import ID
from services.chassis.subject import SubjectColumns
from services.inspection.storage import InspectionBase


class GroupHearing(SubjectColumns, InspectionBase):
    """The leading group's hearing of one team (领导小组听取汇报), with that team's part of the minutes (XC-31).

    `commented_units`: units on whose report the group commented, each between commas.
    """

    __tablename__ = "group_hearing"
    KIND: ClassVar[str] = "group_hearing"
    ZH: ClassVar[str] = "领导小组听取汇报"
    EN: ClassVar[str] = "hearing by the leading group"
    HAS_GAPS: ClassVar[bool] = True
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "heard": ("已听取", "heard"),
        "minutes_issued": ("纪要已印发", "minutes issued"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("round_id", "team_id", "held_on", "chair_id", "observer_ids")

    round_id: Mapped[str] = mapped_column(ID)
    team_id: Mapped[str] = mapped_column(ID)
    staff_ids: Mapped[str] = mapped_column(Text)
    held_on: Mapped[date] = mapped_column(Date)
    chair_id: Mapped[str] = mapped_column(ID)
    observer_ids: Mapped[str] = mapped_column(Text, default="")
    commented_units: Mapped[str] = mapped_column(Text, default="")
    __table_args__ = (
        UniqueConstraint("team_id", name="group_hearing_of_team"),
        Index("group_hearing_by_office", "office_id", "state", "opened_on", "id"),
        Index("group_hearing_by_date", "opened_on", "id"),
    )


class RoundReport(SubjectColumns, InspectionBase):
    """The comprehensive report of a round (巡察综合情况报告) for the standing committee (XC-32.1a).

    `attendee_ids`: who sits in the standing committee that hears it: a meeting has no post, its agenda names them.
    """

    __tablename__ = "round_report"
    KIND: ClassVar[str] = "round_report"
    ZH: ClassVar[str] = "巡察综合情况报告"
    EN: ClassVar[str] = "comprehensive report of a round"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "drafted": ("已起草,待组长审定", "drafted, to be finalised"),
        "finalised": ("组长已审定", "finalised by the head"),
        "heard": ("常委会已听取", "heard by the standing committee"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("round_id", "finalised_on", "planned_on", "heard_on")

    round_id: Mapped[str] = mapped_column(ID)
    attendee_ids: Mapped[str] = mapped_column(Text, default="")
    finalised_on: Mapped[date | None] = mapped_column(Date)
    planned_on: Mapped[date | None] = mapped_column(Date)
    heard_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        UniqueConstraint("round_id", name="round_report_of_round"),
        Index("round_report_by_office", "office_id", "state", "opened_on", "id"),
        Index("round_report_by_date", "opened_on", "id"),
    )


class RoundClueReport(SubjectColumns, InspectionBase):
    """A round's clue report for the secretary's special meeting (问题线索报告), sealed (XC-32.1b).

    `clue_ids`: the clues in it, `important_ids`: those on which the secretary gives an opinion. `attendee_ids`: who
    sits in the meeting. `handler_id`: the director who owes its filing.
    """

    __tablename__ = "round_clue_report"
    KIND: ClassVar[str] = "round_clue_report"
    ZH: ClassVar[str] = "本轮问题线索报告"
    EN: ClassVar[str] = "round's clue report"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "drafted": ("已起草,待组长审定", "drafted, to be finalised"),
        "finalised": ("组长已审定", "finalised by the head"),
        "heard": ("书记专题会已听取,待登记书记点人点事", "heard, the secretary's opinions to be recorded"),
        "decided": ("书记已点人点事,待报备", "decided, to be filed with the prefecture office"),
        "filed": ("已报备", "filed"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("round_id", "finalised_on", "planned_on", "heard_on", "filed_on")

    round_id: Mapped[str] = mapped_column(ID)
    clue_ids: Mapped[str] = mapped_column(Text, default="")
    important_ids: Mapped[str] = mapped_column(Text, default="")
    attendee_ids: Mapped[str] = mapped_column(Text, default="")
    finalised_on: Mapped[date | None] = mapped_column(Date)
    planned_on: Mapped[date | None] = mapped_column(Date)
    heard_on: Mapped[date | None] = mapped_column(Date)
    filed_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        UniqueConstraint("round_id", name="round_clue_report_of_round"),
        Index("round_clue_report_by_office", "office_id", "state", "opened_on", "id"),
        Index("round_clue_report_by_date", "opened_on", "id"),
    )
