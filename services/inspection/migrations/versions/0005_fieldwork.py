"""fieldwork."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "found_clue",
        sa.Column("engagement_id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("leader_id", sa.String(length=64), nullable=False),
        sa.Column("deputy_ids", sa.Text(), nullable=False),
        sa.Column("liaison_id", sa.String(length=64), nullable=False),
        sa.Column("source_kind", sa.String(length=64), nullable=False),
        sa.Column("source_id", sa.String(length=64), nullable=False),
        sa.Column("class_code", sa.String(length=64), nullable=False),
        sa.Column("minutes_ref", sa.String(length=64), nullable=False),
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
    op.create_index("found_clue_by_date", "found_clue", ["opened_on", "id"], unique=False)
    op.create_index(
        "found_clue_by_leader", "found_clue", ["leader_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index(
        "found_clue_by_liaison", "found_clue", ["liaison_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index(op.f("ix_found_clue_engagement_id"), "found_clue", ["engagement_id"], unique=False)
    op.create_table(
        "inspection_issue",
        sa.Column("engagement_id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("leader_id", sa.String(length=64), nullable=False),
        sa.Column("deputy_ids", sa.Text(), nullable=False),
        sa.Column("staff_ids", sa.Text(), nullable=False),
        sa.Column("important", sa.Boolean(), nullable=False),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.Column("author_id", sa.String(length=64), nullable=False),
        sa.Column("custodian_id", sa.String(length=64), nullable=False),
        sa.Column("paper_version", sa.Integer(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
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
    op.create_index(
        "inspection_issue_by_author",
        "inspection_issue",
        ["author_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index("inspection_issue_by_date", "inspection_issue", ["opened_on", "id"], unique=False)
    op.create_index(
        "inspection_issue_of_engagement", "inspection_issue", ["engagement_id", "state"], unique=False
    )
    op.create_table(
        "interview",
        sa.Column("engagement_id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("leader_id", sa.String(length=64), nullable=False),
        sa.Column("staff_ids", sa.Text(), nullable=False),
        sa.Column("interviewee_id", sa.String(length=64), nullable=False),
        sa.Column("interviewer_ids", sa.Text(), nullable=False),
        sa.Column("one_to_one", sa.Boolean(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("read_on", sa.Date(), nullable=True),
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
    op.create_index("interview_by_date", "interview", ["opened_on", "id"], unique=False)
    op.create_index(
        "interview_by_handler", "interview", ["handler_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index(
        "interview_by_leader", "interview", ["leader_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index("interview_of_engagement", "interview", ["engagement_id", "state"], unique=False)
    op.create_table(
        "unit_material",
        sa.Column("engagement_id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("leader_id", sa.String(length=64), nullable=False),
        sa.Column("reader_ids", sa.Text(), nullable=False),
        sa.Column("item_no", sa.String(length=64), nullable=False),
        sa.Column("classified", sa.Boolean(), nullable=False),
        sa.Column("important", sa.Boolean(), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=True),
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
        sa.UniqueConstraint("engagement_id", "item_no", name="unit_material_number"),
    )
    op.create_index("unit_material_by_date", "unit_material", ["opened_on", "id"], unique=False)
    op.create_index(
        "unit_material_by_handler", "unit_material", ["handler_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index("unit_material_of_engagement", "unit_material", ["engagement_id", "state"], unique=False)
    with op.batch_alter_table("engagement", schema=None) as batch_op:
        batch_op.add_column(sa.Column("one_to_one", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("important_items", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("observers", sa.Text(), server_default="", nullable=False))

    with op.batch_alter_table("engagement", schema=None) as batch_op:
        batch_op.alter_column(
            "one_to_one", existing_type=sa.Text(), server_default=None, existing_nullable=False
        )
        batch_op.alter_column(
            "important_items", existing_type=sa.Text(), server_default=None, existing_nullable=False
        )
        batch_op.alter_column(
            "observers", existing_type=sa.Text(), server_default=None, existing_nullable=False
        )
