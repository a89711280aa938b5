"""What inspection keeps of the hand-over at a round's end: approval forms of clues, other problems."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Date, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import CODE, ID
from services.chassis.subject import SubjectColumns
from services.inspection.storage import InspectionBase


class TransferForm(SubjectColumns, InspectionBase):
    """The approval form for the clues that one receiver gets (移交审批表), and their hand-over in person (XC-37).

    `clue_ids`: the found clues on it; `catalogued`: those that the catalogue lists; `signed_parties`: who has signed
    the handover sheet; `before_roles`: the receiving posts once it is approved. Each between commas.
    """

    __tablename__ = "transfer_form"
    KIND: ClassVar[str] = "transfer_form"
    ZH: ClassVar[str] = "问题线索移交审批表"
    EN: ClassVar[str] = "approval form for the transfer of clues"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "filled": ("已填写,待审签", "filled in, to be signed"),
        "approved": ("已批准,待约定移交", "approved, hand-over to be arranged"),
        "arranged": ("已约定,待当面移交", "hand-over arranged"),
        "handed_over": ("已移交", "handed over"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "engagement_id",
        "round_id",
        "receiver",
        "signed_parties",
        "handed_on",
    )

    engagement_id: Mapped[str] = mapped_column(ID, index=True)
    round_id: Mapped[str] = mapped_column(ID)
    team_id: Mapped[str] = mapped_column(ID)
    leader_id: Mapped[str] = mapped_column(ID)
    liaison_id: Mapped[str] = mapped_column(ID, default="")
    receiver: Mapped[str] = mapped_column(CODE)
    clue_ids: Mapped[str] = mapped_column(Text)
    catalogued: Mapped[str] = mapped_column(Text, default="")
    before_roles: Mapped[str] = mapped_column(Text, default="")
    signed_parties: Mapped[str] = mapped_column(Text, default="")
    receiving_office_id: Mapped[str] = mapped_column(ID, default="")
    approved_by: Mapped[str] = mapped_column(ID, default="")
    approved_on: Mapped[date | None] = mapped_column(Date)
    handed_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("transfer_form_by_office", "office_id", "state", "opened_on", "id"),
        Index("transfer_form_by_leader", "leader_id", "state", "opened_on", "id"),
        Index("transfer_form_by_liaison", "liaison_id", "state", "opened_on", "id"),
        Index("transfer_form_by_date", "opened_on", "id"),
    )


class IssueTransfer(SubjectColumns, InspectionBase):
    """Another problem handed to the department that it belongs to (移交其他问题), as the secretary's meeting asked."""

    __tablename__ = "issue_transfer"
    KIND: ClassVar[str] = "issue_transfer"
    ZH: ClassVar[str] = "移交其他问题"
    EN: ClassVar[str] = "other problem handed to a department"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "transferred": ("已移交", "transferred"),
        "answered": ("部门已回复", "answered by the department"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("round_id", "issue_id", "department_id", "handed_on", "replied_on")

    round_id: Mapped[str] = mapped_column(ID, index=True)
    issue_id: Mapped[str] = mapped_column(ID)
    department_id: Mapped[str] = mapped_column(ID)
    handed_on: Mapped[date] = mapped_column(Date)
    replied_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        UniqueConstraint("issue_id", "department_id", name="issue_to_department"),
        Index("issue_transfer_by_office", "office_id", "state", "opened_on", "id"),
        Index("issue_transfer_by_date", "opened_on", "id"),
    )
