"""One system of clue disposition: entries of the central ledger (GL-2.10), and the rule a case was opened under."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import update

from services.chassis.tables import DirectoryAssignment
from services.clues.storage import Clue
from tests.clause_proof import proves
from tests.clauses.case_steps import CaseWorld
from tests.clauses.clues_steps import CLUES, CluesWorld, done, refused

ENTRIES = "/clues/central-entries"


@pytest.fixture
def here(tmp_path: Path) -> Iterator[CluesWorld]:
    made = CluesWorld(tmp_path, services=("clues",))
    yield made
    made.world.close()


@pytest.fixture
def cases(tmp_path: Path, clue_to_be_filed: Path) -> Iterator[CaseWorld]:
    made = CaseWorld.copied(clue_to_be_filed, tmp_path)
    yield made
    made.world.close()


def flags(here: CluesWorld, account: str) -> dict[str, str]:
    items = done(here.world.as_(account).get(ENTRIES)).body["items"]
    return {one["office_id"]: one["flag"] for one in items}


@proves("GL-2.10", check=1)
def test_an_office_without_entries_in_the_central_ledger_is_a_gap(here: CluesWorld) -> None:
    gap = {"pz1": "COMPLIANCE_GAP", "pz2": "COMPLIANCE_GAP"}
    assert flags(here, "ags1") == flags(here, "jd1") == gap
    assert flags(here, "head1") == {"pz1": "COMPLIANCE_GAP"}
    done(here.found("p-edu-sec"))
    assert flags(here, "ags1") == flags(here, "jd1") == gap | {"pz1": ""}
    assert flags(here, "head1") == {"pz1": ""}
    assert flags(here, "head2") == {"pz2": "COMPLIANCE_GAP"}


def test_an_entry_that_the_reader_may_not_know_of_leaves_the_gap(here: CluesWorld) -> None:
    done(here.found("p-clerk2"))
    assert (flags(here, "head1"), flags(here, "ags1")["pz1"]) == ({"pz1": "COMPLIANCE_GAP"}, "")


@proves("GL-2.10", check=2)
def test_a_disposition_outside_the_system_has_no_entry(here: CluesWorld) -> None:
    clue = here.disposed(str(done(here.found("p-edu-sec")).body["id"]))
    number = here.shown(clue)["no"]
    supervising = here.world.as_("ags1")
    entry = done(supervising.get(f"{ENTRIES}/{number}")).body
    assert (entry["id"], entry["disposition_code"]) == (clue, "inquiry")
    unknown = supervising.get(f"{ENTRIES}/XS-pz1-2026-99999")
    assert (unknown.status, unknown.code, unknown.body["clauses"]) == (404, "UNKNOWN_REFERENCE", ["GL-2.10"])
    filed = here.clerk.act(
        f"{CLUES}/{'0' * 32}/file_for_record", {"recipient_role": "case_supervision_office"}
    )
    assert (filed.status, filed.code) == (404, "UNKNOWN_REFERENCE")


def test_the_number_of_a_hidden_entry_answers_like_one_that_never_was(here: CluesWorld) -> None:
    hidden = done(here.found("p-clerk2")).body["id"]
    number = here.shown(str(hidden))["no"]
    found, nothing = here.head.get(f"{ENTRIES}/{number}"), here.head.get(f"{ENTRIES}/{number}9")
    assert (found.status, found.body) == (nothing.status, nothing.body)
    assert done(here.world.as_("ags1").get(f"{ENTRIES}/{number}")).body["id"] == hidden


@pytest.mark.parametrize("account", ["clerk1", "deputy1", "leader", "xc1", "edu-head", "sys"])
def test_the_ledger_is_looked_over_by_the_posts_whose_it_is(here: CluesWorld, account: str) -> None:
    client = here.world.as_(account)
    refused(client.get(ENTRIES), "WRONG_ROLE", "GL-2.10")
    refused(client.get(f"{ENTRIES}/XS-1"), "WRONG_ROLE", "GL-2.10")


@proves("GL-3.6", check=1)
def test_a_case_keeps_the_version_of_the_rule_that_it_was_opened_under(cases: CaseWorld) -> None:
    item = cases.opened_case()
    assert cases.case(item)["rule_version"].startswith("2019-01-02.")
    judged = cases.judged_case()
    assert cases.case(judged)["rule_version"] == cases.case(item)["rule_version"]


@proves("GL-3.6", check=2)
def test_before_there_is_a_rule_no_case_is_opened(cases: CaseWorld) -> None:
    clue = cases.proposed()
    cases.world.on(2018, 12, 29)
    with cases.world.runtimes["clues"].db.write() as session:
        session.execute(update(Clue).values(opened_on=date(2018, 12, 1)))
        session.execute(update(DirectoryAssignment).values(valid_from=date(2018, 1, 1)))
    answer = cases.clerk.act(f"{CLUES}/{clue}/begin_filing")
    assert (answer.status, answer.code, answer.body["field"]) == (422, "MISSING_FIELD", "rule_version")
    assert answer.body["clauses"] == ["GL-3.6"]
    assert cases.shown(clue)["state"] == "filing_proposed"
    cases.world.on(2019, 1, 2)
    done(cases.clerk.act(f"{CLUES}/{clue}/begin_filing"))
