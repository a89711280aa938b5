"""Items and what hangs on them as answers show them: references, codes and dates, never a text or a name."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from sqlalchemy import select

from services.chassis.act import PaperForm
from services.chassis.audit.tables import AuditEntry
from services.chassis.clock import ZONE, local_date
from services.chassis.duties import late_by
from services.chassis.offers import mine_to_decide
from services.chassis.reasons import DecisionReason
from services.chassis.runtime import Runtime
from services.chassis.standing import Decided, Standing
from services.chassis.tables import Duty, Paper
from services.chassis.work import Work


def summary(row: Any) -> dict[str, Any]:
    """References, codes and dates of an item."""
    zh, en = row.STATES.get(row.state, (row.state, row.state))
    listed = {
        "kind": row.KIND,
        "id": row.id,
        "no": row.no,
        "state": row.state,
        "state_zh": zh,
        "state_en": en,
        "version": row.version,
        "secrecy": row.secrecy,
        "office_id": row.office_id,
        "unit_id": row.unit_id,
        "handler_id": row.handler_id,
        "opened_on": row.opened_on.isoformat(),
        "changed_at": row.changed_at.isoformat(),
    }
    return listed | {name: getattr(row, name) for name in getattr(row, "SHOWN", ())}


def proposals_of(work: Work, row: Any, standing: Standing) -> list[dict[str, Any]]:
    """An item's proposals with their decisions, the earliest first."""
    return [_proposal_line(work, row, standing, decided) for decided in standing.proposals]


def _proposal_line(work: Work, row: Any, standing: Standing, decided: Decided) -> dict[str, Any]:
    proposal, approvals = decided
    act = work.runtime.acts[row.KIND, proposal.act]
    step = act.approvals[min(proposal.step, len(act.approvals) - 1)]
    return {
        "id": proposal.id,
        "act": act.name,
        "zh": act.zh,
        "en": act.en,
        "status": proposal.status,
        "paper": proposal.paper_id,
        "digest": proposal.digest.hex(),
        "proposed_by": proposal.proposed_by,
        "proposed_at": proposal.proposed_at.isoformat(),
        "waits_for": list(step.by.roles),
        "step_zh": step.zh,
        "clause": step.clause,
        "mine_to_decide": mine_to_decide(work, row, standing, decided),
        "decisions": [
            {
                "id": a.id,
                "step": a.step,
                "person": a.person_id,
                "decision": a.decision,
                "at": a.at.isoformat(),
                "self_initiated": bool(a.self_initiated),
            }
            for a in approvals
        ],
    }


def clocks_of(work: Work, row: Any) -> list[Duty]:
    query = select(Duty).where(Duty.subject_kind == row.KIND, Duty.subject_id == row.id)
    return list(work.session.scalars(query.order_by(Duty.due_at, Duty.id)))


def duty_line(work: Work, duty: Duty) -> dict[str, Any]:
    """A clock with its clause, the days counted and its light: green, amber, red, grey."""
    return {
        "id": duty.id,
        "clause": duty.clause,
        "status": duty.status,
        "counted_from": duty.counted_from.isoformat(),
        "counted": json.loads(duty.counted),
        "due_on": local_date(duty.due_at).isoformat(),
        "due_at": duty.due_at.astimezone(ZONE).isoformat(),
        "provisional": bool(duty.provisional),
        "late": bool(duty.late),
        "late_by": late_by(work, duty),
        "calendar": duty.calendar_version,
        "owed_office": duty.office_id,
        "owed_role": duty.owed_role,
        "owed_person": duty.owed_person,
        "recipient": duty.recipient,
        "light": light(duty, work.today),
    }


def light(duty: Duty, today: date) -> str:
    """Met and late ones keep their colour; open ones go amber on the day before the last counted day."""
    if duty.status == "voided":
        return "grey"
    if duty.status == "met":
        return "red" if duty.late else "green"
    due_on = local_date(duty.due_at)
    if today > due_on:
        return "red"
    counted = [date.fromisoformat(day) for day in json.loads(duty.counted)]
    near = counted[-2] if len(counted) > 1 else due_on
    if today >= near:
        return "amber"
    return "grey" if duty.provisional else "green"


def form_of_paper(runtime: Runtime, paper: Paper) -> type[PaperForm] | None:
    """The form that a paper was filled in on; None if no act of this release has it."""
    if paper.kind == DecisionReason.__name__:
        return DecisionReason
    act = runtime.acts.get((paper.subject_kind, paper.act))
    return act.paper if act else None


def paper_line(runtime: Runtime, paper: Paper) -> dict[str, Any]:
    form = form_of_paper(runtime, paper)
    return {
        "id": paper.id,
        "kind": paper.kind,
        "zh": form.ZH if form else "",
        "en": form.EN if form else "",
        "act": paper.act,
        "at": paper.at.isoformat(),
        "by": paper.by_person,
        "sealed": bool(paper.sealed_to),
        "digest": paper.digest.hex(),
    }


def timeline(work: Work, row: Any) -> list[dict[str, Any]]:
    """What was done, by whom, under which clauses, from which state to which: the accepted audit entries."""
    entries = work.session.scalars(
        select(AuditEntry)
        .where(
            AuditEntry.subject_kind == row.KIND,
            AuditEntry.subject_id == row.id,
            AuditEntry.outcome == "accepted",
        )
        .order_by(AuditEntry.recorded_at, AuditEntry.id)
    )
    lines = []
    for entry in entries:
        name = entry.act.rpartition(":")[2]
        act = work.runtime.acts.get((row.KIND, name))
        body = json.loads(entry.body)
        lines.append(
            {
                "entry": entry.id,
                "act": entry.act,
                "zh": act.zh if act else entry.act,
                "en": act.en if act else entry.act,
                "at": entry.at.isoformat(),
                "person": entry.actor_person,
                "role": body["role"],
                "clauses": body["clauses"],
                "version": body["subject_version"],
                "from_state": body["facts"].get("from_state"),
                "to_state": body["facts"].get("to_state"),
            }
        )
    return lines
