"""support of inspections and rectification."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "feedback_list",
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("feedback_on", sa.Date(), nullable=False),
        sa.Column("item_count", sa.Integer(), nullable=False),
        sa.Column("closed_count", sa.Integer(), nullable=False),
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
        sa.UniqueConstraint("unit_id", "round_id", name="feedback_list_of_round"),
    )
    op.create_index("feedback_list_by_date", "feedback_list", ["opened_on", "id"], unique=False)
    op.create_index(
        "feedback_list_by_liaison",
        "feedback_list",
        ["liaison_office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "feedback_list_by_office", "feedback_list", ["office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index(
        "feedback_list_by_unit", "feedback_list", ["unit_id", "state", "opened_on", "id"], unique=False
    )
    op.create_table(
        "inspection_support",
        sa.Column("engagement_id", sa.String(length=64), nullable=False),
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("given_to", sa.String(length=64), nullable=False),
        sa.Column("staff_ids", sa.Text(), nullable=False),
        sa.Column("provided_on", sa.Date(), nullable=True),
        sa.Column("warned_on", sa.Date(), nullable=True),
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
    op.create_index("inspection_support_by_date", "inspection_support", ["opened_on", "id"], unique=False)
    op.create_index(
        "inspection_support_by_liaison",
        "inspection_support",
        ["liaison_office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "inspection_support_by_office",
        "inspection_support",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "inspection_support_by_state", "inspection_support", ["state", "opened_on", "id"], unique=False
    )
    op.create_table(
        "rectification_item",
        sa.Column("feedback_id", sa.String(length=64), nullable=False),
        sa.Column("item_no", sa.Integer(), nullable=False),
        sa.Column("unit_ledger_no", sa.String(length=64), nullable=False),
        sa.Column("office_ledger_no", sa.String(length=64), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("check_code", sa.String(length=64), nullable=False),
        sa.Column("check_count", sa.Integer(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
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
        op.f("ix_rectification_item_feedback_id"), "rectification_item", ["feedback_id"], unique=False
    )
    op.create_index("rectification_item_by_date", "rectification_item", ["opened_on", "id"], unique=False)
    op.create_index(
        "rectification_item_by_liaison",
        "rectification_item",
        ["liaison_office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "rectification_item_by_office",
        "rectification_item",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "rectification_item_by_unit",
        "rectification_item",
        ["unit_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_table(
        "rectification_plan",
        sa.Column("feedback_id", sa.String(length=64), nullable=False),
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("version_no", sa.Integer(), nullable=False),
        sa.Column("planned_nos", sa.Text(), nullable=False),
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
        sa.UniqueConstraint("feedback_id"),
    )
    op.create_index("rectification_plan_by_date", "rectification_plan", ["opened_on", "id"], unique=False)
    op.create_index(
        "rectification_plan_by_liaison",
        "rectification_plan",
        ["liaison_office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "rectification_plan_by_office",
        "rectification_plan",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "rectification_plan_by_unit",
        "rectification_plan",
        ["unit_id", "state", "opened_on", "id"],
        unique=False,
    )
