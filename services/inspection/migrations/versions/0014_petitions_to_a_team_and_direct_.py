"""petitions to a team and direct deliveries."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "direct_delivery",
        sa.Column("engagement_id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("leader_id", sa.String(length=64), nullable=False),
        sa.Column("designated_id", sa.String(length=64), nullable=False),
        sa.Column("source_id", sa.String(length=64), nullable=False),
        sa.Column("scope_code", sa.String(length=64), nullable=False),
        sa.Column("material_code", sa.String(length=64), nullable=False),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column("seal_no", sa.String(length=64), nullable=False),
        sa.Column("addressee_post", sa.String(length=64), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.Column("handed_on", sa.Date(), nullable=True),
        sa.Column("delivered_on", sa.Date(), nullable=True),
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
        "direct_delivery_by_addressee",
        "direct_delivery",
        ["addressee_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index("direct_delivery_by_date", "direct_delivery", ["opened_on", "id"], unique=False)
    op.create_index(
        "direct_delivery_by_designated",
        "direct_delivery",
        ["designated_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "direct_delivery_by_leader",
        "direct_delivery",
        ["leader_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "direct_delivery_of_engagement", "direct_delivery", ["engagement_id", "state"], unique=False
    )
    op.create_table(
        "team_petition",
        sa.Column("engagement_id", sa.String(length=64), nullable=False),
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("leader_id", sa.String(length=64), nullable=False),
        sa.Column("deputy_ids", sa.Text(), nullable=False),
        sa.Column("liaison_id", sa.String(length=64), nullable=False),
        sa.Column("designee_ids", sa.Text(), nullable=False),
        sa.Column("before_roles", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("came_by", sa.String(length=64), nullable=False),
        sa.Column("route_code", sa.String(length=64), nullable=False),
        sa.Column("received_by_two", sa.Boolean(), nullable=False),
        sa.Column("instruction_code", sa.String(length=64), nullable=False),
        sa.Column("passed_on", sa.Date(), nullable=True),
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
    op.create_index("team_petition_by_date", "team_petition", ["opened_on", "id"], unique=False)
    op.create_index(
        "team_petition_by_handler", "team_petition", ["handler_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index(
        "team_petition_by_leader", "team_petition", ["leader_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index(
        "team_petition_by_liaison", "team_petition", ["liaison_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index("team_petition_of_engagement", "team_petition", ["engagement_id", "state"], unique=False)
    op.create_index("team_petition_of_round", "team_petition", ["round_id", "no"], unique=False)
    with op.batch_alter_table("engagement", schema=None) as batch_op:
        batch_op.add_column(sa.Column("designee_ids", sa.Text(), server_default="", nullable=False))

    with op.batch_alter_table("engagement", schema=None) as batch_op:
        batch_op.alter_column(
            "designee_ids", existing_type=sa.Text(), server_default=None, existing_nullable=False
        )
