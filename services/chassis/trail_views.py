"""What the audit administrator sees of a service's trail: its head, its witnesses, entries on one subject, evidence.

Ids, codes and times only, as the trail has nothing else. Of sealed and unclassed items, and of what the reader is
recused from, there is nothing to be found here: it is as if they had never been.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from contracts.refusals import Refusal, RefusalCode
from services.chassis.access import why_hidden
from services.chassis.audit.entry import SYSTEM, Entry, instant
from services.chassis.audit.export import HEADS_FORMAT, head_fields
from services.chassis.audit.tables import AuditEntry, AuditHead, AuditUnsequenced, WitnessedHead
from services.chassis.audit.trail import record, tree_size
from services.chassis.audit.witness import Verdict, alarms, waiting
from services.chassis.clock import installation_now, real_now
from services.chassis.http import Context, Route, signed_in
from services.chassis.lists import reading
from services.chassis.settings import SERVICES
from services.chassis.subject import SEALED, UNCLASSED
from services.chassis.tables import Party
from services.chassis.work import Work

_CODE = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
LOOKED_UP = "looked_up"
VERIFIED = "verify_trails"
MOST_ALARMS = 50
MOST_HEADS = 1000


def trail_state(_: Context, work: Work) -> Any:
    """How far the trail is sequenced, signed and witnessed, and what this service made of the others' heads."""
    _auditor(work)
    session, service = work.session, work.runtime.name
    head = session.scalars(select(AuditHead).order_by(AuditHead.size.desc()).limit(1)).first()
    size = tree_size(session)
    refused = alarms(session)
    return {
        "service": service,
        "size": size,
        "not_yet_sequenced": session.scalar(select(func.count()).select_from(AuditUnsequenced)) or 0,
        "not_yet_signed": size - (head.size if head else 0),
        "head": head_fields(head) if head else None,
        "witnessed": [_witnessed(session, name) for name in SERVICES if name != service],
        "last_verification": _last_verification(session),
        "alarms": [
            {
                "producer": row.producer,
                "verdict": row.verdict,
                "size": row.size,
                "seen_at": row.seen_at.isoformat(),
            }
            for row in refused[-MOST_ALARMS:]
        ],
    }


def entries_on(context: Context, work: Work) -> Any:
    """What the trail says of one subject, `kind` and `id`, oldest first. The look is an entry of its own."""
    _auditor(work)
    kind, subject = context.query("kind", longest=64), context.query("id", longest=64)
    for name, given in (("kind", kind), ("id", subject)):
        if not given:
            raise Refusal(RefusalCode.MISSING_FIELD, field=name)
        if not _CODE.fullmatch(given):
            raise Refusal(RefusalCode.INVALID_FIELD, field=name)
    found = [] if _hidden(work, kind, subject) else _entries(context, work, kind, subject)
    # Not on the subject itself: of what does not exist a second look would find the first one, of what is hidden not.
    work.audit("read_trail", "read", subject_kind=LOOKED_UP, subject_id=subject, facts={"kind": kind})
    limit = context.limit()
    last = found[limit - 1] if len(found) > limit else None
    following = f"{instant(last.recorded_at)}|{last.id}" if last else None
    return {"items": [_line(row) for row in found[:limit]], "next": following}


def evidence(_: Context, work: Work) -> Any:
    """The signed heads of this service, newest last, to be kept elsewhere: `dengwen audit verify --known FILE`."""
    _auditor(work)
    newest = select(AuditHead).order_by(AuditHead.size.desc()).limit(MOST_HEADS)
    heads = sorted(work.session.scalars(newest), key=lambda row: row.size)
    work.audit("export_heads", "exported", subject_kind="audit_head", facts={"heads": len(heads)})
    return {
        "format": HEADS_FORMAT,
        "service": work.runtime.name,
        "heads": [head_fields(row) for row in heads],
    }


