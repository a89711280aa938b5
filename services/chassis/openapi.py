"""The OpenAPI 3.1 document of a service, made from its routes and the declarations of its acts.

Shapes of answers stand in `openapi.yaml`; the forms of papers, who may act, documents and clauses come from the
acts. The codes of an act are those that the chassis gives and those that its guards and effect name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import yaml
from pydantic.json_schema import models_json_schema

from contracts.refusals import RefusalCode
from services.chassis.access import By
from services.chassis.act import Act
from services.chassis.figures import Unit
from services.chassis.http import Route
from services.chassis.operations import administrator

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
SIGNED_IN = (RefusalCode.UNAUTHENTICATED, RefusalCode.TOKEN_EXPIRED)
EVERY_ACT = (
    *SIGNED_IN, RefusalCode.WRONG_ROLE, RefusalCode.UNKNOWN_REFERENCE, RefusalCode.MALFORMED,
    RefusalCode.UNSUPPORTED_MEDIA, RefusalCode.TOO_LARGE, RefusalCode.IDEMPOTENCY_KEY_REQUIRED,
    RefusalCode.IDEMPOTENCY_KEY_REUSED, RefusalCode.UNKNOWN_FIELD, RefusalCode.MISSING_FIELD,
    RefusalCode.INVALID_FIELD, RefusalCode.OUT_OF_RANGE, RefusalCode.NOT_FOUND_ROUTE, RefusalCode.UNAVAILABLE,
)  # fmt: skip
EVERY_READING = (RefusalCode.UNAVAILABLE,)
EVERY_ITEM = (RefusalCode.UNKNOWN_REFERENCE, RefusalCode.NOT_FOUND_ROUTE)
"""NOT_FOUND_ROUTE: an id with a NUL in it, which no database takes."""
KEYED = (RefusalCode.IDEMPOTENCY_KEY_REQUIRED, RefusalCode.IDEMPOTENCY_KEY_REUSED)
EVERY_BODY = (RefusalCode.MALFORMED, RefusalCode.UNSUPPORTED_MEDIA, RefusalCode.TOO_LARGE)
EVERY_UPLOAD = (*EVERY_BODY, RefusalCode.MISSING_DOCUMENT, RefusalCode.BROKEN_FILE, RefusalCode.INFECTED_FILE)
SEEN = (RefusalCode.VERSION_REQUIRED, RefusalCode.STALE_VERSION)
DECIDING = (
    *SIGNED_IN, *SEEN[1:], RefusalCode.UNKNOWN_REFERENCE, RefusalCode.MALFORMED, RefusalCode.UNSUPPORTED_MEDIA,
    RefusalCode.UNKNOWN_FIELD, RefusalCode.INVALID_FIELD, RefusalCode.IDEMPOTENCY_KEY_REQUIRED,
    RefusalCode.IDEMPOTENCY_KEY_REUSED, RefusalCode.WRONG_STATE, RefusalCode.WRONG_APPROVER,
    RefusalCode.SELF_APPROVAL, RefusalCode.MISSING_REASON, RefusalCode.DIRECTORY_STALE, RefusalCode.TOO_LARGE,
    RefusalCode.NOT_FOUND_ROUTE, RefusalCode.UNAVAILABLE, RefusalCode.CONFLICT_OF_INTEREST, RefusalCode.WRONG_ROLE,
)  # fmt: skip


OWN_WORDS = ("clause", "reason", "only_if", "needed_if")


def document(service: str, zh: str, en: str, routes: Iterable[Route]) -> dict[str, Any]:
    """The whole document, in an order that depends on the declarations alone. `routes`: those of its API."""
    listed = list(routes)
    components = _shapes()
    forms, definitions = _forms([route.act for route in listed if route.act is not None])
    components["schemas"] |= definitions
    paths: dict[str, dict[str, Any]] = {}
    times = Counter(route.name for route in listed if route.act is not None)
    for route in listed:
        path = f"/{service}" + PARAMETER.sub(r"{\1}", route.path)
        named = {"operationId": _operation_id(route, alone=times[route.name] == 1)}
        paths.setdefault(path, {})[route.method.lower()] = named | _operation(service, route, forms)
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {"title": f"登闻 Dengwen · {zh} {en}", "version": "1", "summary": f"{zh}（{en}）"},
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "paths": dict(sorted(paths.items())),
        "components": components,
        "x-refusals": {
            code.value: {"status": code.status, "zh": code.zh, "en": code.en} for code in RefusalCode
        },
    }


def of_the_api(routes: Iterable[Route]) -> list[Route]:
    """The routes that are described: pages are for browsers."""
    return [route for route in routes if not (route.absolute or route.page)]


def _shapes() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
    loaded["schemas"]["FigureDefinition"]["properties"]["unit"]["enum"] = [unit.value for unit in Unit]
    return loaded


def _forms(acts: Sequence[Act[Any, Any]]) -> tuple[Mapping[str, Any], dict[str, Any]]:
    """References to the forms by the paper's name, and the schemas that they point to."""
    papers = list(dict.fromkeys(act.paper for act in acts))
    if not papers:
        return {}, {}
    found, top = models_json_schema(
        [(paper, "validation") for paper in papers], ref_template="#/components/schemas/{model}"
    )
    definitions = {name: _without_own_words(schema) for name, schema in top["$defs"].items()}
    return {paper.__name__: found[paper, "validation"] for paper in papers}, definitions


