"""units, transfers from inspection, searches of the ledger."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "enforcement_case",
        sa.Column("known_on", sa.Date(), nullable=False),
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
    )
    op.create_index("enforcement_case_by_date", "enforcement_case", ["opened_on", "id"], unique=False)
    op.create_index(
        "enforcement_case_by_handler",
        "enforcement_case",
        ["handler_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "enforcement_case_by_liaison",
        "enforcement_case",
        ["liaison_office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "enforcement_case_by_office",
        "enforcement_case",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "enforcement_case_by_state", "enforcement_case", ["state", "opened_on", "id"], unique=False
    )
    op.create_table(
        "opinion_search",
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("search_code", sa.String(length=64), nullable=False),
        sa.Column("searched_on", sa.Date(), nullable=True),
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
        sa.UniqueConstraint("request_id", "person_id", name="opinion_search_of_person"),
    )
    op.create_index("opinion_search_by_date", "opinion_search", ["opened_on", "id"], unique=False)
    op.create_index(
        "opinion_search_by_office", "opinion_search", ["office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_table(
        "transferred_clue",
        sa.Column("clue_no", sa.String(length=64), nullable=False),
        sa.Column("batch_id", sa.String(length=64), nullable=False),
        sa.Column("route", sa.String(length=64), nullable=False),
        sa.Column("receiver", sa.String(length=64), nullable=False),
        sa.Column("form_ref", sa.String(length=64), nullable=False),
        sa.Column("handover_sheet_id", sa.String(length=64), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=False),
        sa.Column("clue_id", sa.String(length=64), nullable=False),
        sa.Column("transfer_stage", sa.String(length=64), nullable=False),
        sa.Column("handling_result", sa.String(length=64), nullable=False),
        sa.Column("concluded_on", sa.Date(), nullable=True),
        sa.Column("publicised_on", sa.Date(), nullable=True),
        sa.Column("channels", sa.Text(), nullable=False),
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
        sa.UniqueConstraint("clue_no"),
    )
    op.create_index(op.f("ix_transferred_clue_clue_id"), "transferred_clue", ["clue_id"], unique=False)
    op.create_index("transferred_clue_by_date", "transferred_clue", ["opened_on", "id"], unique=False)
    op.create_index(
        "transferred_clue_by_office",
        "transferred_clue",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "transferred_clue_by_state", "transferred_clue", ["state", "opened_on", "id"], unique=False
    )
    op.create_table(
        "unit_org_check",
        sa.Column("lever", sa.String(length=64), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("finding_count", sa.Integer(), nullable=False),
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
    op.create_index("unit_org_check_by_date", "unit_org_check", ["opened_on", "id"], unique=False)
    op.create_index(
        "unit_org_check_by_handler",
        "unit_org_check",
        ["handler_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "unit_org_check_by_liaison",
        "unit_org_check",
        ["liaison_office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "unit_org_check_by_office", "unit_org_check", ["office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index("unit_org_check_by_state", "unit_org_check", ["state", "opened_on", "id"], unique=False)
    op.create_index(
        "unit_org_check_by_unit", "unit_org_check", ["unit_id", "state", "opened_on", "id"], unique=False
    )
    op.create_table(
        "unit_org_opinion",
        sa.Column("matter_code", sa.String(length=64), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("opinion_code", sa.String(length=64), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("handled_on", sa.Date(), nullable=True),
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
    op.create_index("unit_org_opinion_by_date", "unit_org_opinion", ["opened_on", "id"], unique=False)
    op.create_index(
        "unit_org_opinion_by_handler",
        "unit_org_opinion",
        ["handler_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "unit_org_opinion_by_liaison",
        "unit_org_opinion",
        ["liaison_office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "unit_org_opinion_by_office",
        "unit_org_opinion",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "unit_org_opinion_by_state", "unit_org_opinion", ["state", "opened_on", "id"], unique=False
    )
    op.create_index(
        "unit_org_opinion_by_unit", "unit_org_opinion", ["unit_id", "state", "opened_on", "id"], unique=False
    )
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.add_column(sa.Column("assistance_asked_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("assistance_answered_on", sa.Date(), nullable=True))
