"""What inspection keeps of special supervision checks, who helps with them, and of what an office chooses (LZ-11)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Date, Index, Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import CODE, ID
from services.chassis.subject import SubjectColumns
from services.inspection.storage import InspectionBase


class SpecialSupervisionYear(SubjectColumns, InspectionBase):
    """An office owes at least one special check a year (LZ-11.1). `reported_count`: checks of the year, reported."""

    __tablename__ = "special_supervision_year"
    KIND: ClassVar[str] = "special_supervision_year"
    ZH: ClassVar[str] = "年度专项监督检查"
    EN: ClassVar[str] = "year of special supervision"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "open": ("待完成", "open"),
        "met": ("已完成", "met"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("year", "reported_count")

    year: Mapped[int] = mapped_column(Integer)
    reported_count: Mapped[int] = mapped_column(Integer, default=0)
    __table_args__ = (
        UniqueConstraint("office_id", "year", name="special_supervision_year_of_office"),
        Index("special_supervision_year_by_office", "office_id", "state", "opened_on", "id"),
        Index("special_supervision_year_by_date", "opened_on", "id"),
    )


class SpecialSupervision(SubjectColumns, InspectionBase):
    """A special supervision check (专项监督检查) of a problem that units share.

    `unit_ids`, `department_ids`: where it is checked; `participant_ids`: staff of other departments who take part until
    it is concluded; each between commas. `type_code`: empty for the yearly check, or that of special matters, which are
    `matter_ids` of the list (LL-3.14). `channel_id`: the office through which it was reported, of role
    `channel_role`; `commission_id`: the commission's office once the report is before it.
    """

    __tablename__ = "special_supervision"
    KIND: ClassVar[str] = "special_supervision"
    ZH: ClassVar[str] = "专项监督检查"
    EN: ClassVar[str] = "special supervision check"
    ADDED: ClassVar[dict[str, object]] = {"type_code": "", "matter_ids": ""}
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "opened": ("检查中", "under way"),
        "concluded": ("已结束,待报告", "concluded, to be reported"),
        "reported": ("已报告", "reported"),
        "forwarded": ("已报委", "forwarded to the commission"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "ground_code",
        "unit_ids",
        "department_ids",
        "participant_ids",
        "concluded_on",
        "channel_role",
        "reported_on",
        "forwarded_on",
        "type_code",
        "matter_ids",
    )

    ground_code: Mapped[str] = mapped_column(CODE)
    unit_ids: Mapped[str] = mapped_column(Text)
    department_ids: Mapped[str] = mapped_column(Text, default="")
    participant_ids: Mapped[str] = mapped_column(Text, default="")
    concluded_on: Mapped[date | None] = mapped_column(Date)
    channel_role: Mapped[str] = mapped_column(CODE, default="")
    channel_id: Mapped[str] = mapped_column(ID, default="")
    reported_on: Mapped[date | None] = mapped_column(Date)
    commission_id: Mapped[str] = mapped_column(ID, default="")
    forwarded_on: Mapped[date | None] = mapped_column(Date)
    type_code: Mapped[str] = mapped_column(CODE, default="")
    matter_ids: Mapped[str] = mapped_column(Text, default="")
    __table_args__ = (
        Index("special_supervision_by_office", "office_id", "state", "opened_on", "id"),
        Index("special_supervision_by_channel", "channel_id", "state", "opened_on", "id"),
        Index("special_supervision_by_date", "opened_on", "id"),
    )


class ThirdPartyEngagement(SubjectColumns, InspectionBase):
    """A third party is invited to give its professional opinion on a special check (LZ-11.4).

    `handler_id`: who gives it. `letter_id`: the engagement letter; `author_id`: who gave the opinion `opinion_id`.
    """

    __tablename__ = "third_party_engagement"
    KIND: ClassVar[str] = "third_party_engagement"
    ZH: ClassVar[str] = "第三方专业意见"
    EN: ClassVar[str] = "third party's opinion"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "invited": ("已委托,待出具意见", "invited"),
        "opined": ("已出具意见", "opinion given"),
        "ended": ("已终止委托", "ended"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("check_id", "letter_id", "author_id", "opinion_id", "given_on")

    check_id: Mapped[str] = mapped_column(ID, index=True)
    letter_id: Mapped[str] = mapped_column(ID)
    author_id: Mapped[str] = mapped_column(ID, default="")
    opinion_id: Mapped[str] = mapped_column(ID, default="")
    given_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("third_party_engagement_by_office", "office_id", "state", "opened_on", "id"),
        Index("third_party_engagement_by_handler", "handler_id", "state", "opened_on", "id"),
        Index("third_party_engagement_by_date", "opened_on", "id"),
    )


class SupportRequest(SubjectColumns, InspectionBase):
    """A request for support and guidance to an office of the commission (提请职能室支撑), and its answer (LZ-11.5)."""

    __tablename__ = "support_request"
    KIND: ClassVar[str] = "support_request"
    ZH: ClassVar[str] = "提请支撑"
    EN: ClassVar[str] = "request for support"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "sent": ("已提请,待答复", "sent, to be answered"),
        "answered": ("已答复", "answered"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "check_id",
        "recipient_role",
        "recipient_id",
        "sent_on",
        "answered_on",
    )

    check_id: Mapped[str] = mapped_column(ID, default="")
    recipient_role: Mapped[str] = mapped_column(CODE)
    recipient_id: Mapped[str] = mapped_column(ID)
    sent_on: Mapped[date] = mapped_column(Date)
    answered_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("support_request_by_office", "office_id", "state", "opened_on", "id"),
        Index("support_request_by_recipient", "recipient_id", "state", "opened_on", "id"),
        Index("support_request_by_date", "opened_on", "id"),
    )


class KeyMatter(SubjectColumns, InspectionBase):
    """A matter or case that the office takes up before others, or leaves out; why stands in its paper (GL-1.5)."""

    __tablename__ = "key_matter"
    KIND: ClassVar[str] = "key_matter"
    ZH: ClassVar[str] = "重点事项和重点案件"
    EN: ClassVar[str] = "key matter or case"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "marked": ("已确定", "marked"),
        "settled": ("已办结", "settled"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("key_kind", "choice_code", "settled_on")

    key_kind: Mapped[str] = mapped_column(CODE)
    choice_code: Mapped[str] = mapped_column(CODE)
    settled_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("key_matter_by_office", "office_id", "state", "opened_on", "id"),
        Index("key_matter_by_date", "opened_on", "id"),
    )
