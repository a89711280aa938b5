"""Documents in force: published by two, read with text and date, their codes used (GL-3.5, GL-3.9, GL-2.24)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.clause_proof import proves
from tests.clauses.five_supervision_steps import (
    DOCUMENT,
    DOCUMENTS,
    PROBLEM,
    RECORDS,
    TASKS,
    FiveSupervisions,
)
from tests.clauses.supervision_steps import PROBLEMS, done, refused

RULES: dict[str, Any] = {
    "clause": "GL-3.9",
    "provisions": [{"code": str(n), "provision": f"第{n}项规定"} for n in range(1, 11)],
}
KEPT = [{"rule_no": n, "result": "kept"} for n in range(1, 11)]


@pytest.fixture
def w(tmp_path: Path) -> FiveSupervisions:
    return FiveSupervisions(tmp_path)


@pytest.mark.parametrize(
    "clause", ["GL-1.29", "GL-1.38", "GL-2.24", "GL-3.5", "GL-3.8", "GL-3.9", "GL-3.10", "GL-4.1"]
)
def test_a_document_in_force_is_read_with_its_text_and_date_in_offices_and_units(
    w: FiveSupervisions, clause: str
) -> None:
    document = w.published(clause=clause)
    for account in ("clerk1", "head2", "jd1", "leader", "edu-clerk", "edu-head"):
        reader = w.world.as_(account)
        shown = w.item(document, reader)
        assert (shown["clause"], shown["effective_on"], shown["state"]) == (clause, "2026-03-02", "in_force")
        read = w.item(f"{document}/papers/{shown['papers'][0]['id']}", reader)
        assert read["form"]["full_text"] == DOCUMENT["full_text"]
    refused(w.world.as_("sys").get(document), "UNKNOWN_REFERENCE")


def test_a_document_is_published_by_the_archivist_and_approved_by_the_leader(w: FiveSupervisions) -> None:
    for account in ("clerk1", "head1", "jd1", "leader", "edu-head"):
        assert w.propose_document(by=w.world.as_(account)).code == "WRONG_ROLE"
    item = str(done(w.propose_document()).body["id"])
    assert w.item(f"{DOCUMENTS}/{item}")["state"] == "proposed"
    answer = w.world.as_("da1").decide("inspection", "standing-documents", item)
    assert answer.code in ("WRONG_APPROVER", "SELF_APPROVAL")
    refused(w.record(special_task="poverty"), "UNKNOWN_REFERENCE", TASKS, field="special_task")
    done(w.leader.decide("inspection", "standing-documents", item))
    done(w.record(special_task="poverty"))


def test_a_row_has_one_document_from_a_day_and_other_rows_have_none(w: FiveSupervisions) -> None:
    w.published()
    refused(w.propose_document(), "DUPLICATE", field="effective_on")
    refused(w.propose_document(clause="GL-3.25"), "UNKNOWN_REFERENCE")
    twice = [{"code": "a", "provision": "甲"}, {"code": "a", "provision": "乙"}]
    refused(
        w.propose_document(effective_on="2026-03-03", provisions=twice), "DUPLICATE", field="provisions.code"
    )


@proves("GL-2.24", check=1)
def test_checks_of_a_special_task_are_counted_by_task(w: FiveSupervisions) -> None:
    w.published()
    for task in ("village_funds", "village_funds", "poverty", ""):
        w.recorded(special_task=task)
    counted = w.overview()
    assert "GL-2.24" in counted["clauses"]
    assert counted["by_task"] == {"poverty": 1, "village_funds": 2}
    w.recorded(special_task="263", **PROBLEM)
    assert w.only(PROBLEMS)["clause"] == "GL-2.24"
    assert [event["clause"] for event in w.events("problem_found")] == ["GL-2.24"]


@proves("GL-2.24", check=2)
def test_a_special_task_that_nobody_gave_is_refused(w: FiveSupervisions) -> None:
    refused(w.record(special_task="poverty"), "UNKNOWN_REFERENCE", field="special_task")
    document = w.published()
    refused(w.record(special_task="flood"), "UNKNOWN_REFERENCE", field="special_task")
    assert w.listed(RECORDS) == []
    assert "GL-2.24" in done(w.record(special_task="poverty")).body["clauses"]
    done(w.do(document, "repeal_document", {"reason": "任务结束"}, by=w.leader))
    refused(w.record(special_task="poverty"), "UNKNOWN_REFERENCE", field="special_task")
    done(w.propose_document())


@pytest.mark.parametrize(("month", "day", "known"), [(3, 14, "old"), (3, 15, "new"), (3, 16, "new")])
def test_a_later_document_is_in_force_from_its_day(
    w: FiveSupervisions, month: int, day: int, known: str
) -> None:
    w.published(provisions=[{"code": "old", "provision": "旧"}])
    w.published(provisions=[{"code": "new", "provision": "新"}], effective_on="2026-03-15")
    w.world.on(2026, month, day)
    done(w.record(special_task=known))
    other = "new" if known == "old" else "old"
    refused(w.record(special_task=other), "UNKNOWN_REFERENCE", TASKS, field="special_task")


DUTIES: dict[str, Any] = {"clause": "GL-3.5", "provisions": [{"code": "D-1", "provision": "监督检查"}]}


@proves("GL-3.5", check=1)
def test_a_duty_code_of_the_document_in_force_is_known(w: FiveSupervisions) -> None:
    w.published(**DUTIES)
    answer = done(w.record(duty_code="D-1"))
    assert "GL-3.5" in answer.body["clauses"]
    assert w.item(f"{RECORDS}/{answer.body['id']}")["duty_code"] == "D-1"


@proves("GL-3.5", check=2)
def test_a_duty_code_that_no_document_lists_is_refused(w: FiveSupervisions) -> None:
    refused(w.record(duty_code="D-1"), "UNKNOWN_REFERENCE", field="duty_code")
    w.published(**DUTIES)
    refused(w.record(duty_code="D-2"), "UNKNOWN_REFERENCE", field="duty_code")
    assert w.listed(RECORDS) == []
    assert "GL-3.5" in done(w.record(duty_code="D-1")).body["clauses"]


@proves("GL-3.9", check=1)
def test_a_check_by_the_ten_rules_keeps_a_result_for_each(w: FiveSupervisions) -> None:
    w.published(**RULES)
    lines = [*KEPT[:9], {"rule_no": 10, "result": "not_kept", "remark": "未报告"}]
    answer = done(w.record(rules=lines, **PROBLEM))
    assert "GL-3.9" in answer.body["clauses"]
    record = f"{RECORDS}/{answer.body['id']}"
    read = w.item(f"{record}/papers/{w.item(record)['papers'][0]['id']}")
    assert [(line["rule_no"], line["result"]) for line in read["form"]["rules"]] == [
        (n, "kept" if n < 10 else "not_kept") for n in range(1, 11)
    ]
    assert w.only(PROBLEMS)["clause"] == "GL-3.9"
    assert [event["clause"] for event in w.events("problem_found")] == ["GL-3.9"]
    refused(w.record(rules=lines), "CONTENT_RULE", "GL-3.9", field="finding")


@proves("GL-3.9", check=2)
@pytest.mark.parametrize(("number", "known"), [(0, False), (1, True), (10, True), (11, False)])
def test_there_are_ten_rules_and_no_eleventh(w: FiveSupervisions, number: int, *, known: bool) -> None:
    answer = w.record(rules=[{"rule_no": number, "result": "kept"}])
    if known:
        assert "GL-3.9" in done(answer).body["clauses"]
    else:
        refused(answer, "OUT_OF_RANGE", "GL-3.9", field="rules.rule_no")
    twice = [{"rule_no": 1, "result": "kept"}] * 2
    refused(w.record(rules=twice), "DUPLICATE", "GL-3.9", field="rules.rule_no")
