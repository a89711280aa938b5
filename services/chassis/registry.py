"""Which acts and events declare which clauses: what the clause report calls *declared*."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from services.chassis.settings import SERVICES


def declared_clauses() -> dict[str, list[str]]:
    """Clause id → names of the acts and events that carry it out, sorted."""
    found: dict[str, set[str]] = {}
    for service in SERVICES:
        if find_spec(f"services.{service}.definition") is None:
            continue
        for act in getattr(import_module(f"services.{service}.definition"), service.upper()).acts:
            inside = (
                [o.clause for o in act.opens]
                + [s.clause for s in act.approvals]
                + [d.clause for d in act.documents]
            )
            for clause in {*act.clauses, *inside}:
                found.setdefault(clause, set()).add(f"{service}.{act.name}")
            for hand in act.hands_on:
                for clause in hand.event.CLAUSES:
                    found.setdefault(clause, set()).add(hand.event.TYPE)
    return {clause: sorted(names) for clause, names in found.items()}
