"""integrity opinions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "integrity_opinion",
        sa.Column("purpose_code", sa.String(length=64), nullable=False),
        sa.Column("person_ids", sa.Text(), nullable=False),
        sa.Column("reply_no", sa.String(length=64), nullable=False),
        sa.Column("replied_on", sa.Date(), nullable=True),
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
    op.create_index("integrity_opinion_by_date", "integrity_opinion", ["opened_on", "id"], unique=False)
    op.create_index(
        "integrity_opinion_by_office",
        "integrity_opinion",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_table(
        "opinion_evidence",
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("result_code", sa.String(length=64), nullable=False),
        sa.Column("searched_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("request_id", "person_id"),
    )
