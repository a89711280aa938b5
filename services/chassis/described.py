"""What follows from a service's declaration alone: its acts with their forms, its OpenAPI document. Made once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

from werkzeug.wrappers import Response

from services.chassis.http import Context, Handler, Route
from services.chassis.openapi import document, of_the_api
from services.chassis.runtime import Kind, ServiceDefinition


@dataclass(frozen=True)
class Description:
    """An answer as it is sent, and its digest as ETag."""

    body: bytes
    etag: str


def describe_acts(context: Context) -> Any:
    """Every act with its form: what the desk makes pages of."""
    return _sent(context, acts_of(context.runtime.definition))


def describing(service: ServiceDefinition, routes: Sequence[Route]) -> Handler:
    """A handler that answers with the OpenAPI document of the service; made when it is first asked for."""
    made = cache(lambda: _description(document(service.name, service.zh, service.en, of_the_api(routes))))

    def describe_api(context: Context) -> Any:
        """The OpenAPI document of this service."""
        return _sent(context, made())

    return describe_api


def _description(value: Any) -> Description:
    body = json.dumps(value, ensure_ascii=False).encode()
    return Description(body, sha256(body).hexdigest()[:32])


def _sent(context: Context, told: Description) -> Response:
    """Empty (304) to who has it already."""
    known = told.etag in context.request.if_none_match
    response = Response(status=304) if known else Response(told.body, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    response.set_etag(told.etag)
    return response


_acts: dict[ServiceDefinition, Description] = {}


def acts_of(service: ServiceDefinition) -> Description:
    """The acts that persons do, and the kinds of items with their states and columns."""
    if service not in _acts:
        for _ in describing_acts(service):
            pass
    return _acts[service]


def describing_acts(service: ServiceDefinition) -> Iterator[None]:
    """Makes `acts_of`, one act at a time: for who has something else to do in between."""
    if service in _acts:
        return
    described = []
    kinds = {kind.model.KIND: kind for kind in service.kinds}
    for act in service.acts:
        if act.by_system:
            continue
        kind = kinds[act.on.KIND]
        described.append(
            {
                "name": act.name,
                "zh": act.zh,
                "en": act.en,
                "kind": act.on.KIND,
                "kind_zh": act.on.ZH,
                "path": kind.path,
                "creates": act.creates,
                "clauses": list(act.clauses),
                "when": list(act.when),
                "becomes": act.becomes,
                "roles": sorted({role for rule in act.by for role in rule.roles}),
                "documents": [
                    {"kind": d.kind, "zh": d.zh, "clause": d.clause, "required": d.required}
                    for d in act.documents
                ],
                "approvals": [
                    {"zh": s.zh, "roles": list(s.by.roles), "clause": s.clause} for s in act.approvals
                ],
                "paper_zh": act.paper.ZH,
                "paper_en": act.paper.EN,
                "form": act.paper.model_json_schema(),
            }
        )
        yield
    told = [_described(kind) for kind in service.kinds]
    _acts[service] = _description({"service": service.name, "kinds": told, "acts": described})


def _described(kind: Kind) -> dict[str, Any]:
    """What a register of the kind can be filtered by, and which columns its lines have beside every item's own."""
    model = kind.model
    states = [{"code": code, "zh": zh, "en": en} for code, (zh, en) in model.STATES.items()]
    named = {"kind": model.KIND, "path": kind.path, "zh": model.ZH, "en": model.EN}
    return named | {"states": states, "columns": list(getattr(model, "SHOWN", ()))}
