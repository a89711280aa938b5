"""What inspection keeps of the feedback: its list of problems, the receipt for its texts."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Date, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import ID
from services.chassis.subject import SubjectColumns
from services.inspection.storage import InspectionBase


class FeedbackProblem(InspectionBase):
    """A problem of the list that is fed back to a unit, as it stands in the last drafts (XC-33.1b).

    `list_no`: from one, to which every later rectification refers; none (0): left out, with the reason in the drafts.
    """

    __tablename__ = "feedback_problem"

    engagement_id: Mapped[str] = mapped_column(ID, primary_key=True)
    issue_id: Mapped[str] = mapped_column(ID, primary_key=True)
    list_no: Mapped[int] = mapped_column(Integer)


class FeedbackReceipt(SubjectColumns, InspectionBase):
    """The receipt for the three feedback texts (巡察反馈材料签收单), signed by leader and principal (XC-34.2d).

    `principal_id`: the principal of the unit to whom they are handed; `signer_ids`: who has signed, between commas.
    """

    __tablename__ = "feedback_receipt"
    KIND: ClassVar[str] = "feedback_receipt"
    ZH: ClassVar[str] = "巡察反馈材料签收单"
    EN: ClassVar[str] = "receipt for the feedback material"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "drawn_up": ("待双方签字", "to be signed by both"),
        "served": ("已签收", "signed for"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "engagement_id",
        "round_id",
        "principal_id",
        "signer_ids",
        "served_on",
    )

    engagement_id: Mapped[str] = mapped_column(ID, unique=True)
    round_id: Mapped[str] = mapped_column(ID)
    team_id: Mapped[str] = mapped_column(ID)
    leader_id: Mapped[str] = mapped_column(ID)
    staff_ids: Mapped[str] = mapped_column(Text)
    principal_id: Mapped[str] = mapped_column(ID)
    signer_ids: Mapped[str] = mapped_column(Text, default="")
    served_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("feedback_receipt_by_office", "office_id", "state", "opened_on", "id"),
        Index("feedback_receipt_by_leader", "leader_id", "state", "opened_on", "id"),
        Index("feedback_receipt_by_principal", "principal_id", "state", "opened_on", "id"),
        Index("feedback_receipt_by_date", "opened_on", "id"),
    )
