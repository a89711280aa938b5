"""The clue ledger is looked over: every month by the office, every quarter by its liaison office."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.clause_proof import proves
from tests.clauses.clues_steps import done, refused
from tests.clauses.verification_steps import VerificationWorld
from tests.world import Answer, Client

MONTHS, CHECKS = "/clues/ledger-reconciliations", "/clues/clue-inspections"


class LedgerCheckWorld(VerificationWorld):
    """The reconciliations and checks of an office in short."""

    def of_period(self, place: str, period: str, client: Client | None = None) -> dict[str, Any]:
        reader = client or self.head
        [found] = [i for i in reader.get(place, limit="200").body["items"] if i["period"] == period]
        return dict(reader.get(f"{place}/{found['id']}").body)

    def reconcile(self, period: str = "2026-03", **changes: object) -> Answer:
        paper: dict[str, object] = {"petitions_referred": 0, "dispositions_filed": 0, "cases_filed": 0}
        item = self.of_period(MONTHS, period)["id"]
        return self.head.act(f"{MONTHS}/{item}/reconcile_ledger", paper | changes)

    def inspect(self, *, findings: int = 1, by: Client | None = None, period: str = "2026-Q1") -> Answer:
        paper = {"sample": "抽查3件", "finding_count": findings, "findings": "检查情况"}
        item = self.of_period(CHECKS, period)["id"]
        return (by or self.liaison).act(f"{CHECKS}/{item}/record_inspection", paper)


@pytest.fixture
def here(tmp_path: Path) -> LedgerCheckWorld:
    return LedgerCheckWorld(tmp_path)


def begun(here: LedgerCheckWorld) -> None:
    done(here.head.act(f"{MONTHS}/open_reconciliation"))


def checks_begun(here: LedgerCheckWorld) -> Answer:
    return here.liaison.act(f"{CHECKS}/open_inspection", {"office_id": "pz1"})


@proves("LZ-12.26", check=1)
def test_a_difference_is_named_and_the_month_is_not_closed_without_an_explanation(
    here: LedgerCheckWorld,
) -> None:
    for _ in range(2):
        here.clue()
    begun(here)
    answer = here.reconcile(petitions_referred=3)
    refused(answer, "MISSING_REASON", "LZ-12.26")
    assert answer.body["field"] == "explanation"
    assert "信访平台提请处置件数" in answer.body["detail"]
    assert "立案件数" not in answer.body["detail"]
    assert here.of_period(MONTHS, "2026-03")["state"] == "open"
    done(here.reconcile(petitions_referred=3, explanation="一件在途"))
    assert here.of_period(MONTHS, "2026-03")["difference_count"] == 1
    [event] = here.events("clues.clue_ledger_reconciled")
    assert event.data == {"office_id": "pz1", "period": "2026-03", "difference_count": 1}
    refused(here.reconcile(petitions_referred=3, explanation="再次"), "DUPLICATE", "LZ-12.26")


def test_what_agrees_needs_no_explanation_and_another_month_counts_its_own(here: LedgerCheckWorld) -> None:
    begun(here)
    clue = here.disposed(here.clue())
    for office in ("liaison_discipline_office", "case_supervision_office"):
        done(here.clerk.act(f"/clues/clues/{clue}/file_for_record", {"recipient_role": office}))
    refused(here.reconcile(petitions_referred=1), "MISSING_REASON", "LZ-12.26")
    refused(
        here.reconcile(petitions_referred=1, dispositions_filed=2, cases_filed=1),
        "MISSING_REASON",
        "LZ-12.26",
    )
    done(here.reconcile(petitions_referred=1, dispositions_filed=2))
    here.world.on(2026, 4, 1, 0, 0)
    here.world.tick()
    done(here.reconcile("2026-04"))


@proves("LZ-12.26", check=2)
@pytest.mark.parametrize(
    ("month", "day", "hour", "overdue"), [(3, 30, 9, False), (3, 31, 23, False), (4, 1, 9, True)]
)
def test_a_month_that_ends_without_reconciliation_is_a_warning_to_the_head_and_no_breach(
    tmp_path: Path, month: int, day: int, hour: int, *, overdue: bool
) -> None:
    here = LedgerCheckWorld(tmp_path, services=("intake", "clues", "notifications"))
    begun(here)
    [duty] = [e.data for e in here.events("clues.duty_opened") if e.data["clause"] == "LZ-12.26"]
    assert (duty["owed_role"], str(duty["due_at"])[:10]) == ("dispatched_office_head", "2026-03-31")
    assert duty["warn"] == ["2026-03-24", "2026-03-29"]
    here.world.pump()
    here.world.on(2026, month, day, hour)
    here.world.pump()
    told = here.events("notifications.deadline_overdue", "notifications")
    assert (duty["duty_id"] in [e.data["duty_id"] for e in told]) is overdue
    answer = done(here.reconcile())
    assert [(d["clause"], d["status"], d["late"]) for d in answer.body["duties"]] == [
        ("LZ-12.26", "met", False)
    ]


def test_every_month_and_quarter_has_its_own_though_nothing_ran_when_it_began(here: LedgerCheckWorld) -> None:
    begun(here)
    done(checks_begun(here))
    here.world.on(2027, 1, 1, 0, 0)  # no calendar is published for that year
    for _ in range(2):
        here.world.tick()
    months = sorted(i["period"] for i in here.head.get(MONTHS, limit="200").body["items"])
    assert months == [*(f"2026-{n:02d}" for n in range(3, 13)), "2027-01"]
    quarters = sorted(i["period"] for i in here.liaison.get(CHECKS).body["items"])
    assert quarters == ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4", "2027-Q1"]
    due = {p: here.of_period(MONTHS, p)["duties"][0]["due_at"][:10] for p in ("2026-06", "2027-01")}
    assert due == {"2026-06": "2026-06-30", "2027-01": "2027-01-31"}
    assert here.of_period(CHECKS, "2027-Q1")["duties"][0]["due_at"][:10] == date(2027, 3, 31).isoformat()


@proves("LZ-12.28", check=1)
def test_findings_are_answered_and_those_that_are_not_are_listed(here: LedgerCheckWorld) -> None:
    done(checks_begun(here))
    item = str(here.of_period(CHECKS, "2026-Q1")["id"])
    answer = {"answer": "已整改"}
    refused(here.head.act(f"{CHECKS}/{item}/answer_inspection", answer), "PRECONDITION_NOT_MET", "LZ-12.28")
    recorded = done(here.inspect(findings=2))
    assert (recorded.body["state"], "LZ-12.28" in recorded.body["clauses"]) == ("answer_due", True)
    [event] = here.events("clues.clue_disposition_inspected")
    assert (event.data["office_id"], event.data["period"], event.data["finding_count"]) == (
        "pz1",
        "2026-Q1",
        2,
    )
    for reader in (here.head, here.liaison):
        assert [i["id"] for i in reader.get(CHECKS, state="answer_due").body["items"]] == [item]
    [waiting] = [x for x in here.head.get("/clues/worklist").body["items"] if x["kind"] == "clue_inspection"]
    assert [act["name"] for act in waiting["acts"]] == ["answer_inspection"]
    refused(here.head.act(f"{CHECKS}/{item}/answer_inspection", {}), "MISSING_FIELD", "LZ-12.28")
    done(here.head.act(f"{CHECKS}/{item}/answer_inspection", answer))
    assert here.liaison.get(CHECKS, state="answer_due").body["items"] == []


def test_a_check_without_findings_needs_no_answer(here: LedgerCheckWorld) -> None:
    done(checks_begun(here))
    assert done(here.inspect(findings=0)).body["state"] == "done"
    refused(here.inspect(), "DUPLICATE", "LZ-12.28")


@proves("LZ-12.28", check=2)
def test_no_office_checks_itself_nor_does_another_liaison_office(here: LedgerCheckWorld) -> None:
    refused(here.head.act(f"{CHECKS}/open_inspection", {"office_id": "pz1"}), "WRONG_ROLE", "LZ-12.28")
    done(checks_begun(here))
    for client in (here.head, here.world.as_("ags1")):
        refused(here.inspect(by=client), "WRONG_ROLE", "LZ-12.28")
    refused(checks_begun(here), "DUPLICATE", "LZ-12.28")
    for office, code in (("edu", "UNKNOWN_REFERENCE"), ("nowhere", "UNKNOWN_REFERENCE")):
        answer = here.liaison.act(f"{CHECKS}/open_inspection", {"office_id": office})
        refused(answer, code, "LZ-12.28")
    assert here.events("clues.clue_disposition_inspected") == []


@pytest.mark.parametrize(("month", "day", "overdue"), [(3, 30, False), (3, 31, False), (4, 1, True)])
def test_a_quarter_without_a_check_is_a_warning_to_the_liaison_office(
    tmp_path: Path, month: int, day: int, *, overdue: bool
) -> None:
    here = LedgerCheckWorld(tmp_path, services=("intake", "clues", "notifications"))
    done(checks_begun(here))
    [duty] = [e.data for e in here.events("clues.duty_opened") if e.data["clause"] == "LZ-12.28"]
    owed = (duty["owed_role"], duty["office_id"], str(duty["due_at"])[:10])
    assert owed == ("liaison_discipline_office", "jd1", "2026-03-31")
    here.world.pump()
    here.world.on(2026, month, day)
    here.world.pump()
    told = here.events("notifications.deadline_overdue", "notifications")
    assert (duty["duty_id"] in [e.data["duty_id"] for e in told]) is overdue
