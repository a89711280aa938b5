"""One service is put back to an old backup while the others went on."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from dengwen.backups.deployed import restore_postgres
from dengwen.backups.putting_back import Decided, RestoreRefused
from dengwen.journey import START, Journey
from dengwen.reconciling import held
from services.chassis.audit.findings import Fault
from services.chassis.settings import SERVICES, Settings
from services.chassis.tables import Installation
from tests.integration.restore.worlds import Site, first_half, no_inversion, nothing_doubled, opened
from tests.servers import Postgres

SLOW = ("archive", "inspection", "desk", "intake", "notifications")
EACH = [pytest.param(s, marks=[pytest.mark.slow] if s in SLOW else []) for s in SERVICES]
EACH_DEPLOYED = [pytest.param(service, marks=pytest.mark.slow) for service in SERVICES]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    folder = tmp_path / "var"
    folder.mkdir()
    return Site("world://", {}, folder=folder)


@pytest.fixture
def deployed(tmp_path: Path, postgres_server: Postgres) -> Iterator[Site]:
    """The same on PostgreSQL databases."""
    prefix = f"restore_{uuid.uuid4().hex[:8]}"
    for service in SERVICES:
        postgres_server.create_database(f"{prefix}_{service}")
    folder = tmp_path / "var"
    folder.mkdir()
    site = Site(
        "world://",
        {},
        folder=folder,
        pattern=postgres_server.url.rpartition("/")[0] + f"/{prefix}_{{service}}",
    )
    yield site
    site.close()
    for service in SERVICES:
        postgres_server.drop_database(f"{prefix}_{service}")


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
            "second_receiver": "p-clerk1",
            "unit_id": "edu",
            "summary": "来访(示例)。",
            "class_code": "out_of_scope",
        },
        "登记",
        "registers a visit",
    )


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
    rejoins(site, tmp_path / "backup", service)


@pytest.mark.parametrize("service", EACH_DEPLOYED)
def test_the_same_on_postgresql(deployed: Site, tmp_path: Path, service: str) -> None:
    rejoins(deployed, tmp_path / "backup", service)


def rejoins(site: Site, backup: Path, service: str) -> None:
    journey = first_half(site)
    site.back_up(backup)
    go_on(journey)
    site.settle_down()
    outcome = site.put_back(backup, service)
    journey = Journey(site, lambda _: None, items=journey.items, day=journey.day)
    journey.first = START
    site.settle_down()
    unsettled = site.verified()
    assert {found.fault for found in unsettled.of(service)} & {Fault.HEAD_BEYOND, Fault.HEAD_ROOT}
    assert [name for name in SERVICES if unsettled.of(name)] == [service], "its witnesses say so, of it alone"
    opened(journey, service, outcome.restore_id)
    site.settle_down()
    rollback_is_settled(site, service)
    forgotten = {lost.producer for stream in site.reconcile() for lost in stream.forgotten}
    assert forgotten <= {service}
    if service in ("intake", "clues"):
        assert forgotten == {service}
    finish(journey, service)
    site.settle_down()
    assert [stream for stream in site.reconcile() if not stream.whole] == []
    rollback_is_settled(site, service)
    with ExitStack() as stack:
        parts = site.look(stack)
        nothing_doubled(parts)
        no_inversion(parts)
    assert [row for row in site.world.parked() if row[2] != "forgotten"] == []


def rollback_is_settled(site: Site, service: str) -> None:
    """No fault, and the rollback is told, with both sizes."""
    report = site.verified()
    assert report.ok, [found.en for name in SERVICES for found in report.of(name)]
    (settled,) = report.settled
    assert settled.service == service
    assert settled.from_size > settled.to_size


def test_what_only_the_service_knew_is_named_without_content(site: Site, tmp_path: Path) -> None:
    journey = first_half(site)
    site.back_up(tmp_path / "backup")
    go_on(journey)
    site.settle_down()
    site.put_back(tmp_path / "backup", "intake", Decided("sys", "sec"))
    site.settle_down()
    lost = [one for stream in site.reconcile() for one in stream.forgotten]
    assert ("notifications", "intake.duty_opened.v1") in {(one.consumer, one.type) for one in lost}
    assert all(one.subject.partition("/")[0] in {"petition", "audit_head"} for one in lost)
    assert "示例" not in str(lost)


@pytest.mark.parametrize(
    ("proposed", "approved"), [("sys", "sys"), ("sec", "sys"), ("clerk1", "sec"), ("sys", "nobody")]
)
def test_the_command_opens_no_epoch_without_two_administrators(
    site: Site, tmp_path: Path, proposed: str, approved: str
) -> None:
    site.settle_down()
    site.back_up(tmp_path / "backup")
    with pytest.raises(RestoreRefused, match="security administrator"):
        site.put_back(tmp_path / "backup", "intake", Decided(proposed, approved))
    site.open()
    assert held_services(site) == {}, "nothing was changed"


def test_a_service_put_back_hands_nothing_on_until_its_epoch_is_opened(site: Site, tmp_path: Path) -> None:
    journey = first_half(site)
    site.back_up(tmp_path / "backup")
    outcome = site.put_back(tmp_path / "backup", "clues")
    before = produced_by(site, "clues")
    journey.disposition_decided()
    site.settle_down()
    assert produced_by(site, "clues") == before
    assert held_services(site) == {"clues": outcome.restore_id}
    opened(journey, "clues", "0" * 32)
    site.settle_down()
    assert held_services(site) == {"clues": outcome.restore_id}, "that approval was for another restore"
    opened(journey, "clues", outcome.restore_id)
    site.settle_down()
    assert held_services(site) == {}
    assert produced_by(site, "clues") > before


def test_an_approval_of_an_earlier_restore_opens_nothing_when_the_service_is_put_back_again(
    site: Site, tmp_path: Path
) -> None:
    first_half(site)
    site.back_up(tmp_path / "backup")
    first = site.put_back(tmp_path / "backup", "clues")
    opened(Journey(site, lambda _: None), "clues", first.restore_id)
    site.settle_down()
    second = site.put_back(tmp_path / "backup", "clues")
    site.settle_down()  # the approval comes again, with all else that was missed
    assert held_services(site) == {"clues": second.restore_id}
    opened(Journey(site, lambda _: None), "clues", second.restore_id)
    site.settle_down()
    with site.world.runtimes["clues"].db.read() as session:
        assert session.scalars(select(Installation.epoch)).one() == 3, "nobody has seen this epoch"
    assert [stream for stream in site.reconcile() if not stream.whole] == []
    assert site.verified().ok


def produced_by(site: Site, service: str) -> int:
    return sum(stream.produced for stream in site.reconcile() if stream.producer == service)


def test_a_deployed_installation_is_put_back_whole_into_databases_of_its_own(
    deployed: Site, tmp_path: Path, postgres_server: Postgres
) -> None:
    first_half(deployed)
    manifest = deployed.back_up(tmp_path / "backup")
    prefix = f"fresh_{uuid.uuid4().hex[:8]}"
    for service in SERVICES:
        postgres_server.create_database(f"{prefix}_{service}")
    pattern = postgres_server.url.rpartition("/")[0] + f"/{prefix}_{{service}}"
    settings = Settings("desk", pattern, "dengwen-local://world", deployed.folder / "keys")
    put_back = partial(restore_postgres, settings, tmp_path / "backup", manifest, SERVICES, decided=None)
    put_back(replace=False)
    with pytest.raises(RestoreRefused, match="--replace"):
        put_back(replace=False)
    put_back(replace=True)
    fresh = Site("world://", {}, folder=deployed.folder, pattern=pattern)
    report = fresh.verified()
    assert (report.ok, report.settled) == (True, [])
    assert [stream for stream in fresh.reconcile() if not stream.whole] == []
    again = Journey(fresh, lambda _: None, items=first_half(fresh).items)
    assert again.person("clerk1").get(again.items["clue"])["state"] == "registered", (
        "series and numbers go on"
    )
    fresh.close()
    for service in SERVICES:
        postgres_server.drop_database(f"{prefix}_{service}")


def held_services(site: Site) -> dict[str, str]:
    with ExitStack() as stack:
        return held(site.look(stack))
