"""What clues keeps of sanctions: each decision on a person, how they were educated, how it was executed."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Date, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import CODE, ID
from services.chassis.subject import SubjectColumns
from services.clues.storage import CluesBase


class Sanction(CluesBase):
    """A sanction (处分) as decided on one person of a case (LZ-17.17). One of the two codes may be empty.

    `form_code`: which of the four forms it counts to; `decided_by`: the deciding body. Its text is a paper.
    """

    __tablename__ = "sanction"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    case_id: Mapped[str] = mapped_column(ID)
    clue_id: Mapped[str] = mapped_column(ID)
    person_id: Mapped[str] = mapped_column(ID)
    office_id: Mapped[str] = mapped_column(ID)
    decision_no: Mapped[str] = mapped_column(CODE)
    party_sanction_code: Mapped[str] = mapped_column(CODE, default="")
    government_sanction_code: Mapped[str] = mapped_column(CODE, default="")
    form_code: Mapped[str] = mapped_column(CODE)
    decided_by: Mapped[str] = mapped_column(CODE)
    decided_on: Mapped[date] = mapped_column(Date)
    __table_args__ = (
        UniqueConstraint("case_id", "person_id", name="sanction_of_person"),
        Index("sanction_by_office", "office_id", "decided_on", "id"),
        Index("sanction_of_matter", "clue_id", "person_id"),
    )


class SanctionEducation(CluesBase):
    """One talk or visit by which a sanctioned person was educated (思想教育, LZ-17.19). What was said is a paper."""

    __tablename__ = "sanction_education"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    sanction_id: Mapped[str] = mapped_column(ID, index=True)
    held_on: Mapped[date] = mapped_column(Date)


class SanctionExecution(CluesBase):
    """How one item of a sanction's execution stands (处分决定执行, LZ-17.20); no row: still open."""

    __tablename__ = "sanction_execution"
    sanction_id: Mapped[str] = mapped_column(ID, primary_key=True)
    item_code: Mapped[str] = mapped_column(CODE, primary_key=True)
    result_code: Mapped[str] = mapped_column(CODE)
    done_on: Mapped[date | None] = mapped_column(Date)


class Precheck(SubjectColumns, CluesBase):
    """A pre-check (预审) of proposed handling or of a proposed sanction, by an office of the commission.

    `matter_ref`: the verification or case that it is about; `group_ids`: its group on that day. `recipient_role`: the
    office that was asked and so knows of the pre-check; of the matter itself it knows nothing more by that.
    """

    __tablename__ = "precheck"
    KIND: ClassVar[str] = "precheck"
    ZH: ClassVar[str] = "预审"
    EN: ClassVar[str] = "pre-check"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "requested": ("待预审", "opinion asked for"),
        "consented": ("预审同意", "consented to"),
        "returned": ("预审退回", "returned with an opinion"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("kind_code", "recipient_role", "decided_on")

    clue_id: Mapped[str] = mapped_column(ID)
    matter_ref: Mapped[str] = mapped_column(ID, index=True)
    group_ids: Mapped[str] = mapped_column(Text, default="")
    kind_code: Mapped[str] = mapped_column(CODE)
    recipient_role: Mapped[str] = mapped_column(CODE)
    decided_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("precheck_by_office", "office_id", "state", "opened_on", "id"),
        Index("precheck_by_handler", "handler_id", "state", "opened_on", "id"),
        Index("precheck_by_liaison", "liaison_office_id", "state", "opened_on", "id"),
        Index("precheck_by_recipient", "recipient_role", "state", "opened_on", "id"),
        Index("precheck_by_state", "state", "opened_on", "id"),
        Index("precheck_by_date", "opened_on", "id"),
    )
