"""The case supervision office helps with an approved query, directly, and its answer is tracked (GL-2.22)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.clues_steps import done, refused
from tests.clauses.measure_steps import MeasureWorld
from tests.world import Answer


@pytest.fixture
def here(tmp_path: Path) -> MeasureWorld:
    return MeasureWorld(tmp_path)


def ask(here: MeasureWorld, item: str) -> Answer:
    return here.on_measure(item, "request_query_assistance", {"need": "协助查询登记信息"})


def answer(here: MeasureWorld, item: str, account: str = "ags1") -> Answer:
    return here.on_measure(
        item, "answer_query_assistance", {"result": "查询情况"}, by=here.world.as_(account)
    )


@proves("GL-2.22", check=1)
def test_an_approved_query_is_sent_to_the_case_supervision_office_and_its_answer_tracked(
    here: MeasureWorld,
) -> None:
    item = here.head_approved(here.requested("query"))
    refused(answer(here, item), "PRECONDITION_NOT_MET", "GL-2.22")
    sent = done(ask(here, item)).body
    assert "GL-2.22" in sent["clauses"]
    assert (here.measure(item)["assistance_asked_on"], here.measure(item)["state"]) == (
        "2026-03-02", "approved",
    )  # fmt: skip
    [event] = here.events("clues.query_assistance_requested")
    assert (event.data["measure_id"], event.data["recipient_role"]) == (item, "case_supervision_office")
    assert here.notices("query_assistance_asked") == [("case_supervision_office", "", "")]
    refused(ask(here, item), "DUPLICATE", "GL-2.22")
    [waiting] = here.world.as_("ags1").get("/clues/worklist").body["items"]
    assert [act["name"] for act in waiting["acts"]] == ["answer_query_assistance"]
    for account in ("clerk1", "head1", "jd1"):
        refused(answer(here, item, account), "WRONG_ROLE", "GL-2.22")
    here.world.on(2026, 3, 4)
    done(answer(here, item))
    assert here.measure(item)["assistance_answered_on"] == "2026-03-04"
    assert here.notices("query_assistance_answered") == [("", "", "p-clerk1")]
    refused(answer(here, item), "DUPLICATE", "GL-2.22")
    done(ask(here, item))  # once more
    assert "assistance_answered_on" not in {k for k, v in here.measure(item).items() if v}


@proves("GL-2.22", check=2)
def test_a_query_that_is_not_approved_is_sent_to_nobody(here: MeasureWorld) -> None:
    item = here.requested("query")
    refused(ask(here, item), "APPROVAL_REQUIRED", "GL-2.22")
    here.submitted(here.requested("obtain", communication_data=True))
    refused(ask(here, here.latest()), "APPROVAL_REQUIRED", "GL-2.22")
    refused(ask(here, here.head_approved(here.requested("talk"))), "OUT_OF_RANGE", "GL-2.22")
    assert here.events("clues.query_assistance_requested") == []


def test_where_the_installation_has_no_direct_route_help_goes_through_the_liaison_office(
    here: MeasureWorld,
) -> None:
    item = here.head_approved(here.requested("query"))
    here.value_is("GL-2.22", "direct_help", 0)
    refused(ask(here, item), "WRONG_ROUTE", "LZ-16.9")
    done(here.on_measure(item, "ask_query_help", {"need": "协助调取数据"}))
