"""What clues keeps of the ledger that unit and office share: for a suspected breach, a number and nothing else."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import ID
from services.chassis.subject import SubjectColumns
from services.clues.storage import CluesBase


class SharedEntry(SubjectColumns, CluesBase):
    """An entry of the shared ledgers (双台账) on a suspected breach, consultation subject K11 (HS-1.12).

    `clue_id`: the clue that was registered with it; shown to nobody, for the unit never sees the clue ledger.
    """

    __tablename__ = "shared_entry"
    KIND: ClassVar[str] = "shared_entry"
    ZH: ClassVar[str] = "会商台账条目(涉嫌违规违纪违法)"
    EN: ClassVar[str] = "shared ledger entry on a suspected breach"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {"open": ("已列入", "entered")}
    SHOWN: ClassVar[tuple[str, ...]] = ()

    clue_id: Mapped[str] = mapped_column(ID, unique=True)
    __table_args__ = (
        Index("shared_entry_by_office", "office_id", "state", "opened_on", "id"),
        Index("shared_entry_by_unit", "unit_id", "state", "opened_on", "id"),
        Index("shared_entry_by_date", "opened_on", "id"),
    )
