"""A measure on its way: the one desk, its document, its execution, help with a query, its entry in the register."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.clues_steps import done, refused
from tests.clauses.measure_steps import FOR_THE_DESK, MEASURES, MeasureWorld
from tests.world import Answer


@pytest.fixture
def here(tmp_path: Path) -> MeasureWorld:
    return MeasureWorld(tmp_path)


@proves("LZ-16.5", check=1)
def test_nothing_is_carried_out_without_its_document(here: MeasureWorld) -> None:
    item = here.head_approved(here.requested())
    refused(here.execute(item), "MISSING_DOCUMENT", "LZ-16.5")
    paper: dict[str, object] = {"document_no": "WS-2026-1", "issuer_code": "dispatched_office"}
    answer = here.on_measure(item, "issue_measure_document", paper)
    refused(answer, "MISSING_DOCUMENT", "LZ-16.5")  # a number without the paper is no document
    del paper["document_no"]
    answer = here.on_measure(item, "issue_measure_document", paper, documents=("measure_document",))
    refused(answer, "MISSING_FIELD", "LZ-16.5")
    done(here.issue_document(item))
    done(here.execute(item))
    [event] = here.events("clues.measure_executed")
    assert (event.data["document_no"], event.data["executed_on"]) == ("WS-2026-1", "2026-03-02")


@proves("LZ-16.5", check=2)
def test_one_document_is_for_one_measure(here: MeasureWorld) -> None:
    here.executed("WS-2026-1")
    other = here.head_approved(here.requested())
    answer = here.issue_document(other, "WS-2026-1")
    refused(answer, "DUPLICATE", "LZ-16.5")
    assert answer.body["field"] == "document_no"
    done(here.issue_document(other, "WS-2026-2"))
    refused(here.issue_document(other, "WS-2026-3"), "DUPLICATE", "LZ-16.5")


def test_a_document_of_a_measure_that_one_may_not_know_of_refuses_nobody(here: MeasureWorld) -> None:
    here.executed("WS-2026-1")
    here.person_is("p-clerk2", office_id="pz1", unit_id="", relatives=("p-edu-sec",))
    clerk2 = here.world.as_("clerk2")  # hears of no measure on a relative
    clue = str(done(here.found("p-edu-clerk", client=clerk2)).body["id"])
    done(here.ask_for(clue, "query", by=clerk2, target_id="p-edu-clerk"))
    item = str(clerk2.get(MEASURES).body["items"][0]["id"])
    done(here.on_measure(item, "request_measure_approval", by=clerk2))
    done(here.decide_measure(item, here.head))
    paper: dict[str, object] = {"document_no": "WS-2026-1", "issuer_code": "dispatched_office"}
    done(here.on_measure(item, "issue_measure_document", paper, by=clerk2, documents=("measure_document",)))


@proves("LZ-16.11", check=1)
def test_a_coercive_measure_is_not_carried_out_with_the_offices_own_document(here: MeasureWorld) -> None:
    item = here.passed_up(here.requested_in("exit_restriction"))
    done(here.decided_above(item))
    answer = here.issue_document(item)
    refused(answer, "OUT_OF_RANGE", "LZ-16.11")
    assert answer.body["field"] == "issuer_code"
    refused(here.execute(item), "MISSING_DOCUMENT", "LZ-16.11")
    done(here.issue_document(item, issuer_code="district_commission"))
    assert "LZ-16.11" in done(here.execute(item)).body["clauses"]


@proves("LZ-16.11", check=2)
def test_what_was_handed_to_an_organ_is_done_with_the_organs_receipt(here: MeasureWorld) -> None:
    item = here.passed_up(here.requested_in("exit_restriction"))
    done(here.decided_above(item))
    done(here.issue_document(item, issuer_code="district_commission"))
    answer = here.execute(item, executor_code="executing_organ")
    refused(answer, "MISSING_DOCUMENT", "LZ-16.11")
    assert answer.body["field"] == "attachments.measure_document"
    done(here.execute(item, executor_code="executing_organ", documents=("measure_document",)))
    assert here.measure(item)["state"] == "executed"


def test_a_head_who_asked_and_approved_does_not_carry_it_out_as_well(here: MeasureWorld) -> None:
    done(here.ask_for(here.clue_on(), "query", by=here.head))
    item = here.latest()
    done(here.on_measure(item, "request_measure_approval", by=here.head))
    done(here.decide_measure(item, here.head))
    done(here.issue_document(item))
    refused(here.on_measure(item, "execute_measure", by=here.head), "SELF_APPROVAL", "LZ-22.15")
    done(here.execute(item))


@proves("LZ-20.7", check=1)
def test_a_complete_request_gets_one_receipt_number_and_one_answer(here: MeasureWorld) -> None:
    verification = here.verified()
    item = here.submitted(here.requested_in("exit_restriction", verification))
    assert here.notices("measure_submitted") == [("liaison_discipline_office", "jd1", "")]
    for early in (here.on_measure(item, "pass_request_up", by=here.liaison), here.decided_above(item)):
        refused(early, "PRECONDITION_NOT_MET", "LZ-20.7")
    done(here.on_measure(item, "receive_request", by=here.liaison))
    assert here.measure(item)["receipt_no"] == "SL-jd1-pz1-2026-00001"
    refused(here.on_measure(item, "receive_request", by=here.liaison), "DUPLICATE", "LZ-20.7")
    [received] = here.events("clues.approval_request_received")
    assert (received.data["request_id"], received.data["office_id"]) == (item, "pz1")
    done(here.on_measure(item, "pass_request_up", by=here.liaison))
    done(here.decided_above(item))
    refused(here.decided_above(item), "DUPLICATE", "LZ-20.7")
    [answered] = here.events("clues.approval_request_answered")
    assert (answered.data["request_id"], answered.data["result_code"]) == (item, "approved")
    assert ("", "", "p-clerk1") in here.notices("measure_answered")
    other = here.passed_up(here.requested_in("exit_restriction", verification))
    done(here.decided_above(other, approved=False, reason="证据不足"))
    assert here.measure(other)["receipt_no"] == "SL-jd1-pz1-2026-00002"
    assert here.events("clues.approval_request_answered")[-1].data["result_code"] == "refused"


@proves("LZ-20.7", check=2)
def test_of_an_incomplete_request_all_gaps_are_told_at_once(here: MeasureWorld) -> None:
    item = here.requested_in("exit_restriction")
    answer = here.on_measure(item, "submit_request")
    refused(answer, "MISSING_DOCUMENT", "LZ-20.7")
    assert answer.body["field"] == "attachments.measure_request,attachments.collective_study_minutes"
    assert all(name in answer.body["detail"] for name in ("措施审批表", "集体研究记录"))
    answer = here.on_measure(item, "submit_request", documents=FOR_THE_DESK[:1])
    refused(answer, "MISSING_DOCUMENT", "LZ-20.7")
    assert answer.body["field"] == "attachments.collective_study_minutes"
    paper: dict[str, object] = {"recipient_role": "case_supervision_office"}
    answer = here.on_measure(item, "submit_request", paper, documents=FOR_THE_DESK)
    refused(answer, "WRONG_ROUTE", "LZ-20.7")
    done(here.on_measure(item, "submit_request", documents=FOR_THE_DESK))


def test_the_citys_answer_bears_its_own_date_and_a_refusal_its_reason(here: MeasureWorld) -> None:
    here.world.on(2026, 3, 4)
    item = here.passed_up(here.requested("obtain", communication_data=True))
    refused(here.citys_answer(item, answered_on="2026-03-03"), "DATE_ORDER", "LZ-16.7")
    refused(here.citys_answer(item, answered_on="2026-03-05"), "DATE_ORDER", "LZ-16.7")
    refused(here.citys_answer(item, answered_on="2026-03-04", approved=False), "MISSING_REASON", "LZ-16.7")
    here.world.on(2026, 3, 9)
    done(here.citys_answer(item, answered_on="2026-03-06"))
    assert here.measure(item)["approved_on"] == "2026-03-06"
    refused(here.citys_answer(item, answered_on="2026-03-06"), "DUPLICATE", "LZ-20.7")
    done(here.issue_document(item, issued_on="2026-03-06"))


@proves("LZ-16.9", check=1)
def test_help_with_a_query_is_asked_for_once_it_is_approved(here: MeasureWorld) -> None:
    item = here.requested("query")
    send = "send_query_help"
    refused(here.on_measure(item, send, by=here.liaison), "APPROVAL_REQUIRED", "LZ-16.9")
    refused(ask_help(here, item), "APPROVAL_REQUIRED", "LZ-16.9")
    here.head_approved(item)
    refused(here.on_measure(item, send, by=here.liaison), "APPROVAL_REQUIRED", "LZ-16.9")
    done(ask_help(here, item))
    for approver in (here.head, here.liaison, here.leader):
        refused(here.on_measure(item, send, by=here.liaison), "APPROVAL_REQUIRED", "LZ-16.9")
        done(here.decide_measure(item, approver))
    assert here.notices("query_help_approved") == [("liaison_discipline_office", "jd1", "")]
    assert "LZ-16.9" in done(here.on_measure(item, send, by=here.liaison)).body["clauses"]
    [event] = here.events("clues.query_assistance_requested")
    assert (event.data["measure_id"], event.data["recipient_role"]) == (item, "city_it_office")
    refused(here.on_measure(item, send, by=here.liaison), "DUPLICATE", "LZ-16.9")
    refused(ask_help(here, item), "DUPLICATE", "LZ-16.9")


@proves("LZ-16.9", check=2)
def test_the_office_does_not_ask_for_help_past_the_liaison_office(here: MeasureWorld) -> None:
    item = here.head_approved(here.requested("query"))
    for recipient in ("city_it_office", "case_supervision_office"):
        answer = ask_help(here, item, recipient_role=recipient)
        refused(answer, "WRONG_ROUTE", "LZ-16.9")
        assert answer.body["field"] == "recipient_role"
    refused(here.on_measure(item, "send_query_help"), "WRONG_ROLE", "LZ-16.9")
    refused(ask_help(here, here.head_approved(here.requested("talk"))), "OUT_OF_RANGE", "LZ-16.9")
    assert here.events("clues.query_assistance_requested") == []


def ask_help(here: MeasureWorld, item: str, **changes: object) -> Answer:
    return here.on_measure(item, "ask_query_help", {"need": "协助调取数据"} | changes)


@proves("LZ-16.13", check=1)
def test_what_was_carried_out_stands_in_the_ledger_of_its_own_accord(here: MeasureWorld) -> None:
    waiting = here.head_approved(here.requested())
    assert here.rows() == []
    item = here.executed(code="talk")
    [row] = here.rows()
    assert {name: row[name] for name in row if name not in ("measure", "no")} == {
        "measure_code": "talk",
        "stage_code": "daily_supervision",
        "target_id": "p-edu-sec",
        "approver_role": "dispatched_office_head",
        "approved_on": "2026-03-02",
        "document_no": "WS-2026-1",
        "start": "2026-03-02",
        "end": None,
    }
    here.world.on(2026, 3, 9)
    refused(end(here, item, ended_on="2026-03-01"), "DATE_ORDER", "LZ-16.13")
    refused(end(here, item, ended_on="2026-03-10"), "DATE_ORDER", "LZ-16.13")
    done(end(here, item, ended_on="2026-03-06"))
    assert [(row["measure"], row["end"]) for row in here.rows()] == [(item, "2026-03-06")]
    assert here.measure(waiting)["state"] == "approved"
    shown = here.head.get(f"/clues/measures-ledgers/{here.ledger()['id']}/rows").body
    assert (shown["quarter"], shown["count"], shown["clauses"]) == ("2026-Q1", 1, ["LZ-16.13"])


def end(here: MeasureWorld, item: str, **changes: object) -> Answer:
    return here.on_measure(item, "end_measure", {"result": "已取得资料"} | changes)


@proves("LZ-16.13", check=2)
def test_nobody_deletes_an_entry_of_the_register(here: MeasureWorld) -> None:
    item = here.executed()
    for client in (here.clerk, here.head, here.liaison):
        refused(client.send("DELETE", f"{MEASURES}/{item}"), "IMMUTABLE", "LZ-16.13")
    assert here.clerk.send("DELETE", f"{MEASURES}/nothing").code == "UNKNOWN_REFERENCE"
    assert here.world.as_("clerk3").send("DELETE", f"{MEASURES}/{item}").code == "UNKNOWN_REFERENCE"
    [row] = here.rows()
    assert row["measure"] == item


def test_what_was_asked_for_and_never_used_is_withdrawn_and_stays_in_the_register(
    here: MeasureWorld,
) -> None:
    item = here.head_approved(here.requested())
    refused(here.on_measure(item, "withdraw_measure"), "MISSING_REASON", "LZ-16.13")
    done(here.on_measure(item, "withdraw_measure", {"reason": "不再需要"}))
    assert here.measure(item)["state"] == "withdrawn"
    refused(here.execute(item), "WRONG_STATE", "LZ-16.4")
    done_one = here.executed()
    refused(here.on_measure(done_one, "withdraw_measure", {"reason": "x"}), "WRONG_STATE", "LZ-16.13")
