"""Lists and the worklist: pages that cost the same at ten thousand items and at a million.

A page is put together from short walks, each along one index: by one way of knowing of an item, in one state, in the
order of the page, and no longer than the page. One condition with all the ways in it would be a scan.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    bindparam,
    case,
    false,
    func,
    or_,
    select,
    true,
    tuple_,
    union,
)

from contracts.refusals import Refusal, RefusalCode
from services.chassis.access import Actor, By, Shape, in_general, load_actor, visible, ways_to_know
from services.chassis.act import Act
from services.chassis.db import beside_index
from services.chassis.http import Context, Handler
from services.chassis.lines import duty_line, proposals_of, summary
from services.chassis.offers import acts_offered
from services.chassis.runtime import Kind, ServiceDefinition
from services.chassis.standing import standings
from services.chassis.tables import DirectoryState, Duty, Proposal
from services.chassis.work import Work, look

AnyAct = Act[Any, Any]
Condition = ColumnElement[bool]


@dataclass(frozen=True)
class Walk:
    """A way to find items: those that meet all of these, along an index in the order of the page.

    `few`: found by something else, and sorted then; a planner that walked by the order would look at all items.
    """

    met: tuple[Condition, ...]
    few: bool = False


PAGE: Any = bindparam("page", type_=Integer())
"""A statement's parameter: how many items at most."""
WALKS_AT_MOST = 5
"""How far a worklist looks past items that offer their reader nothing."""


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
    limit, cursor = context.limit(), context.query("cursor")
    asked = register_page(work, kind, filter_of(context), limit + 1, cursor)
    found = [] if asked is None else list(work.session.scalars(asked))
    page = found[:limit]
    following = _cursor(page[-1]) if len(found) > limit else None
    return {"items": [summary(row) for row in page], "next": following}


@dataclass(frozen=True)
class Filter:
    """What a register is narrowed to: one state, and days of opening, both included. Empty or None: all."""

    state: str = ""
    opened_from: date | None = None
    opened_to: date | None = None


def filter_of(context: Context) -> Filter:
    """From the query; raises Refusal(INVALID_FIELD) for what is no date."""
    return Filter(context.query("state"), _day(context, "opened_from"), _day(context, "opened_to"))


def register_page(work: Work, kind: Kind, only: Filter, limit: int, cursor: str = "") -> Select[Any] | None:
    """The statement for the newest `limit` items that the actor may know of; None where there can be none."""
    model = kind.model
    within = [tuple_(model.opened_on, model.id) < _uncursor(cursor)] if cursor else []
    within += [model.opened_on >= only.opened_from] if only.opened_from else []
    within += [model.opened_on <= only.opened_to] if only.opened_to else []
    walks = [
        Walk((way, *step, *within))
        for way, columns in ways_to_know(model, work.actor, kind.knows)
        for step in _steps(model, columns, only.state)
    ]
    return _page(model, walks, (model.opened_on.desc(), model.id.desc()), limit) if walks else None


def _day(context: Context, name: str) -> date | None:
    given = context.query(name, longest=10)
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise Refusal(RefusalCode.INVALID_FIELD, field=name) from None


@dataclass(frozen=True)
class Search:
    """What a worklist asks about one kind of item, made once for all actors of a shape (`in_general`)."""

    kind: Kind
    to_act_on: tuple[tuple[tuple[Walk, ...], Select[Any]], ...]
    """For each way of standing to the items its walks, and the statement of their first page."""
    to_decide: tuple[Select[Any], ...]


def worklist(context: Context, work: Work) -> Any:
    """What waits for me: proposals that I may decide, items on which I can act now, each with its open clocks."""
    lines: list[dict[str, Any]] = []
    limit = context.limit()
    values = work.actor.values | {"page": limit}
    # Held, so that the session goes on knowing it: each proposal asks how fresh the directory is.
    work.once("directory", lambda: work.session.get(DirectoryState, 1))
    begun = [_begun(work, search, values) for search in _those_with_something(work, values)]
    first = {
        (row.KIND, row.id): row for one in begun for rows in (*one.to_act_on, one.to_decide) for row in rows
    }
    told = _lines(work, list(first.values()))
    for one in begun:
        found = {line["id"]: line for line in _lines_to_act_on(work, one, told, values)}
        others = {row.id: told[row.KIND, row.id] for row in one.to_decide if (row.KIND, row.id) in told}
        lines += (found | others).values()
    lines.sort(key=lambda line: (min((c["due_at"] for c in line["clocks"]), default="9"), line["opened_on"]))
    return {"items": lines[:limit]}


