"""Lists and the worklist: pages that cost the same at ten thousand items and at a million.

A page is put together from short walks, each along one index: by one way of knowing of an item, in one state, in the
order of the page, and no longer than the page. One condition with all the ways in it would be a scan.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, tuple_, union

from contracts.refusals import Refusal, RefusalCode
from services.chassis.access import By, load_actor, visible, ways_to_know
from services.chassis.http import Context, Handler
from services.chassis.lines import acts_beside, duty_line, proposals_by_item, summary
from services.chassis.runtime import Kind
from services.chassis.tables import Duty, Proposal
from services.chassis.work import Work, look

Condition = ColumnElement[bool]


def reading(handler: Callable[[Context, Work], Any]) -> Handler:
    """A handler that only reads, as the signed-in actor: it waits for no writer, and no writer for it.

    For what audits nothing; everything else takes `signed_in`.
    """

    def handle(context: Context) -> Any:
        claims = context.claims()
        with look(context.runtime, context.traceparent) as work:
            work.actor = load_actor(work.session, claims, work.today)
            return handler(context, work)

    return handle


def list_items(context: Context, work: Work, *, kind: Kind) -> Any:
    """Newest first, in pages; only what the actor may know of, so counts and cursors show nothing else."""
    model, limit = kind.model, context.limit()
    state, cursor = context.query("state"), context.query("cursor")
    beyond = [tuple_(model.opened_on, model.id) < _uncursor(cursor)] if cursor else []
    conditions = [
        (way, *step, *beyond)
        for way, columns in ways_to_know(model, work.actor, kind.knows)
        for step in _steps(model, columns, state)
    ]
    order = (model.opened_on.desc(), model.id.desc())
    found = _first(work, model, conditions, order, limit + 1)
    page = found[:limit]
    following = _cursor(page[-1]) if len(found) > limit else None
    return {"items": [summary(row) for row in page], "next": following}


def worklist(context: Context, work: Work) -> Any:
    """What waits for me: clocks that I owe, proposals that I may decide, items on which I can act now."""
    lines: list[dict[str, Any]] = []
    limit = context.limit()
    for kind in work.runtime.kinds.values():
        rows = {row.id: row for row in _items_to_act_on(work, kind, limit)}
        rows |= {row.id: row for row in _items_to_decide(work, kind, limit)}
        duties = _open_duties(work, kind, rows)
        proposals = proposals_by_item(work, list(rows.values()))
        for row in rows.values():
            mine = proposals[row.id]
            lines.append(
                summary(row)
                | {
                    "kind_zh": kind.model.ZH,
                    "path": kind.path,
                    "clocks": [duty_line(work, d) for d in duties.get(row.id, [])],
                    "acts": acts_beside(work, row, {p["act"] for p in mine if p["status"] == "pending"}),
                    "to_decide": [p for p in mine if p["mine_to_decide"]],
                }
            )
    lines.sort(key=lambda line: (min((c["due_at"] for c in line["clocks"]), default="9"), line["opened_on"]))
    return {"items": lines[:limit]}


def _items_to_act_on(work: Work, kind: Kind, limit: int) -> Iterable[Any]:
    model, actor = kind.model, work.actor
    by_rule: dict[By, set[str]] = {}
    for act in work.runtime.definition.acts:
        if act.on is model and not act.creates:
            for rule in act.by:
                if rule.can_hold(actor):
                    by_rule.setdefault(rule, set()).update(act.when)
    order = (model.opened_on, model.id)
    for rule, states in by_rule.items():
        yield from _first(work, model, list(_walks(work, kind, rule, sorted(states))), order, limit)


def _walks(work: Work, kind: Kind, rule: By, states: Sequence[str]) -> Iterable[tuple[Condition, ...]]:
    """Visible items in these states to which the actor stands as the rule says.

    Where no index has the rule's columns and then the state, the ways of knowing are walked: they are narrow.
    """
    model, actor = kind.model, work.actor
    stands = rule.where(model, actor)
    if not rule.columns or _state_comes_first(model, rule.columns):
        known = visible(model, actor, kind.knows)
        yield from ((stands, model.state == state, known) for state in states)
    elif states:
        for way, columns in ways_to_know(model, actor, kind.knows):
            walked = _state_comes_first(model, columns)
            yield stands, way, (model.state if walked else _beside_index(model.state)).in_(states)


def _items_to_decide(work: Work, kind: Kind, limit: int) -> Iterable[Any]:
    """Those that have waited longest, of each act; a proposal's office is its item's."""
    model, actor = kind.model, work.actor
    known = visible(model, actor, kind.knows)
    for act in work.runtime.definition.acts:
        for number, step in enumerate(act.approvals if act.on is model else ()):
            if not step.by.can_hold(actor):
                continue
            of_office = [Proposal.office_id == actor.office_id] if "office_id" in step.by.columns else []
            waiting = (
                Proposal.status == "pending",
                Proposal.subject_kind == model.KIND,
                Proposal.act == act.name,
            )
            yield from work.session.scalars(
                select(model)
                .join(Proposal, Proposal.subject_id == model.id)
                .where(*waiting, Proposal.step == number, *of_office, step.by.where(model, actor), known)
                .order_by(Proposal.proposed_at)
                .limit(limit)
            )


def _first(
    work: Work, model: Any, conditions: Sequence[tuple[Condition, ...]], order: tuple[Any, ...], limit: int
) -> Sequence[Any]:
    """The first `limit` rows, in this order, that meet one of the conditions; each is walked by itself."""
    if not conditions:
        return []
    walks = [select(model.id).where(*met).order_by(*order).limit(limit).subquery() for met in conditions]
    ends = [select(walk.c.id) for walk in walks]
    found: Select[Any] | Any = union(*ends) if len(ends) > 1 else ends[0]
    return work.session.scalars(select(model).where(model.id.in_(found)).order_by(*order).limit(limit)).all()


def _steps(model: Any, columns: frozenset[str], state: str) -> list[tuple[Condition, ...]]:
    """What narrows a walk to the state asked for; to each state one by one, where the columns' index has it next."""
    if _state_comes_first(model, columns):
        return [(model.state == one,) for one in ([state] if state else model.STATES)]
    if not state:
        return [()]
    return [((_beside_index(model.state) if columns else model.state) == state,)]


