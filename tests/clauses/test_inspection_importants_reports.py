"""Reports on important matters: through the liaison office, or at once (LZ-6.11, LZ-6.12)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.supervision_steps import REPORTS, SupervisionWorld, done, refused
from tests.world import Answer

TODAY = "2026-03-05"
REPORT: dict[str, object] = {"addressee": "liaison_discipline_office", "content": "监督情况"}


@pytest.fixture
def w(tmp_path: Path) -> SupervisionWorld:
    return SupervisionWorld(tmp_path)


def send(w: SupervisionWorld, **changes: object) -> Answer:
    return w.do(REPORTS, "send_importants_report", REPORT | changes, by=w.head)


def urgent(w: SupervisionWorld, discovered_at: str, **changes: object) -> Answer:
    paper = {"unit_id": "edu", "discovered_at": discovered_at, "matter": "紧急事项"} | changes
    return w.do(REPORTS, "report_urgent_matter", paper)


def followed_up(w: SupervisionWorld) -> str:
    meeting = w.attended()
    done(w.decide(meeting, 3))
    done(w.check(meeting))
    return meeting


@proves("LZ-6.11", check=1)
def test_a_report_is_received_by_the_liaison_office_and_forwarded_to_the_commission(
    w: SupervisionWorld,
) -> None:
    meeting = followed_up(w)
    answer = done(send(w, meeting_ids=[meeting.rpartition("/")[2]]))
    report = f"{REPORTS}/{answer.body['id']}"
    assert "LZ-6.11" in answer.body["clauses"]
    assert w.told("importants_report_sent") == [("liaison_discipline_office", "jd1")]
    assert w.leader.get(report).code == "UNKNOWN_REFERENCE"
    forwarding = {"forwarded_on": TODAY}
    early = w.do(report, "forward_importants_report", forwarding, by=w.liaison)
    refused(early, "PRECONDITION_NOT_MET", "LZ-6.11")
    done(w.do(report, "receive_importants_report", {"received_on": TODAY}, by=w.liaison))
    done(w.do(report, "forward_importants_report", forwarding, by=w.liaison))
    shown = w.item(report, w.leader)
    assert (shown["state"], shown["received_on"], shown["forwarded_on"]) == ("forwarded", TODAY, TODAY)
    assert w.told("importants_report_forwarded") == [("commission_leader", "")]
    [event] = w.events("three_importants_reported")
    assert (event["office_id"], event["sent_on"]) == ("pz1", TODAY)


@proves("LZ-6.11", check=1)
@pytest.mark.parametrize(("day", "status"), [(9, "met"), (10, "met"), (11, "met")])
def test_what_was_found_is_reported_within_three_working_days_and_later_is_no_breach(
    w: SupervisionWorld, day: int, status: str
) -> None:
    meeting = followed_up(w)
    [clock] = w.duties(meeting, "LZ-6.11")
    assert (clock["counted"][-1], clock["status"]) == ("2026-03-10", "open")
    w.world.on(2026, 3, day)
    answer = done(send(w, meeting_ids=[meeting.rpartition("/")[2]]))
    assert "LZ-6.11" in answer.body["clauses"]
    [clock] = w.duties(meeting, "LZ-6.11")
    assert (clock["status"], clock["late"]) == (status, False)


@proves("LZ-6.11", check=2)
def test_a_report_that_is_not_urgent_does_not_pass_the_liaison_office_by(w: SupervisionWorld) -> None:
    refused(send(w, addressee="district_commission"), "WRONG_ROUTE", "LZ-6.11", field="addressee")
    refused(send(w, addressee="petition_office"), "OUT_OF_RANGE", "LZ-6.11", field="addressee")
    assert w.listed(REPORTS) == []
    done(send(w))


def test_a_report_names_meetings_of_its_own_office(w: SupervisionWorld) -> None:
    meeting = followed_up(w).rpartition("/")[2]
    refused(send(w, meeting_ids=["x"]), "UNKNOWN_REFERENCE", field="meeting_ids")
    of_another = w.world.as_("head2").act(
        f"{REPORTS}/send_importants_report", REPORT | {"meeting_ids": [meeting]}
    )
    refused(of_another, "UNKNOWN_REFERENCE", field="meeting_ids")


@proves("LZ-6.12", check=1)
@pytest.mark.parametrize(
    ("now", "late"),
    [
        ((2026, 3, 4, 10, 0), False),
        ((2026, 3, 4, 23, 59), False),
        ((2026, 3, 5, 0, 0), True),
        ((2026, 3, 5, 9, 0), True),
    ],
)
def test_an_urgent_matter_is_reported_on_the_day_of_its_discovery(
    w: SupervisionWorld, now: tuple[int, int, int, int, int], *, late: bool
) -> None:
    w.world.on(*now)
    answer = done(urgent(w, "2026-03-04T10:00:00+08:00"))
    assert "LZ-6.12" in answer.body["clauses"]
    [clock] = w.duties(f"{REPORTS}/{answer.body['id']}", "LZ-6.12")
    assert (clock["due_at"], clock["status"], clock["late"]) == ("2026-03-04T23:59:59+08:00", "met", late)
    [event] = w.events("urgent_matter_reported")
    assert event["discovered_on"] == "2026-03-04"


@proves("LZ-6.12", check=1)
@pytest.mark.parametrize(
    ("found", "now"),
    [
        ("2026-02-14T10:00:00+08:00", (2026, 2, 14, 20)),  # a make-up Saturday
        ("2026-02-18T10:00:00+08:00", (2026, 2, 18, 20)),  # in the Spring Festival
        ("2026-12-31T23:30:00+08:00", (2026, 12, 31, 23)),  # the last hour of the year
    ],
)
def test_the_day_is_a_calendar_day_whatever_day_it_is(
    w: SupervisionWorld, found: str, now: tuple[int, int, int, int]
) -> None:
    w.world.on(*now, 45)
    answer = done(urgent(w, found))
    [clock] = w.duties(f"{REPORTS}/{answer.body['id']}", "LZ-6.12")
    assert (clock["due_at"][:10], clock["late"]) == (found[:10], False)
    assert "LZ-6.12" in answer.body["clauses"]


@proves("LZ-6.12", check=2)
def test_an_urgent_report_goes_straight_to_the_commission(w: SupervisionWorld) -> None:
    answer = done(urgent(w, "2026-03-02T08:00:00+08:00"))
    report = f"{REPORTS}/{answer.body['id']}"
    assert (answer.body["state"], "LZ-6.12" in answer.body["clauses"]) == ("reported_directly", True)
    assert w.item(report, w.leader)["urgent"] is True
    assert w.liaison.get(report).code == "UNKNOWN_REFERENCE"
    assert w.told("urgent_matter_reported") == [("commission_leader", "")]


def test_an_urgent_matter_is_of_a_unit_of_the_office_and_was_found_by_now(w: SupervisionWorld) -> None:
    refused(urgent(w, "2026-03-02T09:01:00+08:00"), "DATE_ORDER", field="discovered_at")
    refused(urgent(w, "2026-03-02T08:00:00+08:00", unit_id="hou"), "OUT_OF_SCOPE", field="unit_id")
