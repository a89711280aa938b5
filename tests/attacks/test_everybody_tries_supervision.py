"""Every account tries every act and every reading on each item of the daily supervision of a unit."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest

from services.inspection.supervision import KINDS
from tests.attacks.inspection_supervision import DOERS, KNOWN, STAFF, SupervisionItems
from tests.attacks.trying import (
    ACCOUNTS,
    acts_are_for,
    acts_on,
    it_is_there,
    readings_are_hidden,
    whole,
)
from tests.clauses.supervision_steps import REPORTS, SELECTIONS, SupervisionWorld, done
from tests.world import World

KIND_AT = {f"/inspection/{kind.path}": kind.model.KIND for kind in KINDS}


@pytest.fixture(scope="module")
def items(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SupervisionItems]:
    made = SupervisionItems(World(tmp_path_factory.mktemp("daily"), services=("inspection",))).fill()
    yield made
    made.world.close()


def test_every_kind_of_supervision_has_its_line() -> None:
    assert set(KNOWN) == set(KIND_AT)


@pytest.mark.parametrize("place", KNOWN)
def test_an_item_is_there_for_those_only_who_may_know_of_it(items: SupervisionItems, place: str) -> None:
    readings_are_hidden(items.world, place, items.chosen[place], set(ACCOUNTS) - KNOWN[place])
    it_is_there(items.world, place, items.chosen[place], KNOWN[place])


@pytest.mark.parametrize("place", KNOWN)
def test_each_act_on_it_is_for_the_posts_written_down_and_for_nobody_else(
    items: SupervisionItems, place: str
) -> None:
    acts = acts_on(items.world, "inspection", KIND_AT[place])
    assert bool(acts) == (place in DOERS)
    doers = {act: DOERS[place].get(act, STAFF) for act in acts}
    acts_are_for(items.world, place, items.chosen[place], KNOWN[place], doers)


def test_a_report_on_its_way_is_the_offices_and_its_liaison_offices(items: SupervisionItems) -> None:
    paper = {"addressee": "liaison_discipline_office", "content": "监督情况"}
    sent = done(items.do(REPORTS, "send_importants_report", paper, by=items.head)).body["id"]
    knows = {a for a in ACCOUNTS if items.world.as_(a).get(f"{REPORTS}/{sent}").status == 200}
    assert knows == STAFF | {"jd1"}


def test_a_selection_on_somebody_of_the_office_is_hidden_from_them_and_their_line(
    items: SupervisionItems,
) -> None:
    item = items.selection(procedure_no="XR-2026-9")
    access = {
        "person_id": "p-clerk2", "material": "personnel_archive", "purpose": "核实", "officer_id": "p-deputy1",
        "accessed_on": "2026-03-02",
    }  # fmt: skip
    done(items.do(item, "consult_personnel_records", access, by=items.deputy))
    world, nothing = items.world, f"{SELECTIONS}/{uuid4().hex}"
    assert {a for a in STAFF if world.as_(a).get(item).status == 200} == {"clerk1", "deputy1"}
    for account in ("clerk2", "head1"):
        client = world.as_(account)
        assert whole(client.get(item)) == whole(client.get(nothing))
        assert item.rpartition("/")[2] not in {one["id"] for one in client.get(SELECTIONS).body["items"]}


def test_a_unit_learns_nothing_of_problems_checks_and_selections(items: SupervisionItems) -> None:
    world = items.world
    kinds = {KIND_AT[place] for place in KNOWN if "edu-clerk" not in KNOWN[place]}
    for client in (items.unit, world.as_("edu-head"), world.as_("hou-head"), items.school):
        waiting = client.get("/inspection/worklist", limit="200").body["items"]
        assert not kinds & {one["kind"] for one in waiting}
    assert isinstance(items, SupervisionWorld)
