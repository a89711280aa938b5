"""An out-of-scope petition: transferred with the head's approval to the competent department (LZ-12.12, LZ-12.13)."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.chassis import tables
from tests.clause_proof import proves
from tests.clauses.intake_petitions import BASE, STEPS, audit, bring, nothing_changes, show, step
from tests.world import World

PROPOSAL = STEPS["transfer_approved"][2]
LETTER = STEPS["transferred_out"][2]


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path, services=("intake",))


def propose(world: World, petition: str, account: str = "clerk1", **changes: object) -> None:
    answer = world.as_(account).act(f"{BASE}/{petition}/propose_transfer_out", PROPOSAL | changes)
    assert answer.status == 200, answer.body
    assert answer.body["proposal"]["status"] == "pending"


@proves("LZ-12.12", check=1)
@pytest.mark.parametrize("proposed", [False, True], ids=["nothing proposed", "proposed and not decided"])
def test_without_the_heads_approval_nothing_is_transferred(world: World, proposed: bool) -> None:  # noqa: FBT001
    petition = bring(world, "recorded")
    if proposed:
        propose(world, petition)
    with nothing_changes(world):
        refused = step(world, petition, "transferred_out")
    assert (refused.status, refused.code) == (409, "APPROVAL_REQUIRED")
    assert "LZ-12.12" in refused.body["clauses"]


@proves("LZ-12.12", check=1)
def test_the_approval_is_for_one_department_and_no_other(world: World) -> None:
    petition = bring(world, "transfer_approved")
    with nothing_changes(world):
        refused = step(world, petition, "transferred_out", department_id="hou")
    assert (refused.code, refused.body["field"]) == ("APPROVAL_REQUIRED", "department_id")
    assert refused.body["clauses"] == ["LZ-12.12"]


@proves("LZ-12.12", check=1)
def test_what_the_head_sent_back_is_not_approved(world: World) -> None:
    petition = bring(world, "recorded")
    propose(world, petition)
    head = world.as_("head1")
    with nothing_changes(world):
        silent = head.decide("intake", "petitions", petition, approve=False)
    assert (silent.code, silent.body["field"]) == ("MISSING_REASON", "reason")
    assert head.decide("intake", "petitions", petition, approve=False, reason="请补充材料").status == 200
    assert step(world, petition, "transferred_out").code == "APPROVAL_REQUIRED"
    assert show(world, petition)["state"] == "recorded"
    propose(world, petition)
    assert head.decide("intake", "petitions", petition).body["state"] == "transfer_approved"


@proves("LZ-12.12", check=2)
def test_nobody_but_the_head_approves(world: World) -> None:
    petition = bring(world, "recorded")
    propose(world, petition)
    for account in ("deputy1", "xf1", "clerk1"):
        with nothing_changes(world):
            refused = world.as_(account).decide("intake", "petitions", petition)
        assert (refused.status, refused.code, refused.body["clauses"]) == (
            403,
            "WRONG_APPROVER",
            ["LZ-12.12"],
        )
    assert show(world, petition)["state"] == "recorded"


def test_another_offices_head_does_not_even_know_of_it(world: World) -> None:
    petition = bring(world, "recorded")
    propose(world, petition)
    refused = world.as_("head2").decide("intake", "petitions", petition)
    assert (refused.status, refused.code) == (404, "UNKNOWN_REFERENCE")
    assert audit(world, petition)[-1] == ("decide", "refused", "ACCESS_DENIED", "p-head2")


def test_the_head_as_sole_approver_may_approve_an_own_proposal_and_it_is_noted(world: World) -> None:
    petition = bring(world, "recorded")
    propose(world, petition, "head1")
    answer = world.as_("head1").decide("intake", "petitions", petition)
    assert (answer.status, answer.body["state"], answer.body["self_initiated"]) == (
        200,
        "transfer_approved",
        True,
    )


def test_an_approval_is_given_to_the_content_that_was_seen(world: World) -> None:
    petition = bring(world, "recorded")
    propose(world, petition)
    with nothing_changes(world):
        refused = world.as_("head1").decide("intake", "petitions", petition, digest="0" * 64)
    assert (refused.status, refused.code, refused.body["field"]) == (412, "STALE_VERSION", "digest")


def test_a_second_proposal_waits_for_the_first(world: World) -> None:
    petition = bring(world, "recorded")
    propose(world, petition)
    with nothing_changes(world):
        refused = world.as_("clerk1").act(f"{BASE}/{petition}/propose_transfer_out", PROPOSAL)
    assert (refused.status, refused.code) == (409, "DUPLICATE")


def test_only_what_was_judged_out_of_scope_is_transferred(world: World) -> None:
    petition = bring(world, "recorded", in_scope=True)
    with nothing_changes(world):
        refused = world.as_("clerk1").act(f"{BASE}/{petition}/propose_transfer_out", PROPOSAL)
    assert (refused.code, refused.body["clauses"]) == ("WRONG_STATE", ["LZ-12.12"])


def test_a_proposal_names_a_known_department_and_a_reason(world: World) -> None:
    petition = bring(world, "recorded")
    for changes, code in (
        ({"department_id": "nowhere"}, "UNKNOWN_REFERENCE"),
        ({"reason": "  "}, "MISSING_REASON"),
    ):
        with nothing_changes(world):
            refused = world.as_("clerk1").act(f"{BASE}/{petition}/propose_transfer_out", PROPOSAL | changes)
        assert (refused.code, refused.body["field"]) == (code, next(iter(changes)))


@proves("LZ-12.13", check=1)
def test_recipient_date_and_letter_number_of_a_transfer_are_kept(world: World) -> None:
    petition = bring(world, "transfer_approved")
    answer = step(world, petition, "transferred_out", letter_no="ZB-2026-19", sent_on="2026-03-02")
    item = show(world, petition)
    assert (item["state"], item["department_id"]) == ("transferred_out", "xfj")
    paper = world.as_("clerk1").get(f"{BASE}/{petition}/papers/{answer.body['paper']}").body
    assert paper["form"] | LETTER == paper["form"] | {"letter_no": "ZB-2026-7"}
    assert (paper["form"]["letter_no"], paper["form"]["sent_on"]) == ("ZB-2026-19", "2026-03-02")
    with world.runtimes["intake"].db.read() as session:
        sent = session.query(tables.Outbox).filter_by(type="intake.petition_transferred_out.v1").one()
    assert b'"ZB-2026-19"' in sent.body
    assert b'"xfj"' in sent.body


@proves("LZ-12.13", check=2)
@pytest.mark.parametrize("department", ["edu", "pz2"], ids=["own unit", "superior's department"])
def test_a_transfer_to_the_department_of_the_person_reported_needs_a_second_look(
    world: World, department: str
) -> None:
    with world.runtimes["intake"].db.write() as session:
        session.get_one(tables.DirectoryPerson, "p-edu-vice").office_id = "pz2"  # the direct superior's place
    petition = bring(world, "recorded")
    propose(world, petition, department_id=department)
    world.as_("head1").decide("intake", "petitions", petition)
    with nothing_changes(world):
        refused = step(world, petition, "transferred_out", department_id=department)
    assert (refused.status, refused.code, refused.body["field"]) == (
        403, "CONFLICT_OF_INTEREST", "conflict_confirmed",
    )  # fmt: skip
    assert refused.body["clauses"] == ["LZ-12.13"]
    confirmed = step(world, petition, "transferred_out", department_id=department, conflict_confirmed=True)
    assert confirmed.body["state"] == "transferred_out"


@proves("LZ-12.13", check=2)
def test_no_confirmation_sends_a_petition_to_the_very_person_reported(world: World) -> None:
    petition = bring(world, "transfer_approved")
    with nothing_changes(world):
        refused = step(
            world, petition, "transferred_out", recipient_person="p-edu-sec", conflict_confirmed=True
        )
    assert (refused.status, refused.code, refused.body["field"]) == (
        403, "CONFLICT_OF_INTEREST", "recipient_person",
    )  # fmt: skip
    assert refused.body["clauses"] == ["LZ-12.13"]
    assert step(world, petition, "transferred_out", recipient_person="p-sys").status == 200
