"""Records of the five supervisions: types, grounds, sources, findings, how each ends (GL-3.12 to GL-3.18, GL-4.1)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.clause_proof import proves
from tests.clauses.five_supervision_steps import (
    CLUE,
    INTEGRITY,
    PROBLEM,
    RECORD,
    RECORDS,
    SPECIAL,
    FiveSupervisions,
)
from tests.clauses.supervision_steps import PROBLEMS, done, refused


@pytest.fixture
def w(tmp_path: Path) -> FiveSupervisions:
    return FiveSupervisions(tmp_path)


@proves("GL-3.12", check=1)
def test_records_of_each_of_the_five_types_are_counted_by_type(w: FiveSupervisions) -> None:
    for changes in (
        {},
        {},
        SPECIAL,
        {"type": "accountability_supervision"},
        INTEGRITY,
        {"type": "guidance_supervision"},
    ):
        w.recorded(**changes)
    w.recorded(supervised_on="2025-12-31")
    counted = {
        f"{one}_supervision": 2 if one == "petition" else 1
        for one in ("petition", "special", "accountability", "integrity", "guidance")
    }
    assert w.overview()["by_type"] == counted
    assert w.overview(w.stranger)["by_type"] == dict.fromkeys(counted, 0)
    refused(
        w.clerk.get("/inspection/supervision-overview", year="20x6"), "OUT_OF_RANGE", "GL-3.12", field="year"
    )


@proves("GL-3.12", check=2)
def test_a_record_without_a_type_is_refused(w: FiveSupervisions) -> None:
    paper = {key: value for key, value in RECORD.items() if key != "type"}
    refused(w.do(RECORDS, "record_supervision", paper), "MISSING_FIELD", "GL-3.12", field="type")
    refused(w.record(type="sixth"), "OUT_OF_RANGE", "GL-3.12", field="type")
    assert w.listed(RECORDS) == []


@proves("GL-3.12", check=1)
def test_the_guidance_of_a_liaison_office_is_supervision_of_the_office(w: FiveSupervisions) -> None:
    guided = w.recorded(by=w.liaison, type="guidance_supervision").rpartition("/")[2]
    w.recorded(by=w.clerk, type="guidance_supervision")
    w.recorded(by=w.liaison)
    assert w.events("office_supervised") == [
        {"round_id": guided, "office_id": "pz1", "result_code": "no_problem", "checked_on": "2026-03-02"}
    ]
    assert w.overview(w.liaison)["by_type"]["guidance_supervision"] == 1
    assert w.overview(w.clerk)["by_type"]["guidance_supervision"] == 2
    refused(w.record(unit_id="hou"), "OUT_OF_SCOPE", field="unit_id")
    w.recorded(by=w.liaison, unit_id="hou")


@proves("GL-3.14", check=1)
@pytest.mark.parametrize("kind", ["supervision_record", "supervision_problem", "statistical_figure"])
def test_a_special_supervision_is_linked_to_the_data_that_it_was_chosen_from(
    w: FiveSupervisions, kind: str
) -> None:
    record = w.recorded(**PROBLEM).rpartition("/")[2]
    ground = {"supervision_record": record, "supervision_problem": w.only(PROBLEMS)["id"]}.get(kind, "GL-1.9")
    answer = done(w.record(type="special_supervision", ground_kind=kind, ground_id=ground))
    assert "GL-3.14" in answer.body["clauses"]
    shown = w.item(f"{RECORDS}/{answer.body['id']}")
    assert (shown["ground_kind"], shown["ground_id"]) == (kind, ground)
    [event] = w.events("special_supervision_opened")
    assert (event["check_id"], event["office_id"], event["unit_id"]) == (shown["id"], "pz1", "edu")
    for wrong in ("no-such", record + "0"):
        answer = w.record(type="special_supervision", ground_kind=kind, ground_id=wrong)
        refused(answer, "UNKNOWN_REFERENCE", "GL-3.14", field="ground_id")


def test_each_figure_of_the_service_is_a_ground(w: FiveSupervisions) -> None:
    figures = [one["id"] for one in w.head.get("/inspection/figures").body["figures"]]
    assert {"GL-1.9", "GL-1.10", "GL-1.12"} <= set(figures)
    for figure in figures:
        paper = {"type": "special_supervision", "ground_kind": "statistical_figure", "ground_id": figure}
        done(w.do(RECORDS, "record_supervision", RECORD | paper))
    wrong = RECORD | paper | {"ground_id": "GL-9.9"}
    refused(w.do(RECORDS, "record_supervision", wrong), "UNKNOWN_REFERENCE", field="ground_id")


@proves("GL-3.14", check=2)
@pytest.mark.parametrize("ground", ["", "  "])
def test_a_special_supervision_without_a_ground_is_refused(w: FiveSupervisions, ground: str) -> None:
    refused(w.record(type="special_supervision", ground=ground), "MISSING_REASON", "GL-3.14", field="ground")
    refused(
        w.record(type="special_supervision", ground_id="GL-1.9"),
        "MISSING_FIELD",
        "GL-3.14",
        field="ground_kind",
    )
    assert w.events("special_supervision_opened") == []
    assert "GL-3.14" in done(w.record(**SPECIAL)).body["clauses"]


@proves("GL-3.14", check=1)
def test_another_offices_data_are_no_ground(w: FiveSupervisions) -> None:
    theirs = w.recorded(by=w.stranger, unit_id="hou").rpartition("/")[2]
    clue = w.recorded(**CLUE).rpartition("/")[2]
    for ref in (theirs, clue):
        answer = w.record(type="special_supervision", ground_kind="supervision_record", ground_id=ref)
        refused(answer, "UNKNOWN_REFERENCE", "GL-3.14", field="ground_id")


@proves("GL-3.16", check=1)
@proves("GL-3.16", check=2)
@pytest.mark.parametrize(
    ("streams", "gaps"),
    [
        (["petition_data"], 1),
        (["petition_data", "petition_data"], 1),
        (["petition_data", "clue_data"], 0),
        (["case_data", "talk_data", "risk_data"], 0),
    ],
)
def test_an_integrity_analysis_from_one_stream_alone_is_flagged(
    w: FiveSupervisions, streams: list[str], gaps: int
) -> None:
    answer = done(w.record(**INTEGRITY | {"streams": streams}))
    record = f"{RECORDS}/{answer.body['id']}"
    assert "GL-3.16" in answer.body["clauses"]
    assert w.gaps(record, "GL-3.16") == gaps
    [event] = w.events("integrity_analysed")
    assert event == {"unit_id": "edu", "period": "2026-Q1", "meeting_id": answer.body["id"]}


@pytest.mark.parametrize("left_out", ["analysis", "streams"])
def test_an_integrity_supervision_has_an_analysis_and_its_sources(w: FiveSupervisions, left_out: str) -> None:
    paper = {key: value for key, value in INTEGRITY.items() if key != left_out}
    refused(w.record(**paper), "MISSING_FIELD", "GL-3.16", field=left_out)


@proves("GL-3.18", check=1)
def test_a_petition_record_goes_on_as_a_special_supervision_and_both_are_linked(w: FiveSupervisions) -> None:
    first = w.recorded()
    answer = done(w.convert(first))
    assert "GL-3.18" in answer.body["clauses"]
    before = w.item(first)
    after = w.item(f"{RECORDS}/{before['follow_id']}")
    assert (before["state"], before["outcome_code"], before["closed_on"]) == (
        "converted",
        "converted",
        "2026-03-02",
    )
    assert (after["state"], after["type_code"], after["origin_id"]) == (
        "open",
        "special_supervision",
        before["id"],
    )
    assert (after["ground_kind"], after["ground_id"]) == ("supervision_record", before["id"])
    assert len(w.events("special_supervision_opened")) == 1
    refused(w.convert(first, type="integrity_supervision"), "WRONG_STATE")
    counted = w.overview()
    assert (counted["by_type"]["petition_supervision"], counted["by_type"]["special_supervision"]) == (1, 1)
    assert counted["by_form"]["stationed_supervision"] == 1


@proves("GL-3.18", check=1)
def test_a_record_goes_on_as_another_type_only_and_by_its_rules(w: FiveSupervisions) -> None:
    first = w.recorded()
    refused(w.convert(first, type="petition_supervision"), "OUT_OF_RANGE", "GL-3.18", field="type")
    refused(w.convert(first, type="integrity_supervision"), "MISSING_FIELD", "GL-3.16", field="analysis")
    refused(w.convert(first, reason=" "), "MISSING_REASON", "GL-3.18", field="reason")
    refused(w.convert(first, by=w.liaison), "UNKNOWN_REFERENCE")
    assert w.item(first)["state"] == "open"
    done(w.convert(first, **INTEGRITY))


@proves("GL-3.18", check=2)
@pytest.mark.parametrize("left_out", ["outcome", "outcome_text"])
def test_no_record_ends_without_its_outcome(w: FiveSupervisions, left_out: str) -> None:
    record = w.recorded()
    paper = {"outcome": "rectified", "outcome_text": "已整改"}
    del paper[left_out]
    answer = w.do(record, "close_supervision_record", paper)
    refused(answer, "MISSING_FIELD", "GL-3.18", field=left_out)
    assert w.item(record)["state"] == "open"
    assert record.rpartition("/")[2] in {one["id"] for one in w.listed("/inspection/worklist")}
    assert "GL-3.18" in done(w.close(record)).body["clauses"]
    shown = w.item(record)
    assert (shown["state"], shown["outcome_code"], shown["closed_on"]) == (
        "closed",
        "rectified",
        "2026-03-02",
    )
    refused(w.close(record), "WRONG_STATE")
    refused(w.convert(record), "WRONG_STATE")


@proves("GL-4.1", check=1)
def test_a_finding_has_basis_text_and_evidence_and_opens_a_problem(w: FiveSupervisions) -> None:
    answer = done(w.record(**PROBLEM))
    assert "GL-4.1" in answer.body["clauses"]
    problem = w.only(PROBLEMS)
    assert (problem["clause"], problem["source_id"], problem["grade_code"]) == (
        "GL-4.1",
        answer.body["id"],
        "general",
    )
    [event] = w.events("problem_found")
    assert (event["clause"], event["unit_id"]) == ("GL-4.1", "edu")
    paper = w.item(f"{RECORDS}/{answer.body['id']}")["papers"][0]
    read = w.item(f"{RECORDS}/{answer.body['id']}/papers/{paper['id']}")
    assert read["form"]["basis"] == RECORD["basis"]
    assert read["form"]["finding_text"] == PROBLEM["finding_text"]


@proves("GL-4.1", check=2)
@pytest.mark.parametrize("finding", [PROBLEM, CLUE])
def test_a_finding_without_evidence_is_refused(w: FiveSupervisions, finding: dict[str, Any]) -> None:
    answer = w.record(evidence=False, **finding)
    refused(answer, "MISSING_DOCUMENT", "GL-4.1", field="attachments.supervision_evidence")
    assert (w.listed(RECORDS), w.listed(PROBLEMS), w.events("problem_found")) == ([], [], [])
    done(w.record())


@pytest.mark.parametrize(
    ("left_out", "wanted"), [("finding_text", PROBLEM), ("grade", PROBLEM), ("basis", RECORD)]
)
def test_a_finding_says_what_how_grave_and_by_what_standard(
    w: FiveSupervisions, left_out: str, wanted: dict[str, object]
) -> None:
    paper = {key: value for key, value in (RECORD | PROBLEM).items() if key != left_out}
    answer = w.do(RECORDS, "record_supervision", paper, documents=("supervision_evidence",))
    refused(answer, "MISSING_FIELD", "GL-4.1", field=left_out)
    assert left_out in wanted


@proves("LZ-22.2", check=1)
def test_visits_to_a_comprehensive_unit_are_counted_by_form(w: FiveSupervisions) -> None:
    w.add_unit("kjj", "comprehensive_unit", "pz1")
    for form in (
        "stationed_supervision",
        "stationed_supervision",
        "regular_exchange",
        "field_study",
        "field_inspection",
    ):
        w.recorded(unit_id="kjj", form=form)
    counted = w.overview()
    assert "LZ-22.2" in counted["clauses"]
    assert counted["by_form"] == {
        "stationed_supervision": 2,
        "regular_exchange": 1,
        "field_study": 1,
        "field_inspection": 1,
        "records_review": 0,
    }
    assert counted["by_unit"] == [{"unit_id": "kjj", "count": 5}]


@proves("LZ-22.2", check=2)
@pytest.mark.parametrize("left_out", ["form", "facts"])
def test_a_visit_without_its_form_or_its_facts_is_refused(w: FiveSupervisions, left_out: str) -> None:
    w.add_unit("kjj", "comprehensive_unit", "pz1")
    paper = {key: value for key, value in (RECORD | {"unit_id": "kjj"}).items() if key != left_out}
    refused(w.do(RECORDS, "record_supervision", paper), "MISSING_FIELD", "LZ-22.2", field=left_out)
    assert w.listed(RECORDS) == []


def test_a_record_is_of_a_day_that_has_come(w: FiveSupervisions) -> None:
    refused(w.record(supervised_on="2026-03-03"), "DATE_ORDER", field="supervised_on")
    done(w.record(supervised_on="2026-03-02"))


@proves("LZ-22.3", check=1)
def test_all_staff_of_the_office_read_a_finding_that_is_no_clue(w: FiveSupervisions) -> None:
    answer = done(w.record(**PROBLEM))
    assert "LZ-22.3" in answer.body["clauses"]
    record = f"{RECORDS}/{answer.body['id']}"
    paper = w.item(record)["papers"][0]["id"]
    for account in ("clerk1", "clerk2", "deputy1", "head1"):
        read = w.item(f"{record}/papers/{paper}", w.world.as_(account))
        assert read["form"]["finding_text"] == PROBLEM["finding_text"]
    for account in ("clerk3", "jd1", "edu-clerk", "leader"):
        refused(w.world.as_(account).get(record), "UNKNOWN_REFERENCE")


@proves("LZ-22.3", check=2)
def test_a_clue_is_read_by_who_has_a_task_with_it_alone(w: FiveSupervisions) -> None:
    answer = done(w.record(**CLUE))
    assert "LZ-22.3" in answer.body["clauses"]
    record, other = f"{RECORDS}/{answer.body['id']}", w.world.as_("clerk2")
    for reader in (other, w.deputy, w.liaison):
        refused(reader.get(record), "UNKNOWN_REFERENCE")
        assert w.listed(RECORDS, reader) == []
        assert w.overview(reader)["by_type"]["petition_supervision"] == 0
    assert w.refusals("read") == ["ACCESS_DENIED"] * 3
    assert w.item(record, w.head)["secrecy"] == "restricted"
    refused(w.do(record, "name_record_tasks", {"task_ids": ["p-clerk2"]}), "WRONG_ROLE")
    refused(
        w.do(record, "name_record_tasks", {"task_ids": ["p-clerk3"]}, by=w.head), "OUT_OF_SCOPE", "LZ-22.3"
    )
    done(w.do(record, "name_record_tasks", {"task_ids": ["p-clerk2"]}, by=w.head))
    assert w.item(record, other)["finding_code"] == "clue_found"
    refused(w.deputy.get(record), "UNKNOWN_REFERENCE")
    assert (w.listed(PROBLEMS), w.events("problem_found")) == ([], [])


@proves("LZ-22.3", check=2)
def test_what_a_clue_goes_on_as_stays_as_closed_as_it_was(w: FiveSupervisions) -> None:
    record = w.recorded(**CLUE, task_ids=["p-clerk2"])
    other = w.world.as_("clerk2")
    done(w.convert(record, type="special_supervision", by=other))
    follow = f"{RECORDS}/{w.item(record)['follow_id']}"
    assert w.item(follow, other)["secrecy"] == "restricted"
    refused(w.deputy.get(follow), "UNKNOWN_REFERENCE")
    assert w.events("special_supervision_opened") == []
    open_one = w.item(w.recorded())
    assert open_one["no"] == "JC-pz1-2026-001"


@proves("LZ-22.3", check=2)
def test_whom_a_clue_concerns_and_their_line_never_know_of_it(w: FiveSupervisions) -> None:
    record = w.recorded(**CLUE | {"person_ids": ["p-head1"]}, task_ids=["p-deputy1"])
    refused(w.head.get(record), "UNKNOWN_REFERENCE")
    refused(w.deputy.get(record), "UNKNOWN_REFERENCE")
    done(w.convert(record))
    refused(w.head.get(f"{RECORDS}/{w.item(record)['follow_id']}"), "UNKNOWN_REFERENCE")
