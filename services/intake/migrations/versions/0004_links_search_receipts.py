"""links, search, receipts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "petition_link",
        sa.Column("petition_id", sa.String(length=64), nullable=False),
        sa.Column("other_id", sa.String(length=64), nullable=False),
        sa.Column("relation", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("linked_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("petition_id", "other_id"),
    )
    op.create_index(op.f("ix_petition_link_other_id"), "petition_link", ["other_id"], unique=False)
    op.create_table(
        "receipt_code",
        sa.Column("mark", sa.LargeBinary(length=32), nullable=False),
        sa.Column("petition_id", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("mark"),
        sa.UniqueConstraint("petition_id"),
    )
    op.create_table(
        "receipt_tries",
        sa.Column("source", sa.LargeBinary(length=32), nullable=False),
        sa.Column("span", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("source", "span"),
    )
    op.create_table(
        "search_term",
        sa.Column("mark", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("petition_id", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("mark", "day", "petition_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("petition_by_no", "petition", ["no"], unique=False)
