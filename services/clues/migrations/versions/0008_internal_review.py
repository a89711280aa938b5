"""internal review."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

NEW: dict[str, tuple[sa.types.TypeEngine[Any], str]] = {
    "review_round": (sa.Integer(), "0"),
    "lead_reviewer_id": (sa.String(length=64), ""),
    "reviewer_ids": (sa.Text(), ""),
    "talked_ids": (sa.Text(), ""),
    "confronted_ids": (sa.Text(), ""),
    "conclusion_code": (sa.String(length=64), ""),
    "review_role": (sa.String(length=64), ""),
}
"""Never empty: rows from before get the value, new ones get it from the model."""
DAYS = ("accepted_on", "deliberated_on", "signed_on", "completed_on", "review_reported_on")


def upgrade() -> None:
    with op.batch_alter_table("discipline_case", schema=None) as batch_op:
        for name, (kind, before) in NEW.items():
            batch_op.add_column(sa.Column(name, kind, server_default=before, nullable=False))
        for name in DAYS:
            batch_op.add_column(sa.Column(name, sa.Date(), nullable=True))
    with op.batch_alter_table("discipline_case", schema=None) as batch_op:
        for name, (kind, _) in NEW.items():
            batch_op.alter_column(name, existing_type=kind, server_default=None, existing_nullable=False)
