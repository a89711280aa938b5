"""The clause browser: texts by chapter, search, each clause with what carries it out and proves it; declarations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from werkzeug.wrappers import Response

from contracts.clause import Clause, catalogue
from contracts.events.base import event_class
from contracts.working_days import UNITS
from services.chassis.clock import monotonic
from services.chassis.http import Route
from services.chassis.settings import SERVICES
from services.desk.domain.clause_index import MOST_FOUND, beside, chapters, search, texts
from services.desk.pages.browser import page
from services.desk.pages.fields import fields_of
from services.desk.pages.visit import Away, NoSuchPage, Refused, Visit, segment
from services.desk.proofs import proofs

STATES = {
    "proven": ("已执行，逐项有测试", "carried out, a test for each check"),
    "declared": ("已执行", "carried out"),
    "open": ("未执行", "not carried out"),
}
STATES_FOR = 600.0
"""Seconds: declarations change with a release alone."""
PAGE = 200
_declared: dict[str, tuple[float, Mapping[str, str]]] = {}
CLOCKS_AT_ONCE = 200
"""Of each service, on one page of what another value would do."""


def browse(visit: Visit) -> Response:
    """The texts, or the chapters of one; `q` searches, `text` narrows, `state` and `service` filter."""
    asked = {name: visit.context.query(name, longest=100) for name in ("q", "text", "state", "service")}
    if asked["text"] and not chapters(asked["text"]):
        raise NoSuchPage
    states = states_of(visit)
    counts = {
        text.prefix: Counter(
            states.get(c.id, "") for chapter in chapters(text.prefix) for c in chapter.clauses
        )
        for text in texts()
    }
    found = _found(asked, states)
    return visit.page(
        "clauses.html", asked=asked, texts=texts(), counts=counts, states=states, states_named=STATES_BY_CODE,
        chapters=[] if found is not None or not asked["text"] else chapters(asked["text"]),
        found=None if found is None else found[:MOST_FOUND], more=max(len(found or ()) - MOST_FOUND, 0),
    )  # fmt: skip


def _found(asked: Mapping[str, str], states: Mapping[str, str]) -> list[Clause] | None:
    """The clauses that are asked for by words, state or service; None: nothing narrows the texts."""
    if not (asked["q"].strip() or asked["state"] or asked["service"]):
        return None
    found = search(asked["q"]) if asked["q"].strip() else list(catalogue().clauses.values())
    return [
        clause
        for clause in found
        if (not asked["text"] or clause.id.startswith(f"{asked['text']}-"))
        and (not asked["state"] or states.get(clause.id) == asked["state"])
        and (not asked["service"] or clause.service == asked["service"])
    ]


def clause(visit: Visit) -> Response:
    """A clause with its text, values and acts; from archive, and from the shipped catalogue while that is away."""
    clause_id = visit.context.path["id"]
    known = catalogue().clauses.get(clause_id)
    if known is None:
        raise NoSuchPage
    try:
        more = visit.get("archive", f"/clauses/{segment(clause_id)}")
    except (Away, Refused, NoSuchPage):
        shipped = [v.model_dump(mode="json") for v in catalogue().values(clause_id)]
        more = {"acts": [], "values": shipped, "interpretations": []}
    acts = [name for name in more["acts"] if not _is_event(name)]
    events = sorted({name for name in more["acts"] if _is_event(name)} | set(known.emits))
    before, after = beside(clause_id)
    return visit.page(
        "clause.html", clause=known, text=catalogue().instrument(clause_id.partition("-")[0]),
        chapter=clause_id.partition(".")[0], before=before, after=after, acts=acts, events=events,
        values=more["values"], dated=catalogue().values(clause_id), own=more.get("interpretations", []),
        papers=[(code, catalogue().contents.papers.get(code)) for code in known.papers],
        documents=_documents(visit, known),
        proofs=None if proofs() is None else (proofs() or {}).get(clause_id, {}),
        has_clock=any(value.unit in UNITS for value in catalogue().values(clause_id)),
        state=STATES_BY_CODE[state_of(known, declared=bool(more["acts"]))] if more["acts"] else None,
    )  # fmt: skip


def _documents(visit: Visit, known: Clause) -> list[dict[str, object]]:
    """Documents in force that say what the clause means here, the newest first; none while inspection is away."""
    if known.service != "inspection":
        return []
    try:
        found = visit.get("inspection", "/standing-documents", state="in_force", limit="200")["items"]
    except (Away, Refused, NoSuchPage):
        return []
    mine = [one for one in found if one["clause"] == known.id]
    return sorted(mine, key=lambda one: str(one["effective_on"]), reverse=True)


def declaration(visit: Visit) -> Response:
    """What an act is declared to be: who, from which state, on which paper, with whose approval, for which clauses."""
    service, name = visit.context.path["service"], visit.context.path["name"]
    act = next((one for one in visit.get(service, "/acts").get("acts", []) if one["name"] == name), None)
    if act is None:
        return _by_the_service(visit, service, name)
    return visit.page("declaration.html", act=act, service=service, fields=fields_of(act["form"]))


def _by_the_service(visit: Visit, service: str, name: str) -> Response:
    """An act that no person does and that has no form; known by the clause that led here."""
    clause_id = visit.context.query("clause", longest=20)
    if clause_id not in catalogue().clauses:
        raise NoSuchPage
    if f"{service}.{name}" not in visit.get("archive", f"/clauses/{segment(clause_id)}")["acts"]:
        raise NoSuchPage
    return visit.page(
        "declaration.html", act=None, name=name, clauses=[clause_id], service=service, fields=()
    )


def state_of(clause: Clause, *, declared: bool) -> str:
    """`proven` once each check has a test that is marked as its proof."""
    if not declared:
        return "open"
    of_clause = (proofs() or {}).get(clause.id, {})
    whole = all(of_clause.get(str(number)) for number in range(1, len(clause.checks) + 1))
    return "proven" if whole else "declared"


def states_of(visit: Visit) -> Mapping[str, str]:
    """Clause → state of carrying out, as archive knows the declarations; empty while that is away."""
    installation = visit.context.runtime.settings.database_url
    kept = _declared.get(installation)
    if kept and monotonic() - kept[0] < STATES_FOR:
        return kept[1]
    try:
        found = _all_states(visit)
    except (Away, Refused, NoSuchPage):
        return kept[1] if kept else {}
    _declared[installation] = (monotonic(), found)
    return found


def _all_states(visit: Visit) -> dict[str, str]:
    found: dict[str, str] = {}
    cursor: dict[str, str] = {}
    while True:
        answer = visit.get("archive", "/clauses", limit=str(PAGE), **cursor)
        for line in answer["items"]:
            known = catalogue().clauses.get(str(line["id"]))
            if known is not None:
                found[known.id] = state_of(known, declared=line["status"] == "declared")
        if not answer.get("next"):
            return found
        cursor = {"cursor": str(answer["next"])}


def _is_event(name: str) -> bool:
    try:
        event_class(name, 1)
    except LookupError:
        return False
    return True


def what_if(visit: Visit) -> Response:
    """The clocks of a clause with another value, as each service counts them for this reader; nothing is stored."""
    clause_id = visit.context.path["id"]
    known = catalogue().clauses.get(clause_id)
    clocks = {v.name: v for v in catalogue().values(clause_id) if v.unit in UNITS} if known else {}
    if known is None or not clocks:
        raise NoSuchPage
    asked = {name: visit.context.query(name, longest=64) for name in ("name", "amount", "unit", "from", "to")}
    problem: dict[str, Any] | None = None
    answers: dict[str, dict[str, Any]] = {}
    away: list[str] = []
    given = {name: value for name, value in asked.items() if value}
    after = {s: cursor for s in SERVICES if (cursor := visit.context.query(f"after_{s}", longest=64))}
    if asked["amount"]:
        query = given | {"clause": clause_id, "limit": str(CLOCKS_AT_ONCE)}
        try:
            if after:
                answers = {s: visit.get(s, "/what-if", **query, cursor=cursor) for s, cursor in after.items()}
            else:
                answers, away = visit.ask_all(f"/what-if?{urlencode(query)}")
        except Refused as refused:
            problem = refused.problem
    more = {f"after_{service}": answer["next"] for service, answer in answers.items() if answer["next"]}
    moved = sorted(
        (line for answer in answers.values() for line in answer["items"]),
        key=lambda line: (-abs(line["days"]), line["due_on"], line["id"]),
    )
    return visit.page(
        "what_if.html", status=422 if problem else 200, clause=known, clocks=clocks, asked=asked, units=UNITS,
        problem=problem, moved=moved, away=away, tried=bool(answers), today=visit.time[0].date(),
        unmoved=sum(answer["unmoved"] for answer in answers.values()),
        left_out=sum(answer["left_out"] for answer in answers.values()),
        further=urlencode(given | more) if more else "",
        becomes_late=sum(line["would_be_late"] and not line["late"] for line in moved),
        no_longer_late=sum(line["late"] and not line["would_be_late"] for line in moved),
    )  # fmt: skip


STATES_BY_CODE = STATES | {"": ("", "")}

ROUTES = (
    Route("GET", "/clauses", page(browse), ("条款", "the texts and their clauses")),
    Route("GET", "/clauses/<id>", page(clause), ("条款页", "a clause's page")),
    Route("GET", "/clauses/<id>/what-if", page(what_if), ("改变数值的推演", "clocks with another value")),
    Route(
        "GET",
        "/declarations/<service>/<name>",
        page(declaration),
        ("办理说明", "what an act is declared to be"),
    ),
)
