"""The yearly spot check of explanations: how many, drawn how, verified by whom, and what a false one leads to."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from services.clues.storage import Explanation
from tests.clause_proof import proves
from tests.clauses.clues_steps import CLUES, done, refused
from tests.clauses.verification_steps import VerificationWorld
from tests.world import Answer, Client

YEARS, CHECKS = "/clues/spot-checks", "/clues/explanation-checks"


class SpotCheckWorld(VerificationWorld):
    """An office with explanations of 2026: the first came in by the acts, the others stand beside it."""

    def explanations(self, count: int) -> str:
        """So many explanations to one clue; returns the clue."""
        clue = str(done(self.found("p-edu-sec")).body["id"])
        if count:
            self.explained(clue)
        self.more(clue, count - 1)
        return clue

    def more(self, clue: str, count: int, received_on: date = date(2026, 3, 2)) -> None:
        with self.world.runtimes["clues"].db.write() as session:
            for _ in range(count):
                row = Explanation(id=uuid4().hex, clue_id=clue, office_id="pz1", received_on=received_on)
                session.add(row)

    def year(self, year: int = 2026) -> str:
        return str(done(self.head.act(f"{YEARS}/open_spot_check", {"year": year})).body["id"])

    def draw(self, item: str, size: int | None = None) -> Answer:
        return self.head.act(f"{YEARS}/{item}/draw_sample", {} if size is None else {"size": size})

    def close_year(self, item: str) -> Answer:
        return self.head.act(f"{YEARS}/{item}/close_year")

    def drawn(self) -> list[str]:
        """The checks that wait, by id."""
        items = self.head.get(CHECKS, limit="200").body["items"]
        return sorted(str(i["id"]) for i in items if i["state"] == "drawn")

    def assign(self, check: str, checker: str = "p-clerk2") -> Answer:
        return self.head.act(f"{CHECKS}/{check}/assign_checker", {"checker_id": checker})

    def record(self, check: str, result: str = "true", by: Client | None = None) -> Answer:
        client = by or self.world.as_("clerk2")
        paper = {"result_code": result, "findings": "经核实"}
        attached = self.documents("spot_check_record", client=client)
        return client.act(f"{CHECKS}/{check}/record_check", paper, attachments=attached)

    def verify(self, count: int = 1, result: str = "true") -> None:
        for check in self.drawn()[:count]:
            done(self.assign(check))
            done(self.record(check, result))

    def shown_year(self, item: str) -> dict[str, Any]:
        answer = self.head.get(f"{YEARS}/{item}")
        assert answer.status == 200, answer.body
        return dict(answer.body)


@pytest.fixture
def here(tmp_path: Path) -> SpotCheckWorld:
    return SpotCheckWorld(tmp_path)


@proves("LZ-13.11", check=1)
def test_one_of_twenty_is_enough_and_of_twenty_one_it_takes_two(here: SpotCheckWorld) -> None:
    clue = here.explanations(20)
    item = here.year()
    done(here.draw(item))
    here.verify()
    here.more(clue, 1, date(2026, 12, 31))
    here.world.on(2027, 1, 4)
    refused(here.close_year(item), "COVERAGE_SHORT", "LZ-13.11")
    assert here.shown_year(item)["state"] == "open"
    with here.world.runtimes["clues"].db.write() as session:  # as if the last had come in the next year
        last = session.query(Explanation).filter_by(received_on=date(2026, 12, 31)).one()
        last.received_on = date(2027, 1, 1)
    answer = done(here.close_year(item))
    assert [(d["clause"], d["status"], d["late"]) for d in answer.body["duties"]] == [
        ("LZ-13.11", "met", False)
    ]
    shown = here.shown_year(item)
    assert [shown[name] for name in ("received", "verified", "required")] == [20, 1, 1]


def test_of_twenty_one_two_are_drawn_and_verified_and_then_the_year_closes(here: SpotCheckWorld) -> None:
    here.explanations(21)
    item = here.year()
    done(here.draw(item))
    assert len(here.drawn()) == 2
    here.verify(1)
    here.world.on(2027, 1, 1)
    refused(here.close_year(item), "COVERAGE_SHORT", "LZ-13.11")
    here.verify(1)  # in the new year: accepted, and late
    answer = done(here.close_year(item))
    assert [(d["status"], d["late"]) for d in answer.body["duties"]] == [("met", True)]


@proves("LZ-13.11", check=2)
def test_a_year_without_explanations_is_met_with_none(here: SpotCheckWorld) -> None:
    item = here.year()
    here.world.on(2026, 12, 31, 23, 59)
    refused(here.close_year(item), "PERIOD_OPEN", "LZ-13.11")
    here.world.on(2027, 1, 1, 0, 0)
    answer = done(here.close_year(item))
    assert [(d["status"], d["late"]) for d in answer.body["duties"]] == [("met", False)]
    shown = here.shown_year(item)
    assert (shown["state"], shown["required"]) == ("closed", 0)
    refused(here.close_year(item), "WRONG_STATE", "LZ-13.11")


@proves("LZ-13.11", check=3)
def test_what_was_drawn_and_not_verified_does_not_count(here: SpotCheckWorld) -> None:
    here.explanations(2)
    item = here.year()
    done(here.draw(item, 2))
    for check in here.drawn():
        done(here.assign(check))
    here.world.on(2027, 1, 4)
    refused(here.close_year(item), "COVERAGE_SHORT", "LZ-13.11")
    check = here.head.get(CHECKS).body["items"][0]["id"]
    done(here.record(check))
    done(here.close_year(item))
    [event] = here.events("clues.explanation_spot_checked")
    assert (event.data["result_code"], event.data["checked_on"]) == ("true", "2027-01-04")


def test_an_installation_may_ask_for_a_larger_share(here: SpotCheckWorld) -> None:
    here.explanations(21)
    here.value_is("LZ-13.11", "verified_share", 10)
    item = here.year()
    refused(here.draw(item, 2), "OUT_OF_RANGE", "LZ-13.11")
    done(here.draw(item))
    assert len(here.drawn()) == 3


@proves("LZ-13.12", check=1)
def test_who_held_the_talk_does_not_check_the_explanation(here: SpotCheckWorld) -> None:
    clue = here.disposed(str(done(here.found("p-edu-sec")).body["id"]), "talk")
    done(here.talk(clue))  # by the deputy
    done(here.explain(clue))
    done(here.draw(here.year()))
    [check] = here.drawn()
    refused(here.assign(check, "p-deputy1"), "CONFLICT_OF_INTEREST", "LZ-13.12")
    here.person_is("p-clerk2", office_id="pz1", unit_id="", relatives=("p-edu-sec",))
    refused(here.assign(check, "p-clerk2"), "CONFLICT_OF_INTEREST", "LZ-13.12")
    for stranger in ("p-clerk3", "p-jd1", "p-edu-head", "p-nobody"):
        refused(here.assign(check, stranger), "OUT_OF_SCOPE", "LZ-13.12")
    done(here.assign(check, "p-clerk1"))
    refused(here.record(check, by=here.deputy), "WRONG_ROLE", "LZ-13.12")
    done(here.record(check, by=here.clerk))


@proves("LZ-13.12", check=2)
def test_a_draw_repeated_with_its_stored_seed_gives_the_same_sample(here: SpotCheckWorld) -> None:
    clue = here.explanations(30)
    item = here.year()
    done(here.draw(item))
    here.more(clue, 30)
    refused(here.draw(item, 2), "OUT_OF_RANGE", "LZ-13.11")  # of sixty it takes three
    done(here.draw(item, 5))
    refused(here.draw(item, 5), "DUPLICATE", "LZ-13.12")
    told = here.head.get(f"{YEARS}/{item}/draws").body
    assert "LZ-13.12" in told["clauses"]
    assert [one["size"] for one in told["draws"]] == [2, 5]
    for one in told["draws"]:
        by_hand = sorted(one["population"], key=lambda e: sha256(f"{told['seed']}:{e}".encode()).hexdigest())
        assert one["sample"] == by_hand[: one["size"]]
    assert set(told["drawn"]) == {e for one in told["draws"] for e in one["sample"]}
    assert len(here.drawn()) == len(told["drawn"])
    entries = [e.body for e in here.audited(item, "accepted") if e.act == "draw_sample"]
    for entry, one in zip(entries, told["draws"], strict=True):
        assert told["seed"] in entry
        assert sha256(f",{','.join(one['population'])},".encode()).hexdigest() in entry


def test_two_years_draw_with_different_seeds_from_their_own_explanations(here: SpotCheckWorld) -> None:
    clue = here.explanations(1)
    here.more(clue, 1, date(2025, 12, 31))
    seeds = set()
    for year in (2025, 2026):
        item = here.year(year)
        done(here.draw(item))
        told = here.head.get(f"{YEARS}/{item}/draws").body
        assert len(told["draws"][0]["population"]) == 1
        seeds.add(told["seed"])
    assert len(seeds) == 2


def test_an_office_has_one_spot_check_a_year(here: SpotCheckWorld) -> None:
    here.year()
    again = here.head.act(f"{YEARS}/open_spot_check", {"year": 2026})
    refused(again, "DUPLICATE", "LZ-13.11")
    refused(here.head.act(f"{YEARS}/open_spot_check", {"year": 2027}), "OUT_OF_RANGE", "LZ-13.11")
    other = here.world.as_("head2")
    done(other.act(f"{YEARS}/open_spot_check", {"year": 2026}))
    assert len(other.get(YEARS).body["items"]) == 1


@pytest.mark.parametrize(("day", "warned"), [(30, 0), (31, 1)])
def test_a_shortfall_is_warned_of_at_the_checkpoint_once(here: SpotCheckWorld, day: int, warned: int) -> None:
    here.explanations(21)
    item = here.year()
    done(here.draw(item))
    here.verify(1)
    here.world.on(2026, 3, day, 0, 30)
    here.world.tick()
    here.world.tick()
    short = here.events("clues.spot_check_quota_short")
    assert len(short) == warned
    told = [e.data for e in here.events("clues.notice_due") if e.data["template"] == "spot_check_short"]
    assert [(n["to_role"], n["office_id"]) for n in told] == [("dispatched_office_head", "pz1")] * warned
    if warned:
        figures = {name: short[0].data[name] for name in ("year", "received", "verified", "required")}
        assert figures == {"year": "2026", "received": 21, "verified": 1, "required": 2}
        here.verify(1)
        here.world.on(2026, 6, 30)
        here.world.tick()
        assert len(here.events("clues.spot_check_quota_short")) == 1


def test_the_spot_check_goes_on_in_the_new_year(here: SpotCheckWorld) -> None:
    here.year()
    here.world.on(2026, 12, 31)
    here.world.tick()
    assert [i["year"] for i in here.head.get(YEARS).body["items"]] == [2026]
    here.world.on(2027, 1, 1, 0, 5)
    here.world.tick()
    here.world.tick()
    assert [i["year"] for i in here.head.get(YEARS).body["items"]] == [2027, 2026]
    assert here.world.as_("head2").get(YEARS).body["items"] == []


@pytest.mark.parametrize("closed", [True, False])
def test_a_false_explanation_takes_its_clue_up_again_into_verification(
    here: SpotCheckWorld, *, closed: bool
) -> None:
    clue = str(done(here.found("p-edu-sec")).body["id"])
    if closed:
        here.closed(clue)
    else:
        here.close_proposed(here.explained(clue))
    done(here.draw(here.year()))
    here.verify(1, "false")
    shown = here.shown(clue)
    assert (shown["state"], shown["disposition_code"], shown["reported_on"]) == (
        "verification",
        "verification",
        None,
    )
    changed = here.events("clues.clue_status_changed")[-1].data
    assert (changed["from_state"], changed["to_state"]) == (
        "closed" if closed else "close_proposed",
        "verification",
    )
    assert [d for d in shown["duties"] if d["clause"] == "LZ-14.8" and d["status"] == "open"] == []
    assert here.at(here.of_clue(clue))["state"] == "opened"
    refused(here.close(clue), "APPROVAL_REQUIRED", "LZ-14.8")


def test_a_clue_that_is_being_verified_already_goes_on_as_it_was(here: SpotCheckWorld) -> None:
    clue = here.explained(str(done(here.found("p-edu-sec")).body["id"]))
    here.disposed(clue, "verification")
    done(here.clerk.act(f"{CLUES}/{clue}/begin_verification"))
    done(here.draw(here.year()))
    here.verify(1, "false")
    assert here.shown(clue)["state"] == "verification"
    assert len(here.head.get("/clues/verifications").body["items"]) == 1


def test_the_petition_of_a_clue_that_is_closed_twice_keeps_its_first_reply(here: SpotCheckWorld) -> None:
    petition = here.petition()
    here.world.pump()
    [clue] = [line["id"] for line in here.listed(here.clerk) if line["petition_id"] == petition]
    here.closed(clue)
    here.world.pump()
    done(here.draw(here.year()))
    here.verify(1, "false")
    item = here.of_clue(clue)
    done(here.plan(item))
    done(here.act(here.approved(item), "start_verification"))
    done(here.study(item))
    done(here.report_on(item, "close"))
    done(here.decide(item, here.head))
    done(here.act(item, "conclude_verification"))
    done(here.report(clue))
    done(here.close(clue))
    here.world.pump()
    assert here.clerk.get(f"/intake/petitions/{petition}").body["state"] == "replied"
    assert here.world.parked() == []


def test_a_years_figures_are_the_heads_alone_and_a_check_is_known_as_its_clue_is(
    here: SpotCheckWorld,
) -> None:
    here.explanations(1)
    item = here.year()
    done(here.draw(item))
    [check] = here.drawn()
    done(here.assign(check))
    accounts = [
        "clerk1",
        "clerk2",
        "deputy1",
        "head1",
        "head2",
        "jd1",
        "ags1",
        "leader",
        "edu-head",
        "sys",
        "aud",
    ]
    for path, knowing in (
        (f"{YEARS}/{item}", {"head1"}),
        (f"{YEARS}/{item}/draws", {"head1"}),
        (f"{CHECKS}/{check}", {"clerk2", "deputy1", "head1", "jd1", "ags1"}),
    ):
        assert {a for a in accounts if here.world.as_(a).get(path).status == 200} == knowing
