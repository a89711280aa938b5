"""own choices and drafts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "form_draft",
        sa.Column("place", sa.LargeBinary(length=32), nullable=False),
        sa.Column("account_id", sa.String(length=64), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("place"),
    )
    op.create_index(op.f("ix_form_draft_account_id"), "form_draft", ["account_id"], unique=False)
    op.create_index(op.f("ix_form_draft_kept_at"), "form_draft", ["kept_at"], unique=False)
    op.create_table(
        "register_columns",
        sa.Column("account_id", sa.String(length=64), nullable=False),
        sa.Column("service", sa.String(length=64), nullable=False),
        sa.Column("path", sa.String(length=64), nullable=False),
        sa.Column("columns", sa.String(length=2000), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "service", "path"),
    )
    op.create_table(
        "saved_filter",
        sa.Column("account_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("service", sa.String(length=64), nullable=False),
        sa.Column("path", sa.String(length=64), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("opened_from", sa.String(length=64), nullable=False),
        sa.Column("opened_to", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "id"),
    )
