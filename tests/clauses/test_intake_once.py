"""Every act takes effect once: keys, repeats, and two who act at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from services.chassis import tables
from tests.clauses.intake_petitions import (
    BASE,
    STEPS,
    audit,
    bring,
    letter,
    nothing_changes,
    register,
    row_counts,
    show,
)
from tests.world import Answer, World


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path, services=("intake",))


def at_once(*calls: object) -> list[Answer]:
    """Start all calls at the same moment, each in a thread of its own."""
    gate = Barrier(len(calls))

    def run(call: object) -> Answer:
        gate.wait()
        answer: Answer = call()  # type: ignore[operator]
        return answer

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_the_same_request_under_the_same_key_is_answered_again_and_done_once(world: World) -> None:
    clerk = world.as_("clerk1")
    first = clerk.act(f"{BASE}/register_petition", letter(), key="k-1")
    with nothing_changes(world, entries=0):
        again = clerk.act(f"{BASE}/register_petition", letter(), key="k-1")
    assert (first.status, again.status) == (201, 200)
    assert again.body == first.body | {"replayed": True}
    assert again.headers["ETag"] == first.headers["ETag"]


def test_a_repeat_is_answered_even_when_the_item_has_moved_on(world: World) -> None:
    clerk, petition = world.as_("clerk1"), register(world)["id"]
    first = clerk.act(f"{BASE}/{petition}/forward_petition", version=1, key="k-2")
    world.as_("xf1").act(f"{BASE}/{petition}/judge_petition", STEPS["judged"][2] | {"in_scope": True})
    again = clerk.act(f"{BASE}/{petition}/forward_petition", version=1, key="k-2")
    assert again.body == first.body | {"replayed": True}
    assert again.body["state"] == "forwarded"


@pytest.mark.parametrize("what", ["paper", "version", "attachments"])
def test_the_same_key_with_another_request_is_refused(world: World, what: str) -> None:
    clerk, petition = world.as_("clerk1"), register(world)["id"]
    scan = [{"kind": "petition_cover_letter", "id": clerk.upload("intake")}]
    clerk.act(f"{BASE}/{petition}/forward_petition", {"remark": "一"}, version=1, key="k-3")
    with nothing_changes(world):
        other = clerk.act(
            f"{BASE}/{petition}/forward_petition", {"remark": "二" if what == "paper" else "一"},
            version=2 if what == "version" else 1, attachments=scan if what == "attachments" else None, key="k-3",
        )  # fmt: skip
    assert (other.status, other.code) == (422, "IDEMPOTENCY_KEY_REUSED")


def test_a_key_belongs_to_its_account_and_its_act(world: World) -> None:
    mine = world.as_("clerk1").act(f"{BASE}/register_petition", letter(), key="k-4")
    yours = world.as_("clerk2").act(f"{BASE}/register_petition", letter(), key="k-4")
    assert (mine.status, yours.status) == (201, 201)
    assert mine.body["id"] != yours.body["id"]
    assert world.as_("clerk1").act(f"{BASE}/{mine.body['id']}/forward_petition", key="k-4").status == 200


def test_a_refused_request_does_not_use_up_its_key(world: World) -> None:
    clerk = world.as_("clerk1")
    assert clerk.act(f"{BASE}/register_petition", letter(unit_id="nowhere"), key="k-5").status == 404
    assert clerk.act(f"{BASE}/register_petition", letter(), key="k-5").status == 201


def test_a_repeat_by_one_who_may_no_longer_know_is_answered_as_unknown(world: World) -> None:
    clerk = world.as_("clerk1")
    petition = clerk.act(f"{BASE}/register_petition", letter(), key="k-6").body["id"]
    clerk.act(f"{BASE}/{petition}/forward_petition", version=1, key="k-7")
    with world.runtimes["intake"].db.write() as session:
        session.add(tables.Party(subject_kind="petition", subject_id=petition, person_id="p-clerk1"))
    for answer in (
        clerk.act(f"{BASE}/register_petition", letter(), key="k-6"),
        clerk.act(f"{BASE}/{petition}/forward_petition", version=1, key="k-7"),
    ):
        assert (answer.status, answer.code) == (404, "UNKNOWN_REFERENCE")
        assert petition not in str(answer.body)
    assert audit(world, petition)[-1][1:3] == ("refused", "CONFLICT_OF_INTEREST")


def test_a_repeated_decision_is_answered_again(world: World) -> None:
    petition = bring(world, "recorded")
    world.as_("clerk1").act(f"{BASE}/{petition}/propose_transfer_out", STEPS["transfer_approved"][2])
    with world.runtimes["intake"].db.read() as session:
        proposal = session.query(tables.Proposal).one()
    path = f"{BASE}/{petition}/proposals/{proposal.id}/approve"
    body = {"digest": proposal.digest.hex(), "reason": ""}
    head = world.as_("head1")
    first = head.send("POST", path, body=body, key="k-8")
    again = head.send("POST", path, body=body, key="k-8")
    assert again.body == first.body | {"replayed": True}
    assert first.body["state"] == "transfer_approved"
    changed = head.send("POST", path, body=body | {"reason": "另有考虑"}, key="k-8")
    assert changed.code == "IDEMPOTENCY_KEY_REUSED"
    late = head.send("POST", path, body=body, key="k-9")
    assert (late.status, late.code) == (409, "WRONG_STATE")


def test_two_threads_with_one_key_register_one_petition(world: World) -> None:
    clerk = world.as_("clerk1")
    answers = at_once(*[lambda: clerk.act(f"{BASE}/register_petition", letter(), key="k-10")] * 4)
    assert sorted(a.status for a in answers) == [200, 200, 200, 201]
    assert len({a.body["id"] for a in answers}) == 1
    assert row_counts(world)["petition"] == 1


def test_of_two_who_act_on_what_they_both_saw_one_gets_through(world: World) -> None:
    petition = register(world)["id"]
    path = f"{BASE}/{petition}/forward_petition"
    answers = at_once(
        lambda: world.as_("clerk1").act(path, version=1), lambda: world.as_("head1").act(path, version=1)
    )
    assert sorted((a.status, a.code) for a in answers) == [(200, ""), (412, "STALE_VERSION")]
    forwarded = [d for d in show(world, petition)["duties"] if d["clause"] == "LZ-12.1"]
    assert [d["status"] for d in forwarded] == ["met"]


def test_numbers_stay_without_a_gap_when_many_register_and_some_are_refused(world: World) -> None:
    good = [
        lambda n=n: world.as_("clerk1").act(f"{BASE}/register_petition", letter(subject_names=[str(n)]))
        for n in range(6)
    ]
    bad = [lambda: world.as_("clerk2").act(f"{BASE}/register_petition", letter(unit_id="nowhere"))] * 3
    answers = at_once(*good, *bad)
    numbers = sorted(a.body["no"] for a in answers if a.status == 201)
    assert numbers == [f"XF-pz1-2026-{n:05d}" for n in range(1, 7)]
