"""cases and talk venues."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "case_talk",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("subject_id", sa.String(length=64), nullable=False),
        sa.Column("place_code", sa.String(length=64), nullable=False),
        sa.Column("from_at", sa.DateTime(), nullable=False),
        sa.Column("to_at", sa.DateTime(), nullable=False),
        sa.Column("safety_officer_id", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_case_talk_case_id"), "case_talk", ["case_id"], unique=False)
    op.create_table(
        "discipline_case",
        sa.Column("clue_id", sa.String(length=64), nullable=False),
        sa.Column("verification_id", sa.String(length=64), nullable=False),
        sa.Column("capacity", sa.String(length=64), nullable=False),
        sa.Column("unit_asked_on", sa.Date(), nullable=True),
        sa.Column("unit_opinion_code", sa.String(length=64), nullable=False),
        sa.Column("liaison_asked_on", sa.Date(), nullable=True),
        sa.Column("liaison_opinion_code", sa.String(length=64), nullable=False),
        sa.Column("exempted_on", sa.Date(), nullable=True),
        sa.Column("judgement_code", sa.String(length=64), nullable=False),
        sa.Column("judged_ids", sa.Text(), nullable=False),
        sa.Column("judgement_on", sa.Date(), nullable=True),
        sa.Column("filing_no", sa.String(length=64), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("informed_on", sa.Date(), nullable=True),
        sa.Column("lead_id", sa.String(length=64), nullable=False),
        sa.Column("group_ids", sa.Text(), nullable=False),
        sa.Column("investigator_ids", sa.Text(), nullable=False),
        sa.Column("safety_officer_id", sa.String(length=64), nullable=False),
        sa.Column("plan_version", sa.Integer(), nullable=False),
        sa.Column("plan_approved_on", sa.Date(), nullable=True),
        sa.Column("path_code", sa.String(length=64), nullable=False),
        sa.Column("proposal_code", sa.String(length=64), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
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
    op.create_index("case_by_date", "discipline_case", ["opened_on", "id"], unique=False)
    op.create_index(
        "case_by_handler", "discipline_case", ["handler_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index(
        "case_by_liaison", "discipline_case", ["liaison_office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index(
        "case_by_office", "discipline_case", ["office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index("case_by_state", "discipline_case", ["state", "opened_on", "id"], unique=False)
    op.create_index(op.f("ix_discipline_case_clue_id"), "discipline_case", ["clue_id"], unique=False)
    op.create_table(
        "safety_incident",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("occurred_at", sa.DateTime(), nullable=False),
        sa.Column("reported_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_safety_incident_case_id"), "safety_incident", ["case_id"], unique=False)
    op.create_table(
        "venue_request",
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("from_at", sa.DateTime(), nullable=False),
        sa.Column("to_at", sa.DateTime(), nullable=False),
        sa.Column("venue_code", sa.String(length=64), nullable=False),
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
    op.create_index(op.f("ix_venue_request_case_id"), "venue_request", ["case_id"], unique=False)
    op.create_index(op.f("ix_venue_request_venue_code"), "venue_request", ["venue_code"], unique=False)
    op.create_index("venue_request_by_date", "venue_request", ["opened_on", "id"], unique=False)
    op.create_index(
        "venue_request_by_handler", "venue_request", ["handler_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index(
        "venue_request_by_liaison",
        "venue_request",
        ["liaison_office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "venue_request_by_office", "venue_request", ["office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index("venue_request_by_state", "venue_request", ["state", "opened_on", "id"], unique=False)
