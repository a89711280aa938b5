"""hand over at the end of a round."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "issue_transfer",
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("issue_id", sa.String(length=64), nullable=False),
        sa.Column("department_id", sa.String(length=64), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=False),
        sa.Column("replied_on", sa.Date(), nullable=True),
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
        sa.UniqueConstraint("issue_id", "department_id", name="issue_to_department"),
    )
    op.create_index("issue_transfer_by_date", "issue_transfer", ["opened_on", "id"], unique=False)
    op.create_index(
        "issue_transfer_by_office", "issue_transfer", ["office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index(op.f("ix_issue_transfer_round_id"), "issue_transfer", ["round_id"], unique=False)
    op.create_table(
        "transfer_form",
        sa.Column("engagement_id", sa.String(length=64), nullable=False),
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("leader_id", sa.String(length=64), nullable=False),
        sa.Column("liaison_id", sa.String(length=64), nullable=False),
        sa.Column("receiver", sa.String(length=64), nullable=False),
        sa.Column("clue_ids", sa.Text(), nullable=False),
        sa.Column("catalogued", sa.Text(), nullable=False),
        sa.Column("before_roles", sa.Text(), nullable=False),
        sa.Column("signed_parties", sa.Text(), nullable=False),
        sa.Column("receiving_office_id", sa.String(length=64), nullable=False),
        sa.Column("approved_by", sa.String(length=64), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("handed_on", sa.Date(), nullable=True),
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
    op.create_index(op.f("ix_transfer_form_engagement_id"), "transfer_form", ["engagement_id"], unique=False)
    op.create_index("transfer_form_by_date", "transfer_form", ["opened_on", "id"], unique=False)
    op.create_index(
        "transfer_form_by_leader", "transfer_form", ["leader_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index(
        "transfer_form_by_liaison", "transfer_form", ["liaison_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index(
        "transfer_form_by_office", "transfer_form", ["office_id", "state", "opened_on", "id"], unique=False
    )
