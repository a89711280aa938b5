"""reports upward and withdrawal."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "major_matter",
        sa.Column("engagement_id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("leader_id", sa.String(length=64), nullable=False),
        sa.Column("category_code", sa.String(length=64), nullable=False),
        sa.Column("channel_code", sa.String(length=64), nullable=False),
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
    op.create_index("major_matter_by_date", "major_matter", ["opened_on", "id"], unique=False)
    op.create_index(
        "major_matter_by_leader", "major_matter", ["leader_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index(
        "major_matter_by_office", "major_matter", ["office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_table(
        "midterm_report",
        sa.Column("engagement_id", sa.String(length=64), nullable=False),
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("staff_ids", sa.Text(), nullable=False),
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
    op.create_index("midterm_report_by_date", "midterm_report", ["opened_on", "id"], unique=False)
    op.create_index(
        "midterm_report_by_office", "midterm_report", ["office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_table(
        "petition_incident",
        sa.Column("engagement_id", sa.String(length=64), nullable=False),
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("leader_id", sa.String(length=64), nullable=False),
        sa.Column("staff_ids", sa.Text(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(), nullable=False),
        sa.Column("major", sa.Boolean(), nullable=False),
        sa.Column("matter_id", sa.String(length=64), nullable=False),
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
    op.create_index("petition_incident_by_date", "petition_incident", ["opened_on", "id"], unique=False)
    op.create_index(
        "petition_incident_by_office",
        "petition_incident",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "petition_incident_of_engagement", "petition_incident", ["engagement_id", "state"], unique=False
    )
    with op.batch_alter_table("engagement", schema=None) as batch_op:
        batch_op.add_column(sa.Column("destroyer_ids", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("withdrawn_on", sa.Date(), nullable=True))

    with op.batch_alter_table("engagement", schema=None) as batch_op:
        batch_op.alter_column(
            "destroyer_ids", existing_type=sa.Text(), server_default=None, existing_nullable=False
        )

    with op.batch_alter_table("inspection_team", schema=None) as batch_op:
        batch_op.add_column(sa.Column("zero_ids", sa.Text(), server_default="", nullable=False))

    with op.batch_alter_table("inspection_team", schema=None) as batch_op:
        batch_op.alter_column(
            "zero_ids", existing_type=sa.Text(), server_default=None, existing_nullable=False
        )

    with op.batch_alter_table("found_clue", schema=None) as batch_op:
        batch_op.add_column(sa.Column("before_roles", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column("proposed_route", sa.String(length=64), server_default="", nullable=False)
        )

    with op.batch_alter_table("found_clue", schema=None) as batch_op:
        batch_op.alter_column(
            "before_roles", existing_type=sa.Text(), server_default=None, existing_nullable=False
        )
        batch_op.alter_column(
            "proposed_route", existing_type=sa.String(length=64), server_default=None, existing_nullable=False
        )
