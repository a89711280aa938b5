"""Random schedules of faults: whatever dies, is lost, doubled or late, every act takes effect once, in order.

The property test of the hand-offs: Hypothesis draws schedules, shrinks one that fails, and prints how to play it again
(`--hypothesis-seed`, `@reproduce_failure`). `make faults` draws hundreds.
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import update

from dengwen.definitions import definition
from services.chassis import inbox, keys, outbox
from services.chassis.audit.verify import verify_installation
from services.chassis.clock import real_now
from services.chassis.states import recompute_states
from services.chassis.tables import Inbox
from tests.faults.mortal import FATES, Fate, MortalWorld, When
from tests.faults.oracles import everything_once
from tests.faults.site import STEPS

BASE = "/intake/petitions"
LETTER = {
    "received_on": "2026-03-02", "channel": "letter", "unit_id": "edu", "subject_ids": ["p-edu-sec"],
    "class_code": "supervision_object",
}  # fmt: skip
BUSY = ("intake", "clues", "notifications", "archive", "desk", "inspection")
ANY = st.sampled_from(("intake",) * 4 + ("notifications",) * 4 + ("clues",) * 3 + BUSY)
"""Where most of the events are, most of the time."""
POISON = (b"", b"\xff\xfe", b"{}", b"[" * 50_000, b'{"specversion": "1.0"}')


class HandOffs(RuleBasedStateMachine):
    """Clerks work while services die and the bus misbehaves; then all is healed and counted."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="dengwen-schedule-"))
        self.site = MortalWorld(self.folder)
        self.accepted: dict[str, int] = {}
        self.patch = pytest.MonkeyPatch()
        self.site.watch(self.patch)
        self.patch.setattr(outbox, "CLAIM", timedelta(0))  # a claim of the dead has run out
        self.patch.setattr(inbox, "ASK_AGAIN", timedelta(0))
        self.poisoned = 0

    # -- clerks -------------------------------------------------------------------------------------------------

    @rule(steps=st.integers(0, len(STEPS)))
    def a_letter_is_registered_and_taken_some_steps(self, steps: int) -> None:
        paper = LETTER | {"summary": f"来信反映有关问题,编号{len(self.accepted)}(示例)。"}
        clerk = self.site.world.as_("clerk1")
        answer = self.site.ask("intake", lambda key: clerk.act(f"{BASE}/register_petition", paper, key=key))
        assert answer.status in (200, 201), answer.body
        self.accepted[answer.body["id"]] = 0
        for _ in range(steps):
            self._go_on(answer.body["id"])

    @precondition(lambda self: any(step < len(STEPS) for step in self.accepted.values()))
    @rule(data=st.data())
    def a_petition_goes_on(self, data: st.DataObject) -> None:
        waiting = [petition for petition, step in self.accepted.items() if step < len(STEPS)]
        self._go_on(waiting[data.draw(st.integers(0, len(waiting) - 1), label="petition")])

    def _go_on(self, petition: str) -> None:
        account, act, paper = STEPS[self.accepted[petition]]
        client = self.site.world.as_(account)
        version = self.site.ask("intake", lambda _: client.get(f"{BASE}/{petition}")).body["version"]
        answer = self.site.ask(
            "intake", lambda key: client.act(f"{BASE}/{petition}/{act}", paper, key=key, version=version)
        )
        assert answer.status == 200, answer.body
        self.accepted[petition] += 1

    # -- services -----------------------------------------------------------------------------------------------

    @rule(name=ANY, fate=st.sampled_from(FATES), order=st.none() | st.randoms(use_true_random=False))
    def a_relay_turns(self, name: str, fate: Fate, order: Any) -> None:
        """And what it sent may overtake what is under way."""
        self.site.relay(name, fate)
        for queue in self.site.bus.events.values() if order else ():
            order.shuffle(queue)

    @rule(
        name=ANY,
        count=st.integers(1, 8),
        again=st.booleans(),
        backwards=st.booleans(),
        at_once=st.booleans(),
        limit=st.integers(0, 10),
    )
    def a_batch_arrives(self, name: str, count: int, limit: int, **how: bool) -> None:
        """And takes effect at once, or some of it is applied before the rest of the queue comes."""
        self.site.receive(name, count, **how)
        if limit:
            self.site.apply(name, limit)

    @rule(name=ANY, limit=st.integers(1, 10))
    def events_are_applied(self, name: str, limit: int) -> None:
        self.site.apply(name, limit)

    @rule(name=ANY)
    def heads_are_announced_and_heard(self, name: str) -> None:
        self.site.announce(name)
        for other in BUSY:
            self.site.hear(other)

    # -- faults -------------------------------------------------------------------------------------------------

    @rule(name=ANY, commits=st.integers(1, 4), when=st.sampled_from(("before", "after")))
    def a_service_is_going_to_die(self, name: str, commits: int, when: When) -> None:
        self.site.database(name).doom(commits, when)

    @rule(name=ANY, times=st.integers(1, 5))
    def effects_are_going_to_fail(self, name: str, times: int) -> None:
        self.site.failures[name] = times

    @rule()
    def the_broker_loses_everything(self) -> None:
        self.site.bus.lose_everything()

    @rule(name=ANY)
    def messages_come_three_times(self, name: str) -> None:
        self.site.bus.events[name] *= 3

    @rule(name=ANY, body=st.sampled_from(POISON))
    def poison_is_among_the_messages(self, name: str, body: bytes) -> None:
        from services.chassis.bus.message import Delivery

        queue = self.site.bus.events[name]
        queue.insert(len(queue) // 2, Delivery(body, {"dw-producer": "intake"}, "x", redelivered=False))

    # -- and then -----------------------------------------------------------------------------------------------

    def teardown(self) -> None:
        if not hasattr(self, "site"):
            return
        try:
            self._release_parked()
            self.site.heal()
            self._oracles()
        finally:
            self.patch.undo()
            self.site.world.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    def _release_parked(self) -> None:
        for name in BUSY:
            self.site.database(name).spare()
            with self.site.world.runtimes[name].db.write() as session:
                session.execute(
                    update(Inbox)
                    .where(Inbox.status == "parked")
                    .values(status="received", next_try_at=real_now())
                )

    def _oracles(self) -> None:
        referred = [p for p, step in self.accepted.items() if step == len(STEPS)]
        with self.site.sessions() as parts:
            everything_once(parts, self.accepted, referred)
        self._in_order()
        self._trails()

    def _in_order(self) -> None:
        for name, effects in self.site.took_effect.items():
            assert len(effects) == len(set(effects)), f"an event took effect twice at {name}"
            last: dict[tuple[str, int, str], int] = {}
            for producer, epoch, subject, sequence in effects:
                before = last.get((producer, epoch, subject), 0)
                assert before < sequence, f"an inversion at {name} (O5)"
                last[producer, epoch, subject] = sequence

    def _trails(self) -> None:
        recompute = {n: recompute_states({k.model.KIND: k for k in definition(n).kinds}) for n in BUSY}
        with self.site.sessions() as parts:
            report = verify_installation(parts, keys.load_trust(self.folder / "keys"), recompute)
        assert report.exit_code == 0, report


@pytest.mark.parametrize("examples", [8, pytest.param(100, marks=pytest.mark.slow)])
def test_whatever_dies_is_lost_or_doubled_every_act_takes_effect_once_and_in_order(examples: int) -> None:
    phases = [p for p in Phase if examples > 50 or p is not Phase.shrink]  # shrinking takes minutes
    given = settings(
        max_examples=examples, stateful_step_count=60, deadline=None, print_blob=True, phases=phases
    )
    run_state_machine_as_test(HandOffs, settings=given)
