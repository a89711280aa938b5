"""Who may know of a clue, and who never: the person reported, their line and their relatives (LZ-12.24, LZ-22.15)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clauses.clues_steps import CLUES, CluesWorld, done
from tests.world import Client


@pytest.fixture
def here(tmp_path: Path) -> CluesWorld:
    return CluesWorld(tmp_path)


def every_way_in(here: CluesWorld, client: Client, clue: str) -> list[int]:
    """The statuses that a person gets who tries each way to a clue."""
    seen_by_handler = here.shown(clue)
    paper = seen_by_handler["papers"][0]["id"]
    attachment = seen_by_handler["attachments"][0]["id"]
    version = seen_by_handler["version"]
    answers = [
        client.get(f"{CLUES}/{clue}"),
        client.get(f"{CLUES}/{clue}/papers/{paper}"),
        client.get(f"{CLUES}/{clue}/attachments/{attachment}"),
        client.act(f"{CLUES}/{clue}/close_clue", version=version),
        client.decide("clues", "clues", clue),
        client.send("DELETE", f"{CLUES}/{clue}"),
    ]
    assert all(answer.code == "UNKNOWN_REFERENCE" and not answer.body["clauses"] for answer in answers)
    return [answer.status for answer in answers]


@pytest.mark.parametrize("reported", ["deputy1", "ags1", "jd1"])
def test_for_the_person_reported_the_clue_is_in_no_list_whatever_their_post(
    here: CluesWorld, reported: str
) -> None:
    """Each of them would know of the office's clues by their post."""
    other = done(here.found("p-edu-sec")).body["id"]
    clue = done(here.found(f"p-{reported}", "p-edu-sec")).body["id"]
    client = here.world.as_(reported)
    assert [line["id"] for line in here.listed(client)] == [other]
    assert clue not in {line["id"] for line in client.get("/clues/worklist").body["items"]}
    assert client.get(f"{CLUES}/{clue}").status == 404
    assert clue in {line["id"] for line in here.listed(here.clerk)}


def test_whoever_is_reported_gets_the_answer_of_an_unknown_id_everywhere(here: CluesWorld) -> None:
    clue = done(here.found("p-ags1")).body["id"]
    done(here.propose(clue))
    statuses = every_way_in(here, here.world.as_("ags1"), clue)
    assert set(statuses) == {404}
    codes = {entry.code for entry in here.audited(clue, "refused")}
    assert codes == {"CONFLICT_OF_INTEREST"}
    assert here.world.as_("ags1").get("/clues/spot-check-population").body["count"] == 0


@pytest.mark.parametrize("stranger", ["clerk2", "head2", "clerk3", "xf1", "leader", "sys", "aud", "edu-head"])
def test_who_need_not_know_gets_the_answer_of_an_unknown_id(here: CluesWorld, stranger: str) -> None:
    clue = done(here.found("p-edu-sec")).body["id"]
    done(here.propose(clue))
    client = here.world.as_(stranger)
    assert set(every_way_in(here, client, clue)) == {404}
    assert here.listed(client) == []
    assert {entry.code for entry in here.audited(clue, "refused")} == {"ACCESS_DENIED"}


@pytest.mark.parametrize("reader", ["head1", "deputy1", "clerk1", "jd1", "ags1"])
def test_the_offices_leaders_the_handler_and_the_two_offices_know(here: CluesWorld, reader: str) -> None:
    clue = done(here.found("p-edu-sec")).body["id"]
    client = here.world.as_(reader)
    assert here.shown(clue, client)["id"] == clue
    assert [line["id"] for line in here.listed(client)] == [clue]


@pytest.mark.parametrize("reader", ["jd1", "ags1"])
def test_the_two_offices_read_and_do_not_handle(here: CluesWorld, reader: str) -> None:
    clue = done(here.found("p-edu-sec")).body["id"]
    answer = here.propose(clue, by=here.world.as_(reader))
    assert (answer.code, here.shown(clue)["version"]) == ("WRONG_ROLE", 1)


def test_a_relative_of_the_person_reported_is_kept_out(here: CluesWorld) -> None:
    here.person_is("p-deputy1", office_id="pz1", unit_id="", relatives=("p-edu-sec",))
    clue = done(here.found("p-edu-sec")).body["id"]
    assert here.deputy.get(f"{CLUES}/{clue}").status == 404
    assert here.listed(here.deputy) == []
