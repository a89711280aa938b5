"""suggestions and accountability."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "accountability",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("source_ref", sa.String(length=64), nullable=False),
        sa.Column("ground_code", sa.String(length=64), nullable=False),
        sa.Column("dual", sa.Boolean(), nullable=False),
        sa.Column("matter_ref", sa.String(length=64), nullable=False),
        sa.Column("organisation_ids", sa.Text(), nullable=False),
        sa.Column("units", sa.Text(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("proposed_on", sa.Date(), nullable=True),
        sa.Column("unit_answer", sa.String(length=64), nullable=False),
        sa.Column("lenience", sa.String(length=64), nullable=False),
        sa.Column("lenience_ground", sa.String(length=64), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.String(length=64), nullable=False),
        sa.Column("examined_units", sa.Text(), nullable=False),
        sa.Column("open_addressees", sa.Text(), nullable=False),
        sa.Column("executed_on", sa.Date(), nullable=True),
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
        sa.UniqueConstraint("source", "source_ref", name="accountability_source"),
    )
    op.create_index("accountability_by_date", "accountability", ["opened_on", "id"], unique=False)
    op.create_index(
        "accountability_by_handler",
        "accountability",
        ["handler_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "accountability_by_liaison",
        "accountability",
        ["liaison_office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "accountability_by_office", "accountability", ["office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index("accountability_by_state", "accountability", ["state", "opened_on", "id"], unique=False)
    op.create_index(op.f("ix_accountability_matter_ref"), "accountability", ["matter_ref"], unique=False)
    op.create_table(
        "accountability_announcement",
        sa.Column("accountability_id", sa.String(length=64), nullable=False),
        sa.Column("subject_ref", sa.String(length=64), nullable=False),
        sa.Column("addressee", sa.String(length=64), nullable=False),
        sa.Column("announced_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("accountability_id", "subject_ref", "addressee"),
    )
    op.create_table(
        "handling_proposal",
        sa.Column("matter_ref", sa.String(length=64), nullable=False),
        sa.Column("told_unit_id", sa.String(length=64), nullable=False),
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
    op.create_index("handling_proposal_by_date", "handling_proposal", ["opened_on", "id"], unique=False)
    op.create_index(
        "handling_proposal_by_liaison",
        "handling_proposal",
        ["liaison_office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "handling_proposal_by_office",
        "handling_proposal",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "handling_proposal_by_state", "handling_proposal", ["state", "opened_on", "id"], unique=False
    )
    op.create_table(
        "office_accountability",
        sa.Column("ground_code", sa.String(length=64), nullable=False),
        sa.Column("source_ref", sa.String(length=64), nullable=False),
        sa.Column("examined_office_id", sa.String(length=64), nullable=False),
        sa.Column("known_to", sa.String(length=64), nullable=False),
        sa.Column("case_ref", sa.String(length=64), nullable=False),
        sa.Column("lifelong", sa.Boolean(), nullable=False),
        sa.Column("tracks", sa.Text(), nullable=False),
        sa.Column("concluded_tracks", sa.Text(), nullable=False),
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
        sa.UniqueConstraint("ground_code", "source_ref", name="office_accountability_source"),
    )
    op.create_index(
        "office_accountability_by_date", "office_accountability", ["opened_on", "id"], unique=False
    )
    op.create_index(
        "office_accountability_by_state", "office_accountability", ["state", "opened_on", "id"], unique=False
    )
    op.create_table(
        "suggestion",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("source_ref", sa.String(length=64), nullable=False),
        sa.Column("grade", sa.String(length=64), nullable=False),
        sa.Column("previous_grade", sa.String(length=64), nullable=False),
        sa.Column("graded_on", sa.Date(), nullable=True),
        sa.Column("suggestion_kind", sa.String(length=64), nullable=False),
        sa.Column("recipient_id", sa.String(length=64), nullable=False),
        sa.Column("issuer", sa.String(length=64), nullable=False),
        sa.Column("suggestion_no", sa.String(length=64), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("copied_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("reports_up", sa.Integer(), nullable=False),
        sa.Column("escalations", sa.Integer(), nullable=False),
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
        sa.UniqueConstraint("source", "source_ref", name="suggestion_source"),
    )
    op.create_index("suggestion_by_date", "suggestion", ["opened_on", "id"], unique=False)
    op.create_index(
        "suggestion_by_liaison", "suggestion", ["liaison_office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index(
        "suggestion_by_office", "suggestion", ["office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index("suggestion_by_state", "suggestion", ["state", "opened_on", "id"], unique=False)
