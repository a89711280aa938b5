"""What an act answers, and the same answer again to whoever repeats the request with its key."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import insert

from contracts.refusals import Refusal, RefusalCode
from services.chassis.clock import ZONE
from services.chassis.db import table_of
from services.chassis.gaps import gap_line
from services.chassis.locking import lock_subject
from services.chassis.performance import Performance
from services.chassis.tables import AcceptedAct, Proposal
from services.chassis.work import Work

_INTO_ACCEPTED = insert(table_of(AcceptedAct))
Answer = dict[str, Any]


def answer_of(p: Performance[Any, Any], entry: str, proposal: Proposal | None) -> Answer:
    """References only: an answer is stored with its key and given again to whoever repeats the request."""
    subject = p.subject
    answer: Answer = {
        "kind": subject.KIND,
        "id": subject.id,
        "no": subject.no,
        "state": subject.state,
        "version": subject.version,
        "act": p.act.name,
        "clauses": list(p.act.clauses),
        "audit_entry": entry,
        "events": p.work.handed_on,
        "duties": [
            {
                "id": d.id,
                "clause": d.clause,
                "status": d.status,
                "due_at": d.due_at.astimezone(ZONE).isoformat(),
                "late": bool(d.late),
                "provisional": d.provisional,
                "recipient": d.recipient,
            }
            for d in (*p.opened, *p.met)
        ],
    }
    if p.gaps:
        answer["gaps"] = [gap_line(gap) for gap in p.gaps]
    if p.filed is not None:
        answer["paper"] = p.filed.id
    if proposal is not None:
        answer["proposal"] = {"id": proposal.id, "status": proposal.status, "digest": proposal.digest.hex()}
    return answer


def replayed(work: Work, act: str, path: str, key: str, digest: bytes) -> Answer | None:
    """What was answered before to this key; raises Refusal where the key came with another body."""
    if not key:
        raise Refusal(RefusalCode.IDEMPOTENCY_KEY_REQUIRED)
    row = work.session.get(AcceptedAct, (work.actor.account_id, act, path, key))
    if row is None:
        return None
    if row.request_digest != _keyed(work, digest):
        raise Refusal(RefusalCode.IDEMPOTENCY_KEY_REUSED)
    stored: Answer = json.loads(row.answer)
    kind = work.runtime.kinds.get(row.subject_kind)
    if kind is not None:  # a replay is answered only to who may still know of the item
        lock_subject(work.session, kind.model, row.subject_id, work.actor, kind.knows, for_update=False)
    return stored | {"replayed": True}


def remember(
    work: Work, act: str, path: str, key: str, digest: bytes, subject: tuple[str, str], answer: Answer
) -> None:
    """Keep the answer with its key; `subject`: kind and id of what it is about."""
    kind, subject_id = subject
    row = {
        "account_id": work.actor.account_id,
        "act": act,
        "path": path,
        "key": key,
        "request_digest": _keyed(work, digest),
        "subject_kind": kind,
        "subject_id": subject_id,
        "answer": json.dumps(answer),
        "at": work.real,
    }
    work.session.connection().execute(_INTO_ACCEPTED, row)


def _keyed(work: Work, digest: bytes) -> bytes:
    """A short paper (a class, a person) could be guessed from its bare digest, also when it was sealed since."""
    return work.runtime.ring.mark("request", digest)
