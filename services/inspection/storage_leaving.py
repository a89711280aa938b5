"""What inspection keeps of what leaves a round: the office's clue ledger, slips of petitions."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Date, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import CODE, ID
from services.chassis.subject import SubjectColumns
from services.inspection.storage import InspectionBase


class LedgerEntry(SubjectColumns, InspectionBase):
    """A line of the inspection office's clue ledger (问题线索台账), transferred or not (XC-37.4).

    `entry_key`: the found clue, or the transfer of one that no team registered here; one line for each.
    `difference`: how the receiver's register stood at the last reconciliation, where it did not agree; else empty.
    """

    __tablename__ = "clue_ledger_entry"
    KIND: ClassVar[str] = "clue_ledger_entry"
    ZH: ClassVar[str] = "巡察办问题线索台账"
    EN: ClassVar[str] = "entry of the office's clue ledger"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "found": ("已发现,未移交", "found, not transferred"),
        "transferred": ("已移交", "transferred"),
        "handling": ("办理中", "being handled"),
        "concluded": ("已办结,待销账", "concluded, to be closed"),
        "closed": ("已销账", "closed"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "round_id",
        "found_no",
        "clue_no",
        "receiver",
        "handed_on",
        "transfer_stage",
        "reconciled_on",
        "difference",
        "handling_result",
        "concluded_on",
        "struck_off_on",
    )

    round_id: Mapped[str] = mapped_column(ID, index=True)
    entry_key: Mapped[str] = mapped_column(ID, unique=True)
    found_no: Mapped[str] = mapped_column(CODE, default="")
    clue_no: Mapped[str] = mapped_column(CODE, default="")
    receiver: Mapped[str] = mapped_column(CODE, default="")
    handed_on: Mapped[date | None] = mapped_column(Date)
    transfer_stage: Mapped[str] = mapped_column(CODE, default="")
    reconciled_on: Mapped[date | None] = mapped_column(Date)
    difference: Mapped[str] = mapped_column(CODE, default="")
    handling_result: Mapped[str] = mapped_column(CODE, default="")
    concluded_on: Mapped[date | None] = mapped_column(Date)
    struck_off_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("clue_ledger_entry_by_number", "clue_no"),
        Index("clue_ledger_entry_by_office", "office_id", "state", "opened_on", "id"),
        Index("clue_ledger_entry_by_state", "state", "opened_on", "id"),
        Index("clue_ledger_entry_by_date", "opened_on", "id"),
    )


class ReferralSlip(SubjectColumns, InspectionBase):
    """The slip of a petition that is neither the inspection's nor the unit's (转办单): the team's, then the office's.

    `handler_id`: who filled it in. `before_roles`: the office's posts, from the day on which it is sent there.
    """

    __tablename__ = "referral_slip"
    KIND: ClassVar[str] = "referral_slip"
    ZH: ClassVar[str] = "信访举报材料转办单"
    EN: ClassVar[str] = "referral slip of a petition"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "filled": ("已填写", "filled in"),
        "sent": ("已送巡察办", "with the office"),
        "referred": ("已移交信访室", "with the petition office"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("engagement_id", "round_id", "team_id", "petition_serial", "sent_on")

    engagement_id: Mapped[str] = mapped_column(ID)
    round_id: Mapped[str] = mapped_column(ID)
    team_id: Mapped[str] = mapped_column(ID)
    leader_id: Mapped[str] = mapped_column(ID)
    liaison_id: Mapped[str] = mapped_column(ID, default="")
    petition_serial: Mapped[str] = mapped_column(ID)
    before_roles: Mapped[str] = mapped_column(Text, default="")
    sent_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        UniqueConstraint("round_id", "petition_serial", name="slip_of_petition"),
        Index("referral_slip_of_engagement", "engagement_id", "state"),
        Index("referral_slip_by_handler", "handler_id", "state", "opened_on", "id"),
        Index("referral_slip_by_leader", "leader_id", "state", "opened_on", "id"),
        Index("referral_slip_by_liaison", "liaison_id", "state", "opened_on", "id"),
        Index("referral_slip_by_office", "office_id", "state", "opened_on", "id"),
        Index("referral_slip_by_date", "opened_on", "id"),
    )
