"""The figures of meetings and opinions: important matters supervised, supervision opinions (GL-1.9, GL-1.10)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.supervision_steps import (
    ATTENDANCE,
    ITEMS,
    MEETINGS,
    OPINIONS,
    SupervisionWorld,
    done,
    refused,
)

YEAR = {"from": "2026-01-01", "to": "2026-12-31", "offices": "pz1"}


@pytest.fixture
def w(tmp_path: Path) -> SupervisionWorld:
    return SupervisionWorld(tmp_path)


@proves("GL-1.9", check=1)
def test_items_of_attended_meetings_are_counted_and_of_others_not(w: SupervisionWorld) -> None:
    for items in (ITEMS[:3], ITEMS[:2]):
        meeting = w.announced(items=items)
        w.world.on(2026, 3, 4, 12)
        done(w.attend(meeting))
    w.announced(items=ITEMS[:1])
    assert w.figure("GL-1.9") == 5
    for by in (w.liaison, w.leader):
        assert by.get("/inspection/figures/GL-1.9", **YEAR).body["value"] == 5
    earlier = w.head.get("/inspection/figures/GL-1.9", **(YEAR | {"to": "2026-03-03"}))
    assert earlier.body["value"] == 0
    others = w.world.as_("head2").get("/inspection/figures/GL-1.9", **(YEAR | {"offices": "pz2"}))
    assert others.body["value"] == 0
    refused(w.clerk.get("/inspection/figures/GL-1.9", **YEAR), "WRONG_ROLE")


@proves("GL-1.9", check=2)
def test_an_item_discussed_again_at_a_second_meeting_counts_again(w: SupervisionWorld) -> None:
    for _ in range(2):
        meeting = w.announced(items=ITEMS[2:3])
        w.world.on(2026, 3, 4, 12)
        done(w.attend(meeting))
    assert w.figure("GL-1.9") == 2


@proves("GL-1.9", check=2)
def test_meetings_of_second_level_units_are_not_counted(w: SupervisionWorld) -> None:
    meeting = w.announced(by=w.clerk, unit_id="sch", items=ITEMS)
    w.world.on(2026, 3, 4, 12)
    done(w.do(meeting, "record_attendance", ATTENDANCE))
    assert (w.item(meeting)["supervised_items"], w.figure("GL-1.9")) == (4, 0)
    assert meeting.startswith(MEETINGS)


@proves("GL-1.9", check=3)
@proves("GL-1.10", check=3)
@pytest.mark.parametrize("left_out", ["from", "to", "offices"])
@pytest.mark.parametrize("clause", ["GL-1.9", "GL-1.10"])
def test_a_figure_has_its_period_and_its_offices(w: SupervisionWorld, clause: str, left_out: str) -> None:
    asked = {key: value for key, value in YEAR.items() if key != left_out}
    refused(w.head.get(f"/inspection/figures/{clause}", **asked), "MISSING_FIELD", clause)
    if clause == "GL-1.9":  # both clauses are named by what answers
        refused(w.head.get("/inspection/figures/GL-1.10", **asked), "MISSING_FIELD", "GL-1.10")
    else:
        refused(w.head.get("/inspection/figures/GL-1.9", **asked), "MISSING_FIELD", "GL-1.9")


@proves("GL-1.10", check=1)
def test_a_paper_with_three_opinions_counts_three(w: SupervisionWorld) -> None:
    lines = [{"no": number, "text": "意见"} for number in (1, 2, 3)]
    done(w.opine(w.attended(), lines=lines))
    assert w.figure("GL-1.10") == 3


@proves("GL-1.10", check=2)
def test_an_opinion_that_was_withdrawn_is_not_counted(w: SupervisionWorld) -> None:
    meeting = w.attended()
    kept, withdrawn = (done(w.opine(meeting)).body["id"] for _ in range(2))
    assert w.figure("GL-1.10") == 4
    done(w.do(f"{OPINIONS}/{withdrawn}", "withdraw_supervision_opinion", {"reason": "重复"}))
    assert (w.figure("GL-1.10"), w.item(f"{OPINIONS}/{kept}")["state"]) == (2, "issued")
