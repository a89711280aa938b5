"""Rows for a database that is about to be migrated."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import column, select, table

from services.chassis.audit.tables import AuditEntry
from services.chassis.db import Database
from services.chassis.subject import NORMAL
from services.chassis.tables import Outbox
from services.intake.storage import Petition

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def fill(db: Database) -> None:
    """Two petitions of intake, with an audit entry and an event each."""
    with db.write() as session:
        for number in ("1", "2"):
            session.add(
                Petition(
                    id=number, no=f"信〔2026〕{number}号", state="registered", secrecy=NORMAL, office_id="office-1",
                    opened_on=date(2026, 3, 2), changed_at=NOON, received_on=date(2026, 3, 2), channel="letter",
                    in_scope=True if number == "1" else None,
                )
            )  # fmt: skip
            session.add(
                AuditEntry(
                    id=number, at=NOON, recorded_at=NOON, subject_kind="petition", subject_id=number,
                    act="register", outcome="accepted", code="", actor_person="p1", body="{}", salts=None,
                )
            )  # fmt: skip
            session.add(
                Outbox(
                    event_id=number, consumer="clues", type="x", subject=f"petition/{number}", body=b"\x00\xff",
                    created_at=NOON,
                )
            )  # fmt: skip


def contents(db: Database) -> dict[str, list[tuple[Any, ...]]]:
    """All that `fill` wrote, column by column of this release's models."""
    with db.read() as session:
        return {
            model.__tablename__: [
                tuple(row) for row in session.execute(select(*model.__table__.columns).order_by("id"))
            ]
            for model in (Petition, AuditEntry, Outbox)
        }


def values(db: Database, of: str, name: str) -> list[Any]:
    with db.read() as session:
        return list(session.scalars(select(column(name)).select_from(table(of)).order_by(column("id"))))
