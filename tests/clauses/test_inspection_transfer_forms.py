"""Clues go to their receivers: catalogue, approval form with three signatures, hand-over in person by four (XC-37)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.clause_proof import proves
from tests.clauses.result_steps import CLUES, ResultWorld, key
from tests.clauses.round_steps import done, refused
from tests.clauses.test_inspection_clue_files import FILE
from tests.clauses.unit_org_steps import holder, with_posts
from tests.world import Answer, Client

FORMS, LEDGER = "/inspection/transfer-forms", "/inspection/clue-ledger"
APPOINTMENT: dict[str, Any] = {
    "mode": "in_person",
    "receiving_office_id": "ags",
    "meet_on": "2026-03-03",
    "place": "会议室",
}
SHEET: dict[str, Any] = {
    "handed_on": "2026-03-02",
    "receiver_signed_by": "p-leader",
    "copies": ["inspection_team", "inspection_office", "receiving_unit"],
}


class HandingWorld(ResultWorld):
    """A round that the secretary has heard; with a cadre supervision office."""

    def _open(self) -> None:
        super()._open()
        with_posts(self.world, ("gbk1", "cadre_supervision_office", "gbk", ""))
        self.cases, self.cadres = self.world.as_("ags1"), holder(self.world, "gbk1")


@pytest.fixture
def w(tmp_path: Path) -> HandingWorld:
    return HandingWorld(tmp_path)


@pytest.fixture
def unit(w: HandingWorld) -> str:
    return w.result_at("secretary")


def file_of(w: HandingWorld, unit: str, **changes: object) -> str:
    """The one clue of the unit, with its file."""
    [clue] = w.clues_of(unit)
    done(w.do(f"{CLUES}/{clue}", "compile_clue_file", FILE | changes, by=w.member))
    return clue


def fill(w: HandingWorld, unit: str, *clues: str, by: Client | None = None, **changes: object) -> Answer:
    paper = {
        "engagement_id": key(unit),
        "receivers": ["discipline_commission"],
        "found_clue_ids": list(clues),
        "catalogue": [{"found_clue_id": clue, "item": "谈话记录", "pages": 3} for clue in clues],
    }
    return w.do(FORMS, "fill_transfer_form", paper | changes, by=by or w.member)


def filled(w: HandingWorld, unit: str, **changes: Any) -> str:
    return f"{FORMS}/{done(fill(w, unit, file_of(w, unit), **changes)).body['id']}"


def approved(w: HandingWorld, unit: str, **changes: Any) -> str:
    form = filled(w, unit, **changes)
    done(w.do(form, "submit_transfer_form", by=w.member))
    for one in (w.leader, w.director, w.deputy_head):
        done(w.decide(form, one))
    return form


def arrange(w: HandingWorld, form: str, **changes: object) -> Answer:
    return w.do(form, "arrange_handover", APPOINTMENT | changes)


def sign(w: HandingWorld, form: str, by: Client) -> Answer:
    return w.do(form, "sign_handover_sheet", {"confirmed": True}, by=by)


def signed(w: HandingWorld, unit: str, **changes: Any) -> str:
    form = approved(w, unit, **changes)
    done(arrange(w, form))
    for one in (w.member, w.director, w.cases, w.cadres):
        done(sign(w, form, one))
    return form


def complete(w: HandingWorld, form: str, **changes: object) -> Answer:
    return w.do(form, "complete_handover", SHEET | changes)


@proves("XC-37.1a", check=1)
def test_a_file_without_its_source_is_put_on_no_catalogue(w: HandingWorld, unit: str) -> None:
    [clue] = w.clues_of(unit)
    refused(fill(w, unit, clue), "MISSING_DOCUMENT", "XC-37.1a", field="found_clue_ids")
    file_of(w, unit, source="")
    refused(fill(w, unit, clue), "MISSING_FIELD", "XC-37.1a", field="source")


@proves("XC-37.1b", check=1)
def test_a_file_that_is_not_in_the_catalogue_is_not_handed_over(w: HandingWorld, unit: str) -> None:
    form = signed(w, unit, catalogue=[])
    refused(complete(w, form), "CONTENT_RULE", "XC-37.1b")
    assert w.events("clue_transferred") == []


@proves("XC-37.2a", check=2)
def test_one_form_names_one_receiver(w: HandingWorld, unit: str) -> None:
    both = ["discipline_commission", "organisation_department"]
    answer = fill(w, unit, file_of(w, unit), receivers=both)
    refused(answer, "CONTENT_RULE", "XC-37.2a", field="receivers")


@proves("XC-37.2a", check=3)
def test_no_form_before_the_secretarys_meeting(w: HandingWorld) -> None:
    unit = w.result_at("finalised")
    refused(fill(w, unit, file_of(w, unit)), "PRECONDITION_NOT_MET", "XC-37.2a")


def test_a_form_is_the_leaders_and_the_designees_and_a_clue_goes_once(w: HandingWorld, unit: str) -> None:
    clue = file_of(w, unit)
    refused(fill(w, unit, clue, by=w.deputy), "WRONG_ROLE", "XC-37.2a")
    assert fill(w, unit, "nowhere").code == "UNKNOWN_REFERENCE"
    done(fill(w, unit, clue, by=w.leader))
    refused(fill(w, unit, clue), "DUPLICATE", "XC-37.2a", field="found_clue_ids")


@proves("XC-37.2b", check=1)
def test_the_head_approves_after_leader_and_director(w: HandingWorld, unit: str) -> None:
    form = filled(w, unit)
    done(w.do(form, "submit_transfer_form", by=w.member))
    done(w.decide(form, w.leader))
    refused(w.decide(form, w.head), "APPROVAL_ORDER", "XC-37.2b")
    done(w.decide(form, w.director))
    done(w.decide(form, w.head))


@proves("XC-37.2b", check=2)
def test_nobody_signs_for_the_director(w: HandingWorld, unit: str) -> None:
    form = filled(w, unit)
    done(w.do(form, "submit_transfer_form", by=w.member))
    done(w.decide(form, w.leader))
    refused(w.decide(form, w.office), "WRONG_APPROVER", "XC-37.2b")


@proves("XC-37.2b", check=3)
def test_the_event_of_the_approval_tells_numbers_and_nothing_else(w: HandingWorld, unit: str) -> None:
    form = filled(w, unit)
    [clue] = w.clues_of(unit)
    done(w.do(form, "submit_transfer_form", by=w.leader))
    done(w.decide(form, w.leader))
    done(w.decide(form, w.director))
    answer = done(w.decide(form, w.deputy_head))
    [event] = w.events("clue_transfer_approved")
    assert event == {
        "batch_id": w.item(form)["no"], "form_id": key(form), "receiver": "discipline_commission",
        "clue_nos": [w.item(f"{CLUES}/{clue}", w.leader)["no"]], "approved_by": "p-xz2",
        "approved_on": "2026-03-02",
    }  # fmt: skip
    assert "XC-37.2b" in answer.body["clauses"]


def test_who_knows_of_a_form(w: HandingWorld, unit: str) -> None:
    form = filled(w, unit)
    for stranger in (w.deputy, w.leader_2, w.member_of_group, w.cases, w.world.as_("edu-head")):
        assert stranger.get(form).code == "UNKNOWN_REFERENCE"
    done(w.do(form, "submit_transfer_form", by=w.member))
    for one in (w.leader, w.director, w.head):
        done(w.decide(form, one))
    for reader in (w.cases, w.cadres, w.office):
        assert w.item(form, reader)["state"] == "approved"
    [paper] = w.item(form, w.director)["papers"][:1]
    path = f"{form}/papers/{paper['id']}"
    assert w.director.get(path).status == 200
    refused(w.office.get(path), "ACCESS_DENIED", "XC-37.2b")


@proves("XC-37.3a", check=1)
@pytest.mark.parametrize("mode", ["post", "remote"])
def test_clues_are_handed_over_in_person(w: HandingWorld, unit: str, mode: str) -> None:
    form = approved(w, unit)
    refused(arrange(w, form, mode=mode), "WRONG_ROUTE", "XC-37.3a", field="mode")


@proves("XC-37.3a", check=2)
@pytest.mark.parametrize("office", ["sls", "dfs", "gbk"])
def test_they_go_to_the_section_that_takes_them_over(w: HandingWorld, unit: str, office: str) -> None:
    form = approved(w, unit)
    answer = arrange(w, form, receiving_office_id=office)
    refused(answer, "WRONG_ADDRESSEE", "XC-37.3a", field="receiving_office_id")


def test_nothing_is_arranged_before_it_is_approved(w: HandingWorld, unit: str) -> None:
    form = filled(w, unit)
    refused(arrange(w, form), "APPROVAL_REQUIRED", "XC-37.3a")
    refused(complete(w, form), "APPROVAL_REQUIRED", "XC-37.3b")


@proves("XC-37.3b", check=1)
@pytest.mark.parametrize("missing", range(4))
def test_each_of_the_four_signs_the_sheet(w: HandingWorld, unit: str, missing: int) -> None:
    form = approved(w, unit)
    done(arrange(w, form))
    four = (w.leader, w.office, w.cases, w.cadres)
    for number, one in enumerate(four):
        if number != missing:
            done(sign(w, form, one))
    answer = complete(w, form)
    refused(answer, "MISSING_SIGNATURE", "XC-37.3b")
    party = ("巡察组", "巡察办", "案件监督管理室", "干部监督室")[missing]
    assert party in answer.body["detail"]
    done(sign(w, form, four[missing]))
    assert sign(w, form, four[missing]).code == "DUPLICATE"
    done(complete(w, form))


def with_three_signatures(w: HandingWorld, unit: str) -> str:
    """An arranged form; from 3 March on a section that receives nothing is excused here."""
    form = approved(w, unit)
    done(arrange(w, form))
    value = {"clause": "XC-37.3b", "name": "signatures", "amount": 3, "unit": "count"}
    note = {"effective_from": "2026-03-03", "citation": "示例区巡察办《移交规定》第三条"}
    proposed = done(w.world.as_("da1").act("/archive/interpretations/publish_value", value | note))
    done(w.world.as_("leader").decide("archive", "interpretations", proposed.body["id"]))
    w.world.pump()
    return form


@pytest.mark.parametrize("receiver_signs", [True, False])
def test_a_deployment_may_excuse_the_section_that_receives_nothing(
    tmp_path: Path, *, receiver_signs: bool
) -> None:
    w = HandingWorld(tmp_path, services=("inspection", "archive"))
    form = with_three_signatures(w, w.result_at("secretary"))
    for one in (w.leader, w.office, w.cases if receiver_signs else w.cadres):
        done(sign(w, form, one))
    refused(complete(w, form), "MISSING_SIGNATURE", "XC-37.3b")
    w.world.on(2026, 3, 3)
    assert complete(w, form).code == ("" if receiver_signs else "MISSING_SIGNATURE")


@proves("XC-37.3b", check=2)
def test_with_four_signatures_each_clue_is_transferred(w: HandingWorld, unit: str) -> None:
    form = signed(w, unit)
    [clue] = w.clues_of(unit)
    answer = done(complete(w, form))
    [event] = w.events("clue_transferred")
    assert (event["route"], event["receiver"], event["form_id"], event["subject_ids"]) == (
        "final", "discipline_commission", key(form), ["p-edu-sec"],
    )  # fmt: skip
    assert ("XC-37.3b" in answer.body["clauses"], answer.body["state"]) == (True, "handed_over")
    assert w.item(f"{CLUES}/{clue}", w.leader)["state"] == "transferred"
    [line] = w.office.get(LEDGER).body["items"]
    assert (line["state"], line["clue_no"]) == ("transferred", event["clue_no"])


@proves("XC-37.3c", check=1)
def test_the_receivers_leader_signs_the_form(w: HandingWorld, unit: str) -> None:
    form = signed(w, unit)
    answer = complete(w, form, receiver_signed_by="")
    refused(answer, "MISSING_SIGNATURE", "XC-37.3c", field="receiver_signed_by")


@proves("XC-37.3c", check=2)
@pytest.mark.parametrize("copies", [SHEET["copies"][:2], [*SHEET["copies"][:2], "inspection_team"]])
def test_three_copies_of_the_form_one_for_each(w: HandingWorld, unit: str, copies: list[str]) -> None:
    form = signed(w, unit)
    refused(complete(w, form, copies=copies), "COPY_COUNT", "XC-37.3c", field="copies")
    assert "XC-37.3c" in done(complete(w, form)).body["clauses"]


@proves("XC-37.4a", check=1)
def test_each_clue_of_a_report_is_in_the_ledger(w: HandingWorld) -> None:
    unit = w.in_fieldwork()
    [talk] = w.leader.get("/inspection/interviews").body["items"]
    for person in ("p-edu-vice", "p-edu-clerk"):
        w.clue(f"/inspection/interviews/{talk['id']}", person)
    w.withdrawn(unit)
    assert w.office.get(LEDGER).body["items"] == []
    w.submitted(unit)
    lines = w.office.get(LEDGER).body["items"]
    assert [line["state"] for line in lines] == ["found"] * 3
    assert "XC-37.4a" in w.item(f"{LEDGER}/{lines[0]['id']}")["timeline"][0]["clauses"]
