"""Problems found in a unit and the suggestions on them (LZ-18.7 to LZ-18.11)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Boolean, Date, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import CODE, ID
from services.chassis.subject import SubjectColumns
from services.clues.storage import CluesBase


class Suggestion(SubjectColumns, CluesBase):
    """A problem found, graded, and what went out on it: a notice, or a discipline or supervision suggestion.

    `source`, `source_ref`: what it was found in, and the proposal that asked for it, if one did. `reports_up`: how
    often it was passed up and came back. `escalations`: how often the unit's silence was told further up. `unstudied`:
    it was decided on as minor, with a reason in place of the minutes of a collective study (LZ-22.5).
    """

    __tablename__ = "suggestion"
    KIND: ClassVar[str] = "suggestion"
    ZH: ClassVar[str] = "问题及建议"
    EN: ClassVar[str] = "problem and suggestion"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "registered": ("已登记", "registered"),
        "notified": ("已通报", "notified"),
        "approved": ("建议已批准", "suggestion approved"),
        "passed_up": ("已呈报", "passed up"),
        "commission_approved": ("区纪委已批准", "approved by the commission"),
        "issued": ("建议已发出", "suggestion issued"),
        "answered": ("单位已回复", "answered by the unit"),
        "verified": ("整改已核实", "rectification verified"),
        "closed": ("已办结", "closed"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "source",
        "grade",
        "previous_grade",
        "suggestion_kind",
        "issuer",
        "suggestion_no",
        "recipient_id",
        "issued_on",
        "copied_on",
        "answered_on",
        "escalations",
        "unstudied",
    )
    ADDED: ClassVar[dict[str, object]] = {"unstudied": False}

    source: Mapped[str] = mapped_column(CODE)
    source_ref: Mapped[str] = mapped_column(ID)
    grade: Mapped[str] = mapped_column(CODE, default="")
    previous_grade: Mapped[str] = mapped_column(CODE, default="")
    graded_on: Mapped[date | None] = mapped_column(Date)
    suggestion_kind: Mapped[str] = mapped_column(CODE, default="")
    recipient_id: Mapped[str] = mapped_column(ID, default="")
    issuer: Mapped[str] = mapped_column(CODE, default="")
    suggestion_no: Mapped[str] = mapped_column(CODE, default="")
    issued_on: Mapped[date | None] = mapped_column(Date)
    copied_on: Mapped[date | None] = mapped_column(Date)
    answered_on: Mapped[date | None] = mapped_column(Date)
    reports_up: Mapped[int] = mapped_column(Integer, default=0)
    escalations: Mapped[int] = mapped_column(Integer, default=0)
    unstudied: Mapped[bool] = mapped_column(Boolean, default=False)
    __table_args__ = (
        UniqueConstraint("source", "source_ref", name="suggestion_source"),
        Index("suggestion_by_office", "office_id", "state", "opened_on", "id"),
        Index("suggestion_by_liaison", "liaison_office_id", "state", "opened_on", "id"),
        Index("suggestion_by_state", "state", "opened_on", "id"),
        Index("suggestion_by_date", "opened_on", "id"),
    )
