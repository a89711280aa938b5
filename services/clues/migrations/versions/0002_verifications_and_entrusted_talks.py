"""verifications and entrusted talks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "entrustment",
        sa.Column("talk_id", sa.String(length=64), nullable=False),
        sa.Column("clue_id", sa.String(length=64), nullable=False),
        sa.Column("entrusted_id", sa.String(length=64), nullable=False),
        sa.Column("entrusted_on", sa.Date(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("talk_id"),
    )
    op.create_index(op.f("ix_entrustment_clue_id"), "entrustment", ["clue_id"], unique=False)
    op.create_table(
        "verification",
        sa.Column("clue_id", sa.String(length=64), nullable=False),
        sa.Column("capacity", sa.String(length=64), nullable=False),
        sa.Column("plan_version", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.String(length=64), nullable=False),
        sa.Column("group_ids", sa.Text(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("studied_on", sa.Date(), nullable=True),
        sa.Column("report_paper", sa.String(length=64), nullable=False),
        sa.Column("proposal_code", sa.String(length=64), nullable=False),
        sa.Column("outcome_code", sa.String(length=64), nullable=False),
        sa.Column("reported_at", sa.DateTime(), nullable=True),
        sa.Column("liaison_received_at", sa.DateTime(), nullable=True),
        sa.Column("commission_received_at", sa.DateTime(), nullable=True),
        sa.Column("answers", sa.Integer(), nullable=False),
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
    )
    op.create_index(op.f("ix_verification_clue_id"), "verification", ["clue_id"], unique=False)
    op.create_index("verification_by_date", "verification", ["opened_on", "id"], unique=False)
    op.create_index(
        "verification_by_handler", "verification", ["handler_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index(
        "verification_by_liaison",
        "verification",
        ["liaison_office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "verification_by_office", "verification", ["office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index("verification_by_state", "verification", ["state", "opened_on", "id"], unique=False)
