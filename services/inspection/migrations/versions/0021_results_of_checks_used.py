"""results of checks used."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    with op.batch_alter_table("engagement", schema=None) as batch_op:
        batch_op.add_column(sa.Column("special_topics", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("reported_topics", sa.Text(), server_default="", nullable=False))

    with op.batch_alter_table("engagement", schema=None) as batch_op:
        batch_op.alter_column(
            "special_topics", existing_type=sa.Text(), server_default=None, existing_nullable=False
        )
        batch_op.alter_column(
            "reported_topics", existing_type=sa.Text(), server_default=None, existing_nullable=False
        )

    with op.batch_alter_table("inspection_report", schema=None) as batch_op:
        batch_op.add_column(sa.Column("cited_spot_checks", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("cited_topics", sa.Text(), server_default="", nullable=False))

    with op.batch_alter_table("inspection_report", schema=None) as batch_op:
        batch_op.alter_column(
            "cited_spot_checks", existing_type=sa.Text(), server_default=None, existing_nullable=False
        )
        batch_op.alter_column(
            "cited_topics", existing_type=sa.Text(), server_default=None, existing_nullable=False
        )

    with op.batch_alter_table("spot_check_request", schema=None) as batch_op:
        batch_op.add_column(sa.Column("suspected_persons", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("used_persons", sa.Text(), server_default="", nullable=False))

    with op.batch_alter_table("spot_check_request", schema=None) as batch_op:
        batch_op.alter_column(
            "suspected_persons", existing_type=sa.Text(), server_default=None, existing_nullable=False
        )
        batch_op.alter_column(
            "used_persons", existing_type=sa.Text(), server_default=None, existing_nullable=False
        )
