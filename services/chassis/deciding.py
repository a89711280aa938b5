"""Deciding on a proposal: the same content, by somebody who may, and the act takes effect with the last step."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from contracts.refusals import Refusal, RefusalCode, concealed
from services.chassis.access import Claims
from services.chassis.answers import Answer, answer_of, remember, replayed
from services.chassis.checks import check_decider, check_needs, check_once, check_state
from services.chassis.locking import lock_subject
from services.chassis.papers import canonical, read_paper
from services.chassis.perform import AnyAct, audited
from services.chassis.performance import Performance, audit_accepted, proposal_digest, take_effect
from services.chassis.proposing import ask
from services.chassis.reasons import file_reason
from services.chassis.tables import Approval, Attachment, Paper, Proposal
from services.chassis.work import Work


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


def decide(runtime: Any, decision: Decision) -> Answer:
    """Approve or return a proposal; raises Refusal."""
    return audited(runtime, decision, lambda work: _decide(work, decision), None, decision.subject_id)


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
        ask(p, act.approvals[proposal.step])
    else:
        check_once(p)
        proposal.status = "approved"
        p.approver = work.actor.person_id
        check_state(p)
        check_needs(p)
        for guard in act.guards:
            guard(p)
        take_effect(p)
    answer = answer_of(p, audit_accepted(p, name), proposal) | {"self_initiated": self_initiated}
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
