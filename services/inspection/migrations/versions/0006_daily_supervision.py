"""Daily supervision: important matters, meetings, filings, selections, problems."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "agenda_item",
        sa.Column("meeting_id", sa.String(length=64), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("kind_code", sa.String(length=64), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("in_scope", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("meeting_id", "no"),
    )
    op.create_table(
        "business_ledger",
        sa.Column("kind_code", sa.String(length=64), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("entry_count", sa.Integer(), nullable=False),
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
    op.create_index("business_ledger_by_date", "business_ledger", ["opened_on", "id"], unique=False)
    op.create_index(
        "business_ledger_by_office", "business_ledger", ["office_id", "opened_on", "id"], unique=False
    )
    op.create_index(
        "business_ledger_by_unit", "business_ledger", ["unit_id", "opened_on", "id"], unique=False
    )
    op.create_table(
        "filing_check",
        sa.Column("quarter", sa.String(length=64), nullable=False),
        sa.Column("population_ids", sa.Text(), nullable=False),
        sa.Column("sample_ids", sa.Text(), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("drawn_by", sa.String(length=64), nullable=False),
        sa.Column("drawn_on", sa.Date(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("problem_count", sa.Integer(), nullable=False),
        sa.Column("warned_on", sa.Date(), nullable=True),
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
        sa.UniqueConstraint("office_id", "quarter", name="filing_check_of_quarter"),
    )
    op.create_index("filing_check_by_date", "filing_check", ["opened_on", "id"], unique=False)
    op.create_index(
        "filing_check_by_office", "filing_check", ["office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_table(
        "filing_quarter",
        sa.Column("quarter", sa.String(length=64), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
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
        sa.UniqueConstraint("unit_id", "quarter", name="filing_quarter_of_unit"),
    )
    op.create_index("filing_quarter_by_date", "filing_quarter", ["opened_on", "id"], unique=False)
    op.create_index(
        "filing_quarter_by_office", "filing_quarter", ["office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_table(
        "importants_list",
        sa.Column("version_no", sa.Integer(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("boundaries", sa.Text(), nullable=False),
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
    op.create_index("importants_list_by_date", "importants_list", ["opened_on", "id"], unique=False)
    op.create_index(
        "importants_list_by_office",
        "importants_list",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "importants_list_by_unit", "importants_list", ["unit_id", "state", "opened_on", "id"], unique=False
    )
    op.create_table(
        "importants_report",
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("commission_id", sa.String(length=64), nullable=False),
        sa.Column("meeting_ids", sa.Text(), nullable=False),
        sa.Column("discovered_at", sa.DateTime(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
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
        "importants_report_by_commission",
        "importants_report",
        ["commission_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index("importants_report_by_date", "importants_report", ["opened_on", "id"], unique=False)
    op.create_index(
        "importants_report_by_liaison",
        "importants_report",
        ["liaison_office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "importants_report_by_office",
        "importants_report",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_table(
        "meeting",
        sa.Column("kind_code", sa.String(length=64), nullable=False),
        sa.Column("opens_at", sa.DateTime(), nullable=True),
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("item_count", sa.Integer(), nullable=False),
        sa.Column("scoped_nos", sa.Text(), nullable=False),
        sa.Column("decided_nos", sa.Text(), nullable=False),
        sa.Column("checked_nos", sa.Text(), nullable=False),
        sa.Column("materials_at", sa.DateTime(), nullable=True),
        sa.Column("materials_code", sa.String(length=64), nullable=False),
        sa.Column("attended_on", sa.Date(), nullable=True),
        sa.Column("attendee_id", sa.String(length=64), nullable=False),
        sa.Column("capacity_code", sa.String(length=64), nullable=False),
        sa.Column("supervised_items", sa.Integer(), nullable=False),
        sa.Column("minutes_on", sa.Date(), nullable=True),
        sa.Column("self_check_no", sa.String(length=64), nullable=False),
        sa.Column("unrecorded_on", sa.Date(), nullable=True),
        sa.Column("minutes_asked_on", sa.Date(), nullable=True),
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
    op.create_index("meeting_by_date", "meeting", ["opened_on", "id"], unique=False)
    op.create_index("meeting_by_office", "meeting", ["office_id", "state", "opened_on", "id"], unique=False)
    op.create_index("meeting_by_state", "meeting", ["state", "opens_at"], unique=False)
    op.create_index("meeting_by_unit", "meeting", ["unit_id", "state", "opened_on", "id"], unique=False)
    op.create_table(
        "selection",
        sa.Column("procedure_no", sa.String(length=64), nullable=False),
        sa.Column("stages", sa.Text(), nullable=False),
        sa.Column("opinions", sa.Text(), nullable=False),
        sa.Column("communicated", sa.Text(), nullable=False),
        sa.Column("communicated_late", sa.Text(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by", sa.String(length=64), nullable=False),
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
    op.create_index("selection_by_date", "selection", ["opened_on", "id"], unique=False)
    op.create_index(
        "selection_by_office", "selection", ["office_id", "state", "opened_on", "id"], unique=False
    )
    op.create_index("selection_by_unit", "selection", ["unit_id", "procedure_no"], unique=False)
    op.create_table(
        "subunit_filing",
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("nil", sa.Boolean(), nullable=False),
        sa.Column("meeting_count", sa.Integer(), nullable=False),
        sa.Column("item_count", sa.Integer(), nullable=False),
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
    op.create_index("subunit_filing_by_date", "subunit_filing", ["opened_on", "id"], unique=False)
    op.create_index(
        "subunit_filing_by_office", "subunit_filing", ["office_id", "period_to", "id"], unique=False
    )
    op.create_index("subunit_filing_by_unit", "subunit_filing", ["unit_id", "period_to", "id"], unique=False)
    op.create_table(
        "supervision_opinion",
        sa.Column("meeting_id", sa.String(length=64), nullable=False),
        sa.Column("item_no", sa.Integer(), nullable=False),
        sa.Column("line_count", sa.Integer(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
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
    op.create_index(
        op.f("ix_supervision_opinion_meeting_id"), "supervision_opinion", ["meeting_id"], unique=False
    )
    op.create_index("supervision_opinion_by_date", "supervision_opinion", ["opened_on", "id"], unique=False)
    op.create_index(
        "supervision_opinion_by_office",
        "supervision_opinion",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "supervision_opinion_by_unit",
        "supervision_opinion",
        ["unit_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_table(
        "supervision_problem",
        sa.Column("source_kind", sa.String(length=64), nullable=False),
        sa.Column("source_id", sa.String(length=64), nullable=False),
        sa.Column("item_no", sa.Integer(), nullable=False),
        sa.Column("clause", sa.String(length=64), nullable=False),
        sa.Column("grade_code", sa.String(length=64), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("corrected_on", sa.Date(), nullable=True),
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
    op.create_index("supervision_problem_by_date", "supervision_problem", ["opened_on", "id"], unique=False)
    op.create_index(
        "supervision_problem_by_office",
        "supervision_problem",
        ["office_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "supervision_problem_by_source", "supervision_problem", ["source_id", "state"], unique=False
    )
