"""Tables of the audit trail, and the triggers that keep them append-only on both engines.

`audit_unsequenced` is the one table whose rows go: an entry waits there until it has its leaf. A row is
deleted by its own key and never skipped by "larger than the last", so an entry that commits late takes a
later leaf. No table has a foreign key: on PostgreSQL its check would rewrite the entry's row to lock it.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Index, Integer, LargeBinary, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import CODE, ID, SHA256, ChassisBase, UtcDateTime

_COUNT = BigInteger().with_variant(Integer, "sqlite")  # SQLite: the row id itself, no second index
_KEY_ID = String(64)
_SIGNATURE = LargeBinary(64)


class AuditEntry(ChassisBase):
    """One thing that happened. `body` is the leaf's content; the columns repeat it, to be searched.

    `body` is canonical JSON (sorted keys, no spaces, UTF-8) of ids, codes, dates, clause ids and salted
    digests. `salts` (JSON: name of the digest → hex) is in no leaf; NULL once shredded.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_subject", "subject_kind", "subject_id", "at"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    subject_kind: Mapped[str] = mapped_column(CODE)
    subject_id: Mapped[str] = mapped_column(ID)
    act: Mapped[str] = mapped_column(CODE)
    outcome: Mapped[str] = mapped_column(CODE)
    code: Mapped[str] = mapped_column(CODE)
    actor_person: Mapped[str] = mapped_column(ID)
    body: Mapped[str] = mapped_column(Text)
    salts: Mapped[str | None] = mapped_column(Text)


class AuditUnsequenced(ChassisBase):
    """Entries that wait for their leaf, in the order of their insertion."""

    __tablename__ = "audit_unsequenced"

    position: Mapped[int] = mapped_column(_COUNT, primary_key=True)
    entry_id: Mapped[str] = mapped_column(ID)


class AuditLeaf(ChassisBase):
    """The place of an entry in the tree: leaf indexes are 0, 1, 2 … without a gap."""

    __tablename__ = "audit_leaf"

    leaf_index: Mapped[int] = mapped_column(_COUNT, primary_key=True, autoincrement=False)
    entry_id: Mapped[str] = mapped_column(ID, unique=True)
    hash: Mapped[bytes] = mapped_column(SHA256)


