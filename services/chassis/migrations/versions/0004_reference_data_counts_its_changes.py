"""reference data counts its changes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    with op.batch_alter_table("installation", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("reference_edition", sa.BigInteger(), server_default="0", nullable=False)
        )

    with op.batch_alter_table("installation", schema=None) as batch_op:
        batch_op.alter_column(
            "reference_edition", existing_type=sa.BigInteger(), server_default=None, existing_nullable=False
        )
