"""The offices of the example authority, with their names and coverage, in notifications."""

from __future__ import annotations

from dengwen.example import example_authority
from services.chassis.work import begin
from services.notifications import loading
from tests.world import World


def load_offices(world: World) -> None:
    authority = example_authority()
    with begin(world.runtimes["notifications"]) as work:
        for o in authority.offices:
            loading.load_office(
                work, office_id=o.id, kind=o.kind, name_zh=o.zh, name_en=o.en, liaison_office_id=o.liaison
            )
        for c in authority.coverage:
            loading.load_coverage(work, unit_id=c.unit, office_id=c.office, liaison_office_id=c.liaison)
    world.pump()
