"""open clocks by their clause."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_index(
        "duty_by_clause",
        "duty",
        ["clause", "status", "subject_id"],
        unique=False,
        postgresql_where=sa.text("status = 'open'"),
    )
