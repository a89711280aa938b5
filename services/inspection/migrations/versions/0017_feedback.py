"""feedback."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "conduct_assessment",
        sa.Column("engagement_id", sa.String(length=64), nullable=False),
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
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
        sa.UniqueConstraint("engagement_id"),
    )
    op.create_index("conduct_assessment_by_date", "conduct_assessment", ["opened_on", "id"], unique=False)
    op.create_index(
        "conduct_assessment_by_office",
        "conduct_assessment",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "conduct_assessment_by_state", "conduct_assessment", ["state", "opened_on", "id"], unique=False
    )
    op.create_index(op.f("ix_conduct_assessment_round_id"), "conduct_assessment", ["round_id"], unique=False)
    op.create_table(
        "feedback_problem",
        sa.Column("engagement_id", sa.String(length=64), nullable=False),
        sa.Column("issue_id", sa.String(length=64), nullable=False),
        sa.Column("list_no", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("engagement_id", "issue_id"),
    )
    op.create_table(
        "feedback_receipt",
        sa.Column("engagement_id", sa.String(length=64), nullable=False),
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("leader_id", sa.String(length=64), nullable=False),
        sa.Column("staff_ids", sa.Text(), nullable=False),
        sa.Column("principal_id", sa.String(length=64), nullable=False),
        sa.Column("signer_ids", sa.Text(), nullable=False),
        sa.Column("served_on", sa.Date(), nullable=True),
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
        sa.UniqueConstraint("engagement_id"),
    )
    op.create_index("feedback_receipt_by_date", "feedback_receipt", ["opened_on", "id"], unique=False)
    op.create_index(
        "feedback_receipt_by_leader",
        "feedback_receipt",
        ["leader_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "feedback_receipt_by_office",
        "feedback_receipt",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "feedback_receipt_by_principal",
        "feedback_receipt",
        ["principal_id", "state", "opened_on", "id"],
        unique=False,
    )
    with op.batch_alter_table("engagement", schema=None) as batch_op:
        batch_op.add_column(sa.Column("drafts_reviewed_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("principal_told_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("leadership_told_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("fed_back_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("copied_to", sa.Text(), server_default="", nullable=False))

    with op.batch_alter_table("engagement", schema=None) as batch_op:
        batch_op.alter_column(
            "copied_to", existing_type=sa.Text(), server_default=None, existing_nullable=False
        )

    with op.batch_alter_table("inspection_issue", schema=None) as batch_op:
        batch_op.add_column(sa.Column("list_no", sa.Integer(), server_default="0", nullable=False))

    with op.batch_alter_table("inspection_issue", schema=None) as batch_op:
        batch_op.alter_column(
            "list_no", existing_type=sa.Integer(), server_default=None, existing_nullable=False
        )
