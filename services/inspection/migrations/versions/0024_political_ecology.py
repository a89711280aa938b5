"""political ecology."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.create_table(
        "ecology_portrait",
        sa.Column("portrayed_from", sa.Date(), nullable=False),
        sa.Column("portrayed_to", sa.Date(), nullable=False),
        sa.Column("source_codes", sa.Text(), nullable=False),
        sa.Column("shown_unit_id", sa.String(length=64), nullable=False),
        sa.Column("check_count", sa.Integer(), nullable=True),
        sa.Column("problem_count", sa.Integer(), nullable=True),
        sa.Column("risk_point_count", sa.Integer(), nullable=False),
        sa.Column("control_measure_count", sa.Integer(), nullable=False),
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
    op.create_index("ecology_portrait_by_date", "ecology_portrait", ["opened_on", "id"], unique=False)
    op.create_index(
        "ecology_portrait_by_liaison",
        "ecology_portrait",
        ["liaison_office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "ecology_portrait_by_office",
        "ecology_portrait",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "ecology_portrait_by_unit", "ecology_portrait", ["shown_unit_id", "opened_on", "id"], unique=False
    )
    op.create_table(
        "ecology_study",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("drafter_office_id", sa.String(length=64), nullable=False),
        sa.Column("studied_on", sa.Date(), nullable=True),
        sa.Column("source_codes", sa.Text(), nullable=False),
        sa.Column("ecology_grade", sa.String(length=64), nullable=False),
        sa.Column("basis_attached", sa.Integer(), nullable=False),
        sa.Column("study_count", sa.Integer(), nullable=False),
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
        sa.UniqueConstraint("unit_id", "year", name="ecology_study_of_unit"),
    )
    op.create_index("ecology_study_by_date", "ecology_study", ["opened_on", "id"], unique=False)
    op.create_index(
        "ecology_study_by_liaison",
        "ecology_study",
        ["liaison_office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "ecology_study_by_office", "ecology_study", ["office_id", "state", "opened_on", "id"], unique=False
    )
    with op.batch_alter_table("docking_meeting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("participant_ids", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("reported_on", sa.Date(), nullable=True))

    with op.batch_alter_table("docking_meeting", schema=None) as batch_op:
        batch_op.alter_column(
            "participant_ids", existing_type=sa.Text(), server_default=None, existing_nullable=False
        )
