"""What all acts on a clue share: who handles it, and the ledger that follows every change of state."""

from __future__ import annotations

from sqlalchemy import select

from contracts.events.clues import ClueStatusChanged
from contracts.refusals import RefusalCode
from services.chassis.access import HANDLER, anyone, post
from services.chassis.act import HandOn
from services.chassis.packages import pack
from services.chassis.subject import SubjectColumns
from services.clues.acts.reported import AnyClue, AnyItem
from services.clues.acts.transfer_progress import report_to_inspection
from services.clues.storage import ExplanationCheck, Verification
from services.clues.storage_case import Case
from services.clues.storage_measure import Measure
from services.clues.storage_sanction import Precheck

HANDLING = (anyone(HANDLER), post("dispatched_office_leader"))
"""Who handles a clue: its handler, and the leaders of the office."""

LEDGER = ("LZ-12.25", "LZ-12.27")
"""Every act that changes a clue's state carries these: the ledger moves with it, in the same transaction."""

ENDED = ("closed", "handled")


def status_changed(p: AnyClue) -> ClueStatusChanged:
    """At the end the volume is packed as it stands, sealed to the archive; the event carries its digest.

    A clue that came from an inspection's transfer moves on in the register of transfers too (XC-37.4d).
    """
    clue = p.subject
    ended = clue.state in ENDED
    report_to_inspection(p, ended=ended)
    return ClueStatusChanged(
        clue_id=clue.id,
        source=clue.source,
        source_ref=clue.source_ref,
        petition_id=clue.petition_id or "",
        office_id=clue.office_id,
        from_state=p.from_state,
        to_state=clue.state,
        outcome_code=clue.outcome_code if ended else "",
        package_digest=pack(p, beside=_in_its_volume(p)) if ended else "",
        changed_on=p.today,
    )


def _in_its_volume(p: AnyClue) -> list[SubjectColumns]:
    """Its verifications, measures, pre-checks and cases, the checks of its explanations: one volume (LZ-22.7)."""
    found: list[SubjectColumns] = []
    for model in (Verification, Measure, ExplanationCheck, Case, Precheck):
        query = select(model).where(model.clue_id == p.subject.id).order_by(model.opened_on, model.id)
        found += p.session.scalars(query)
    return found


STATUS_CHANGED = HandOn(ClueStatusChanged, status_changed)
"""Handed on by every act with `becomes`."""


def not_by_one_alone(p: AnyItem, approved_act: str) -> None:
    """No single person requests, approves and executes the same step (LZ-22.15); raises Refusal(SELF_APPROVAL)."""
    approved = [
        (approval.at, {proposal.proposed_by, approval.person_id})
        for proposal, approvals in p.standing.proposals
        if proposal.act == approved_act and proposal.status == "approved"
        for approval in approvals
        if approval.decision == "approved"
    ]
    if approved and max(approved, key=lambda one: one[0])[1] == {p.work.actor.person_id}:
        raise p.refuse(RefusalCode.SELF_APPROVAL, clauses=("LZ-22.15", *p.act.clauses))
