"""Whatever fits a service's OpenAPI document is answered below 500, in the shapes that it describes (schemathesis).

A few requests to each operation in `make test`; hundreds with `--hypothesis-profile=long` in `make faults`. That the
document lists every status is not asked: routes beside the acts do not say yet what the chassis refuses by itself.
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
)
from werkzeug.wrappers import Request

from services.chassis.auth import issue_token
from services.chassis.clock import real_now
from services.chassis.settings import SERVICES
from tests.clauses.intake_petitions import give_key, register
from tests.world import World

AS_DESCRIBED = (
    not_a_server_error, content_type_conformance, response_headers_conformance, response_schema_conformance,
)  # fmt: skip
ACCOUNTS = ("clerk1", "head1", "xf1", "xfhead", "jd1", "da1", "sys", "sec", "edu-clerk")
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
    long = settings().max_examples >= LONG_PROFILE
    tried = 0
    # The desk answers a browser with pages, refusals included, which its document does not describe.
    checks = (not_a_server_error,) if service == "desk" else AS_DESCRIBED
    for found in api.get_all_operations():
        operation: Any = found.ok()  # type: ignore[union-attr]  # an Err has none, and fails here
        try_operation(world, operation, EACH_LONG if long else EACH, checks)
        tried += 1
    assert tried == sum(not route.absolute for route in world.apis[service].routes) - len(["openapi.json"])


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
