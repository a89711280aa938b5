"""engagements from briefing to entry."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "key_talk",
        sa.Column("engagement_id", sa.String(length=64), nullable=False),
        sa.Column("leader_id", sa.String(length=64), nullable=False),
        sa.Column("participant_ids", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
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
    op.create_index(op.f("ix_key_talk_engagement_id"), "key_talk", ["engagement_id"], unique=False)
    op.create_index("key_talk_by_date", "key_talk", ["opened_on", "id"], unique=False)
    op.create_table(
        "press_release",
        sa.Column("engagement_id", sa.String(length=64), nullable=False),
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("occasion_code", sa.String(length=64), nullable=False),
        sa.Column("leader_id", sa.String(length=64), nullable=False),
        sa.Column("staff_ids", sa.Text(), nullable=False),
        sa.Column("cleared_on", sa.Date(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
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
    op.create_index(op.f("ix_press_release_engagement_id"), "press_release", ["engagement_id"], unique=False)
    op.create_index("press_release_by_date", "press_release", ["opened_on", "id"], unique=False)
    op.create_index(
        "press_release_by_leader", "press_release", ["leader_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index(
        "press_release_by_office", "press_release", ["office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index(
        "press_release_by_unit", "press_release", ["unit_id", "state", "opened_on", "id"], unique=False
    )
    with op.batch_alter_table("engagement", schema=None) as batch_op:
        batch_op.add_column(sa.Column("unit_type", sa.String(length=64), server_default="", nullable=False))
        batch_op.add_column(sa.Column("raised", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("checked_kinds", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("plan_filed_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("open_items", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(
            sa.Column("site_complete", sa.Boolean(), server_default=sa.text("(false)"), nullable=False)
        )
        batch_op.add_column(
            sa.Column("logistics_recorded", sa.Boolean(), server_default=sa.text("(false)"), nullable=False)
        )
        batch_op.add_column(sa.Column("met_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("entered_on", sa.Date(), nullable=True))

    with op.batch_alter_table("engagement", schema=None) as batch_op:
        batch_op.alter_column(
            "unit_type", existing_type=sa.String(length=64), server_default=None, existing_nullable=False
        )
        batch_op.alter_column("raised", existing_type=sa.Text(), server_default=None, existing_nullable=False)
        batch_op.alter_column(
            "checked_kinds", existing_type=sa.Text(), server_default=None, existing_nullable=False
        )
        batch_op.alter_column(
            "open_items", existing_type=sa.Integer(), server_default=None, existing_nullable=False
        )
        batch_op.alter_column(
            "site_complete", existing_type=sa.Boolean(), server_default=None, existing_nullable=False
        )
        batch_op.alter_column(
            "logistics_recorded", existing_type=sa.Boolean(), server_default=None, existing_nullable=False
        )

    with op.batch_alter_table("inspection_team", schema=None) as batch_op:
        batch_op.add_column(sa.Column("with_duty_ids", sa.Text(), server_default="", nullable=False))

    with op.batch_alter_table("inspection_team", schema=None) as batch_op:
        batch_op.alter_column(
            "with_duty_ids", existing_type=sa.Text(), server_default=None, existing_nullable=False
        )
