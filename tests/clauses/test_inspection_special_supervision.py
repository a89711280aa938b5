"""The yearly special supervision check, its report, and who takes part (LZ-11.1 to LZ-11.3)."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from services.chassis.tables import DirectoryOffice
from services.notifications.storage import Notice
from tests.clause_proof import proves
from tests.clauses.responsibility_steps import SPECIALS, YEARS, ResponsibilityWorld, done, refused
from tests.clauses.unit_org_steps import holder, with_posts


@pytest.fixture
def w(tmp_path: Path) -> ResponsibilityWorld:
    return ResponsibilityWorld(tmp_path)


def told(w: ResponsibilityWorld, template: str, clause: str) -> int:
    """How many notices of this template under a clause the head has."""
    found = (Notice.template == template, Notice.clause == clause, Notice.addressee_id == "p-head1")
    with w.world.runtimes["notifications"].db.read() as session:
        return len(session.scalars(select(Notice).where(*found)).all())


@proves("LZ-11.1", check=1)
@pytest.mark.parametrize(
    ("month", "day", "warnings", "overdue"),
    [(9, 30, 0, 0), (10, 1, 1, 0), (11, 1, 1, 0), (12, 1, 1, 0), (12, 31, 1, 0)],
)
def test_the_head_is_warned_from_1_october_while_no_check_was_reported(
    tmp_path: Path, month: int, day: int, warnings: int, overdue: int
) -> None:
    w = ResponsibilityWorld(tmp_path, services=("inspection", "notifications"))
    answer = done(w.do(YEARS, "open_special_supervision_year", {"year": 2026}, by=w.head))
    assert "LZ-11.1" in answer.body["clauses"]
    w.world.pump()
    w.world.on(2026, month, day, 23 if day > 1 else 9, 59)
    w.world.pump()
    assert told(w, "deadline_warned", "LZ-11.1") == warnings
    assert told(w, "deadline_overdue", "LZ-11.1") == overdue


@proves("LZ-11.1", check=1)
def test_a_year_that_ended_without_a_check_is_overdue(tmp_path: Path) -> None:
    w = ResponsibilityWorld(tmp_path, services=("inspection", "notifications"))
    year = w.year()
    w.world.pump()
    w.world.on(2027, 1, 1, 0)
    w.world.pump()
    assert told(w, "deadline_overdue", "LZ-11.1") == 1
    [clock] = w.item(year, w.head)["duties"]
    assert (clock["due_at"], clock["status"]) == ("2026-12-31T23:59:59+08:00", "open")
    assert sorted(one["year"] for one in w.listed(YEARS)) == [2026, 2027]
    assert "LZ-11.1" in done(w.open_special()).body["clauses"]


@proves("LZ-11.1", check=1)
def test_a_check_that_was_reported_before_october_leaves_nobody_to_warn(tmp_path: Path) -> None:
    w = ResponsibilityWorld(tmp_path, services=("inspection", "notifications"))
    year = w.year()
    item = w.special("concluded")
    assert w.item(year)["state"] == "open"
    assert "LZ-11.1" in done(w.report(item)).body["clauses"] + w.item(year)["timeline"][-1]["clauses"]
    w.world.pump()
    w.world.on(2027, 1, 1, 0)
    w.world.pump()
    assert (told(w, "deadline_warned", "LZ-11.1"), told(w, "deadline_overdue", "LZ-11.1")) == (0, 0)
    assert (w.item(year)["state"], w.item(year)["reported_count"]) == ("met", 1)


@proves("LZ-11.1", check=1)
@pytest.mark.parametrize(("day", "late"), [("2026-12-31", False), ("2027-01-01", True)])
def test_a_check_counts_in_the_year_in_which_it_was_concluded(
    w: ResponsibilityWorld, day: str, *, late: bool
) -> None:
    year = w.year()
    item = w.special()
    w.world.on(2027, 1, 4)
    w.world.tick()
    done(w.conclude(item, concluded_on=day))
    assert "LZ-11.2" in done(w.report(item)).body["clauses"]
    [clock] = w.item(year)["duties"]
    assert (clock["status"], clock["late"]) == ("open" if late else "met", False)
    [following] = [one for one in w.listed(YEARS) if one["year"] == 2027]
    assert (following["state"], following["reported_count"]) == (("met", 1) if late else ("open", 0))


@proves("LZ-11.1", check=2)
def test_a_plan_has_the_ground_on_which_its_problem_was_chosen(w: ResponsibilityWorld) -> None:
    refused(w.open_special(ground=None), "MISSING_FIELD", "LZ-11.1", field="ground")
    refused(w.open_special(ground="other"), "OUT_OF_RANGE", "LZ-11.1", field="ground")
    assert w.listed(SPECIALS) == []
    for ground in ("industry", "systemic", "widespread"):
        assert "LZ-11.1" in done(w.open_special(ground=ground)).body["clauses"]
    events = w.events("special_supervision_opened")
    assert {(e["office_id"], e["unit_id"], e["type"], e["opened_on"]) for e in events} == {
        ("pz1", "edu", "yearly_special_check", "2026-03-02")
    }
    assert {e["check_id"] for e in events} == {one["id"] for one in w.listed(SPECIALS)}


def test_a_check_is_of_units_of_the_office_and_each_of_them_is_handed_on(w: ResponsibilityWorld) -> None:
    refused(w.open_special(unit_ids=["edu", "hou"]), "OUT_OF_SCOPE", field="unit_ids")
    w.cover("zhj")
    done(w.open_special(unit_ids=["edu", "zhj"]))
    assert [e["unit_id"] for e in w.events("special_supervision_opened")] == ["edu", "zhj"]
    refused(w.open_special(by=w.unit), "WRONG_ROLE")


@proves("LZ-11.2", check=1)
@pytest.mark.parametrize(
    ("channel", "account"),
    [
        ("party_conduct_office", "dfs1"),
        ("liaison_discipline_office", "jd1"),
        ("fourth_discipline_office", "ss1"),
    ],
)
def test_a_concluded_check_is_reported_through_one_of_three_channels(
    w: ResponsibilityWorld, channel: str, account: str
) -> None:
    with_fourth_office(w)
    item = w.special("concluded")
    reader = holder(w.world, account) if account == "ss1" else w.world.as_(account)
    assert reader.get(item).status == w.leader.get(item).status == 404
    assert "LZ-11.2" in done(w.report(item, channel=channel)).body["clauses"]
    [event] = w.events("special_supervision_reported")
    assert (event["channel_role"], event["reported_on"]) == (channel, "2026-03-02")
    assert w.item(item, reader)["state"] == "reported"
    others = {"dfs1", "jd1"} - {account}
    assert {w.world.as_(one).get(item).status for one in others} == {404}
    assert w.leader.get(item).status == 404
    done(w.do(item, "forward_special_supervision", {"forwarded_on": "2026-03-02"}, by=reader))
    assert w.item(item, w.leader)["state"] == "forwarded"
    assert w.told("special_supervision_forwarded") == [("commission_leader", "")]


def with_fourth_office(w: ResponsibilityWorld) -> None:
    with w.world.runtimes["inspection"].db.write() as session:
        session.add(
            DirectoryOffice(
                office_id="ss", kind="fourth_discipline_office", liaison_office_id="", status="active",
                version=1,
            )
        )  # fmt: skip
    with_posts(w.world, ("ss1", "fourth_discipline_office", "ss", ""))


@proves("LZ-11.2", check=2)
@pytest.mark.parametrize(
    "channel",
    ["case_supervision_office", "petition_office", "district_commission", "fourth_discipline_office"],
)
def test_a_report_to_any_other_office_or_to_none_that_is_there_has_no_way(
    w: ResponsibilityWorld, channel: str
) -> None:
    item = w.special("concluded")
    refused(w.report(item, channel=channel), "WRONG_ROUTE", "LZ-11.2", field="channel")
    assert w.events("special_supervision_reported") == []
    refused(w.report(item, channel=""), "INVALID_FIELD", "LZ-11.2", field="channel")
    assert "LZ-11.2" in done(w.report(item)).body["clauses"]
    refused(w.report(item, channel="liaison_discipline_office"), "WRONG_STATE", "LZ-11.2")


@pytest.mark.parametrize(
    ("month", "day", "light"), [(3, 4, "amber"), (3, 5, "amber"), (3, 6, "red"), (3, 9, "red")]
)
@proves("LZ-11.2", check=1)
def test_three_working_days_to_report_are_ours_and_never_breached(
    w: ResponsibilityWorld, month: int, day: int, light: str
) -> None:
    item = w.special("concluded")
    w.world.on(2026, month, day)
    [clock] = w.item(item)["duties"]
    assert (clock["clause"], clock["due_on"], clock["light"]) == ("LZ-11.2", "2026-03-05", light)
    assert "LZ-11.2" in done(w.report(item)).body["clauses"]
    [met] = w.item(item)["duties"]
    assert (met["status"], met["late"]) == ("met", False)


@pytest.mark.parametrize(
    ("concluded", "due", "provisional"),
    [((2026, 2, 11), "2026-02-14", False), ((2026, 12, 29), "2027-01-01", True)],
)
@proves("LZ-11.2", check=1)
def test_a_made_up_saturday_is_a_working_day_and_a_year_without_a_calendar_is_provisional(
    tmp_path: Path, concluded: tuple[int, int, int], due: str, *, provisional: bool
) -> None:
    w = ResponsibilityWorld(tmp_path)
    w.world.on(2026, 2, 2)
    item = w.special()
    w.world.on(*concluded)
    year, month, day = concluded
    done(w.conclude(item, concluded_on=f"{year}-{month:02d}-{day:02d}"))
    [clock] = w.item(item)["duties"]
    assert (clock["due_on"], clock["provisional"]) == (due, provisional)
    assert "LZ-11.2" in done(w.report(item)).body["clauses"]


def test_a_conclusion_lies_between_the_beginning_and_today(w: ResponsibilityWorld) -> None:
    item = w.special()
    refused(w.conclude(item, concluded_on="2026-03-03"), "DATE_ORDER", field="concluded_on")
    refused(w.conclude(item, concluded_on="2026-03-01"), "DATE_ORDER", field="concluded_on")
    refused(w.report(item), "WRONG_STATE")
    done(w.conclude(item))
    refused(w.report(item, by=w.clerk), "WRONG_ROLE")


@proves("LZ-11.3", check=1)
def test_staff_of_the_department_under_check_take_no_part(w: ResponsibilityWorld) -> None:
    item = w.special()
    of_it, elsewhere = w.staff_of("cw1", "edu-finance"), w.staff_of("jg1", "edu-primary")
    join = {"person_id": "p-jg1", "department_id": "edu-finance"}
    refused(w.do(item, "add_participant", join), "CONFLICT_OF_INTEREST", "LZ-11.3", field="department_id")
    pretends = {"person_id": "p-cw1", "department_id": "edu-primary"}
    refused(w.do(item, "add_participant", pretends), "CONFLICT_OF_INTEREST", "LZ-11.3")
    assert {client.get(item).status for client in (of_it, elsewhere)} == {404}
    assert w.item(item)["participant_ids"] == ""


@proves("LZ-11.3", check=2)
def test_who_takes_part_gets_at_that_check_alone_and_until_its_end(w: ResponsibilityWorld) -> None:
    item, other = w.special(), w.special()
    check = done(w.check_unit()).body["id"]
    staff = w.staff_of("jg1", "edu-primary")
    join = {"person_id": "p-jg1", "department_id": "edu-primary"}
    assert "LZ-11.3" in done(w.do(item, "add_participant", join)).body["clauses"]
    refused(w.do(item, "add_participant", join), "DUPLICATE", field="person_id")
    assert w.item(item, staff)["participant_ids"] == ",p-jg1,"
    assert [one["id"] for one in w.listed(SPECIALS, staff)] == [item.rpartition("/")[2]]
    assert staff.get(other).status == staff.get(f"/inspection/unit-checks/{check}").status == 404
    for act in ("conclude_special_supervision", "add_participant", "report_special_supervision"):
        refused(w.do(item, act, {}, by=staff), "WRONG_ROLE")
    done(w.conclude(item))
    assert staff.get(item).status == 404
    assert w.listed(SPECIALS, staff) == []


def test_who_takes_part_is_staff_of_the_offices_units(w: ResponsibilityWorld) -> None:
    item = w.special()
    for person, code in (("p-hou-head", "OUT_OF_SCOPE"), ("p-nobody", "UNKNOWN_REFERENCE")):
        join = {"person_id": person, "department_id": "edu-primary"}
        refused(w.do(item, "add_participant", join), code, field="person_id")
    office = {"person_id": "p-clerk2", "department_id": "edu-primary"}
    refused(w.do(item, "add_participant", office), "MISSING_FIELD", field="person_id")
