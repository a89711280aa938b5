"""petitioners, units and the rule."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "identity_release",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("petition_id", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_identity_release_petition_id"), "identity_release", ["petition_id"], unique=False
    )
    op.create_table(
        "petitioner_identity",
        sa.Column("petition_id", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("petition_id"),
    )
    with op.batch_alter_table("petition", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sender_id", sa.String(length=64), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column("rule_version", sa.String(length=64), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("naming", sa.String(length=64), server_default="", nullable=False))
        batch_op.add_column(sa.Column("petitioners", sa.Integer(), server_default="0", nullable=False))
        batch_op.create_index("petition_by_sender", ["sender_id", "secrecy", "opened_on", "id"], unique=False)

    with op.batch_alter_table("petition", schema=None) as batch_op:
        batch_op.alter_column(
            "sender_id", existing_type=sa.String(length=64), server_default=None, existing_nullable=False
        )
        batch_op.alter_column(
            "rule_version", existing_type=sa.String(length=64), server_default=None, existing_nullable=False
        )
        batch_op.alter_column(
            "naming", existing_type=sa.String(length=64), server_default=None, existing_nullable=False
        )
        batch_op.alter_column(
            "petitioners", existing_type=sa.Integer(), server_default=None, existing_nullable=False
        )
