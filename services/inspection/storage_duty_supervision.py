"""What inspection keeps of special-duty supervision (专责监督, GL-3.19)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Date, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import CODE, ID
from services.chassis.subject import SubjectColumns
from services.inspection.storage import InspectionBase


class DutySupervision(SubjectColumns, InspectionBase):
    """Special-duty supervision of a unit through its five links; the day of each link is its clock's.

    `passed_links`, `not_needed_links`, `warned_links`: codes of links between commas. `opinion_id`: the
    opinion that the unit reads and answers, `interview_id`: the interview that was held.
    """

    __tablename__ = "duty_supervision"
    KIND: ClassVar[str] = "duty_supervision"
    ZH: ClassVar[str] = "专责监督"
    EN: ClassVar[str] = "special-duty supervision"
    HAS_GAPS: ClassVar[bool] = True
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "drafted": ("待定方案", "taken up, to be planned"),
        "planned": ("方案已批准", "plan approved"),
        "opinion_sent": ("已提出意见,待整改", "opinion issued"),
        "under_rectification": ("整改中,待跟踪", "rectification reported"),
        "unrectified": ("整改不到位,待约谈", "not rectified"),
        "interviewed": ("已约谈", "interviewed"),
        "accountability_asked": ("已提请问责", "accountability asked for"),
        "rectified_at_tracking": ("整改到位,待办结", "rectified"),
        "closed": ("已办结", "closed"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "member_ids",
        "passed_links",
        "not_needed_links",
        "opinion_id",
        "interview_id",
        "outcome_code",
        "closed_on",
    )

    member_ids: Mapped[str] = mapped_column(Text, default="")
    passed_links: Mapped[str] = mapped_column(Text, default="")
    not_needed_links: Mapped[str] = mapped_column(Text, default="")
    warned_links: Mapped[str] = mapped_column(Text, default="")
    opinion_id: Mapped[str] = mapped_column(ID, default="")
    interview_id: Mapped[str] = mapped_column(ID, default="")
    outcome_code: Mapped[str] = mapped_column(CODE, default="")
    closed_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("duty_supervision_by_office", "office_id", "state", "opened_on", "id"),
        Index("duty_supervision_by_liaison", "liaison_office_id", "state", "opened_on", "id"),
        Index("duty_supervision_by_unit", "unit_id", "opened_on"),
        Index("duty_supervision_by_date", "opened_on", "id"),
    )
