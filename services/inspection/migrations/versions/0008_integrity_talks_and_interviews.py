"""integrity talks and interviews."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "formal_interview",
        sa.Column("ground_code", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("needs_approval", sa.Boolean(), nullable=False),
        sa.Column("approval_ref", sa.String(length=64), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
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
    op.create_index("formal_interview_by_date", "formal_interview", ["opened_on", "id"], unique=False)
    op.create_index(
        "formal_interview_by_liaison",
        "formal_interview",
        ["liaison_office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "formal_interview_by_office",
        "formal_interview",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_table(
        "integrity_talk",
        sa.Column("talk_type", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("speaker_id", sa.String(length=64), nullable=False),
        sa.Column("speaker_role", sa.String(length=64), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("attendee_ids", sa.Text(), nullable=False),
        sa.Column("post_talk_id", sa.String(length=64), nullable=False),
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
    op.create_index("integrity_talk_by_date", "integrity_talk", ["opened_on", "id"], unique=False)
    op.create_index("integrity_talk_by_day", "integrity_talk", ["office_id", "held_on"], unique=False)
    op.create_index(
        "integrity_talk_by_liaison",
        "integrity_talk",
        ["liaison_office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "integrity_talk_by_office", "integrity_talk", ["office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index("integrity_talk_by_person", "integrity_talk", ["person_id", "talk_type"], unique=False)
    op.create_table(
        "key_few_assessment",
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
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
    op.create_index("key_few_assessment_by_date", "key_few_assessment", ["opened_on", "id"], unique=False)
    op.create_index(
        "key_few_assessment_by_office",
        "key_few_assessment",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_table(
        "post_talk",
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("new_post", sa.String(length=64), nullable=False),
        sa.Column("adjusted_on", sa.Date(), nullable=False),
        sa.Column("talk_id", sa.String(length=64), nullable=False),
        sa.Column("talked_on", sa.Date(), nullable=True),
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
        sa.UniqueConstraint("person_id", "new_post", "adjusted_on", name="post_talk_of_change"),
    )
    op.create_index("post_talk_by_date", "post_talk", ["opened_on", "id"], unique=False)
    op.create_index(
        "post_talk_by_liaison", "post_talk", ["liaison_office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index(
        "post_talk_by_office", "post_talk", ["office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_table(
        "talk_year",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("key_post_ids", sa.Text(), nullable=False),
        sa.Column("roster_ids", sa.Text(), nullable=False),
        sa.Column("roster_count", sa.Integer(), nullable=False),
        sa.Column("covered_count", sa.Integer(), nullable=False),
        sa.Column("covered_permille", sa.Integer(), nullable=False),
        sa.Column("missing_ids", sa.Text(), nullable=False),
        sa.Column("exception_ids", sa.Text(), nullable=False),
        sa.Column("checkpoint_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
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
        sa.UniqueConstraint("office_id", "year", name="talk_year_of_office"),
    )
    op.create_index("talk_year_by_date", "talk_year", ["opened_on", "id"], unique=False)
    op.create_index(
        "talk_year_by_liaison", "talk_year", ["liaison_office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index(
        "talk_year_by_office", "talk_year", ["office_id", "state", "opened_on", "id"], unique=False
    )
