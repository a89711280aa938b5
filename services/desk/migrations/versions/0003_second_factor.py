"""second factor."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "recovery_code",
        sa.Column("account_id", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("account_id", "digest"),
    )
    op.create_table(
        "second_factor",
        sa.Column("account_id", sa.String(length=64), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("step", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("account_id"),
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("second_factor", sa.Boolean(), server_default=sa.text("(false)"), nullable=False)
        )

    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.alter_column(
            "second_factor", existing_type=sa.Boolean(), server_default=None, existing_nullable=False
        )

    with op.batch_alter_table("desk_session", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("proven_by", sa.String(length=64), server_default="password", nullable=False)
        )
        batch_op.add_column(sa.Column("source", sa.String(length=64), server_default="", nullable=False))

    with op.batch_alter_table("desk_session", schema=None) as batch_op:
        batch_op.alter_column(
            "proven_by", existing_type=sa.String(length=64), server_default=None, existing_nullable=False
        )
        batch_op.alter_column(
            "source", existing_type=sa.String(length=64), server_default=None, existing_nullable=False
        )
