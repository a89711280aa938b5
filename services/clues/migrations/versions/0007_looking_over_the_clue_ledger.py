"""looking over the clue ledger."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "clue_inspection",
        sa.Column("period", sa.String(length=64), nullable=False),
        sa.Column("inspected_on", sa.Date(), nullable=True),
        sa.Column("finding_count", sa.Integer(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
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
        sa.UniqueConstraint("office_id", "period", name="clue_inspection_of_quarter"),
    )
    op.create_index("clue_inspection_by_date", "clue_inspection", ["opened_on", "id"], unique=False)
    op.create_index(
        "clue_inspection_by_liaison",
        "clue_inspection",
        ["liaison_office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "clue_inspection_by_office",
        "clue_inspection",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index("clue_inspection_by_state", "clue_inspection", ["state", "opened_on", "id"], unique=False)
    op.create_table(
        "ledger_reconciliation",
        sa.Column("period", sa.String(length=64), nullable=False),
        sa.Column("reconciled_on", sa.Date(), nullable=True),
        sa.Column("difference_count", sa.Integer(), nullable=False),
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
        sa.UniqueConstraint("office_id", "period", name="ledger_reconciliation_of_month"),
    )
    op.create_index(
        "ledger_reconciliation_by_date", "ledger_reconciliation", ["opened_on", "id"], unique=False
    )
    op.create_index(
        "ledger_reconciliation_by_office",
        "ledger_reconciliation",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
