"""The leading group hears each team, comments, and issues its minutes (XC-31)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from services.chassis.tables import PublishedValue
from services.notifications.storage import Notice
from tests.clause_proof import proves
from tests.clauses.result_steps import HEARING, HEARINGS, TEXT, ResultWorld, key
from tests.clauses.round_steps import done, refused

COMMENT = {"comments": [{"unit_id": "edu", "comment": "补充整改建议"}]}


@pytest.fixture
def w(tmp_path: Path) -> ResultWorld:
    return ResultWorld(tmp_path)


@pytest.fixture
def unit(w: ResultWorld) -> str:
    return w.result_at("reviewed")


def clock(w: ResultWorld, unit: str) -> dict[str, object]:
    [duty] = [d for d in w.item(w.team_at(unit))["duties"] if d["clause"] == "XC-31.1a"]
    return dict(duty)


@proves("XC-31.1a", check=1)
@pytest.mark.parametrize("held", ["2026-03-13", "2026-03-16"])
def test_a_team_that_left_on_2_march_is_heard_by_16_march(w: ResultWorld, unit: str, held: str) -> None:
    assert (clock(w, unit)["due_on"], clock(w, unit)["owed_role"]) == (
        "2026-03-16",
        "inspection_office_director",
    )
    w.day(date.fromisoformat(held))
    hearing = f"{HEARINGS}/{done(w.hear(unit, held_on=held)).body['id']}"
    assert (clock(w, unit)["status"], clock(w, unit)["late"]) == ("met", False)
    assert w.gaps(hearing, "XC-31.1a") == set()


@proves("XC-31.1a", check=2)
def test_a_hearing_on_the_eleventh_working_day_is_late_and_asks_for_a_reason(
    w: ResultWorld, unit: str
) -> None:
    w.day(date(2026, 3, 17))
    hearing = f"{HEARINGS}/{done(w.hear(unit, held_on='2026-03-17')).body['id']}"
    found = clock(w, unit)
    assert (found["status"], found["late"], found["late_by"], found["light"]) == ("met", True, 1, "red")
    assert w.gaps(hearing, "XC-31.1a") == {""}
    assert "XC-31.1a" in w.item(f"{w.round_of(unit)}/compliance")["clauses"]
    done(w.do(hearing, "give_late_reason", {"late_reason": "领导小组会议改期"}))
    assert w.gaps(hearing, "XC-31.1a") == set()


@proves("XC-31.1a", check=2)
def test_a_reason_that_is_given_at_once_leaves_no_gap(w: ResultWorld, unit: str) -> None:
    w.day(date(2026, 3, 17))
    hearing = done(w.hear(unit, held_on="2026-03-17", late_reason="会议改期")).body["id"]
    assert w.gaps(f"{HEARINGS}/{hearing}", "XC-31.1a") == set()


def test_a_hearing_that_is_recorded_later_counts_by_its_day(w: ResultWorld, unit: str) -> None:
    w.day(date(2026, 3, 20))
    done(w.hear(unit, held_on="2026-03-16"))
    assert clock(w, unit)["late"] is False


@proves("XC-31.1a", check=1)
@pytest.mark.parametrize(
    ("left", "due_on", "provisional"),
    [
        ("2026-04-27", "2026-05-13", False),  # Labour Day, and Saturday 9 May is worked
        ("2026-12-21", "2027-01-04", True),
    ],
)
def test_the_ten_days_are_working_days(w: ResultWorld, left: str, due_on: str, provisional: bool) -> None:  # noqa: FBT001
    unit = w.in_fieldwork()
    w.day(date.fromisoformat(left))
    done(w.leave(unit, left))
    found = clock(w, unit)
    assert (found["counted_from"], found["due_on"], found["provisional"]) == (left, due_on, provisional)


@proves("XC-31.1a", check=3)
@pytest.mark.parametrize(("day", "told"), [(12, set()), (13, {"p-xcd"})])
def test_the_director_is_warned_when_two_working_days_remain(
    tmp_path: Path, day: int, told: set[str]
) -> None:
    w = ResultWorld(tmp_path, services=("inspection", "notifications"))
    unit = w.result_at("reviewed")
    w.day(date(2026, 3, day))
    w.world.pump()
    assert "XC-31.1a" in {d["clause"] for d in w.item(w.team_at(unit))["duties"]}
    of = (Notice.template == "deadline_warned", Notice.clause == "XC-31.1a")
    with w.world.runtimes["notifications"].db.read() as session:
        assert set(session.scalars(select(Notice.addressee_id).where(*of))) == told


@proves("XC-31.1b", check=1)
def test_every_team_is_heard_on_its_own(w: ResultWorld) -> None:
    first, second = w.both_at("reviewed")
    item = w.round_of(first)
    done(w.hear(first))
    answer = w.do(item, "close_hearings")
    refused(answer, "PRECONDITION_NOT_MET", "XC-31.1b")
    assert w.item(w.team_at(second))["no"] in answer.body["detail"]
    assert w.item(w.team_at(first))["no"] not in answer.body["detail"]
    assert w.hear(first).code == "DUPLICATE"
    done(w.hear(second, reporter_id="p-zu4"))
    assert done(w.do(item, "close_hearings")).body["state"] == "leading_group_heard"
    teams = [event["team_id"] for event in w.events("leading_group_heard")]
    assert teams == [key(w.team_at(first)), key(w.team_at(second))]


def test_a_team_whose_reports_are_not_reviewed_is_not_heard(w: ResultWorld) -> None:
    unit = w.result_at("submitted")
    refused(w.hear(unit), "PRECONDITION_NOT_MET", "XC-30.0a", field="team_id")
    refused(w.do(w.round_of(unit), "close_hearings"), "PRECONDITION_NOT_MET", "XC-31.1b")


@proves("XC-31.1c", check=1)
def test_a_deputy_head_chairs_when_the_head_has_entrusted_it(w: ResultWorld, unit: str) -> None:
    refused(w.hear(unit, chair_id="p-xz2"), "WRONG_ROLE", "XC-31.1c", field="chair_id")
    answer = done(w.hear(unit, chair_id="p-xz2", delegated=True))
    assert "XC-31.1c" in answer.body["clauses"]
    assert w.item(f"{HEARINGS}/{answer.body['id']}")["chair_id"] == "p-xz2"


@proves("XC-31.1c", check=2)
@pytest.mark.parametrize("delegated", [False, True])
def test_an_ordinary_member_never_chairs(w: ResultWorld, unit: str, *, delegated: bool) -> None:
    answer = w.hear(unit, chair_id="p-xz3", delegated=delegated)
    refused(answer, "WRONG_ROLE", "XC-31.1c", field="chair_id")


@proves("XC-31.2a", check=1)
def test_the_offices_lead_is_there(w: ResultWorld, unit: str) -> None:
    answer = w.hear(unit, attendee_ids=["p-xz1", "p-xz2", "p-xz3", "p-xc1"])
    refused(answer, "ATTENDANCE_INCOMPLETE", "XC-31.2a", field="attendee_ids")


@proves("XC-31.2a", check=2)
def test_deputies_and_office_staff_sit_in_as_observers(w: ResultWorld, unit: str) -> None:
    answer = done(w.hear(unit))
    hearing = f"{HEARINGS}/{answer.body['id']}"
    assert "XC-31.2a" in answer.body["clauses"]
    assert w.item(hearing)["observer_ids"] == ",p-zu2,p-xc1,"
    assert w.gaps(hearing, "XC-31.2a") == set()


def test_a_member_of_the_group_who_did_not_come_is_a_gap(w: ResultWorld, unit: str) -> None:
    answer = done(w.hear(unit, attendee_ids=["p-xz1", "p-xz2", "p-xcd"]))
    assert w.gaps(f"{HEARINGS}/{answer.body['id']}", "XC-31.2a") == {"p-xz3"}


@proves("XC-31.2a", check=3)
@pytest.mark.parametrize(("own_only", "gap"), [(0, set()), (1, {"p-zu2"})])
def test_a_deputy_who_sits_in_on_another_teams_item_may_be_a_gap(
    w: ResultWorld, own_only: int, gap: set[str]
) -> None:
    """The parameter is off by default."""
    _, second = w.both_at("reviewed")
    if own_only:
        observers_sit_in_on_their_own_item_only(w)
    answer = done(w.hear(second, reporter_id="p-zu4"))
    assert "XC-31.2a" in answer.body["clauses"]
    assert w.gaps(f"{HEARINGS}/{answer.body['id']}", "XC-31.2a") == gap


def observers_sit_in_on_their_own_item_only(w: ResultWorld) -> None:
    with w.world.runtimes["inspection"].db.write() as session:
        session.add(
            PublishedValue(
                clause="XC-31.2a", name="observers_own_item_only", effective_from=date(2026, 1, 1), amount=1,
                unit="count", version="1",
            )
        )  # fmt: skip


@proves("XC-31.3a", check=1)
def test_a_deputy_reports_with_a_reason_alone(w: ResultWorld, unit: str) -> None:
    refused(w.hear(unit, reporter_id="p-zu2"), "WRONG_ROLE", "XC-31.3a", field="reporter_id")
    stranger = w.hear(unit, reporter_id="p-zu3", reporter_reason="组长外出")
    refused(stranger, "WRONG_ROLE", "XC-31.3a", field="reporter_id")
    done(w.hear(unit, reporter_id="p-zu2", reporter_reason="组长外出学习"))


@proves("XC-31.3a", check=2)
def test_what_the_group_commented_on_is_revised_before_the_comprehensive_report(
    w: ResultWorld, unit: str
) -> None:
    done(w.hear(unit, **COMMENT))
    item, report = w.round_of(unit), w.report(unit)
    done(w.do(item, "close_hearings"))
    refused(w.draft_comprehensive(item), "PRECONDITION_NOT_MET", "XC-31.3a")
    done(w.do(report, "revise_report", TEXT, by=w.member))
    refused(w.draft_comprehensive(item), "PRECONDITION_NOT_MET", "XC-31.3a")
    done(w.sign(report))
    assert done(w.submit(report)).body["state"] == "final"
    done(w.draft_comprehensive(item))


@proves("XC-31.4a", check=1)
@pytest.mark.parametrize("issued", [True, False])
def test_a_round_before_the_secretary_without_minutes_is_a_gap(tmp_path: Path, *, issued: bool) -> None:
    w = ResultWorld(tmp_path)
    unit = w.result_at("heard")
    item = w.round_of(unit)
    if issued:
        done(w.minutes(item, w.team_at(unit)))
    done(w.draft_comprehensive(item))
    done(w.draft_round_clues(item))
    w.finalised(unit)
    w.secretary(unit)
    assert (w.gaps(item, "XC-31.4a") == {""}) is not issued
    assert ("XC-31.4a" in w.item(f"{item}/compliance")["clauses"]) is not issued
    if not issued:
        done(w.minutes(item, w.team_at(unit)))
        assert w.gaps(item, "XC-31.4a") == set()


@proves("XC-31.4a", check=2)
def test_each_team_reads_the_general_points_and_its_own_part(w: ResultWorld) -> None:
    first, second = w.both_at("reviewed")
    item, teams = w.round_of(first), (w.team_at(first), w.team_at(second))
    hearings = [
        f"{HEARINGS}/{done(w.hear(unit, reporter_id=leader)).body['id']}"
        for unit, leader in ((first, "p-zu1"), (second, "p-zu4"))
    ]
    done(w.do(item, "close_hearings"))
    refused(w.minutes(item, teams[0]), "CONTENT_RULE", "XC-31.4a", field="parts.team_id")
    assert "XC-31.4a" in done(w.minutes(item, *teams)).body["clauses"]
    [event] = w.events("leading_group_minutes_issued")
    assert (event["round_id"], event["issued_on"]) == (key(item), "2026-03-02")
    for number, (hearing, reader, other) in enumerate(
        zip(hearings, (w.member, w.member_2), (w.member_2, w.member), strict=True), 1
    ):
        part = next(p["id"] for p in w.item(hearing, reader)["papers"] if p["act"] == "note_minutes")
        form = w.item(f"{hearing}/papers/{part}", reader)["form"]
        assert form == {"general_points": "总体意见", "opinions": f"对第{number}组的意见"}
        assert other.get(hearing).status == 404
        assert reader.get(item).status == 404


def test_a_meeting_that_is_still_to_come_is_not_recorded(w: ResultWorld, unit: str) -> None:
    assert w.hear(unit, held_on="2026-03-03").code == "DATE_ORDER"
    assert set(HEARING) <= set(done(w.hear(unit)).body) | set(HEARING)
