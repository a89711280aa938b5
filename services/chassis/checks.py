"""What is checked before a paper is looked at: post, state, what waits already, what the act needs of its item.

`perform` refuses by these checks, and `offers` offers by them: what is shown as possible is what would be accepted.
"""

from __future__ import annotations

from typing import Any

from contracts.refusals import Refusal, RefusalCode
from services.chassis.access import require_fresh_directory
from services.chassis.act import Act
from services.chassis.performance import Performance
from services.chassis.standing import Decided
from services.chassis.work import Work

AnyAct = Act[Any, Any]
AnyPerformance = Performance[Any, Any]


def check_role(work: Work, act: AnyAct, subject: Any) -> None:
    """Raises Refusal(WRONG_ROLE) unless this post may perform it and stands so to the item (None: a new one)."""
    allowed = [rule for rule in act.by if rule.has_role(work.actor)]
    if subject is None:
        if not allowed:
            raise Refusal(RefusalCode.WRONG_ROLE)
    elif not any(rule.related(work.actor, subject) for rule in allowed):
        raise Refusal(RefusalCode.WRONG_ROLE)


def check_state(p: AnyPerformance) -> None:
    state = p.subject.state
    if p.act.when and state not in p.act.when:
        raise p.refuse(p.act.otherwise.get(state, RefusalCode.WRONG_STATE))


def check_no_pending(p: AnyPerformance) -> None:
    """Raises Refusal(DUPLICATE) where the act waits for a decision already."""
    if p.act.approvals and not p.act.creates and p.act.name in p.standing.pending:
        raise p.refuse(RefusalCode.DUPLICATE)


def check_needs(p: AnyPerformance) -> None:
    """What the act asks of its item and of the actor, whatever the paper says."""
    for need in p.act.needs:
        need(p)
    if p.filed is None:
        check_once(p)
    for first in p.act.after:
        if first.act not in p.standing.done and first.only_if(p):
            raise p.refuse(first.code, clauses=(first.clause,))
    if p.act.while_open and not p.standing.clock_is_open(p.act.while_open):
        raise p.refuse(RefusalCode.DUPLICATE, clauses=(p.act.while_open,))


def check_once(p: AnyPerformance) -> None:
    """Raises Refusal(DUPLICATE) for what is done one time only, and was; asked before this time is on file."""
    if p.act.once and p.act.name in p.standing.done:
        raise p.refuse(RefusalCode.DUPLICATE)


def why_not_now(p: AnyPerformance) -> Refusal | None:
    """What the actor would be answered before any paper is looked at; None: the act can be begun."""
    try:
        check_role(p.work, p.act, p.subject)
        check_state(p)
        check_no_pending(p)
        check_needs(p)
    except Refusal as refusal:
        refusal.clauses = refusal.clauses or p.act.clauses
        return refusal
    return None


def check_decider(p: AnyPerformance, decided: Decided) -> bool:
    """Raises unless this actor may decide the proposal's step; returns whether it is their own proposal."""
    proposal, decisions = decided
    actor, step = p.work.actor, p.act.approvals[min(proposal.step, len(p.act.approvals) - 1)]
    clauses = (step.clause,)
    if proposal.status != "pending":
        raise Refusal(RefusalCode.WRONG_STATE, clauses=clauses)
    if not step.by.holds(actor, p.subject):
        later = any(one.by.holds(actor, p.subject) for one in p.act.approvals[proposal.step + 1 :])
        code = RefusalCode.APPROVAL_ORDER if later else RefusalCode.WRONG_APPROVER
        raise Refusal(code, clauses=clauses)
    if actor.recused_for & set(p.standing.reported):  # a registrar of their chain may know, not decide
        raise Refusal(RefusalCode.CONFLICT_OF_INTEREST, clauses=clauses)
    require_fresh_directory(p.session, p.work.runtime.settings.directory_stale_after)
    own = proposal.proposed_by == actor.person_id
    if (own and not step.sole) or any(one.person_id == actor.person_id for one in decisions):
        raise Refusal(RefusalCode.SELF_APPROVAL, clauses=(*clauses, "LZ-22.15"))
    return own


def why_not_to_decide(p: AnyPerformance, decided: Decided) -> Refusal | None:
    """As `why_not_now`, for a decision on a proposal."""
    try:
        check_decider(p, decided)
    except Refusal as refusal:
        return refusal
    return None
