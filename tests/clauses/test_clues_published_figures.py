"""Figures that were published stay as they were told; what is corrected since is shown beside them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.clause_proof import proves
from tests.clauses.clues_steps import CluesWorld, done, refused
from tests.clauses.decision_steps import DecisionWorld
from tests.clauses.figure_rows import Rows, value
from tests.world import Answer, Client

PUBLISHED = "/clues/published-figures"
RETURN = {"clause": "GL-2.28", "from_on": "2026-01-01", "to_on": "2026-12-31", "office_ids": ["pz1"]}
REVERSAL = {"person_id": "p-edu-sec", "ground_code": "revoked", "document_no": "撤〔2026〕1号"}
DAY = date(2026, 2, 2)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[CluesWorld]:
    made = CluesWorld(tmp_path, services=("clues",))
    yield made
    made.world.close()


@pytest.fixture
def told(tmp_path: Path, case_with_the_unit_told: Path) -> Iterator[DecisionWorld]:
    made = DecisionWorld.copied(case_with_the_unit_told, tmp_path)
    yield made
    made.world.close()


def publish(client: Client, **changes: object) -> Answer:
    paper = {name: given for name, given in (RETURN | changes).items() if given is not None}
    return client.act(f"{PUBLISHED}/publish_figure", paper)


def correction(client: Client, item: str) -> dict[str, Any]:
    return dict(done(client.get(f"{PUBLISHED}/{item}/correction")).body)


@proves("GL-2.28", check=2)
@proves("GL-4.4", check=2)
def test_a_decision_that_is_revoked_later_shows_as_a_correction(told: DecisionWorld) -> None:
    item = str(told.cases()[0]["id"])
    told.world.on(2026, 3, 5)
    grave = {
        "form_code": "third_form",
        "party_sanction_code": "removal_from_party_post",
        "reason": "研究决定",
    }
    refused(told.do(item, "record_reversal", REVERSAL), "MISSING_DOCUMENT", "GL-2.28")
    nothing = told.do(item, "record_reversal", REVERSAL, documents=("reversal_document",))
    refused(nothing, "UNKNOWN_REFERENCE", "GL-2.28")
    done(told.decide_by_unit(item, **grave))
    sums = {clause: str(done(publish(told.head, clause=clause, reform_on="2026-01-01")).body["id"])
            for clause in ("GL-2.28", "GL-4.4")}  # fmt: skip
    for one in sums.values():
        assert correction(told.head, one)["corrected"] is False
    told.world.on(2026, 3, 9)
    late = told.do(
        item, "record_reversal", REVERSAL | {"reversed_on": "2026-03-10"}, documents=("reversal_document",)
    )
    refused(late, "DATE_ORDER", "GL-2.28")
    done(told.do(item, "record_reversal", REVERSAL, documents=("reversal_document",)))
    twice = told.do(item, "record_reversal", REVERSAL, documents=("reversal_document",))
    refused(twice, "DUPLICATE", "GL-2.28")
    for clause, one in sums.items():
        shown = correction(told.head, one)
        assert (shown["clause"], shown["published_value"], shown["value"]) == (clause, "1", "0")
        assert shown["corrected"] is True
        assert [dropped["source"] for dropped in shown["dropped"]] == ["sanctions"]
        assert done(told.head.get(f"{PUBLISHED}/{one}")).body["value"] == "1"


@proves("GL-1.35", check=2)
def test_a_later_acquittal_leaves_last_years_figure_as_published_and_shows_the_correction(
    told: DecisionWorld,
) -> None:
    item = str(told.cases()[0]["id"])
    record = {"person_id": "p-edu-sec", "transfer_no": "移〔2026〕1号"}
    done(told.do(item, "transfer_to_procuratorate", record, documents=("prosecution_opinion",)))
    done(told.rule(item, told.liaison))
    done(told.rule(item, told.leader))
    told.world.on(2027, 1, 11)
    published = str(done(publish(told.head, clause="GL-1.35")).body["id"])
    told.world.on(2027, 6, 1)
    revoked = told.do(item, "record_reversal", REVERSAL | {"ground_code": "acquitted"},
                      documents=("reversal_document",))  # fmt: skip
    done(revoked)
    shown = correction(told.head, published)
    assert (shown["published_on"], shown["published_value"], shown["value"]) == ("2027-01-11", "1", "0")
    assert shown["corrected"] is True
    assert value(told.head, "GL-1.35") == 0
    assert done(told.head.get(f"{PUBLISHED}/{published}")).body["value"] == "1"


def test_what_comes_to_a_period_afterwards_is_a_correction_as_well(here: CluesWorld) -> None:
    rows = Rows(here.world)
    rows.sanction(DAY, "p-row-1", "second_form")
    published = str(done(publish(here.head)).body["id"])
    rows.sanction(DAY, "p-row-2", "second_form")
    shown = correction(here.head, published)
    assert (shown["published_value"], shown["value"], shown["dropped"]) == ("1", "2", [])
    assert [one["counted"] for one in shown["added"]] == ["p-row-2"]


def test_one_for_another_is_a_correction_of_the_same_value(here: CluesWorld) -> None:
    rows = Rows(here.world)
    case = rows.case("p-row-1")
    rows.sanction(DAY, "p-row-1", "second_form", case=case)
    published = str(done(publish(here.head)).body["id"])
    rows.undone(case, "p-row-1", "revoked")
    rows.sanction(DAY, "p-row-2", "second_form")
    shown = correction(here.head, published)
    assert (shown["published_value"], shown["value"], shown["corrected"]) == ("1", "1", True)


@pytest.mark.parametrize(
    ("clause", "before", "told"),
    [
        ("GL-1.36", 2, {"value": 500, "decimals": 1, "unit": "percent", "falling": True, "applicable": True}),
        ("GL-1.36", 0, {"value": 0, "decimals": 1, "unit": "percent", "falling": False, "applicable": False}),
        ("GL-2.28", 0, {"value": 0, "decimals": 0, "unit": "persons", "falling": False, "applicable": True}),
    ],
)
def test_a_published_figure_is_handed_on_with_its_period_and_offices(
    here: CluesWorld, clause: str, before: int, told: dict[str, object]
) -> None:
    rows = Rows(here.world)
    rows.disposed(DAY)
    for _ in range(before):
        rows.disposed(date(2025, 2, 2))
    item = done(publish(here.head, clause=clause)).body["id"]
    [event] = here.events("clues.figures_computed")
    period = {"period": "2026", "from_on": "2026-01-01", "to_on": "2026-12-31", "office_ids": ["pz1"]}
    assert event.data == {"clause": clause} | period | told
    shown = done(here.head.get(f"{PUBLISHED}/{item}")).body
    assert (shown["no"], shown["clause"]) == (f"TJ-{clause}-2026-00001", clause)


@pytest.mark.parametrize(
    ("first", "last", "period"),
    [
        ("2026-03-01", "2026-03-31", "2026-03"),
        ("2026-01-01", "2026-03-31", "2026-Q1"),
        ("2026-07-01", "2026-12-31", "2026-H2"),
        ("2026-01-01", "2026-04-30", "2026"),
        ("2026-01-02", "2026-03-31", "2026"),
        ("2025-12-01", "2026-01-31", "2026"),
    ],
)
def test_the_calendar_period_is_named_where_the_days_fill_one(
    here: CluesWorld, first: str, last: str, period: str
) -> None:
    done(publish(here.head, from_on=first, to_on=last))
    [event] = here.events("clues.figures_computed")
    assert (event.data["period"], event.data["from_on"], event.data["to_on"]) == (period, first, last)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"clause": "GL-1.31"}, "OUT_OF_RANGE", "clause"),
        ({"from_on": None}, "MISSING_FIELD", "from_on"),
        ({"to_on": None}, "MISSING_FIELD", "to_on"),
        ({"office_ids": None}, "MISSING_FIELD", "office_ids"),
        ({"office_ids": ["nowhere"]}, "UNKNOWN_REFERENCE", "office_ids"),
        ({"to_on": "2025-12-31"}, "DATE_ORDER", "to_on"),
        ({"clause": "GL-4.3"}, "MISSING_FIELD", "reform_on"),
    ],
)
def test_what_cannot_be_computed_is_not_published(
    here: CluesWorld, changes: dict[str, object], code: str, field: str
) -> None:
    answer = publish(here.head, **changes)
    assert (answer.code, answer.body["field"]) == (code, field)
    assert here.events("clues.figures_computed") == []


@pytest.mark.parametrize("account", ["deputy1", "clerk1", "jd1", "ags1", "leader", "head2", "sys"])
def test_a_published_figure_is_its_publishers_alone(here: CluesWorld, account: str) -> None:
    item = str(done(publish(here.head)).body["id"])
    other = here.world.as_(account)
    unknown = "0" * 32
    for path in ("", "/correction"):
        hidden, nothing = other.get(f"{PUBLISHED}/{item}{path}"), other.get(f"{PUBLISHED}/{unknown}{path}")
        assert (hidden.status, hidden.body) == (nothing.status, nothing.body) == (404, nothing.body)
    assert done(other.get(PUBLISHED)).body["items"] == []
