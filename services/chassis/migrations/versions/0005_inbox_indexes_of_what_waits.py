"""inbox indexes of what waits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return  # SQLite's planner uses no index with a condition where the query's value is a parameter
    waiting = sa.text("status <> 'applied'")
    indexes = {
        "inbox_due": ["status", "next_try_at"],
        "inbox_previous": ["producer", "epoch", "previous"],
    }
    for name, columns in indexes.items():
        op.drop_index(name, table_name="inbox")
        op.create_index(name, "inbox", columns, unique=False, postgresql_where=waiting)
