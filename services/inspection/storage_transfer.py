"""What inspection keeps of what it passes on: clues transferred to their receivers, petitions referred in batches."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Date, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import CODE, ID
from services.chassis.subject import SubjectColumns
from services.inspection.storage import InspectionBase


class ClueTransfer(SubjectColumns, InspectionBase):
    """A clue (问题线索) transferred to its receiver: an entry of the inspection office's own ledger (XC-37.4a).

    `no` is the clue's number for the receiver too. `found_key` keeps a clue of a round from being transferred twice.
    `receiver_no`, `stage`, `handling_result`: what the receiver answered.
    """

    __tablename__ = "clue_transfer"
    KIND: ClassVar[str] = "clue_transfer"
    ZH: ClassVar[str] = "移交问题线索台账"
    EN: ClassVar[str] = "clue transferred to its receiver"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "transferred": ("已移交", "transferred"),
        "registered": ("接收单位已登记", "registered by the receiver"),
        "handling": ("办理中", "being handled"),
        "concluded": ("已办结", "concluded"),
        "publicised": ("已通报曝光", "made public"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "round_id",
        "found_no",
        "route",
        "receiver",
        "handed_on",
        "receiver_no",
        "transfer_stage",
        "handling_result",
        "concluded_on",
        "publicised_on",
    )

    round_id: Mapped[str] = mapped_column(ID)
    found_no: Mapped[str] = mapped_column(CODE)
    batch_id: Mapped[str] = mapped_column(ID)
    route: Mapped[str] = mapped_column(CODE)
    receiver: Mapped[str] = mapped_column(CODE)
    form_id: Mapped[str] = mapped_column(ID, default="")
    consent_ref: Mapped[str] = mapped_column(ID, default="")
    handover_sheet_id: Mapped[str] = mapped_column(ID, default="")
    handed_on: Mapped[date] = mapped_column(Date)
    found_key: Mapped[str] = mapped_column(Text, unique=True)
    receiver_no: Mapped[str] = mapped_column(ID, default="")
    transfer_stage: Mapped[str] = mapped_column(CODE, default="")
    handling_result: Mapped[str] = mapped_column(CODE, default="")
    concluded_on: Mapped[date | None] = mapped_column(Date)
    publicised_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("clue_transfer_by_no", "no"),
        Index("clue_transfer_by_office", "office_id", "state", "opened_on", "id"),
        Index("clue_transfer_by_state", "state", "opened_on", "id"),
        Index("clue_transfer_by_date", "opened_on", "id"),
    )


class PetitionReferral(SubjectColumns, InspectionBase):
    """A batch of petitions outside a round's scope, passed to the petition office (XC-39.0c)."""

    __tablename__ = "petition_referral"
    KIND: ClassVar[str] = "petition_referral"
    ZH: ClassVar[str] = "信访件移交批次"
    EN: ClassVar[str] = "batch of referred petitions"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "referred": ("已移交", "referred"),
        "receipted": ("信访室已签收", "receipted by the petition office"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("round_id", "referred_on", "receipted_on")

    round_id: Mapped[str] = mapped_column(ID)
    referred_on: Mapped[date] = mapped_column(Date)
    receipted_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("petition_referral_by_office", "office_id", "state", "opened_on", "id"),
        Index("petition_referral_by_date", "opened_on", "id"),
    )


class ReferredSerial(InspectionBase):
    """A petition of a round's ledger, by its serial: in one batch only."""

    __tablename__ = "referred_serial"
    round_id: Mapped[str] = mapped_column(ID, primary_key=True)
    serial: Mapped[str] = mapped_column(ID, primary_key=True)
    referral_id: Mapped[str] = mapped_column(ID, index=True)
