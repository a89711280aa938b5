"""Whoever stands close to a person reported decides nothing about it, whatever else they are."""

from __future__ import annotations

from pathlib import Path

from tests.clauses.intake_petitions import BASE, letter, register
from tests.world import World


def test_a_registrar_of_the_chain_may_know_of_the_petition_and_approves_nothing_on_it(tmp_path: Path) -> None:
    world = World(tmp_path, services=("intake",))
    head = world.as_("head1")
    item = str(register(world, letter(subject_ids=["p-clerk2"], unit_id=""), "head1")["id"])
    head.act(f"{BASE}/{item}/forward_petition")
    opinion = {"level": "section", "opinion": "不属范围", "in_scope": False}
    world.as_("xf1").act(f"{BASE}/{item}/judge_petition", opinion)
    head.act(f"{BASE}/{item}/record_petition", {"platform_no": "1", "entered_on": "2026-03-02"})
    proposed = head.act(f"{BASE}/{item}/propose_transfer_out", {"department_id": "xfj", "reason": "转办"})
    assert proposed.status == 200
    for approve in (True, False):
        answer = head.decide("intake", "petitions", item, approve=approve, reason="无")
        assert answer.code == "CONFLICT_OF_INTEREST"
    assert head.get(f"{BASE}/{item}").body["state"] == "recorded"
