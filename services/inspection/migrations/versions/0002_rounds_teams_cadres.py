"""rounds teams cadres."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "avoidance",
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("declared_on", sa.Date(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("result_code", sa.String(length=64), nullable=False),
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
    op.create_index("avoidance_by_date", "avoidance", ["opened_on", "id"], unique=False)
    op.create_index(
        "avoidance_by_office", "avoidance", ["office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index("avoidance_by_person", "avoidance", ["person_id", "unit_id"], unique=False)
    op.create_index(op.f("ix_avoidance_round_id"), "avoidance", ["round_id"], unique=False)
    op.create_table(
        "classified_asset",
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("leader_id", sa.String(length=64), nullable=False),
        sa.Column("liaison_id", sa.String(length=64), nullable=False),
        sa.Column("recorder_id", sa.String(length=64), nullable=False),
        sa.Column("asset_no", sa.String(length=64), nullable=False),
        sa.Column("type_code", sa.String(length=64), nullable=False),
        sa.Column("level_code", sa.String(length=64), nullable=False),
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
        sa.UniqueConstraint("team_id", "asset_no", name="asset_of_team"),
    )
    op.create_index("asset_by_date", "classified_asset", ["opened_on", "id"], unique=False)
    op.create_index(
        "asset_by_holder", "classified_asset", ["handler_id", "state", "opened_on", "id"], unique=False
    )
    op.create_table(
        "engagement",
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("leader_id", sa.String(length=64), nullable=False),
        sa.Column("deputy_ids", sa.Text(), nullable=False),
        sa.Column("staff_ids", sa.Text(), nullable=False),
        sa.Column("notified_on", sa.Date(), nullable=True),
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
    op.create_index("engagement_by_date", "engagement", ["opened_on", "id"], unique=False)
    op.create_index(
        "engagement_by_office", "engagement", ["office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index("engagement_by_unit", "engagement", ["unit_id", "opened_on"], unique=False)
    op.create_index(op.f("ix_engagement_round_id"), "engagement", ["round_id"], unique=False)
    op.create_index(op.f("ix_engagement_team_id"), "engagement", ["team_id"], unique=False)
    op.create_table(
        "inspection_round",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("discipline_replied_on", sa.Date(), nullable=True),
        sa.Column("organization_replied_on", sa.Date(), nullable=True),
        sa.Column("unit_ids", sa.Text(), nullable=False),
        sa.Column("reply_refs", sa.Text(), nullable=False),
        sa.Column("nominated", sa.Text(), nullable=False),
        sa.Column("nominated_on", sa.Date(), nullable=True),
        sa.Column("plan_version", sa.Integer(), nullable=False),
        sa.Column("work_plan_approved_on", sa.Date(), nullable=True),
        sa.Column("decision_approved_on", sa.Date(), nullable=True),
        sa.Column("committee_approved_on", sa.Date(), nullable=True),
        sa.Column("mobilised_on", sa.Date(), nullable=True),
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
        sa.UniqueConstraint("office_id", "year", "ordinal", name="round_number"),
    )
    op.create_index("round_by_date", "inspection_round", ["opened_on", "id"], unique=False)
    op.create_index(
        "round_by_office", "inspection_round", ["office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index("round_by_state", "inspection_round", ["state", "opened_on", "id"], unique=False)
    op.create_table(
        "inspection_team",
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("team_no", sa.Integer(), nullable=False),
        sa.Column("leader_id", sa.String(length=64), nullable=False),
        sa.Column("deputy_ids", sa.Text(), nullable=False),
        sa.Column("liaison_id", sa.String(length=64), nullable=False),
        sa.Column("recorder_id", sa.String(length=64), nullable=False),
        sa.Column("member_ids", sa.Text(), nullable=False),
        sa.Column("staff_ids", sa.Text(), nullable=False),
        sa.Column("pledged_ids", sa.Text(), nullable=False),
        sa.Column("studied_ids", sa.Text(), nullable=False),
        sa.Column("secured_ids", sa.Text(), nullable=False),
        sa.Column("unit_ids", sa.Text(), nullable=False),
        sa.Column("lecturers", sa.Text(), nullable=False),
        sa.Column("trained_unit_ids", sa.Text(), nullable=False),
        sa.Column("team_study_on", sa.Date(), nullable=True),
        sa.Column("authorised_on", sa.Date(), nullable=True),
        sa.Column("branch_on", sa.Date(), nullable=True),
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
    op.create_index(op.f("ix_inspection_team_round_id"), "inspection_team", ["round_id"], unique=False)
    op.create_index("team_by_date", "inspection_team", ["opened_on", "id"], unique=False)
    op.create_index(
        "team_by_office", "inspection_team", ["office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index("team_by_state", "inspection_team", ["state", "opened_on", "id"], unique=False)
    op.create_table(
        "seconded_cadre",
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("system_code", sa.String(length=64), nullable=False),
        sa.Column("channel_role", sa.String(length=64), nullable=False),
        sa.Column("lending_unit_id", sa.String(length=64), nullable=False),
        sa.Column("speciality_code", sa.String(length=64), nullable=False),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("experienced", sa.Boolean(), nullable=False),
        sa.Column("team_id", sa.String(length=64), nullable=False),
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
        sa.UniqueConstraint("round_id", "person_id", name="cadre_of_round"),
    )
    op.create_index("cadre_by_date", "seconded_cadre", ["opened_on", "id"], unique=False)
    op.create_index(
        "cadre_by_office", "seconded_cadre", ["office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index("cadre_by_person", "seconded_cadre", ["person_id", "round_id"], unique=False)
    op.create_table(
        "team_session",
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("leader_id", sa.String(length=64), nullable=False),
        sa.Column("deputy_ids", sa.Text(), nullable=False),
        sa.Column("liaison_id", sa.String(length=64), nullable=False),
        sa.Column("recorder_id", sa.String(length=64), nullable=False),
        sa.Column("participant_ids", sa.Text(), nullable=False),
        sa.Column("matters", sa.Text(), nullable=False),
        sa.Column("major_dissent", sa.Boolean(), nullable=False),
        sa.Column("dissent_reported_on", sa.Date(), nullable=True),
        sa.Column("version_no", sa.Integer(), nullable=False),
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
    op.create_index(op.f("ix_team_session_team_id"), "team_session", ["team_id"], unique=False)
    op.create_index("team_session_by_date", "team_session", ["opened_on", "id"], unique=False)
    op.create_index(
        "team_session_by_recorder", "team_session", ["recorder_id", "state", "opened_on", "id"], unique=False
    )
