"""What an actor is offered on an item: the acts that would be accepted now, as far as that is known without a paper."""

from __future__ import annotations

from typing import Any

from contracts.refusals import Refusal, RefusalCode
from services.chassis.act import Act
from services.chassis.checks import why_not_now, why_not_to_decide
from services.chassis.performance import Performance
from services.chassis.standing import Decided, Standing
from services.chassis.work import Work

AnyAct = Act[Any, Any]


def acts_offered(work: Work, row: Any, standing: Standing, *, waiting: bool = False) -> list[dict[str, Any]]:
    """Acts that this actor can begin on this item as it stands. With the standing at hand it asks no database.

    `waiting`: only those for which the item waits, as a worklist wants them; the needs of acts that may be done
    anytime may ask, and are not looked at.
    """
    return [
        {"name": act.name, "zh": act.zh, "en": act.en, "clauses": list(act.clauses), "anytime": act.anytime}
        for act in _acts_on(work, row)
        if not (waiting and act.anytime) and why_not_now(_probe(work, act, row, standing)) is None
    ]


def mine_to_decide(work: Work, row: Any, standing: Standing, decided: Decided) -> bool:
    """Whether this actor's decision on the proposal would be accepted."""
    act = work.runtime.acts[row.KIND, decided[0].act]
    return why_not_to_decide(_probe(work, act, row, standing), decided) is None


def not_now(work: Work, row: Any, standing: Standing) -> list[dict[str, Any]]:
    """What is done in this state, but not by this actor or not yet, each with the refusal that they would get.

    Acts of other states are left out, unless the text says what has to come first. A decision that waits for
    somebody else names its proposal.
    """
    lines = []
    for act in _acts_on(work, row):
        refusal = why_not_now(_probe(work, act, row, standing))
        if refusal is not None and _is_about_now(act, row.state, refusal):
            lines.append(_line(act, refusal, {role for rule in act.by for role in rule.roles}))
    for decided in standing.proposals:
        proposal = decided[0]
        act = work.runtime.acts[row.KIND, proposal.act]
        refusal = why_not_to_decide(_probe(work, act, row, standing), decided)
        if proposal.status == "pending" and refusal is not None:
            roles = set(act.approvals[proposal.step].by.roles)
            lines.append(_line(act, refusal, roles) | {"proposal": proposal.id})
    return lines


def _acts_on(work: Work, row: Any) -> list[AnyAct]:
    acts = work.runtime.definition.acts
    return [act for act in acts if act.on is type(row) and not act.creates and not act.by_system]


def _probe(work: Work, act: AnyAct, row: Any, standing: Standing) -> Performance[Any, Any]:
    p: Performance[Any, Any] = Performance(work, act, None, {})
    p.subject, p.standing = row, standing
    return p


def _is_about_now(act: AnyAct, state: str, refusal: Refusal) -> bool:
    if not act.when or state in act.when:
        return True
    return refusal.code is not RefusalCode.WRONG_ROLE and state in act.otherwise


def _line(act: AnyAct, refusal: Refusal, roles: set[str]) -> dict[str, Any]:
    return {
        "act": act.name,
        "zh": act.zh,
        "en": act.en,
        "code": refusal.code.value,
        "clause": next(iter(refusal.clauses), ""),
        "clauses": list(refusal.clauses),
        "reason_zh": refusal.detail_zh or refusal.code.zh,
        "reason_en": refusal.detail_en or refusal.code.en,
        "roles": sorted(roles),
        "proposal": "",
    }
