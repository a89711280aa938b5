"""checks of units, main responsibility and special supervision."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "duty_record",
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("performed_on", sa.Date(), nullable=False),
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
    op.create_index("duty_record_by_date", "duty_record", ["opened_on", "id"], unique=False)
    op.create_index("duty_record_by_day", "duty_record", ["unit_id", "performed_on"], unique=False)
    op.create_index(
        "duty_record_by_office", "duty_record", ["office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index(
        "duty_record_by_unit", "duty_record", ["unit_id", "state", "opened_on", "id"], unique=False
    )
    op.create_table(
        "duty_record_review",
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("team_count", sa.Integer(), nullable=False),
        sa.Column("kept_count", sa.Integer(), nullable=False),
        sa.Column("missing_ids", sa.Text(), nullable=False),
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
    op.create_index("duty_record_review_by_date", "duty_record_review", ["opened_on", "id"], unique=False)
    op.create_index(
        "duty_record_review_by_office",
        "duty_record_review",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "duty_record_review_by_unit",
        "duty_record_review",
        ["unit_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_table(
        "key_matter",
        sa.Column("key_kind", sa.String(length=64), nullable=False),
        sa.Column("choice_code", sa.String(length=64), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
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
    op.create_index("key_matter_by_date", "key_matter", ["opened_on", "id"], unique=False)
    op.create_index(
        "key_matter_by_office", "key_matter", ["office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_table(
        "responsibility_list",
        sa.Column("owner_scope", sa.String(length=64), nullable=False),
        sa.Column("version_no", sa.Integer(), nullable=False),
        sa.Column("drawn_up_on", sa.Date(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("task_count", sa.Integer(), nullable=False),
        sa.Column("checked_count", sa.Integer(), nullable=False),
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
    op.create_index("responsibility_list_by_date", "responsibility_list", ["opened_on", "id"], unique=False)
    op.create_index(
        "responsibility_list_by_day", "responsibility_list", ["office_id", "drawn_up_on"], unique=False
    )
    op.create_index(
        "responsibility_list_by_liaison",
        "responsibility_list",
        ["liaison_office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "responsibility_list_by_office",
        "responsibility_list",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "responsibility_list_by_unit",
        "responsibility_list",
        ["unit_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_table(
        "responsibility_task",
        sa.Column("list_id", sa.String(length=64), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.String(length=64), nullable=False),
        sa.Column("status_code", sa.String(length=64), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("result_code", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("list_id", "no"),
    )
    op.create_table(
        "self_check",
        sa.Column("meeting_id", sa.String(length=64), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=False),
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
    op.create_index("self_check_by_date", "self_check", ["opened_on", "id"], unique=False)
    op.create_index(
        "self_check_by_office", "self_check", ["office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index("self_check_by_unit", "self_check", ["unit_id", "state", "opened_on", "id"], unique=False)
    op.create_table(
        "special_supervision",
        sa.Column("ground_code", sa.String(length=64), nullable=False),
        sa.Column("unit_ids", sa.Text(), nullable=False),
        sa.Column("department_ids", sa.Text(), nullable=False),
        sa.Column("participant_ids", sa.Text(), nullable=False),
        sa.Column("concluded_on", sa.Date(), nullable=True),
        sa.Column("channel_role", sa.String(length=64), nullable=False),
        sa.Column("channel_id", sa.String(length=64), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("commission_id", sa.String(length=64), nullable=False),
        sa.Column("forwarded_on", sa.Date(), nullable=True),
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
        "special_supervision_by_channel",
        "special_supervision",
        ["channel_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index("special_supervision_by_date", "special_supervision", ["opened_on", "id"], unique=False)
    op.create_index(
        "special_supervision_by_office",
        "special_supervision",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_table(
        "special_supervision_year",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("reported_count", sa.Integer(), nullable=False),
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
        sa.UniqueConstraint("office_id", "year", name="special_supervision_year_of_office"),
    )
    op.create_index(
        "special_supervision_year_by_date", "special_supervision_year", ["opened_on", "id"], unique=False
    )
    op.create_index(
        "special_supervision_year_by_office",
        "special_supervision_year",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_table(
        "support_request",
        sa.Column("check_id", sa.String(length=64), nullable=False),
        sa.Column("recipient_role", sa.String(length=64), nullable=False),
        sa.Column("recipient_id", sa.String(length=64), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
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
    op.create_index("support_request_by_date", "support_request", ["opened_on", "id"], unique=False)
    op.create_index(
        "support_request_by_office",
        "support_request",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "support_request_by_recipient",
        "support_request",
        ["recipient_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_table(
        "third_party_engagement",
        sa.Column("check_id", sa.String(length=64), nullable=False),
        sa.Column("letter_id", sa.String(length=64), nullable=False),
        sa.Column("author_id", sa.String(length=64), nullable=False),
        sa.Column("opinion_id", sa.String(length=64), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=True),
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
        op.f("ix_third_party_engagement_check_id"), "third_party_engagement", ["check_id"], unique=False
    )
    op.create_index(
        "third_party_engagement_by_date", "third_party_engagement", ["opened_on", "id"], unique=False
    )
    op.create_index(
        "third_party_engagement_by_handler",
        "third_party_engagement",
        ["handler_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "third_party_engagement_by_office",
        "third_party_engagement",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_table(
        "unit_check",
        sa.Column("check_type", sa.String(length=64), nullable=False),
        sa.Column("focus_code", sa.String(length=64), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("list_id", sa.String(length=64), nullable=False),
        sa.Column("task_no", sa.Integer(), nullable=False),
        sa.Column("result_code", sa.String(length=64), nullable=False),
        sa.Column("problem_id", sa.String(length=64), nullable=False),
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
    op.create_index("unit_check_by_date", "unit_check", ["opened_on", "id"], unique=False)
    op.create_index(
        "unit_check_by_liaison", "unit_check", ["liaison_office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index(
        "unit_check_by_office", "unit_check", ["office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index("unit_check_by_unit", "unit_check", ["unit_id", "checked_on"], unique=False)
    op.create_table(
        "year_start_hearing",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("next_level_count", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("member_ids", sa.Text(), nullable=False),
        sa.Column("next_level_heard", sa.Integer(), nullable=False),
        sa.Column("none_code", sa.String(length=64), nullable=False),
        sa.Column("unit_signer_id", sa.String(length=64), nullable=False),
        sa.Column("office_signer_id", sa.String(length=64), nullable=False),
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
        sa.UniqueConstraint("unit_id", "year", name="year_start_hearing_of_unit"),
    )
    op.create_index("year_start_hearing_by_date", "year_start_hearing", ["opened_on", "id"], unique=False)
    op.create_index(
        "year_start_hearing_by_office",
        "year_start_hearing",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "year_start_hearing_by_unit",
        "year_start_hearing",
        ["unit_id", "state", "opened_on", "id"],
        unique=False,
    )
