"""Counts over time at the desk: charts with a table beside, what is behind a bar, the report of a period."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from services.chassis.audit.tables import AuditEntry
from services.clues.storage import Clue
from services.desk.passwords import WORKER
from tests.clauses.figure_rows import Rows
from tests.clauses.intake_petitions import letter, register
from tests.unit.desk.visitor import Visitor, open_account
from tests.world import World

ASKED = {"from": "2026-01-01", "to": "2026-06-30", "offices": "pz1"}
QUERY = "from=2026-01-01&to=2026-06-30&offices=pz1"
SERIES = "/clues/trends/clues-by-source"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Seven clues found in daily supervision in January, four on the last of February, six from a unit on 1 March."""
    made = World(tmp_path_factory.mktemp("charts"), services=("clues", "intake", "desk"))
    rows = Rows(made)
    for day, times, source in (
        (date(2026, 1, 31), 7, "own_finding"),
        (date(2026, 2, 28), 4, "own_finding"),
        (date(2026, 3, 1), 6, "unit"),
    ):
        for _ in range(times):
            clue = rows.clue("p-edu-sec", on=day, subject_level="staff")
            with made.runtimes["clues"].db.write() as session:
                session.execute(update(Clue).where(Clue.id == clue).values(source=source, opened_on=day))
    for _ in range(5):
        rows.first_form(date(2026, 3, 2), "p-edu-sec")
    rows.clue("p-head1", on=date(2026, 1, 5))
    for account in ("head1", "clerk1", "jd1"):
        open_account(made, account)
    yield made
    made.close()
    WORKER.close()


def at_desk(world: World, account: str) -> Visitor:
    visitor = Visitor(world)
    assert visitor.sign_in(account).status == 303
    return visitor


def counts(body: dict[str, Any]) -> dict[str, list[int | None]]:
    return {one["code"]: one["counts"] for one in body["series"] if any(n != 0 for n in one["counts"])}


def test_each_row_counts_in_the_month_of_its_day_and_small_counts_are_not_told(world: World) -> None:
    body = world.as_("head1").get(SERIES, **ASKED).body
    assert counts(body) == {"own_finding": [7, None, 0, 0, 0, 0], "unit": [0, 0, 6, 0, 0, 0]}
    assert body["totals"] == [7, None, 6, 0, 0, 0]
    assert [one["from"] for one in body["periods"]][:2] == ["2026-01-01", "2026-02-01"]


def test_by_quarter_the_months_are_one(world: World) -> None:
    body = world.as_("head1").get(SERIES, step="quarter", **ASKED).body
    assert counts(body) == {"own_finding": [11, 0], "unit": [6, 0]}


def test_who_is_concerned_is_counted_by_others_alone(world: World) -> None:
    """The clue on the head of the office is in the number that the liaison office sees, and not in the head's."""
    seen = world.as_("jd1").get(SERIES, **ASKED).body
    assert counts(seen)["own_finding"][0] == 8


def test_the_four_forms_are_those_of_the_figures(world: World) -> None:
    body = world.as_("head1").get("/clues/trends/four-forms", **ASKED).body
    assert counts(body) == {"first_form": [0, 0, 5, 0, 0, 0]}
    figure = world.as_("head1").get("/clues/figures/GL-1.32", **ASKED).body
    assert figure["measures"][1]["value"] == 5


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"from": ""}, "MISSING_FIELD"),
        ({"offices": ""}, "MISSING_FIELD"),
        ({"offices": "nowhere"}, "UNKNOWN_REFERENCE"),
        ({"to": "2025-12-31"}, "DATE_ORDER"),
        ({"to": "2030-12-31"}, "OUT_OF_RANGE"),
        ({"from": "20260101"}, "INVALID_FIELD"),
        ({"step": "week"}, "INVALID_FIELD"),
    ],
)
def test_what_cannot_be_counted_is_refused(world: World, changed: dict[str, str], code: str) -> None:
    assert world.as_("head1").get(SERIES, **(ASKED | changed)).code == code


