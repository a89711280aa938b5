"""A unit's archive is made up, closed, handed over, checked, and what is left over destroyed (XC-46, XC-47)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.clause_proof import proves
from tests.clauses.archive_steps import LIST, RESIDUE, ArchiveSteps, id_of
from tests.clauses.round_steps import ASSETS, done, refused
from tests.clauses.test_inspection_interviews import PLAN, interview
from tests.clauses.test_inspection_withdrawal import BACK, COMPUTER
from tests.world import Answer

SUPPLEMENT = {"category": 3, "reason": "补充汇报材料"}


@pytest.fixture
def w(tmp_path: Path) -> ArchiveSteps:
    return ArchiveSteps(tmp_path, services=("inspection", "archive"))


@pytest.fixture
def file(w: ArchiveSteps) -> str:
    return w.file_being_made_up()


def unit_of(w: ArchiveSteps, file: str) -> str:
    return f"/inspection/engagements/{w.item(file)['engagement_id']}"


@proves("XC-46.0a", check=1)
def test_without_a_filer_no_catalogue_is_opened(w: ArchiveSteps) -> None:
    unit = w.unit_at("entered")
    refused(w.open_catalogue(unit), "PRECONDITION_NOT_MET", "XC-46.0a", field="engagement_id")
    strange = w.do(unit, "designate_filer", {"filer_id": "p-zu5"}, by=w.leader)
    refused(strange, "OUT_OF_SCOPE", "XC-46.0a", field="filer_id")
    refused(w.do(unit, "designate_filer", {"filer_id": "p-zu3"}, by=w.deputy), "WRONG_ROLE", "XC-46.0a")
    done(w.do(unit, "designate_filer", {"filer_id": "p-zu3"}, by=w.leader))
    refused(w.open_catalogue(unit, by=w.deputy), "WRONG_ROLE", "XC-46.0a")
    done(w.open_catalogue(unit))
    refused(w.open_catalogue(unit), "DUPLICATE", field="engagement_id")


def test_before_the_team_is_there_nobody_files(w: ArchiveSteps) -> None:
    unit = w.unit_at("met")
    refused(w.do(unit, "designate_filer", {"filer_id": "p-zu3"}, by=w.leader), "WRONG_STATE", "XC-46.0a")


def test_another_filer_takes_over_what_is_there(w: ArchiveSteps, file: str) -> None:
    assert w.entries(10, w.deputy) == []
    done(w.do(unit_of(w, file), "designate_filer", {"filer_id": "p-zu2"}, by=w.leader))
    refused(w.file(file, 5, "team_work_plan"), "WRONG_ROLE", "XC-46.0a")
    assert (len(w.entries(10, w.deputy)), w.entries(10, w.member)) == (2, [])
    done(w.file(file, 5, "team_work_plan", by=w.deputy))


@proves("XC-46.0a", check=2)
def test_an_empty_category_is_a_gap_and_the_file_comes_back(w: ArchiveSteps, file: str) -> None:
    w.emptied(w.emptied(file, 7), 4)
    answer = done(w.close(file))
    assert ("XC-46.0a" in answer.body["clauses"], w.gaps(file, "XC-46.0a")) == (True, {"4", "7"})
    done(w.hand_over(file))
    w.world.pump()
    [event] = w.events_of("archive", "handover_rejected")
    assert (event["missing_categories"], w.item(file)["state"]) == ([4, 7], "returned")
    for number in (4, 7):
        done(w.explain(file, number))
    assert w.item(w.handed_over(file))["state"] == "handed_over"
    assert w.gaps(file, "XC-46.0a") == set()


@proves("XC-46.6", check=2)
def test_each_interview_of_the_register_has_its_record_in_the_file(w: ArchiveSteps, file: str) -> None:
    unit = unit_of(w, file)
    done(w.do(unit, "plan_interviews", PLAN, by=w.leader))
    held = interview(w, unit)
    answer = w.close(file)
    refused(answer, "MISSING_DOCUMENT", "XC-46.6")
    assert id_of(held) in answer.body["detail"]
    strange = w.file(file, 6, "inspection_interview_record", archived_source_id=id_of(file))
    refused(strange, "UNKNOWN_REFERENCE", field="archived_source_id")
    done(w.file(file, 6, "inspection_interview_record", archived_source_id=id_of(held)))
    done(w.close(file))


@proves("XC-46.15", check=2)
def test_each_notebook_that_was_issued_is_filed(w: ArchiveSteps, file: str) -> None:
    team = w.team_at(unit_of(w, file))
    for number in ("BJ-1", "BJ-2"):
        paper = COMPUTER | {"asset_no": number, "type_code": "notebook", "team_id": id_of(team)}
        done(w.do(ASSETS, "issue_asset", paper, by=w.leader))
    done(w.file(file, 15, "work_notebook", item_no="BJ-1"))
    answer = w.close(file)
    refused(answer, "ITEMS_OUTSTANDING", "XC-46.15")
    assert "1" in answer.body["detail"]
    done(w.file(file, 15, "work_notebook", item_no="BJ-2"))
    done(w.close(file))


@proves("XC-47.0b", check=1)
def test_a_complete_file_is_accepted_once_nobody_holds_anything(w: ArchiveSteps, file: str) -> None:
    kept = w.handed_over(file)
    refused(w.accept(kept), "PRECONDITION_NOT_MET", "XC-47.0b", "XC-28.3d")
    w.leave_for_good(file)
    refused(w.accept(kept, receipt=False), "MISSING_DOCUMENT", "XC-47.0b")
    refused(w.accept(kept, checked_against_catalogue=False), "MISSING_FIELD", "XC-47.0b")
    answer = done(w.accept(kept))
    w.world.pump()
    assert (answer.body["state"], "XC-47.0b" in answer.body["clauses"]) == ("accepted", True)
    [event] = w.events_of("archive", "handover_accepted")
    assert (event["file_no"], event["accepted_on"]) == ("XCDA-xcb-2026-0001", "2026-03-02")
    mine = w.item(file)
    assert (mine["state"], mine["file_no"]) == ("accepted", "XCDA-xcb-2026-0001")


@proves("XC-47.0b", check=2)
def test_what_the_check_misses_goes_back_and_nothing_is_filed(w: ArchiveSteps, file: str) -> None:
    kept = w.handed_over(file)
    w.leave_for_good(file)
    refused(w.office.act(f"{kept}/return_round_file", {"missing": []}), "INVALID_FIELD", "XC-47.0b")
    done(w.office.act(f"{kept}/return_round_file", {"missing": [11]}))
    w.world.pump()
    [event] = w.events_of("archive", "handover_rejected")
    assert event["missing_categories"] == [11]
    assert (w.events_of("archive", "handover_accepted"), w.item(kept)["no"]) == ([], "")
    assert (w.item(file)["state"], w.item(file)["missing_nos"]) == ("returned", ",11,")
    refused(w.accept(kept), "WRONG_STATE", "XC-47.0b")
    done(w.file(file, 11, "team_meeting_minutes"))
    assert w.handed_over(file) == kept
    done(w.accept(kept))


@proves("XC-47.0b", check=3)
def test_an_accepted_file_is_supplemented_with_a_reason_and_not_changed(w: ArchiveSteps, file: str) -> None:
    [entry] = w.entries(5)[:1]
    kept = w.accepted(file)
    refused(w.file(file, 5, "team_work_plan"), "WRONG_STATE", "XC-47.0b", field="archive_file_id")
    refused(w.explain(file, 5), "WRONG_STATE", "XC-47.0b", field="archive_file_id")
    refused(w.strike(entry), "WRONG_STATE", "XC-47.0b")
    refused(w.close(file), "WRONG_STATE", "XC-46.0a")
    refused(w.office.act(f"{kept}/return_round_file", {"missing": [3]}), "WRONG_STATE", "XC-47.0b")
    refused(supplement(w, kept, reason=""), "MISSING_REASON", "XC-47.0b", field="reason")
    done(supplement(w, kept))


def supplement(w: ArchiveSteps, kept: str, **changes: object) -> Answer:
    scan = [{"kind": "supplement", "id": w.office.upload("archive")}]
    return w.office.act(f"{kept}/supplement_round_file", SUPPLEMENT | changes, attachments=scan)


def test_a_file_is_handed_over_signed_and_closed(w: ArchiveSteps, file: str) -> None:
    refused(w.hand_over(file), "WRONG_STATE", "XC-47.0a")
    done(w.close(file))
    refused(w.hand_over(file, team_signed=False), "MISSING_SIGNATURE", "XC-47.0a", field="team_signed")
    refused(w.do(file, "hand_over_archive", {"team_signed": True}, by=w.deputy), "WRONG_ROLE", "XC-47.0a")
    done(w.hand_over(file))


def destroy(w: ArchiveSteps, file: str, *items: dict[str, Any], **changes: object) -> Answer:
    paper = LIST | ({"items": list(items)} if items else {}) | changes
    return w.do(file, "destroy_residue", paper, by=w.member)


@proves("XC-47.0c", check=1)
def test_nothing_that_is_in_the_archive_is_destroyed(w: ArchiveSteps, file: str) -> None:
    w.accepted(file)
    kept = RESIDUE | {"item_no": "GD-5-team_work_plan"}
    refused(destroy(w, file, RESIDUE, kept), "CONTENT_RULE", "XC-47.0c", field="items.item_no")


@proves("XC-47.0c", check=2)
def test_before_the_archive_is_accepted_nothing_is_destroyed(w: ArchiveSteps, file: str) -> None:
    refused(destroy(w, file), "PRECONDITION_NOT_MET", "XC-47.0c")
    w.handed_over(file)
    refused(destroy(w, file), "PRECONDITION_NOT_MET", "XC-47.0c")


@proves("XC-47.0c", check=3)
def test_a_signed_list_of_what_two_persons_destroyed_is_told_to_archive(w: ArchiveSteps, file: str) -> None:
    kept = w.accepted(file)
    refused(destroy(w, file, list_signed=False), "MISSING_SIGNATURE", "XC-47.0c", field="list_signed")
    for witness in ("", "p-zu3"):
        alone = destroy(w, file, RESIDUE | {"witness_id": witness})
        refused(alone, "TWO_PERSON_RULE", "XC-47.0c", field="items.witness_id")
    answer = done(destroy(w, file))
    w.world.pump()
    [event] = w.events("residue_destroyed")
    assert (event["destruction_list_id"], event["destroyed_on"]) == (answer.body["paper"], "2026-03-02")
    assert w.item(kept)["residue_destroyed_on"] == "2026-03-02"


def test_the_number_of_a_computer_is_no_notebooks(w: ArchiveSteps, file: str) -> None:
    team = w.team_at(unit_of(w, file))
    made = done(w.do(ASSETS, "issue_asset", COMPUTER | {"team_id": id_of(team)}, by=w.leader))
    done(w.do(f"{ASSETS}/{made.body['id']}", "return_asset", BACK, by=w.leader))
    done(w.close(file))
