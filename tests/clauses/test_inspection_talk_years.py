"""A year's coverage of talks: clocks by name, checkpoints, its roster, its end (LZ-8.4, LL-3.10, LL-3.13)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from services.chassis import tables
from tests.clause_proof import proves
from tests.clauses.round_steps import done, refused
from tests.clauses.talk_steps import ALL_THREE, COLLECTIVE, DISTRICT, MEMBER, YEARS, TalkWorld


@pytest.fixture
def w(tmp_path: Path) -> TalkWorld:
    return TalkWorld(tmp_path)


def forty(w: TalkWorld) -> list[str]:
    """Forty persons of the roster, of whom thirty-nine were talked to."""
    everybody = ["p-edu-sec", *(w.official(f"p-edu-{n:02d}") for n in range(39))]
    for person in everybody[:-1]:
        w.talk(person_id=person)
    return everybody


@proves("LZ-8.4", check=1)
def test_a_year_with_somebody_missing_closes_only_with_a_reason_for_each(w: TalkWorld) -> None:
    year = w.year()
    missing = forty(w)[-1]
    refused(w.do(year, "close_talk_year"), "PERIOD_OPEN", "LZ-8.4")
    w.day(2026, 12, 31, 23)
    refused(w.do(year, "close_talk_year"), "PERIOD_OPEN", "LZ-8.4")
    w.day(2027, 1, 1)
    shown = w.item(year)
    assert (shown["roster_count"], shown["covered_count"], shown["covered_permille"]) == (40, 39, 975)
    refused(w.do(year, "close_talk_year"), "COVERAGE_SHORT", "LZ-8.4", field="exceptions")
    other = {"exceptions": [{"person_id": "p-edu-sec", "reason": "外出学习"}]}
    refused(w.do(year, "close_talk_year", other), "UNKNOWN_REFERENCE", "LZ-8.4")
    excused = {"exceptions": [{"person_id": missing, "reason": "长期病假"}]}
    twice = {"exceptions": excused["exceptions"] * 2}
    refused(w.do(year, "close_talk_year", twice), "DUPLICATE", "LZ-8.4")
    assert done(w.do(year, "close_talk_year", excused)).body["state"] == "closed"
    [event] = w.events("talk_coverage_closed")
    assert event == {"office_id": "pz1", "year": "2026", "roster": 40, "covered": 39, "exceptions": 1}


@proves("LZ-8.4", check=2)
@pytest.mark.parametrize("reason", ["十二月到任", ""])
def test_who_was_appointed_in_december_counts_unless_excused(w: TalkWorld, reason: str) -> None:
    year = w.year()
    w.talk()
    w.day(2026, 12, 1)
    w.official("p-edu-new")
    w.day(2027, 1, 4)
    assert (w.item(year)["roster_ids"], w.item(year)["missing_ids"]) == (
        ",p-edu-new,p-edu-sec,",
        ",p-edu-new,",
    )
    reasons = [{"person_id": "p-edu-new", "reason": reason}] if reason else []
    answer = w.do(year, "close_talk_year", {"exceptions": reasons})
    if reason:
        assert done(answer).body["state"] == "closed"
    else:
        refused(answer, "COVERAGE_SHORT", "LZ-8.4")


def test_who_comes_after_the_years_end_is_not_of_its_roster(w: TalkWorld) -> None:
    year = w.year()
    w.talk()
    w.day(2027, 1, 1)
    w.official("p-edu-new")
    w.talk("2027-01-01", person_id="p-edu-new")
    assert (w.item(year)["roster_count"], w.item(year)["covered_permille"]) == (1, 1000)
    assert done(w.do(year, "close_talk_year")).body["state"] == "closed"


@proves("LZ-8.4", check=3)
@pytest.mark.parametrize(("month", "day"), [(10, 1), (11, 1), (12, 1)])
def test_the_head_is_warned_at_each_checkpoint_of_what_is_not_covered(
    w: TalkWorld, month: int, day: int
) -> None:
    year = w.year()
    w.day(2026, month - 1, 31 if month == 11 else 30)
    told = w.notices().count("talk_coverage_short")
    w.day(2026, month, day)
    assert w.notices().count("talk_coverage_short") == told + 1
    w.world.tick()
    assert w.notices().count("talk_coverage_short") == told + 1
    assert w.item(year)["checkpoint_on"] == f"2026-{month}-{day:02d}"


def test_who_has_covered_everybody_is_not_warned(w: TalkWorld) -> None:
    w.year()
    w.talk()
    w.day(2026, 10, 1)
    assert "talk_coverage_short" not in w.notices()


def clock_of(w: TalkWorld, year: str) -> Any:
    return next(d for d in w.item(year)["duties"] if d["clause"] == "LZ-8.4")


def test_the_years_clock_ends_on_31_december_and_shows_red_until_the_year_is_closed(w: TalkWorld) -> None:
    """A year closes once it is over only: the text's clock is then over too, which is a flag and no refusal."""
    year = w.year()
    w.talk()
    w.day(2026, 12, 31, 23)
    assert (
        clock_of(w, year)["due_on"],
        clock_of(w, year)["provisional"],
        clock_of(w, year)["light"] == "red",
    ) == (
        "2026-12-31",
        False,
        False,
    )
    w.day(2027, 1, 1)
    assert clock_of(w, year)["light"] == "red"
    done(w.do(year, "close_talk_year"))
    assert (clock_of(w, year)["status"], clock_of(w, year)["late"]) == ("met", True)