def test_a_post_that_does_not_count_is_refused_and_that_is_on_record(world: World) -> None:
    for path in (SERIES, f"{SERIES}/items"):
        assert world.as_("clerk1").get(path, **ASKED).code == "WRONG_ROLE"
    with world.runtimes["clues"].db.read() as session:
        refused = select(AuditEntry).where(
            AuditEntry.outcome == "refused", AuditEntry.subject_kind == "trend"
        )
        assert {row.act for row in session.scalars(refused)} == {"read_trend", "read_trend_items"}


def test_every_bar_leads_to_the_items_behind_it(world: World) -> None:
    head = at_desk(world, "head1")
    page = head.get(f"/desk/charts?{QUERY}")
    assert page.status == 200
    assert '<svg class="chart"' in page.html
    assert page.tags.count("title") == page.html.count("<desc") + 1
    links = [html.unescape(one) for one in re.findall(r'<a href="([^"]+)"', page.html)]
    of_series = [one for one in links if "clues-by-source" in one and "own_finding" in one]
    assert of_series == [of_series[0], of_series[1]] * 2, "each bar, and the same in the table"
    behind = head.get(of_series[0])
    assert behind.tags.count("tr") == 1 + 7
    assert "日常监督发现" in behind.text
    small = head.get(of_series[1])
    assert small.tags.count("tr") == 1 + 4, "the items themselves are open to whoever may know of them"


def test_a_chart_has_no_script_no_style_and_its_numbers_stand_in_a_table(world: World) -> None:
    page = at_desk(world, "head1").get(f"/desk/charts?{QUERY}&step=quarter")
    charts = re.findall(r"<svg.*?</svg>", page.html, re.DOTALL)
    assert charts
    assert not any("script" in one or "style=" in one for one in charts)
    assert 'aria-label="2026-01 日常监督发现' in page.html
    assert ">11</a>" in page.html


def test_items_behind_a_bar_come_in_pages(world: World) -> None:
    client, seen, cursor = world.as_("head1"), [], ""
    month = ASKED | {"to": "2026-01-31", "series": "own_finding", "limit": "3"}
    for _ in range(5):
        body = client.get(f"{SERIES}/items", **month, **({"cursor": cursor} if cursor else {})).body
        seen += [one["id"] for one in body["items"]]
        cursor = body["next"] or ""
        if not cursor:
            break
    assert (len(seen), len(set(seen))) == (7, 7)
    assert client.get(f"{SERIES}/items", **(month | {"series": "nothing"})).code == "UNKNOWN_REFERENCE"


def test_a_bad_period_is_told_on_the_page(world: World) -> None:
    page = at_desk(world, "head1").get("/desk/charts?from=2026-06-30&to=2026-01-01&offices=pz1")
    assert (page.status, "DATE_ORDER" in page.text) == (200, True)


def test_the_report_of_a_period_has_the_charts_and_each_figure_with_its_definition(world: World) -> None:
    page = at_desk(world, "head1").get(f"/desk/period-report?{QUERY}")
    assert page.status == 200
    assert "问题线索（按来源）" in page.text
    assert "（本期－上年同期）÷上年同期×100" in page.text
    assert "以 * 代替" in page.text
    assert "改革之日" in page.text


def test_a_clerk_gets_the_page_without_a_number(world: World) -> None:
    for path in ("/desk/charts", "/desk/period-report"):
        page = at_desk(world, "clerk1").get(f"{path}?{QUERY}")
        assert page.status == 200
        assert "svg" not in page.tags
        assert "不能查询数值" in page.text


def test_petitions_count_once_they_are_classed_and_by_the_day_of_receipt(tmp_path: Path) -> None:
    made = World(tmp_path, services=("intake",))
    for number in range(5):
        register(made, letter(received_on="2026-02-27" if number else "2026-03-02", channel="call"))
    asked = {"from": "2026-02-01", "to": "2026-03-31", "offices": "pz1"}
    body = made.as_("head1").get("/intake/trends/petitions-by-channel", **asked).body
    assert counts(body) == {"call": [None, None]}
    register(made, letter(received_on="2026-02-27", channel="call"))
    body = made.as_("head1").get("/intake/trends/petitions-by-class", **asked).body
    assert counts(body) == {"supervision_object": [5, None]}
    made.close()
