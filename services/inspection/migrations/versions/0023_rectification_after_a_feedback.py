"""rectification after a feedback."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.create_table(
        "accountability_proposal",
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("failed_duty", sa.String(length=64), nullable=False),
        sa.Column("before_roles", sa.Text(), nullable=False),
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
        sa.UniqueConstraint("round_id", "unit_id", name="accountability_of_unit"),
    )
    op.create_index(
        "accountability_proposal_by_date", "accountability_proposal", ["opened_on", "id"], unique=False
    )
    op.create_table(
        "rectification",
        sa.Column("engagement_id", sa.String(length=64), nullable=False),
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("feedback_on", sa.Date(), nullable=False),
        sa.Column("issue_ids", sa.Text(), nullable=False),
        sa.Column("issue_count", sa.Integer(), nullable=False),
        sa.Column("before_roles", sa.Text(), nullable=False),
        sa.Column("plan_on", sa.Date(), nullable=True),
        sa.Column("late_days", sa.Integer(), nullable=False),
        sa.Column("plan_version", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("forms", sa.Text(), nullable=False),
        sa.Column("speaker_ids", sa.Text(), nullable=False),
        sa.Column("life_held_on", sa.Date(), nullable=True),
        sa.Column("life_reported_on", sa.Date(), nullable=True),
        sa.Column("report_kinds", sa.Text(), nullable=False),
        sa.Column("solved_nos", sa.Text(), nullable=False),
        sa.Column("unsolved", sa.Text(), nullable=False),
        sa.Column("disclose_by", sa.Date(), nullable=True),
        sa.Column("circles", sa.Text(), nullable=False),
        sa.Column("visit_on", sa.Date(), nullable=True),
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
        sa.UniqueConstraint("engagement_id", name="rectification_of_engagement"),
    )
    op.create_index(op.f("ix_rectification_round_id"), "rectification", ["round_id"], unique=False)
    op.create_index("rectification_by_date", "rectification", ["opened_on", "id"], unique=False)
    op.create_index(
        "rectification_by_office", "rectification", ["office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index("rectification_by_state", "rectification", ["state", "opened_on", "id"], unique=False)
    op.create_index(
        "rectification_by_unit", "rectification", ["unit_id", "state", "opened_on", "id"], unique=False
    )
    op.create_table(
        "rectification_summary",
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("unit_count", sa.Integer(), nullable=False),
        sa.Column("failed_units", sa.Text(), nullable=False),
        sa.Column("clues_total", sa.Integer(), nullable=False),
        sa.Column("clues_closed", sa.Integer(), nullable=False),
        sa.Column("before_roles", sa.Text(), nullable=False),
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
    )
    op.create_index(
        op.f("ix_rectification_summary_round_id"), "rectification_summary", ["round_id"], unique=False
    )
    op.create_index(
        "rectification_summary_by_date", "rectification_summary", ["opened_on", "id"], unique=False
    )
    op.create_index(
        "rectification_summary_by_state", "rectification_summary", ["state", "opened_on", "id"], unique=False
    )
