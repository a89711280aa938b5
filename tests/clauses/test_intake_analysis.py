"""The monthly analysis of a unit's petitions: a trend by class, and nobody's name (GL-3.13)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from services.chassis import tables
from tests.clause_proof import proves
from tests.clauses.intake_petitions import give_key, letter, nothing_changes, register
from tests.world import Answer, World

ANALYSES = "/intake/analyses"


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path, services=("intake",))


def publish(world: World, account: str = "head1", **changes: object) -> Answer:
    paper = {"unit_id": "edu", "month": "2026-03", "findings": "收费类反映增多，建议开展专项检查。"} | changes
    return world.as_(account).act(f"{ANALYSES}/publish_analysis", paper)


def came(world: World, day: str, which: int, **changes: object) -> None:
    register(world, letter(received_on=day, summary=f"第{which}封来信反映的另一件事情", **changes))


@proves("GL-3.13", check=1)
def test_the_trend_counts_each_class_month_by_month(world: World) -> None:
    world.on(2026, 3, 31)
    came(world, "2026-01-31", 1)
    came(world, "2026-02-01", 2)
    for which, day in ((3, "2026-03-01"), (4, "2026-03-31")):
        came(world, day, which)
    came(world, "2026-03-15", 5, class_code="out_of_scope", subject_ids=[])
    came(world, "2025-09-30", 6)
    came(world, "2026-03-15", 7, unit_id="hou", subject_ids=["p-hou-sec"])
    answer = publish(world)
    assert (answer.status, answer.body["clauses"]) == (201, ["GL-3.13"])
    trend = world.as_("jd1").get(f"{ANALYSES}/{answer.body['id']}/trend").body["figures"]
    counts = {(f["month"], f["class_code"]): f["count"] for f in trend}
    months = ["2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03"]
    assert [counts[month, "supervision_object"] for month in months] == [0, 0, 0, 1, 1, 2]
    assert [counts[month, "out_of_scope"] for month in months] == [0, 0, 0, 0, 0, 1]
    with world.runtimes["intake"].db.read() as session:
        query = select(tables.Outbox).where(tables.Outbox.type == "intake.petition_analysed.v1")
        bodies = {row.consumer: json.loads(row.body)["data"] for row in session.scalars(query)}
    assert set(bodies) == {"notifications", "inspection"}
    assert bodies["inspection"] == {
        "unit_id": "edu", "period": "2026-03", "class_codes": ["supervision_object", "out_of_scope"],
        "counts": [2, 1],
    }  # fmt: skip


def test_what_is_sealed_or_not_classed_is_in_no_figure(world: World) -> None:
    give_key(world)
    world.on(2026, 3, 31)
    came(world, "2026-03-02", 1)
    plain = publish(world).body["id"]
    came(world, "2026-03-02", 2, subject_ids=["p-edu-vice"])
    came(world, "2026-03-02", 3, class_code=None)
    other = publish(world).body["id"]
    figures = [world.as_("head1").get(f"{ANALYSES}/{one}/trend").body["figures"] for one in (plain, other)]
    assert figures[0] == figures[1] != []


@proves("GL-3.13", check=2)
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"subject_ids": ["p-edu-sec"]}, "subject_ids"),
        ({"findings": "反映人李某某来信较多。"}, "findings"),
        ({"findings": "多件反映钱某甲的问题。"}, "findings"),
    ],
    ids=["a person of the roster", "who petitions", "who is reported on"],
)
def test_an_analysis_names_nobody(world: World, changes: dict[str, object], field: str) -> None:
    world.on(2026, 3, 31)
    came(world, "2026-03-02", 1, petitioners=[{"name": "李某某"}], subject_names=["钱某甲"])
    with nothing_changes(world):
        refused = publish(world, "head1", **changes)
    assert (refused.status, refused.code, refused.body["field"]) == (403, "ACCESS_DENIED", field)
    assert refused.body["clauses"] == ["GL-3.13"]


@pytest.mark.parametrize(
    ("account", "changes", "code"),
    [
        ("clerk1", {}, "WRONG_ROLE"),
        ("jd1", {}, "WRONG_ROLE"),
        ("head1", {"unit_id": "hou"}, "OUT_OF_SCOPE"),
        ("head1", {"unit_id": "nowhere"}, "UNKNOWN_REFERENCE"),
        ("head1", {"month": "2026-04"}, "DATE_ORDER"),
        ("head1", {"month": "2026-13"}, "INVALID_FIELD"),
        ("head1", {"month": "0000-01"}, "DATE_ORDER"),
    ],
)
def test_an_analysis_is_of_ones_own_unit_and_of_a_month_that_has_begun(
    world: World, account: str, changes: dict[str, object], code: str
) -> None:
    assert publish(world, account, **changes).code == code


def test_an_analysis_is_read_by_the_office_and_its_liaison_office(world: World) -> None:
    published = publish(world).body["id"]
    for account, seen in (
        ("clerk1", True),
        ("jd1", True),
        ("head2", False),
        ("edu-head", False),
        ("sys", False),
    ):
        for path in ("", "/trend"):
            answer = world.as_(account).get(f"{ANALYSES}/{published}{path}")
            assert (answer.status == 200) is seen, (account, path)
