"""sanctions, pre-checks, the end of a case, and shared entries on suspected breaches."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

Column = tuple[str, sa.types.TypeEngine[Any], Any]
NEW: dict[str, tuple[Column, ...]] = {
    "discipline_case": (
        ("collaboration_office_id", sa.String(length=64), ""),
        ("eight_point", sa.Boolean(), sa.false()),
        ("decided_ids", sa.Text(), ""),
    ),
    "verification": (("eight_point", sa.Boolean(), sa.false()),),
    "clue": (("form_code", sa.String(length=64), ""),),
    "suggestion": (("unstudied", sa.Boolean(), sa.false()),),
}
"""Never empty: rows from before get the value, new ones get it from the model."""
DAYS = {
    "discipline_case": ("decided_on", "recorded_on", "executed_on", "dismissed_on", "archived_on"),
    "clue": ("ended_on",),
}


def upgrade() -> None:
    for table, columns in NEW.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name, kind, before in columns:
                batch_op.add_column(sa.Column(name, kind, server_default=before, nullable=False))
            for name in DAYS.get(table, ()):
                batch_op.add_column(sa.Column(name, sa.Date(), nullable=True))
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name, kind, _ in columns:
                batch_op.alter_column(name, existing_type=kind, server_default=None, existing_nullable=False)
    create_sanctions()
    create_precheck()
    create_shared_entry()


def create_sanctions() -> None:
    op.create_table(
        "sanction",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("clue_id", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("office_id", sa.String(length=64), nullable=False),
        sa.Column("decision_no", sa.String(length=64), nullable=False),
        sa.Column("party_sanction_code", sa.String(length=64), nullable=False),
        sa.Column("government_sanction_code", sa.String(length=64), nullable=False),
        sa.Column("form_code", sa.String(length=64), nullable=False),
        sa.Column("decided_by", sa.String(length=64), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id", "person_id", name="sanction_of_person"),
    )
    op.create_index("sanction_by_office", "sanction", ["office_id", "decided_on", "id"], unique=False)
    op.create_table(
        "sanction_education",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("sanction_id", sa.String(length=64), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_sanction_education_sanction_id", "sanction_education", ["sanction_id"], unique=False)
    op.create_table(
        "sanction_execution",
        sa.Column("sanction_id", sa.String(length=64), nullable=False),
        sa.Column("item_code", sa.String(length=64), nullable=False),
        sa.Column("result_code", sa.String(length=64), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("sanction_id", "item_code"),
    )


def create_precheck() -> None:
    op.create_table(
        "precheck",
        sa.Column("clue_id", sa.String(length=64), nullable=False),
        sa.Column("matter_ref", sa.String(length=64), nullable=False),
        sa.Column("group_ids", sa.Text(), nullable=False),
        sa.Column("kind_code", sa.String(length=64), nullable=False),
        sa.Column("recipient_role", sa.String(length=64), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
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
    for name, column in (
        ("office", "office_id"),
        ("handler", "handler_id"),
        ("liaison", "liaison_office_id"),
        ("recipient", "recipient_role"),
    ):
        op.create_index(f"precheck_by_{name}", "precheck", [column, "state", "opened_on", "id"], unique=False)
    op.create_index("precheck_by_state", "precheck", ["state", "opened_on", "id"], unique=False)
    op.create_index("precheck_by_date", "precheck", ["opened_on", "id"], unique=False)
    op.create_index("ix_precheck_matter_ref", "precheck", ["matter_ref"], unique=False)


def create_shared_entry() -> None:
    op.create_table(
        "shared_entry",
        sa.Column("clue_id", sa.String(length=64), nullable=False),
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
        sa.UniqueConstraint("clue_id"),
    )
    for name, column in (("office", "office_id"), ("unit", "unit_id")):
        op.create_index(
            f"shared_entry_by_{name}", "shared_entry", [column, "state", "opened_on", "id"], unique=False
        )
    op.create_index("shared_entry_by_date", "shared_entry", ["opened_on", "id"], unique=False)