def _those_with_something(work: Work, values: dict[str, Any]) -> list[Search]:
    """The searches that find anything: of a hundred kinds a post meets few at a time, and one statement says which."""
    searches, all_of_them = _asked_at_once(work.runtime.definition, work.actor.shape)
    if all_of_them is None:
        return []
    there = work.session.execute(all_of_them, values).one()
    return [search for search, found in zip(searches, there, strict=True) if found]


@lru_cache(maxsize=64)
def _asked_at_once(
    definition: ServiceDefinition, shape: Shape
) -> tuple[tuple[Search, ...], Select[Any] | None]:
    searches = _searches(definition, shape)
    if not searches:
        return (), None
    found: Any = select(*(or_(*(asked.exists() for asked in _of_each(one))) for one in searches))
    return searches, found


def _of_each(search: Search) -> list[Select[Any]]:
    """The first item of each way, and the proposals."""
    model = search.kind.model
    order = (model.opened_on, model.id)
    return [*(_page(model, walks, order, 1) for walks, _ in search.to_act_on), *search.to_decide]


@lru_cache(maxsize=64)
def _searches(definition: ServiceDefinition, shape: Shape) -> tuple[Search, ...]:
    """Of every kind that the actor's post can have to do with; making them costs ten times what running them does."""
    anybody = in_general(shape)
    found = [_search(definition.acts, kind, anybody) for kind in definition.kinds]
    return tuple(search for search in found if search.to_act_on or search.to_decide)


def _search(acts: Iterable[AnyAct], kind: Kind, actor: Actor) -> Search:
    on_it, order = [act for act in acts if act.on is kind.model], (kind.model.opened_on, kind.model.id)
    ways = [tuple(walks) for walks in _ways_to_act(on_it, kind, actor).values()]
    pages = tuple((walks, _page(kind.model, walks, order, PAGE)) for walks in ways if walks)
    return Search(kind, pages, tuple(_to_decide(on_it, kind, actor)))


@dataclass(frozen=True)
class Begun:
    """A search and what its first statements found."""

    search: Search
    to_act_on: tuple[Sequence[Any], ...]
    to_decide: tuple[Any, ...]


def _begun(work: Work, search: Search, values: dict[str, Any]) -> Begun:
    pages = tuple(work.session.scalars(first, values).all() for _, first in search.to_act_on)
    decided = (row for asked in search.to_decide for row in work.session.scalars(asked, values))
    return Begun(search, pages, tuple(decided))


def _lines(work: Work, rows: Sequence[Any]) -> dict[tuple[str, str], dict[str, Any]]:
    """Those of the items on which the actor can do something; so many statements, however many they are."""
    lines = {}
    for row, (item, standing) in zip(rows, standings(work.session, rows).items(), strict=True):
        kind = work.runtime.kinds[row.KIND]
        proposals = proposals_of(work, row, standing) if standing.pending else []
        line = {
            "kind_zh": kind.model.ZH,
            "path": kind.path,
            "clocks": [duty_line(work, duty) for duty in standing.open_clocks],
            "acts": acts_offered(work, row, standing, waiting=True),
            "to_decide": [proposal for proposal in proposals if proposal["mine_to_decide"]],
        }
        if line["acts"] or line["to_decide"]:
            lines[item] = summary(row) | line
    return lines


def _lines_to_act_on(
    work: Work, begun: Begun, told: dict[tuple[str, str], dict[str, Any]], values: dict[str, Any]
) -> Iterable[dict[str, Any]]:
    """By each way of standing to the items: walked on while what is found offers the actor nothing."""
    kind, limit = begun.search.kind, values["page"]
    order = (kind.model.opened_on, kind.model.id)
    for (walks, _), found in zip(begun.search.to_act_on, begun.to_act_on, strict=True):
        rows = found
        lines = [told[row.KIND, row.id] for row in rows if (row.KIND, row.id) in told]
        yield from lines
        count = len(lines)
        for _ in range(WALKS_AT_MOST - 1):
            if count >= limit or len(rows) < limit:
                break
            beyond = tuple_(*order) > (rows[-1].opened_on, rows[-1].id)
            further = [replace(walk, met=(*walk.met, beyond)) for walk in walks]
            rows = work.session.scalars(_page(kind.model, further, order, PAGE), values).all()
            more = _lines(work, rows).values()
            yield from more
            count += len(more)