def _without_own_words(schema: Any) -> Any:
    """A form's schema without the keys that only Dengwen reads (`OWN_WORDS`)."""
    if isinstance(schema, dict):
        return {
            name: {field: _without_own_words(shape) for field, shape in value.items()}
            if name in ("properties", "$defs")
            else _without_own_words(value)
            for name, value in schema.items()
            if name not in OWN_WORDS
        }
    return [_without_own_words(value) for value in schema] if isinstance(schema, list) else schema


def _operation(service: str, route: Route, forms: Mapping[str, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "tags": [service],
        "summary": " / ".join(route.summary),
    }
    if words := _description(route):
        operation["description"] = words
    if route.clauses:
        operation["x-clauses"] = list(route.clauses)
    if not route.signed_in:
        operation["security"] = []
    if parameters := _parameters(route):
        operation["parameters"] = parameters
    if body := _body(route, forms):
        operation["requestBody"] = body
    operation["responses"] = _answers(route) | _refusals(_codes(route))
    return operation


def _operation_id(route: Route, *, alone: bool) -> str:
    """An act's name; with its kind where acts on several kinds have that name."""
    if route.act is not None:
        return route.name if alone else f"{route.name}_of_{route.act.on.KIND}"
    words = re.findall(r"\w+", PARAMETER.sub(r"of_\1", route.path))
    return "_".join([route.method.lower(), *words])


def _description(route: Route) -> str:
    act = route.act
    if act is None:
        return ""
    roles = sorted({role for rule in act.by for role in rule.roles or (_relation(rule),)})
    lines = [f"条款 clauses: {', '.join(act.clauses)}."]
    lines += [f"岗位 posts: {', '.join(roles)}."] if roles else []
    lines += [f"状态 from: {', '.join(act.when)}."] if act.when else []
    lines += [f"转为 becomes: {act.becomes}."] if act.becomes else []
    lines += [
        f"审批 approval ({step.clause}): {step.zh} – {', '.join(step.by.roles)}." for step in act.approvals
    ]
    lines += [
        f"{'必附' if document.required else '可附'} {document.kind}: {document.zh} ({document.clause})."
        for document in act.documents
    ]
    lines += [f"时限 opens: {opens.clause}." for opens in act.opens]
    return "\n".join(lines)


def _relation(rule: By) -> str:
    """Whoever stands so to the item, whatever their post: its handler, its registrar."""
    return "+".join(f"({relation.column.removesuffix('_id')})" for relation in rule.relations) or "(anyone)"


def _parameters(route: Route) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in PARAMETER.findall(route.path)
    ]
    found += [{"$ref": f"#/components/parameters/{name}"} for name in route.query]
    if route.keyed:
        found.append({"$ref": "#/components/parameters/IdempotencyKey"})
    if route.act is not None and not route.act.creates:
        found.append({"$ref": "#/components/parameters/IfMatch"})
    return found


