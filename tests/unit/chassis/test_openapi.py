"""The OpenAPI documents: whole, true to the declarations, and as stored."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from contracts.refusals import RefusalCode
from dengwen.definitions import definitions
from dengwen.openapi import STORED, stored_form
from services.chassis.openapi import codes_named_in, example_of
from services.chassis.runtime import ServiceDefinition
from tests.clauses.intake_petitions import BASE, STEPS, bring, letter, register
from tests.world import World

SERVICES = {service.name: service for service in definitions()}
METHODS = {"get", "post", "put", "delete", "patch"}
URI = "urn:dengwen:openapi"


@pytest.fixture(params=sorted(SERVICES))
def service(request: pytest.FixtureRequest) -> ServiceDefinition:
    return SERVICES[request.param]


@pytest.fixture
def api(service: ServiceDefinition) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(stored_form(service))
    return found


def operations(api: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in api["paths"].items():
        for method, operation in item.items():
            assert method in METHODS, (path, method)
            yield path, method, operation


def everything(value: Any) -> Iterator[Any]:
    yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from everything(inner)


def validator(api: dict[str, Any], schema: dict[str, Any]) -> Draft202012Validator:
    """A validator of a schema that points into the document."""
    whole = Resource.from_contents(api, default_specification=DRAFT202012)
    absolute = json.loads(json.dumps(schema).replace('"#/', f'"{URI}#/'))
    return Draft202012Validator(absolute, registry=Registry().with_resource(URI, whole))


def test_the_stored_copy_is_up_to_date(service: ServiceDefinition) -> None:
    stored = STORED / f"{service.name}.json"
    found = stored.read_bytes() if stored.exists() else b""
    assert found == stored_form(service), "run: python -m dengwen.openapi"


def test_a_document_has_what_openapi_asks_for(api: dict[str, Any]) -> None:
    assert api["openapi"] == "3.1.0"
    assert {"title", "version"} <= set(api["info"])
    assert api["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    ids = [operation["operationId"] for _, _, operation in operations(api)]
    assert len(ids) == len(set(ids))
    for path, _, operation in operations(api):
        assert operation["responses"], path
        assert all(status.isdigit() and len(status) == 3 for status in operation["responses"])
        declared = [p["name"] for p in operation.get("parameters", ()) if p.get("in") == "path"]
        assert all(f"{{{name}}}" in path for name in declared)
        assert path.count("{") == len(declared), path


def test_every_reference_leads_somewhere(api: dict[str, Any]) -> None:
    references = [
        v["$ref"] for v in everything(api) if isinstance(v, dict) and isinstance(v.get("$ref"), str)
    ]
    assert references
    for reference in references:
        place: Any = api
        for part in reference.removeprefix("#/").split("/"):
            place = place[part]


def test_every_schema_is_one(api: dict[str, Any]) -> None:
    for schema in api["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    for _, _, operation in operations(api):
        for media in everything(operation):
            if isinstance(media, dict) and "schema" in media:
                Draft202012Validator.check_schema(media["schema"])


def test_every_example_of_a_request_fits_its_schema(api: dict[str, Any]) -> None:
    for path, _, operation in operations(api):
        for media in operation.get("requestBody", {}).get("content", {}).values():
            if "example" in media:
                errors = [e.message for e in validator(api, media["schema"]).iter_errors(media["example"])]
                assert not errors, (path, errors)


def test_every_example_of_a_paper_is_taken_by_its_form(service: ServiceDefinition) -> None:
    for act in service.acts:
        example = example_of(act.paper.model_json_schema())
        act.paper.model_validate_json(json.dumps(example), strict=True)


def test_every_act_is_there_with_its_clauses_key_and_version(
    service: ServiceDefinition, api: dict[str, Any]
) -> None:
    by_id = {operation["operationId"]: operation for _, _, operation in operations(api)}
    for act in service.acts:
        if act.by_system:
            continue
        found = by_id.get(act.name) or by_id[f"{act.name}_of_{act.on.KIND}"]
        names = [p.get("$ref", "").rpartition("/")[2] for p in found["parameters"]]
        assert found.get("x-clauses", []) == list(act.clauses)
        assert "IdempotencyKey" in names
        assert ("IfMatch" in names) is not act.creates


@pytest.fixture(scope="module")
def intake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    world = World(tmp_path_factory.mktemp("openapi"), services=("intake",))
    yield world
    world.close()


def test_a_service_serves_its_document_to_everybody(intake: World) -> None:
    answer = intake.as_("clerk1").send("GET", "/intake/openapi.json", headers={"Authorization": ""})
    assert answer.status == 200
    assert answer.body == json.loads((STORED / "intake.json").read_bytes())


def test_answers_and_refusals_are_as_described(intake: World) -> None:
    api = json.loads(stored_form(SERVICES["intake"]))
    petition = bring(intake, "recorded")
    clerk, xf = intake.as_("clerk1"), intake.as_("xf1")
    paper = clerk.get(f"{BASE}/{petition}").body["papers"][0]["id"]
    proposal = clerk.act(f"{BASE}/{petition}/propose_transfer_out", STEPS["transfer_approved"][2])
    new, forward = f"{BASE}/register_petition", f"{BASE}/{{id}}/forward_petition"
    other = register(intake, letter(summary="另一封信，说的是另一件事"))["id"]
    for path, method, answer in (
        (BASE, "get", clerk.get(BASE)),
        (f"{BASE}/{{id}}", "get", clerk.get(f"{BASE}/{petition}")),
        (f"{BASE}/{{id}}/papers/{{paper}}", "get", clerk.get(f"{BASE}/{petition}/papers/{paper}")),
        ("/intake/worklist", "get", xf.get("/intake/worklist")),
        ("/intake/acts", "get", xf.get("/intake/acts")),
        (new, "post", clerk.act(new, letter())),
        (new, "post", clerk.act(new, {})),
        (new, "post", xf.act(new, letter())),
        (f"{BASE}/{{id}}/propose_transfer_out", "post", proposal),
        (forward, "post", clerk.act(f"{BASE}/{petition}/forward_petition")),
        (forward, "post", clerk.act(f"{BASE}/{other}/forward_petition", version=9)),
        (forward, "post", clerk.act(f"{BASE}/{other}/forward_petition", {"recipient_role": "x"})),
        (forward, "post", clerk.act(f"{BASE}/nothing/forward_petition", version=1)),
        (f"{BASE}/{{id}}", "get", clerk.get(f"{BASE}/nothing")),
        (BASE, "get", clerk.get(BASE, limit="0")),
    ):
        described = api["paths"][path][method]["responses"][str(answer.status)]["content"]
        media = described[answer.headers["Content-Type"].partition(";")[0]]
        errors = [e.message for e in validator(api, media["schema"]).iter_errors(answer.body)]
        assert not errors, (path, answer.status, answer.code, errors)


def test_the_codes_of_guards_are_found_in_them_and_in_what_they_call() -> None:
    from services.intake.acts.register import REGISTER_PETITION, note_parties
    from services.intake.acts.route import to_petition_office_only

    assert codes_named_in(to_petition_office_only) == [RefusalCode.WRONG_ROUTE]
    assert RefusalCode.WRONG_ADDRESSEE in codes_named_in(note_parties), "three calls below"
    assert codes_named_in(None) == []
    assert REGISTER_PETITION.effect is note_parties


def test_the_stored_copies_are_those_of_the_services() -> None:
    assert {file.stem for file in Path(STORED).glob("*.json")} == set(SERVICES)
