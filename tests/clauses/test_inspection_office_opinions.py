"""An office accepts supervision from five sides: opinions on it are answered and traced (LZ-22.14)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.clause_proof import proves
from tests.clauses.office_steps import OPINION, OPINIONS, OfficeWorld
from tests.clauses.supervision_steps import done, refused

ANSWER: dict[str, Any] = {"accepted": True, "answer": "增加接访日"}
TRACE: dict[str, Any] = {"traced_on": "2026-03-02", "carried_out": True, "facts": "已公布接访安排"}


@pytest.fixture
def w(tmp_path: Path) -> OfficeWorld:
    return OfficeWorld(tmp_path)


@proves("LZ-22.14", check=1)
@pytest.mark.parametrize(
    "channel", ["from_above", "within_party", "from_unit", "from_society", "from_masses"]
)
def test_an_opinion_from_each_of_the_five_channels_is_answered_and_traced(
    w: OfficeWorld, channel: str
) -> None:
    opinion = f"{OPINIONS}/{done(w.opine_on(channel=channel)).body['id']}"
    assert ("dispatched_office_head", "pz1") in w.told("office_opinion_received")
    refused(w.do(opinion, "trace_office_opinion", TRACE, by=w.liaison), "WRONG_STATE", "LZ-22.14")
    answer = done(w.do(opinion, "answer_office_opinion", ANSWER, by=w.head))
    assert "LZ-22.14" in answer.body["clauses"]
    assert w.events("office_supervised") == [
        {
            "round_id": opinion.rpartition("/")[2],
            "office_id": "pz1",
            "result_code": "opinion_accepted",
            "checked_on": "2026-03-02",
        }
    ]
    assert "LZ-22.14" in done(w.do(opinion, "trace_office_opinion", TRACE, by=w.liaison)).body["clauses"]
    shown = w.item(opinion)
    assert (shown["channel_code"], shown["state"], shown["accepted"], shown["carried_out"]) == (
        channel,
        "traced",
        True,
        True,
    )


@proves("LZ-22.14", check=2)
def test_an_opinion_without_its_channel_is_refused(w: OfficeWorld) -> None:
    paper = {key: value for key, value in OPINION.items() if key != "channel"}
    refused(w.do(OPINIONS, "file_office_opinion", paper), "MISSING_FIELD", "LZ-22.14", field="channel")
    refused(w.opine_on(channel="rumour"), "OUT_OF_RANGE", "LZ-22.14", field="channel")
    assert w.listed(OPINIONS) == []
    assert "LZ-22.14" in done(w.opine_on()).body["clauses"]


def test_a_unit_speaks_for_itself_to_the_office_that_supervises_it(w: OfficeWorld) -> None:
    refused(w.opine_on(by=w.unit), "OUT_OF_RANGE", "LZ-22.14", field="channel")
    refused(w.opine_on(by=w.unit, channel="from_unit", office_id="pz2"), "OUT_OF_SCOPE", field="office_id")
    opinion = f"{OPINIONS}/{done(w.opine_on(by=w.unit, channel='from_unit')).body['id']}"
    assert w.item(opinion, w.head)["unit_id"] == "edu"
    assert w.item(opinion, w.unit)["state"] == "received"
    others = f"{OPINIONS}/{done(w.opine_on()).body['id']}"
    refused(w.unit.get(others), "UNKNOWN_REFERENCE")
    refused(w.stranger.get(opinion), "UNKNOWN_REFERENCE")


def test_a_liaison_office_names_one_of_its_own_offices(w: OfficeWorld) -> None:
    refused(w.opine_on(by=w.liaison), "MISSING_FIELD", field="office_id")
    refused(w.opine_on(by=w.liaison, office_id="xfs"), "OUT_OF_SCOPE", field="office_id")
    opinion = f"{OPINIONS}/{done(w.opine_on(by=w.liaison, office_id='pz1')).body['id']}"
    assert w.item(opinion, w.leader)["office_id"] == "pz1"


def test_the_leaders_of_the_office_answer_and_the_liaison_office_traces(w: OfficeWorld) -> None:
    opinion = f"{OPINIONS}/{done(w.opine_on()).body['id']}"
    refused(w.do(opinion, "answer_office_opinion", ANSWER), "WRONG_ROLE")
    done(w.do(opinion, "answer_office_opinion", ANSWER | {"accepted": False}, by=w.deputy))
    assert w.events("office_supervised")[0]["result_code"] == "opinion_answered"
    refused(w.do(opinion, "trace_office_opinion", TRACE, by=w.head), "WRONG_ROLE")
    for day in ("2026-03-01", "2026-03-03"):
        answer = w.do(opinion, "trace_office_opinion", TRACE | {"traced_on": day}, by=w.liaison)
        refused(answer, "DATE_ORDER", field="traced_on")
    refused(w.opine_on(received_on="2026-03-03"), "DATE_ORDER", field="received_on")