def _body(route: Route, forms: Mapping[str, Any]) -> dict[str, Any] | None:
    if route.act is not None:
        schema, example = _act_body(route.act, forms[route.act.paper.__name__])
        content = {"application/json": {"schema": schema, "example": example}}
    elif route.takes.isidentifier():
        content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{route.takes}"}}}
    elif route.takes:
        content = {route.takes: {"schema": {}}}
    else:
        return None
    return {"required": True, "content": content}


def _act_body(act: Act[Any, Any], form: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    required = [document.kind for document in act.documents if document.required]
    schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "paper": form,
            "attachments": {
                "type": "array",
                "maxItems": 50,
                "items": {"$ref": "#/components/schemas/AttachmentReference"},
            },
        },
    }
    attached = [{"kind": kind, "id": "0" * 32} for kind in required]
    return schema, {"paper": example_of(act.paper.model_json_schema()), "attachments": attached}


def _answers(route: Route) -> dict[str, Any]:
    if not route.gives:
        return {"204": {"description": route.summary[1]}}
    created = (route.act is not None and route.act.creates) or route.takes == "application/octet-stream"
    if route.gives == "application/json":
        schema = {"$ref": f"#/components/schemas/{route.answer}"} if route.answer else {}
        content = {"application/json": {"schema": schema}}
    else:
        content = {route.gives: {"schema": {}}}
    answers = {"201" if created else "200": {"description": route.summary[1], "content": content}}
    if created and route.act is not None:
        answers["200"] = {"description": "Done before under this key: the same answer.", "content": content}
    return answers


def _codes(route: Route) -> list[RefusalCode]:
    act = route.act
    if act is not None:
        codes = [*EVERY_ACT, *(() if act.creates else SEEN), *act.otherwise.values()]
        codes += [RefusalCode.WRONG_STATE] if act.when else []
        codes += [RefusalCode.MISSING_DOCUMENT] if any(d.required for d in act.documents) else []
        codes += [RefusalCode.DUPLICATE] if act.approvals and not act.creates else []
        for function in (*act.needs, *act.guards, act.effect, act.new):
            codes += codes_named_in(function)
        return codes
    if route.takes == "Decision":
        return list(DECIDING)
    codes = [*SIGNED_IN, *EVERY_READING] if route.signed_in else []
    codes += EVERY_ITEM if "<" in route.path else []
    codes += (
        [RefusalCode.DIRECTORY_STALE] if "/<paper>" in route.path or "/<attachment>" in route.path else []
    )
    codes += () if route.method != "POST" else EVERY_UPLOAD if "octet-stream" in route.takes else EVERY_BODY
    codes += KEYED if route.keyed else ()
    codes += [RefusalCode.INVALID_FIELD, RefusalCode.OUT_OF_RANGE] if route.query else []
    return codes + codes_named_in(route.handler)


def _refusals(codes: Iterable[RefusalCode]) -> dict[str, Any]:
    by_status: dict[int, set[RefusalCode]] = {}
    for code in codes:
        by_status.setdefault(code.status, set()).add(code)
    return {str(status): _problem(sorted(found)) for status, found in sorted(by_status.items())}


def _problem(codes: Sequence[RefusalCode]) -> dict[str, Any]:
    schema = {
        "allOf": [
            {"$ref": "#/components/schemas/Problem"},
            {"properties": {"code": {"enum": [code.value for code in codes]}}},
        ]
    }
    words = ", ".join(code.value for code in codes)
    return {"description": words, "content": {"application/problem+json": {"schema": schema}}}


