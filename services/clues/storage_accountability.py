"""Accountability of a unit's organisations and cadres, and of the dispatched offices; handling proposals."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Boolean, Date, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import CODE, ID
from services.chassis.subject import SubjectColumns
from services.clues.storage import CluesBase


class Accountability(SubjectColumns, CluesBase):
    """Accountability (问责) of cadres (its parties) and party organisations of a unit (LZ-18.1 to LZ-18.5).

    `matter_ref`: the problem, clue or item it arose from. `units`: of a double accountability, the leading unit first.
    `..._ids`, `units`, `examined_units`: listed ids. `open_addressees`: to whom the decision is still to be announced.
    """

    __tablename__ = "accountability"
    KIND: ClassVar[str] = "accountability"
    ZH: ClassVar[str] = "问责"
    EN: ClassVar[str] = "accountability"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "found": ("待呈批", "found, to be approved"),
        "approved": ("已批准启动", "approved"),
        "inquiry": ("问责调查中", "under inquiry"),
        "proposed": ("已建议单位启动", "proposed to the unit"),
        "unit_inquiry": ("单位问责调查中", "under inquiry by the unit"),
        "decided": ("已作出决定", "decided"),
        "announced": ("已宣布", "announced to all"),
        "executed": ("已执行", "executed"),
        "closed": ("已办结", "closed"),
        "set_aside": ("不予启动", "set aside"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "source",
        "ground_code",
        "dual",
        "approved_on",
        "started_on",
        "proposed_on",
        "unit_answer",
        "lenience",
        "decided_on",
        "decided_by",
        "open_addressees",
        "executed_on",
    )

    source: Mapped[str] = mapped_column(CODE)
    source_ref: Mapped[str] = mapped_column(ID)
    ground_code: Mapped[str] = mapped_column(CODE)
    dual: Mapped[bool] = mapped_column(Boolean, default=False)
    matter_ref: Mapped[str] = mapped_column(ID, default="", index=True)
    organisation_ids: Mapped[str] = mapped_column(Text, default="")
    units: Mapped[str] = mapped_column(Text, default="")
    approved_on: Mapped[date | None] = mapped_column(Date)
    started_on: Mapped[date | None] = mapped_column(Date)
    proposed_on: Mapped[date | None] = mapped_column(Date)
    unit_answer: Mapped[str] = mapped_column(CODE, default="")
    lenience: Mapped[str] = mapped_column(CODE, default="")
    lenience_ground: Mapped[str] = mapped_column(CODE, default="")
    decided_on: Mapped[date | None] = mapped_column(Date)
    decided_by: Mapped[str] = mapped_column(CODE, default="")
    examined_units: Mapped[str] = mapped_column(Text, default="")
    open_addressees: Mapped[str] = mapped_column(Text, default="")
    executed_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        UniqueConstraint("source", "source_ref", name="accountability_source"),
        Index("accountability_by_office", "office_id", "state", "opened_on", "id"),
        Index("accountability_by_handler", "handler_id", "state", "opened_on", "id"),
        Index("accountability_by_liaison", "liaison_office_id", "state", "opened_on", "id"),
        Index("accountability_by_state", "state", "opened_on", "id"),
        Index("accountability_by_date", "opened_on", "id"),
        Index("accountability_by_decision", "office_id", "decided_on"),
    )


class Announcement(CluesBase):
    """One announcement that a decision asks for: about whom, to whom; `announced_on`: once it was made (LZ-18.4)."""

    __tablename__ = "accountability_announcement"
    accountability_id: Mapped[str] = mapped_column(ID, primary_key=True)
    subject_ref: Mapped[str] = mapped_column(ID, primary_key=True)
    addressee: Mapped[str] = mapped_column(CODE, primary_key=True)
    announced_on: Mapped[date | None] = mapped_column(Date)


class OfficeAccountability(SubjectColumns, CluesBase):
    """Accountability of a dispatched office or of its staff: the commission's file, closed to the office (LZ-22.10).

    `office_id` is the commission's; `examined_office_id` the office in question. `known_to`: the one post that knows of
    it besides the commission, if any. `source_ref`: what opened it, if a rule did. `tracks`, `concluded_tracks`: lists.
    """

    __tablename__ = "office_accountability"
    KIND: ClassVar[str] = "office_accountability"
    ZH: ClassVar[str] = "派驻机构及其人员问责"
    EN: ClassVar[str] = "accountability of an office"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "signalled": ("待研判", "to be reviewed"),
        "opened": ("调查中", "under inquiry"),
        "concluded": ("已有结论", "concluded"),
        "closed": ("已办结", "closed"),
        "set_aside": ("不予启动", "set aside"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "ground_code",
        "examined_office_id",
        "lifelong",
        "tracks",
        "concluded_tracks",
    )

    ground_code: Mapped[str] = mapped_column(CODE)
    source_ref: Mapped[str] = mapped_column(ID)
    examined_office_id: Mapped[str] = mapped_column(ID)
    known_to: Mapped[str] = mapped_column(CODE, default="")
    case_ref: Mapped[str] = mapped_column(ID, default="")
    lifelong: Mapped[bool] = mapped_column(Boolean, default=False)
    tracks: Mapped[str] = mapped_column(Text, default="")
    concluded_tracks: Mapped[str] = mapped_column(Text, default="")
    __table_args__ = (
        UniqueConstraint("ground_code", "source_ref", name="office_accountability_source"),
        Index("office_accountability_by_state", "state", "opened_on", "id"),
        Index("office_accountability_by_date", "opened_on", "id"),
    )


class HandlingProposal(SubjectColumns, CluesBase):
    """A proposal to a unit on how to deal with an organisation or person in breach (处理建议, LL-1.9).

    `told_unit_id`: the unit, once it was sent; until then nobody of the unit knows of it.
    """

    __tablename__ = "handling_proposal"
    KIND: ClassVar[str] = "handling_proposal"
    ZH: ClassVar[str] = "处理建议"
    EN: ClassVar[str] = "handling proposal"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "drafted": ("已拟定", "drafted"),
        "sent": ("已送单位", "sent to the unit"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("sent_on",)

    matter_ref: Mapped[str] = mapped_column(ID)
    told_unit_id: Mapped[str] = mapped_column(ID, default="")
    sent_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("handling_proposal_by_office", "office_id", "state", "opened_on", "id"),
        Index("handling_proposal_by_liaison", "liaison_office_id", "state", "opened_on", "id"),
        Index("handling_proposal_by_state", "state", "opened_on", "id"),
        Index("handling_proposal_by_date", "opened_on", "id"),
    )