def _beside_index(column: Any) -> Any:
    """The column as no index knows it: for a condition that most rows meet beside one that few do."""
    return func.coalesce(column, "")


def _state_comes_first(model: Any, columns: frozenset[str]) -> bool:
    """Whether an index finds the items of these columns by their state, in the order of lists."""
    then, count = ["state", "opened_on", "id"], len(columns)
    indexes = ([column.name for column in index.columns] for index in model.__table__.indexes)
    return count > 0 and any(set(names[:count]) == columns and names[count:] == then for names in indexes)


def _open_duties(work: Work, kind: Kind, rows: dict[str, Any]) -> dict[str, list[Duty]]:
    found = work.session.scalars(
        select(Duty)
        .where(Duty.subject_kind == kind.model.KIND, Duty.subject_id.in_(list(rows)), Duty.status == "open")
        .order_by(Duty.due_at)
    )
    by_item: dict[str, list[Duty]] = {}
    for duty in found:
        by_item.setdefault(duty.subject_id, []).append(duty)
    return by_item


def _cursor(row: Any) -> str:
    return base64.urlsafe_b64encode(f"{row.opened_on.isoformat()}|{row.id}".encode()).decode()


def _uncursor(cursor: str) -> tuple[date, str]:
    try:
        day, _, item_id = base64.urlsafe_b64decode(cursor.encode()).decode().partition("|")
        if "\x00" in item_id:
            raise ValueError
        return date.fromisoformat(day), item_id
    except ValueError:
        raise Refusal(RefusalCode.INVALID_FIELD, field="cursor") from None
