"""what leaves a round."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "clue_ledger_entry",
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("entry_key", sa.String(length=64), nullable=False),
        sa.Column("found_no", sa.String(length=64), nullable=False),
        sa.Column("clue_no", sa.String(length=64), nullable=False),
        sa.Column("receiver", sa.String(length=64), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=True),
        sa.Column("transfer_stage", sa.String(length=64), nullable=False),
        sa.Column("reconciled_on", sa.Date(), nullable=True),
        sa.Column("difference", sa.String(length=64), nullable=False),
        sa.Column("handling_result", sa.String(length=64), nullable=False),
        sa.Column("concluded_on", sa.Date(), nullable=True),
        sa.Column("struck_off_on", sa.Date(), nullable=True),
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
        sa.UniqueConstraint("entry_key"),
    )
    op.create_index("clue_ledger_entry_by_date", "clue_ledger_entry", ["opened_on", "id"], unique=False)
    op.create_index("clue_ledger_entry_by_number", "clue_ledger_entry", ["clue_no"], unique=False)
    op.create_index(
        "clue_ledger_entry_by_office",
        "clue_ledger_entry",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "clue_ledger_entry_by_state", "clue_ledger_entry", ["state", "opened_on", "id"], unique=False
    )
    op.create_index(op.f("ix_clue_ledger_entry_round_id"), "clue_ledger_entry", ["round_id"], unique=False)
    op.create_table(
        "referral_slip",
        sa.Column("engagement_id", sa.String(length=64), nullable=False),
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("leader_id", sa.String(length=64), nullable=False),
        sa.Column("liaison_id", sa.String(length=64), nullable=False),
        sa.Column("petition_serial", sa.String(length=64), nullable=False),
        sa.Column("before_roles", sa.Text(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
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
        sa.UniqueConstraint("round_id", "petition_serial", name="slip_of_petition"),
    )
    op.create_index("referral_slip_by_date", "referral_slip", ["opened_on", "id"], unique=False)
    op.create_index(
        "referral_slip_by_handler", "referral_slip", ["handler_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index(
        "referral_slip_by_leader", "referral_slip", ["leader_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index(
        "referral_slip_by_liaison", "referral_slip", ["liaison_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index(
        "referral_slip_by_office", "referral_slip", ["office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index("referral_slip_of_engagement", "referral_slip", ["engagement_id", "state"], unique=False)
    with op.batch_alter_table("found_clue", schema=None) as batch_op:
        batch_op.add_column(sa.Column("file_code", sa.String(length=64), server_default="", nullable=False))

    with op.batch_alter_table("found_clue", schema=None) as batch_op:
        batch_op.alter_column(
            "file_code", existing_type=sa.String(length=64), server_default=None, existing_nullable=False
        )
