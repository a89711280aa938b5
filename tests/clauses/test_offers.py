"""What is offered is what would be accepted, as far as that is known without a paper; what is not says why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from services.chassis import tables
from tests.clauses.clues_steps import CLUES, CluesWorld, done
from tests.clauses.intake_petitions import BASE, add_post, bring, letter, register, show
from tests.world import Client, World

PAPERLESS = {
    "WRONG_ROLE", "WRONG_STATE", "WRONG_ROUTE", "DUPLICATE", "APPROVAL_REQUIRED", "OUT_OF_SCOPE", "SELF_APPROVAL",
    "CONFLICT_OF_INTEREST", "WRONG_APPROVER",
}  # fmt: skip
"""Refusals that no paper could avoid."""


@pytest.fixture
def here(tmp_path: Path) -> Iterator[CluesWorld]:
    made = CluesWorld(tmp_path)
    yield made
    made.world.close()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path, services=("intake",))
    yield made
    made.close()


def names(body: dict[str, Any]) -> set[str]:
    return {act["name"] for act in body["acts"] if not act["anytime"]}


def why(body: dict[str, Any], act: str) -> list[tuple[str, str]]:
    return [(line["code"], line["clause"]) for line in body["not_now"] if line["act"] == act]


def listed(client: Client, service: str) -> dict[str, set[str]]:
    """The worklist: acts by item."""
    return {line["id"]: names(line) for line in client.get(f"/{service}/worklist").body["items"]}


def test_a_classed_petition_is_not_offered_to_be_classed_again_nor_to_be_delivered(world: World) -> None:
    petition = register(world)["id"]
    body = show(world, petition)
    assert names(body) == {"forward_petition"}
    assert why(body, "classify_petition") == [("DUPLICATE", "LZ-12.2")]
    assert why(body, "escalate_petition") == [("WRONG_ROUTE", "LZ-12.3")]
    assert listed(world.as_("clerk1"), "intake") == {petition: {"forward_petition"}}


def test_a_petition_without_a_class_is_first_offered_to_be_classed(world: World) -> None:
    petition = register(world, letter(class_code=None))["id"]
    body = show(world, petition)
    assert names(body) == {"classify_petition"}
    assert why(body, "forward_petition") == [("MISSING_FIELD", "LZ-12.2")]


@pytest.mark.parametrize(
    ("in_scope", "offered", "refused"),
    [(True, "refer_as_clue", "propose_transfer_out"), (False, "propose_transfer_out", "refer_as_clue")],
)
def test_the_judgement_decides_which_way_a_petition_is_offered(
    world: World, offered: str, refused: str, *, in_scope: bool
) -> None:
    body = show(world, bring(world, "recorded", in_scope=in_scope))
    assert names(body) == {offered}
    assert [code for code, _ in why(body, refused)] == ["WRONG_STATE"]


def test_whose_turn_it_is_is_said_to_who_may_know(world: World) -> None:
    body = show(world, bring(world, "forwarded"))
    [line] = [line for line in body["not_now"] if line["act"] == "judge_petition"]
    assert (line["code"], line["clause"]) == ("WRONG_ROLE", "LZ-12.8")
    assert line["roles"] == ["petition_office_head", "petition_office_staff"]
    assert (line["zh"], bool(line["reason_zh"]), bool(line["reason_en"])) == ("研判", True, True)


def test_a_deputy_reads_that_the_decision_is_the_heads(here: CluesWorld) -> None:
    clue = done(here.found("p-edu-sec")).body["id"]
    done(here.propose(clue))
    body = here.shown(clue, here.deputy)
    [line] = [line for line in body["not_now"] if line["proposal"]]
    assert (line["act"], line["code"], line["clause"]) == (
        "propose_disposition",
        "WRONG_APPROVER",
        "LZ-12.19",
    )
    assert line["roles"] == ["dispatched_office_head"]
    assert not body["proposals"][0]["mine_to_decide"]
    assert not [line for line in here.shown(clue, here.head)["not_now"] if line["proposal"]]


def test_who_proposed_a_closing_is_not_asked_to_decide_it(world: World) -> None:
    petition = bring(world, "closure_submitted")
    done(world.as_("xf1").act(f"{BASE}/{petition}/close_petition", {"opinion": "同意审结"}))
    body = show(world, petition, "xf1")
    assert [p["mine_to_decide"] for p in body["proposals"] if p["status"] == "pending"] == [False]
    assert ("SELF_APPROVAL", "LZ-12.16") in why(body, "close_petition")
    others = show(world, petition, "xf2")["proposals"]
    assert [p["mine_to_decide"] for p in others if p["status"] == "pending"] == [True]
    assert listed(world.as_("xf1"), "intake") == {petition: {"return_petition"}}
    for account, acts in (("xf1", []), ("xf2", ["close_petition"])):
        [line] = world.as_(account).get("/intake/worklist").body["items"]
        assert [p["act"] for p in line["to_decide"]] == acts


def test_a_closed_clue_is_offered_for_filing_until_both_offices_have_it(here: CluesWorld) -> None:
    clue = here.closed(here.clue())
    assert here.offered(clue) == {"file_for_record"}
    assert listed(here.head, "clues") == {clue: {"file_for_record"}}
    for recipient in ("liaison_discipline_office", "case_supervision_office"):
        done(here.clerk.act(f"{CLUES}/{clue}/file_for_record", {"recipient_role": recipient}))
    assert here.offered(clue) == set()
    assert listed(here.head, "clues") == {} == listed(here.clerk, "clues")
    body = here.shown(clue)
    assert why(body, "file_for_record") == [("DUPLICATE", "LZ-12.20")]
    assert why(body, "submit_unit_clue") == [("WRONG_ROUTE", "LZ-12.22")]


def test_the_inquiry_is_offered_once_it_is_approved_and_a_talk_is_not(here: CluesWorld) -> None:
    clue = done(here.found("p-edu-sec")).body["id"]
    assert why(here.shown(clue), "issue_inquiry_letter") == [("APPROVAL_REQUIRED", "LZ-13.1")]
    here.disposed(clue)
    assert "issue_inquiry_letter" in here.offered(clue)
    assert why(here.shown(clue), "record_talk") == [("APPROVAL_REQUIRED", "LZ-13.1")]


def test_a_head_who_asked_and_approved_alone_is_not_offered_to_carry_it_out(here: CluesWorld) -> None:
    clue = done(here.found("p-edu-sec")).body["id"]
    done(here.propose(clue, by=here.head))
    done(here.approve(clue))
    assert "issue_inquiry_letter" not in here.offered(clue, here.head)
    assert why(here.shown(clue, here.head), "issue_inquiry_letter") == [("SELF_APPROVAL", "LZ-22.15")]
    assert "issue_inquiry_letter" in here.offered(clue)


Prepared = Callable[[CluesWorld], str]


@pytest.mark.parametrize(
    "prepare",
    [
        lambda here: done(here.found("p-edu-sec")).body["id"],
        lambda here: done(here.found("p-clerk2")).body["id"],
        lambda here: done(here.found("p-edu-head")).body["id"],
        lambda here: here.disposed(done(here.found("p-edu-sec")).body["id"]),
        lambda here: here.close_proposed(here.explained(done(here.found("p-edu-sec")).body["id"])),
    ],
    ids=["registered", "on the head's staff", "on a leader", "disposed", "closing"],
)
def test_nothing_that_is_offered_is_refused_for_what_no_paper_can_mend(
    here: CluesWorld, prepare: Prepared
) -> None:
    """Every act with an empty paper: what is offered asks for the paper, what is not is refused as it says."""
    clue = prepare(here)
    for client in (here.clerk, here.deputy):
        body = here.shown(clue, client)
        said = {line["act"]: line["code"] for line in body["not_now"] if not line["proposal"]}
        for act in here.world.runtimes["clues"].definition.acts:
            if act.creates or act.by_system or act.name == "file_for_record":
                continue
            answer = client.act(f"{CLUES}/{clue}/{act.name}")
            if act.name in names(body):
                assert answer.code not in PAPERLESS, (act.name, answer.body)
            else:
                assert answer.status >= 400, act.name
                assert said.get(act.name, answer.code) == answer.code
            if answer.status < 400:
                return


def test_a_worklist_asks_the_database_no_more_for_many_items_than_for_few(world: World) -> None:
    engine = world.runtimes["intake"].db.engine
    asked: list[str] = []

    def note(*given: Any) -> None:
        asked.append(str(given[2]))

    def statements() -> int:
        asked.clear()
        assert world.as_("clerk1").get("/intake/worklist").status == 200
        return len(asked)

    event.listen(engine, "before_cursor_execute", note)
    bring(world, "recorded", in_scope=True)
    register(world)
    few = statements()
    for _ in range(5):
        bring(world, "recorded", in_scope=True)
        register(world)
    with world.runtimes["intake"].db.read() as session:
        assert session.query(tables.Party).count() >= 10
    assert statements() == few
    event.remove(engine, "before_cursor_execute", note)


def test_items_that_offer_nothing_hide_no_later_ones_from_a_worklist(world: World) -> None:
    """Petitions on a leader of another class stay in their state: nothing can be done with them by the office."""
    earlier = letter(received_on="2026-02-26")
    stuck = [bring(world, "recorded", in_scope=True, paper=earlier) for _ in range(3)]
    free = bring(world, "recorded", in_scope=True, paper=letter(subject_ids=[]))
    add_post(world, "p-edu-sec", "dispatched_office_head", "pz2")
    [line] = world.as_("clerk1").get("/intake/worklist", limit="2").body["items"]
    assert line["id"] == free
    assert all("refer_as_clue" not in names(show(world, petition)) for petition in stuck)
