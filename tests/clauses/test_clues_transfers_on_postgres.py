"""What passes between the offices, on PostgreSQL and SQLite; on both the audit trail fits the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select

from services.intake.reindexing import reindex_next
from services.intake.storage import SearchTerm
from tests.attacks.verifying import verified
from tests.clauses.clues_steps import done
from tests.clauses.intake_petitions import letter, register
from tests.clauses.test_inspection_transfers import refer
from tests.clauses.transfer_steps import TransferWorld
from tests.clauses.unit_org_steps import (
    ASKED,
    BOTH,
    CASES,
    CHECK,
    CHECKS,
    LEARNED,
    OPINIONS,
    holder,
    with_posts,
)

SERVICES = ("archive", "inspection", "clues", "intake")


@pytest.fixture(params=("sqlite", "postgresql"))
def here(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TransferWorld]:
    database: Callable[[str], str] | None = None
    if request.param == "postgresql":
        database = request.getfixturevalue("postgres_databases")
    made = TransferWorld(tmp_path, services=SERVICES, database=database)
    with_posts(made.world, ("edu-org", "unit_discipline_org", "", "edu"))
    yield made
    made.world.close()


def transfers_go_round(here: TransferWorld) -> None:
    assigned, own = here.transferred(), here.transferred("investigate_now", found_no="8")
    done(here.assign(assigned["id"]))
    here.closed_by_the_head(here.its_clue(assigned))
    done(here.conclude(own["id"]))
    done(here.publicise(own["id"]))
    done(refer(here, "XJ-1"))
    here.world.pump()
    assert here.sent(assigned["clue_no"])["state"] == "concluded"
    assert here.sent(own["clue_no"])["state"] == "publicised"


def units_are_worked_with(here: TransferWorld) -> None:
    org = holder(here.world, "edu-org")
    case = done(here.clerk.act(f"{CASES}/register_enforcement_case", LEARNED)).body["id"]
    done(here.clerk.act(f"{CASES}/{case}/report_enforcement_case", {"recipient_roles": BOTH}))
    check = done(here.clerk.act(f"{CHECKS}/record_unit_org_check", CHECK)).body["id"]
    done(org.act(f"{CHECKS}/{check}/answer_unit_org_check", {"answer": "已整改"}))
    asked = done(org.act(f"{OPINIONS}/ask_unit_org_opinion", ASKED)).body["id"]
    done(here.head.act(f"{OPINIONS}/{asked}/give_unit_org_opinion", {"opinion_code": "agreed"}))
    assert [line["id"] for line in org.get(OPINIONS).body["items"]] == [asked]


def an_opinion_is_given(here: TransferWorld) -> None:
    wanted = {"person_ids": ["p-edu-sec"], "purpose_code": "other", "basics": "基本情况"}
    place = "/archive/integrity-opinions"
    request = done(here.world.as_("edu-clerk").act(f"{place}/request_opinion", wanted)).body["id"]
    here.world.pump()
    [search] = here.head.get("/clues/opinion-searches").body["items"]
    done(here.head.act(f"/clues/opinion-searches/{search['id']}/search_ledger", {}))
    here.world.pump()
    done(here.clerk.act(f"{place}/{request}/reply_opinion", {"opinion": "意见"}))
    done(here.head.decide("archive", "integrity-opinions", request))
    [found] = here.head.get(f"{place}/{request}/evidence").body["items"]
    assert found["result_code"] == "concluded"


def the_index_is_made_again(here: TransferWorld) -> None:
    intake = here.world.runtimes["intake"]
    register(here.world, letter(summary="反映食堂采购问题"))
    with intake.db.write() as session:
        before = session.scalar(select(func.count()).select_from(SearchTerm))
        session.execute(delete(SearchTerm))
    for looked_at in (1, 0):
        with intake.db.write() as session:
            assert reindex_next(session, intake.ring).looked_at == looked_at
    with intake.db.read() as session:
        assert before
        assert session.scalar(select(func.count()).select_from(SearchTerm)) == before


def test_what_passes_between_the_offices_is_whole_on_both_engines(here: TransferWorld) -> None:
    transfers_go_round(here)
    units_are_worked_with(here)
    an_opinion_is_given(here)
    the_index_is_made_again(here)
    here.world.pump()
    assert here.world.parked() == []
    found = verified(here.world)
    assert found.ok, found
