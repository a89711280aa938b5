"""How a ledger on its way in is kept: its uploader's alone, under a key of its own, erased with it."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from contracts.refusals import Refusal, RefusalCode, concealed
from services.chassis import keys
from services.chassis.papers import case_key, erase
from services.chassis.work import Work
from services.intake.acts.import_rows import check_may_import
from services.intake.storage import KeptBatch, KeptLedger


def forget(session: Session, ids: list[str]) -> None:
    session.execute(delete(KeptBatch).where(KeptBatch.ledger_id.in_(ids)))
    session.execute(delete(KeptLedger).where(KeptLedger.id.in_(ids)))
    erase(session, map(vault_of, ids))


def own(work: Work, ledger_id: str) -> KeptLedger:
    """The reader's own ledger; another's does not exist."""
    check_may_import(work)
    row = work.session.get(KeptLedger, ledger_id, populate_existing=True)
    if row is None or (row.person_id, row.office_id) != (work.actor.person_id, work.actor.office_id):
        raise concealed()
    return row


def unsent(work: Work, ledger_id: str) -> KeptLedger:
    """One of which nothing was sent yet: only then its columns may change."""
    row = own(work, ledger_id)
    sent = select(func.count()).select_from(KeptBatch).where(KeptBatch.ledger_id == row.id, KeptBatch.sent)
    if row.state == "done" or work.session.scalar(sent):
        raise Refusal(RefusalCode.WRONG_STATE)
    return row


def problems_of(work: Work, row: KeptLedger) -> list[dict[str, Any]]:
    """Those that the reading found, and those that intake refused, by row."""
    key = key_of(work, row)
    found: list[dict[str, Any]] = json.loads(keys.decrypt(key, row.problems, row.id)) if row.problems else []
    of_it = select(KeptBatch.refused).where(KeptBatch.ledger_id == row.id, KeptBatch.sent)
    for refused in work.session.scalars(of_it.order_by(KeptBatch.number)):
        found += json.loads(keys.decrypt(key, refused, row.id))
    return sorted(found, key=lambda problem: int(problem["number"]))


def content_of(work: Work, row: KeptLedger) -> dict[str, Any]:
    return as_file(row.kind, keys.decrypt(key_of(work, row), row.content, row.id))


def as_file(kind: str, body: bytes) -> dict[str, Any]:
    return {"kind": kind, "file": b64encode(body).decode()}


def opened(work: Work, row: KeptLedger) -> dict[str, Any]:
    about: dict[str, Any] = json.loads(keys.decrypt(key_of(work, row), row.about, row.id))
    return about


def closed(work: Work, row: KeptLedger, value: Any) -> bytes:
    return keys.encrypt(key_of(work, row), dumped(value), row.id)


def key_of(work: Work, row: KeptLedger) -> bytes:
    return work.once(
        ("ledger key", row.id), lambda: case_key(work.session, work.runtime.ring, vault_of(row.id))
    )


def vault_of(ledger_id: str) -> str:
    return f"ledger-{ledger_id}"


def empty_batches(session: Session, ledger_id: str) -> None:
    session.execute(delete(KeptBatch).where(KeptBatch.ledger_id == ledger_id))


def dumped(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


def put_rows(work: Work, row: KeptLedger, year: int | None, found: dict[str, Any]) -> None:
    """What a reading of the whole file found: batches to send, problems, counts; in place of what was."""
    empty_batches(work.session, row.id)
    key = key_of(work, row)
    for number, batch in enumerate(found["batches"]):
        body = keys.encrypt(key, batch["body"].encode(), row.id)
        work.session.add(
            KeptBatch(
                ledger_id=row.id,
                number=number,
                key=batch["key"],
                body=body,
                outcomes=batch["outcomes"],
                refused=b"",
            )
        )
    about = opened(work, row) | {name: found[name] for name in ("layout", "filled", "looked_at", "survey")}
    row.state, row.year, row.about = "checked", year, closed(work, row, about)
    row.problems = closed(work, row, found["problems"])
    work.session.flush()