def _entries(context: Context, work: Work, kind: str, subject: str) -> list[AuditEntry]:
    cursor = context.query("cursor")
    place = (AuditEntry.recorded_at, AuditEntry.id)
    query = select(AuditEntry).where(AuditEntry.subject_kind == kind, AuditEntry.subject_id == subject)
    if cursor:
        query = query.where(tuple_(*place) > _after(cursor))
    return list(work.session.scalars(query.order_by(*place).limit(context.limit() + 1)))


def _after(cursor: str) -> tuple[datetime, str]:
    at, _, entry = cursor.partition("|")
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        raise Refusal(RefusalCode.INVALID_FIELD, field="cursor") from None
    if moment.tzinfo is None:
        raise Refusal(RefusalCode.INVALID_FIELD, field="cursor")
    return moment, entry


def _line(row: AuditEntry) -> dict[str, Any]:
    """An entry without its facts: which state an item went to is the business of those who work on it."""
    body = json.loads(row.body)
    return {
        "id": row.id,
        "at": row.at.isoformat(),
        "recorded_at": row.recorded_at.isoformat(),
        "act": row.act,
        "outcome": row.outcome,
        "code": row.code,
        "account": body["account"],
        "role": body["role"],
        "clauses": body["clauses"],
        "version": body["subject_version"],
        "shredded": row.salts is None,
    }


def _hidden(work: Work, kind: str, subject: str) -> bool:
    """Whether it is an item of which this reader is to find nothing, whatever there is."""
    known = work.runtime.kinds.get(kind)
    if known is None:
        return False
    row = work.session.get(known.model, subject)
    if row is None:
        return False
    reported = work.session.scalars(
        select(Party.person_id).where(Party.subject_kind == kind, Party.subject_id == subject)
    ).all()
    refused = why_hidden(work.actor, row, reported, known.knows)
    return row.secrecy in (SEALED, UNCLASSED) or refused is RefusalCode.CONFLICT_OF_INTEREST


def _witnessed(session: Session, producer: str) -> dict[str, Any]:
    accepted = select(WitnessedHead).where(
        WitnessedHead.producer == producer, WitnessedHead.verdict == Verdict.ACCEPTED
    )
    row = session.scalars(accepted.order_by(WitnessedHead.size.desc()).limit(1)).first()
    return {
        "producer": producer,
        "size": row.size if row else 0,
        "root": row.root.hex() if row else "",
        "seen_at": row.seen_at.isoformat() if row else "",
        "waiting": len(waiting(session, producer)),
    }


def note_verification(session: Session, *, faults: int) -> None:
    """Record that all trails were verified just now, with how many faults: a note, and no proof."""
    moment = installation_now(session)
    record(
        session,
        Entry(
            act=VERIFIED,
            outcome="system",
            actor=SYSTEM,
            subject_kind="installation",
            subject_id=moment.installation,
            at=moment.now,
            recorded_at=real_now(),
            time_mode=moment.time_mode,
            facts={"faults": faults},
        ),
    )


def _last_verification(session: Session) -> dict[str, Any] | None:
    moment = installation_now(session)
    query = select(AuditEntry).where(
        AuditEntry.subject_kind == "installation",
        AuditEntry.subject_id == moment.installation,
        AuditEntry.act == VERIFIED,
    )
    row = session.scalars(query.order_by(AuditEntry.recorded_at.desc()).limit(1)).first()
    if row is None:
        return None
    return {"at": row.recorded_at.isoformat(), "faults": json.loads(row.body)["facts"]["faults"]}


def _auditor(work: Work) -> None:
    if work.actor.role != "audit_administrator":
        raise Refusal(RefusalCode.WRONG_ROLE)


ROUTES = (
    Route("GET", "/audit/trail", reading(trail_state), ("审计日志现状", "state of the audit trail")),
    Route(
        "GET",
        "/audit/entries",
        signed_in(entries_on),
        ("某一对象的审计记录（阅览留痕）", "audit entries on one subject; the reading is logged"),
        query=("kind", "id", "limit", "cursor"),
    ),
    Route(
        "GET",
        "/audit/evidence",
        signed_in(evidence),
        ("审计日志签名（导出留痕）", "signed heads of the trail; the export is logged"),
    ),
)
