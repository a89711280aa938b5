"""A suspected breach in consultation: a clue in the clue ledger, and a number alone in the ledger that is shared."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.clues_steps import CluesWorld, done, refused
from tests.world import Answer, Client

ENTRIES = "/clues/shared-entries"
BREACH: dict[str, object] = {
    "source_code": "audit",
    "found_on": "2026-03-02",
    "subject_ids": ["p-edu-sec"],
    "facts": "审计发现涉嫌违规报销",
}


@pytest.fixture
def here(tmp_path: Path) -> CluesWorld:
    return CluesWorld(tmp_path, services=("clues",))


def opened(client: Client, **changes: object) -> Answer:
    return client.act(f"{ENTRIES}/open_shared_entry", BREACH | changes)


@proves("HS-1.12", check=1)
@pytest.mark.parametrize("account", ["edu-head", "clerk1"])
def test_taking_up_a_suspected_breach_registers_a_clue_and_shares_a_number(
    here: CluesWorld, account: str
) -> None:
    client = here.world.as_(account)
    entry = done(opened(client, **({} if account == "edu-head" else {"unit_id": "edu"}))).body
    assert "HS-1.12" in entry["clauses"]
    [clue] = here.listed(here.head)
    assert clue["state"] == "registered"
    assert clue["id"] not in str(client.get(f"{ENTRIES}/{entry['id']}").body)
    shown = here.head.get(f"{ENTRIES}/{entry['id']}").body
    assert shown["no"] == "HS-edu-2026-00001"
    text = str(shown) + str(here.head.get(ENTRIES).body)
    assert not [word for word in ("p-edu-sec", "审计", clue["id"], clue["no"]) if word in text]
    for paper in shown["papers"]:
        read = here.head.get(f"{ENTRIES}/{entry['id']}/papers/{paper['id']}").body
        assert "违规报销" not in str(read)
    received = here.events("clues.clue_received_from_unit")
    assert [event.data["clue_id"] for event in received] == ([clue["id"]] if account == "edu-head" else [])


@proves("HS-1.12", check=2)
@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"subject_ids": ["p-edu-sec"]}, "subject_ids"),
        ({"facts": "某科长违规报销"}, "facts"),
        ({"progress": "已约谈p-edu-sec"}, "progress"),
    ],
)
def test_details_of_a_suspect_do_not_enter_the_shared_ledger(
    here: CluesWorld, details: dict[str, object], field: str
) -> None:
    entry = done(opened(here.clerk, unit_id="edu")).body["id"]
    for client in (here.clerk, here.head):
        path = f"{ENTRIES}/{entry}/note_on_shared_entry"
        answer = client.act(path, {"progress": "正在办理"} | details)
        refused(answer, "ACCESS_DENIED", "HS-1.12")
        assert answer.body["field"] == field
        done(client.act(path, {"progress": "正在办理"}))


def test_a_suspected_breach_is_taken_up_for_a_unit_of_ones_own(here: CluesWorld) -> None:
    refused(opened(here.clerk, unit_id="hou"), "OUT_OF_SCOPE", "HS-1.12")
    refused(opened(here.clerk), "UNKNOWN_REFERENCE", "HS-1.12")
    assert opened(here.world.as_("xf1"), unit_id="edu").code == "WRONG_ROLE"
    assert here.listed(here.head) == []


def test_the_suspect_and_their_line_do_not_see_the_number(here: CluesWorld) -> None:
    entry = done(opened(here.clerk, unit_id="edu")).body["id"]
    for account in ("edu-clerk", "hou-head", "clerk3", "sys", "jd1"):
        client = here.world.as_(account)
        assert client.get(f"{ENTRIES}/{entry}").status == 404
        assert client.get(ENTRIES).body["items"] == []
