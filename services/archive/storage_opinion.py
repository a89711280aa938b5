"""What archive keeps of integrity opinions (党风廉政意见): requests, and what the search of the ledger answered."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Date, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from services.archive.storage import ArchiveBase
from services.chassis.db import CODE, ID
from services.chassis.subject import SubjectColumns


class IntegrityOpinion(SubjectColumns, ArchiveBase):
    """A request for an opinion on persons, up to its reply (LZ-10.1, LZ-10.2). `person_ids`: each between commas."""

    __tablename__ = "integrity_opinion"
    KIND: ClassVar[str] = "integrity_opinion"
    ZH: ClassVar[str] = "党风廉政意见"
    EN: ClassVar[str] = "integrity opinion"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "requested": ("待回复", "requested"),
        "replied": ("已回复", "replied"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("purpose_code", "reply_no", "replied_on")

    purpose_code: Mapped[str] = mapped_column(CODE)
    person_ids: Mapped[str] = mapped_column(Text)
    reply_no: Mapped[str] = mapped_column(CODE, default="")
    replied_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("integrity_opinion_by_office", "office_id", "state", "opened_on", "id"),
        Index("integrity_opinion_by_date", "opened_on", "id"),
    )


class OpinionEvidence(ArchiveBase):
    """The latest result of the search for one person of a request: a code and a day, no more (LZ-10.5)."""

    __tablename__ = "opinion_evidence"
    request_id: Mapped[str] = mapped_column(ID, primary_key=True)
    person_id: Mapped[str] = mapped_column(ID, primary_key=True)
    result_code: Mapped[str] = mapped_column(CODE)
    searched_on: Mapped[date] = mapped_column(Date)
