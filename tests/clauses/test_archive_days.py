"""A team's archive is handed over within ten working days of the feedback (XC-47.0a, XC-46.16)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.archive_steps import FILES, NOTHING, ArchiveSteps, id_of
from tests.clauses.feedback_steps import FeedbackWorld
from tests.clauses.result_steps import INTERVIEWS, key
from tests.clauses.round_steps import done, refused

DUE = "2026-03-16"
"""Feedback on Monday, 2 March."""


class FedBackArchive(ArchiveSteps, FeedbackWorld):
    """A unit that was fed back to, of which everything is filed by p-zu3."""

    def filed(self) -> str:
        return self._from_snapshot("filed after the feedback", self._filed)

    def _filed(self) -> str:
        unit = self._feedback_at("delivered")
        self.begin(unit)
        file = self.filled(f"{FILES}/{done(self.open_catalogue(unit)).body['id']}")
        for talk in self.member.get(INTERVIEWS).body["items"]:
            record = self.file(file, 6, "inspection_interview_record", archived_source_id=talk["id"])
            done(record)
        return file

    def begin(self, unit: str) -> None:
        """A filer is designated, and the others sign that they hold nothing."""
        done(self.do(unit, "designate_filer", {"filer_id": "p-zu3"}, by=self.leader))
        for one in (self.leader, self.deputy):
            done(self.do(self.team_at(unit), "sign_zero_holding", NOTHING, by=one))

    def others_sign(self, file: str) -> None:
        """They have."""

    def file_papers(self, file: str) -> None:
        """The working papers behind what was fed back."""
        for issue in self.issues_of(self.unit_of(file), self.member):
            done(self.file(file, 16, "working_paper", archived_source_id=issue))

    def unit_of(self, file: str) -> str:
        return f"/inspection/engagements/{self.item(file)['engagement_id']}"

    def clock(self, file: str) -> list[tuple[str, str, bool]]:
        """Of each clock, the earliest first: due day, status, whether late."""
        duties = self.item(self.unit_of(file))["duties"]
        return [(d["due_on"], d["status"], d["late"]) for d in duties if d["clause"] == "XC-47.0a"]


@pytest.fixture
def w(tmp_path: Path) -> FedBackArchive:
    return FedBackArchive(tmp_path, services=("inspection", "archive"))


@proves("XC-46.16", check=2)
def test_each_problem_that_was_fed_back_has_its_working_paper_in_the_file(w: FedBackArchive) -> None:
    file = w.filed()
    answer = w.close(file)
    refused(answer, "MISSING_DOCUMENT", "XC-46.16")
    [issue] = w.issues_of(w.unit_of(file), w.member)
    assert issue in answer.body["detail"]
    w.file_papers(file)
    done(w.close(file))


@pytest.mark.parametrize(
    ("day", "late_days"),
    [
        pytest.param(13, 0, id="the Friday before"),
        pytest.param(16, 0, id="the day", marks=proves("XC-47.0a", check=1)),
        pytest.param(17, 1, id="the day after", marks=proves("XC-47.0a", check=2)),
        pytest.param(23, 5, id="a week later"),
    ],
)
def test_the_file_is_handed_over_within_ten_working_days(w: FedBackArchive, day: int, late_days: int) -> None:
    file = w.filed()
    assert w.clock(file) == [(DUE, "open", False)]
    w.file_papers(file)
    w.world.on(2026, 3, day)
    done(w.close(file))
    answer = done(w.hand_over(file))
    assert "XC-47.0a" in answer.body["clauses"]
    assert w.clock(file) == [(DUE, "met", late_days > 0)]
    [event] = w.events("archive_handed_over")
    assert (event["late_days"], event["handed_over_on"]) == (late_days, f"2026-03-{day}")
    assert (event["unit_id"], event["catalogue_ref"]) == ("edu", id_of(file))


@proves("XC-47.0a", check=3)
def test_what_comes_back_for_a_missing_category_leaves_the_clock_running(w: FedBackArchive) -> None:
    file = w.filed()
    w.file_papers(file)
    for entry in w.entries(4):
        done(w.strike(entry))
    done(w.close(file))
    answer = done(w.hand_over(file))
    assert "XC-47.0a" in answer.body["clauses"]
    w.world.pump()
    [event] = w.events_of("archive", "handover_rejected")
    assert (event["missing_categories"], w.item(file)["state"]) == ([4], "returned")
    assert w.clock(file) == [(DUE, "open", False)]
    w.world.on(2026, 3, 17)
    done(w.explain(file, 4))
    done(w.close(file))
    done(w.hand_over(file))
    assert w.clock(file) == [(DUE, "met", True)]


def test_what_the_check_sends_back_has_the_days_of_the_feedback(w: FedBackArchive) -> None:
    file = w.filed()
    w.file_papers(file)
    kept = w.handed_over(file)
    assert w.clock(file) == [(DUE, "met", False)]
    done(w.office.act(f"{kept}/return_round_file", {"missing": [11]}))
    w.world.pump()
    assert sorted(w.clock(file)) == [(DUE, "met", False), (DUE, "open", False)]


def test_before_the_feedback_there_is_no_clock_and_who_was_quicker_has_none(w: FedBackArchive) -> None:
    unit = w.feedback_at("told")
    w.begin(unit)
    file = w.filled(f"{FILES}/{done(w.open_catalogue(unit)).body['id']}")
    for talk in w.member.get(INTERVIEWS).body["items"]:
        done(w.file(file, 6, "inspection_interview_record", archived_source_id=talk["id"]))
    done(w.close(file))
    done(w.hand_over(file))
    assert (w.clock(file), key(unit)) == ([], w.item(file)["engagement_id"])
    done(w.tell_leadership(unit))
    assert w.clock(file) == []
