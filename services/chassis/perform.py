"""Performing an act, in one database transaction.

Who is it → may they know of it (if not, it does not exist) → role and relation → version → state → what the act
needs of its item → paper and attachments → guards → approvals → effect → duties → audit entry → outbox → commit.
A refusal changes nothing, is audited, and answers with its code and clause.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Protocol, TypeVar

from pydantic import ValidationError
from sqlalchemy.exc import IntegrityError, OperationalError

from contracts.refusals import Refusal, RefusalCode, concealed
from services.chassis.access import SYSTEM, Actor, Claims, load_actor
from services.chassis.act import Act, PaperForm
from services.chassis.answers import Answer, answer_of, remember, replayed
from services.chassis.checks import check_needs, check_no_pending, check_role, check_state
from services.chassis.locking import Hidden, lock_subject
from services.chassis.papers import canonical
from services.chassis.performance import Performance, audit_accepted, file_papers, take_effect
from services.chassis.proposing import propose
from services.chassis.remembered import note_opened
from services.chassis.subject import SubjectColumns
from services.chassis.work import Work, begin

AnyAct = Act[Any, Any]
F = TypeVar("F", bound=PaperForm)
ATTEMPTS = 3


@dataclass(frozen=True)
class Request:
    """An act that somebody asks for. `key`: the idempotency key; `seen`: the item's version that the actor saw."""

    claims: Claims
    act: AnyAct
    path: str
    key: str
    subject_id: str | None = None
    seen: int | None = None
    paper: Mapping[str, Any] = field(default_factory=dict)
    attachments: tuple[tuple[str, str], ...] = ()
    traceparent: str | None = None

    @property
    def digest(self) -> bytes:
        return sha256(canonical([self.subject_id, self.seen, self.paper, self.attachments])).digest()


def perform(runtime: Any, request: Request) -> Answer:
    """Perform an act for a signed-in person; raises Refusal. Replays answer what was answered before."""
    return audited(runtime, request, lambda work: _perform(work, request), request.act, request.subject_id)


def perform_as_service(
    work: Work,
    act: AnyAct,
    paper: PaperForm,
    subject: SubjectColumns | None = None,
    attached: Mapping[str, list[str]] | None = None,
) -> Performance[Any, Any]:
    """Perform an act inside a reaction: no person, no idempotency key (the inbox is the guard).

    `attached`: ids of the service's own uploads by the kind of document.
    Inside another act it stands on the item's timeline with who does that one; see `unnamed`.
    """
    p: Performance[Any, Any] = Performance(work, act, paper, dict(attached or {}))
    if subject is not None:
        p.subject = subject
        check_state(p)
        check_needs(p)
    _run_guards_and_open(p)
    file_papers(p)
    take_effect(p)
    audit_accepted(p)
    return p


@contextmanager
def unnamed(work: Work) -> Iterator[None]:
    """What follows from an act on items whose readers may not know who caused it: the service itself does it there.

    The entry of the act itself names its actor, in the trail of its own item.
    """
    who, work.actor = work.actor, SYSTEM
    try:
        yield
    finally:
        work.actor = who


class Asked(Protocol):
    """Who asks, and on whose trace."""

    @property
    def claims(self) -> Claims: ...
    @property
    def traceparent(self) -> str | None: ...


def audited(
    runtime: Any, request: Asked, run: Callable[[Work], Answer], act: AnyAct | None, subject_id: str | None
) -> Answer:
    """Run in a unit of work as who asks; a refusal undoes it, is audited by itself, and is raised.

    A conflict of two transactions is tried again.
    """
    actor = SYSTEM
    try:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with begin(runtime, SYSTEM, traceparent=request.traceparent) as work:
                    work.actor = actor = load_actor(work.session, request.claims, work.today)
                    answer: Answer = run(work)
                return answer
            except IntegrityError:  # the same key, committed by a concurrent request: answer as a replay
                if attempt == ATTEMPTS:
                    raise
            except (
                OperationalError
            ) as error:  # deadlock or serialization failure: nothing was changed, try again
                if attempt == ATTEMPTS or not _is_conflict(error):
                    raise
        raise AssertionError("unreachable")
    except Hidden as hidden:
        _audit_refusal(runtime, actor, act, hidden.subject.KIND, hidden.subject.id, hidden.code, ())
        raise concealed() from None
    except Refusal as refusal:
        kind = act.on.KIND if act else getattr(request, "kind", "")
        clauses = refusal.clauses or (act.clauses if act else ())
        _audit_refusal(runtime, actor, act, kind, subject_id or "", refusal.code, clauses)
        if not refusal.clauses and act and refusal.code is not RefusalCode.UNKNOWN_REFERENCE:
            refusal.clauses = act.clauses
        raise


