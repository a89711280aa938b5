"""Acts in an order, acts done once, gaps noted and filled, approvals in order, what reading takes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from sqlalchemy import select, update

from services.chassis import tables
from services.chassis.audit.tables import AuditEntry
from tests.bench.recorded import recording
from tests.unit.chassis.small import CLAUSE, OTHER, SmallWorld
from tests.world import Answer, Client

PLACE = "/inspection/ordered"


class Item:
    """One ordered item and who works on it."""

    def __init__(self, world: SmallWorld, *, hasty: bool = False) -> None:
        self.world = world
        self.clerk, self.deputy, self.head = (world.as_(one) for one in ("clerk1", "deputy1", "head1"))
        self.id = str(self.clerk.act(f"{PLACE}/open_ordered", {"hasty": hasty}).body["id"])

    def do(self, act: str, paper: Mapping[str, object] | None = None, by: Client | None = None) -> Answer:
        return (by or self.clerk).act(f"{PLACE}/{self.id}/{act}", paper)

    def decide(self, by: Client, *, approve: bool = True) -> Answer:
        return by.decide("inspection", "ordered", self.id, approve=approve, reason="示例")

    @property
    def shown(self) -> Mapping[str, object]:
        body: Mapping[str, object] = self.clerk.get(f"{PLACE}/{self.id}").body
        return body

    def offered(self) -> set[str]:
        return {act["name"] for act in self.clerk.get(f"{PLACE}/{self.id}").body["acts"]}

    def open_gaps(self) -> set[str]:
        gaps = self.clerk.get(f"{PLACE}/{self.id}").body["gaps"]
        return {gap["about"] for gap in gaps if not gap["filled_at"]}

    def facts(self) -> dict[str, object]:
        """Of the last entry of the trail."""
        with self.world.runtimes["inspection"].db.read() as session:
            entries = session.scalars(
                select(AuditEntry).order_by(AuditEntry.recorded_at, AuditEntry.id)
            ).all()
        found: dict[str, object] = json.loads(entries[-1].body)["facts"]
        return found


@pytest.fixture
def world(tmp_path: Path) -> Iterator[SmallWorld]:
    made = SmallWorld(tmp_path)
    yield made
    made.close()


@pytest.fixture
def item(world: SmallWorld) -> Item:
    return Item(world)


def refused(answer: Answer, code: str, *clauses: str) -> None:
    assert answer.code == code, answer.body
    assert answer.body["clauses"] == list(clauses or (CLAUSE,))


def test_what_comes_first_is_asked_for_with_its_own_code_and_clause(item: Item) -> None:
    refused(item.do("begin"), "MISSING_DOCUMENT", OTHER)
    assert "begin" not in item.offered()
    assert item.do("prepare").status == 200
    assert "begin" in item.offered()
    assert item.do("begin").status == 200


def test_what_waits_for_its_approval_or_was_returned_has_not_come_first(item: Item) -> None:
    assert item.do("agree").status == 200
    refused(item.do("end"), "PRECONDITION_NOT_MET", OTHER)
    assert item.decide(item.head, approve=False).status == 200
    refused(item.do("end"), "PRECONDITION_NOT_MET", OTHER)
    assert item.do("agree").status == 200
    assert item.decide(item.head).status == 200
    assert item.do("end").status == 200


def test_what_comes_first_is_asked_for_only_where_the_declaration_says_so(world: SmallWorld) -> None:
    hasty = Item(world, hasty=True)
    assert "end" in hasty.offered()
    assert hasty.do("end").status == 200


def test_an_act_that_is_done_once_is_a_duplicate_from_then_on(item: Item) -> None:
    assert item.do("sign").status == 200
    refused(item.do("sign", by=item.deputy), "DUPLICATE")
    assert "sign" not in item.offered()
    assert item.do("prepare").status == item.do("prepare").status == 200


def test_an_act_done_once_waits_once_may_come_again_when_returned_and_never_when_approved(item: Item) -> None:
    assert item.do("plan").status == 200
    refused(item.do("plan", by=item.deputy), "DUPLICATE")
    assert item.decide(item.deputy, approve=False).status == 200
    assert item.do("plan").status == 200
    assert item.decide(item.deputy).status == 200
    assert item.decide(item.head).status == 200
    refused(item.do("plan"), "DUPLICATE")


def test_of_two_proposals_of_an_act_done_once_only_one_takes_effect(item: Item) -> None:
    """A second proposal beside the first cannot be made through the door; one from before is held to the rule."""
    assert item.do("plan").status == 200
    set_status(item, "returned")
    assert item.do("plan").status == 200
    set_status(item, "pending")
    first, second = item.clerk.get(f"{PLACE}/{item.id}").body["proposals"]
    for one in (first, second):
        assert approve(item, item.deputy, one["id"], one["digest"]).status == 200
    assert approve(item, item.head, second["id"], second["digest"]).status == 200
    refused(approve(item, item.head, first["id"], first["digest"]), "DUPLICATE")
    told = item.clerk.get(f"{PLACE}/{item.id}").body["proposals"]
    assert sorted(one["status"] for one in told) == ["approved", "pending"]


def set_status(item: Item, status: str) -> None:
    with item.world.runtimes["inspection"].db.write() as session:
        session.execute(update(tables.Proposal).values(status=status))


def approve(item: Item, by: Client, proposal: str, digest: str) -> Answer:
    path = f"{PLACE}/{item.id}/proposals/{proposal}/approve"
    return by.send("POST", path, body={"digest": digest, "reason": ""})


def test_more_gaps_than_one_fact_can_hold_are_all_named_in_the_entry(item: Item) -> None:
    lacking = [f"p-somebody-{number:02d}" for number in range(30)]
    assert item.do("check", {"lacking": lacking}).status == 200
    facts = {name: str(text) for name, text in item.facts().items() if name.startswith("gaps")}
    assert len(facts) > 2
    assert all(len(text) <= 200 for text in facts.values())
    named = [one for text in facts.values() for one in text.split(",")]
    assert named == [f"{CLAUSE}/{one}" for one in lacking]


def test_a_gap_is_noted_for_each_and_filled_by_the_same_act_or_by_one_that_fills_it(item: Item) -> None:
    answer = item.do("check", {"lacking": ["p-clerk1", "p-clerk2", "p-head1"]})
    assert answer.status == 200
    assert {(gap["clause"], gap["about"]) for gap in answer.body["gaps"]} == {
        (CLAUSE, "p-clerk1"),
        (CLAUSE, "p-clerk2"),
        (CLAUSE, "p-head1"),
    }
    assert item.facts()["gaps"] == f"{CLAUSE}/p-clerk1,{CLAUSE}/p-clerk2,{CLAUSE}/p-head1"
    assert item.do("make_up", {"made": ["p-clerk1", "p-nobody"]}).status == 200
    assert item.facts()["gaps"] == f"{CLAUSE}/p-clerk1"
    assert item.open_gaps() == {"p-clerk2", "p-head1"}
    assert item.do("check", {"lacking": ["p-head1"]}).status == 200
    assert item.open_gaps() == {"p-head1"}
    assert item.do("check").status == 200
    assert item.open_gaps() == set()


def test_a_gap_that_comes_back_is_open_again(item: Item) -> None:
    for lacking, found in ((["p-head1"], {"p-head1"}), ([], set()), (["p-head1"], {"p-head1"})):
        assert item.do("check", {"lacking": lacking}).status == 200
        assert item.open_gaps() == found
    with item.world.runtimes["inspection"].db.read() as session:
        assert len(session.scalars(select(tables.Gap)).all()) == 1


def test_an_act_fills_no_gap_that_another_act_noted(item: Item) -> None:
    assert item.do("check", {"lacking": ["p-head1"]}).status == 200
    assert item.do("look").status == 200
    assert item.open_gaps() == {"p-head1"}


def test_an_approval_out_of_turn_is_told_so_and_one_of_a_stranger_is_not(item: Item) -> None:
    assert item.do("plan").status == 200
    refused(item.decide(item.head), "APPROVAL_ORDER", CLAUSE)
    refused(item.decide(item.clerk), "WRONG_APPROVER", CLAUSE)
    assert item.decide(item.deputy).status == 200
    refused(item.decide(item.deputy), "WRONG_APPROVER", OTHER)
    assert item.decide(item.head).status == 200


def test_who_lacks_what_reading_takes_is_refused_the_papers_and_the_refusal_is_audited(item: Item) -> None:
    assert item.do("prepare").status == 200
    paper = item.clerk.get(f"{PLACE}/{item.id}").body["papers"][-1]["id"]
    assert item.head.get(f"{PLACE}/{item.id}/papers/{paper}").status == 200
    for what, act in (("papers", "read_paper"), ("attachments", "read_attachment")):
        answer = item.clerk.get(f"{PLACE}/{item.id}/{what}/{paper}")
        refused(answer, "MISSING_SIGNATURE", OTHER)
        with item.world.runtimes["inspection"].db.read() as session:
            found = session.scalars(
                select(AuditEntry).where(AuditEntry.act == act, AuditEntry.outcome == "refused")
            ).one()
        assert (found.code, found.actor_person, found.subject_id) == (
            "MISSING_SIGNATURE",
            "p-clerk1",
            item.id,
        )


def test_who_may_not_know_of_the_item_is_asked_for_no_signature(item: Item) -> None:
    stranger = item.world.as_("clerk3")
    hidden, unknown = (stranger.get(f"{PLACE}/{one}/papers/x") for one in (item.id, "nothing"))
    assert (hidden.status, hidden.body) == (unknown.status, unknown.body) == (404, hidden.body)


@pytest.mark.parametrize("lines", [2, 9])
def test_a_page_asks_once_which_acts_were_done_and_of_kinds_without_an_order_never(
    world: SmallWorld, lines: int
) -> None:
    for _ in range(lines):
        assert Item(world).do("prepare").status == 200
        world.as_("clerk1").act("/inspection/plain/open_plain")
    with recording(world.runtimes["inspection"].db.engine) as recorded:
        found = world.as_("clerk1").get("/inspection/worklist", limit="50").body["items"]
    assert [line["kind"] for line in found].count("ordered") == lines
    assert [line["kind"] for line in found].count("plain") == lines
    assert all(
        "begin" in {act["name"] for act in line["acts"]} for line in found if line["kind"] == "ordered"
    )
    asked = [s for s in recorded.statements if "FROM paper" in s.sql]
    assert len(asked) == 1
    assert "ordered" in str(asked[0].parameters)
    with recording(world.runtimes["inspection"].db.engine) as recorded:
        assert len(world.as_("clerk1").get("/inspection/ordered", limit="50").body["items"]) == lines
    assert not [s for s in recorded.statements if "FROM paper" in s.sql]
