"""A unit's list of important matters, its meetings announced and their agendas (LZ-6.1, LZ-6.2, LZ-6.6, LL-2.3)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.supervision_steps import (
    AGENDA,
    BOUNDARIES,
    DAY,
    ITEMS,
    LIST,
    LISTS,
    MEETINGS,
    NOTICE,
    SupervisionWorld,
    done,
    refused,
)


@pytest.fixture
def w(tmp_path: Path) -> SupervisionWorld:
    return SupervisionWorld(tmp_path)


@proves("LZ-6.1", check=1)
def test_a_meeting_of_a_unit_without_a_list_in_force_warns_its_office(w: SupervisionWorld) -> None:
    meeting = w.announced()
    assert w.gaps(meeting, "LZ-6.1") == 1
    assert w.told("importants_list_missing") == [("dispatched_office_head", "pz1")]
    listed = done(w.file_list()).body["id"]
    again = w.announced()
    assert (w.gaps(again, "LZ-6.1"), len(w.told("importants_list_missing"))) == (0, 1)
    done(w.do(f"{LISTS}/{listed}", "withdraw_importants_list", {"reason": "机构改革"}, by=w.unit))
    assert w.gaps(w.announced(), "LZ-6.1") == 1


@proves("LZ-6.1", check=1)
def test_a_meeting_that_decides_nothing_important_needs_no_list(w: SupervisionWorld) -> None:
    done(w.file_list())
    w.announced()
    assert w.gaps(w.announced(kind="integrity_work"), "LZ-6.1") == 0


@proves("LZ-6.1", check=2)
@pytest.mark.parametrize("part", ["matters", "decision_mechanism", "supervision_mechanism"])
@pytest.mark.parametrize("how", ["left out", "empty"])
def test_a_list_has_all_its_parts(w: SupervisionWorld, part: str, how: str) -> None:
    paper = {key: value for key, value in LIST.items() if key != part} | (
        {part: " "} if how == "empty" else {}
    )
    refused(w.do(LISTS, "file_importants_list", paper, by=w.unit), "MISSING_FIELD", "LZ-6.1", field=part)
    first = f"{LISTS}/{done(w.file_list()).body['id']}"
    refused(w.do(first, "revise_importants_list", paper, by=w.unit), "MISSING_FIELD", "LZ-6.1", field=part)
    assert w.item(first)["version_no"] == 1


@proves("LZ-6.2", check=1)
@pytest.mark.parametrize(
    ("line", "important"),
    [
        ({"kind": "funds", "amount": 499_999}, False),
        ({"kind": "funds", "amount": 500_000}, True),
        ({"kind": "funds", "amount": 500_001}, True),
        ({"kind": "funds", "area_no": 2, "amount": 799_999}, False),
        ({"kind": "funds", "area_no": 2, "amount": 800_000}, True),
        ({"kind": "funds", "area_no": 9, "amount": 500_000}, True),
        ({"kind": "project", "amount": 1_999_999}, False),
        ({"kind": "project", "amount": 2_000_000}, True),
        ({"kind": "appointment"}, True),
        ({"kind": "ordinary", "amount": 9_000_000}, False),
    ],
)
def test_an_item_is_important_from_the_units_own_boundary_on(
    w: SupervisionWorld, line: dict[str, object], *, important: bool
) -> None:
    done(w.file_list())
    meeting = w.announced(items=[{"no": 7, "subject": "议题"} | line])
    assert w.item(meeting)["scoped_nos"] == (",7," if important else "")
    assert w.item(meeting)["item_count"] == 1


@proves("LZ-6.2", check=2)
@pytest.mark.parametrize("amount", [-1, None])
@pytest.mark.parametrize("kind", ["funds", "project"])
def test_a_boundary_is_an_amount_and_not_below_zero(
    w: SupervisionWorld, kind: str, amount: int | None
) -> None:
    others = [one for one in BOUNDARIES if one["kind"] != kind]
    answer = w.file_list(boundaries=[*others, {"kind": kind, "amount": amount}])
    refused(answer, "OUT_OF_RANGE", "LZ-6.2", field="boundaries.amount")
    done(w.file_list(boundaries=[*others, {"kind": kind, "amount": 0}]))


@pytest.mark.parametrize(
    ("boundaries", "code", "field"),
    [
        (BOUNDARIES[1:], "MISSING_FIELD", "boundaries.kind"),
        ([{"kind": "matters"}, *BOUNDARIES[1:]], "MISSING_FIELD", "boundaries.criteria"),
        ([*BOUNDARIES, {"kind": "funds", "amount": 1}], "DUPLICATE", "boundaries.area_no"),
    ],
)
def test_each_kind_has_one_boundary_for_each_area(
    w: SupervisionWorld, boundaries: list[object], code: str, field: str
) -> None:
    refused(w.file_list(boundaries=boundaries), code, "LZ-6.2", field=field)


def test_a_unit_has_one_list_in_versions_and_files_none_of_another(w: SupervisionWorld) -> None:
    first = f"{LISTS}/{done(w.file_list()).body['id']}"
    refused(w.file_list(by=w.clerk, unit_id="edu"), "DUPLICATE", field="unit_id")
    refused(w.file_list(unit_id="hou"), "OUT_OF_SCOPE", field="unit_id")
    refused(w.file_list(by=w.clerk, unit_id="hou"), "OUT_OF_SCOPE", field="unit_id")
    refused(w.file_list(by=w.clerk), "MISSING_FIELD", field="unit_id")
    raised = [*BOUNDARIES[:2], {"kind": "funds", "amount": 600_000}]
    done(w.do(first, "revise_importants_list", LIST | {"boundaries": raised}, by=w.clerk))
    assert w.item(first)["version_no"] == 2
    assert w.item(w.announced())["scoped_nos"] == ",1,2,3,"


@proves("LZ-6.6", check=1)
@pytest.mark.parametrize(
    ("day", "hour", "code", "late"),
    [
        (2, 9, "in_time", False),
        (3, 9, "in_time", False),
        (3, 23, "in_time", False),
        (4, 9, "short_notice", False),
        (4, 10, "short_notice", False),
        (4, 11, "after_opening", True),
        (5, 9, "after_opening", True),
    ],
)
def test_an_agenda_comes_a_working_day_ahead_and_before_the_opening_at_the_latest(
    w: SupervisionWorld, day: int, hour: int, code: str, *, late: bool
) -> None:
    meeting = w.announced()
    [clock] = w.duties(meeting, "LZ-6.6")
    assert (clock["due_at"], clock["counted"]) == ("2026-03-04T10:00:00+08:00", ["2026-03-03"])
    w.world.on(2026, 3, day, hour)
    done(w.deliver(meeting))
    assert w.item(meeting)["materials_code"] == code
    assert w.gaps(meeting, "LZ-6.6") == (code == "short_notice")
    [clock] = w.duties(meeting, "LZ-6.6")
    assert (clock["status"], clock["late"]) == ("met", late)
    assert [event["late"] for event in w.events("meeting_materials_received")] == [late]


@proves("LZ-6.6", check=1)
@pytest.mark.parametrize(
    ("meeting_on", "last_day", "provisional"),
    [
        (
            "2026-02-16",
            "2026-02-14",
            False,
        ),  # Monday in the Spring Festival: the make-up Saturday before it counts
        ("2026-02-24", "2026-02-14", False),  # the first Tuesday after the festival
        ("2026-03-09", "2026-03-06", False),  # Monday: the Friday before
        ("2027-01-01", "2026-12-31", False),  # the last day of the published calendar
        ("2027-01-04", "2027-01-01", True),  # without a calendar for 2027 weekends alone count
    ],
)
def test_the_working_day_ahead_is_counted_back_over_holidays(
    w: SupervisionWorld, meeting_on: str, last_day: str, *, provisional: bool
) -> None:
    w.world.on(2026, 2, 2)
    meeting = w.announced(opens_at=f"{meeting_on}T10:00:00+08:00")
    [clock] = w.duties(meeting, "LZ-6.6")
    assert (clock["counted"], clock["provisional"]) == ([last_day], provisional)


@proves("LZ-6.6", check=2)
def test_a_pack_has_an_agenda(w: SupervisionWorld) -> None:
    meeting = w.announced()
    answer = w.do(meeting, "deliver_materials", AGENDA, by=w.unit, documents=("meeting_papers",))
    refused(answer, "MISSING_DOCUMENT", "LZ-6.6", field="attachments.meeting_agenda")
    assert w.item(meeting)["materials_code"] == ""


def test_the_office_records_when_papers_came_and_the_unit_cannot_date_them_back(w: SupervisionWorld) -> None:
    first, second = w.announced(), w.announced()
    w.world.on(2026, 3, 4, 11)
    earlier = "2026-03-03T09:00:00+08:00"
    refused(
        w.deliver(first, by=w.clerk, delivered_at="2026-03-04T12:00:00+08:00"),
        "DATE_ORDER",
        field="delivered_at",
    )
    done(w.deliver(first, by=w.clerk, delivered_at=earlier))
    done(w.deliver(second, by=w.unit, delivered_at=earlier))
    assert [w.item(one)["materials_code"] for one in (first, second)] == ["in_time", "after_opening"]


def test_the_agenda_delivered_takes_the_place_of_the_one_announced_until_the_office_attended(
    w: SupervisionWorld,
) -> None:
    meeting, late = w.announced(), w.announced()
    done(w.deliver(meeting, items=ITEMS[:2]))
    assert (w.item(meeting)["item_count"], w.item(meeting)["scoped_nos"]) == (2, ",1,2,")
    w.world.on(2026, 3, 4, 12)
    done(w.attend(late))
    refused(w.deliver(late, items=ITEMS[:2]), "IMMUTABLE", field="items")
    done(w.deliver(late))


@proves("LL-2.3", check=1)
@pytest.mark.parametrize(
    "kind", ["party_committee", "executive_team", "integrity_or_importants", "democratic_life"]
)
def test_an_agenda_filed_before_the_meeting_meets_the_clock_of_the_papers_too(
    w: SupervisionWorld, kind: str
) -> None:
    meeting = w.announced(kind=kind)
    answer = done(w.deliver(meeting))
    assert {"LL-2.3", "LZ-6.6"} <= set(answer.body["clauses"])
    assert [clock["status"] for clock in w.duties(meeting, "LZ-6.6")] == ["met"]
    refused(w.deliver(meeting), "DUPLICATE")


@proves("LL-2.3", check=2)
def test_an_agenda_has_the_meetings_date(w: SupervisionWorld) -> None:
    meeting = w.announced()
    answer = w.do(meeting, "deliver_materials", {}, by=w.unit, documents=("meeting_agenda",))
    refused(answer, "MISSING_FIELD", "LL-2.3", field="agenda_on")
    refused(w.deliver(meeting, agenda_on="2026-03-05"), "DATE_ORDER", field="agenda_on")


def test_a_meeting_put_off_has_its_clock_counted_anew_and_a_cancelled_one_has_none(
    w: SupervisionWorld,
) -> None:
    meeting = w.announced()
    done(w.do(meeting, "schedule_meeting", {"opens_at": "2026-03-06T10:00:00+08:00"}, by=w.unit))
    assert [(one["status"], one["counted"]) for one in w.duties(meeting, "LZ-6.6")] in (
        [("voided", ["2026-03-03"]), ("open", ["2026-03-05"])],
        [("open", ["2026-03-05"]), ("voided", ["2026-03-03"])],
    )
    done(w.do(meeting, "cancel_meeting", {"reason": "改期另行通知"}, by=w.unit))
    assert {one["status"] for one in w.duties(meeting, "LZ-6.6")} == {"voided"}
    w.world.on(2026, 3, 9)
    w.world.tick()
    assert w.told("meeting_unrecorded") == []


def test_a_meeting_is_there_for_its_unit_its_office_and_whom_the_office_reports_to(
    w: SupervisionWorld,
) -> None:
    meeting = w.announced()
    for client in (w.unit, w.party_head, w.clerk, w.head, w.liaison, w.leader):
        assert client.get(meeting).status == 200
    others = (w.stranger, w.school, w.world.as_("hou-head"), w.world.as_("xc1"), w.world.as_("ags1"))
    for client in others:
        assert client.get(meeting).code == "UNKNOWN_REFERENCE"
        assert client.get(MEETINGS).body["items"] == []
    assert DAY in NOTICE["opens_at"]
