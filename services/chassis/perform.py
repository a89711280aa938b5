"""Performing an act, in one database transaction.

Who is it → may they know of it (if not, it does not exist) → role and relation → version → state → what the act
needs of its item → paper and attachments → guards → approvals → effect → duties → audit entry → outbox → commit.
A refusal changes nothing, is audited, and answers with its code and clause.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from uuid import uuid4

from pydantic import ValidationError
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from contracts.refusals import Refusal, RefusalCode, concealed
from services.chassis.access import SYSTEM, Actor, Claims, load_actor, visible, why_hidden
from services.chassis.act import Act, PaperForm, Step
from services.chassis.checks import check_decider, check_needs, check_no_pending, check_role, check_state
from services.chassis.clock import ZONE
from services.chassis.db import table_of
from services.chassis.papers import canonical, read_paper
from services.chassis.performance import (
    Performance,
    audit_accepted,
    file_papers,
    proposal_digest,
    take_effect,
)
from services.chassis.reasons import file_reason
from services.chassis.remembered import note_opened
from services.chassis.subject import SEALED, SubjectColumns
from services.chassis.tables import AcceptedAct, Approval, Attachment, Paper, Party, Proposal
from services.chassis.work import Work, begin

AnyAct = Act[Any, Any]
ATTEMPTS = 3
_INTO_ACCEPTED = insert(table_of(AcceptedAct))
Answer = dict[str, Any]


class Hidden(Exception):
    """The actor may not know of the item. `code` is for the audit trail; the answer is that of an unknown id."""

    def __init__(self, code: RefusalCode, subject: SubjectColumns) -> None:
        super().__init__(code.value)
        self.code = code
        self.subject = subject


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


@dataclass(frozen=True)
class Decision:
    """A decision on a proposal; `digest` is the hex digest of the content that the approver saw."""

    claims: Claims
    kind: str
    subject_id: str
    proposal_id: str
    approve: bool
    digest: str
    reason: str
    path: str
    key: str
    traceparent: str | None = None

    @property
    def request_digest(self) -> bytes:
        return sha256(canonical([self.proposal_id, self.approve, self.digest, self.reason])).digest()


def perform(runtime: Any, request: Request) -> Answer:
    """Perform an act for a signed-in person; raises Refusal. Replays answer what was answered before."""
    return audited(runtime, request, lambda work: _perform(work, request), request.act, request.subject_id)


def decide(runtime: Any, decision: Decision) -> Answer:
    """Approve or return a proposal; raises Refusal."""
    return audited(runtime, decision, lambda work: _decide(work, decision), None, decision.subject_id)


def perform_as_service(
    work: Work, act: AnyAct, paper: PaperForm, subject: SubjectColumns | None = None
) -> Performance[Any, Any]:
    """Perform an act inside a reaction: no person, no idempotency key (the inbox is the guard)."""
    p: Performance[Any, Any] = Performance(work, act, paper, {})
    if subject is not None:
        p.subject = subject
        check_state(p)
        check_needs(p)
    _run_guards_and_open(p)
    file_papers(p)
    take_effect(p)
    audit_accepted(p)
    return p


def lock_subject(
    session: Session, model: Any, subject_id: str, actor: Actor, knows: Any, *, for_update: bool = True
) -> Any:
    """Load an item that the actor may know of. Unknown: Refusal(UNKNOWN_REFERENCE); not theirs to know: Hidden.

    Only what the actor may know of is locked: waiting for somebody else's act would tell them of the item. What is
    hidden and what does not exist send the same statements and do the same work.
    """
    query = select(model).where(model.id == subject_id, visible(model, actor, knows))
    subject = session.scalars(query.with_for_update() if for_update else query).one_or_none()
    if subject is not None:
        return subject
    found = session.scalars(select(model).where(model.id == subject_id)).one_or_none()
    reported = session.scalars(
        select(Party.person_id).where(Party.subject_kind == model.KIND, Party.subject_id == subject_id)
    ).all()
    code = why_hidden(actor, found or _nothing(model, subject_id), reported, knows)
    if (
        found is None or code is None
    ):  # None: it became visible between the two statements; the next one sees it
        raise concealed()
    raise Hidden(code, found)


def _nothing(model: Any, subject_id: str) -> Any:
    """An item that nobody may know of, never stored: what does not exist is judged as what is hidden."""
    nobody = dict.fromkeys(
        ("office_id", "liaison_office_id", "unit_id", "registrar_id", "handler_id", "addressee_id"), ""
    )
    return model(id=subject_id, state="", version=0, secrecy=SEALED, **nobody)


def audited(
    runtime: Any, request: Request | Decision, run: Any, act: AnyAct | None, subject_id: str | None
) -> Answer:
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
        proposal = _propose(p)
        entry = audit_accepted(p, f"propose:{act.name}")
        answer = _answer(p, entry, proposal)
    else:
        take_effect(p)
        answer = _answer(p, audit_accepted(p), None)
    remember(
        work, act.name, request.path, request.key, request.digest, (p.subject.KIND, p.subject.id), answer
    )
    return answer


def _decide(work: Work, decision: Decision) -> Answer:
    runtime, session = work.runtime, work.session
    kind = runtime.kinds.get(decision.kind)
    if kind is None:
        raise concealed()
    subject = lock_subject(session, kind.model, decision.subject_id, work.actor, kind.knows)
    replay = replayed(work, "decide", decision.path, decision.key, decision.request_digest)
    if replay is not None:
        return replay
    proposal = session.get(Proposal, decision.proposal_id)
    if proposal is None or proposal.subject_id != subject.id:
        raise concealed()
    act: AnyAct = runtime.acts[proposal.subject_kind, proposal.act]
    p = _reopened(work, act, subject, proposal)
    self_initiated = _check_approver(p, proposal, decision)
    step = act.approvals[proposal.step]
    name = f"{'approve' if decision.approve else 'return'}:{act.name}"
    reason = file_reason(p, name, decision.reason) if decision.reason.strip() else None
    session.add(
        Approval(
            id=reason.id if reason else uuid4().hex,
            proposal_id=proposal.id,
            step=proposal.step,
            person_id=work.actor.person_id,
            role=work.actor.role,
            decision="approved" if decision.approve else "returned",
            at=work.now,
            self_initiated=self_initiated,
        )
    )
    p.facts |= {"proposal": proposal.id, "step": proposal.step, "self_initiated": self_initiated}
    if reason is not None:
        p.facts["reason"] = reason.id
    if not decision.approve:
        proposal.status = "returned"
        p.tell("proposal_returned", step.clause, to_person=proposal.proposed_by)
    elif proposal.step + 1 < len(act.approvals):
        proposal.step += 1
        _ask(p, act.approvals[proposal.step])
    else:
        proposal.status = "approved"
        p.approver = work.actor.person_id
        check_state(p)
        check_needs(p)
        for guard in act.guards:
            guard(p)
        take_effect(p)
    answer = _answer(p, audit_accepted(p, name), proposal) | {"self_initiated": self_initiated}
    remember(
        work,
        "decide",
        decision.path,
        decision.key,
        decision.request_digest,
        (subject.KIND, subject.id),
        answer,
    )
    return answer


def _reopened(work: Work, act: AnyAct, subject: Any, proposal: Proposal) -> Performance[Any, Any]:
    """The performance as it was proposed, from the paper that was filed with it."""
    paper = work.session.get_one(Paper, proposal.paper_id)
    filed = read_paper(work.session, work.runtime.ring, paper)
    p: Performance[Any, Any] = Performance(
        work, act, act.paper.model_validate(filed["form"]), filed["attached"]
    )
    p.subject, p.filed = subject, paper
    p.bound = list(work.session.scalars(select(Attachment).where(Attachment.paper_id == paper.id)))
    return p


def _check_approver(p: Performance[Any, Any], proposal: Proposal, decision: Decision) -> bool:
    """Raises unless this actor may decide this step on this content; returns whether it is their own proposal."""
    decisions = p.session.scalars(select(Approval).where(Approval.proposal_id == proposal.id))
    own = check_decider(p, (proposal, tuple(decisions)))
    clauses = (p.act.approvals[proposal.step].clause,)
    if decision.digest != proposal.digest.hex() or proposal_digest(p) != proposal.digest:
        raise Refusal(RefusalCode.STALE_VERSION, field="digest", clauses=clauses)
    if not decision.approve and not decision.reason.strip():
        raise Refusal(RefusalCode.MISSING_REASON, field="reason", clauses=clauses)
    return own


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
    """The checked form; the first error becomes a refusal that names the field, never what was in it."""
    try:
        form: PaperForm = act.paper.model_validate_json(json.dumps(given), strict=True)
        return form
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
        reason = act.paper.model_fields.get(name)
        extra = reason.json_schema_extra if reason is not None else None
        clause = extra.get("clause") if isinstance(extra, dict) else None
        if isinstance(extra, dict) and code is RefusalCode.MISSING_FIELD and extra.get("reason"):
            code = RefusalCode.MISSING_REASON
        path = ".".join(str(part) for part in first["loc"])
        if code is RefusalCode.UNKNOWN_FIELD:
            path = path.rpartition(".")[0]  # the name itself came from the client
        raise Refusal(
            code, field=path or None, clauses=(str(clause), *act.clauses) if clause else act.clauses
        ) from None


def _propose(p: Performance[Any, Any]) -> Proposal:
    p.session.flush()
    proposal = Proposal(
        id=uuid4().hex,
        subject_kind=p.subject.KIND,
        subject_id=p.subject.id,
        act=p.act.name,
        paper_id=p.filed.id if p.filed else "",
        digest=proposal_digest(p),
        proposed_by=p.work.actor.person_id,
        proposed_at=p.work.now,
        status="pending",
        step=0,
        office_id=p.subject.office_id,
    )
    p.session.add(proposal)
    p.subject.version += 1
    p.subject.changed_at = p.work.now
    _ask(p, p.act.approvals[0])
    return proposal


def _ask(p: Performance[Any, Any], step: Step) -> None:
    """Tell the posts that may decide this step, at the item's office that they must be of."""
    offices = [getattr(p.subject, r.column) for r in step.by.relations if r.attribute == "office_id"]
    office = p.subject.office_id if step.by.relations else ""
    for role in step.by.roles:
        p.tell("approval_asked", step.clause, to_role=role, office_id=offices[0] if offices else office)


def _answer(p: Performance[Any, Any], entry: str, proposal: Proposal | None) -> Answer:
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
