"""clues transferred to receivers, petitions referred in batches."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "clue_transfer",
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("found_no", sa.String(length=64), nullable=False),
        sa.Column("batch_id", sa.String(length=64), nullable=False),
        sa.Column("route", sa.String(length=64), nullable=False),
        sa.Column("receiver", sa.String(length=64), nullable=False),
        sa.Column("form_id", sa.String(length=64), nullable=False),
        sa.Column("consent_ref", sa.String(length=64), nullable=False),
        sa.Column("handover_sheet_id", sa.String(length=64), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=False),
        sa.Column("found_key", sa.Text(), nullable=False),
        sa.Column("receiver_no", sa.String(length=64), nullable=False),
        sa.Column("transfer_stage", sa.String(length=64), nullable=False),
        sa.Column("handling_result", sa.String(length=64), nullable=False),
        sa.Column("concluded_on", sa.Date(), nullable=True),
        sa.Column("publicised_on", sa.Date(), nullable=True),
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
        sa.UniqueConstraint("found_key"),
    )
    op.create_index("clue_transfer_by_date", "clue_transfer", ["opened_on", "id"], unique=False)
    op.create_index("clue_transfer_by_no", "clue_transfer", ["no"], unique=False)
    op.create_index(
        "clue_transfer_by_office", "clue_transfer", ["office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index("clue_transfer_by_state", "clue_transfer", ["state", "opened_on", "id"], unique=False)
    op.create_table(
        "petition_referral",
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("referred_on", sa.Date(), nullable=False),
        sa.Column("receipted_on", sa.Date(), nullable=True),
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
    op.create_index("petition_referral_by_date", "petition_referral", ["opened_on", "id"], unique=False)
    op.create_index(
        "petition_referral_by_office",
        "petition_referral",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_table(
        "referred_serial",
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("serial", sa.String(length=64), nullable=False),
        sa.Column("referral_id", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("round_id", "serial"),
    )
    op.create_index(op.f("ix_referred_serial_referral_id"), "referred_serial", ["referral_id"], unique=False)
