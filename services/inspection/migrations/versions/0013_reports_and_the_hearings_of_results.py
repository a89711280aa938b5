"""reports and the hearings of results."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "clue_report",
        sa.Column("clue_ids", sa.Text(), nullable=False),
        sa.Column("unclassed", sa.Text(), nullable=False),
        sa.Column("unlearned", sa.Text(), nullable=False),
        sa.Column("attention", sa.Integer(), nullable=False),
        sa.Column("engagement_id", sa.String(length=64), nullable=False),
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("leader_id", sa.String(length=64), nullable=False),
        sa.Column("author_id", sa.String(length=64), nullable=False),
        sa.Column("before_roles", sa.Text(), nullable=False),
        sa.Column("suggestions", sa.Integer(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=True),
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
        sa.UniqueConstraint("engagement_id", name="clue_report_of_engagement"),
    )
    op.create_index("clue_report_by_date", "clue_report", ["opened_on", "id"], unique=False)
    op.create_index(
        "clue_report_by_leader", "clue_report", ["leader_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index(
        "clue_report_by_office", "clue_report", ["office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_table(
        "group_hearing",
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("staff_ids", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("chair_id", sa.String(length=64), nullable=False),
        sa.Column("observer_ids", sa.Text(), nullable=False),
        sa.Column("commented_units", sa.Text(), nullable=False),
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
        sa.UniqueConstraint("team_id", name="group_hearing_of_team"),
    )
    op.create_index("group_hearing_by_date", "group_hearing", ["opened_on", "id"], unique=False)
    op.create_index(
        "group_hearing_by_office", "group_hearing", ["office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_table(
        "inspection_report",
        sa.Column("staff_ids", sa.Text(), nullable=False),
        sa.Column("issue_ids", sa.Text(), nullable=False),
        sa.Column("systemic_ids", sa.Text(), nullable=False),
        sa.Column("annexed_ids", sa.Text(), nullable=False),
        sa.Column("heard_on", sa.Date(), nullable=True),
        sa.Column("engagement_id", sa.String(length=64), nullable=False),
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("leader_id", sa.String(length=64), nullable=False),
        sa.Column("author_id", sa.String(length=64), nullable=False),
        sa.Column("before_roles", sa.Text(), nullable=False),
        sa.Column("suggestions", sa.Integer(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=True),
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
        sa.UniqueConstraint("engagement_id", name="inspection_report_of_engagement"),
    )
    op.create_index("inspection_report_by_date", "inspection_report", ["opened_on", "id"], unique=False)
    op.create_index(
        "inspection_report_by_office",
        "inspection_report",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_table(
        "interview_report",
        sa.Column("verbatim", sa.Boolean(), nullable=False),
        sa.Column("nil", sa.Boolean(), nullable=False),
        sa.Column("engagement_id", sa.String(length=64), nullable=False),
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("leader_id", sa.String(length=64), nullable=False),
        sa.Column("author_id", sa.String(length=64), nullable=False),
        sa.Column("before_roles", sa.Text(), nullable=False),
        sa.Column("suggestions", sa.Integer(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=True),
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
        sa.UniqueConstraint("engagement_id", name="interview_report_of_engagement"),
    )
    op.create_index("interview_report_by_date", "interview_report", ["opened_on", "id"], unique=False)
    op.create_index(
        "interview_report_by_leader",
        "interview_report",
        ["leader_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "interview_report_by_office",
        "interview_report",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_table(
        "key_issue",
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("named_code", sa.String(length=64), nullable=False),
        sa.Column("progress_on", sa.Date(), nullable=True),
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
    )
    op.create_index("key_issue_by_date", "key_issue", ["opened_on", "id"], unique=False)
    op.create_index(
        "key_issue_by_office", "key_issue", ["office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index("key_issue_of_round", "key_issue", ["round_id", "state"], unique=False)
    op.create_table(
        "round_clue_report",
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("clue_ids", sa.Text(), nullable=False),
        sa.Column("important_ids", sa.Text(), nullable=False),
        sa.Column("attendee_ids", sa.Text(), nullable=False),
        sa.Column("finalised_on", sa.Date(), nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("heard_on", sa.Date(), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=True),
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
        sa.UniqueConstraint("round_id", name="round_clue_report_of_round"),
    )
    op.create_index("round_clue_report_by_date", "round_clue_report", ["opened_on", "id"], unique=False)
    op.create_index(
        "round_clue_report_by_office",
        "round_clue_report",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_table(
        "round_report",
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("attendee_ids", sa.Text(), nullable=False),
        sa.Column("finalised_on", sa.Date(), nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("heard_on", sa.Date(), nullable=True),
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
        sa.UniqueConstraint("round_id", name="round_report_of_round"),
    )
    op.create_index("round_report_by_date", "round_report", ["opened_on", "id"], unique=False)
    op.create_index(
        "round_report_by_office", "round_report", ["office_id", "state", "opened_on", "id"], unique=False
    )
    with op.batch_alter_table("inspection_round", schema=None) as batch_op:
        batch_op.add_column(sa.Column("withdrawn_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("minutes_issued_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("agenda_requested_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("agenda_warned_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("secretary_heard_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("committee_heard_on", sa.Date(), nullable=True))

    with op.batch_alter_table("inspection_team", schema=None) as batch_op:
        batch_op.add_column(sa.Column("withdrawn_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("heard_on", sa.Date(), nullable=True))
