"""The quarter's ledger of measures: filed in time, supplemented, checked, passed on; and the rule behind it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from services.chassis.clock import ZONE
from tests.clause_proof import proves
from tests.clauses.clues_steps import done, refused
from tests.clauses.measure_steps import LEDGERS, RULES, MeasureWorld
from tests.world import Answer


@pytest.fixture
def here(tmp_path: Path) -> MeasureWorld:
    return MeasureWorld(tmp_path)


def begun(here: MeasureWorld) -> None:
    done(here.head.act(f"{LEDGERS}/open_measures_ledger"))


def clock(answer: Answer) -> list[tuple[str, str, bool]]:
    return [(d["clause"], d["status"], d["late"]) for d in answer.body["duties"]]


@proves("LZ-16.14", check=1)
@pytest.mark.parametrize(
    ("month", "day", "hour", "minute", "late"),
    [(3, 30, 9, 0, False), (3, 31, 23, 59, False), (4, 1, 0, 0, True), (4, 1, 9, 0, True)],
)
def test_the_ledger_is_filed_by_the_quarters_last_day(
    here: MeasureWorld, month: int, day: int, hour: int, minute: int, *, late: bool
) -> None:
    begun(here)
    here.executed()
    here.world.on(2026, month, day, hour, minute)
    answer = done(here.file())
    assert clock(answer) == [("LZ-16.14", "met", late)]
    [event] = here.events("clues.measures_ledger_filed")
    assert event.data == {
        "office_id": "pz1",
        "quarter": "2026-Q1",
        "row_count": 1,
        "filed_on": date(2026, month, day).isoformat(),
        "supplementary": False,
    }
    assert here.notices("measures_ledger_filed") == [("liaison_discipline_office", "jd1", "")]
    refused(here.file(), "DUPLICATE", "LZ-16.14")


@pytest.mark.parametrize(
    ("opened", "due"),
    [((2026, 5, 4), "2026-06-30"), ((2026, 9, 30), "2026-09-30"), ((2026, 12, 31), "2026-12-31")],
)
def test_the_quarter_ends_on_its_last_calendar_day_working_day_or_not_and_needs_no_calendar(
    here: MeasureWorld, opened: tuple[int, int, int], due: str
) -> None:
    here.world.on(*opened)
    answer = done(here.head.act(f"{LEDGERS}/open_measures_ledger"))
    [duty] = answer.body["duties"]
    assert (duty["due_at"][:10], duty["provisional"]) == (due, False)
    [event] = here.events("clues.duty_opened")
    ends = date.fromisoformat(due)
    warned = [date.fromordinal(ends.toordinal() - days).isoformat() for days in (10, 3)]
    assert event.data["warn"] == warned


@proves("LZ-16.14", check=2)
def test_a_measure_added_to_a_filed_quarter_is_filed_in_addition(here: MeasureWorld) -> None:
    begun(here)
    late = here.head_approved(here.requested())
    done(here.issue_document(late))
    here.world.on(2026, 3, 31)
    done(here.file())
    here.world.on(2026, 4, 2)
    here.world.tick()
    done(here.execute(late, executed_on="2026-03-30"))
    assert here.ledger()["state"] == "supplement_due"
    assert here.notices("measures_supplement_due") == [("dispatched_office_head", "pz1", "")]
    answer = done(here.file())
    assert (answer.body["state"], "LZ-16.14" in answer.body["clauses"]) == ("filed", True)
    filed = [
        (e.data["row_count"], e.data["supplementary"]) for e in here.events("clues.measures_ledger_filed")
    ]
    assert filed == [(0, False), (1, True)]
    here.executed("WS-2026-2")  # in the new quarter: nothing is added to the old one
    assert (here.ledger()["state"], here.ledger("2026-Q2")["state"]) == ("filed", "open")


@proves("LZ-16.14", check=3)
def test_a_quarter_without_measures_is_filed_as_well_or_overdue(here: MeasureWorld) -> None:
    begun(here)
    here.world.on(2026, 4, 1, 0, 0)
    assert [(d["clause"], d["status"]) for d in here.ledger()["duties"]] == [("LZ-16.14", "open")]
    assert here.ledger()["duties"][0]["light"] == "red"
    answer = done(here.file())
    assert clock(answer) == [("LZ-16.14", "met", True)]
    assert here.events("clues.measures_ledger_filed")[-1].data["row_count"] == 0


def test_every_quarter_has_its_ledger_though_nothing_ran_when_it_began(here: MeasureWorld) -> None:
    begun(here)
    here.world.on(2026, 11, 2)
    for _ in range(2):
        here.world.tick()
    states = {q: here.ledger(q)["duties"][0]["due_at"][:10] for q in ("2026-Q2", "2026-Q3", "2026-Q4")}
    assert states == {"2026-Q2": "2026-06-30", "2026-Q3": "2026-09-30", "2026-Q4": "2026-12-31"}
    assert len(here.head.get(LEDGERS).body["items"]) == 4
    here.world.now(datetime(2027, 1, 1, 0, 0, tzinfo=ZONE))  # no calendar is published for that year
    here.world.tick()
    assert here.ledger("2027-Q1")["duties"][0]["due_at"][:10] == "2027-03-31"


def test_the_first_measure_begins_the_ledger_and_the_head_begins_it_once(here: MeasureWorld) -> None:
    here.requested()
    assert here.ledger()["state"] == "open"
    refused(here.head.act(f"{LEDGERS}/open_measures_ledger"), "DUPLICATE", "LZ-16.14")
    refused(here.clerk.act(f"{LEDGERS}/open_measures_ledger"), "WRONG_ROLE", "LZ-16.14")
    assert len(here.head.get(LEDGERS).body["items"]) == 1


def test_a_measure_of_which_the_head_may_not_know_begins_no_ledger_and_adds_to_none(
    here: MeasureWorld,
) -> None:
    here.person_is("p-head1", office_id="pz1", unit_id="", relatives=("p-edu-sec",))
    here.person_is("p-edu-sec", number=2, level="section_staff", relatives=("p-head1",))
    done(here.ask_for(here.clue_on(), "query"))
    assert len(here.clerk.get("/clues/measures").body["items"]) == 1
    for place in (LEDGERS, "/clues/measures", "/clues/worklist"):
        assert here.head.get(place).body["items"] == []
    heads = [e.data for e in here.events("clues.notice_due") if e.data["to_role"] == "dispatched_office_head"]
    assert heads
    assert all("p-head1" in str(notice["recused"]) for notice in heads)


@proves("LZ-16.15", check=1)
def test_a_check_is_linked_to_its_quarter(here: MeasureWorld) -> None:
    begun(here)
    done(here.file())
    answer = done(check(here, findings=2))
    assert "LZ-16.15" in answer.body["clauses"]
    shown = here.ledger(client=here.liaison)
    assert (shown["quarter"], shown["checked_on"], shown["finding_count"]) == ("2026-Q1", "2026-03-02", 2)
    [event] = here.events("clues.measure_use_checked")
    assert event.data == {"office_id": "pz1", "quarter": "2026-Q1", "finding_count": 2}
    assert here.notices("measure_use_checked") == [("dispatched_office_head", "pz1", "")]


def check(here: MeasureWorld, *, findings: int = 1) -> Answer:
    paper: dict[str, object] = {"finding_count": findings, "findings": "检查情况"}
    return here.on_ledger("check_measure_use", paper, by=here.liaison)


@proves("LZ-16.15", check=2)
def test_the_office_does_not_check_itself(here: MeasureWorld) -> None:
    begun(here)
    done(here.file())
    paper: dict[str, object] = {"finding_count": 0, "findings": "自查"}
    refused(here.on_ledger("check_measure_use", paper, by=here.head), "WRONG_ROLE", "LZ-16.15")
    supervision = here.world.as_("ags1")
    refused(here.on_ledger("check_measure_use", paper, by=supervision), "WRONG_ROLE", "LZ-16.15")
    assert here.events("clues.measure_use_checked") == []


@proves("LZ-16.16", check=1)
@pytest.mark.parametrize(("day", "overdue"), [(4, False), (5, False), (6, True)])
def test_a_check_that_is_not_passed_on_promptly_is_a_warning_to_the_liaison_office(
    tmp_path: Path, day: int, *, overdue: bool
) -> None:
    here = MeasureWorld(tmp_path, services=("intake", "clues", "notifications"))
    begun(here)
    done(check(here))
    [duty] = [e.data for e in here.events("clues.duty_opened") if e.data["clause"] == "LZ-16.16"]
    assert (duty["owed_role"], duty["office_id"]) == ("liaison_discipline_office", "jd1")
    assert str(duty["due_at"])[:10] == "2026-03-05"
    here.world.pump()
    here.world.on(2026, 3, day)
    here.world.pump()
    told = here.events("notifications.deadline_overdue", "notifications")
    assert (duty["duty_id"] in [e.data["duty_id"] for e in told]) is overdue
    answer = done(report(here))
    assert clock(answer) == [("LZ-16.16", "met", False)]  # ours, not the text's: warned of, never a breach


def report(here: MeasureWorld, **changes: object) -> Answer:
    return here.on_ledger("report_measure_use", dict(changes), by=here.liaison)


@proves("LZ-16.16", check=2)
def test_the_case_supervision_office_is_informed_and_no_other_in_its_place(here: MeasureWorld) -> None:
    begun(here)
    refused(report(here), "DUPLICATE", "LZ-16.16")  # nothing was checked yet
    done(check(here))
    for other in ("petition_office", "inspection_office", "dispatched_office", "liaison_discipline_office"):
        answer = report(here, recipient_role=other)
        refused(answer, "WRONG_ROUTE", "LZ-16.16")
        assert answer.body["field"] == "recipient_role"
    done(report(here))
    [event] = here.events("clues.measure_use_reported")
    assert event.data == {"office_id": "pz1", "quarter": "2026-Q1", "reported_on": "2026-03-02"}
    assert here.notices("measure_use_reported") == [("case_supervision_office", "", "")]
    assert here.ledger(client=here.world.as_("ags1"))["reported_on"] == "2026-03-02"


def rule(here: MeasureWorld, **changes: object) -> Answer:
    paper: dict[str, object] = {"version_code": "v1", "effective_on": "2026-03-02"}
    attached = here.documents("measures_internal_rule", client=here.head)
    given = {name: value for name, value in (paper | changes).items() if value is not None}
    return here.head.act(f"{RULES}/file_measures_rule", given, attachments=attached)


@proves("LZ-16.12", check=1)
def test_a_measure_without_a_rule_in_force_warns_the_head_and_the_liaison_office(here: MeasureWorld) -> None:
    here.requested()
    both = [("dispatched_office_head", "pz1", ""), ("liaison_discipline_office", "jd1", "")]
    assert here.notices("measures_rule_missing") == both
    done(rule(here, effective_on="2026-03-04"))
    here.world.on(2026, 3, 3)
    here.requested()  # filed, and not in force yet
    assert here.notices("measures_rule_missing") == both * 2
    here.world.on(2026, 3, 4)
    here.requested()
    assert here.notices("measures_rule_missing") == both * 2
    named = [
        e.dwclauses for e in here.events("clues.notice_due") if e.data["template"] == "measures_rule_missing"
    ]
    assert set(named) == {"LZ-16.12"}


@proves("LZ-16.12", check=2)
def test_a_rule_has_the_day_from_which_it_is_in_force(here: MeasureWorld) -> None:
    answer = rule(here, effective_on=None)
    refused(answer, "MISSING_FIELD", "LZ-16.12")
    assert answer.body["field"] == "effective_on"
    paper = {"version_code": "v1", "effective_on": "2026-03-02"}
    refused(here.head.act(f"{RULES}/file_measures_rule", paper), "MISSING_DOCUMENT", "LZ-16.12")
    done(rule(here))
    refused(rule(here), "DUPLICATE", "LZ-16.12")
    refused(here.clerk.act(f"{RULES}/file_measures_rule", paper), "WRONG_ROLE", "LZ-16.12")
    [line] = here.liaison.get(RULES).body["items"]
    assert (line["version_code"], line["effective_on"]) == ("v1", "2026-03-02")
    assert here.world.as_("clerk3").get(RULES).body["items"] == []


def test_the_ledger_is_the_heads_and_the_two_offices_and_shows_each_what_they_may_know_of(
    here: MeasureWorld,
) -> None:
    here.executed()
    item = str(here.ledger()["id"])
    accounts = (
        "clerk1",
        "deputy1",
        "head1",
        "head2",
        "jd1",
        "ags1",
        "leader",
        "xf1",
        "da1",
        "sys",
        "edu-head",
    )
    found = {a for a in accounts if here.world.as_(a).get(f"{LEDGERS}/{item}").status == 200}
    listed = {a for a in accounts if here.world.as_(a).get(LEDGERS).body["items"]}
    assert found == listed == {"head1", "jd1", "ags1"}
    assert len(here.rows(client=here.liaison)) == 1
    here.person_is("p-ags1", office_id="ags", unit_id="", relatives=("p-edu-sec",))
    assert here.rows(client=here.world.as_("ags1")) == []
