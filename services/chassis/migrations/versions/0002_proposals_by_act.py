"""proposals by act."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_index(
        "proposal_by_act", "proposal", ["status", "subject_kind", "act", "proposed_at"], unique=False
    )
