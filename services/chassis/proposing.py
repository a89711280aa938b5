"""What waits for approval: the proposal with the digest of its content, and the posts that are asked."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from services.chassis.act import Step
from services.chassis.performance import Performance, proposal_digest
from services.chassis.tables import Proposal


def propose(p: Performance[Any, Any]) -> Proposal:
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
    ask(p, p.act.approvals[0])
    return proposal


def ask(p: Performance[Any, Any], step: Step) -> None:
    """Tell the posts that may decide this step, at the item's office that they must be of."""
    offices = [getattr(p.subject, r.column) for r in step.by.relations if r.attribute == "office_id"]
    office = p.subject.office_id if step.by.relations else ""
    for role in step.by.roles:
        p.tell("approval_asked", step.clause, to_role=role, office_id=offices[0] if offices else office)