OURS = ("services.", "contracts.refusals")


def codes_named_in(function: Callable[..., Any] | None) -> list[RefusalCode]:
    """The refusal codes that a function names, itself or in the product's functions that it calls by name."""
    found: dict[RefusalCode, None] = {}
    waiting, seen = [function], set[CodeType]()
    while waiting:
        current = waiting.pop()
        current = getattr(current, "func", current)  # a partial
        if not isinstance(current, FunctionType) or current.__code__ in seen:
            continue
        seen.add(current.__code__)
        for name in _names(current.__code__):
            if name in RefusalCode.__members__:
                found[RefusalCode[name]] = None
            called = current.__globals__.get(name)
            if str(getattr(called, "__module__", "")).startswith(OURS) and _is_told(called, current):
                waiting.append(called)
        waiting += [cell.cell_contents for cell in current.__closure__ or ()]
    return list(found)


def _is_told(function: Any, by: FunctionType) -> bool:
    """The chassis's functions are left out, but by their own module: what they refuse is said once for all acts.

    `administrator` is asked by single routes, of the desk too.
    """
    module = str(function.__module__)
    return not module.startswith("services.chassis.") or module == by.__module__ or function is administrator


def _names(code: CodeType) -> Iterable[str]:
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant)


_BY_NAME = {
    "department_id": "xfj", "unit_id": "edu", "office_id": "pz1", "outcome_code": "handled", "level": "section",
    "reason_code": "incomplete", "_no": "2026-0007",
}  # fmt: skip
_SAMPLES = (
    "p-edu-sec", "handled", "pz1", "LZ-12.1", "2026-0001", "0" * 32, "0" * 64, "某科级干部违规收受礼金",
    "$argon2id$v=19$m=65536,t=2,p=1$" + "A" * 22 + "$" + "A" * 43, "2026-Q1",
)  # fmt: skip


def example_of(schema: Mapping[str, Any], top: Mapping[str, Any] | None = None, name: str = "") -> Any:
    """A value that fits a form's schema: what a client may start from. `name`: the field's."""
    top = top or schema
    if "$ref" in schema:
        return example_of(top["$defs"][schema["$ref"].rpartition("/")[2]], top, name)
    if schema.get("examples"):
        return schema["examples"][0]
    for choice in ("enum", "anyOf", "oneOf", "allOf"):
        if choice in schema:
            return schema["enum"][0] if choice == "enum" else example_of(schema[choice][0], top, name)
    if "const" in schema:
        return schema["const"]
    return _example_of_type(schema, top, name)


def _example_of_type(schema: Mapping[str, Any], top: Mapping[str, Any], name: str) -> Any:
    kind = schema.get("type")
    if kind == "object":
        needed = schema.get("required", ())
        return {n: example_of(s, top, n) for n, s in schema.get("properties", {}).items() if n in needed}
    if kind == "array":
        return (
            [example_of(schema["items"], top, name)] * max(1, schema.get("minItems", 0))
            if "items" in schema
            else []
        )
    if kind in ("integer", "number"):
        return max(1, schema.get("minimum", 1), schema.get("exclusiveMinimum", 0) + 1)
    if kind == "boolean":
        return True
    if kind == "null":
        return None
    return _example_text(schema, name)


def _example_text(schema: Mapping[str, Any], name: str) -> str:
    fixed = {"date": "2026-03-02", "date-time": "2026-03-02T09:00:00+08:00", "time": "09:00:00"}
    if schema.get("format") in fixed:
        return fixed[schema["format"]]
    pattern = schema.get("pattern")
    if pattern is None:
        return "某科级干部违规收受礼金"[: schema.get("maxLength", 99)]
    fitting = [sample for ending, sample in _BY_NAME.items() if name.endswith(ending)]
    return next((sample for sample in (*fitting, *_SAMPLES) if re.search(pattern, sample)), "")
