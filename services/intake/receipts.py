"""Following an online petition by its receipt code, without an account.

A code is worked out from the petition's id with the service's key and stored nowhere; kept is a keyed fingerprint, by
which the petition is found. Codes that belong to nothing are answered alike, with the same work. Each source has so
many tries in ten minutes of real time.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from contracts.refusals import Refusal, RefusalCode, concealed
from services.chassis.clock import real_now
from services.chassis.db import insert_or_ignore
from services.chassis.http import Context
from services.chassis.keys import KeyRing
from services.chassis.resources import item
from services.chassis.tables import Paper
from services.chassis.work import Work
from services.intake.acts.online import FILE_ONLINE
from services.intake.acts.receipt_code import code_for, receipt_mark
from services.intake.domain.receipt import STAGES, as_typed, stage
from services.intake.storage import Petition, ReceiptCode, ReceiptTries

WINDOW_SECONDS = 600
TRIES = 20


def receipt_code(context: Context, work: Work) -> Any:
    """The code of an online petition, for its registrar, who hands it to the petitioner. Logged."""
    petition = item(context, work, work.runtime.kinds[Petition.KIND])
    ring = work.runtime.ring
    kept = work.session.get(ReceiptCode, receipt_mark(ring, code_for(ring, petition.id)))
    if petition.registrar_id != work.actor.person_id:
        raise Refusal(RefusalCode.WRONG_ROLE, clauses=("LZ-12.6",))
    if kept is None or _filed_by_its_petitioner(work.session, petition):
        raise Refusal(RefusalCode.PRECONDITION_NOT_MET, clauses=("LZ-12.6",))
    work.audit("read_receipt_code", "read", subject=petition, clauses=("LZ-12.6",))
    return {"id": petition.id, "code": code_for(ring, petition.id), "clauses": ["LZ-12.6"]}


def _filed_by_its_petitioner(session: Session, petition: Petition) -> bool:
    """On the public page: its code was told there, and is nobody else's."""
    filed = Paper.act == FILE_ONLINE.name
    query = select(Paper.id).where(
        Paper.subject_kind == Petition.KIND, Paper.subject_id == petition.id, filed
    )
    return session.scalars(query.limit(1)).first() is not None


def follow(context: Context) -> Any:
    """`POST /receipts`: `{"code"}`. How far the petition is, in words that tell neither class nor route."""
    body = context.json()
    if set(body) - {"code"}:
        raise Refusal(RefusalCode.UNKNOWN_FIELD)
    code = body.get("code", "")
    if not isinstance(code, str) or not code:
        raise Refusal(RefusalCode.MISSING_FIELD, field="code")
    runtime = context.runtime
    with runtime.db.write() as session:
        allowed = _count_try(session, runtime.ring, context.source())
    if not allowed:
        raise Refusal(RefusalCode.RATE_LIMITED)
    with runtime.db.read() as session:
        mark = receipt_mark(runtime.ring, as_typed(code))
        found = select(Petition.state, Petition.received_on).join(
            ReceiptCode, ReceiptCode.petition_id == Petition.id
        )
        row = session.execute(found.where(ReceiptCode.mark == mark)).one_or_none()
    if row is None:
        raise concealed()
    zh, en = STAGES[stage(row.state)]
    return {
        "stage": stage(row.state),
        "stage_zh": zh,
        "stage_en": en,
        "received_on": row.received_on.isoformat(),
    }


def _count_try(session: Session, ring: KeyRing, source: str) -> bool:
    """Note one more try of a source; whether it is still within its number."""
    span = int(real_now().timestamp()) // WINDOW_SECONDS
    key = ring.mark("receipt source", source.encode())
    session.execute(delete(ReceiptTries).where(ReceiptTries.span < span - 1))
    session.execute(insert_or_ignore(session, ReceiptTries).values(source=key, span=span, tries=0))
    counted = (
        update(ReceiptTries)
        .where(ReceiptTries.source == key, ReceiptTries.span == span)
        .values(tries=ReceiptTries.tries + 1)
        .returning(ReceiptTries.tries)
    )
    return session.execute(counted, execution_options={"synchronize_session": False}).scalar_one() <= TRIES
