"""The clause browser: what the texts ask, the values in force today, the acts that carry a clause out."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.clause import Clause, DatedValue
from contracts.clause import catalogue as clauses
from contracts.refusals import Refusal, RefusalCode, concealed
from services.archive.storage import Interpretation
from services.chassis.http import Context, Route, signed_in
from services.chassis.registry import declared_clauses
from services.chassis.settings import SERVICES
from services.chassis.values import value_in_force
from services.chassis.work import Work

STATUSES = ("declared", "open")


@cache
def carried_out() -> dict[str, list[str]]:
    """Clause → acts and events that carry it out; the declarations do not change while the program runs."""
    return declared_clauses()


def list_clauses(context: Context, _: Work) -> Any:
    """The catalogue in the order of the texts, in pages; `service`, `status` and `instrument` narrow it."""
    service, status = context.query("service"), context.query("status")
    instrument, after, limit = context.query("instrument"), context.query("cursor"), context.limit()
    if service and service not in SERVICES:
        raise Refusal(RefusalCode.OUT_OF_RANGE, field="service")
    if status and status not in STATUSES:
        raise Refusal(RefusalCode.OUT_OF_RANGE, field="status")
    order = list(clauses().clauses.values())
    if after and after not in clauses().clauses:
        raise Refusal(RefusalCode.INVALID_FIELD, field="cursor")
    start = next((n + 1 for n, clause in enumerate(order) if clause.id == after), 0)
    wanted = [
        clause
        for clause in order[start:]
        if (not service or clause.service == service)
        and (not status or status_of(clause) == status)
        and (not instrument or clause.instrument == instrument)
    ]
    page = wanted[:limit]
    return {"items": [line(clause) for clause in page], "next": page[-1].id if len(wanted) > limit else None}


def show_clause(context: Context, work: Work) -> Any:
    """A clause with its citation, checks, values in force today and the acts that carry it out."""
    clause = clauses().clauses.get(context.path["id"])
    if clause is None:
        raise concealed()
    text = clauses().instrument(clause.id.partition("-")[0])
    return line(clause) | {
        "instrument_citation": text.citation, "trigger": clause.trigger, "action": clause.action,
        "actor": list(clause.actor), "recipients": list(clause.recipients), "papers": list(clause.papers),
        "emits": list(clause.emits), "checks": list(clause.checks), "notes": clause.notes,
        "acts": carried_out().get(clause.id, []), "values": values(work, clause),
        "interpretations": interpretations(work.session, clause.id),
    }  # fmt: skip


def line(clause: Clause) -> dict[str, Any]:
    return {"id": clause.id, "instrument": clause.instrument, "citation": clause.citation, "article": clause.article,
            "title": clause.title, "zh": clause.zh, "service": clause.service, "kind": clause.kind,
            "modality": clause.modality, "enforcement": clause.enforcement, "basis": clause.basis,
            "status": status_of(clause)}  # fmt: skip


def status_of(clause: Clause) -> str:
    return "declared" if clause.id in carried_out() else "open"


def values(work: Work, clause: Clause) -> list[dict[str, Any]]:
    """Each number of the clause as it is in force today, and where that comes from."""
    names = list(dict.fromkeys(value.name for value in clauses().values(clause.id)))
    return [value_line(work, value_in_force(work.session, clause.id, name, work.today)) for name in names]


def value_line(work: Work, value: DatedValue) -> dict[str, Any]:
    """`value_in_force` gives an own value the shipped citation; the installation's own stands in its act."""
    own = work.session.scalars(
        select(Interpretation).where(
            Interpretation.published_key == f"{value.clause}/{value.name}/{value.effective_from.isoformat()}"
        )
    ).one_or_none()
    return {"name": value.name, "amount": value.amount, "unit": value.unit, "bound": value.bound,
            "effective_from": value.effective_from.isoformat(), "effect": value.effect, "version": value.version,
            "citation": own.citation if own else value.citation, "basis": "installation" if own else value.basis,
            "interpretation": own.id if own else ""}  # fmt: skip


def interpretations(session: Session, clause_id: str) -> list[dict[str, Any]]:
    """Everything published for the clause, newest first, with the version of the text that it was made for."""
    rows = session.scalars(
        select(Interpretation)
        .where(Interpretation.clause == clause_id, Interpretation.state == "published")
        .order_by(Interpretation.effective_from.desc(), Interpretation.number.desc())
    )
    return [
        {"id": row.id, "name": row.name, "amount": row.amount, "unit": row.unit, "number": row.number,
         "effective_from": row.effective_from.isoformat(), "citation": row.citation,
         "published_on": row.published_on.isoformat() if row.published_on else "", "text_version": row.text_version}
        for row in rows
    ]  # fmt: skip


CLAUSE_VIEWS = (
    Route("GET", "/clauses", signed_in(list_clauses), ("条款目录", "the clause catalogue")),
    Route("GET", "/clauses/<id>", signed_in(show_clause), ("条款", "a clause")),
)
