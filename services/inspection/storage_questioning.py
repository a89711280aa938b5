"""What a team keeps of questioning persons with knowledge, and of help that it asks for (steps 15 and 21)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Date, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import CODE, ID
from services.chassis.subject import SubjectColumns
from services.inspection.storage import InspectionBase


class Questioning(SubjectColumns, InspectionBase):
    """The questioning of a person with knowledge (询问知情人), with its own list of who may know of it (XC-15).

    `known_ids`: that list; `before_roles`: posts that decide on it or arrange it, because the person is detained.
    """

    __tablename__ = "questioning"
    KIND: ClassVar[str] = "questioning"
    ZH: ClassVar[str] = "询问知情人"
    EN: ClassVar[str] = "questioning of a person with knowledge"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "planned": ("已拟定方案", "planned"),
        "consented": ("领导小组已同意", "consented to"),
        "opened": ("已启动", "opened"),
        "held": ("已询问", "held"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "engagement_id",
        "team_id",
        "custody_code",
        "consented_on",
        "arranged_on",
        "held_on",
    )

    engagement_id: Mapped[str] = mapped_column(ID)
    team_id: Mapped[str] = mapped_column(ID)
    leader_id: Mapped[str] = mapped_column(ID)
    known_ids: Mapped[str] = mapped_column(Text)
    before_roles: Mapped[str] = mapped_column(Text, default="")
    custody_code: Mapped[str] = mapped_column(CODE)
    consented_on: Mapped[date | None] = mapped_column(Date)
    arranged_on: Mapped[date | None] = mapped_column(Date)
    held_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("questioning_of_engagement", "engagement_id", "state"),
        Index("questioning_by_leader", "leader_id", "state", "opened_on", "id"),
        Index("questioning_by_date", "opened_on", "id"),
    )


class Assistance(SubjectColumns, InspectionBase):
    """A request for professional help (提请协助), through the unit or the office (XC-21).

    One that touches a clue is sealed: it is there for the leader and who drew it up.
    """

    __tablename__ = "assistance_request"
    KIND: ClassVar[str] = "assistance"
    ZH: ClassVar[str] = "提请协助"
    EN: ClassVar[str] = "request for assistance"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "requested": ("已提请", "requested"),
        "granted": ("已同意协助", "granted"),
        "declined": ("未予协助", "declined"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("engagement_id", "team_id", "channel_of_help", "topic_of_help")

    engagement_id: Mapped[str] = mapped_column(ID)
    round_id: Mapped[str] = mapped_column(ID)
    team_id: Mapped[str] = mapped_column(ID)
    leader_id: Mapped[str] = mapped_column(ID)
    staff_ids: Mapped[str] = mapped_column(Text)
    channel_of_help: Mapped[str] = mapped_column(CODE)
    topic_of_help: Mapped[str] = mapped_column(CODE)
    __table_args__ = (
        Index("assistance_request_of_engagement", "engagement_id", "state"),
        Index("assistance_request_by_handler", "handler_id", "state", "opened_on", "id"),
        Index("assistance_request_by_leader", "leader_id", "state", "opened_on", "id"),
        Index("assistance_request_by_date", "opened_on", "id"),
    )


class HelpTask(SubjectColumns, InspectionBase):
    """What a helper does for the team, led by one of its people: all that the helper knows of it (XC-21.0b)."""

    __tablename__ = "help_task"
    KIND: ClassVar[str] = "help_task"
    ZH: ClassVar[str] = "协助任务"
    EN: ClassVar[str] = "task of a helper"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "assigned": ("已交办", "assigned"),
        "finished": ("已完成", "finished"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("helper_id", "leading_member_id")

    engagement_id: Mapped[str] = mapped_column(ID)
    team_id: Mapped[str] = mapped_column(ID)
    leader_id: Mapped[str] = mapped_column(ID)
    staff_ids: Mapped[str] = mapped_column(Text)
    helper_id: Mapped[str] = mapped_column(ID)
    leading_member_id: Mapped[str] = mapped_column(ID)
    __table_args__ = (
        Index("help_task_of_engagement", "engagement_id", "state"),
        Index("help_task_by_helper", "helper_id", "state", "opened_on", "id"),
        Index("help_task_by_leader", "leader_id", "state", "opened_on", "id"),
        Index("help_task_by_leading_member", "leading_member_id", "state", "opened_on", "id"),
        Index("help_task_by_date", "opened_on", "id"),
    )
