"""questioning and help."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "assistance_request",
        sa.Column("engagement_id", sa.String(length=64), nullable=False),
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("leader_id", sa.String(length=64), nullable=False),
        sa.Column("staff_ids", sa.Text(), nullable=False),
        sa.Column("channel_of_help", sa.String(length=64), nullable=False),
        sa.Column("topic_of_help", sa.String(length=64), nullable=False),
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
    op.create_index("assistance_request_by_date", "assistance_request", ["opened_on", "id"], unique=False)
    op.create_index(
        "assistance_request_by_handler",
        "assistance_request",
        ["handler_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "assistance_request_by_leader",
        "assistance_request",
        ["leader_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "assistance_request_of_engagement", "assistance_request", ["engagement_id", "state"], unique=False
    )
    op.create_table(
        "help_task",
        sa.Column("engagement_id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("leader_id", sa.String(length=64), nullable=False),
        sa.Column("staff_ids", sa.Text(), nullable=False),
        sa.Column("helper_id", sa.String(length=64), nullable=False),
        sa.Column("leading_member_id", sa.String(length=64), nullable=False),
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
    op.create_index("help_task_by_date", "help_task", ["opened_on", "id"], unique=False)
    op.create_index(
        "help_task_by_helper", "help_task", ["helper_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index(
        "help_task_by_leader", "help_task", ["leader_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index(
        "help_task_by_leading_member",
        "help_task",
        ["leading_member_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index("help_task_of_engagement", "help_task", ["engagement_id", "state"], unique=False)
    op.create_table(
        "questioning",
        sa.Column("engagement_id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("leader_id", sa.String(length=64), nullable=False),
        sa.Column("known_ids", sa.Text(), nullable=False),
        sa.Column("before_roles", sa.Text(), nullable=False),
        sa.Column("custody_code", sa.String(length=64), nullable=False),
        sa.Column("consented_on", sa.Date(), nullable=True),
        sa.Column("arranged_on", sa.Date(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
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
    op.create_index("questioning_by_date", "questioning", ["opened_on", "id"], unique=False)
    op.create_index(
        "questioning_by_leader", "questioning", ["leader_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index("questioning_of_engagement", "questioning", ["engagement_id", "state"], unique=False)
    with op.batch_alter_table("direct_delivery", schema=None) as batch_op:
        batch_op.alter_column(
            "scope_code",
            new_column_name="direct_scope_code",
            existing_type=sa.String(length=64),
            existing_nullable=False,
        )