def _is_conflict(error: OperationalError) -> bool:
    return getattr(error.orig, "pgcode", "") in ("40001", "40P01")


def _audit_refusal(
    runtime: Any,
    actor: Actor,
    act: AnyAct | None,
    kind: str,
    subject_id: str,
    code: RefusalCode,
    clauses: tuple[str, ...],
) -> None:
    with begin(runtime, actor) as work:
        work.audit(
            act.name if act else "decide",
            "refused",
            subject_kind=kind,
            subject_id=subject_id[:64],
            code=code.value,
            clauses=clauses,
        )


def _perform(work: Work, request: Request) -> Answer:
    act = request.act
    knows = work.runtime.kinds[act.on.KIND].knows
    subject = None
    if not act.creates:
        subject = lock_subject(work.session, act.on, request.subject_id or "", work.actor, knows)
    replay = replayed(work, request.act.name, request.path, request.key, request.digest)
    if replay is not None:
        return replay
    check_role(work, act, subject)
    if subject is not None:
        _check_version(subject, request.seen)
    p: Performance[Any, Any] = Performance(work, act, None, _attached(request.attachments))
    if subject is not None:
        p.subject = subject
        check_state(p)
        check_no_pending(p)
        check_needs(p)
    p.paper = checked_paper(act, request.paper)
    _check_documents(p)
    _run_guards_and_open(p)
    file_papers(p)
    if act.approvals:
        proposal = propose(p)
        entry = audit_accepted(p, f"propose:{act.name}")
        answer = answer_of(p, entry, proposal)
    else:
        take_effect(p)
        answer = answer_of(p, audit_accepted(p), None)
    remember(
        work, act.name, request.path, request.key, request.digest, (p.subject.KIND, p.subject.id), answer
    )
    return answer


def _check_version(subject: Any, seen: int | None) -> None:
    if seen is None:
        raise Refusal(RefusalCode.VERSION_REQUIRED)
    if seen != subject.version:
        raise Refusal(RefusalCode.STALE_VERSION)


def _run_guards_and_open(p: Performance[Any, Any]) -> None:
    """Guards of a creating act run before the item is there; they see the paper only."""
    for guard in p.act.guards:
        guard(p)
    if p.act.new is not None:
        p.subject = p.act.new(p)
        p.session.add(p.subject)
        note_opened(p.session, p.subject)


def _attached(attachments: tuple[tuple[str, str], ...]) -> dict[str, list[str]]:
    attached: dict[str, list[str]] = {}
    for kind, attachment_id in attachments:
        attached.setdefault(kind, []).append(attachment_id)
    return attached


def _check_documents(p: Performance[Any, Any]) -> None:
    known = {document.kind: document for document in p.act.documents}
    for kind in p.attached:
        if kind not in known:
            raise p.refuse(RefusalCode.OUT_OF_RANGE, field="attachments")
    for document in known.values():
        if document.required and not p.attached.get(document.kind):
            raise p.refuse(
                RefusalCode.MISSING_DOCUMENT, field=f"attachments.{document.kind}", clauses=(document.clause,)
            )


def checked_paper(act: AnyAct, given: Mapping[str, Any]) -> PaperForm:
    form: PaperForm = checked_form(act.paper, given, act.clauses)
    return form


def checked_form(form: type[F], given: Mapping[str, Any], clauses: tuple[str, ...]) -> F:
    """The checked form; the first error becomes a refusal that names the field, never what was in it."""
    try:
        return form.model_validate_json(json.dumps(given), strict=True)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        kind = first["type"]
        code = {
            "missing": RefusalCode.MISSING_FIELD,
            "extra_forbidden": RefusalCode.UNKNOWN_FIELD,
            "string_too_short": RefusalCode.MISSING_FIELD,
        }.get(kind, RefusalCode.INVALID_FIELD)
        if kind in ("enum", "literal_error"):
            code = RefusalCode.OUT_OF_RANGE
        name = str(first["loc"][0]) if first["loc"] else ""
        reason = form.model_fields.get(name)
        extra = reason.json_schema_extra if reason is not None else None
        clause = extra.get("clause") if isinstance(extra, dict) else None
        if isinstance(extra, dict) and code is RefusalCode.MISSING_FIELD and extra.get("reason"):
            code = RefusalCode.MISSING_REASON
        path = ".".join(str(part) for part in first["loc"])
        if code is RefusalCode.UNKNOWN_FIELD:
            path = path.rpartition(".")[0]  # the name itself came from the client
        raise Refusal(
            code, field=path or None, clauses=(str(clause), *clauses) if clause else clauses
        ) from None
