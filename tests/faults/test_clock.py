"""The machine's clock is set: hand-offs neither wait for the old time to come again nor happen twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.chassis import inbox, outbox
from tests.faults.mortal import MortalWorld
from tests.faults.oracles import everything_once

LETTER = {
    "received_on": "2026-03-02", "channel": "letter", "unit_id": "edu", "subject_ids": ["p-edu-sec"],
    "class_code": "supervision_object", "summary": "来信反映有关问题(示例)。",
}  # fmt: skip


class Clock:
    shift = timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.shift


@pytest.mark.parametrize("jump", [timedelta(hours=-1), timedelta(hours=1), timedelta(days=-400)])
def test_events_on_their_way_arrive_once_although_the_clock_jumps(
    tmp_path: Path, jump: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, site = Clock(), MortalWorld(tmp_path)
    for module in (inbox, outbox):
        monkeypatch.setattr(module, "real_now", clock.now)
    accepted = []
    for step in range(6):
        paper = LETTER | {"summary": f"来信反映有关问题,编号{step}(示例)。"}
        answer = site.ask(
            "intake",
            lambda key, paper=paper: site.world.as_("clerk1").act(  # type: ignore[misc]
                "/intake/petitions/register_petition", paper, key=key
            ),
        )
        accepted.append(answer.body["id"])
        site.relay("intake", ("dies", "confirmed", "lost")[step % 3])
        if step == 3:
            site.receive("notifications", 3)
            site.bus.lose_everything()
            site.announce("intake")
            site.hear("notifications")  # asked, a moment before the clock is set
            clock.shift = jump
    site.heal()
    with site.sessions() as parts:
        everything_once(parts, accepted, [], clock_was_set=True)
    site.world.close()
