"""The figures of clues: what each counts, in which unit, in which period, and what it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from services.clues.figures import BOOK
from tests.clause_proof import proves
from tests.clauses.accountability_steps import AccountabilityWorld
from tests.clauses.clues_steps import CluesWorld, done, refused
from tests.clauses.decision_steps import DecisionWorld
from tests.clauses.figure_rows import Rows, asked, behind, measures, value

REFORM = {"reform_on": "2026-01-01"}
SINCE = {clause for clause, figure in BOOK.figures.items() if figure.since}
THIS_YEAR, LAST_YEAR = date(2026, 2, 2), date(2025, 2, 2)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[CluesWorld]:
    made = CluesWorld(tmp_path, services=("clues",))
    yield made
    made.world.close()


@pytest.fixture
def rows(here: CluesWorld) -> Rows:
    return Rows(here.world)


@pytest.fixture
def told(tmp_path: Path, case_with_the_unit_told: Path) -> Iterator[DecisionWorld]:
    made = DecisionWorld.copied(case_with_the_unit_told, tmp_path)
    yield made
    made.world.close()


def first_form(here: CluesWorld, person: str = "p-edu-sec") -> str:
    """A small breach, talked about and handled in the first form."""
    clue = here.disposed(str(done(here.found(person)).body["id"]), "talk")
    done(here.talk(clue))
    record = {"person_id": person, "method_code": "talk", "findings": "情节轻微，谈话提醒"}
    done(here.clerk.act(f"/clues/clues/{clue}/apply_first_form", record))
    done(here.approve(clue))
    return clue


ASKED_FOR = [
    pytest.param(clause, marks=[] if clause in ("GL-4.3", "GL-4.6") else [proves(clause, check=3)])
    for clause in BOOK.figures
]
"""The rows of two figures have other checks."""


@pytest.mark.parametrize("clause", ASKED_FOR)
def test_without_a_period_or_offices_no_figure_is_computed(here: CluesWorld, clause: str) -> None:
    reform = REFORM if clause in SINCE else {}
    if clause not in SINCE:
        refused(asked(here.head, clause, **{"from": ""}), "MISSING_FIELD", clause)
    refused(asked(here.head, clause, to="", **reform), "MISSING_FIELD", clause)
    no_offices = asked(here.head, clause, offices="", **reform)
    refused(no_offices, "MISSING_FIELD", clause)
    assert (no_offices.status, no_offices.body["field"]) == (422, "offices")
    paper = {"clause": clause, "from_on": "2026-01-01", "to_on": "2026-12-31", "office_ids": []} | reform
    unpublished = here.head.act("/clues/published-figures/publish_figure", paper)
    refused(unpublished, "MISSING_FIELD", clause)
    assert unpublished.body["field"] == "office_ids"
    done(asked(here.head, clause, **reform))


@proves("GL-4.3", check=2)
@pytest.mark.parametrize("clause", sorted(SINCE))
def test_without_the_day_of_the_reform_nothing_is_counted_since_it(here: CluesWorld, clause: str) -> None:
    missing = asked(here.head, clause)
    refused(missing, "MISSING_FIELD", clause)
    assert missing.body["field"] == "reform_on"
    refused(asked(here.head, "GL-4.3"), "MISSING_FIELD", "GL-4.3")


@proves("GL-1.32", check=1)
@proves("GL-4.2", check=1)
@proves("GL-2.27", check=2)
def test_a_person_met_twice_is_one_person_and_two_person_times(here: CluesWorld) -> None:
    first_form(here)
    first_form(here)
    assert (value(here.head, "GL-1.32"), value(here.head, "GL-2.27")) == (1, 1)
    assert measures(here.head, "GL-1.32") == {"persons": 1, "person_times": 2}
    assert value(here.head, "GL-4.2", **REFORM) == 2
    assert value(here.head, "GL-1.32", to="2026-03-01") == 0
    assert value(here.head, "GL-1.32", **{"from": "2026-03-02", "to": "2026-03-02"}) == 1
    assert value(here.head, "GL-1.32", **{"from": "2026-03-03"}) == 0


@proves("GL-1.32", check=2)
@proves("GL-1.33", check=1)
@proves("GL-1.33", check=2)
def test_one_matter_counts_in_the_final_form_only(told: DecisionWorld) -> None:
    """The very person was criticised first, then sanctioned in the same matter: a warning, decided on 4 March."""
    item = told.cases()[0]
    rows = Rows(told.world)
    rows.first_form(date(2026, 3, 2), "p-edu-sec", clue=str(item["clue_id"]))
    rows.first_form(date(2026, 3, 2), "p-edu-clerk")
    assert value(told.head, "GL-1.32") == 2
    told.world.on(2026, 3, 5)
    warning = {"party_sanction_code": "party_warning", "reason": "党组会议研究决定"}
    done(told.decide_by_unit(str(item["id"]), decided_on="2026-03-04", **warning))
    assert (value(told.head, "GL-1.32"), value(told.head, "GL-1.33")) == (1, 1)
    assert [one["counted"] for one in behind(told.head, "GL-1.32")] == ["p-edu-clerk"]
    for days, expected in (("2026-03-03", 0), ("2026-03-04", 1), ("2026-03-05", 0)):
        assert value(told.head, "GL-1.33", **{"from": days, "to": days}) == expected
    assert value(told.head, "GL-2.28") == 1


@proves("GL-1.34", check=1)
@proves("GL-1.34", check=2)
@proves("GL-2.28", check=1)
def test_two_sanctions_in_one_decision_are_one_person(told: DecisionWorld) -> None:
    item = str(told.cases()[0]["id"])
    told.world.on(2026, 3, 5)
    grave = {
        "party_sanction_code": "removal_from_party_post",
        "government_sanction_code": "removal_from_post",
    }
    reason = {"reason": "党组会议研究决定"}
    done(told.decide_by_unit(item, form_code="third_form", **grave, **reason))
    assert measures(told.head, "GL-1.34") == {"persons": 1, "person_times": 1}
    assert measures(told.head, "GL-2.28") == {"persons": 1, "sanctions": 2}
    assert value(told.head, "GL-1.33") == 0


@proves("GL-1.35", check=1)
def test_a_transfer_to_the_procuratorate_is_the_fourth_form(told: DecisionWorld) -> None:
    """Whatever sanction there is in the same matter: it counts once, in the gravest form."""
    item = str(told.cases()[0]["id"])
    record = {"person_id": "p-edu-sec", "transfer_no": "移〔2026〕1号"}
    documents = ("prosecution_opinion",)
    stranger = told.do(item, "transfer_to_procuratorate", record | {"person_id": "p-x"}, documents=documents)
    refused(stranger, "UNKNOWN_REFERENCE", "GL-1.35")
    refused(told.do(item, "transfer_to_procuratorate", record), "MISSING_DOCUMENT", "GL-1.35")
    early = told.do(
        item, "transfer_to_procuratorate", record | {"transferred_on": "2020-01-01"}, documents=documents
    )
    refused(early, "DATE_ORDER", "GL-1.35")
    done(told.do(item, "transfer_to_procuratorate", record, documents=documents))
    assert value(told.head, "GL-1.35") == 0
    done(told.rule(item, told.liaison))
    done(told.rule(item, told.leader))
    again = told.do(item, "transfer_to_procuratorate", record, documents=documents)
    refused(again, "DUPLICATE", "GL-1.35")
    assert value(told.head, "GL-1.35") == 1
    done(told.decide_by_unit(item))
    assert (value(told.head, "GL-1.33"), value(told.head, "GL-1.35")) == (0, 1)
    assert [one["source"] for one in behind(told.head, "GL-1.35")] == ["prosecution_transfers"]


@proves("GL-1.36", check=1)
@proves("GL-1.36", check=2)
@proves("GL-4.6", check=1)
def test_growth_of_clues_is_measured_against_the_same_months_a_year_earlier(
    here: CluesWorld, rows: Rows
) -> None:
    done(here.propose(clue := str(done(here.found("p-edu-sec")).body["id"])))
    assert asked(here.head, "GL-1.36").body["before"]["measures"][0]["value"] == 0
    done(here.approve(clue))
    nothing_before = asked(here.head, "GL-1.36").body
    assert (nothing_before["value"], nothing_before["applicable"]) == (None, False)
    assert nothing_before["measures"] == [{"unit": "clues", "unit_zh": "件", "value": 1}]
    rows.disposed(THIS_YEAR, clue=clue)  # the same clue, disposed of twice
    for day, several in ((THIS_YEAR, 35), (LAST_YEAR, 10), (date(2025, 12, 31), 1), (date(2026, 1, 1), 0)):
        for _ in range(several):
            rows.disposed(day)
    for clause in ("GL-1.36", "GL-4.6"):
        told = asked(here.head, clause, to="2026-06-30").body
        assert (told["value"], told["unit"], told["unit_zh"]) == ("260.0", "percent", "%")
        assert told["before"]["period"] == {"from": "2025-01-01", "to": "2025-06-30"}
        assert told["before"]["measures"][0]["value"] == 10
        assert value(here.head, clause) == "227.3"  # 36 against 11


@proves("GL-4.6", check=2)
def test_growth_is_refused_over_unequal_periods(here: CluesWorld) -> None:
    same = {"before_from": "2025-01-01", "before_to": "2025-12-31"}
    done(asked(here.head, "GL-4.6", **same))
    for field, day in (("before_to", "2025-12-30"), ("before_from", "2025-01-02")):
        unequal = asked(here.head, "GL-4.6", **(same | {field: day}))
        refused(unequal, "OUT_OF_RANGE", "GL-4.6")
        assert unequal.body["field"] == field


@proves("GL-1.37", check=1)
@proves("GL-4.7", check=1)
@proves("GL-4.7", check=2)
def test_growth_of_cases_is_rounded_half_up_to_one_decimal(here: CluesWorld, rows: Rows) -> None:
    for month, now, before, rate in ((1, 28, 25, "12.0"), (2, 17, 14, "21.4"), (3, 17, 16, "6.3")):
        for year, several in ((2026, now), (2025, before)):
            for number in range(several):
                rows.case(filed_on=date(year, month, 1 + number), filing_no=f"{year}-{month}-{number}")
        span = {"from": f"2026-{month:02}-01", "to": f"2026-{month:02}-28"}
        assert value(here.head, "GL-1.37", **span) == value(here.head, "GL-4.7", **span) == rate


@proves("GL-1.37", check=2)
def test_a_case_on_the_ground_of_a_judgement_is_no_case_filed(told: DecisionWorld) -> None:
    before = measures(told.head, "GL-1.37")["cases"]
    item = told.judged_case()
    done(told.court(item))
    done(told.send_on_judgement(item))
    assert measures(told.head, "GL-1.37")["cases"] == before == 1
    assert item not in [one["id"] for one in behind(told.head, "GL-1.37")]


@proves("GL-2.23", check=1)
@proves("GL-2.23", check=2)
def test_talks_and_letters_are_counted_by_person_times_once_issued(here: CluesWorld) -> None:
    clues = [str(done(here.found("p-edu-sec")).body["id"]) for _ in range(3)]
    for clue in clues[:2]:
        here.disposed(clue)
    done(here.issue(clues[0]))
    assert value(here.head, "GL-2.23") == 1  # the second letter is approved, and not issued
    done(here.issue(clues[1]))
    assert value(here.head, "GL-2.23") == 2
    here.disposed(clues[2], "talk")
    done(here.talk(clues[2]))
    assert measures(here.head, "GL-2.23") == {"person_times": 3, "persons": 1}
    assert sorted(one["source"] for one in behind(here.head, "GL-2.23")) == ["inquiry_letters"] * 2 + [
        "talks"
    ]


def test_a_second_letter_on_the_same_clue_is_a_second_time(here: CluesWorld) -> None:
    clue = here.explained(str(done(here.found("p-edu-sec")).body["id"]))
    here.disposed(clue)
    done(here.issue(clue))
    assert value(here.head, "GL-2.23") == 2
    assert asked(here.head, "GL-1.36").body["measures"][0]["value"] == 1


@proves("GL-2.25", check=1)
@proves("GL-2.25", check=2)
@proves("GL-2.26", check=1)
@proves("GL-2.26", check=2)
def test_accountability_counts_subjects_once_and_decisions_each(tmp_path: Path) -> None:
    here = AccountabilityWorld(tmp_path, services=("clues",))
    for _ in range(2):
        item = here.inquiry(organisation_ids=["edu-branch-2"])
        before = measures(here.head, "GL-2.25")["decisions"]
        done(here.decision(item, main_ids=["edu-branch-2"]))
        assert measures(here.head, "GL-2.25")["decisions"] == before + 1
    assert measures(here.head, "GL-2.25") == {"organisations": 1, "decisions": 2}
    assert measures(here.head, "GL-2.26") == {"persons": 1, "decisions": 2}
    here.inquiry()
    assert measures(here.head, "GL-2.26") == {"persons": 1, "decisions": 2}
    first_form(here)
    assert (value(here.head, "GL-2.26"), value(here.head, "GL-2.27")) == (1, 1)
    here.world.close()


@proves("GL-2.27", check=1)
def test_every_person_counted_has_a_record_behind(here: CluesWorld, rows: Rows) -> None:
    for number in range(80):
        rows.first_form(THIS_YEAR, f"p-row-{number}")
    rows.first_form(THIS_YEAR, "p-row-7")
    assert measures(here.head, "GL-2.27") == {"persons": 80, "person_times": 81}
    found = behind(here.head, "GL-2.27")
    assert len({one["counted"] for one in found}) == 80
    assert len(found) == len({one["entry"] for one in found}) == 81
    done(here.head.get(f"/clues/clues/{found[0]['id']}"))


@proves("GL-4.2", check=2)
@proves("GL-4.3", check=1)
@proves("GL-4.4", check=1)
@proves("GL-4.5", check=1)
def test_since_the_reform_person_times_are_counted_and_their_shares(here: CluesWorld, rows: Rows) -> None:
    forms = {"second_form": 16, "third_form": 8, "fourth_form": 14}
    for form, several in forms.items():
        for number in range(several):
            rows.sanction(THIS_YEAR, f"p-row-{number}", form)
        rows.sanction(date(2025, 6, 30), "p-row-0", form)
    for number in range(132):
        rows.first_form(THIS_YEAR, f"p-row-{number % 100}")
    rows.first_form(date(2025, 6, 30), "p-row-0")
    since = {"reform_on": "2025-07-01", "from": "2025-01-01"}
    found = {clause: value(here.head, clause, **since) for clause in ("GL-4.2", "GL-4.3", "GL-4.4", "GL-4.5")}
    assert found == {"GL-4.2": 132, "GL-4.3": 16, "GL-4.4": 8, "GL-4.5": 14}
    told = asked(here.head, "GL-4.5", **since).body
    assert told["total"] == 170
    assert [(one["id"], one["share"]) for one in told["shares"]] == [
        ("GL-4.2", "77.6"), ("GL-4.3", "9.4"), ("GL-4.4", "4.7"), ("GL-4.5", "8.2"),
    ]  # fmt: skip
    assert told["period"] == {"from": "2025-07-01", "to": "2026-12-31"}
    assert value(here.head, "GL-4.2", **(since | {"reform_on": "2025-06-30"})) == 133


@proves("GL-4.5", check=2)
def test_of_no_total_there_is_no_share(here: CluesWorld) -> None:
    told = asked(here.head, "GL-4.5", **REFORM).body
    assert (told["value"], told["total"]) == (0, 0)
    assert {one["share"] for one in told["shares"]} == {None}


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"from": "2026-12-32"}, "INVALID_FIELD", "from"),
        ({"to": "20261231"}, "INVALID_FIELD", "to"),
        ({"to": "9999-12-31"}, "INVALID_FIELD", "to"),
        ({"from": "2026-02-02", "to": "2026-02-01"}, "DATE_ORDER", "to"),
        ({"offices": "pz1,nowhere"}, "UNKNOWN_REFERENCE", "offices"),
        ({"offices": ","}, "MISSING_FIELD", "offices"),
    ],
)
def test_what_cannot_be_counted_is_refused(
    here: CluesWorld, changes: dict[str, str], code: str, field: str
) -> None:
    answer = asked(here.head, "GL-1.32", **changes)
    refused(answer, code, "GL-1.32")
    assert answer.body["field"] == field


def test_a_figure_that_is_not_ours_does_not_exist(here: CluesWorld) -> None:
    assert asked(here.head, "GL-1.31").code == "UNKNOWN_REFERENCE"


@pytest.mark.parametrize("account", ["clerk1", "deputy1", "sys", "edu-head", "xc1"])
def test_posts_without_a_need_to_know_read_the_definitions_and_no_value(
    here: CluesWorld, account: str
) -> None:
    client = here.world.as_(account)
    listed = done(client.get("/clues/figures")).body
    assert listed["may_ask"] is False
    assert [one["id"] for one in listed["figures"]] == list(BOOK.figures)
    refused(asked(client, "GL-1.32"), "WRONG_ROLE", "GL-1.32")
    assert client.get("/clues/figures/GL-1.32/items", **{"from": "2026-01-01"}).code == "WRONG_ROLE"
    assert here.audited("GL-1.32", "refused")[-1].code == "WRONG_ROLE"


def test_a_figure_says_what_it_counts_and_its_reading_is_logged(here: CluesWorld, rows: Rows) -> None:
    rows.first_form(THIS_YEAR, "p-row-1")
    told = asked(here.head, "GL-1.32").body
    assert told["population_zh"]
    assert told["population_en"] == "first_form_record"
    assert (told["period"], told["offices"]) == ({"from": "2026-01-01", "to": "2026-12-31"}, ["pz1"])
    assert told["known_en"] == "counts only what you may know of"
    assert here.audited("GL-1.32", "read")[-1].act == "read_figure"
    behind(here.head, "GL-1.32")
    assert here.audited("GL-1.32", "read")[-1].act == "read_figure_items"


def test_a_figure_counts_what_its_reader_may_know_of(here: CluesWorld, rows: Rows) -> None:
    rows.first_form(THIS_YEAR, "p-row-1")
    rows.first_form(THIS_YEAR, "p-head1")
    rows.first_form(THIS_YEAR, "p-clerk1")  # of the head's line
    rows.first_form(THIS_YEAR, "p-row-2", office="pz2")
    both = {"offices": "pz1,pz2"}
    supervising = here.world.as_("ags1")
    assert value(here.head, "GL-1.32", **both) == 1
    assert value(here.world.as_("head2"), "GL-1.32", **both) == 1
    assert value(supervising, "GL-1.32", **both) == 4
    assert value(supervising, "GL-1.32") == 3
    assert [one["counted"] for one in behind(here.head, "GL-1.32", **both)] == ["p-row-1"]
