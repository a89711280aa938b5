"""What intake keeps: petitions, and the sealed deliveries of restricted ones."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import BigInteger, Boolean, Date, Index, Integer, LargeBinary, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from services.chassis.db import CODE, ID, SHA256, UtcDateTime
from services.chassis.subject import SubjectColumns


class IntakeBase(DeclarativeBase):
    """Tables of intake."""


class Petition(SubjectColumns, IntakeBase):
    """A petition (信访件): a report about an official, from its receipt to its closing.

    `sender_id`: who passed it on at a unit. `rule_version`: the version of the petition rule that it was registered
    under. `naming`, `petitioners`: whether, and how many, gave a name. `natural_key`, `ledger_mark`: of an imported
    one, keyed fingerprints of its ledger row's key and content; the second goes when a sealed one is delivered.
    """

    __tablename__ = "petition"
    KIND: ClassVar[str] = "petition"
    ZH: ClassVar[str] = "信访件"
    EN: ClassVar[str] = "petition"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "held_by_unit": ("单位已收件", "received by a unit"),
        "transferred": ("已移送待登记", "passed on by the unit, to be registered"),
        "registered": ("已登记", "registered"),
        "escalated": ("已径送", "delivered to the addressee"),
        "forwarded": ("已转信访室", "forwarded to the petition office"),
        "judged": ("已研判", "judged"),
        "recorded": ("已录入平台", "entered in the platform"),
        "referred_as_clue": ("已提请线索处置", "referred as a clue"),
        "transfer_approved": ("转办已批准", "transfer approved"),
        "transferred_out": ("已转办", "transferred out"),
        "replied": ("已收办结回复", "reply received"),
        "result_recorded": ("结果已录入", "result entered"),
        "closure_submitted": ("已提交审结", "submitted for closure"),
        "returned": ("审结退回", "closure returned"),
        "closed": ("已审结", "closed"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "class_code", "channel", "received_on", "unit_received_on", "transferred_on", "platform_no",
        "department_id", "clue_id", "outcome_code", "duplicate_of", "imported", "naming", "rule_version",
    )  # fmt: skip

    ADDED: ClassVar[dict[str, object]] = {"sender_id": "", "rule_version": "", "naming": "", "petitioners": 0}

    received_on: Mapped[date] = mapped_column(Date)
    channel: Mapped[str] = mapped_column(CODE)
    class_code: Mapped[str] = mapped_column(CODE, default="")
    transferred: Mapped[bool] = mapped_column(Boolean, default=False)
    unit_received_on: Mapped[date | None] = mapped_column(Date)
    transferred_on: Mapped[date | None] = mapped_column(Date)
    in_scope: Mapped[bool | None] = mapped_column(Boolean)
    platform_no: Mapped[str] = mapped_column(CODE, default="")
    outcome_code: Mapped[str] = mapped_column(CODE, default="")
    clue_id: Mapped[str] = mapped_column(ID, default="")
    department_id: Mapped[str] = mapped_column(ID, default="")
    duplicate_of: Mapped[str] = mapped_column(ID, default="")
    replied_on: Mapped[date | None] = mapped_column(Date)
    imported: Mapped[bool] = mapped_column(Boolean, default=False)
    sender_id: Mapped[str] = mapped_column(ID, default="")
    rule_version: Mapped[str] = mapped_column(CODE, default="")
    naming: Mapped[str] = mapped_column(CODE, default="")
    petitioners: Mapped[int] = mapped_column(Integer, default=0)
    natural_key: Mapped[str | None] = mapped_column(CODE, unique=True)
    ledger_mark: Mapped[bytes | None] = mapped_column(SHA256)
    __table_args__ = (
        Index("petition_by_office", "office_id", "state", "opened_on", "id"),
        Index("petition_by_handler", "handler_id", "state", "opened_on", "id"),
        Index("petition_by_state", "state", "opened_on", "id"),
        Index("petition_by_date", "opened_on", "id"),
        Index("petition_by_addressee", "addressee_id", "state"),
        Index("petition_by_registrar", "registrar_id", "secrecy", "opened_on", "id"),
        Index("petition_by_no", "no"),
        Index("petition_by_sender", "sender_id", "secrecy", "opened_on", "id"),
    )


class ImportedLedger(IntakeBase):
    """A ledger file that rows were imported from. Its year is part of natural keys, so it is said once."""

    __tablename__ = "imported_ledger"
    office_id: Mapped[str] = mapped_column(ID, primary_key=True)
    digest: Mapped[str] = mapped_column(CODE, primary_key=True)
    year: Mapped[int | None] = mapped_column(Integer)
    first_at: Mapped[datetime] = mapped_column(UtcDateTime)


class KeptLedger(IntakeBase):
    """A ledger file on its way in through the browser, its uploader's alone. Everything in it is encrypted. Real time.

    `state`: `columns` (what is which column is to be said), `checked` (read as a whole), `done`. `content`: the file,
    until it is done; `about`: its name, columns, counts; `problems`: rows not taken and why; `given_back`: the workbook
    of those.
    """

    __tablename__ = "kept_ledger"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    person_id: Mapped[str] = mapped_column(ID)
    office_id: Mapped[str] = mapped_column(ID)
    digest: Mapped[str] = mapped_column(CODE)
    kind: Mapped[str] = mapped_column(CODE)
    state: Mapped[str] = mapped_column(CODE)
    year: Mapped[int | None] = mapped_column(Integer)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    about: Mapped[bytes] = mapped_column(LargeBinary)
    problems: Mapped[bytes] = mapped_column(LargeBinary)
    given_back: Mapped[bytes] = mapped_column(LargeBinary)
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    __table_args__ = (Index("kept_ledger_by_person", "person_id", "office_id"),)


class KeptBatch(IntakeBase):
    """One batch of a kept ledger's good rows. `outcomes`: rows of the file up to its end; counts once it is `sent`."""

    __tablename__ = "kept_batch"
    ledger_id: Mapped[str] = mapped_column(ID, primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[str] = mapped_column(CODE)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    outcomes: Mapped[int] = mapped_column(Integer)
    sent: Mapped[bool] = mapped_column(Boolean, default=False)
    imported: Mapped[int] = mapped_column(Integer, default=0)
    already: Mapped[int] = mapped_column(Integer, default=0)
    refused: Mapped[bytes] = mapped_column(LargeBinary)


class LetterMark(IntakeBase):
    """A keyed fingerprint of an ordinary petition's summary or of a scan of it: the same letter is found again.

    Sealed and unclassed petitions have none.
    """

    __tablename__ = "letter_mark"
    mark: Mapped[bytes] = mapped_column(SHA256, primary_key=True)
    petition_id: Mapped[str] = mapped_column(ID, primary_key=True)


class SealedPart(IntakeBase):
    """One part of a delivered restricted petition, encrypted to its addressee. Part 0 holds the papers."""

    __tablename__ = "sealed_part"
    petition_id: Mapped[str] = mapped_column(ID, primary_key=True)
    part: Mapped[int] = mapped_column(Integer, primary_key=True)
    addressee_id: Mapped[str] = mapped_column(ID, index=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    delivered_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PetitionerIdentity(IntakeBase):
    """Who a petition is from, encrypted under a key of its own: neither the case's key nor its readers open it."""

    __tablename__ = "petitioner_identity"
    petition_id: Mapped[str] = mapped_column(ID, primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class IdentityRelease(IntakeBase):
    """A petitioner's identity was opened to one person by two others, until a moment."""

    __tablename__ = "identity_release"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    petition_id: Mapped[str] = mapped_column(ID, index=True)
    person_id: Mapped[str] = mapped_column(ID)
    until: Mapped[datetime] = mapped_column(UtcDateTime)


class ReferralBatch(SubjectColumns, IntakeBase):
    """Petitions outside its scope that an inspection team refers, as a batch of serials (XC-39.0c, XC-39.0d)."""

    __tablename__ = "referral_batch"
    KIND: ClassVar[str] = "referral_batch"
    ZH: ClassVar[str] = "巡察移交信访件批次"
    EN: ClassVar[str] = "batch referred by inspection"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "announced": ("待登记", "announced"),
        "receipted": ("已签收", "receipted"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("batch_ref", "expected")

    batch_ref: Mapped[str] = mapped_column(ID, unique=True)
    expected: Mapped[int] = mapped_column(Integer)
    __table_args__ = (Index("referral_batch_by_state", "state", "opened_on", "id"),)


class ReferredSerial(IntakeBase):
    """One serial of a batch, and the petition that it was registered as (empty: not yet)."""

    __tablename__ = "referred_serial"
    batch_id: Mapped[str] = mapped_column(ID, primary_key=True)
    serial: Mapped[str] = mapped_column(ID, primary_key=True)
    petition_id: Mapped[str] = mapped_column(ID, default="")


class UnitReport(SubjectColumns, IntakeBase):
    """A unit's periodic list of petitions and clues received; it replaces the transfer of none of them (LL-2.8)."""

    __tablename__ = "unit_report"
    KIND: ClassVar[str] = "unit_report"
    ZH: ClassVar[str] = "单位信访情况通报"
    EN: ClassVar[str] = "unit's list of petitions received"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "reported": ("已通报", "reported"),
        "gaps_found": ("核对有缺漏", "gaps found"),
        "reconciled": ("核对一致", "reconciled"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("period_from", "period_to", "listed", "missing")

    period_from: Mapped[date] = mapped_column(Date)
    period_to: Mapped[date] = mapped_column(Date)
    listed: Mapped[int] = mapped_column(Integer)
    missing: Mapped[int] = mapped_column("gaps", Integer)
    __table_args__ = (
        Index("unit_report_by_office", "office_id", "state", "opened_on", "id"),
        Index("unit_report_by_registrar", "registrar_id", "opened_on", "id"),
    )


class PetitionAnalysis(SubjectColumns, IntakeBase):
    """A month's petitions of a unit by class, with the months before: numbers only (GL-3.13).

    `figures`: JSON, `[{"month", "class_code", "count"}, …]`.
    """

    __tablename__ = "petition_analysis"
    KIND: ClassVar[str] = "petition_analysis"
    ZH: ClassVar[str] = "信访分析"
    EN: ClassVar[str] = "petition analysis"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {"published": ("已发布", "published")}
    SHOWN: ClassVar[tuple[str, ...]] = ("period",)

    period: Mapped[str] = mapped_column(CODE)
    figures: Mapped[str] = mapped_column(Text)
    __table_args__ = (
        Index("petition_analysis_by_office", "office_id", "opened_on", "id"),
        Index("petition_analysis_by_liaison", "liaison_office_id", "opened_on", "id"),
    )


class PetitionLink(IntakeBase):
    """Two petitions that a clerk linked (LZ-12.6). Both stay what they are."""

    __tablename__ = "petition_link"
    petition_id: Mapped[str] = mapped_column(ID, primary_key=True)
    other_id: Mapped[str] = mapped_column(ID, primary_key=True, index=True)
    relation: Mapped[str] = mapped_column(CODE)
    person_id: Mapped[str] = mapped_column(ID)
    linked_on: Mapped[date] = mapped_column(Date)


class SearchTerm(IntakeBase):
    """A keyed fingerprint of two neighbouring characters of an ordinary petition's text, of its office.

    In the order in which a search walks: `day` is `opened_on` as a proleptic ordinal, newest last.
    """

    __tablename__ = "search_term"
    mark: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    day: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    petition_id: Mapped[str] = mapped_column(ID, primary_key=True)
    __table_args__ = ({"sqlite_with_rowid": False},)


class IndexProgress(IntakeBase):
    """How far the petitions from before an index existed were entered in it: all up to the id `after_id`."""

    __tablename__ = "index_progress"
    name: Mapped[str] = mapped_column(CODE, primary_key=True)
    after_id: Mapped[str] = mapped_column(ID, default="")


class ReceiptCode(IntakeBase):
    """A keyed fingerprint of the code with which an online petitioner follows a petition; the code is not stored."""

    __tablename__ = "receipt_code"
    mark: Mapped[bytes] = mapped_column(SHA256, primary_key=True)
    petition_id: Mapped[str] = mapped_column(ID, unique=True)


class ReceiptTries(IntakeBase):
    """How often a source asked for receipts in a span of real time; the source is a keyed fingerprint."""

    __tablename__ = "receipt_tries"
    source: Mapped[bytes] = mapped_column(SHA256, primary_key=True)
    span: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    tries: Mapped[int] = mapped_column(Integer)
