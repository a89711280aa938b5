"""demands of immediate rectification."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "rectification_demand",
        sa.Column("engagement_id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("leader_id", sa.String(length=64), nullable=False),
        sa.Column("deputy_ids", sa.Text(), nullable=False),
        sa.Column("staff_ids", sa.Text(), nullable=False),
        sa.Column("issue_id", sa.String(length=64), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("outcome_code", sa.String(length=64), nullable=False),
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
        op.f("ix_rectification_demand_engagement_id"), "rectification_demand", ["engagement_id"], unique=False
    )
    op.create_index("rectification_demand_by_date", "rectification_demand", ["opened_on", "id"], unique=False)
    op.create_index(
        "rectification_demand_by_leader",
        "rectification_demand",
        ["leader_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "rectification_demand_by_office",
        "rectification_demand",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "rectification_demand_by_unit",
        "rectification_demand",
        ["unit_id", "state", "opened_on", "id"],
        unique=False,
    )
