"""One service is put back to an old backup while the others went on."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest

from dengwen.backups.manifest import read
from dengwen.backups.putting_back import Decided, Outcome, restore_service
from dengwen.installation import Folder
from dengwen.journey import START, Journey
from services.chassis.audit.findings import Fault
from services.chassis.settings import SERVICES
from tests.integration.restore.worlds import Site, first_half, no_inversion, nothing_doubled, opened

LOSES_ACTS = ("intake", "clues", "desk")
SLOW = ("archive", "inspection", "desk")
EACH = [pytest.param(s, marks=[pytest.mark.slow] if s in SLOW else []) for s in SERVICES]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    folder = tmp_path / "var"
    folder.mkdir()
    return Site("world://", {}, folder=folder)


def go_on(journey: Journey) -> None:
    """What happens after the backup: acts in `clues`, and a petition that only the later state of intake knows."""
    journey.disposition_decided()
    journey.filed_for_record()
    journey.act(
        "clerk2",
        "/intake/petitions/register_petition",
        {
            "received_on": journey.today().isoformat(),
            "channel": "visit",
            "unit_id": "edu",
            "summary": "来访(示例)。",
            "class_code": "out_of_scope",
        },
        "登记",
        "registers a visit",
    )


def put_back(site: Site, backup: Path, service: str, decided: Decided | None = None) -> Outcome:
    site.close()
    outcome = restore_service(
        Folder(site.folder), backup, read(backup), service, replace=True, decided=decided
    )
    site.open()
    return outcome


def finish(journey: Journey, service: str) -> None:
    """What was lost is done again, then the story goes on to its end."""
    if service == "clues":
        journey.disposition_decided()
        journey.filed_for_record()
    journey.inquiry()
    journey.closing()
    journey.petition_closed()


@pytest.mark.parametrize("service", EACH)
def test_a_service_put_back_rejoins_and_the_journey_ends_with_nothing_doubled(
    site: Site, tmp_path: Path, service: str
) -> None:
    journey = first_half(site)
    site.back_up(tmp_path / "backup")
    go_on(journey)
    site.settle_down()
    outcome = put_back(site, tmp_path / "backup", service)
    journey = Journey(site, lambda _: None, items=journey.items, day=journey.day)
    journey.first = START
    site.settle_down()
    unsettled = site.verified()
    assert {found.fault for found in unsettled.of(service)} <= {Fault.HEAD_BEYOND, Fault.HEAD_ROOT}
    assert unsettled.of(service), "the witnesses say that the trail was rolled back"
    opened(journey, service, outcome.restore_id)
    site.settle_down()
    report = site.verified()
    assert report.ok, [found.en for name in SERVICES for found in report.of(name)]
    (settled,) = report.settled
    assert settled.service == service
    assert settled.from_size > settled.to_size
    forgotten = [lost for stream in site.reconcile() for lost in stream.forgotten]
    assert {lost.producer for lost in forgotten} == {service}
    if service == "intake":
        assert any(lost.type == "intake.petition_received.v1" for lost in forgotten)
    finish(journey, service)
    site.settle_down()
    assert all(stream.whole for stream in site.reconcile())
    assert site.verified().ok
    with ExitStack() as stack:
        parts = site.look(stack)
        nothing_doubled(parts)
        no_inversion(parts)
    assert [row for row in site.world.parked() if row[2] != "forgotten"] == []
