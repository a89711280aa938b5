"""How a case ends, and its clue with it: archived after the execution, dismissed, or not filed at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.chassis import keys
from services.chassis.packages import Package, open_package
from tests.clauses.clues_steps import done, refused
from tests.clauses.decision_steps import DecisionWorld
from tests.clauses.measure_steps import MeasureWorld

BY_HEAD, BY_COMMISSION = "request_not_filing", "request_not_filing_by_commission"


@pytest.fixture
def told(tmp_path: Path, case_with_the_unit_told: Path) -> DecisionWorld:
    return DecisionWorld.copied(case_with_the_unit_told, tmp_path)


@pytest.fixture
def begun(tmp_path: Path, case_to_be_reviewed: Path) -> DecisionWorld:
    return DecisionWorld.copied(case_to_be_reviewed, tmp_path)


@pytest.fixture
def unfiled(tmp_path: Path, clue_to_be_filed: Path) -> DecisionWorld:
    return DecisionWorld.copied(clue_to_be_filed, tmp_path)


def carried_to_its_end(here: DecisionWorld) -> str:
    item = str(here.cases()[0]["id"])
    done(here.decide_by_unit(item))
    done(here.file_record(item))
    here.carried_out(item)
    done(here.verify_execution(item))
    done(here.rule(item, here.head))
    return item


def test_an_executed_case_ends_its_clue_and_both_go_to_the_archive_in_one_volume(told: DecisionWorld) -> None:
    item = carried_to_its_end(told)
    told.world.on(2026, 3, 12)
    assert done(told.archive(item)).body["state"] == "archived"
    assert told.case(item)["archived_on"] == "2026-03-12"
    clue = told.clue_of_case(item)
    assert (clue["state"], clue["outcome_code"]) == ("handled", "sanctioned")
    event = told.events("clues.clue_status_changed")[-1]
    assert (event.data["from_state"], event.data["to_state"]) == ("case_opened", "handled")
    runtime = told.world.runtimes["clues"]
    with runtime.db.read() as session:
        body = session.get_one(Package, event.data["package_digest"]).body
    private = keys.load(runtime.settings.key_dir, "archive").box
    catalogue = open_package(body, private, runtime.ring.trust).manifest["catalogue"]
    found = {paper["kind"] for paper in catalogue["documents"]}
    assert {"VerificationReport", "ReviewReport", "SanctionDecision", "ExecutionRecord"} <= found


def test_nothing_ends_while_a_measure_goes_on_that_somebody_has_to_lift(tmp_path: Path) -> None:
    here = MeasureWorld(tmp_path)
    item = here.brought("start_verification")
    measure = here.passed_up(here.requested_in("exit_restriction", item))
    done(here.decided_above(measure))
    done(here.issue_document(measure, issuer_code="district_commission"))
    done(here.execute(measure, executor_code="executing_organ", documents=("measure_document",)))
    done(here.study(item))
    done(here.report_on(item, "handle"))
    done(here.decide(item, here.head))
    done(here.act(item, "conclude_verification"))
    clue = str(here.at(item)["clue_id"])
    done(here.report(clue))
    refused(here.clerk.act(f"/clues/clues/{clue}/handle_clue"), "PRECONDITION_NOT_MET", "LZ-16.13")
    done(here.on_measure(measure, "end_measure", {"result": "已解除"}))
    done(here.clerk.act(f"/clues/clues/{clue}/handle_clue"))


def test_a_head_who_alone_verified_the_execution_does_not_archive_the_case(told: DecisionWorld) -> None:
    item = str(told.cases()[0]["id"])
    done(told.decide_by_unit(item))
    done(told.file_record(item))
    told.carried_out(item)
    attached = told.documents("sanction_execution_record", "collective_study_minutes", client=told.head)
    path = f"/clues/cases/{item}"
    done(told.head.act(f"{path}/verify_sanction_execution", {"findings": "已执行"}, attachments=attached))
    done(told.rule(item, told.head))
    refused(told.head.act(f"{path}/archive_case"), "SELF_APPROVAL", "LZ-22.15")
    done(told.archive(item))


def test_where_the_review_finds_no_breach_the_case_is_dismissed_and_its_clue_closed(
    begun: DecisionWorld,
) -> None:
    item = begun.completed(begun.accepted(), conclusion_code="dismissal")
    refused(begun.archive(item), "WRONG_STATE", "LZ-17.20")
    refused(begun.dismiss(item, documents=()), "MISSING_DOCUMENT", "LZ-22.5")
    refused(begun.dismiss(item, "request_dismissal_by_commission"), "WRONG_APPROVER", "LZ-15.4")
    done(begun.dismiss(item))
    assert begun.case(item)["state"] == "completed"
    refused(begun.rule(item, begun.deputy), "WRONG_APPROVER", "LZ-15.4")
    assert done(begun.rule(item, begun.head)).body["state"] == "dismissed"
    done(begun.archive(item))
    clue = begun.clue_of_case(item)
    assert (clue["state"], clue["outcome_code"]) == ("closed", "case_dismissed")
    assert begun.events("clues.sanction_decided") == []


def test_a_case_in_which_a_breach_was_found_is_not_dismissed(begun: DecisionWorld) -> None:
    item = begun.completed()
    refused(begun.dismiss(item), "WRONG_STATE", "LZ-17.1")


@pytest.mark.parametrize(
    ("how", "state"),
    [({"outcome_code": "minor"}, "close_proposed"), ({"handling_code": "admonition"}, "handling_proposed")],
)
def test_a_case_that_is_not_filed_gives_its_clue_back_to_be_closed_or_handled(
    unfiled: DecisionWorld, how: dict[str, object], state: str
) -> None:
    item = unfiled.opinions_in()
    refused(unfiled.drop(item, BY_COMMISSION, **how), "WRONG_APPROVER", "LZ-15.4")
    refused(unfiled.drop(item), "MISSING_FIELD", "LZ-14.8")
    both = unfiled.drop(item, outcome_code="minor", handling_code="admonition")
    refused(both, "MISSING_FIELD", "LZ-14.8")
    done(unfiled.drop(item, BY_HEAD, **how))
    assert unfiled.case(item)["state"] == "opinions_in"
    assert done(unfiled.rule(item, unfiled.head)).body["state"] == "not_filed"
    clue = unfiled.clue_of_case(item)
    assert (clue["state"], clue["outcome_code"]) == (state, next(iter(how.values())))
    assert "LZ-14.8" in [c["clause"] for c in clue["duties"] if c["status"] == "open"]
    done(unfiled.report_clue(clue["id"]))
    ended = done(unfiled.handle(clue["id"]) if state == "handling_proposed" else unfiled.close(clue["id"]))
    assert ended.body["state"] == ("handled" if state == "handling_proposed" else "closed")
    assert unfiled.case(item)["filing_no"] == ""


def test_in_the_supervisory_offices_name_the_commission_decides_that_no_case_is_filed(
    unfiled: DecisionWorld,
) -> None:
    item = unfiled.opinions_in("supervision")
    refused(unfiled.drop(item, outcome_code="minor"), "WRONG_APPROVER", "LZ-15.4")
    done(unfiled.drop(item, "request_not_filing_by_commission", outcome_code="minor"))
    done(unfiled.rule(item, unfiled.liaison))
    assert done(unfiled.rule(item, unfiled.leader)).body["state"] == "not_filed"


def test_a_case_that_came_back_may_be_investigated_with_another_group_and_plan(begun: DecisionWorld) -> None:
    item = begun.accepted()
    done(begun.examine(item, evidence_code="more_evidence", reason="补充银行流水"))
    refused(begun.do(item, "request_plan_approval"), "WRONG_STATE", "LZ-15.6")
    assert done(begun.group(item, member_ids=["p-clerk2"])).body["state"] == "filed"
    done(begun.plan_case(item))
    done(begun.do(item, "request_plan_approval"))
    done(begun.rule(item, begun.head))
    done(begun.send_for_review(item))
    assert begun.case(item)["filing_no"] == "LA-pz1-2026-00001"
    refused(begun.assign(item, reviewer_ids=["p-clerk2"]), "CONFLICT_OF_INTEREST", "LZ-17.2")
    done(begun.accept(item))


def test_what_came_back_of_a_case_on_a_judgement_has_no_investigation_to_change(begun: DecisionWorld) -> None:
    item = begun.judged_case()
    done(begun.court(item))
    done(begun.send_on_judgement(item))
    done(begun.assign(item))
    done(begun.accept(item))
    done(begun.examine(item, evidence_code="more_evidence", reason="补充材料"))
    refused(begun.group(item), "WRONG_STATE", "LZ-15.10")
    refused(begun.plan_case(item), "WRONG_STATE", "LZ-15.10")


@pytest.mark.parametrize(
    ("handling", "form"), [("reminder", "first_form"), ("organisational", "second_form")]
)
def test_how_a_clue_is_handled_says_which_of_the_four_forms_it_counts_to(
    unfiled: DecisionWorld, handling: str, form: str
) -> None:
    item = unfiled.opened_case()
    done(unfiled.drop(item, handling_code=handling))
    done(unfiled.rule(item, unfiled.head))
    clue = str(unfiled.case(item)["clue_id"])
    done(unfiled.report_clue(clue))
    done(unfiled.handle(clue))
    assert unfiled.shown(clue)["form_code"] == form
