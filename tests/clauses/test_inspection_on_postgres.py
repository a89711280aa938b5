"""A round with gaps on PostgreSQL: the same steps and readers, and a trail that names a gap which somebody touched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Delete, Update, delete, update

from services.chassis.audit.findings import Fault
from services.chassis.tables import Gap
from tests.attacks.inspection_rounds import RoundItems
from tests.attacks.verifying import verified
from tests.clauses.round_steps import MEETING, RoundWorld, done
from tests.world import World


@pytest.fixture
def w(
    tmp_path_factory: pytest.TempPathFactory, postgres_databases: Callable[..., str]
) -> Iterator[RoundWorld]:
    folder = tmp_path_factory.mktemp("round")
    made = RoundItems(World(folder, services=("inspection",), database=postgres_databases))
    yield made
    made.world.close()


def with_gaps(w: RoundWorld) -> tuple[str, str]:
    """A round at whose mobilisation two were absent, one of whom has studied since; and its unit, entered."""
    item = w.scheduled(w.at("staffed"))
    there = [one for one in MEETING["attendee_ids"] if one not in ("p-zu3", "p-zu5")]
    done(w.meet(item, attendee_ids=there))
    study = {"person_ids": ["p-zu3"], "studied_on": "2026-03-02"}
    done(w.do(item, "record_make_up_study", study))
    unit = w.notified(item)
    for step in ("requested", "briefed", "planned", "prepared", "met", "entered"):
        getattr(w, step)(unit)
    return item, unit


def test_a_round_with_gaps_goes_to_its_entry_and_its_trail_holds(w: RoundWorld) -> None:
    item, unit = with_gaps(w)
    assert w.item(item)["state"] == "fieldwork"
    assert w.gaps(item, "XC-2.1c") == {"p-zu5"}
    noted = {gap["clause"] for gap in w.item(unit)["gaps"]}
    assert {"XC-3.2a", "XC-4.2a", "XC-5.1a", "XC-6.1a", "XC-6.2a", "XC-7.1a"} <= noted
    sheet = w.item(f"{item}/compliance", w.member_of_group)
    assert {"XC-2.1c", "XC-3.2a", "XC-4.2a"} <= {line["clause"] for line in sheet["gaps"]}
    assert [line["id"] for line in w.leader.get("/inspection/engagements").body["items"]] == [
        unit.rpartition("/")[2]
    ]
    assert w.leader_2.get("/inspection/engagements").body["items"] == []
    found = verified(w.world)
    assert found.ok, found


@pytest.mark.parametrize(
    "touched",
    [
        update(Gap).where(Gap.about == "p-zu5").values(about="p-zu4"),
        update(Gap).where(Gap.about == "p-zu3").values(filled_at=None),
        delete(Gap).where(Gap.about == "p-zu5"),
    ],
    ids=["another person", "open again", "deleted"],
)
def test_a_gap_that_was_edited_or_deleted_is_named_by_the_verification(
    w: RoundWorld, touched: Update | Delete
) -> None:
    item, _ = with_gaps(w)
    assert verified(w.world).ok
    with w.world.runtimes["inspection"].db.write() as session:
        session.execute(touched.where(Gap.subject_id == item.rpartition("/")[2]))
    found = verified(w.world)
    assert [one.fault for one in found.of("inspection")] == [Fault.STATE_CHANGED]
    assert item.rpartition("/")[2] in found.of("inspection")[0].subject


def test_two_clerks_who_record_the_meeting_at_once_authorise_the_teams_once(w: RoundWorld) -> None:
    item = w.scheduled(w.at("staffed"))
    version = w.item(item)["version"]
    clerks = [w.world.as_(account) for account in ("xc1", "xcd")]
    with ThreadPoolExecutor(2) as at_once:
        answers = list(
            at_once.map(
                lambda clerk: clerk.act(f"{item}/hold_mobilisation", MEETING, version=version), clerks
            )
        )
    assert sorted(answer.code for answer in answers) == ["", "STALE_VERSION"]
    assert len(w.events("team_authorised")) == 2


def test_two_who_take_up_the_same_unit_at_once_open_it_once(w: RoundWorld) -> None:
    team = w.team(w.at("mobilised"), 1)
    clerks = [w.world.as_(account) for account in ("xc1", "xcd", "zu1")]
    with ThreadPoolExecutor(3) as at_once:
        answers = list(at_once.map(lambda clerk: w.take_up(team, by=clerk), clerks))
    assert sorted(answer.code for answer in answers) == ["", "DUPLICATE", "DUPLICATE"]
