"""What acts are about: petitions, clues, volumes … Each service declares its kinds with these columns."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Date, Integer
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import CODE, ID, UtcDateTime

UNCLASSED, NORMAL, RESTRICTED, SEALED = "unclassed", "normal", "restricted", "sealed"
"""Secrecy of an item: its registrar's alone, the office's, need to know with readings logged, addressee's alone."""


class SubjectColumns:
    """Columns that the chassis reads and writes. Empty string: nobody, nowhere."""

    KIND: ClassVar[str]
    ZH: ClassVar[str]
    EN: ClassVar[str]
    STATES: ClassVar[dict[str, tuple[str, str]]]
    HAS_GAPS: ClassVar[bool] = False
    """Whether acts on it warn of gaps; of other kinds nobody asks the database for any."""
    ADDED: ClassVar[dict[str, object]] = {}
    """Columns of later releases with their defaults: no part of the state's digest while they hold them.

    What the trail says of an item from before goes on fitting its row.
    """

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    no: Mapped[str] = mapped_column(CODE, default="")
    state: Mapped[str] = mapped_column(CODE)
    version: Mapped[int] = mapped_column(Integer, default=0)
    secrecy: Mapped[str] = mapped_column(CODE)
    office_id: Mapped[str] = mapped_column(ID)
    liaison_office_id: Mapped[str] = mapped_column(ID, default="")
    unit_id: Mapped[str] = mapped_column(ID, default="")
    registrar_id: Mapped[str] = mapped_column(ID, default="")
    handler_id: Mapped[str] = mapped_column(ID, default="")
    addressee_id: Mapped[str] = mapped_column(ID, default="")
    opened_on: Mapped[date] = mapped_column(Date)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def ref(self) -> str:
        """`<kind>/<id>`, the subject of events and audit entries."""
        return f"{self.KIND}/{self.id}"
