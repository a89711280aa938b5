"""figures."""

from __future__ import annotations

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def _of_a_person(name: str, item: str, *more: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column(item, sa.String(length=64), nullable=False),
        sa.Column("office_id", sa.String(length=64), nullable=False),
        *more,
        sa.PrimaryKeyConstraint("id"),
    )


def _approvals() -> None:
    """The clue has its last approval alone; for those before, nothing is known."""
    _of_a_person(
        "disposition_approval",
        "clue_id",
        sa.Column("disposition_code", sa.String(length=64), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=False),
    )
    op.create_index("ix_disposition_approval_clue_id", "disposition_approval", ["clue_id"], unique=False)
    op.create_index("disposition_approval_by_office", "disposition_approval", ["office_id", "approved_on"])
    clue = sa.table(
        "clue",
        *map(sa.column, ("id", "office_id", "disposition_code")),
        sa.column("approved_on", sa.Date()),
    )
    approval = sa.table(
        "disposition_approval",
        *map(sa.column, ("id", "clue_id", "office_id", "disposition_code")),
        sa.column("approved_on", sa.Date()),
    )
    query = sa.select(clue).where(clue.c.approved_on.is_not(None))
    for row in op.get_bind().execute(query).all():
        known = {
            "office_id": row.office_id,
            "disposition_code": row.disposition_code,
            "approved_on": row.approved_on,
        }
        op.get_bind().execute(approval.insert().values(id=uuid4().hex, clue_id=row.id, **known))


def _forms() -> None:
    _of_a_person(
        "first_form",
        "clue_id",
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("method_code", sa.String(length=64), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.UniqueConstraint("clue_id", "person_id", name="first_form_of_person"),
    )
    op.create_index("first_form_by_office", "first_form", ["office_id", "applied_on"])
    _of_a_person(
        "prosecution_transfer",
        "case_id",
        sa.Column("clue_id", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("transferred_on", sa.Date(), nullable=False),
        sa.UniqueConstraint("case_id", "person_id", name="prosecution_transfer_of_person"),
    )
    op.create_index("prosecution_transfer_by_office", "prosecution_transfer", ["office_id", "transferred_on"])
    op.create_index("prosecution_transfer_of_matter", "prosecution_transfer", ["clue_id", "person_id"])
    op.create_table(
        "sanction_reversal",
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("ground_code", sa.String(length=64), nullable=False),
        sa.Column("reversed_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "person_id"),
    )


def _published() -> None:
    codes = "no state secrecy office_id liaison_office_id unit_id registrar_id handler_id addressee_id"
    op.create_table(
        "published_figure",
        sa.Column("id", sa.String(length=64), nullable=False),
        *(
            sa.Column(name, sa.String(length=64), nullable=False)
            for name in f"{codes} clause unit value".split()
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("reform_on", sa.Date(), nullable=True),
        sa.Column("offices", sa.Text(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("counted_before", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("published_figure_by_date", "published_figure", ["opened_on", "id"])
    op.create_index(
        "published_figure_by_registrar", "published_figure", ["registrar_id", "state", "opened_on", "id"]
    )
    op.create_table(
        "published_entry",
        sa.Column("published_id", sa.String(length=64), nullable=False),
        sa.Column("span", sa.String(length=64), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("published_id", "span", "source", "entry"),
    )


def upgrade() -> None:
    _approvals()
    _forms()
    _published()
    with op.batch_alter_table("discipline_case", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("rule_version", sa.String(length=64), server_default="", nullable=False)
        )
    with op.batch_alter_table("discipline_case", schema=None) as batch_op:
        batch_op.alter_column(
            "rule_version", existing_type=sa.String(length=64), server_default=None, existing_nullable=False
        )
    op.create_index("case_by_filing", "discipline_case", ["office_id", "filed_on"])
    op.create_index("accountability_by_decision", "accountability", ["office_id", "decided_on"])
    op.create_index("clue_by_no", "clue", ["no"])
    op.create_index("clue_by_end", "clue", ["office_id", "ended_on"])
    op.create_index("ix_inquiry_letter_issued_on", "inquiry_letter", ["issued_on"])
    op.create_index("ix_talk_held_on", "talk", ["held_on"])
    op.create_index("sanction_of_matter", "sanction", ["clue_id", "person_id"])
