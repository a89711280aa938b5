"""What the system administrator does to the installation as a whole: reconcile it, back it up."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from sqlalchemy import select

from contracts.refusals import Refusal, RefusalCode
from services.chassis.answers import remember, replayed
from services.chassis.audit.tables import AuditEntry
from services.chassis.audit.trail import lease
from services.chassis.auth import service_token
from services.chassis.clock import installation_now, real_now
from services.chassis.http import Context, Route, json_response, signed_in
from services.chassis.lists import reading
from services.chassis.operations import administrator
from services.chassis.peers import PeerUnavailable
from services.chassis.reconciling import Stream
from services.chassis.runtime import Runtime
from services.chassis.work import Work, begin
from services.desk.reconciling import Ask, Reconciled, reconcile

RECONCILE, BACK_UP = "reconcile", "start_backup"
INSTALLATION = "installation"
LAST, MOST_MISSING = 20, 5
COUNTS = ("unsent", "waiting", "parked", "lapsed", "foreign", "forgotten")
_NO_BODY = sha256(b"{}").digest()


def overview(_: Context, work: Work) -> Any:
    """The last reconciliation, and the backups: `able` whether this installation makes them itself."""
    administrator(work, "read_operations")
    keeps = work.runtime.backups
    kept = keeps.kept() if keeps else []
    return {
        "reconciliation": _last_reconciliation(work),
        "backups": {
            "able": keeps is not None,
            "making": any(one.state == "making" for one in kept),
            "kept": [
                {"name": one.name, "made_at": one.made_at, "state": one.state, "size": one.size}
                for one in kept[:LAST]
            ],
        },
    }


def reconcile_now(context: Context) -> Any:
    """Compare all streams now; the outcome is an entry of the trail. UNAVAILABLE while a service is away."""
    runtime, claims = context.runtime, context.claims()
    _no_fields(context)
    with begin(runtime) as work:
        context.actor(work)
        administrator(work, RECONCILE)
        if (answer := replayed(work, RECONCILE, context.place(), context.key(), _NO_BODY)) is not None:
            return answer
    found = _told(reconcile(_asking(runtime)))  # in no transaction: the desk is asked, too
    with begin(runtime) as work:
        context.actor(work)
        lease(work.session, f"{RECONCILE} {claims.account_id}")
        if (answer := replayed(work, RECONCILE, context.place(), context.key(), _NO_BODY)) is not None:
            return answer
        facts: dict[str, str | int | bool] = {
            "whole": found["whole"],
            "streams": found["streams"],
            "held": ",".join(found["held"]),
        }
        facts |= {f"{line['from']}>{line['to']}": _as_fact(line) for line in found["differing"]}
        here = installation_now(work.session).installation
        work.audit(RECONCILE, "read", subject_kind=INSTALLATION, subject_id=here, facts=facts)
        answer = found | {"at": work.real.isoformat()}
        remember(work, RECONCILE, context.place(), context.key(), _NO_BODY, (INSTALLATION, here), answer)
    return answer


def back_up(context: Context, work: Work) -> Any:
    """Begin a backup, without keys: `{name}`. PRECONDITION_NOT_MET: it cannot; WRONG_STATE: one is under way."""
    administrator(work, BACK_UP)
    _no_fields(context)
    keeps = work.runtime.backups
    key, place = context.key(), context.place()
    answer = replayed(work, BACK_UP, place, key, _NO_BODY)
    if answer is None:
        code = (
            RefusalCode.PRECONDITION_NOT_MET if keeps is None
            else RefusalCode.WRONG_STATE if any(one.state == "making" for one in keeps.kept())
            else None
        )  # fmt: skip
        if code is not None:
            work.audit(BACK_UP, "refused", subject_kind=INSTALLATION, code=code.value)
            work.session.commit()
            raise Refusal(code)
        name = f"{work.real:%Y-%m-%dT%H-%M-%SZ}"
        work.audit(BACK_UP, "accepted", subject_kind="backup", subject_id=name)
        answer = {"name": name}
        remember(work, BACK_UP, place, key, _NO_BODY, ("backup", name), answer)
        work.finish()
        work.session.commit()  # what was begun is on record, whatever becomes of it
    if keeps is not None:
        keeps.start(str(answer["name"]))
    return json_response(answer, status=202)


def _no_fields(context: Context) -> None:
    if context.json():
        raise Refusal(RefusalCode.UNKNOWN_FIELD)


def _asking(runtime: Runtime) -> Ask:
    def ask(service: str, path: str, **query: str) -> dict[str, Any]:
        token = service_token(runtime.ring.signing, runtime.ring.key_id, "desk", real_now())
        if runtime.peers is None:
            raise Refusal(RefusalCode.UNAVAILABLE)
        asked = "&".join(f"{name}={value}" for name, value in query.items())
        try:
            answer = runtime.peers.call(service, "GET", f"/{service}{path}?{asked}", token=token)
            told: dict[str, Any] = json.loads(answer.body)
        except (PeerUnavailable, ValueError):
            raise Refusal(RefusalCode.UNAVAILABLE) from None
        if answer.status != 200:
            raise Refusal(RefusalCode.UNAVAILABLE)
        return told

    return ask


def _told(found: Reconciled) -> dict[str, Any]:
    """Of a whole stream nothing but that there is one: how much it carried is not the administrator's matter."""
    return {
        "whole": found.whole,
        "streams": len(found.streams),
        "held": list(found.held),
        "differing": [_line(stream) for stream in found.streams if not stream.whole or _notable(stream)],
    }


