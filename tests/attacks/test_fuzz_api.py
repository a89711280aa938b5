"""Whatever fits a service's OpenAPI document is answered below 500, in the shapes that it describes (schemathesis).

A few requests to each operation in `make test`; hundreds with `--hypothesis-profile=long` in `make faults`. The desk's
pages answer a browser and are described nowhere; for this test they are.
"""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from werkzeug.wrappers import Request, Response

from services.chassis.auth import issue_token
from services.chassis.clock import real_now
from services.chassis.http import json_response
from services.chassis.openapi import document, of_the_api
from services.chassis.settings import SERVICES
from tests.clauses.intake_petitions import give_key, register
from tests.world import World

AS_DESCRIBED = (
    not_a_server_error, content_type_conformance, response_headers_conformance, response_schema_conformance,
    status_code_conformance,
)  # fmt: skip
ACCOUNTS = ("clerk1", "head1", "xf1", "xfhead", "jd1", "da1", "sys", "sec", "edu-clerk", "xc1", "xz1", "zu1")
LONG_PROFILE = 2_000
EACH, EACH_LONG = 1, 200


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    world = World(tmp_path_factory.mktemp("fuzzed"))
    give_key(world)
    register(world)
    world.pump()
    return world


def token(world: World, account: str) -> str:
    desk = world.desk_keys
    return issue_token(desk.signing, desk.key_id, world.as_(account).claims, real_now())


@pytest.mark.parametrize("service", SERVICES)
def test_every_operation_answers_as_its_document_says(world: World, service: str) -> None:
    api = schemathesis.openapi.from_wsgi(
        f"/{service}/openapi.json", Request.application(world.apis[service].answer)
    )
    tried = try_all(world, api, AS_DESCRIBED)
    assert tried == len(of_the_api(world.apis[service].routes)) - len(["openapi.json"])


def test_no_page_of_the_desk_fails_whatever_it_is_asked(world: World) -> None:
    pages = [route for route in world.apis["desk"].routes if route.page and not route.absolute]

    def answer(request: Request) -> Response:
        described = request.path == "/pages.json"
        return (
            json_response(document("desk", "", "", pages))
            if described
            else world.apis["desk"].answer(request)
        )

    api = schemathesis.openapi.from_wsgi("/pages.json", Request.application(answer))
    assert try_all(world, api, (not_a_server_error,)) == len(pages) > 25


def try_all(world: World, api: Any, checks: tuple[Any, ...]) -> int:
    """Try each operation of a document; gives how many there are."""
    long = settings().max_examples >= LONG_PROFILE
    operations = [found.ok() for found in api.get_all_operations()]  # an Err has none, and fails here
    for operation in operations:
        try_operation(world, operation, EACH_LONG if long else EACH, checks)
    return len(operations)


def try_operation(world: World, operation: Any, examples: int, checks: tuple[Any, ...]) -> None:
    @settings(
        max_examples=examples, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(), account=st.sampled_from(ACCOUNTS))
    def attempt(case: Any, account: str) -> None:
        headers = {"Authorization": f"Bearer {token(world, account)}"}
        case.call_and_validate(headers=headers, checks=checks)

    attempt()
