"""Approving: the content, what changed since it was returned, who proposed; one alone, or those that wait in turn.

Each decision is an act of its own, with its own key and its own refusal; the digest binds it to what was shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from werkzeug.wrappers import Response

from services.chassis.http import Route
from services.chassis.settings import SERVICES
from services.chassis.subject import SEALED
from services.desk.domain.changes import Change, changes_between
from services.desk.pages.browser import page
from services.desk.pages.items import ITEM, people_in
from services.desk.pages.lists import address, urgency
from services.desk.pages.visit import Away, NoSuchPage, Refused, Visit, answer_of, segment

AT_ONCE = 10
"""Shown with their content on one page: as many readings are logged."""
_ID = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
WORDS = {"approve": ("已批准", "approved"), "return": ("已退回", "returned")}


@dataclass(frozen=True)
class Waiting:
    """A proposal as the page shows it. Without `paper` (`problem` says why, or it is sealed) it is not decided here."""

    service: str
    item: Mapping[str, Any]
    proposal: Mapping[str, Any]
    paper: Mapping[str, Any] | None = None
    problem: Mapping[str, Any] | None = None
    changes: tuple[Change, ...] | None = None
    returned: Mapping[str, Any] | None = None

    @property
    def address(self) -> str:
        return address(self.service, dict(self.item))

    @property
    def may_decide(self) -> bool:
        return self.paper is not None and bool(self.proposal["mine_to_decide"])

    @property
    def people(self) -> list[Any]:
        found = [self.proposal["proposed_by"], *people_in((self.paper or {}).get("form") or {})]
        return found + people_in({change.name: [change.before] for change in self.changes or ()})


def waiting(visit: Visit) -> Response:
    """What waits for the reader's approval, the most urgent first."""
    return _shown(visit)


def one(visit: Visit) -> Response:
    """One proposal, for whoever may know of its item."""
    service, path = visit.context.path["service"], visit.context.path["path"]
    item = visit.get(service, f"/{segment(path)}/{segment(visit.context.path['id'])}")
    proposal = next((p for p in item["proposals"] if p["id"] == visit.context.path["proposal"]), None)
    if proposal is None:
        raise NoSuchPage
    return _page(visit, [_looked_at(visit, service, item | {"path": path}, proposal)])


def decide(visit: Visit) -> Response:
    """Carry out what was chosen for each; what is refused stays on the page with its reason, as typed."""
    form = visit.context.request.form
    chosen = [
        (name.removeprefix("choice."), word) for name, word in form.items() if name.startswith("choice.")
    ]
    told: list[dict[str, Any]] = []
    refused: dict[str, Mapping[str, Any]] = {}
    for proposal, word in chosen[:AT_ONCE]:
        if word not in WORDS or not _ID.fullmatch(proposal):
            continue
        try:
            told.append(_decided(visit, proposal, word))
        except Refused as refusal:
            if refusal.status == 401:
                raise
            refused[proposal] = refusal.problem
        except Away as away:
            refused[proposal] = {"code": "UNAVAILABLE", "detail": "暂时无法连接，未办理。",
                                 "detail_en": f"{away.service} cannot be reached; nothing was done."}  # fmt: skip
    return _shown(visit, told=told, refused=refused)


def _decided(visit: Visit, proposal: str, word: str) -> dict[str, Any]:
    """One decision, over the API like any other; raises Refused, Away, NoSuchPage."""
    form = visit.context.request.form
    service, _, rest = form.get(f"place.{proposal}", "").partition("/")
    path, _, item = rest.partition("/")
    place = f"/{segment(path)}/{segment(item)}"
    answer = visit.call(
        service,
        "POST",
        f"{place}/proposals/{segment(proposal)}/{word}",
        body={
            "digest": form.get(f"digest.{proposal}", ""),
            "reason": form.get(f"reason.{proposal}", "").strip(),
        },
        headers={"Idempotency-Key": f"{form.get('_key', '')[:31]}.{proposal[:32]}"},
    )
    done = answer_of(service, answer)
    return {
        "words": WORDS[word],
        "no": done.get("no") or item[:12],
        "address": f"/desk/items/{service}{place}",
    }


def _shown(
    visit: Visit,
    *,
    told: list[dict[str, Any]] | None = None,
    refused: dict[str, Mapping[str, Any]] | None = None,
) -> Response:
    answers, away = visit.ask_all("/worklist")
    lines = [
        line | {"service": service}
        for service in SERVICES
        for line in answers.get(service, {}).get("items", [])
        if line["to_decide"]
    ]
    pairs = [(line, proposal) for line in sorted(lines, key=urgency) for proposal in line["to_decide"]]
    entries = [_looked_at(visit, line["service"], line, proposal) for line, proposal in pairs[:AT_ONCE]]
    return _page(visit, entries, more=len(pairs) - len(entries), away=away, told=told, refused=refused)


def _page(
    visit: Visit,
    entries: list[Waiting],
    *,
    more: int = 0,
    away: list[str] | None = None,
    told: list[dict[str, Any]] | None = None,
    refused: dict[str, Mapping[str, Any]] | None = None,
) -> Response:
    return visit.page(
        "approvals.html",
        status=409 if refused else 200,
        here="/desk/approvals",
        entries=entries,
        more=more,
        away=away or [],
        told=told or [],
        refused=refused or {},
        typed=visit.context.request.form,
        key=uuid4().hex,
        people=[person for entry in entries for person in entry.people],
    )


def _looked_at(visit: Visit, service: str, item: dict[str, Any], proposal: dict[str, Any]) -> Waiting:
    """A proposal with its content, and what changed since the last one of its kind was returned."""
    if item["secrecy"] == SEALED:
        return Waiting(service, item, proposal)
    place = f"/{segment(item['path'])}/{segment(item['id'])}"
    try:
        paper = visit.get(service, f"{place}/papers/{segment(proposal['paper'])}")
        returned = _returned_before(visit, service, place, item, proposal)
        if returned is None:
            return Waiting(service, item, proposal, paper)
        before = visit.get(service, f"{place}/papers/{segment(returned['paper'])}")
    except Refused as refusal:
        if refusal.status == 401:
            raise
        return Waiting(service, item, proposal, problem=refusal.problem)
    changes = changes_between(before.get("form") or {}, paper.get("form") or {})
    return Waiting(service, item, proposal, paper, changes=changes, returned=returned)


def _returned_before(
    visit: Visit, service: str, place: str, item: dict[str, Any], proposal: dict[str, Any]
) -> dict[str, Any] | None:
    """The last proposal of the same act on the item that was sent back."""
    known = item.get("proposals") or visit.get(service, place)["proposals"]
    earlier = [dict(p) for p in _of_the_act(known, proposal) if p["proposed_at"] <= proposal["proposed_at"]]
    return max(earlier, key=lambda p: str(p["proposed_at"]), default=None)


def _of_the_act(known: list[dict[str, Any]], proposal: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for other in known:
        if (
            other["act"] == proposal["act"]
            and other["status"] == "returned"
            and other["id"] != proposal["id"]
        ):
            yield other


ROUTES = (
    Route("GET", "/approvals", page(waiting), ("待我审批（阅览留痕）", "what waits for my approval; logged")),
    Route("POST", "/approvals", page(decide), ("逐件审批", "decide on several, each by itself")),
    Route("GET", f"{ITEM}/proposals/<proposal>", page(one), ("审批件（阅览留痕）", "a proposal; logged")),
)
