"""spot checks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "explanation_check",
        sa.Column("spot_check_id", sa.String(length=64), nullable=False),
        sa.Column("explanation_id", sa.String(length=64), nullable=False),
        sa.Column("clue_id", sa.String(length=64), nullable=False),
        sa.Column("result_code", sa.String(length=64), nullable=False),
        sa.Column("checked_at", sa.DateTime(), nullable=True),
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
        sa.UniqueConstraint("explanation_id"),
    )
    op.create_index("explanation_check_by_date", "explanation_check", ["opened_on", "id"], unique=False)
    op.create_index(
        "explanation_check_by_handler",
        "explanation_check",
        ["handler_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "explanation_check_by_liaison",
        "explanation_check",
        ["liaison_office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "explanation_check_by_office",
        "explanation_check",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "explanation_check_by_state", "explanation_check", ["state", "opened_on", "id"], unique=False
    )
    op.create_index(op.f("ix_explanation_check_clue_id"), "explanation_check", ["clue_id"], unique=False)
    op.create_index(
        op.f("ix_explanation_check_spot_check_id"), "explanation_check", ["spot_check_id"], unique=False
    )
    op.create_table(
        "spot_check",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("drawn", sa.Integer(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("verified", sa.Integer(), nullable=False),
        sa.Column("required", sa.Integer(), nullable=False),
        sa.Column("checkpoint_on", sa.Date(), nullable=True),
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
        sa.UniqueConstraint("office_id", "year", name="spot_check_of_year"),
    )
    op.create_index("spot_check_by_date", "spot_check", ["opened_on", "id"], unique=False)
    op.create_index(
        "spot_check_by_office", "spot_check", ["office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_table(
        "spot_check_draw",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("spot_check_id", sa.String(length=64), nullable=False),
        sa.Column("drawn_at", sa.DateTime(), nullable=False),
        sa.Column("population", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_spot_check_draw_spot_check_id"), "spot_check_draw", ["spot_check_id"], unique=False
    )
