"""First tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "imported_ledger",
        sa.Column("office_id", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("first_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("office_id", "digest"),
    )
    op.create_table(
        "letter_mark",
        sa.Column("mark", sa.LargeBinary(length=32), nullable=False),
        sa.Column("petition_id", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("mark", "petition_id"),
    )
    op.create_table(
        "petition",
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(length=64), nullable=False),
        sa.Column("class_code", sa.String(length=64), nullable=False),
        sa.Column("transferred", sa.Boolean(), nullable=False),
        sa.Column("unit_received_on", sa.Date(), nullable=True),
        sa.Column("transferred_on", sa.Date(), nullable=True),
        sa.Column("in_scope", sa.Boolean(), nullable=True),
        sa.Column("platform_no", sa.String(length=64), nullable=False),
        sa.Column("outcome_code", sa.String(length=64), nullable=False),
        sa.Column("clue_id", sa.String(length=64), nullable=False),
        sa.Column("department_id", sa.String(length=64), nullable=False),
        sa.Column("duplicate_of", sa.String(length=64), nullable=False),
        sa.Column("replied_on", sa.Date(), nullable=True),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column("natural_key", sa.String(length=64), nullable=True),
        sa.Column("ledger_mark", sa.LargeBinary(length=32), nullable=True),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("no", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("secrecy", sa.String(length=64), nullable=False),
        sa.Column("office_id", sa.String(length=64), nullable=False),
        sa.Column("liaison_office_id", sa.String(length=64), nullable=False),
        sa.Column("unit_id", sa.String(length=64), nullable=False),
        sa.Column("registrar_id", sa.String(length=64), nullable=False),
        sa.Column("handler_id", sa.String(length=64), nullable=False),
        sa.Column("addressee_id", sa.String(length=64), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("natural_key"),
    )
    op.create_index("petition_by_addressee", "petition", ["addressee_id", "state"], unique=False)
    op.create_index("petition_by_date", "petition", ["opened_on", "id"], unique=False)
    op.create_index(
        "petition_by_handler", "petition", ["handler_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index("petition_by_office", "petition", ["office_id", "state", "opened_on", "id"], unique=False)
    op.create_index(
        "petition_by_registrar", "petition", ["registrar_id", "secrecy", "opened_on", "id"], unique=False
    )
    op.create_index("petition_by_state", "petition", ["state", "opened_on", "id"], unique=False)
    op.create_table(
        "sealed_part",
        sa.Column("petition_id", sa.String(length=64), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("addressee_id", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("delivered_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("petition_id", "part"),
    )
    op.create_index(op.f("ix_sealed_part_addressee_id"), "sealed_part", ["addressee_id"], unique=False)