class AuditNode(ChassisBase):
    """A finished inner node (level 1 and above) of the tree; level 0 is `audit_leaf`."""

    __tablename__ = "audit_node"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012  SQLAlchemy's own convention

    level: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    index: Mapped[int] = mapped_column("node_index", BigInteger, primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(SHA256)


class AuditHead(ChassisBase):
    """A signed tree head of this service."""

    __tablename__ = "audit_head"

    size: Mapped[int] = mapped_column(_COUNT, primary_key=True, autoincrement=False)
    root: Mapped[bytes] = mapped_column(SHA256)
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    key_id: Mapped[str] = mapped_column(_KEY_ID)
    signature: Mapped[bytes] = mapped_column(_SIGNATURE)


class WitnessedHead(ChassisBase):
    """What this service judged about another's head. One row for each head and verdict it was given.

    `head` is the SHA-256 (hex) of all that came, `id` that of `head` and verdict: stored once, however often
    it comes.
    `proof` is the hashes of the consistency proof from `previous_size`, 32 bytes each, one after another.
    """

    __tablename__ = "witnessed_head"
    __table_args__ = (Index("ix_witnessed_head_producer", "producer", "verdict", "size"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    head: Mapped[str] = mapped_column(ID, index=True)
    producer: Mapped[str] = mapped_column(CODE)
    size: Mapped[int] = mapped_column(BigInteger)
    root: Mapped[bytes] = mapped_column(SHA256)
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    key_id: Mapped[str] = mapped_column(_KEY_ID)
    signature: Mapped[bytes] = mapped_column(_SIGNATURE)
    previous_size: Mapped[int] = mapped_column(BigInteger)
    proof: Mapped[bytes] = mapped_column(LargeBinary)
    verdict: Mapped[str] = mapped_column(CODE)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)


class TrailBridge(ChassisBase):
    """A service's signed statement that its trail was put back to `size` leaves and goes on from there (`bridge`).

    Kept by that service and by its witnesses. `from_size`: the newest head that the keeper had accepted before.
    """

    __tablename__ = "trail_bridge"

    producer: Mapped[str] = mapped_column(CODE, primary_key=True)
    epoch: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    size: Mapped[int] = mapped_column(BigInteger)
    root: Mapped[bytes] = mapped_column(SHA256)
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    key_id: Mapped[str] = mapped_column(_KEY_ID)
    signature: Mapped[bytes] = mapped_column(_SIGNATURE)
    from_size: Mapped[int] = mapped_column(BigInteger)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)


APPEND_ONLY = (AuditEntry, AuditLeaf, AuditNode, AuditHead, WitnessedHead, TrailBridge)


def append_only_ddl(dialect: str) -> list[str]:
    """Statements, one trigger or function each, for "sqlite" or "postgresql"; run after the tables exist.

    From then on UPDATE and DELETE (and TRUNCATE on PostgreSQL, REPLACE on SQLite) are refused, but for
    setting `audit_entry.salts` to NULL. Raises ValueError for another dialect.
    """
    if dialect == "sqlite":
        return [statement for table in APPEND_ONLY for statement in _sqlite_ddl(table)]
    if dialect == "postgresql":
        return [*_postgresql_functions(), *(s for table in APPEND_ONLY for s in _postgresql_ddl(table))]
    raise ValueError(f"no append-only triggers for {dialect}")


def _sqlite_ddl(table: type[ChassisBase]) -> list[str]:
    name = table.__tablename__
    refuse = f"BEGIN SELECT RAISE(ABORT, '{name} is append-only'); END"
    shredding = f"WHEN NOT (NEW.salts IS NULL AND {_unchanged()}) " if table is AuditEntry else ""
    # REPLACE deletes the row in its way without firing the delete trigger: refuse it before that.
    taken = f"WHEN EXISTS (SELECT 1 FROM {name} WHERE {_same_key(table)})"  # noqa: S608  names of our own
    return [
        f"CREATE TRIGGER {name}_no_update BEFORE UPDATE ON {name} {shredding}{refuse}",
        f"CREATE TRIGGER {name}_no_delete BEFORE DELETE ON {name} {refuse}",
        f"CREATE TRIGGER {name}_no_replace BEFORE INSERT ON {name} {taken} {refuse}",
    ]


def _same_key(table: type[ChassisBase]) -> str:
    columns = [column.name for column in table.__table__.primary_key]
    same = " AND ".join(f"{column} = NEW.{column}" for column in columns)
    return f"({same}) OR entry_id = NEW.entry_id" if table is AuditLeaf else same


def _unchanged() -> str:
    return " AND ".join(f"NEW.{name} IS OLD.{name}" for name in _kept_columns())


def _kept_columns() -> list[str]:
    return [column.name for column in AuditEntry.__table__.columns if column.name != "salts"]


def _postgresql_functions() -> list[str]:
    new, old = (", ".join(f"{row}.{name}" for name in _kept_columns()) for row in ("NEW", "OLD"))
    only_shredded = f"NEW.salts IS NULL AND ROW({new}) IS NOT DISTINCT FROM ROW({old})"
    refuse = "RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only', ERRCODE = '42501';"
    shred = f"IF {only_shredded} THEN RETURN NEW; END IF;"
    head = "RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    return [
        f"CREATE FUNCTION audit_append_only() {head} {refuse} END $$",
        f"CREATE FUNCTION audit_shred_only() {head} {shred} {refuse} END $$",
    ]


def _postgresql_ddl(table: type[ChassisBase]) -> list[str]:
    name = table.__tablename__
    update = "audit_shred_only" if table is AuditEntry else "audit_append_only"
    refuse = "EXECUTE FUNCTION audit_append_only()"
    return [
        f"CREATE TRIGGER {name}_no_update BEFORE UPDATE ON {name} FOR EACH ROW EXECUTE FUNCTION {update}()",
        f"CREATE TRIGGER {name}_no_delete BEFORE DELETE ON {name} FOR EACH ROW {refuse}",
        f"CREATE TRIGGER {name}_no_truncate BEFORE TRUNCATE ON {name} FOR EACH STATEMENT {refuse}",
    ]