def _ways_to_act(acts: Iterable[AnyAct], kind: Kind, actor: Actor) -> dict[By, list[Walk]]:
    """For each way in which the actor can stand to an item: where the items are that such an act can begin on."""
    states: dict[By, set[str]] = {}
    clocked: dict[By, list[AnyAct]] = {}
    for act in acts:
        for rule in act.by if not (act.creates or act.anytime) else ():
            if not rule.can_hold(actor):
                continue
            if act.while_open:
                clocked.setdefault(rule, []).append(act)
            else:
                states.setdefault(rule, set()).update(act.when)
    ways = {rule: list(_walks(kind, actor, rule, sorted(found))) for rule, found in states.items()}
    for rule, found in clocked.items():
        ways.setdefault(rule, []).extend(_with_open_clock(kind, actor, rule, act) for act in found)
    return ways


def _with_open_clock(kind: Kind, actor: Actor, rule: By, act: AnyAct) -> Walk:
    """Items with an open clock of the act's clause: few, while those in its states become ever more.

    Found along the open clocks, of the actor's office where the rule asks for the office; never along the items.
    """
    model = kind.model
    there = [Duty.clause == act.while_open, Duty.status == "open", Duty.subject_kind == model.KIND]
    if "office_id" in rule.columns:
        there.append(Duty.office_id == actor.office_id)
    stands = case((rule.where(model, actor), true()), else_=false())  # beside every index, as `visible` is
    known = visible(model, actor, kind.knows)
    with_clock = model.id.in_(select(Duty.subject_id).where(*there))
    return Walk((stands, beside_index(model.state).in_(sorted(act.when)), with_clock, known), few=True)


def _walks(kind: Kind, actor: Actor, rule: By, states: Sequence[str]) -> Iterable[Walk]:
    """Visible items in these states to which the actor stands as the rule says.

    Where no index has the rule's columns and then the state, the ways of knowing are walked: they are narrow.
    """
    model = kind.model
    stands = rule.where(model, actor)
    if not rule.columns or _state_comes_first(model, rule.columns):
        known = visible(model, actor, kind.knows)
        yield from (Walk((stands, model.state == state, known)) for state in states)
    elif states:
        for way, columns in ways_to_know(model, actor, kind.knows):
            walked = _state_comes_first(model, columns)
            state = model.state if walked else beside_index(model.state)
            yield Walk((stands, way, state.in_(states)))


def _to_decide(acts: Iterable[AnyAct], kind: Kind, actor: Actor) -> Iterable[Select[Any]]:
    """Those that have waited longest, of each act; a proposal's office is its item's."""
    model = kind.model
    known = visible(model, actor, kind.knows)
    for act in acts:
        for number, step in enumerate(act.approvals):
            if not step.by.can_hold(actor):
                continue
            of_office = [Proposal.office_id == actor.office_id] if "office_id" in step.by.columns else []
            waiting = (
                Proposal.status == "pending",
                Proposal.subject_kind == model.KIND,
                Proposal.act == act.name,
            )
            yield (
                select(model)
                .join(Proposal, Proposal.subject_id == model.id)
                .where(*waiting, Proposal.step == number, *of_office, step.by.where(model, actor), known)
                .order_by(Proposal.proposed_at)
                .limit(PAGE)
            )


def _page(model: Any, walks: Sequence[Walk], order: tuple[Any, ...], limit: Any) -> Select[Any]:
    """The first `limit` rows, in this order, that one of the walks (one at least) finds; each is walked by itself."""
    found = [
        select(model.id).where(*walk.met).order_by(*(_sorted(order) if walk.few else order)).limit(limit)
        for walk in walks
    ]
    ends = [select(walk.subquery().c.id) for walk in found]
    ids: Select[Any] | Any = union(*ends) if len(ends) > 1 else ends[0]
    asked: Select[Any] = select(model).where(model.id.in_(ids)).order_by(*order).limit(limit)
    return asked


def _sorted(order: tuple[Any, ...]) -> list[Any]:
    """The same order, as no index has it."""
    return [func.coalesce(column, column) for column in order]


def _steps(model: Any, columns: frozenset[str], state: str) -> list[tuple[Condition, ...]]:
    """What narrows a walk to the state asked for; to each state one by one, where the columns' index has it next."""
    if _state_comes_first(model, columns):
        return [(model.state == one,) for one in ([state] if state else model.STATES)]
    if not state:
        return [()]
    return [((beside_index(model.state) if columns else model.state) == state,)]


def _state_comes_first(model: Any, columns: frozenset[str]) -> bool:
    """Whether an index finds the items of these columns by their state, in the order of lists."""
    then, count = ["state", "opened_on", "id"], len(columns)
    indexes = ([column.name for column in index.columns] for index in model.__table__.indexes)
    return count > 0 and any(set(names[:count]) == columns and names[count:] == then for names in indexes)


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
