"""Clocks of clues: two filings for record, and a reminder for the one that is missing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from services.notifications.storage import Notice, ServiceDuty
from tests.clause_proof import proves
from tests.clauses.clues_steps import CLUES, CluesWorld, done
from tests.world import World

LIAISON, CASE_SUPERVISION = "liaison_discipline_office", "case_supervision_office"


class WithReminders(CluesWorld):
    """Intake, clues and notifications."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / "unused")
        self.world.close()
        self.world = World(folder, services=("intake", "clues", "notifications"))
        self.clerk, self.head, self.deputy = (self.world.as_(a) for a in ("clerk1", "head1", "deputy1"))


@pytest.fixture
def here(tmp_path: Path) -> Iterator[WithReminders]:
    (tmp_path / "unused").mkdir()
    here = WithReminders(tmp_path)
    yield here
    here.world.close()


@proves("LZ-12.20", check=1)
def test_with_one_filing_made_on_day_three_the_other_one_is_overdue_on_day_four(here: WithReminders) -> None:
    clue = here.disposed(here.clue())
    here.world.pump()
    here.world.on(2026, 3, 5)
    done(here.clerk.act(f"{CLUES}/{clue}/file_for_record", {"recipient_role": LIAISON}))
    here.world.pump()
    assert here.events("notifications.deadline_overdue", "notifications") == []
    here.world.on(2026, 3, 6, 0)
    here.world.pump()
    assert here.world.parked() == []
    [event] = here.events("notifications.deadline_overdue", "notifications")
    assert (event.data["clause"], event.data["subject_ref"]) == ("LZ-12.20", clue)
    with here.world.runtimes["notifications"].db.read() as session:
        overdue = session.get_one(ServiceDuty, event.data["duty_id"])
        told = session.scalars(select(Notice.addressee_id).where(Notice.template == "deadline_overdue")).all()
    assert overdue.recipient == CASE_SUPERVISION
    assert sorted(told) == ["p-clerk1", "p-head1"]
