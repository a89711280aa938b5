"""five supervisions, special-duty supervision, supervision of offices."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "duty_supervision",
        sa.Column("member_ids", sa.Text(), nullable=False),
        sa.Column("passed_links", sa.Text(), nullable=False),
        sa.Column("not_needed_links", sa.Text(), nullable=False),
        sa.Column("warned_links", sa.Text(), nullable=False),
        sa.Column("opinion_id", sa.String(length=64), nullable=False),
        sa.Column("interview_id", sa.String(length=64), nullable=False),
        sa.Column("outcome_code", sa.String(length=64), nullable=False),
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
    op.create_index("duty_supervision_by_date", "duty_supervision", ["opened_on", "id"], unique=False)
    op.create_index(
        "duty_supervision_by_liaison",
        "duty_supervision",
        ["liaison_office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "duty_supervision_by_office",
        "duty_supervision",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index("duty_supervision_by_unit", "duty_supervision", ["unit_id", "opened_on"], unique=False)
    op.create_table(
        "office_check",
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("team_no", sa.Integer(), nullable=False),
        sa.Column("staff_ids", sa.Text(), nullable=False),
        sa.Column("method_codes", sa.Text(), nullable=False),
        sa.Column("result_code", sa.String(length=64), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
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
    op.create_index(op.f("ix_office_check_round_id"), "office_check", ["round_id"], unique=False)
    op.create_index("office_check_by_date", "office_check", ["opened_on", "id"], unique=False)
    op.create_index(
        "office_check_by_office", "office_check", ["office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_table(
        "office_opinion",
        sa.Column("channel_code", sa.String(length=64), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.Column("traced_on", sa.Date(), nullable=True),
        sa.Column("carried_out", sa.Boolean(), nullable=True),
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
    op.create_index("office_opinion_by_date", "office_opinion", ["opened_on", "id"], unique=False)
    op.create_index(
        "office_opinion_by_liaison",
        "office_opinion",
        ["liaison_office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "office_opinion_by_office", "office_opinion", ["office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index(
        "office_opinion_by_unit", "office_opinion", ["unit_id", "state", "opened_on", "id"], unique=False
    )
    op.create_table(
        "office_quarter",
        sa.Column("quarter", sa.String(length=64), nullable=False),
        sa.Column("office_ids", sa.Text(), nullable=False),
        sa.Column("checked_ids", sa.Text(), nullable=False),
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
        sa.UniqueConstraint("quarter", name="office_quarter_once"),
    )
    op.create_index("office_quarter_by_date", "office_quarter", ["opened_on", "id"], unique=False)
    op.create_table(
        "office_round",
        sa.Column("quarter", sa.String(length=64), nullable=False),
        sa.Column("team_count", sa.Integer(), nullable=False),
        sa.Column("staff_ids", sa.Text(), nullable=False),
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
    op.create_index("office_round_by_date", "office_round", ["opened_on", "id"], unique=False)
    op.create_index("office_round_by_quarter", "office_round", ["quarter", "state"], unique=False)
    op.create_table(
        "office_team",
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("staff_ids", sa.Text(), nullable=False),
        sa.Column("cleared_ids", sa.Text(), nullable=False),
        sa.Column("office_ids", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("round_id", "no"),
    )
    op.create_table(
        "standing_document",
        sa.Column("clause", sa.String(length=64), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("provision_codes", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("published_key", sa.String(length=64), nullable=True),
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
        sa.UniqueConstraint("published_key", name="standing_document_of_a_day"),
    )
    op.create_index(
        "standing_document_by_clause", "standing_document", ["clause", "state", "effective_on"], unique=False
    )
    op.create_index("standing_document_by_date", "standing_document", ["opened_on", "id"], unique=False)
    op.create_index(
        "standing_document_by_office",
        "standing_document",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_table(
        "supervision_group",
        sa.Column("head_id", sa.String(length=64), nullable=False),
        sa.Column("member_ids", sa.Text(), nullable=False),
        sa.Column("set_up_on", sa.Date(), nullable=False),
        sa.Column("standing_key", sa.String(length=64), nullable=True),
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
        sa.UniqueConstraint("standing_key", name="supervision_group_stands_once"),
    )
    op.create_index("supervision_group_by_date", "supervision_group", ["opened_on", "id"], unique=False)
    op.create_table(
        "supervision_record",
        sa.Column("maker_id", sa.String(length=64), nullable=False),
        sa.Column("open_office_id", sa.String(length=64), nullable=False),
        sa.Column("open_maker_id", sa.String(length=64), nullable=False),
        sa.Column("reader_ids", sa.Text(), nullable=False),
        sa.Column("type_code", sa.String(length=64), nullable=False),
        sa.Column("form_code", sa.String(length=64), nullable=False),
        sa.Column("supervised_on", sa.Date(), nullable=False),
        sa.Column("finding_code", sa.String(length=64), nullable=False),
        sa.Column("task_code", sa.String(length=64), nullable=False),
        sa.Column("duty_code", sa.String(length=64), nullable=False),
        sa.Column("ground_kind", sa.String(length=64), nullable=False),
        sa.Column("ground_id", sa.String(length=64), nullable=False),
        sa.Column("stream_codes", sa.Text(), nullable=False),
        sa.Column("origin_id", sa.String(length=64), nullable=False),
        sa.Column("follow_id", sa.String(length=64), nullable=False),
        sa.Column("outcome_code", sa.String(length=64), nullable=False),
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
    op.create_index("supervision_record_by_date", "supervision_record", ["opened_on", "id"], unique=False)
    op.create_index(
        "supervision_record_by_maker",
        "supervision_record",
        ["open_maker_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "supervision_record_by_office",
        "supervision_record",
        ["open_office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "supervision_record_by_unit", "supervision_record", ["unit_id", "supervised_on"], unique=False
    )
    op.create_table(
        "docking_meeting",
        sa.Column("commission_office_id", sa.String(length=64), nullable=False),
        sa.Column("period", sa.String(length=64), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
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
    op.create_index("docking_meeting_by_date", "docking_meeting", ["opened_on", "id"], unique=False)
    op.create_index(
        "docking_meeting_by_office",
        "docking_meeting",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "docking_meeting_by_other_side",
        "docking_meeting",
        ["commission_office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_table(
        "risk_screening",
        sa.Column("screened_from", sa.Date(), nullable=False),
        sa.Column("screened_to", sa.Date(), nullable=False),
        sa.Column("point_count", sa.Integer(), nullable=False),
        sa.Column("measure_count", sa.Integer(), nullable=False),
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
    op.create_index("risk_screening_by_date", "risk_screening", ["opened_on", "id"], unique=False)
    op.create_index(
        "risk_screening_by_office", "risk_screening", ["office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index(
        "risk_screening_by_unit", "risk_screening", ["unit_id", "state", "opened_on", "id"], unique=False
    )
    op.create_table(
        "unit_assignment",
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("assigned_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
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
    op.create_index("unit_assignment_by_date", "unit_assignment", ["opened_on", "id"], unique=False)
    op.create_index(
        "unit_assignment_by_office",
        "unit_assignment",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "unit_assignment_by_person", "unit_assignment", ["person_id", "unit_id", "state"], unique=False
    )
