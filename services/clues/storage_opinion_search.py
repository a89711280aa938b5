"""What clues keeps of searches of its ledger for an integrity opinion (线索核查, LZ-10.5)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Date, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import CODE, ID
from services.chassis.subject import SubjectColumns
from services.clues.storage import CluesBase


class OpinionSearch(SubjectColumns, CluesBase):
    """The search for one person of a request; `search_code` and `searched_on` are of the latest."""

    __tablename__ = "opinion_search"
    KIND: ClassVar[str] = "opinion_search"
    ZH: ClassVar[str] = "线索核查"
    EN: ClassVar[str] = "search of the clue ledger for an opinion"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "waiting": ("待核查", "to be searched"),
        "supplied": ("已反馈", "result supplied"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("request_id", "person_id", "search_code", "searched_on")

    request_id: Mapped[str] = mapped_column(ID)
    person_id: Mapped[str] = mapped_column(ID)
    search_code: Mapped[str] = mapped_column(CODE, default="")
    searched_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        UniqueConstraint("request_id", "person_id", name="opinion_search_of_person"),
        Index("opinion_search_by_office", "office_id", "state", "opened_on", "id"),
        Index("opinion_search_by_date", "opened_on", "id"),
    )
