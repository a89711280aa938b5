"""What a team keeps of petitions: its ledger, and the slips of what is delivered directly (step 13)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Boolean, Date, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import CODE, ID
from services.chassis.subject import SubjectColumns
from services.inspection.storage import InspectionBase


class TeamPetition(SubjectColumns, InspectionBase):
    """An entry of the team's petition ledger (巡察信访台账), its own book (XC-13.1b, ruling 6).

    `no` is its serial. `handler_id`: who entered it; `designee_ids`: who receives petitions at the unit now.
    `before_roles`: posts before which it lies because it is about somebody of the team (readings.yaml, A07).
    A direct item is a blind line: serial, day, `direct`. Once delivered it has no persons and no papers any more.
    """

    __tablename__ = "team_petition"
    KIND: ClassVar[str] = "team_petition"
    ZH: ClassVar[str] = "巡察信访件"
    EN: ClassVar[str] = "petition to the team"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "registered": ("已登记", "registered"),
        "received_only": ("只接收,待移交", "received only, to be passed on"),
        "passed_to_department": ("已移交有关部门", "passed to the department"),
        "referral_drafted": ("已填转办单", "referral slip filled in"),
        "handed_to_unit": ("已转被巡察单位", "handed to the unit"),
        "important_submitted": ("已呈组长", "before the leader"),
        "important_instructed": ("组长已批示", "instructed by the leader"),
        "turned_into_clue": ("已转问题线索", "turned into a clue"),
        "filed": ("已存档备查", "filed"),
        "direct_with_leader": ("径送,组长处理中", "direct, with the leader"),
        "delivered_sealed": ("已密封送达", "delivered sealed"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "engagement_id",
        "team_id",
        "received_on",
        "came_by",
        "route_code",
        "received_by_two",
        "instruction_code",
        "passed_on",
    )

    engagement_id: Mapped[str] = mapped_column(ID)
    round_id: Mapped[str] = mapped_column(ID)
    team_id: Mapped[str] = mapped_column(ID)
    leader_id: Mapped[str] = mapped_column(ID)
    deputy_ids: Mapped[str] = mapped_column(Text, default="")
    liaison_id: Mapped[str] = mapped_column(ID, default="")
    designee_ids: Mapped[str] = mapped_column(Text, default="")
    before_roles: Mapped[str] = mapped_column(Text, default="")
    received_on: Mapped[date] = mapped_column(Date)
    came_by: Mapped[str] = mapped_column(CODE, default="")
    route_code: Mapped[str] = mapped_column(CODE)
    received_by_two: Mapped[bool] = mapped_column(Boolean, default=False)
    instruction_code: Mapped[str] = mapped_column(CODE, default="")
    passed_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("team_petition_of_engagement", "engagement_id", "state"),
        Index("team_petition_of_round", "round_id", "no"),
        Index("team_petition_by_handler", "handler_id", "state", "opened_on", "id"),
        Index("team_petition_by_leader", "leader_id", "state", "opened_on", "id"),
        Index("team_petition_by_liaison", "liaison_id", "state", "opened_on", "id"),
        Index("team_petition_by_date", "opened_on", "id"),
    )


class DirectDelivery(SubjectColumns, InspectionBase):
    """A slip of what is delivered directly (巡察径送件呈报单): leader, registrar and addressee alone (XC-13.2).

    `designated_id`: whom the leader designated to register it. `source_id`: the petition or interview that it is about.
    When the addressee has signed for it, serial, scope, seal and days stay, and nothing else.
    """

    __tablename__ = "direct_delivery"
    KIND: ClassVar[str] = "direct_delivery"
    ZH: ClassVar[str] = "巡察径送件"
    EN: ClassVar[str] = "direct delivery"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "filled": ("呈报单已填写,待登记", "slip filled in"),
        "registered": ("已登记,待密封送巡察办", "registered"),
        "with_office": ("已密封交巡察办转送", "sealed, with the office"),
        "delivered": ("已送达", "delivered"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "engagement_id",
        "direct_scope_code",
        "material_code",
        "page_count",
        "seal_no",
        "addressee_post",
        "registered_on",
        "handed_on",
        "delivered_on",
    )

    engagement_id: Mapped[str] = mapped_column(ID)
    team_id: Mapped[str] = mapped_column(ID)
    leader_id: Mapped[str] = mapped_column(ID)
    designated_id: Mapped[str] = mapped_column(ID)
    source_id: Mapped[str] = mapped_column(ID, default="")
    direct_scope_code: Mapped[str] = mapped_column(CODE)
    material_code: Mapped[str] = mapped_column(CODE)
    page_count: Mapped[int] = mapped_column(Integer)
    seal_no: Mapped[str] = mapped_column(CODE, default="")
    addressee_post: Mapped[str] = mapped_column(CODE)
    registered_on: Mapped[date | None] = mapped_column(Date)
    handed_on: Mapped[date | None] = mapped_column(Date)
    delivered_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("direct_delivery_of_engagement", "engagement_id", "state"),
        Index("direct_delivery_by_leader", "leader_id", "state", "opened_on", "id"),
        Index("direct_delivery_by_designated", "designated_id", "state", "opened_on", "id"),
        Index("direct_delivery_by_addressee", "addressee_id", "state", "opened_on", "id"),
        Index("direct_delivery_by_date", "opened_on", "id"),
    )
