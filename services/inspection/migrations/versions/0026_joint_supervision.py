"""joint supervision."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.create_table(
        "improvement",
        sa.Column("supervision_id", sa.String(length=64), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
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
    )
    op.create_index("improvement_by_date", "improvement", ["opened_on", "id"], unique=False)
    op.create_index(
        "improvement_by_office", "improvement", ["office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index(
        "improvement_by_unit", "improvement", ["unit_id", "state", "opened_on", "id"], unique=False
    )
    op.create_table(
        "joint_supervision",
        sa.Column("joint_type", sa.String(length=64), nullable=False),
        sa.Column("unit_ids", sa.Text(), nullable=False),
        sa.Column("body_ids", sa.Text(), nullable=False),
        sa.Column("checker_ids", sa.Text(), nullable=False),
        sa.Column("exempt_ids", sa.Text(), nullable=False),
        sa.Column("taken_steps", sa.Text(), nullable=False),
        sa.Column("field_code", sa.String(length=64), nullable=False),
        sa.Column("outstanding_code", sa.String(length=64), nullable=False),
        sa.Column("concluded_on", sa.Date(), nullable=True),
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
    op.create_index("joint_supervision_by_date", "joint_supervision", ["opened_on", "id"], unique=False)
    op.create_index(
        "joint_supervision_by_office",
        "joint_supervision",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_table(
        "judicial_screening",
        sa.Column("case_ref", sa.String(length=64), nullable=False),
        sa.Column("screened_kind", sa.String(length=64), nullable=False),
        sa.Column("sign_code", sa.String(length=64), nullable=False),
        sa.Column("screened_on", sa.Date(), nullable=False),
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
    op.create_index("judicial_screening_by_date", "judicial_screening", ["opened_on", "id"], unique=False)
    op.create_index(
        "judicial_screening_by_office",
        "judicial_screening",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_table(
        "unit_quarter",
        sa.Column("quarter", sa.String(length=64), nullable=False),
        sa.Column("act_count", sa.Integer(), nullable=False),
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
        sa.UniqueConstraint("unit_id", "quarter", name="unit_quarter_of_unit"),
    )
    op.create_index("unit_quarter_by_date", "unit_quarter", ["opened_on", "id"], unique=False)
    op.create_index(
        "unit_quarter_by_liaison",
        "unit_quarter",
        ["liaison_office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "unit_quarter_by_office", "unit_quarter", ["office_id", "state", "opened_on", "id"], unique=False
    )
