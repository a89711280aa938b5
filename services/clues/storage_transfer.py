"""What clues keeps of clues that an inspection transferred: the receiver's own register (XC-37.3d, XC-37.4d)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Date, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import CODE, ID
from services.chassis.subject import SubjectColumns
from services.clues.storage import CluesBase


class TransferredClue(SubjectColumns, CluesBase):
    """An entry of the receiver's register, one for each clue (巡察移交问题线索).

    `clue_no`: its number in the inspection office's ledger. `form_ref`: the approval form, or the consent to an
    immediate route. `clue_id`: the clue of the dispatched office that it was assigned to; its states are then the
    stages. `channels`: where the result was made public, each between commas.
    """

    __tablename__ = "transferred_clue"
    KIND: ClassVar[str] = "transferred_clue"
    ZH: ClassVar[str] = "巡察移交问题线索"
    EN: ClassVar[str] = "clue transferred by inspection"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "registered": ("已登记", "registered"),
        "handling": ("办理中", "being handled"),
        "concluded": ("已办结", "concluded"),
        "publicised": ("已通报曝光", "made public"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "clue_no",
        "route",
        "handed_on",
        "clue_id",
        "transfer_stage",
        "handling_result",
        "concluded_on",
        "publicised_on",
    )

    clue_no: Mapped[str] = mapped_column(ID, unique=True)
    batch_id: Mapped[str] = mapped_column(ID)
    route: Mapped[str] = mapped_column(CODE)
    receiver: Mapped[str] = mapped_column(CODE)
    form_ref: Mapped[str] = mapped_column(ID)
    handover_sheet_id: Mapped[str] = mapped_column(ID, default="")
    handed_on: Mapped[date] = mapped_column(Date)
    clue_id: Mapped[str] = mapped_column(ID, default="", index=True)
    transfer_stage: Mapped[str] = mapped_column(CODE, default="")
    handling_result: Mapped[str] = mapped_column(CODE, default="")
    concluded_on: Mapped[date | None] = mapped_column(Date)
    publicised_on: Mapped[date | None] = mapped_column(Date)
    channels: Mapped[str] = mapped_column(Text, default="")
    __table_args__ = (
        Index("transferred_clue_by_office", "office_id", "state", "opened_on", "id"),
        Index("transferred_clue_by_state", "state", "opened_on", "id"),
        Index("transferred_clue_by_date", "opened_on", "id"),
    )
