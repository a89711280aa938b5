"""integrity risks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "control_measure",
        sa.Column("point_ids", sa.Text(), nullable=False),
        sa.Column("set_on", sa.Date(), nullable=False),
        sa.Column("shown_unit_id", sa.String(length=64), nullable=False),
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
    op.create_index("control_measure_by_date", "control_measure", ["opened_on", "id"], unique=False)
    op.create_index("control_measure_by_day", "control_measure", ["office_id", "set_on"], unique=False)
    op.create_index(
        "control_measure_by_liaison",
        "control_measure",
        ["liaison_office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "control_measure_by_office",
        "control_measure",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "control_measure_by_unit", "control_measure", ["shown_unit_id", "opened_on", "id"], unique=False
    )
    op.create_table(
        "risk_point",
        sa.Column("area_code", sa.String(length=64), nullable=False),
        sa.Column("level_code", sa.String(length=64), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("shown_unit_id", sa.String(length=64), nullable=False),
        sa.Column("search_id", sa.String(length=64), nullable=False),
        sa.Column("typical_case_id", sa.String(length=64), nullable=False),
        sa.Column("controlled_on", sa.Date(), nullable=True),
        sa.Column("merged_into", sa.String(length=64), nullable=False),
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
    op.create_index("risk_point_by_date", "risk_point", ["opened_on", "id"], unique=False)
    op.create_index("risk_point_by_day", "risk_point", ["office_id", "registered_on"], unique=False)
    op.create_index(
        "risk_point_by_liaison", "risk_point", ["liaison_office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index(
        "risk_point_by_office", "risk_point", ["office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index("risk_point_by_search", "risk_point", ["search_id"], unique=False)
    op.create_index("risk_point_by_unit", "risk_point", ["shown_unit_id", "opened_on", "id"], unique=False)
