"""files of rounds and their catalogues."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "archive_file",
        sa.Column("engagement_id", sa.String(length=64), nullable=False),
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("leader_id", sa.String(length=64), nullable=False),
        sa.Column("staff_ids", sa.Text(), nullable=False),
        sa.Column("complete_nos", sa.Text(), nullable=False),
        sa.Column("missing_nos", sa.Text(), nullable=False),
        sa.Column("handed_over_on", sa.Date(), nullable=True),
        sa.Column("late_days", sa.Integer(), nullable=False),
        sa.Column("file_no", sa.String(length=64), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("residue_destroyed_on", sa.Date(), nullable=True),
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
        sa.UniqueConstraint("engagement_id", name="archive_file_of_engagement"),
    )
    op.create_index("archive_file_by_date", "archive_file", ["opened_on", "id"], unique=False)
    op.create_index(
        "archive_file_by_filer", "archive_file", ["handler_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index(
        "archive_file_by_leader", "archive_file", ["leader_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index(
        "archive_file_by_office", "archive_file", ["office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index("archive_file_by_state", "archive_file", ["state", "opened_on", "id"], unique=False)
    op.create_index(op.f("ix_archive_file_round_id"), "archive_file", ["round_id"], unique=False)
    op.create_table(
        "catalogue_entry",
        sa.Column("engagement_id", sa.String(length=64), nullable=False),
        sa.Column("archive_file_id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("leader_id", sa.String(length=64), nullable=False),
        sa.Column("staff_ids", sa.Text(), nullable=False),
        sa.Column("category", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(length=64), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("level_code", sa.String(length=64), nullable=False),
        sa.Column("archived_source_id", sa.String(length=64), nullable=False),
        sa.Column("included", sa.Text(), nullable=False),
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
    op.create_index("catalogue_entry_by_date", "catalogue_entry", ["opened_on", "id"], unique=False)
    op.create_index(
        "catalogue_entry_by_filer",
        "catalogue_entry",
        ["handler_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "catalogue_entry_by_leader",
        "catalogue_entry",
        ["leader_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "catalogue_entry_by_office",
        "catalogue_entry",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index("catalogue_entry_of_file", "catalogue_entry", ["archive_file_id", "state"], unique=False)
    with op.batch_alter_table("engagement", schema=None) as batch_op:
        batch_op.add_column(sa.Column("filer_id", sa.String(length=64), server_default="", nullable=False))

    with op.batch_alter_table("engagement", schema=None) as batch_op:
        batch_op.alter_column(
            "filer_id", existing_type=sa.String(length=64), server_default=None, existing_nullable=False
        )
