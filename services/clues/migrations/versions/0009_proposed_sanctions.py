"""proposed sanctions."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

NEW: dict[str, tuple[sa.types.TypeEngine[Any], str]] = {
    "proposed_ids": (sa.Text(), ""),
    "assisted_round": (sa.Integer(), "0"),
    "assisted_code": (sa.String(length=64), ""),
}
"""Never empty: rows from before get the value, new ones get it from the model."""


def upgrade() -> None:
    with op.batch_alter_table("discipline_case", schema=None) as batch_op:
        for name, (kind, before) in NEW.items():
            batch_op.add_column(sa.Column(name, kind, server_default=before, nullable=False))
        for name in ("agreed_on", "notified_on"):
            batch_op.add_column(sa.Column(name, sa.Date(), nullable=True))
    with op.batch_alter_table("discipline_case", schema=None) as batch_op:
        for name, (kind, _) in NEW.items():
            batch_op.alter_column(name, existing_type=kind, server_default=None, existing_nullable=False)
