"""copies of classified material."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    with op.batch_alter_table("unit_material", schema=None) as batch_op:
        batch_op.add_column(sa.Column("copies", sa.Text(), server_default="", nullable=False))

    with op.batch_alter_table("unit_material", schema=None) as batch_op:
        batch_op.alter_column("copies", existing_type=sa.Text(), server_default=None, existing_nullable=False)
