"""Every route of every service has an expectation written down here: a new one without fails these tests."""

from __future__ import annotations

import itertools
import re

import pytest

from services.chassis.http import Route
from services.chassis.settings import SERVICES
from tests.attacks import (
    inspection_five,
    inspection_joint,
    inspection_office_rules,
    inspection_offices,
    inspection_risks,
    inspection_rounds,
    inspection_supervision,
    inspection_talks,
    inspection_unit_checks,
)
from tests.attacks.trying import ACCOUNTS
from tests.world import World

OPEN = {"/health", "/ready", "/metrics", "/acts", "/openapi.json"}
"""Answered to everybody in each service: states, counts and forms, nothing of any item."""
OPEN_AT_THE_DESK = {
    "/session",
    "/session/refresh",
    "/password",
    "/second_factor",
    "/second_factor/confirm",
    "/sign-in",
    "/sign-in/code",
    "/enrol",
    "/change-password",
    "/static/<file>",
    "/single-sign-on",
    "/single-sign-on/return",
}
"""Where one signs in with a password and a code, enrols or changes them with the old ones; and the style."""
OPEN_AT_INTAKE = {"/receipts"}
"""Where an online petitioner follows a petition by its receipt code; codes that are none are answered alike."""
LED_AWAY = (302, 303)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(tmp_path_factory.mktemp("routes"))


def path_of(service: str, route: Route) -> str:
    """The route's path with something in every place."""
    path = route.path if route.absolute else f"/{service}{route.path}"
    return re.sub(r"<[^>]+>", "x", path)


def nobody(world: World, service: str, route: Route) -> int:
    """The status of the answer to somebody without a token, whatever is wrong with the rest."""
    client, path = world.as_("clerk1"), path_of(service, route)
    if not path.startswith(f"/{service}"):
        return 401  # pages of the desk outside its prefix have tests of their own
    asked = {"Authorization": "", "If-Match": "none", "Idempotency-Key": "no key"}
    return client.send(route.method, path, raw=b"\xff no form", headers=asked).status


@pytest.mark.parametrize("service", SERVICES)
def test_nobody_gets_anything_without_a_token_but_from_the_open_routes(world: World, service: str) -> None:
    open_here = OPEN | {"desk": OPEN_AT_THE_DESK, "intake": OPEN_AT_INTAKE}.get(service, set())
    unexpected = [
        (route.method, route.path, status)
        for route in world.apis[service].routes
        if route.path not in open_here
        and (status := nobody(world, service, route)) != 401
        and not (service == "desk" and status in LED_AWAY)  # its pages lead to the sign-in
    ]
    assert unexpected == []


OFFICE_STAFF = {"clerk1", "clerk2", "clerk3", "deputy1", "head1", "head2"}
CREATORS = (
    {
        "/intake/petitions/register_petition": OFFICE_STAFF,
        "/intake/petitions/receive_at_unit": {"edu-clerk"},
        "/intake/petitions/register_referred": {"xf1", "xf2", "xfhead"},
        "/intake/unit_reports/report_received": {"edu-clerk"},
        "/intake/analyses/publish_analysis": {"deputy1", "head1", "head2"},
        "/clues/clues/register_clue": OFFICE_STAFF,
        "/clues/published-figures/publish_figure": {"head1", "head2", "jd1", "ags1", "leader"},
        "/clues/shared-entries/open_shared_entry": OFFICE_STAFF | {"edu-clerk", "edu-head", "hou-head"},
        "/clues/spot-checks/open_spot_check": {"head1", "head2"},
        "/clues/measures-ledgers/open_measures_ledger": {"head1", "head2"},
        "/clues/measures-rules/file_measures_rule": {"head1", "head2"},
        "/clues/ledger-reconciliations/open_reconciliation": {"head1", "head2"},
        "/clues/clue-inspections/open_inspection": {"jd1"},
        "/clues/suggestions/register_problem": OFFICE_STAFF,
        "/clues/accountability/register_accountability": OFFICE_STAFF | {"leader"},
        "/clues/accountability/give_accountability_opinion": {"jd1"},
        "/clues/office-accountability/open_office_file": {"leader"},
        "/clues/office-accountability/mark_systemic": {"leader"},
        "/clues/handling-proposals/draft_handling_proposal": OFFICE_STAFF,
        "/clues/enforcement-cases/register_enforcement_case": OFFICE_STAFF,
        "/clues/enforcement-cases/tell_of_enforcement_case": {"edu-clerk", "edu-head", "hou-head"},
        "/clues/unit-org-checks/record_unit_org_check": OFFICE_STAFF,
        "/clues/unit-org-opinions/ask_unit_org_opinion": set(),  # nobody's of the example authority
        "/clues/clues/hand_over_clue": {"edu-clerk", "edu-head", "hou-head"},
        "/inspection/handovers/hand_over_clue": {"xc1", "xcd"},
        "/inspection/clue-transfers/transfer_clue": {"xc1", "xcd"},
        "/notifications/offices/register_office": {"sys"},
        "/notifications/coverage/set_coverage": {"sys"},
        "/archive/roster/register_person": {"da1", "sys"},
        "/archive/assignments/assign_post": {"sys"},
        "/archive/interpretations/publish_value": {"da1"},
        "/archive/integrity-opinions/request_opinion": {"edu-clerk", "edu-head", "hou-head"},
        "/desk/accounts/open_account": {"sys"},
        "/desk/time_advances/advance_time": {"sys"},
        "/desk/epoch_openings/open_epoch": {"sys"},
    }
    | inspection_rounds.CREATORS
    | inspection_supervision.CREATORS
    | inspection_risks.CREATORS
    | inspection_joint.CREATORS
    | inspection_five.CREATORS
    | inspection_office_rules.CREATORS
    | inspection_offices.CREATORS
    | inspection_talks.CREATORS
    | inspection_unit_checks.CREATORS
)
"""Who may open an item at all. Acts on items have their expectations in `test_everybody_tries_everything.py`."""


def creating_paths(world: World) -> list[str]:
    return [
        path_of(service, route)
        for service, api in world.apis.items()
        for route in api.routes
        if route.act is not None and route.act.creates
    ]


def test_an_item_is_opened_by_the_posts_written_down_here_and_every_opening_act_is_written_down(
    world: World,
) -> None:
    assert sorted(creating_paths(world)) == sorted(CREATORS)
    for path, account in itertools.product(CREATORS, ACCOUNTS):
        code = world.as_(account).send("POST", path, body={"paper": {}, "attachments": []}).code
        assert (code == "WRONG_ROLE") is (account not in CREATORS[path]), (path, account, code)
