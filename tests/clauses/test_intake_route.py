"""The ordinary route of a petition: register, class, forward, judge."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path, services=("intake",))


def letter(**changes: object) -> dict[str, object]:
    return {
        "received_on": "2026-03-02",
        "channel": "letter",
        "unit_id": "edu",
        "subject_ids": ["p-edu-sec"],
        "summary": "反映某科级干部违规问题",
        "class_code": "supervision_object",
    } | changes


@proves("LZ-12.1", check=3)
def test_an_ordinary_petition_goes_to_the_petition_office_and_nowhere_else(world: World) -> None:
    clerk = world.as_("clerk1")
    petition = clerk.act("/intake/petitions/register_petition", letter()).body
    wrong = clerk.act(
        f"/intake/petitions/{petition['id']}/forward_petition", {"recipient_role": "case_review_office"}
    )
    assert (wrong.status, wrong.code, wrong.body["clauses"]) == (409, "WRONG_ROUTE", ["LZ-12.1"])
    right = clerk.act(f"/intake/petitions/{petition['id']}/forward_petition")
    assert right.status == 200 and right.body["state"] == "forwarded"


@proves("LZ-12.2", check=1)
def test_an_unclassed_petition_goes_nowhere(world: World) -> None:
    clerk = world.as_("clerk1")
    petition = clerk.act("/intake/petitions/register_petition", letter(class_code=None)).body
    refused = clerk.act(f"/intake/petitions/{petition['id']}/forward_petition")
    assert (refused.code, refused.body["field"]) == ("MISSING_FIELD", "class_code")
    assert "LZ-12.2" in refused.body["clauses"]


@proves("LZ-12.8", check=2)
def test_only_the_petition_office_judges(world: World) -> None:
    clerk = world.as_("clerk1")
    petition = clerk.act("/intake/petitions/register_petition", letter()).body
    clerk.act(f"/intake/petitions/{petition['id']}/forward_petition")
    opinion = {"in_scope": True, "level": "office", "opinion": "属监督范围"}
    assert clerk.act(f"/intake/petitions/{petition['id']}/judge_petition", opinion).code == "WRONG_ROLE"
    assert (
        world.as_("xf1").act(f"/intake/petitions/{petition['id']}/judge_petition", opinion).body["state"]
        == "judged"
    )