@proves("LL-3.10", check=1)
def test_a_member_without_a_talk_at_the_years_end_is_overdue_by_name(w: TalkWorld) -> None:
    year = w.year()
    members = ["p-edu-head", "p-edu-vice", *(f"p-edu-m{n}" for n in range(5))]
    for person in members[2:]:
        w.official(person, level="deputy_section", by="district")
    with w.world.runtimes["inspection"].db.write() as session:
        for person in members:
            session.get_one(tables.DirectoryPerson, person).leadership_member = True
    for person in members[1:]:
        w.talk(**MEMBER | {"person_id": person})
    w.day(2026, 12, 31, 23)
    assert w.clocks(year, "LL-3.10") == {one: "open" if one == "p-edu-head" else "met" for one in members}
    [left] = [d for d in w.item(year)["duties"] if d["clause"] == "LL-3.10" and d["status"] == "open"]
    assert (left["recipient"], left["due_on"]) == ("p-edu-head", "2026-12-31")
    assert left["light"] != "red"
    w.day(2027, 1, 1)
    [left] = [d for d in w.item(year)["duties"] if d["clause"] == "LL-3.10" and d["status"] == "open"]
    assert (left["recipient"], left["light"]) == ("p-edu-head", "red")


@pytest.mark.parametrize(
    ("held", "found"), [("2026-12-30", "met"), ("2026-12-31", "met"), ("2027-01-01", "open")]
)
def test_a_members_talk_counts_in_the_year_in_which_it_was_held(w: TalkWorld, held: str, found: str) -> None:
    year = w.year()
    w.day(2027, 1, 4)
    w.talk(held, **MEMBER)
    assert w.clocks(year, "LL-3.10")["p-edu-vice"] == found
    [next_year] = [i for i in w.head.get(YEARS).body["items"] if i["year"] == 2027]
    assert w.clocks(f"{YEARS}/{next_year['id']}", "LL-3.10")["p-edu-vice"] == (
        "met" if found == "open" else "open"
    )


@proves("LL-3.10", check=2)
def test_a_talk_of_the_deputy_is_not_the_heads(w: TalkWorld) -> None:
    year = w.year()
    w.talk(**MEMBER, speaker_id="p-deputy1")
    assert w.clocks(year, "LL-3.10")["p-edu-vice"] == "open"
    w.talk(**MEMBER)
    assert w.clocks(year, "LL-3.10")["p-edu-vice"] == "met"


@proves("LL-3.10", check=3)
@pytest.mark.parametrize("left", ["p-edu-head", ""])
def test_open_members_are_warned_of_on_1_october(w: TalkWorld, left: str) -> None:
    year = w.year()
    w.talk(**DISTRICT)
    if not left:
        w.talk(**MEMBER | {"person_id": "p-edu-head"})
    w.day(2026, 9, 30)
    assert "member_talks_open" not in w.notices()
    w.day(2026, 10, 1)
    assert ("member_talks_open" in w.notices()) is bool(left)
    assert ("open" in w.clocks(year, "LL-3.10").values()) is bool(left)


def test_who_joins_or_leaves_a_leadership_is_followed_by_the_clocks(w: TalkWorld) -> None:
    year = w.year()
    with w.world.runtimes["inspection"].db.write() as session:
        session.get_one(tables.DirectoryPerson, "p-edu-vice").leadership_member = False
        session.get_one(tables.DirectoryPerson, "p-edu-sec").leadership_member = True
    w.day(2026, 10, 1)
    assert w.clocks(year, "LL-3.10") == {"p-edu-head": "open", "p-edu-vice": "voided", "p-edu-sec": "open"}


@proves("LL-3.13", check=1)
@pytest.mark.parametrize(
    ("held", "found"), [("2026-12-30", "met"), ("2026-12-31", "met"), ("2027-01-01", "open")]
)
def test_a_collective_talk_with_its_list_meets_the_units_clock(w: TalkWorld, held: str, found: str) -> None:
    year = w.year()
    assert w.clocks(year, "LL-3.13") == {"edu": "open"}
    w.day(2027, 1, 1)
    w.talk(held, **COLLECTIVE, record={"attendee_ids": list(ALL_THREE)})
    assert w.clocks(year, "LL-3.13") == {"edu": found}
    assert [e["person_id"] for e in w.events("integrity_talk_held")] == list(ALL_THREE)


def test_a_collective_talk_counts_as_nothing_else(w: TalkWorld) -> None:
    year = w.year()
    w.talk(**COLLECTIVE, record={"attendee_ids": list(ALL_THREE)})
    assert w.item(year)["covered_count"] == 0
    assert set(w.clocks(year, "LL-3.10").values()) == {"open"}


def test_talks_before_the_year_was_opened_count(w: TalkWorld) -> None:
    w.talk(**MEMBER)
    w.talk()
    year = w.year()
    assert w.item(year)["covered_permille"] == 1000
    assert w.clocks(year, "LL-3.10") == {"p-edu-head": "open", "p-edu-vice": "met"}


def test_a_year_is_opened_once_by_a_leader_and_goes_on_by_itself(w: TalkWorld) -> None:
    refused(w.do(YEARS, "open_talk_year", {"year": 2026}, by=w.clerk), "WRONG_ROLE")
    refused(w.do(YEARS, "open_talk_year", {"year": 2027}), "OUT_OF_RANGE", field="year")
    w.year()
    refused(w.do(YEARS, "open_talk_year", {"year": 2026}, by=w.deputy), "DUPLICATE", field="year")
    w.day(2028, 1, 3)
    w.world.tick()
    assert sorted(i["year"] for i in w.head.get(YEARS).body["items"]) == [2026, 2027, 2028]
    assert [i["state"] for i in w.head.get(YEARS).body["items"] if i["year"] < 2028] == ["fixed", "fixed"]
