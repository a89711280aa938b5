"""measures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "measure",
        sa.Column("clue_id", sa.String(length=64), nullable=False),
        sa.Column("verification_id", sa.String(length=64), nullable=False),
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("measure_code", sa.String(length=64), nullable=False),
        sa.Column("stage_code", sa.String(length=64), nullable=False),
        sa.Column("target_id", sa.String(length=64), nullable=False),
        sa.Column("communication_data", sa.Boolean(), nullable=False),
        sa.Column("property_data", sa.Boolean(), nullable=False),
        sa.Column("requester_id", sa.String(length=64), nullable=False),
        sa.Column("group_ids", sa.Text(), nullable=False),
        sa.Column("approver_role", sa.String(length=64), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("receipt_no", sa.String(length=64), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("passed_to", sa.String(length=64), nullable=False),
        sa.Column("passed_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("document_no", sa.String(length=64), nullable=False),
        sa.Column("issuer_code", sa.String(length=64), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("executed_on", sa.Date(), nullable=True),
        sa.Column("executor_code", sa.String(length=64), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("help_approved_on", sa.Date(), nullable=True),
        sa.Column("help_sent_on", sa.Date(), nullable=True),
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
    op.create_index(op.f("ix_measure_clue_id"), "measure", ["clue_id"], unique=False)
    op.create_index(op.f("ix_measure_document_no"), "measure", ["document_no"], unique=False)
    op.create_index("measure_by_date", "measure", ["opened_on", "id"], unique=False)
    op.create_index("measure_by_execution", "measure", ["office_id", "executed_on", "id"], unique=False)
    op.create_index("measure_by_handler", "measure", ["handler_id", "state", "opened_on", "id"], unique=False)
    op.create_index(
        "measure_by_liaison", "measure", ["liaison_office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index("measure_by_office", "measure", ["office_id", "state", "opened_on", "id"], unique=False)
    op.create_index(
        "measure_by_requester", "measure", ["requester_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index("measure_by_state", "measure", ["state", "opened_on", "id"], unique=False)
    op.create_table(
        "measures_ledger",
        sa.Column("quarter", sa.String(length=64), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("filings", sa.Integer(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("checks", sa.Integer(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("finding_count", sa.Integer(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=True),
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
        sa.UniqueConstraint("office_id", "quarter", name="measures_ledger_of_quarter"),
    )
    op.create_index("measures_ledger_by_date", "measures_ledger", ["opened_on", "id"], unique=False)
    op.create_index(
        "measures_ledger_by_liaison",
        "measures_ledger",
        ["liaison_office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "measures_ledger_by_office",
        "measures_ledger",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index("measures_ledger_by_state", "measures_ledger", ["state", "opened_on", "id"], unique=False)
    op.create_table(
        "measures_rule",
        sa.Column("version_code", sa.String(length=64), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
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
    op.create_index("measures_rule_by_date", "measures_rule", ["opened_on", "id"], unique=False)
    op.create_index(
        "measures_rule_by_liaison",
        "measures_rule",
        ["liaison_office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "measures_rule_by_office", "measures_rule", ["office_id", "state", "opened_on", "id"], unique=False
    )