def _notable(stream: Stream) -> bool:
    return bool(stream.parked or stream.lapsed or stream.forgotten)


def _line(stream: Stream) -> dict[str, Any]:
    found = (
        stream.unsent,
        stream.waiting,
        stream.parked,
        stream.lapsed,
        stream.foreign,
        len(stream.forgotten),
    )
    counts = dict(zip(COUNTS, found, strict=True))
    named = {"from": stream.producer, "to": stream.consumer, "missing": list(stream.missing[:MOST_MISSING])}
    return named | {name: count for name, count in counts.items() if count}


def _last_reconciliation(work: Work) -> dict[str, Any] | None:
    query = select(AuditEntry).where(
        AuditEntry.subject_kind == INSTALLATION,
        AuditEntry.subject_id == installation_now(work.session).installation,
        AuditEntry.act == RECONCILE,
        AuditEntry.outcome == "read",
    )
    row = work.session.scalars(query.order_by(AuditEntry.recorded_at.desc()).limit(1)).first()
    if row is None:
        return None
    facts = json.loads(row.body)["facts"]
    return {
        "at": row.recorded_at.isoformat(),
        "whole": facts["whole"],
        "streams": facts["streams"],
        "held": [name for name in facts["held"].split(",") if name],
        "differing": [_from_fact(name, str(value)) for name, value in facts.items() if ">" in name],
    }


def _as_fact(line: dict[str, Any]) -> str:
    """`missing=3,4;parked=1`: facts of an entry are short and have no blanks."""
    missing = ",".join(map(str, line["missing"][:MOST_MISSING]))
    counts = [f"{name}={line[name]}" for name in COUNTS if name in line]
    return ";".join(([f"missing={missing}"] if missing else []) + counts)


def _from_fact(name: str, fact: str) -> dict[str, Any]:
    producer, _, consumer = name.partition(">")
    told = dict(part.split("=", 1) for part in fact.split(";") if part)
    missing = [int(number) for number in told.pop("missing", "").split(",") if number]
    named = {"from": producer, "to": consumer, "missing": missing}
    return named | {count: int(value) for count, value in told.items()}


VIEWS = (
    Route("GET", "/operations-overview", reading(overview), ("核对与备份", "the last reconciliation, and the backups")),
    Route(
        "POST", "/operations/reconciliations", reconcile_now, ("核对收发（留痕）", "reconcile all streams; logged"),
        takes="application/json", keyed=True,
    ),
    Route(
        "POST", "/operations/backups", signed_in(back_up), ("备份（留痕）", "begin a backup; logged"),
        takes="application/json", keyed=True,
    ),
)  # fmt: skip
