"""First tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "clue",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("source_ref", sa.String(length=64), nullable=False),
        sa.Column("petition_id", sa.String(length=64), nullable=True),
        sa.Column("subject_level", sa.String(length=64), nullable=False),
        sa.Column("disposition_code", sa.String(length=64), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("letter_no", sa.String(length=64), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("outcome_code", sa.String(length=64), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=True),
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
        sa.UniqueConstraint("petition_id"),
        sa.UniqueConstraint("source", "source_ref", name="clue_source"),
    )
    op.create_index("clue_by_date", "clue", ["opened_on", "id"], unique=False)
    op.create_index("clue_by_handler", "clue", ["handler_id", "state", "opened_on", "id"], unique=False)
    op.create_index(
        "clue_by_liaison", "clue", ["liaison_office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index("clue_by_office", "clue", ["office_id", "state", "opened_on", "id"], unique=False)
    op.create_index("clue_by_state", "clue", ["state", "opened_on", "id"], unique=False)
    op.create_table(
        "explanation",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("clue_id", sa.String(length=64), nullable=False),
        sa.Column("office_id", sa.String(length=64), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("explanation_by_office", "explanation", ["office_id", "received_on"], unique=False)
    op.create_index(op.f("ix_explanation_clue_id"), "explanation", ["clue_id"], unique=False)
    op.create_table(
        "inquiry_letter",
        sa.Column("letter_no", sa.String(length=64), nullable=False),
        sa.Column("clue_id", sa.String(length=64), nullable=False),
        sa.Column("subject_id", sa.String(length=64), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("copy_person_id", sa.String(length=64), nullable=False),
        sa.Column("copy_role", sa.String(length=64), nullable=False),
        sa.Column("copy_substituted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("letter_no"),
    )
    op.create_index(op.f("ix_inquiry_letter_clue_id"), "inquiry_letter", ["clue_id"], unique=False)
    op.create_table(
        "talk",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("clue_id", sa.String(length=64), nullable=False),
        sa.Column("subject_id", sa.String(length=64), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("speaker_id", sa.String(length=64), nullable=False),
        sa.Column("speaker_role", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_talk_clue_id"), "talk", ["clue_id"], unique=False)
